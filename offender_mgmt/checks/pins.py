"""What people pinned of a task is so, wherever the task is in the roster."""

from __future__ import annotations

from collections.abc import Iterator

from offender_mgmt.calendars import local
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.register.pins import Pin
from offender_mgmt.roster.roster import Assignment


def pins_kept(week: Week) -> Findings:
    """Each row of a pinned task has the pinned officers, crew, day and time; work that had begun is not judged."""
    if week.replanned is None:
        return
    for row in week.roster.assignments:
        pin = week.replanned.pins.get(row.task_id)
        if pin is not None and id(row) not in week.begun:
            for words in _unlike(row, pin):
                yield (row.task_id,), f"{row.task_id} is not as pinned: {words}."


def _unlike(row: Assignment, pin: Pin) -> Iterator[str]:
    if not pin.officers <= set(row.crew):
        yield f"officer {' and '.join(sorted(pin.officers))}"
    if pin.crew is not None and set(row.crew) != pin.crew:
        yield f"crew {' and '.join(sorted(pin.crew))}"
    if pin.day is not None and row.day != pin.day:
        yield f"day {pin.day}"
    if pin.start is not None and local(row.start).time() != pin.start:
        yield f"time {pin.start:%H:%M}"
