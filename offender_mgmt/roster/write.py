"""From a roster to CSV: stable order, every cell safe in a spreadsheet."""

from __future__ import annotations

from offender_mgmt.calendars import clock_text
from offender_mgmt.files import csv_bytes
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned

ROSTER_COLUMNS = (
    "task_id",
    "task_type",
    "offender_ref",
    "risk_level",
    "band",
    "due_date",
    "days_overdue",
    "date",
    "start",
    "end",
    "lead",
    "crew",
    "outing",
    "position",
    "travel_minutes_before",
    "part",
    "done_with",
    "why",
)
UNASSIGNED_COLUMNS = (
    "task_id",
    "task_type",
    "offender_ref",
    "risk_level",
    "band",
    "due_date",
    "days_overdue",
    "reason",
    "explanation",
)


def roster_csv(roster: Roster) -> bytes:
    """The assignments as CSV, in order of date, start, lead, outing, position and task.

    Times are local ``HH:MM``; an end that is not after the start lies on the next day. Of the hour that comes
    twice when summer time ends, only the first reads back as it was.
    """
    return csv_bytes(ROSTER_COLUMNS, [assignment_cells(a) for a in sorted(roster.assignments, key=order_in_file)])


def unassigned_csv(roster: Roster) -> bytes:
    """What is left out, with reasons, as CSV in the roster's own order (that of the due list)."""
    return csv_bytes(UNASSIGNED_COLUMNS, [unassigned_cells(u) for u in roster.unassigned])


def order_in_file(row: Assignment) -> tuple[int, str, str, int, str, int]:
    """Sort key; the moment holds date and start."""
    return (row.start, row.crew[0] if row.crew else "", row.outing, row.position, row.task_id, row.end)


def assignment_cells(row: Assignment) -> tuple[str, ...]:
    """The cells of a row under :data:`ROSTER_COLUMNS`."""
    return (
        row.task_id,
        row.kind.value,
        row.offender_ref,
        row.risk_level.value if row.risk_level else "",
        row.band,
        row.due_date.isoformat() if row.due_date else "",
        _number(row.days_overdue),
        row.day.isoformat(),
        clock_text(row.start),
        clock_text(row.end),
        row.crew[0] if row.crew else "",
        ";".join(row.crew),
        row.outing,
        str(row.position) if row.position else "",
        str(row.travel_minutes) if row.outing else "",
        row.part,
        row.done_with,
        row.why,
    )


def unassigned_cells(row: Unassigned) -> tuple[str, ...]:
    """The cells of a row under :data:`UNASSIGNED_COLUMNS`."""
    return (
        row.task_id,
        row.kind.value,
        row.offender_ref,
        row.risk_level.value,
        row.band,
        row.due_date.isoformat(),
        str(row.days_overdue),
        row.reason,
        row.explanation,
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
