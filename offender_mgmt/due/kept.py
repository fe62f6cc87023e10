"""Work that had begun stays on the due list of its week, whatever was told since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from offender_mgmt.due.task import DueList, Task


def with_kept(due: DueList, kept: Iterable[str], earlier: Iterable[DueList]) -> DueList:
    """The due list with tasks that had begun and would not be due by what is known now.

    Parameters
    ----------
    kept
        Ids of all tasks that had begun.
    earlier
        Due lists of the same week by what was known before, the last first; as many as needed are looked at.
    """
    missing = {task_id for task_id in kept if due.task(task_id) is None}
    found: list[Task] = []
    lists = iter(earlier)
    while missing and (before := next(lists, None)) is not None:
        found += [task for task in before.tasks if task.task_id in missing]
        missing -= {task.task_id for task in found}
    if not found:
        return due
    tasks = sorted((*due.tasks, *found), key=lambda task: (task.band, -task.points, task.task_id))
    return replace(due, tasks=tuple(tasks))
