"""The due list as rows of text, for a CSV file."""

from __future__ import annotations

from datetime import date

from offender_mgmt.due.task import DueList, Flag, Pause, Task

DUE_COLUMNS = (
    "task_id",
    "task_type",
    "offender_ref",
    "team",
    "risk_level",
    "rule",
    "timing",
    "due_date",
    "days_overdue",
    "release_date",
    "band",
    "minutes",
    "crew_size",
    "needs",
    "goes_with",
    "deferred_until",
    "why",
)
PAUSED_COLUMNS = ("offender_ref", "team", "risk_level", "status", "since", "until", "note")
FLAG_COLUMNS = ("offender_ref", "team", "rule", "sentence")
CANCELLED = "cancelled"
"""Stands in ``deferred_until`` for a decision without an end."""


def due_rows(due: DueList) -> list[tuple[str, ...]]:
    """One row per task in the order of the list, cells as in ``DUE_COLUMNS``."""
    return [_due_row(task, due.bands) for task in due.tasks]


def paused_rows(due: DueList) -> list[tuple[str, ...]]:
    """One row per paused nominal, cells as in ``PAUSED_COLUMNS``."""
    return [_paused_row(pause) for pause in due.paused]


def flag_rows(due: DueList) -> list[tuple[str, ...]]:
    """One row per flag, cells as in ``FLAG_COLUMNS``."""
    return [_flag_row(flag) for flag in due.flags]


def needs_in_words(task: Task) -> str:
    """Skills, roles and a constable, as one reads them: ``each: MOSOVO; one: ARMS; constable``."""
    parts = []
    if task.skills_each:
        parts.append("each: " + " ".join(task.skills_each))
    if task.skills_one:
        parts.append("one: " + " ".join(task.skills_one))
    if task.roles:
        parts.append("by: " + " or ".join(role.value.replace("_", " ") for role in task.roles))
    if task.constable_required:
        parts.append("constable")
    return "; ".join(parts)


def _due_row(task: Task, bands: tuple[str, ...]) -> tuple[str, ...]:
    return (
        task.task_id,
        task.kind.value,
        task.offender_ref,
        task.team,
        task.risk_level.value,
        task.rule,
        task.timing.value,
        task.due_date.isoformat(),
        str(task.days_overdue),
        task.release_date.isoformat(),
        bands[task.band],
        str(task.minutes),
        str(task.crew_size),
        needs_in_words(task),
        " ".join(task.goes_with),
        _deferred_until(task),
        task.why,
    )


def _deferred_until(task: Task) -> str:
    if task.deferral is None:
        return ""
    return _day(task.deferral.until) or CANCELLED


def _paused_row(pause: Pause) -> tuple[str, ...]:
    status = pause.status.value if pause.status is not None else "ended"
    level = pause.risk_level.value
    return (pause.offender_ref, pause.team, level, status, _day(pause.since), _day(pause.until), pause.note)


def _flag_row(flag: Flag) -> tuple[str, ...]:
    return (flag.offender_ref, flag.team, flag.rule, flag.sentence)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
