"""Small plain instances of long tours, and every plan of them tried in plain loops."""

from __future__ import annotations

import random
from itertools import combinations, pairwise, permutations

import numpy as np

from offender_mgmt.instance.model import Call, Instance, OfficerData, Shift, SideWork, Span, WeekLimit

LENGTH = 200


def tour(officer: int, span: Span) -> Shift:
    """A tour of duty with one session and no break."""
    return Shift(
        officer=officer,
        day=0,
        span=span,
        events=(),
        break_minutes=0,
        break_span=(0, 0),
        default_break=None,
        early_break=None,
        late_break=None,
        sessions=(span,),
        whole=None,
        free_minutes=span[1] - span[0],
    )


def tours_week(
    seed: int, *, calls: int = 7, tours: int = 1, most: int = 9, twice: bool = True, limits: int = 0
) -> Instance:
    """Points in a square, visits with one or two windows, officers who go alone; nothing but travel and visits.

    There and back take different times, for parking is part of the way to a place.
    """
    rng = random.Random(seed)
    places = [(rng.uniform(0, 30), rng.uniform(0, 30)) for _ in range(calls + 1)]
    parking = [rng.randrange(6) for _ in places]
    travel = np.array(
        [
            [int(abs(ax - bx) + abs(ay - by)) + more for (bx, by), more in zip(places, parking, strict=True)]
            for ax, ay in places
        ],
        dtype=np.int64,
    )
    points = tuple(rng.randint(1, 30) for _ in range(calls))
    made = []
    for number in range(calls):
        minutes = rng.randint(1, 25)
        spans = []
        for _ in range(2 if twice and rng.random() < 0.3 else 1):
            early = rng.randrange(0, LENGTH - 60)
            spans.append((early, early + minutes + rng.choice((10, 40, 120))))
        spans = [(a, b) for a, b in sorted(spans) if not any(c < b and a < d and (c, d) < (a, b) for c, d in spans)]
        made.append(
            Call(
                nominal=number if rng.random() < 0.9 else max(0, number - 1),
                tasks=(number,),
                place=number + 1,
                minutes=minutes,
                spans=tuple(spans),
                crew_size=1,
                excluded=frozenset({rng.randrange(tours)}) if tours > 1 and rng.random() < 0.2 else frozenset(),
            )
        )
    return Instance(
        points=points,
        band=(0,) * calls,
        bands=1,
        given=(),
        officers=tuple(
            OfficerData(skills=frozenset(), role=0, has_powers=True, drives=True, base=0) for _ in range(tours)
        ),
        shifts=tuple(tour(officer, (0, LENGTH)) for officer in range(tours)),
        calls=tuple(made),
        desk=(),
        write_ups=(),
        check=SideWork(minutes=0),
        entry=SideWork(minutes=0),
        entry_by=(0,),
        travel=travel,
        days=1,
        visits_per_day=most,
        driver_needed=False,
        lead_points=0,
        deputy_points=0,
        aims=(),
        limits=tuple(WeekLimit(loads=tuple(rng.randint(0, 3) for _ in made), most=calls) for _ in range(limits)),
    )


def drive(instance: Instance, order: tuple[int, ...]) -> bool:
    """Whether a tour can make these calls in this order."""
    at, here = 0, 0
    for number in order:
        call = instance.calls[number]
        arrive = at + int(instance.travel[here, call.place])
        starts = [max(arrive, a) for a, b in call.spans if max(arrive, a) + call.minutes <= b]
        if not starts:
            return False
        at, here = min(starts) + call.minutes, call.place
    return at + int(instance.travel[here, 0]) <= LENGTH


def every_set(instance: Instance) -> dict[frozenset[int], tuple[int, ...]]:
    """Every set of calls that one tour can make, with an order."""
    numbers = range(len(instance.calls))
    found: dict[frozenset[int], tuple[int, ...]] = {}
    for size in range(1, min(len(numbers), instance.visits_per_day) + 1):
        for chosen in combinations(numbers, size):
            nominals = {instance.calls[n].nominal for n in chosen}
            smaller = size == 1 or any(frozenset(chosen) - {n} in found for n in chosen)
            if len(nominals) < size or not smaller:
                continue
            order = next((o for o in permutations(chosen) if drive(instance, o)), None)
            if order:
                found[frozenset(chosen)] = order
    return found


def travel_of(instance: Instance, order: tuple[int, ...]) -> int:
    """Minutes of travel of a tour."""
    places = [0, *(instance.calls[number].place for number in order), 0]
    return sum(int(instance.travel[a, b]) for a, b in pairwise(places)) if order else 0


def every_plan(instance: Instance) -> dict[frozenset[int], int]:
    """The calls of every plan that keeps the limits, with the least travel for them."""
    nominal = [call.nominal for call in instance.calls]
    sets = {
        made: min(travel_of(instance, o) for o in permutations(made) if drive(instance, o))
        for made in every_set(instance)
    }
    plans = {frozenset[int](): 0}
    for officer in range(len(instance.shifts)):
        for plan, travel in list(plans.items()):
            for made, more in sets.items():
                barred = any(officer in instance.calls[n].excluded for n in made)
                if not barred and not {nominal[n] for n in plan} & {nominal[n] for n in made}:
                    plans[plan | made] = min(travel + more, plans.get(plan | made, travel + more))
    return {
        plan: travel
        for plan, travel in plans.items()
        if all(sum(limit.loads[n] for n in plan) <= limit.most for limit in instance.limits)
    }


def most_points(instance: Instance) -> int:
    """The most points that any plan has."""
    return max(sum(instance.points[n] for n in plan) for plan in every_plan(instance))


def least_travel(instance: Instance) -> int:
    """The least travel of all plans with the most points."""
    most = most_points(instance)
    plans = every_plan(instance).items()
    return min(travel for plan, travel in plans if sum(instance.points[n] for n in plan) == most)
