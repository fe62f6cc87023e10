"""Small register folders on disk, and ways to damage them one cell at a time."""

from __future__ import annotations

import csv
import io
from datetime import date, time
from pathlib import Path

import builders as b

from offender_mgmt.errors import DataError, Fault
from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register import Register
from offender_mgmt.register.read import LoadedRegister, read_folder
from offender_mgmt.register.write import write_register
from offender_mgmt.vocabulary import CommunityStatus, RiskLevel, Role

SPOTLESS_ABOUT = f"extract_date = {b.EXTRACT_DAY}\n"


def spotless(**changes: object) -> Register:
    """Three nominals, two detectives and a sergeant, with history; nothing in it to warn of."""
    values: dict[str, object] = {
        "offenders": (
            b.offender(risk_level=RiskLevel.HIGH),
            b.offender(offender_ref="RSO-000002", easting=572_000, visiting_hours="Mon 09:00-12:00, 17:00-20:00"),
            b.offender(
                offender_ref="RSO-000003",
                easting=573_000,
                community_status=CommunityStatus.CUSTODY,
                status_since=date(2026, 3, 1),
                status_until=date(2027, 3, 1),
            ),
        ),
        "officers": (b.officer(), b.officer(officer_id="P2"), b.officer(officer_id="S1", role=Role.SERGEANT)),
        "visits": (b.visit(), b.visit(visit_id="V-2", offender_ref="RSO-000002")),
        "assessments": (b.assessment(),),
        "changes": (b.change(),),
        "deferrals": (b.deferral(),),
        "events": (b.event(),),
        "tours": (b.tour(), b.tour(officer_id="P2"), b.tour(date=date(2026, 12, 1), start=time(8))),
    }
    return b.register(**{**values, **changes})


def folder_of(tmp_path: Path, register: Register | None = None) -> Path:
    """A folder whose register.toml states the extract date only, so that its files may be edited."""
    folder = tmp_path / "register"
    write_register(register or spotless(), folder, example_policy_text())
    (folder / "register.toml").write_text(SPOTLESS_ABOUT)
    return folder


def rows_of(folder: Path, file: str) -> list[list[str]]:
    """All rows of a file, the header first."""
    return list(csv.reader(io.StringIO((folder / file).read_bytes().decode(), newline="")))


def put_rows(folder: Path, file: str, rows: list[list[str]]) -> None:
    """Write rows back, just as they are."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    (folder / file).write_bytes(out.getvalue().encode())


def set_cell(folder: Path, file: str, line: int, column: str, text: str) -> None:
    """Overwrite one cell; lines count from 1, the header being line 1."""
    rows = rows_of(folder, file)
    rows[line - 1][rows[0].index(column)] = text
    put_rows(folder, file, rows)


def faults_in(folder: Path) -> tuple[Fault, ...]:
    """The faults of a folder; none when it is accepted."""
    try:
        read_folder(folder)
    except DataError as error:
        return error.faults
    return ()


def places(faults: tuple[Fault, ...]) -> list[tuple[str, int, str, str]]:
    """File, line, column and rule of each fault."""
    return [(fault.file, fault.line, fault.column, fault.rule) for fault in faults]


def loaded(folder: Path) -> LoadedRegister:
    """The folder, read."""
    return read_folder(folder)
