"""All rosters of a tiny instance with the cost of every aim, in plain loops that share nothing with the solver's aims.

Outings are those of ``brute_force.py``, but every order, pause and minute of leaving is kept that could be worth its
minutes: of outings alike in all else, those that another beats in minutes and in the costs asked for are left aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations, product

from solver.brute_force import GRID, _clash, _crews, _may, _modes, _used, _write_up_shifts

from offender_mgmt.instance.model import Instance
from offender_mgmt.vocabulary import Aim

Costs = dict[Aim, int]
CLOCK_AIMS = (Aim.VARIETY, Aim.EVENINGS_AND_WEEKENDS, Aim.TRAVEL)


@dataclass(frozen=True)
class Trip:
    """An outing that could be made, with its travel and the starts that count."""

    crew: tuple[int, ...]
    day: int
    calls: frozenset[int]
    halves: frozenset[tuple[int, int]]
    minutes: tuple[tuple[int, int], ...]
    travel: int
    worn: int
    off: int


@dataclass(frozen=True)
class Driven:
    """One way to drive an outing."""

    block: int
    travel: int
    worn: int
    off: int


def rosters(instance: Instance, clock_aims: tuple[Aim, ...] = ()) -> Iterator[tuple[tuple[int, ...], Costs]]:
    """Points by band and costs of every roster that could be the best one in some order of aims."""
    trips = list(_trips(instance, clock_aims))
    for chosen in _sets(instance, trips, 0, ()):
        for desk in _desks(instance, chosen):
            yield _bands(instance, chosen, desk), _costs(instance, chosen, desk)


def _trips(instance: Instance, clock_aims: tuple[Aim, ...]) -> Iterator[Trip]:
    for crew in _crews(instance):
        able = [i for i, call in enumerate(instance.calls) if _may(instance, call, crew)]
        for day in range(instance.days):
            shifts = [[s for s, x in enumerate(instance.shifts) if x.officer == o and x.day == day] for o in crew]
            for chosen in product(*shifts):
                for size in range(1, instance.visits_per_day + 1):
                    for calls in combinations(able, size):
                        if len({instance.calls[c].nominal for c in calls}) == size:
                            yield from _trips_of(instance, crew, day, chosen, calls, clock_aims)


def _trips_of(
    instance: Instance,
    crew: tuple[int, ...],
    day: int,
    chosen: tuple[int, ...],
    calls: tuple[int, ...],
    clock_aims: tuple[Aim, ...],
) -> Iterator[Trip]:
    tours = [instance.shifts[s] for s in chosen]
    entries = sum(instance.calls[c].needs_entry for c in calls)
    for later in (False, True):
        for halves, start, end, road in _modes(tours, chosen):
            pauses = [road[0] - t.break_minutes if road else 0 for t in tours]
            for way in _worthwhile(set(_ways(instance, len(crew), calls, start, end, road, later)), clock_aims):
                minutes = tuple((s, way.block + pause) for s, pause in zip(chosen, pauses, strict=True))
                rest = (way.travel, way.worn, way.off)
                if not later:
                    yield Trip(crew, day, frozenset(calls), halves, minutes, *rest)
                    continue
                for s, shift in enumerate(instance.shifts):
                    if shift.officer in crew and day < shift.day <= instance.entry_by[day]:
                        extra = (s, entries * instance.entry.minutes)
                        yield Trip(crew, day, frozenset(calls), halves, (*minutes, extra), *rest)


def _ways(
    instance: Instance,
    size: int,
    calls: tuple[int, ...],
    start: int,
    end: int,
    road: tuple[int, int, int] | None,
    later: bool,
) -> Iterator[Driven]:
    checks = sum(instance.calls[c].needs_check for c in calls)
    entries = sum(instance.calls[c].needs_entry for c in calls)
    before = -(-checks // size) * instance.check.minutes
    after = 0 if later else -(-entries // size) * instance.entry.minutes
    for order in permutations(calls):
        travel = sum(instance.travel[a, b] for a, b in _legs(instance, order))
        for pause in range(1, len(order)) if road else [0]:
            for leave in range(start + before, end, GRID):
                driven = _starts(instance, order, leave, road, pause)
                if driven is None or driven[-1] + after > end:
                    continue
                *starts, back = driven
                block = back - leave + before + after - (road[0] if road else 0)
                worn = sum(_in(s, instance.calls[c].worn) for s, c in zip(starts, order, strict=True))
                yield Driven(block, int(travel), worn, sum(_in(s, instance.off_hours) for s in starts))


def _legs(instance: Instance, order: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    places = [0, *(instance.calls[c].place for c in order), 0]
    yield from pairwise(places)


def _in(moment: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= moment < end for start, end in spans)


def _starts(
    instance: Instance, order: tuple[int, ...], leave: int, road: tuple[int, int, int] | None, pause: int
) -> list[int] | None:
    """Start of each visit, then the return."""
    now, place, found = leave, 0, []
    for stop, index in enumerate(order):
        call = instance.calls[index]
        way = int(instance.travel[place, call.place])
        if road and stop == pause:
            length, first, last = road
            begin = max(now, first)
            if begin + length > last:
                return None
            now = max(now + way + length, begin + length)
        else:
            now += way
        starts = [max(now, s) for s, e in call.spans if max(now, s) + call.minutes <= e]
        if not starts:
            return None
        found.append(min(starts))
        now = min(starts) + call.minutes
        place = call.place
    return [*found, now + int(instance.travel[place, 0])]


def _worthwhile(ways: set[Driven], clock_aims: tuple[Aim, ...]) -> list[Driven]:
    """Ways that no other beats in minutes and in all costs asked for."""

    def key(way: Driven) -> tuple[int, ...]:
        costs = {Aim.VARIETY: way.worn, Aim.EVENINGS_AND_WEEKENDS: -way.off, Aim.TRAVEL: way.travel}
        return (way.block, *(costs[aim] for aim in clock_aims))

    kept: list[Driven] = []
    for way in sorted(ways, key=lambda w: (key(w), w.travel, w.worn, w.off)):
        if not any(all(a <= b for a, b in zip(key(k), key(way), strict=True)) for k in kept):
            kept.append(way)
    return kept


def _sets(instance: Instance, trips: list[Trip], first: int, taken: tuple[Trip, ...]) -> Iterator[tuple[Trip, ...]]:
    yield taken
    for index in range(first, len(trips)):
        if not _clash(instance, trips[index], taken):  # type: ignore[arg-type]
            yield from _sets(instance, trips, index + 1, (*taken, trips[index]))


def _desks(instance: Instance, trips: tuple[Trip, ...]) -> Iterator[tuple[int, ...]]:
    """Every way to give the desk tasks to shifts (-1: left out) that leaves room for the write-ups."""
    used = _used(trips)  # type: ignore[arg-type]
    write_ups = []
    for trip in trips:
        for c in trip.calls:
            if instance.calls[c].write_up >= 0:
                write_up = instance.write_ups[instance.calls[c].write_up]
                shifts = _write_up_shifts(instance, trip, write_up.skills)  # type: ignore[arg-type]
                write_ups.append((write_up.minutes, shifts))
    options = [
        [-1, *(s for s, x in enumerate(instance.shifts) if x.day >= d.first_day and x.officer not in d.excluded)]
        for d in instance.desk
    ]
    for desk in product(*options):
        for places in product(*(shifts for _, shifts in write_ups)):
            filled = dict(used)
            for (minutes, _), s in zip(write_ups, places, strict=True):
                filled[s] = filled.get(s, 0) + minutes
            for task, s in zip(instance.desk, desk, strict=True):
                if s >= 0:
                    filled[s] = filled.get(s, 0) + task.minutes
            if all(m <= instance.shifts[s].free_minutes for s, m in filled.items()):
                yield desk
                break


def _bands(instance: Instance, trips: tuple[Trip, ...], desk: tuple[int, ...]) -> tuple[int, ...]:
    done = [t for trip in trips for c in trip.calls for t in instance.calls[c].tasks]
    done += [d.task for d, s in zip(instance.desk, desk, strict=True) if s >= 0]
    return instance.band_points(done)


def _again(instance: Instance, trip: Trip) -> int:
    """Visits of an outing beyond the first at each address."""
    known = [instance.calls[c].address for c in trip.calls if instance.calls[c].address >= 0]
    return sum(known.count(address) - 1 for address in set(known))


def _costs(instance: Instance, trips: tuple[Trip, ...], desk: tuple[int, ...]) -> Costs:
    visits = [(trip, instance.calls[c]) for trip in trips for c in trip.calls]
    work = [(d, instance.shifts[s]) for d, s in zip(instance.desk, desk, strict=True) if s >= 0]
    kept, again, stays = 0, 0, 0
    for trip, call in visits:
        kept += 2 if call.lead in trip.crew else 1 if call.deputy in trip.crew else 0
        first = call.lead if call.lead in trip.crew else call.deputy if call.deputy in trip.crew else min(trip.crew)
        again += any(o in call.recent for o in trip.crew if o != first)
        stays += call.published == (trip.day, frozenset(trip.crew))
    kept += sum(2 for d, shift in work if d.lead == shift.officer)
    stays += sum(d.published == (shift.day, shift.officer) for d, shift in work)
    highest = 0
    for officer, (before, duty) in enumerate(zip(instance.load_before, instance.duty, strict=True)):
        load = before + sum(call.weight for trip, call in visits if officer in trip.crew)
        highest = max(highest, -(-load * 60_000 // duty))
    short = instance.off_percent * len(visits) - 100 * sum(trip.off for trip in trips)
    return {
        Aim.CONTINUITY: -kept,
        Aim.SECOND_SEAT: again,
        Aim.VARIETY: sum(trip.worn for trip in trips),
        Aim.EVENINGS_AND_WEEKENDS: max(0, -(-short // 100)),
        Aim.EVEN_LOAD: highest,
        Aim.ONE_ADDRESS_TOGETHER: -sum(_again(instance, trip) for trip in trips),
        Aim.ONE_ADDRESS_APART: sum(_again(instance, trip) for trip in trips),
        Aim.FEWEST_CHANGES: (instance.published or 0) - stays,
        Aim.TRAVEL: sum(trip.travel for trip in trips),
    }
