"""Exact times for the outings that a peer proposes, worked out apart from the solver.

A peer says who goes out, and which calls in which order. Here the order gets its times: checks shared before leaving,
visiting hours, a break on the road if there is one, entries shared after the return. If the order cannot be kept,
every other order of the same calls is tried, so that no peer loses a visit to the simpler terms it was asked in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from offender_mgmt.instance.model import Call, Instance, SideWork, Span
from offender_mgmt.solver.timetable import Outing, Stop

BAND_RATIO = 30
"""How far the weights of neighbouring bands lie apart wherever an engine is given one number for a call."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where an outing may lie.

    Parameters
    ----------
    breaks
        Per officer: where the break is then taken; ``None`` on the road, or for none.
    pause
        Minutes, earliest start and latest end of a break on the road.
    """

    span: Span
    breaks: tuple[Span | None, ...]
    pause: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """A crew on a day, before it is known what it does.

    Parameters
    ----------
    rooms
        The places the outing may take, the widest first.
    most, longest
        Most visits, and most minutes including checks, entries and a break on the road, that a peer is told of.
    later
        Minutes of entries that are made in a later tour, and so come on top of what a peer is told of.
    """

    crew: tuple[int, ...]
    shifts: tuple[int, ...]
    day: int
    rooms: tuple[Room, ...]
    most: int
    longest: int
    later: int = 0


def call_weight(instance: Instance, call: Call) -> int:
    """One number for a call: its points, those of each band thirty times those of the next."""
    return sum(
        instance.points[task] * BAND_RATIO ** (instance.bands - 1 - instance.band[task])
        for task in call.tasks
        if instance.points[task]
    )


def shared_minutes(work: SideWork, count: int, sharers: int) -> int | None:
    """Minutes that pieces of work take the crew when shared; ``None`` if nobody of it may do them."""
    if not count:
        return 0
    return -(-count // sharers) * work.minutes if sharers else None


def able_to(work: SideWork, instance: Instance, crew: Iterable[int]) -> tuple[int, ...]:
    """Officers of a crew who may do the work that goes with a visit."""
    people = ((officer, instance.officers[officer]) for officer in crew)
    return tuple(o for o, p in people if work.skills <= p.skills and (not work.roles or p.role in work.roles))


def outings(instance: Instance, trip: Trip, calls: Sequence[int], entries_later: bool) -> Iterator[Outing]:
    """Every way to make these calls on a trip, the given order first."""
    orders = [tuple(calls), *(order for order in permutations(calls) if order != tuple(calls))]
    for order in orders:
        for room in trip.rooms:
            yield from _in_room(instance, trip, room, order, entries_later)


def best_outing(instance: Instance, trip: Trip, calls: Sequence[int], entries_later: bool) -> Outing | None:
    """The way that takes the fewest minutes, then the least travel."""
    found = outings(instance, trip, calls, entries_later)
    return min(found, key=lambda o: (o.busy()[1] - o.busy()[0], o.travel, o.leave), default=None)


def _in_room(
    instance: Instance, trip: Trip, room: Room, order: tuple[int, ...], entries_later: bool
) -> Iterator[Outing]:
    made = [instance.calls[call] for call in order]
    checkers, enterers = (able_to(work, instance, trip.crew) for work in (instance.check, instance.entry))
    checks = shared_minutes(instance.check, sum(call.needs_check for call in made), len(checkers))
    entries = shared_minutes(instance.entry, sum(call.needs_entry for call in made), len(enterers))
    if checks is None or entries is None:
        return
    entries = 0 if entries_later else entries
    span = room.span[0] + checks, room.span[1] - entries
    for before in range(1, len(order)) if room.pause else (0,):
        drive = _Drive(instance, instance.officers[trip.crew[0]].base, made, room.pause, before)
        starts = drive.starts(span)
        if starts is None:
            continue
        leave, back, stops = drive.stops(order, starts)
        sides = (
            tuple(_side_work(instance.check, checkers, [c for c in order if instance.calls[c].needs_check], leave, -1)),
            tuple(_side_work(instance.entry, enterers, [c for c in order if instance.calls[c].needs_entry], back, 1)),
        )
        yield Outing(
            crew=trip.crew,
            shifts=trip.shifts,
            stops=stops,
            leave=leave,
            back=back,
            travel=sum(drive.legs),
            checks=sides[0],
            entries=() if entries_later else sides[1],
            breaks=room.breaks,
        )


def _side_work(
    work: SideWork, able: tuple[int, ...], calls: Sequence[int], at: int, direction: int
) -> Iterator[tuple[int, int, Span]]:
    """Pieces side by side, one for each able officer at a time, up to a moment or from it on."""
    rounds = -(-len(calls) // len(able)) if calls else 0
    begin = at - rounds * work.minutes if direction < 0 else at
    for position, call in enumerate(calls):
        start = begin + position // len(able) * work.minutes
        yield able[position % len(able)], call, (start, start + work.minutes)


class _Drive:
    """One order of calls from a base and back, with a break before stop number ``before`` if there is a pause."""

    def __init__(
        self, instance: Instance, base: int, calls: list[Call], pause: tuple[int, int, int] | None, before: int
    ) -> None:
        self.calls, self.pause, self.before = calls, pause, before
        places = [base, *(call.place for call in calls), base]
        self.legs = [int(instance.travel[a, b]) for a, b in pairwise(places)]

    def starts(self, span: Span) -> list[int] | None:
        """Latest starts of the visits with which the crew is back as early as it can be; ``None`` if never in time."""
        earliest: list[int] = []
        at = span[0]
        for position, call in enumerate(self.calls):
            ready = self._ready(at, position)
            fitting = [max(ready, begin) for begin, end in call.spans if max(ready, begin) + call.minutes <= end]
            if not fitting or ready < 0:
                return None
            earliest.append(min(fitting))
            at = earliest[-1] + call.minutes
        if at + self.legs[-1] > span[1]:
            return None
        return self._as_late_as(earliest)

    def _ready(self, at: int, position: int) -> int:
        """When the crew can knock at a stop; -1 when the break comes too late."""
        arrive = at + self.legs[position]
        if not self.pause or position != self.before:
            return arrive
        minutes, begin, end = self.pause
        return max(arrive, begin) + minutes if at + minutes <= end else -1

    def _as_late_as(self, earliest: list[int]) -> list[int]:
        starts = list(earliest)
        for position in range(len(starts) - 2, -1, -1):
            call = self.calls[position]
            by = starts[position + 1] - self.legs[position + 1]
            if self.pause and position + 1 == self.before:
                by = min(by, self.pause[2]) - self.pause[0]
            latest = by - call.minutes
            starts[position] = max(
                min(latest, end - call.minutes)
                for begin, end in call.spans
                if begin <= latest and begin + call.minutes <= end
            )
        return starts

    def stops(self, order: Sequence[int], starts: list[int]) -> tuple[int, int, tuple[Stop, ...]]:
        """Leaving, return, and the stops between."""
        stops = tuple(
            Stop(number, (start, start + call.minutes), leg)
            for number, start, call, leg in zip(order, starts, self.calls, self.legs, strict=False)
        )
        return starts[0] - self.legs[0], stops[-1].span[1] + self.legs[-1], stops
