"""The due list as plain text, for people."""

from __future__ import annotations

import textwrap

from offender_mgmt.due.task import DueList, Task
from offender_mgmt.report.figures import counted
from offender_mgmt.report.table import WIDTH, table
from offender_mgmt.vocabulary import Timing


def task_lines(due: DueList) -> list[str]:
    """A table of the tasks in the order of the list; those that go with a visit stand in the CSV only."""
    header = ("task", "risk level", "due", "overdue", "crew", "rule")
    return table(header, [_row(task) for task in own_tasks(due)], right=(3, 4))


def why_lines(due: DueList) -> list[str]:
    """Every task with the sentence that says why it is due, by which rule and since when."""
    return [line for task in own_tasks(due) for line in _why(task)]


def own_tasks(due: DueList) -> list[Task]:
    """Tasks that are due by themselves, not together with a visit."""
    return [task for task in due.tasks if not task.is_companion]


def _row(task: Task) -> tuple[str, ...]:
    late = f"{task.days_overdue} d" if task.timing is Timing.OVERDUE else ""
    return (task.task_id, task.risk_level.words, task.due_date.isoformat(), late, str(task.crew_size), task.rule)


def _why(task: Task) -> list[str]:
    late = f", {task.days_overdue} days overdue" if task.timing is Timing.OVERDUE else ""
    head = f"{task.task_id}: {task.kind.words}, {task.risk_level.words} risk, due {task.due_date}{late} ({task.rule})"
    return [head, *textwrap.wrap(task.why, WIDTH, initial_indent="  ", subsequent_indent="  ")]


def flag_lines(due: DueList) -> list[str]:
    """Paused nominals and flags, one a line."""
    paused = [f"{p.offender_ref}: paused, {p.status.value if p.status else 'ended'}. {p.note}" for p in due.paused]
    return [*paused, *(f"{flag.offender_ref}: {flag.rule}. {flag.sentence}" for flag in due.flags)]


def totals(due: DueList) -> list[str]:
    """What the list holds, in three lines."""
    own = own_tasks(due)
    timings = counted(task.timing.value.replace("_", "-") for task in own) or "none due"
    paused = counted(p.status.value if p.status else "register ended" for p in due.paused) or "none"
    flags = counted(flag.rule for flag in due.flags) or "none"
    return [
        f"{due.horizon.name}: {len(own):,} tasks ({timings}), {len(due.events):,} fixed events.",
        f"Paused nominals: {len(due.paused):,} ({paused}).",
        f"Flags: {len(due.flags):,} ({flags}).",
    ]
