"""Compiled ruin and recreate on plans of long tours: take out what lies together, put back what pays, cool down.

After the ruin and recreate of Schrimpf and others, with strings taken out as by Christiaens and Vanden Berghe and calls
put in by worth and time as by Vansteenwegen and others. Every draw comes from one seed and effort is counted in places
looked at, so one seed gives one search, compiled or not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.compiled import compiled
from offender_mgmt.solver.tours import (
    BEGIN,
    END,
    NOWHERE,
    Field,
    Plan,
    best_places,
    copy_plan,
    driven,
    fits_limits,
    put_in,
    refresh,
    take_out,
)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
FACTOR, PRIME = 48_271, 2_147_483_647
"""Park and Miller's generator: the next number follows from the last in whole numbers, compiled or not."""
LONGEST_STRING = 10
AROUND = 14
"""About so many calls are taken out at once."""
NOISE = 0.25
OF_ALL, STRINGS, SCATTERED, HOURS = 16, 9, 3, 3
"""Of so many ruins, so many take out strings, calls here and there, hours of the day; the rest a whole tour."""


class Chance(NamedTuple):
    """State of the generator, and places looked at so far."""

    state: Ints
    looks: Ints


class Cooling(NamedTuple):
    """How much worse a plan may become: at first, at last; what a minute of travel counts; looks to spend.

    A plan further below the best one than ``off`` (a share of it) is not kept for its routes; what it is worth for
    them is less by ``shorter`` for each minute of travel.
    """

    warm: float
    cold: float
    travel: float
    looks: int
    off: float
    shorter: float


class Found(NamedTuple):
    """Routes of the plans that were accepted, one set of calls once.

    Parameters
    ----------
    order, stops, tour, value
        Calls in order, how many, tour, and the best value of a plan with the route.
    keys, numbers, marks
        Hash of each set of calls and tour, open addressing, and where the route stands; random marks of calls and
        tours, of which the hash is made.
    size
        How many there are.
    """

    order: npt.NDArray[np.int16]
    stops: Ints
    tour: Ints
    value: Floats
    keys: Ints
    numbers: Ints
    marks: Ints
    size: Ints


@compiled
def draw(chance: Chance, most: int) -> int:
    """A number from 0 to before ``most``."""
    chance.state[0] = chance.state[0] * FACTOR % PRIME
    return int(chance.state[0] % most)


@compiled
def share(chance: Chance) -> float:
    """A number from 0 to before 1."""
    chance.state[0] = chance.state[0] * FACTOR % PRIME
    return float(chance.state[0]) / PRIME


@compiled
def worth_of(field: Field, plan: Plan) -> float:
    """What the calls of a plan are worth."""
    total = 0.0
    for tour in range(len(plan.filled)):
        for stop in range(plan.filled[tour]):
            total += field.worth[plan.order[tour, stop]]
    return total


@compiled
def travel_of(field: Field, plan: Plan) -> int:
    """Minutes of travel of all tours."""
    total = 0
    for tour in range(len(plan.filled)):
        total += driven(field, plan, tour)
    return total


@compiled
def ruin(field: Field, near: Ints, plan: Plan, chance: Chance) -> int:
    """Take some calls out; a call that is to be tried first afterwards, -1 for none."""
    kind = draw(chance, OF_ALL)
    seed = draw(chance, len(field.worth))
    if kind < STRINGS:
        _strings(field, near, plan, chance, seed)
    elif kind < STRINGS + SCATTERED:
        _scattered(field, plan, chance)
    elif kind < STRINGS + SCATTERED + HOURS:
        _hours(field, plan, chance)
    else:
        tour = draw(chance, len(plan.filled))
        take_out(field, plan, tour, 0, plan.filled[tour])
    return seed if plan.tour_of[seed] == NOWHERE and draw(chance, 2) == 0 else NOWHERE


