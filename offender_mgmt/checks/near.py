"""What the register gives near the planned week; days far away may not even exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from offender_mgmt.calendars import Horizon, moment
from offender_mgmt.checks.spans import Span, day_span
from offender_mgmt.due.task import event_task_id
from offender_mgmt.register import Register
from offender_mgmt.register.records import Event, Tour
from offender_mgmt.vocabulary import TourCode

MARGIN_DAYS = 7
"""How far from the week is near."""


def near_span(horizon: Horizon) -> Span:
    """The week with a margin on both sides."""
    first, last = _widened(horizon, MARGIN_DAYS)
    return Span(moment(first, time(0)), moment(last, time(0)))


def tours_near(register: Register, horizon: Horizon) -> Mapping[str, tuple[Span, ...]]:
    """Tours of duty of each officer near the week, in order of time."""
    first, last = _widened(horizon, MARGIN_DAYS + 2)
    near = {o: [t for t in tours if first <= t.date <= last] for o, tours in register.tours_of.items()}
    return {officer: tuple(sorted(set(_duty(tours)))) for officer, tours in near.items()}


def _duty(tours: Sequence[Tour]) -> list[Span]:
    duty = [tour for tour in tours if tour.code is TourCode.DUTY]
    return [day_span(t.date, t.start, t.end) for t in duty if t.start is not None and t.end is not None]


def events_near(register: Register, horizon: Horizon) -> Mapping[str, Event]:
    """Fixed events near the week by the id under which they stand in the roster."""
    first, last = _widened(horizon, MARGIN_DAYS)
    return {event_task_id(event): event for event in register.events if first <= event.date <= last}


def _widened(horizon: Horizon, days: int) -> tuple[date, date]:
    margin = timedelta(days=days)
    return horizon.first_day - margin, horizon.last_day + margin
