"""The times of an outing that leaves at a moment, each visit as early as it can be; the break may lie on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offender_mgmt.checks.spans import Span
from offender_mgmt.places.published import GRID_MINUTES, Stop


@dataclass(frozen=True, slots=True)
class Drive:
    """An outing with its times."""

    span: Span
    stops: tuple[Stop, ...]


def drives(stops: Sequence[Stop], legs: Sequence[int], gap: Span, pause: int, leaves_now: int | None) -> set[Drive]:
    """Every way to drive an outing inside a gap.

    The crew leaves on the full five minutes, when the gap begins, or when it leaves as published. Each visit starts
    as early as it can, once without and once with a break before each stop but the first. Where the first visit has
    to wait for its hours, the crew leaves later instead.

    Parameters
    ----------
    legs
        Minutes to each stop in turn and back to the base.
    pause
        Minutes of a break on the road; 0 for none.
    leaves_now
        When the crew leaves as published, if it does.
    """
    needed = sum(legs) + sum(stop.minutes for stop in stops)
    last = gap.end - needed
    first = gap.start + -gap.start % GRID_MINUTES
    leaves = {gap.start, *range(first, last + 1, GRID_MINUTES), *([leaves_now] if leaves_now is not None else [])}
    rests = range(1, len(stops)) if pause else range(0)
    found = (
        drive
        for leave in leaves
        if gap.start <= leave <= last
        for rest in (None, *rests)
        for drive in _drive(stops, legs, leave, pause, rest)
    )
    return {drive for drive in found if drive.span.end <= gap.end}


def _drive(stops: Sequence[Stop], legs: Sequence[int], leave: int, pause: int, rest: int | None) -> Iterator[Drive]:
    now, timed = leave, []
    for index, (stop, travel) in enumerate(zip(stops, legs, strict=False)):
        now += travel + (pause if index == rest else 0)
        starts = [max(now, hours.start) for hours in stop.hours if max(now, hours.start) + stop.minutes <= hours.end]
        if not starts:
            return
        timed.append(replace(stop, start=min(starts)))
        now = timed[-1].end
    yield Drive(Span(timed[0].start - legs[0], now + legs[-1]), tuple(timed))