@compiled
def _strings(field: Field, near: Ints, plan: Plan, chance: Chance, seed: int) -> None:
    """Take a string of stops out of the tours that come near a call."""
    longest = 1 + draw(chance, LONGEST_STRING)
    tours = 1 + draw(chance, max(1, min(len(plan.filled), AROUND // longest)))
    done = np.zeros(len(plan.filled), dtype=np.bool_)
    for position in range(near.shape[1]):
        call = near[seed, position]
        tour = plan.tour_of[call]
        if tour == NOWHERE or done[tour]:
            continue
        done[tour] = True
        length = min(1 + draw(chance, longest), plan.filled[tour])
        at = 0
        while plan.order[tour, at] != call:
            at += 1
        first = max(0, min(at - draw(chance, length), plan.filled[tour] - length))
        take_out(field, plan, tour, first, first + length)
        tours -= 1
        if tours == 0:
            break


@compiled
def _scattered(field: Field, plan: Plan, chance: Chance) -> None:
    """Take calls out here and there."""
    odds = 0.05 + 0.3 * share(chance)
    for tour in range(len(plan.filled)):
        for stop in range(plan.filled[tour] - 1, -1, -1):
            if share(chance) < odds:
                take_out(field, plan, tour, stop, stop + 1)


@compiled
def _hours(field: Field, plan: Plan, chance: Chance) -> None:
    """Take out what starts in a part of the day, whoever makes it."""
    for tour in range(len(plan.filled)):
        begin, length = field.frame[tour, BEGIN], field.frame[tour, END] - field.frame[tour, BEGIN]
        if tour == 0:
            at, width = share(chance), 0.05 + 0.25 * share(chance)
        first, last = 0, 0
        for stop in range(plan.filled[tour]):
            moment = (plan.start[tour, stop] - begin) / length
            first += moment < at
            last += moment < at + width
        take_out(field, plan, tour, first, last)


@compiled
def recreate(field: Field, plan: Plan, powers: Floats, chance: Chance, must: int) -> None:
    """Put calls in while any fits: the most worth for its time first, with some noise."""
    calls, tours = len(field.worth), len(plan.filled)
    kind = draw(chance, 3)
    waits = 0.5 * draw(chance, 3)
    pushes = 0.5 * draw(chance, 3)
    noise = NOISE * draw(chance, 4)
    places = np.full((calls, tours), NOWHERE, dtype=np.int64)
    costs = np.full((calls, tours), np.inf)
    stale = np.ones(tours, dtype=np.bool_)
    open_calls = np.empty(calls, dtype=np.int64)
    count = 0
    for call in range(calls):
        if plan.tour_of[call] == NOWHERE:
            open_calls[count] = call
            count += 1
    while count:
        best, chosen, into = 0.0, NOWHERE, NOWHERE
        for tour in range(tours):
            if stale[tour]:
                best_places(field, plan, tour, open_calls[:count], waits, pushes, places, costs)
                chance.looks[0] += (plan.filled[tour] + 1) * count
                for position in range(count):
                    call = open_calls[position]
                    costs[call, tour] = max(0.0, costs[call, tour]) * (1 + noise * share(chance)) + 1.0
        for position in range(count - 1, -1, -1):
            call = open_calls[position]
            if not fits_limits(field, plan, call):
                continue
            cheapest, least = NOWHERE, np.inf
            for tour in range(tours):
                if costs[call, tour] < least:
                    cheapest, least = tour, costs[call, tour]
            if cheapest == NOWHERE:
                open_calls[position] = open_calls[count - 1]
                count -= 1
                continue
            score = powers[kind, call] / least
            if call == must:
                score = np.inf
            if score > best:
                best, chosen, into = score, call, cheapest
        if chosen == NOWHERE:
            break
        put_in(field, plan, into, places[chosen, into], chosen)
        stale[:] = False
        stale[into] = True


@compiled
def search(
    field: Field, near: Ints, powers: Floats, now: Plan, best: Plan, cooling: Cooling, chance: Chance, found: Found
) -> float:
    """Go on from a plan until the looks are spent, and keep the best one met; what that is worth.

    Parameters
    ----------
    near
        Per call all calls, the nearest first.
    powers
        Worth of each call raised to some powers, shape (3, calls): how greedy for worth the insertion is.
    """
    trial = _copied(best)
    value = worth_of(field, now) - cooling.travel * travel_of(field, now)
    best_worth, best_travel = worth_of(field, best), travel_of(field, best)
    begun = chance.looks[0]
    spent = 0.0
    while spent < 1.0:
        copy_plan(now, trial)
        must = ruin(field, near, trial, chance)
        driveable = True
        for tour in range(len(trial.filled)):
            driveable = refresh(field, trial, tour) and driveable
        chance.looks[0] += len(field.worth)
        spent = (chance.looks[0] - begun) / cooling.looks
        if not driveable:
            continue
        recreate(field, trial, powers, chance, must)
        worth, travel = worth_of(field, trial), travel_of(field, trial)
        heat = cooling.warm * (cooling.cold / cooling.warm) ** min(1.0, spent)
        if worth - cooling.travel * travel > value + heat * np.log(max(1e-12, share(chance))):
            copy_plan(trial, now)
            value = worth - cooling.travel * travel
            if worth > best_worth or (worth == best_worth and travel < best_travel):
                copy_plan(trial, best)
                best_worth, best_travel = worth, travel
            if worth > best_worth * (1 - cooling.off) and found.size[0] + len(now.filled) <= len(found.order):
                _keep(now, found, worth - cooling.shorter * travel)
    return best_worth


@compiled
def _copied(plan: Plan) -> Plan:
    return Plan(
        plan.order.copy(),
        plan.start.copy(),
        plan.latest.copy(),
        plan.filled.copy(),
        plan.tour_of.copy(),
        plan.called.copy(),
        plan.used.copy(),
    )


@compiled
def _keep(plan: Plan, found: Found, worth: float) -> None:
    """Put the routes of a plan down, unless the same calls in the same tour are there."""
    mask = len(found.keys) - 1
    for tour in range(len(plan.filled)):
        if plan.filled[tour] == 0:
            continue
        key = found.marks[len(plan.tour_of) + tour]
        for stop in range(plan.filled[tour]):
            key ^= found.marks[plan.order[tour, stop]]
        place = key & mask
        while found.keys[place] != NOWHERE and found.keys[place] != key:
            place = (place + 1) & mask
        number = found.numbers[place]
        if found.keys[place] == NOWHERE:
            number = found.size[0]
            found.size[0] += 1
            found.keys[place], found.numbers[place] = key, number
            found.stops[number], found.tour[number] = plan.filled[tour], tour
            found.value[number] = -np.inf
            for stop in range(plan.filled[tour]):
                found.order[number, stop] = plan.order[tour, stop]
        found.value[number] = max(found.value[number], worth)
