"""All that is known of one task, in words: why it is due, what it needs, and what a roster makes of it."""

from __future__ import annotations

from offender_mgmt.calendars import clock_text, local_day
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.report.left_out import task_words
from offender_mgmt.report.table import counted_words, wrapped
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Assignment, Roster


def task_lines(task: Task, due: DueList, roster: Roster | None = None) -> list[str]:
    """The task, and its place in a roster if one is given."""
    sentences = [
        f"Why ({task.rule}): {task.why}",
        f"Needs: {needs_words(task)}.",
        f"Priority: band {task.band + 1} ({due.bands[task.band]}), {task.points:,} risk points.",
        *(_place(task, roster) if roster else []),
    ]
    return [task_words(task), *(line for words in sentences for line in wrapped(f"  {words}", indent="    "))]


def needs_words(task: Task) -> str:
    """Officers, minutes, skills and the first day, as ``2 officers for 60 minutes, each with MOSOVO, ...``."""
    officers = f"{counted_words(task.crew_size, 'officer')} for {task.minutes} minutes"
    skills = [f"each with {skill}" for skill in task.skills_each] + [f"one with {skill}" for skill in task.skills_one]
    others = ["a constable"] if task.constable_required else []
    roles = [" or ".join(role.value.replace("_", " ") for role in task.roles)] if task.roles else []
    return ", ".join([officers, *skills, *roles, *others, f"not before {task.release_date}"])


def _place(task: Task, roster: Roster) -> list[str]:
    assigned = [f"Assigned: {_when(row)}." for row in roster.assignments if row.task_id == task.task_id]
    left_out = [
        f"Left out ({row.reason}): {row.explanation or REASONS.get(row.reason, '')}"
        for row in roster.unassigned
        if row.task_id == task.task_id
    ]
    return assigned + left_out or ["The roster has it neither as assigned nor as left out."]


def _when(row: Assignment) -> str:
    day, crew = local_day(row.start), ", ".join(row.crew)
    stop = f", stop {row.position} of outing {row.outing}" if row.outing else ""
    return f"{day:%A} {day}, {clock_text(row.start)} to {clock_text(row.end)}, {crew}{stop}"
