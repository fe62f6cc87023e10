"""Weeks in which officers are on duty for longer, or on a day on which they are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from offender_mgmt.explain.world import World
from offender_mgmt.register.records import Tour
from offender_mgmt.vocabulary import TourCode

FREE = frozenset({TourCode.REST_DAY, TourCode.BANK_HOLIDAY})
"""Days on which an officer could be asked to come in; leave, sickness, training and court are not touched."""
USUAL = 3
"""So many of the usual hours of a team are tried on a day off."""


def duty_of(world: World, officer: str, day: date) -> Tour | None:
    """An officer's tour of duty on a day, unless it is lent to another team."""
    tours = world.register.tours_of.get(officer, ())
    lent = world.register.lending.lent.get(officer, ())
    return next((t for t in tours if t.date == day and t.code is TourCode.DUTY and t not in lent), None)


def is_free(world: World, officer: str, day: date) -> bool:
    """Whether an officer has neither duty nor leave, sickness, training or court on a day."""
    return all(tour.code in FREE for tour in world.register.tours_of.get(officer, ()) if tour.date == day)


def with_tour(world: World, officer: str, day: date, start: time, end: time) -> World:
    """The week with another tour of duty of an officer on a day."""
    kept = [tour for tour in world.register.tours if (tour.officer_id, tour.date) != (officer, day)]
    new = Tour(officer_id=officer, date=day, start=start, end=end, code=TourCode.DUTY)
    return replace(world, register=replace(world.register, tours=(*kept, new)))


def longer(world: World, tour: Tour, minutes: int) -> Iterator[tuple[time, time, str]]:
    """Hours of a tour with some minutes more at its end or at its start, no longer than policy allows."""
    assert tour.start is not None
    assert tour.end is not None
    start, end = _minute(tour.start), _minute(tour.end)
    length = (end - start) % _DAY or _DAY
    if length + minutes > 60 * world.policy.duty.longest_tour_hours:
        return
    later, earlier = shifted(tour.end, minutes), shifted(tour.start, -minutes)
    yield tour.start, later, f"until {later:%H:%M} instead of {tour.end:%H:%M}"
    if start >= minutes:
        yield earlier, tour.end, f"from {earlier:%H:%M} instead of {tour.start:%H:%M}"


def usual_hours(world: World, day: date) -> list[tuple[time, time]]:
    """Hours that the team works: first those of the day, then those of the week, the most frequent first."""
    tours = [tour for tour in world.register.tours if tour.code is TourCode.DUTY and tour.date in world.due.horizon]
    today = Counter((t.start, t.end) for t in tours if t.date == day and t.start and t.end)
    weekly = Counter((t.start, t.end) for t in tours if t.start and t.end)
    ordered = [*_most_frequent(today), *_most_frequent(weekly)]
    return list(dict.fromkeys(ordered))[:USUAL]


def _most_frequent(hours: Counter[tuple[time, time]]) -> list[tuple[time, time]]:
    return sorted(hours, key=lambda span: (-hours[span], span))


def all_on_duty(world: World, officers: Iterable[str]) -> World:
    """The week in which officers are on duty every day, from the first visiting hour for as long as they may be."""
    duty, first = world.policy.duty, world.policy.visits.hours_from
    hours = min(duty.longest_tour_hours, 24 - duty.rest_between_tours_hours)
    last = shifted(first, min(60 * hours, _DAY - 1 - _minute(first)))
    for officer in officers:
        for day in world.due.horizon.days():
            world = with_tour(world, officer, day, first, last)
    return world


_DAY = 24 * 60


def shifted(at: time, minutes: int) -> time:
    """A time of day so many minutes later, or earlier."""
    return (datetime.combine(date(2000, 1, 1), at) + timedelta(minutes=minutes)).time()


def _minute(at: time) -> int:
    return 60 * at.hour + at.minute
