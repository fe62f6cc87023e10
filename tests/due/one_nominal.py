"""Due lists of one nominal, for tests worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders import MONDAY, offender, policy, register

from offender_mgmt.calendars import Horizon, week_of
from offender_mgmt.due import DueList, Task, due_list
from offender_mgmt.policy import Policy

REF = "RSO-000001"


def due_of(nominal: dict[str, Any] | None = None, week: date | Horizon = MONDAY, **changes: Any) -> DueList:
    """The due list of one nominal with these facts; ``week`` is a day of the week or a horizon."""
    horizon = week if isinstance(week, Horizon) else week_of(week)
    rules: Policy = changes.pop("rules", None) or policy()
    return due_list(register(offenders=(offender(**(nominal or {})),), **changes), rules, horizon)


def task_of(due: DueList, code: str) -> Task | None:
    """The nominal's task with this code, e.g. ``HV`` or ``INTEL-NEXT``."""
    code, _, suffix = code.partition("-")
    return due.task(f"{code}-{REF}" + (f"-{suffix}" if suffix else ""))


def the(due: DueList, code: str) -> Task:
    """The same, where it must be there."""
    task = task_of(due, code)
    assert task is not None, [t.task_id for t in due.tasks]
    return task


def codes(due: DueList) -> set[str]:
    """What is due, e.g. ``{"HV", "INTEL-NEXT"}``."""
    return {task.task_id.replace(f"-{REF}", "") for task in due.tasks}


def flags(due: DueList) -> list[str]:
    """Names of the flags."""
    return [flag.rule for flag in due.flags]
