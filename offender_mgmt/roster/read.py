"""From CSV to a roster, also one typed by hand; strictly, and every fault at once."""

from __future__ import annotations

import difflib
from datetime import timedelta
from typing import TypeVar

from pydantic import ValidationError

from offender_mgmt.calendars import Horizon, moment
from offender_mgmt.errors import DataError, Fault
from offender_mgmt.files import unguard_cell
from offender_mgmt.register.records import Record
from offender_mgmt.register.table import faults_of_record, parse_csv
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.roster.rows import RosterRow, UnassignedRow, kind_and_ref
from offender_mgmt.vocabulary import TaskKind

R = TypeVar("R", bound=Record)


def read_roster(roster_data: bytes, name: str, horizon: Horizon, unassigned: tuple[bytes, str] | None = None) -> Roster:
    """Read a roster and, if given, what it leaves out.

    Needed columns are task_id, date, start, end and crew; every other may be missing or blank. Kind of task and
    nominal then come from the task's id. What a roster does not state (band, due date, travel, ...) the check does
    not compare.

    Parameters
    ----------
    name
        Name of the file for the faults.
    horizon
        The week the roster is for; rows of other days are read, and found by the check.
    unassigned
        Bytes and name of ``unassigned.csv``.

    Raises
    ------
    DataError
        With every fault of both files.
    """
    rows, faults = _records(roster_data, name, RosterRow)
    left_out: tuple[UnassignedRow, ...] = ()
    if unassigned is not None:
        left_out, more = _records(*unassigned, UnassignedRow)
        faults += more
    if faults:
        raise DataError(faults)
    return Roster(horizon, tuple(map(_assignment, rows)), tuple(map(_unassigned, left_out)))


def _records(data: bytes, name: str, record_type: type[R]) -> tuple[tuple[R, ...], tuple[Fault, ...]]:
    header, rows, faults = parse_csv(name, data)
    columns = [column.casefold() for column in header]
    found = list(faults) + (_column_faults(name, columns, record_type) if header else [])
    if any(fault.line <= 1 for fault in found):
        return (), tuple(found)
    records = []
    for row in rows:
        cells = {c: unguard_cell(cell) for c, cell in zip(columns, row.cells, strict=True) if cell.strip()}
        try:
            records.append(record_type.model_validate(cells))
        except ValidationError as error:
            found += faults_of_record(error, name, row.line, cells, record_type)
    return tuple(records), tuple(found)


def _column_faults(name: str, columns: list[str], record_type: type[Record]) -> list[Fault]:
    """Columns that are not known, and needed ones that are missing."""
    fields = record_type.model_fields
    faults = []
    for number, column in enumerate(columns, start=1):
        if column and column not in fields:
            near = difflib.get_close_matches(column, fields, n=1)
            advice = f"Did you mean {near[0]}?" if near else "A roster has no such column: remove it."
            faults.append(Fault(name, 1, f"column {number}", "unknown-column", advice))
    missing = [field for field, info in fields.items() if info.is_required() and field not in columns]
    return faults + [Fault(name, 1, field, "missing-column", "Add this column.") for field in missing]


def _assignment(row: RosterRow) -> Assignment:
    kind, ref = kind_and_ref(row.task_id)
    last_day = row.date if row.end > row.start else row.date + timedelta(days=1)
    return Assignment(
        task_id=row.task_id,
        kind=row.task_type or kind,
        offender_ref=row.offender_ref or ("" if kind is TaskKind.FIXED_EVENT else ref),
        start=moment(row.date, row.start),
        end=moment(last_day, row.end),
        crew=row.crew,
        risk_level=row.risk_level,
        band=row.band,
        due_date=row.due_date,
        days_overdue=row.days_overdue,
        outing=row.outing,
        position=row.position,
        travel_minutes=row.travel_minutes_before,
        part=row.part,
        done_with=row.done_with or "",
        why=row.why,
    )


def _unassigned(row: UnassignedRow) -> Unassigned:
    kind, ref = kind_and_ref(row.task_id)
    return Unassigned(
        task_id=row.task_id,
        kind=row.task_type or kind,
        offender_ref=row.offender_ref or ref,
        risk_level=row.risk_level,
        band=row.band,
        due_date=row.due_date,
        days_overdue=row.days_overdue,
        reason=row.reason,
        explanation=row.explanation,
    )
