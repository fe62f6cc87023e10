"""From a register folder to a :class:`Register`: all of it or none of it, and every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from offender_mgmt.errors import DataError, Fault
from offender_mgmt.policy import PolicyFile, example_policy
from offender_mgmt.policy.read import parse_policy_bytes
from offender_mgmt.register.collector import without_collector
from offender_mgmt.register.consistency import cautions, contradictions
from offender_mgmt.register.consistency.changes import in_plain_words
from offender_mgmt.register.extract import Extract
from offender_mgmt.register.folder import (
    ABOUT_FILE,
    POLICY_FILE,
    AboutRegister,
    FolderContent,
    faults_of_statement,
    parse_about,
    read_files,
)
from offender_mgmt.register.records import RECORD_TYPES, Change, Record, Visit
from offender_mgmt.register.register import Register, RowCount
from offender_mgmt.register.repeats import without_repeats
from offender_mgmt.register.table import Table, read_table

FIELD_OF_FILE = {
    "offenders.csv": "offenders",
    "officers.csv": "officers",
    "bases.csv": "bases",
    "tours.csv": "tours",
    "visits.csv": "visits",
    "assessments.csv": "assessments",
    "changes.csv": "changes",
    "deferrals.csv": "deferrals",
    "events.csv": "events",
    "travel.csv": "travel",
    "barriers.csv": "barriers",
}
"""Which field of :class:`Register` holds the rows of a file."""
MUST_HAVE_ROWS = frozenset({"offenders.csv", "officers.csv", "bases.csv", "tours.csv"})
"""The logs of a team that has just begun may be empty."""
Digests = tuple[tuple[str, str], ...]
"""SHA-256 of every file read, by name."""


@dataclass(frozen=True, slots=True)
class LoadedRegister:
    """A register with the policy that came with it.

    Parameters
    ----------
    policy_is_example
        Whether the folder has no policy.toml, so that the example policy stands in.
    """

    register: Register
    policy_file: PolicyFile
    policy_is_example: bool


class RegisterRefusedError(DataError):
    """A register that is refused, with how many rows of each file were read, accepted, refused and blank."""

    def __init__(self, faults: Iterable[Fault], rows: tuple[RowCount, ...]) -> None:
        super().__init__(faults)
        self.rows = rows


def read_folder(folder: Path, *, allow_empty: bool = False) -> LoadedRegister:
    """Read a register folder.

    Parameters
    ----------
    allow_empty
        Whether files with a header and no rows are accepted where there should be rows.

    Raises
    ------
    RegisterRefusedError
        With every fault of every file.
    DataError
        When there is no such folder.
    """
    with without_collector():
        return _read_folder(folder, allow_empty)


def _read_folder(folder: Path, allow_empty: bool) -> LoadedRegister:
    content = read_files(folder)
    faults, digests = content.faults, content.digests
    policy_file = _policy(content, faults)
    about = parse_about(content.data[ABOUT_FILE], faults) if ABOUT_FILE in content.data else None
    tables = [_table(t, content, allow_empty) for t in RECORD_TYPES if t.file_name in content.data]
    faults += [fault for table in tables for fault in table.faults]
    # Without a readable extract date no day is in its future: the other rules still hold.
    extract = Extract(about.extract_date if about else date.max, policy_file.policy, tuple(tables))
    faults += contradictions(extract)
    if about:
        faults += _statement_faults(about, digests, tables, policy_file)
    if faults or about is None:
        raise RegisterRefusedError(faults, _counts(tables, faults))
    warnings = [*(warning for table in tables for warning in table.warnings), *cautions(extract)]
    register = _register(about, digests, tables, warnings)
    return LoadedRegister(register, policy_file, POLICY_FILE not in content.data)


def _register(about: AboutRegister, digests: Digests, tables: list[Table[Record]], warnings: list[Fault]) -> Register:
    records: dict[str, Any] = {FIELD_OF_FILE[table.name]: table.records for table in tables}
    return Register(
        extract_date=about.extract_date,
        digests=digests,
        warnings=tuple(sorted(warnings)),
        rows=tuple(table.count for table in tables),
        **records,
    )


def _table(record_type: type[Record], content: FolderContent, allow_empty: bool) -> Table[Record]:
    name = record_type.file_name
    table = read_table(name, content.data[name], record_type, allow_empty=allow_empty or name not in MUST_HAVE_ROWS)
    if record_type is Visit:
        return without_repeats(table)
    return in_plain_words(table) if record_type is Change else table


def _policy(content: FolderContent, faults: list[Fault]) -> PolicyFile:
    """The folder's policy; where it is faulty the example stands in, so that the other files are still checked."""
    if POLICY_FILE in content.data:
        try:
            return parse_policy_bytes(content.data[POLICY_FILE], POLICY_FILE)
        except DataError as error:
            faults += error.faults
    return example_policy()


def _statement_faults(
    about: AboutRegister, digests: Digests, tables: list[Table[Record]], policy_file: PolicyFile
) -> list[Fault]:
    rows = {table.name: table.read - table.blank for table in tables}
    spread = policy_file.policy.register_checks.extract_spread_days
    return faults_of_statement(about, dict(digests), rows, spread)


def _counts(tables: list[Table[Record]], faults: Iterable[Fault]) -> tuple[RowCount, ...]:
    """Rows of each file; a row that a rule between files found fault with counts as refused too."""
    places = {(fault.file, fault.line) for fault in faults}
    counts = []
    for table in tables:
        more = sum((table.name, number) in places for number in table.numbers)
        before = table.count
        counts.append(replace(before, accepted=before.accepted - more, refused=before.refused + more))
    return tuple(counts)
