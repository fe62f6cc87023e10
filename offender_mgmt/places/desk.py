"""An officer's desk work laid out in a tour, round outings, events and the break.

Desk work may be interrupted, so laying it out is scheduling one machine with release times, deadlines and
interruptions: of all work that may begin, the one that must be done first is done first. If that order does not fit,
none does.

References
----------
W. Horn, *Some simple scheduling algorithms*, Naval Research Logistics Quarterly 21 (1974).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from offender_mgmt.checks.spans import Span, free_spans
from offender_mgmt.places.published import GRID_MINUTES, Duty, Stop

Parts = tuple[tuple[Span, ...], ...]
"""Parts of each piece of work, in the order of the pieces."""


class Piece(NamedTuple):
    """Work that must lie between two moments, and the parts in which it stands, if it has a place."""

    release: int
    deadline: int
    minutes: int
    parts: tuple[Span, ...] = ()


class Ride(NamedTuple):
    """An outing as the desk sees it: its span, and the gaps between stops with the travel in each."""

    span: Span
    gaps: tuple[tuple[Span, int], ...]


def ride_of(span: Span, stops: Sequence[Stop], legs: Sequence[int]) -> Ride:
    """The ride of an outing."""
    gaps = (Span(here.end, there.start) for here, there in pairwise(stops))
    return Ride(span, tuple(zip(gaps, legs[1:-1], strict=True)))


def lay_out(duty: Duty, rides: Sequence[Ride], pieces: Sequence[Piece]) -> Parts | None:
    """Parts for every piece of work of a tour; ``None`` if they cannot all be laid out with the break.

    What stands already stays to the minute if the rest fits round it; else all is laid out anew.

    Parameters
    ----------
    rides
        The outings of the tour.
    pieces
        The desk work of the tour that may move, and what is new.
    """
    fixed = [*duty.events, *(part for job in duty.jobs if job.is_fixed for part in job.parts)]
    busy = [*fixed, *(ride.span for ride in rides)]
    free = _free(duty.usable, busy)
    if any(piece.minutes > _room(free, piece) for piece in pieces) or _laid(free, pieces) is None:
        return None
    standing = [part for piece in pieces for part in piece.parts]
    new = [piece for piece in pieces if not piece.parts]
    if all(_stands(piece, free) for piece in pieces if piece.parts) and _apart(standing):
        taken = [*busy, *standing]
        found = _with_pause(duty, rides, taken, _free(duty.usable, taken), new)
        if found is not None:
            laid = iter(found)
            return tuple(piece.parts or next(laid) for piece in pieces)
    return _with_pause(duty, rides, busy, free, pieces)


def _free(usable: Span, busy: Sequence[Span]) -> list[Span]:
    return list(free_spans(usable, busy)) if usable.start < usable.end else []


def _room(free: Sequence[Span], piece: Piece) -> int:
    within = Span(piece.release, piece.deadline)
    return sum(gap.overlap(within) for gap in free) if piece.release < piece.deadline else 0


def _stands(piece: Piece, free: Sequence[Span]) -> bool:
    within = Span(piece.release, piece.deadline)
    return all(within.holds(part) and any(gap.holds(part) for gap in free) for part in piece.parts)


def _apart(parts: Sequence[Span]) -> bool:
    return all(here.end <= there.start for here, there in pairwise(sorted(parts)))


def _with_pause(
    duty: Duty, rides: Sequence[Ride], busy: Sequence[Span], free: Sequence[Span], pieces: Sequence[Piece]
) -> Parts | None:
    """The first layout that leaves the break of the tour."""
    if not duty.pause or _is_on_the_road(duty, rides):
        return _laid(free, pieces)
    for pause in _pauses(duty, busy):
        found = _laid([left for gap in free for left in free_spans(gap, [pause])], pieces)
        if found is not None:
            return found
    return None


def _is_on_the_road(duty: Duty, rides: Sequence[Ride]) -> bool:
    return any(
        gap.end - gap.start - travel >= duty.pause and gap.overlap(duty.pause_span) >= duty.pause
        for ride in rides
        for gap, travel in ride.gaps
    )


def _pauses(duty: Duty, busy: Sequence[Span]) -> Iterator[Span]:
    """Where the break may lie: on a grid from the start of the tour, and at either end of each gap; in order."""
    allowed, minutes = duty.pause_span, duty.pause
    for gap in free_spans(allowed, busy):
        first = gap.start + (duty.tour.start - gap.start) % GRID_MINUTES
        starts = {gap.start, gap.end - minutes, *range(first, gap.end - minutes + 1, GRID_MINUTES)}
        yield from (Span(start, start + minutes) for start in sorted(starts) if gap.start <= start <= gap.end - minutes)


def _laid(free: Sequence[Span], pieces: Sequence[Piece]) -> Parts | None:
    """The work in the free time, the nearest deadline first; ``None`` if it does not fit in any order."""
    left = [piece.minutes for piece in pieces]
    parts: list[list[Span]] = [[] for _ in pieces]
    for gap in free:
        now = gap.start
        while now < gap.end:
            ready = [i for i, piece in enumerate(pieces) if left[i] and piece.release <= now]
            later = [piece.release for i, piece in enumerate(pieces) if left[i] and piece.release > now]
            if not ready:
                now = min([*later, gap.end])
                continue
            chosen = min(ready, key=lambda i: (pieces[i].deadline, i))
            until = min(gap.end, now + left[chosen], *later)
            if until > pieces[chosen].deadline:
                return None
            parts[chosen] = _longer(parts[chosen], Span(now, until))
            left[chosen] -= until - now
            now = until
    return None if any(left) else tuple(map(tuple, parts))


def _longer(parts: list[Span], part: Span) -> list[Span]:
    if parts and parts[-1].end == part.start:
        return [*parts[:-1], Span(parts[-1].start, part.end)]
    return [*parts, part]
