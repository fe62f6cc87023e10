"""The due list as plain text, for people."""

from __future__ import annotations

from offender_mgmt.due.task import DueList, Task
from offender_mgmt.report.figures import counted
from offender_mgmt.report.table import table
from offender_mgmt.vocabulary import Timing


def task_lines(due: DueList) -> list[str]:
    """A table of the tasks in the order of the list; those that go with a visit stand in the CSV only."""
    rows = [_row(task) for task in due.tasks if not task.is_companion]
    header = ("task", "risk level", "due", "days overdue", "crew", "rule, since")
    return table(header, rows, right=(3, 4))


def _row(task: Task) -> tuple[str, ...]:
    late = str(task.days_overdue) if task.timing is Timing.OVERDUE else ""
    since = f"{task.rule}, {task.clock_start}"
    return (task.task_id, task.risk_level.words, task.due_date.isoformat(), late, str(task.crew_size), since)


def flag_lines(due: DueList) -> list[str]:
    """Paused nominals and flags, one a line."""
    paused = [f"{p.offender_ref}: paused, {p.status.value if p.status else 'ended'}. {p.note}" for p in due.paused]
    return [*paused, *(f"{flag.offender_ref}: {flag.rule}. {flag.sentence}" for flag in due.flags)]


def totals(due: DueList) -> list[str]:
    """What the list holds, in three lines."""
    own = [task for task in due.tasks if not task.is_companion]
    timings = counted(task.timing.value.replace("_", "-") for task in own) or "none due"
    paused = counted(p.status.value if p.status else "register ended" for p in due.paused) or "none"
    flags = counted(flag.rule for flag in due.flags) or "none"
    return [
        f"{due.horizon.name}: {len(own):,} tasks ({timings}), {len(due.events):,} fixed events.",
        f"Paused nominals: {len(due.paused):,} ({paused}).",
        f"Flags: {len(due.flags):,} ({flags}).",
    ]
