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
    taken: list[Span] = []
    for start, end in sorted(event_span(event) for event in events):
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


def break_taken(usable: Span, allowed: Span, minutes: int, events: Sequence[Span]) -> Span | None:
    """Where the break is taken by default: as near to the middle of the usable span as events allow."""
    inside = overlap(usable, allowed)
    if inside is None:
        return None
    wished = (usable[0] + usable[1] - minutes) // 2
    starts = [s for gap in without(inside, events) for s in range(gap[0], gap[1] - minutes + 1, GRID_MINUTES)]
    starts += [gap[1] - minutes for gap in without(inside, events) if gap[1] - gap[0] >= minutes]
    if not starts:
        return None
    start = min(starts, key=lambda s: (abs(s - wished), s))
    return start, start + minutes


def make_shift(
    officer: int, day: int, tour: Span, usable: Span, events: tuple[Span, ...], policy: DutyPolicy
) -> Shift | None:
    """The shift of one tour; ``None`` when no work can be given because no break could be taken."""
    if usable[0] >= usable[1]:
        return None
    length = tour[1] - tour[0]
    minutes = policy.break_minutes(length)
    if length <= policy.break_from_minutes + minutes:
        minutes = 0
    allowed = (tour[0] + policy.break_from_minutes, tour[0] + policy.break_to_minutes)
    if minutes and any(e[0] <= allowed[0] and allowed[1] <= e[1] for e in events):
        minutes = 0  # an event that fills the whole time for the break has one of its own
    taken = break_taken(usable, allowed, minutes, events) if minutes else None
    if minutes and taken is None:
        return None
    blocked = sorted([*events, *([taken] if taken else [])])
    sessions = without(usable, blocked)
    free = without(usable, events)
    whole = max(free, key=lambda s: (s[1] - s[0], -s[0])) if minutes and free else None
    if whole is not None:
        shared = overlap(whole, allowed)
        if shared is None or shared[1] - shared[0] < minutes:
            whole = None
    return Shift(
        officer=officer,
        day=day,
        span=usable,
        events=events,
        break_minutes=minutes,
        break_span=allowed,
        default_break=taken,
        sessions=tuple(sessions),
        whole=whole,
        free_minutes=sum(end - start for start, end in sessions),
    )
