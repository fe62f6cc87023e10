"""A register of any size in seconds: one synthetic team of ten years, copied with references of its own.

    python tests/benchmarks/big_register.py FOLDER --offenders 10000

Each copy is a team of about 500 nominals and 10 officers. A nominal has about 50 attempts: the synthetic ones and a
no reply the day before, as where people are hard to find. Record entries and intelligence checks are of the last six
years, so that there are about as many assessments as attempts.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from offender_mgmt.files import make_private_folder, write_atomically
from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register import Register
from offender_mgmt.register.read import FIELD_OF_FILE
from offender_mgmt.register.records import RECORD_TYPES, Assessment, Offender, Visit
from offender_mgmt.register.write import table_bytes
from offender_mgmt.synth import SynthSettings, make_register
from offender_mgmt.vocabulary import AssessmentKind, VisitOutcome

NOMINALS_A_TEAM, OFFICERS_A_TEAM = 500, 10
HISTORY_DAYS = 3650
KEPT_DAYS = 6 * 365
SHORT_LIVED = (AssessmentKind.RECORD_ENTRY, AssessmentKind.INTELLIGENCE_CHECK)
ONCE_MORE = 5
"""Every so many-th attempt has a no reply two days before it as well."""
SHARED = frozenset({"bases.csv", "travel.csv", "barriers.csv"})
"""Files that all teams have in common."""
OWN, METRES = "\x01", "\x02"
"""Marks in the text of one team: where the copy's number goes, and where its metres of easting go."""


def write_big_register(folder: Path, offenders: int = 10_000) -> Path:
    """Write a register folder with about so many nominals; the same bytes every time."""
    copies = max(1, round(offenders / NOMINALS_A_TEAM))
    settings = SynthSettings(
        offenders=offenders // copies, officers=OFFICERS_A_TEAM, teams=1, history_days=HISTORY_DAYS
    )
    team = _with_more_attempts(make_register(settings))
    make_private_folder(folder)
    for record_type in RECORD_TYPES:
        name = record_type.file_name
        data = table_bytes(record_type, getattr(team, FIELD_OF_FILE[name]))
        if name not in SHARED:
            data = _copied(data.decode(), team.teams[0], copies, positions=record_type is Offender).encode()
        write_atomically(folder / name, data)
    write_atomically(folder / "policy.toml", example_policy_text().encode())
    write_atomically(folder / "register.toml", f"extract_date = {team.extract_date}\n".encode())
    return folder


def _with_more_attempts(register: Register) -> Register:
    visits = tuple(sorted(_attempts(register), key=lambda v: (v.date, v.visit_id)))
    return replace(register, visits=visits, assessments=tuple(_kept(register.assessments, register.extract_date)))


def _attempts(register: Register) -> Iterator[Visit]:
    registered = {o.offender_ref: o.registered_on for o in register.offenders}
    for number, visit in enumerate(register.visits):
        yield visit
        for days in (1, 2) if number % ONCE_MORE == 0 else (1,):
            day = visit.date - timedelta(days=days)
            if day >= registered[visit.offender_ref]:
                name = f"{visit.visit_id}.{days}"
                yield visit.replace(visit_id=name, date=day, announced=False, outcome=VisitOutcome.NO_REPLY)


def _kept(assessments: tuple[Assessment, ...], extract_date: date) -> Iterator[Assessment]:
    since = extract_date - timedelta(days=KEPT_DAYS)
    for assessment in assessments:
        if assessment.kind not in SHORT_LIVED or assessment.date >= since:
            yield assessment


def _copied(text: str, team: str, copies: int, *, positions: bool) -> str:
    """The rows of one team once for each copy, under one header."""
    header, rows = text.split("\r\n", 1)
    marked = re.sub(rf"\bRSO-\d+|\bV-\d+|\b[A-Z]\d{{4}}\b|\b{re.escape(team)}\b", rf"\g<0>{OWN}", rows)
    if positions:
        marked = re.sub(r",(\d{4})00,(\d{6}),", rf",\1{METRES},\2,", marked)
    numbers = [f"{copy:02d}" for copy in range(copies)]
    return f"{header}\r\n" + "".join(marked.replace(OWN, f"-{n}").replace(METRES, n) for n in numbers)


def main() -> None:
    """Write the register named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--offenders", type=int, default=10_000)
    options = parser.parse_args()
    write_big_register(options.folder, options.offenders)


if __name__ == "__main__":
    main()
