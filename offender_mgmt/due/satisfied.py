"""Which other work also does a visit: an ARMS interview at the same door, or a joint visit already fixed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from offender_mgmt.due.task import Task, event_task_id
from offender_mgmt.register.records import Event
from offender_mgmt.vocabulary import EventKind, TaskKind


def joint_visits(events: Iterable[Event]) -> Mapping[str, tuple[str, ...]]:
    """Ids of the joint visits among the events, by nominal."""
    by_nominal: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.kind is EventKind.JOINT_VISIT and event.offender_ref is not None:
            by_nominal[event.offender_ref].append(event_task_id(event))
    return {ref: tuple(ids) for ref, ids in by_nominal.items()}


def with_satisfied_by(tasks: list[Task], joint: tuple[str, ...]) -> list[Task]:
    """One nominal's tasks, the visit marked with what else would do it."""
    interviews = tuple(task.task_id for task in tasks if task.kind is TaskKind.ARMS_INTERVIEW)
    others = interviews + joint
    if not others:
        return tasks
    return [replace(task, satisfied_by=others) if _is_visit(task) else task for task in tasks]


def _is_visit(task: Task) -> bool:
    return task.kind.is_field and task.kind is not TaskKind.ARMS_INTERVIEW
