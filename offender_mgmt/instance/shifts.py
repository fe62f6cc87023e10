"""From the duty roster to shifts the plan may use: tours, rest, events and the break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time, timedelta

from offender_mgmt.calendars import Horizon, moment
from offender_mgmt.instance.model import Shift, Span
from offender_mgmt.policy.model import DutyPolicy
from offender_mgmt.register.records import Event, Tour
from offender_mgmt.vocabulary import TourCode

GRID_MINUTES = 5
"""Breaks start on this grid after the tour's start, so that times are easy to read."""


def tour_span(tour: Tour) -> Span:
    """Moments at which a duty tour starts and ends; an end not after the start is on the next day."""
    assert tour.start is not None
    assert tour.end is not None
    day_after = timedelta(days=1 if tour.end <= tour.start else 0)
    return moment(tour.date, tour.start), moment(tour.date + day_after, tour.end)


def within_tour(tours: Iterable[Tour], horizon: Horizon) -> list[tuple[int, Span]]:
    """Day index and span of every duty tour that starts inside the horizon; other codes are free of work."""
    end_of_horizon = moment(horizon.last_day + timedelta(days=1), time(0))
    found = []
    for tour in tours:
        if tour.code is TourCode.DUTY and tour.date in horizon:
            start, end = tour_span(tour)
            found.append(((tour.date - horizon.first_day).days, (start, min(end, end_of_horizon))))
    return sorted(found)


def rest_between_tours(span: Span, all_tours: Iterable[Span], rest_hours: int) -> Span:
    """The span less what lies within the rest after the officer's tour before it."""
    ends = [end for start, end in all_tours if start < span[0]]
    return max([span[0], *(end + 60 * rest_hours for end in ends)]), span[1]


def fixed_events_kept(span: Span, events: Iterable[Event]) -> tuple[Span, ...]:
    """The parts of the span that the officer's fixed events take, merged and sorted."""
    return merged(span, (event_span(event) for event in events))


def merged(span: Span, busy: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of a span that other spans take, merged and sorted."""
    taken: list[Span] = []
    for start, end in sorted(busy):
        start, end = max(start, span[0]), min(end, span[1])
        if start >= end:
            continue
        if taken and start <= taken[-1][1]:
            taken[-1] = (taken[-1][0], max(end, taken[-1][1]))
        else:
            taken.append((start, end))
    return tuple(taken)


def event_span(event: Event) -> Span:
    """Moments at which a fixed event starts and ends."""
    assert event.start is not None
    assert event.end is not None
    return moment(event.date, event.start), moment(event.date, event.end)


def without(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of a span when sorted, disjoint spans are taken out."""
    left, start = [], span[0]
    for taken_start, taken_end in taken:
        if start < taken_start:
            left.append((start, taken_start))
        start = max(start, taken_end)
    if start < span[1]:
        left.append((start, span[1]))
    return left


def overlap(a: Span, b: Span) -> Span | None:
    """The common part of two spans, if any."""
    start, end = max(a[0], b[0]), min(a[1], b[1])
    return (start, end) if start < end else None


def break_taken(usable: Span, allowed: Span, minutes: int, events: Sequence[Span]) -> list[Span]:
    """Every place the break can have between the events, on a grid, in order of time."""
    inside = overlap(usable, allowed)
    gaps = without(inside, merged(inside, events)) if inside else []
    starts = {s for gap in gaps for s in range(gap[0], gap[1] - minutes + 1, GRID_MINUTES)}
    starts |= {gap[1] - minutes for gap in gaps if gap[1] - gap[0] >= minutes}
    return [(start, start + minutes) for start in sorted(starts)]


def break_minutes(tour: Span, events: Sequence[Span], policy: DutyPolicy) -> tuple[int, Span]:
    """Length of the break of a tour, and the span that must hold it.

    A tour too short to reach the time for a break has none; an event that fills that whole time has one of
    its own.
    """
    minutes = policy.break_minutes(tour[1] - tour[0])
    allowed = (tour[0] + policy.break_from_minutes, tour[0] + policy.break_to_minutes)
    too_short = tour[1] - tour[0] <= policy.break_from_minutes + minutes
    if too_short or any(e[0] <= allowed[0] and allowed[1] <= e[1] for e in events):
        return 0, allowed
    return minutes, allowed


def _minutes_in(span: Span, others: Iterable[Span]) -> int:
    parts = (overlap(span, other) for other in others)
    return sum(part[1] - part[0] for part in parts if part)


def make_shift(
    officer: int,
    day: int,
    tour: Span,
    usable: Span,
    events: tuple[Span, ...],
    policy: DutyPolicy,
    *,
    places: Sequence[Span] | None = None,
    ahead: Sequence[Span] = (),
) -> Shift | None:
    """The shift of one tour; ``None`` when no work can be given because no break could be taken.

    Parameters
    ----------
    places
        Where the break may lie, if that is known; empty for a break that is over, or none that is due.
    ahead
        Published work that the break is to lie beside, if it can.
    """
    minutes, allowed = break_minutes(tour, events, policy)
    may_be_long = minutes > 0
    if places is not None:
        minutes = places[0][1] - places[0][0] if places else 0
    else:
        places = break_taken(usable, allowed, minutes, events) if minutes else []
    if usable[0] >= usable[1] or (minutes and not places):
        return None
    middle = (usable[0] + usable[1] - minutes) // 2
    # A break that has begun takes less of what is left of a tour than one that has not.
    default = min(
        places, key=lambda s: (_minutes_in(s, ahead), _minutes_in(s, [usable]), abs(s[0] - middle), s), default=None
    )
    sessions = without(usable, sorted([*events, *([default] if default else [])]))
    free = without(usable, events)
    return Shift(
        officer=officer,
        day=day,
        span=usable,
        events=events,
        break_minutes=minutes,
        break_span=allowed,
        default_break=default,
        early_break=places[0] if places else None,
        late_break=places[-1] if places else None,
        sessions=tuple(sessions),
        whole=max(free, key=lambda s: (_minutes_in(s, ahead), s[1] - s[0], -s[0])) if may_be_long and free else None,
        free_minutes=sum(end - start for start, end in sessions),
    )
