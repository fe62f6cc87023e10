"""Pins as people give them, by task: which of them are for work that is due and open, and what an edited sheet pins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time

from offender_mgmt.calendars import local
from offender_mgmt.due import DueList
from offender_mgmt.errors import DataError, Fault
from offender_mgmt.register.pins import Pin, Pins
from offender_mgmt.roster.roster import Assignment, Roster


def pins_by_task(pins: Pins, due: DueList, name: str) -> dict[str, Pin]:
    """Pins by id of the task; one of a nominal is for the only visit that is due, or the interview that does it too.

    Parameters
    ----------
    name
        Of the file, for faults.

    Raises
    ------
    DataError
        For a pin of something that is not due, or that goes with a visit, and for a time of desk work.
    """
    faults, found = [], {}
    for given, pin in sorted(pins.items()):
        hosts = list(_tasks(given, due))
        task = due.task(hosts[0]) if len(hosts) == 1 else None
        if task is None or task.is_companion:
            faults.append(Fault(name, 0, "task", "not-due", "Pin a visit or desk work that is due.", given))
        elif pin.start is not None and not task.kind.is_field:
            faults.append(Fault(name, 0, "value", "no-time-of-desk-work", "Pin a day: desk work has no time.", given))
        else:
            found[task.task_id] = pin
    if faults:
        raise DataError(faults)
    return found


def _tasks(given: str, due: DueList) -> Iterator[str]:
    if due.task(given) is not None:
        yield given
        return
    visits = [task for task in due.tasks if task.kind.is_field and task.offender_ref == given]
    ids = {task.task_id for task in visits}
    yield from (task.task_id for task in visits if not ids & set(task.satisfied_by))


def pins_of_edit(published: Roster, edited: Roster, due: DueList) -> Pins:
    """What somebody changed in a roster is pinned: where, when and with whom it stands in the edited one."""
    before = {row.task_id: _place(row) for row in _open(published.assignments, due)}
    after = {row.task_id: _place(row) for row in _open(edited.assignments, due)}
    return {task_id: pin for task_id, pin in after.items() if pin != before.get(task_id)}


def _open(rows: Iterable[Assignment], due: DueList) -> Iterator[Assignment]:
    for row in sorted(rows, key=lambda row: row.start, reverse=True):  # of desk work in parts the first one counts
        task = due.task(row.task_id)
        if task is not None and not task.is_companion and not row.done_with:
            yield row


def _place(row: Assignment) -> Pin:
    at: time | None = local(row.start).time() if row.kind.is_field else None
    return Pin(crew=frozenset(row.crew), day=row.day, start=at)


def not_placed(pins: Pins, roster: Roster) -> tuple[str, ...]:
    """Sentences about pinned work that found no place."""
    done = {row.task_id for row in roster.assignments}
    return tuple(
        f"{task_id} is pinned ({pin.words()}) and left out: no roster may do it so, or none has room beside other pins."
        for task_id, pin in sorted(pins.items())
        if task_id not in done
    )
