"""The files of a register folder: read once into memory, listed, compared with what register.toml states."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from offender_mgmt.errors import DataError, Fault
from offender_mgmt.files import UnreadableFileError, read_bounded, shown
from offender_mgmt.register.csv_text import LARGEST_FILE_BYTES
from offender_mgmt.register.records import RECORD_TYPES
from offender_mgmt.toml_text import parse_toml

ABOUT_FILE = "register.toml"
POLICY_FILE = "policy.toml"
FILE_NAMES = tuple(record_type.file_name for record_type in RECORD_TYPES)


def _plain_date(value: object) -> object:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError("write a date such as 2026-11-27, without quotes and without a time")
    return value


PlainDate = Annotated[date, BeforeValidator(_plain_date)]


class AboutFile(BaseModel):
    """What register.toml states of one file, to be checked against it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rows: Annotated[int, Field(strict=True, ge=0, description="Rows that are not blank, the header not counted.")] | (
        None
    ) = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of its bytes.")] | None = None
    extract_date: PlainDate | None = Field(default=None, description="Day it was extracted, where not the register's.")


class AboutRegister(BaseModel):
    """What register.toml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    extract_date: PlainDate = Field(description="Day the extract was made.")
    files: dict[str, AboutFile] = Field(default={}, description="Per file, what is known of it; may be left out.")


@dataclass(slots=True)
class FolderContent:
    """The bytes of every known file of a folder, and what was wrong with the folder itself."""

    data: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """SHA-256 of every file read, by name."""
        return tuple((name, hashlib.sha256(data).hexdigest()) for name, data in sorted(self.data.items()))


def read_files(folder: Path) -> FolderContent:
    """Read every file of the register once; what is parsed and what is digested are the same bytes.

    Raises
    ------
    DataError
        When there is no such folder.
    """
    try:
        names = {path.name for path in folder.iterdir()}
    except (OSError, ValueError):
        advice = "There is no folder of this name that can be read."
        raise DataError([Fault("", 0, "", "no-such-folder", advice)]) from None
    content = FolderContent()
    for name in (ABOUT_FILE, POLICY_FILE, *FILE_NAMES):
        if name in names:
            _read_one(folder / name, content)
        elif name in required_files():
            advice = "The file is missing: export it, with its header even if it has no rows."
            content.faults.append(Fault(name, 0, "", "missing-file", advice))
    content.faults += [_unknown_file(name) for name in sorted(names) if _is_unknown_table(name)]
    return content


def required_files() -> tuple[str, ...]:
    """Names of the files without which there is no register."""
    return (ABOUT_FILE, *(t.file_name for t in RECORD_TYPES if t.required_file))


def _read_one(path: Path, content: FolderContent) -> None:
    try:
        content.data[path.name] = read_bounded(path, LARGEST_FILE_BYTES)
    except UnreadableFileError as error:
        content.faults.append(Fault(path.name, 0, "", "unreadable-file", f"It {error.reason}."))


def _is_unknown_table(name: str) -> bool:
    return name.casefold().endswith(".csv") and not name.startswith(".") and name not in FILE_NAMES


def _unknown_file(name: str) -> Fault:
    near = difflib.get_close_matches(name.casefold(), FILE_NAMES, n=1)
    advice = f"Did you mean {near[0]}?" if near else "The register has no such file: move it elsewhere."
    return Fault(shown(name), 0, "", "unknown-file", advice)


def parse_about(data: bytes, faults: list[Fault]) -> AboutRegister | None:
    """What register.toml says; its faults are added to ``faults``."""
    try:
        return AboutRegister.model_validate(parse_toml(ABOUT_FILE, data))
    except DataError as error:
        faults += error.faults
    except ValidationError as error:
        faults += [_about_fault(item["type"], item["loc"]) for item in error.errors(include_input=False)]
    return None


def _about_fault(kind: str, place: tuple[int | str, ...]) -> Fault:
    column = shown(".".join(str(part) for part in place))
    if kind == "extra_forbidden":
        return Fault(ABOUT_FILE, 0, column, "unknown-setting", "This key is not known: is it misspelt?")
    if kind == "missing":
        return Fault(ABOUT_FILE, 0, column, "missing-setting", "State it, e.g. extract_date = 2026-11-27.")
    advice = "Not what belongs here: dates as 2026-11-27 without quotes, rows as a whole number, sha256 in hex."
    return Fault(ABOUT_FILE, 0, column, "bad-setting", advice)


def faults_of_statement(
    about: AboutRegister, digests: Mapping[str, str], rows: Mapping[str, int], spread_days: int
) -> list[Fault]:
    """Where a file is not what register.toml says it is.

    Parameters
    ----------
    rows
        Rows that are not blank, by file.
    spread_days
        Most days that the extract dates of two files may lie apart (policy).
    """
    faults = []
    for name, stated in sorted(about.files.items()):
        if name not in digests:
            advice = "The file is stated here but is not in the folder."
            faults.append(Fault(ABOUT_FILE, 0, shown(f"files.{name}"), "missing-file", advice))
        elif stated.sha256 is not None and stated.sha256 != digests[name]:
            advice = "Its SHA-256 is not the one stated: copy it again; if you edited it, remove the sha256."
            faults.append(Fault(name, 0, "", "digest-differs", advice))
        if name in rows and stated.rows is not None and stated.rows != rows[name]:
            advice = f"The file has {rows[name]} rows and {stated.rows} were stated: copy it again, or mend the number."
            faults.append(Fault(name, 0, "", "row-count-differs", advice))
    return faults + _spread_faults(about, spread_days)


def _spread_faults(about: AboutRegister, spread_days: int) -> list[Fault]:
    faults = []
    for name, stated in sorted(about.files.items()):
        if stated.extract_date and abs((stated.extract_date - about.extract_date).days) > spread_days:
            advice = f"The file was extracted more than {spread_days} day(s) from the register: export all on one day."
            faults.append(Fault(name, 0, "", "extract-dates-differ", advice))
    return faults
