"""Whether the refreshment break of a tour fits between an officer's work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from offender_mgmt.checks.outing import Outing
from offender_mgmt.checks.spans import Span, free_spans
from offender_mgmt.policy import Policy


@dataclass(frozen=True, slots=True)
class Round:
    """An outing as the break sees it: the whole span, and the gaps between stops with the travel in each."""

    span: Span
    gaps: tuple[tuple[Span, int], ...] = ()


def round_of(outing: Outing) -> Round:
    """The round of an outing in the roster."""
    gaps = tuple(
        (Span(here.end, there.start), travel)
        for (here, there), travel in zip(pairwise(outing.stops), outing.legs[1:-1], strict=True)
    )
    return Round(outing.span, gaps)


def break_minutes(tour: Span, policy: Policy) -> int:
    """Break that a tour with work must have; 0 when it is too short to have one.

    A tour no longer than ``break_from_minutes`` plus the break ends before a break could: it needs none.
    """
    length = tour.end - tour.start
    minutes = policy.duty.break_minutes(length)
    return minutes if length > policy.duty.break_from_minutes + minutes else 0


def allowed_span(tour: Span, policy: Policy) -> Span:
    """When the break of a tour may be taken; never after the tour's end."""
    duty = policy.duty
    return Span(tour.start + duty.break_from_minutes, min(tour.start + duty.break_to_minutes, tour.end))


def break_fits(
    tour: Span, policy: Policy, rounds: Sequence[Round], desk: Iterable[Span], events: Iterable[Span]
) -> bool:
    """Whether an officer with this work has the break of the tour.

    The break lies between work, or inside an outing between two stops where the gap is long enough for the travel
    and the break. A fixed event over the whole allowed span has a break of its own.
    """
    minutes, allowed = break_minutes(tour, policy), allowed_span(tour, policy)
    events = tuple(events)
    if not minutes or any(event.holds(allowed) for event in events):
        return True
    busy = [*(r.span for r in rounds), *desk, *events]
    if any(free.end - free.start >= minutes for free in free_spans(allowed, busy)):
        return True
    gaps = [gap for r in rounds for gap in r.gaps]
    return any(gap.end - gap.start - travel >= minutes and gap.overlap(allowed) >= minutes for gap, travel in gaps)
