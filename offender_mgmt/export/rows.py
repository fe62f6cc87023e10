"""The rows that go out, by lists of what may go out: a new column stays in until it is added here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from offender_mgmt.calendars import DateStyle, local
from offender_mgmt.errors import UsageError
from offender_mgmt.export.marks import Marks
from offender_mgmt.register.register import Register
from offender_mgmt.report.checked import CheckedRun
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.roster.write import ROSTER_COLUMNS, assignment_cells, order_in_file

REDACTED_COLUMNS = ("status", "offender_ref", "locality", "date", "time_band", "outing", "position")
"""All that a sheet tells by default."""
FULL_COLUMNS = ("status", *ROSTER_COLUMNS[:3], "locality", *ROSTER_COLUMNS[3:])
"""All that a sheet tells where a reason was given."""
MORNING_ENDS, AFTERNOON_ENDS = 12, 17
TimeBand = Literal["morning", "afternoon", "evening"]


@dataclass(frozen=True, slots=True)
class Export:
    """All that an export is made from: a checked run, what is said of it, and how dates are written."""

    run: CheckedRun
    marks: Marks
    dates: DateStyle = DateStyle.ISO


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, and the work it tells of."""

    work: Assignment
    cells: Mapping[str, str]


def columns_of(marks: Marks) -> tuple[str, ...]:
    """The columns of a sheet."""
    return FULL_COLUMNS if marks.is_full else REDACTED_COLUMNS


def rows_of(export: Export) -> tuple[Row, ...]:
    """The rows of the roster in the order of its file: all of them, or the stops cut down to what may go out."""
    roster, register = export.run.planned.roster, export.run.planned.register
    kept = sorted((a for a in roster.assignments if export.marks.is_full or is_stop(a)), key=order_in_file)
    columns = columns_of(export.marks)
    tell = _full if export.marks.is_full else _redacted
    rows = ((a, {"status": export.marks.status, **tell(a, register, export.dates)}) for a in kept)
    return tuple(Row(a, {column: told[column] for column in columns}) for a, told in rows)


def stops_of(export: Export) -> tuple[Row, ...]:
    """The rows that are stops of an outing."""
    return tuple(row for row in rows_of(export) if is_stop(row.work))


def is_stop(row: Assignment) -> bool:
    """Whether it is a stop of an outing; what is done in the time of another task is none of its own."""
    return bool(row.outing) and not row.done_with


def _redacted(row: Assignment, register: Register, dates: DateStyle) -> dict[str, str]:
    return {
        "offender_ref": row.offender_ref,
        "locality": locality(row, register),
        "date": dates.of(row.day),
        "time_band": time_band(row.start),
        "outing": row.outing,
        "position": str(row.position),
    }


def _full(row: Assignment, register: Register, dates: DateStyle) -> dict[str, str]:
    cells = dict(zip(ROSTER_COLUMNS, assignment_cells(row), strict=True))
    due = dates.of(row.due_date) if row.due_date else ""
    return {**cells, "locality": locality(row, register), "date": dates.of(row.day), "due_date": due}


def locality(row: Assignment, register: Register) -> str:
    """Town or ward of the nominal, as the register has it."""
    nominal = register.offender_by_ref.get(row.offender_ref)
    return nominal.locality if nominal else ""


def time_band(start: int) -> TimeBand:
    """``morning``, ``afternoon`` or ``evening`` of a moment, by the local clock."""
    hour = local(start).hour
    if hour < MORNING_ENDS:
        return "morning"
    return "afternoon" if hour < AFTERNOON_ENDS else "evening"


def sheets_of(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by sheet: the whole roster, one sheet for each day, one for each officer, in this order."""
    kept = list(rows)
    by_day = _grouped(kept, lambda row: (row.work.day.isoformat(),))
    return {
        "whole-roster": kept,
        **{f"day-{day}": of_day for day, of_day in by_day.items()},
        **{f"officer-{officer}": of_officer for officer, of_officer in by_officer(kept).items()},
    }


def by_officer(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Each officer's rows, officers in order."""
    return _grouped(rows, lambda row: row.work.crew)


def _grouped(rows: Iterable[Row], names: Callable[[Row], Iterable[str]]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for name in names(row):
            groups[_sound(name)].append(row)
    return dict(sorted(groups.items()))


def _sound(name: str) -> str:
    """The name, if a file may be called by it: a changed roster must not choose a path."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}", name, re.ASCII):
        raise UsageError("An officer's reference is no name for a file. Maybe: check the roster.")
    return name
