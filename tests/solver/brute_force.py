"""The best roster of a tiny instance by trying everything, in plain loops that share nothing with the solver.

An outing is tried for every crew, day, order of calls, way to take the break and minute of leaving (on a grid of
five minutes, which all lengths and travel times are multiples of). Rosters are all sets of outings that do not
clash, with every way to give the desk work to shifts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations, product

from offender_mgmt.instance.model import Call, Exposure, Instance, Shift

GRID = 5
Values = tuple[int, ...]


@dataclass(frozen=True)
class Trip:
    """An outing that could be made."""

    crew: tuple[int, ...]
    day: int
    calls: frozenset[int]
    halves: frozenset[tuple[int, int]]
    minutes: tuple[tuple[int, int], ...]
    """Shift and minutes taken from it."""


def best_values(instance: Instance, must: frozenset[int] = frozenset()) -> Values:
    """The best points by band, the first band counting before all others.

    Of a week that is planned again, less the published tasks it changes, in their place among the bands.

    Parameters
    ----------
    must
        Calls that every roster has to make.
    """
    trips = list(_trips(instance))
    rosters = _sets(instance, trips, 0, ())
    return max(_desk_best(instance, r) for r in rosters if must <= {c for trip in r for c in trip.calls})


def _crews(instance: Instance) -> Iterator[tuple[int, ...]]:
    people = instance.officers
    for size in sorted({c.crew_size for c in instance.calls}):
        for crew in combinations(range(len(people)), size):
            drives = any(people[o].drives for o in crew) or not instance.driver_needed
            friends = all(b not in people[a].not_paired_with for a in crew for b in crew)
            if drives and friends and len({people[o].base for o in crew}) == 1:
                yield crew


def _may(instance: Instance, call: Call, crew: tuple[int, ...]) -> bool:
    people = [instance.officers[o] for o in crew]
    if len(crew) < call.crew_size or any(o in call.excluded for o in crew) or not call.pinned <= set(crew):
        return False
    if any(not call.skills_each <= p.skills for p in people):
        return False
    if any(all(skill not in p.skills for p in people) for skill in call.skills_one):
        return False
    return not call.constable_required or any(p.has_powers for p in people)


def _trips(instance: Instance) -> Iterator[Trip]:
    for crew in _crews(instance):
        able = [i for i, call in enumerate(instance.calls) if _may(instance, call, crew)]
        for day in range(instance.days):
            shifts = [[s for s, x in enumerate(instance.shifts) if x.officer == o and x.day == day] for o in crew]
            for chosen in product(*shifts):
                for size in range(1, instance.visits_per_day + 1):
                    for calls in combinations(able, size):
                        if len({instance.calls[c].nominal for c in calls}) == size:
                            yield from _trips_of(instance, crew, day, chosen, calls)


def _trips_of(
    instance: Instance, crew: tuple[int, ...], day: int, chosen: tuple[int, ...], calls: tuple[int, ...]
) -> Iterator[Trip]:
    tours = [instance.shifts[s] for s in chosen]
    entries = sum(instance.calls[c].entry_task >= 0 for c in calls)
    for later in (False, True):
        for halves, start, end, road in _modes(tours, chosen):
            block = fewest_minutes(instance, len(crew), calls, start, end, road, later)
            if block is None:
                continue
            # The whole crew pauses on the road as long as the longest break of its tours.
            pauses = [road[0] - t.break_minutes if road else 0 for t in tours]
            minutes = tuple((s, block + pause) for s, pause in zip(chosen, pauses, strict=True))
            if not later:
                yield Trip(crew, day, frozenset(calls), halves, minutes)
                continue
            for s, shift in enumerate(instance.shifts):
                if shift.officer in crew and day < shift.day <= instance.entry_by[day]:
                    extra = (s, entries * instance.entry.minutes)
                    yield Trip(crew, day, frozenset(calls), halves, (*minutes, extra))


Mode = tuple[frozenset[tuple[int, int]], int, int, tuple[int, int, int] | None]


def _modes(tours: list[Shift], chosen: tuple[int, ...]) -> Iterator[Mode]:
    """Ways to be out: in one half of each tour, before a late break, after an early one, with it on the road."""
    for choice in product(*(range(len(t.sessions)) for t in tours)):
        spans = [t.sessions[k] for t, k in zip(tours, choice, strict=True)]
        yield frozenset(zip(chosen, choice, strict=True)), max(s for s, _ in spans), min(e for _, e in spans), None
    if any(t.whole is None for t in tours):
        return
    every = frozenset((s, k) for s, t in zip(chosen, tours, strict=True) for k in range(len(t.sessions)))
    whole = [t.whole for t in tours if t.whole]
    start, end = max(w[0] for w in whole), min(w[1] for w in whole)
    late = [t.late_break for t in tours if t.late_break]
    early = [t.early_break for t in tours if t.early_break]
    yield every, start, min([end, *(b[0] for b in late)]), None
    yield every, max([start, *(b[1] for b in early)]), end, None
    minutes = max(t.break_minutes for t in tours)
    yield every, start, end, (minutes, max(t.break_span[0] for t in tours), min(t.break_span[1] for t in tours))


def fewest_minutes(
    instance: Instance,
    size: int,
    calls: tuple[int, ...],
    start: int,
    end: int,
    road: tuple[int, int, int] | None,
    later: bool,
) -> int | None:
    """Fewest minutes the calls take between start and end, over all orders and times of leaving."""
    checks = sum(instance.calls[c].check_task >= 0 for c in calls)
    entries = sum(instance.calls[c].entry_task >= 0 for c in calls)
    before = -(-checks // size) * instance.check.minutes
    after = 0 if later else -(-entries // size) * instance.entry.minutes
    best: int | None = None
    for order in permutations(calls):
        for pause in range(1, len(order)) if road else [0]:
            for leave in range(start + before, end, GRID):
                back = _drive(instance, order, leave, road, pause)
                if back is None or back + after > end:
                    continue
                minutes = back - leave + before + after - (road[0] if road else 0)
                best = minutes if best is None else min(best, minutes)
    return best


def _drive(
    instance: Instance, order: tuple[int, ...], leave: int, road: tuple[int, int, int] | None, pause: int
) -> int | None:
    now, place = leave, 0
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
        now = min(starts) + call.minutes
        place = call.place
    return now + int(instance.travel[place, 0])


def _sets(instance: Instance, trips: list[Trip], first: int, taken: tuple[Trip, ...]) -> Iterator[tuple[Trip, ...]]:
    yield taken
    for index in range(first, len(trips)):
        if not _clash(instance, trips[index], taken):
            yield from _sets(instance, trips, index + 1, (*taken, trips[index]))


def _clash(instance: Instance, trip: Trip, taken: tuple[Trip, ...]) -> bool:
    nominals = {instance.calls[c].nominal for c in trip.calls}
    for other in taken:
        if trip.halves & other.halves or nominals & {instance.calls[c].nominal for c in other.calls}:
            return True
    everything = (*taken, trip)
    for officer in trip.crew:
        if sum(len(t.calls) for t in everything if officer in t.crew and t.day == trip.day) > instance.visits_per_day:
            return True
    if any(_too_many(limit, everything) for limit in instance.exposure):
        return True
    return any(m > instance.shifts[s].free_minutes for s, m in _used(everything).items())


def _too_many(limit: Exposure, trips: tuple[Trip, ...]) -> bool:
    """Whether somebody makes more of the calls of a limit in the week, or on a day, than it allows."""
    for officer in {o for trip in trips for o in trip.crew}:
        own = [(trip.day, len(trip.calls & limit.calls)) for trip in trips if officer in trip.crew]
        by_day = [sum(n for d, n in own if d == day) for day, _ in own]
        if limit.most_a_week is not None and sum(n for _, n in own) > limit.most_a_week:
            return True
        if limit.most_a_day is not None and max(by_day) > limit.most_a_day:
            return True
    return False


def _used(trips: tuple[Trip, ...]) -> dict[int, int]:
    used: dict[int, int] = {}
    for trip in trips:
        for s, minutes in trip.minutes:
            used[s] = used.get(s, 0) + minutes
    return used


def _desk_best(instance: Instance, trips: tuple[Trip, ...]) -> Values:
    """The best that desk work can add to these outings; impossible where a write-up finds no place."""
    used = _used(trips)
    visits = [t for trip in trips for c in trip.calls for t in instance.calls[c].tasks]
    needs = []
    for trip in trips:
        for c in trip.calls:
            if instance.calls[c].write_up >= 0:
                write_up = instance.write_ups[instance.calls[c].write_up]
                needs.append((write_up.minutes, _write_up_shifts(instance, trip, write_up.skills)))
    best: Values = ()
    for places in product(*(shifts for _, shifts in needs)):
        filled = dict(used)
        for (minutes, _), s in zip(needs, places, strict=True):
            filled[s] = filled.get(s, 0) + minutes
        if all(m <= instance.shifts[s].free_minutes for s, m in filled.items()):
            best = max(best, _with_desk(instance, trips, visits, filled))
    return best


def _write_up_shifts(instance: Instance, trip: Trip, skills: frozenset[int]) -> list[int]:
    return [
        s
        for s, shift in enumerate(instance.shifts)
        if shift.officer in trip.crew and shift.day > trip.day and skills <= instance.officers[shift.officer].skills
    ]


def _with_desk(instance: Instance, trips: tuple[Trip, ...], visits: list[int], used: dict[int, int]) -> Values:
    best: Values = ()
    options = [
        [-1, *(s for s, x in enumerate(instance.shifts) if x.day >= d.first_day and x.officer not in d.excluded)]
        for d in instance.desk
    ]
    for places in product(*options):
        filled = dict(used)
        done = list(visits)
        for desk, s in zip(instance.desk, places, strict=True):
            if s >= 0:
                filled[s] = filled.get(s, 0) + desk.minutes
                done.append(desk.task)
        if all(m <= instance.shifts[s].free_minutes for s, m in filled.items()):
            best = max(best, _rank(instance, trips, places, done))
    return best


def _rank(instance: Instance, trips: tuple[Trip, ...], places: tuple[int, ...], done: list[int]) -> Values:
    values = instance.band_points(done)
    if instance.bands_first is None:
        return values
    kept = sum(instance.calls[c].published == (t.day, frozenset(t.crew)) for t in trips for c in t.calls)
    at = [(instance.shifts[s].day, instance.shifts[s].officer) if s >= 0 else None for s in places]
    kept += sum(d.published is not None and d.published == there for d, there in zip(instance.desk, at, strict=True))
    changes = (instance.published or 0) - kept
    return (*values[: instance.bands_first], -changes, *values[instance.bands_first :])
