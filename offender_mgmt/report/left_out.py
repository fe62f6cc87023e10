"""What is left out, in words: the worst tasks one by one with their reasons, and how often each reason holds."""

from __future__ import annotations

from offender_mgmt import measures
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.report import figures
from offender_mgmt.report.table import counted_words, heading, wrapped
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Roster, Unassigned
from offender_mgmt.vocabulary import Timing

SHOWN = 10
"""More tasks than these are in unassigned.csv only."""


def worst_lines(due: DueList, roster: Roster) -> list[str]:
    """The worst case, then tasks by priority band and risk points; those that fall due later are not told."""
    left = [(task, row) for task, row in _counted(due, roster) if task.timing is not Timing.LOOK_AHEAD]
    left.sort(key=lambda pair: (pair[0].band, -pair[0].points, pair[0].task_id))
    if not left:
        return [*heading("Left out, worst first"), "No task that is due this week or overdue is left out."]
    lines = heading("Left out of what is due this week or overdue, first bands first")
    lines += _worst_case([task for task, _ in left])
    for number, (task, row) in enumerate(left[:SHOWN], 1):
        lines += wrapped(f"{number:>2}. {task_words(task)}", indent="    ")
        lines += wrapped(f"    {row.explanation or REASONS.get(row.reason, '')}", indent="    ")
    more = len(left) - SHOWN
    return lines + ([f"And {more:,} more: see unassigned.csv."] if more > 0 else [])


def _worst_case(tasks: list[Task]) -> list[str]:
    """The longest overdue, whatever its band or risk level."""
    worst = min(tasks, key=lambda task: (-task.days_overdue, -task.points, task.task_id))
    if not worst.days_overdue:
        return ["Worst case: none of them is overdue."]
    return wrapped(f"Worst case: {task_words(worst)}")


def task_words(task: Task) -> str:
    """``HV-RSO-000001: home visit, high risk, 9 days overdue.``"""
    overdue = f"{counted_words(task.days_overdue, 'day')} overdue"
    late = overdue if task.timing is Timing.OVERDUE else f"due {task.due_date}"
    return f"{task.task_id}: {task.kind.words}, {task.risk_level.words} risk, {late}."


def reason_lines(due: DueList, roster: Roster) -> list[str]:
    """Reasons with the number of tasks, most frequent first."""
    counts = figures.reasons(due, roster)
    if not counts:
        return []
    lines = heading("Reasons of all that is left out, with what falls due later")
    for reason, count in counts:
        lines += wrapped(f"{count:>6,}  {reason}: {REASONS.get(reason, '')}", indent="        ")
    return lines


def deferred_lines(due: DueList) -> list[str]:
    """What a supervisor put off over the whole week, the longest overdue named: it never vanishes."""
    tasks = [task for task in due.tasks if task.points > 0 and task.is_deferred_over(due.horizon)]
    tasks.sort(key=lambda task: (-task.days_overdue, task.task_id))
    lines = [f"Put off by a supervisor over the whole week: {counted_words(len(tasks), 'task')}."]
    lines += [line for task in tasks[:SHOWN] for line in wrapped(f"  {task_words(task)}", indent="    ")]
    return lines


def _counted(due: DueList, roster: Roster) -> list[tuple[Task, Unassigned]]:
    rows = ((due.task(row.task_id), row) for row in roster.unassigned)
    return [(task, row) for task, row in rows if task is not None and measures.is_counted(task, due)]
