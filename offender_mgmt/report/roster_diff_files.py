"""What changed between two rosters, for other programs: as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from offender_mgmt.calendars import clock_text
from offender_mgmt.files import csv_bytes, json_bytes
from offender_mgmt.report.levels import Level
from offender_mgmt.report.roster_diff import Comparison
from offender_mgmt.roster.changes import Change, Standing, by_day, by_officer

SCHEMA = 1
STANDS = ("date", "start", "end", "crew", "outing", "position", "reason")
"""Columns that say how a task stands in one roster."""
COLUMNS = (
    "task_id",
    "task_type",
    "offender_ref",
    "changes",
    *(f"{name}_before" for name in STANDS),
    *(f"{name}_after" for name in STANDS),
    "other_columns",
)


def diff_csv(found: Comparison) -> bytes:
    """One row for each task that is different; lists (parts of desk work, kinds of change) are parted by semicolons."""
    return csv_bytes(COLUMNS, [_cells(change) for change in found.changes])


def _cells(change: Change) -> tuple[str, ...]:
    return (
        change.task_id,
        change.kind.value,
        change.offender_ref,
        ";".join(change.kinds),
        *(";".join(_told(change.before)[name]) for name in STANDS),
        *(";".join(_told(change.after)[name]) for name in STANDS),
        ";".join(change.details),
    )


def _told(standing: Standing) -> Mapping[str, list[str]]:
    rows = standing.rows
    return {
        "date": [row.day.isoformat() for row in rows],
        "start": [clock_text(row.start) for row in rows],
        "end": [clock_text(row.end) for row in rows],
        "crew": list(standing.crew),
        "outing": list(dict.fromkeys(row.outing for row in rows if row.outing)),
        "position": [str(row.position) for row in rows if row.position],
        "reason": list(standing.reasons),
    }


def diff_json(found: Comparison) -> bytes:
    """All that is told of the two rosters."""
    document = {
        "schema": SCHEMA,
        "marking": found.marking,
        "week": found.before.horizon.name,
        "before": found.names[0],
        "after": found.names[1],
        "notes": list(found.notes),
        "levels": [level_line(level) for level in found.levels],
        "changes": [_line(change) for change in found.changes],
        "by_officer": {name: [c.task_id for c in changes] for name, changes in by_officer(found.changes).items()},
        "by_day": {day.isoformat(): [c.task_id for c in changes] for day, changes in by_day(found.changes).items()},
    }
    return json_bytes(document)


def _line(change: Change) -> dict[str, object]:
    return {
        "task_id": change.task_id,
        "task_type": change.kind.value,
        "offender_ref": change.offender_ref,
        "changes": [kind.value for kind in change.kinds],
        "before": _standing(change.before),
        "after": _standing(change.after),
        "other_columns": list(change.details),
    }


def _standing(standing: Standing) -> dict[str, object]:
    parts = [
        {
            "date": row.day.isoformat(),
            "start": clock_text(row.start),
            "end": clock_text(row.end),
            "crew": list(row.crew),
            "outing": row.outing,
            "position": row.position,
        }
        for row in standing.rows
    ]
    return {"rows": parts, "reasons": list(standing.reasons)}


def level_line(level: Level) -> dict[str, object]:
    """A level for other programs."""
    return dict(_fields(level))


def _fields(level: Level) -> Iterator[tuple[str, object]]:
    yield "level", level.number
    yield "name", level.name
    yield "aim", level.aim.value if level.aim else None
    yield "outcome", level.outcome.value
    yield "before", level.before
    yield "after", level.after
    yield "bound", level.bound
    if level.aim is None:
        yield "tasks_before", level.tasks_before
        yield "tasks_after", level.tasks_after
        yield "tasks_due", level.tasks_due
