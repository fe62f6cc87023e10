"""Plans of long tours as plain arrays for compiled code: where a further call fits, and what it costs in time.

A tour is kept with the earliest start of each visit and the latest that leaves the rest of the tour feasible. Later is
never better, whatever the hours at the doors are, so whether a call fits between two others is seen at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.compiled import compiled

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NOWHERE = -1
BARRED = np.inf
BEGIN, END = range(2)


class Field(NamedTuple):
    """What tours are made of; calls and tours are numbered from 0.

    Parameters
    ----------
    worth, minutes, nominal
        Per call; of the calls of one nominal at most one is made.
    hop
        Minutes from call to call.
    out, home
        Minutes from the base of a tour to each call, and back; shape (tours, calls).
    early, late
        When a visit may start, span after span, never where a call has fewer; shape (tours, calls, spans).
    frame
        Begin and end of each tour; shape (tours, 2).
    able
        Whether a tour may make a call; shape (tours, calls).
    loads, most
        What each call uses of each limit over all tours, shape (limits, calls), and the most of it.
    longest
        Most calls of a tour.
    """

    worth: Floats
    minutes: Ints
    nominal: Ints
    hop: Ints
    out: Ints
    home: Ints
    early: Ints
    late: Ints
    frame: Ints
    able: npt.NDArray[np.bool_]
    loads: Ints
    most: Ints
    longest: int


class Plan(NamedTuple):
    """Tours as they are now.

    Parameters
    ----------
    order, start, latest
        Calls of each tour in order, earliest start and latest feasible start of each; shape (tours, longest).
    filled
        How many calls each tour has.
    tour_of
        Tour of each call, -1 if it is not made.
    called
        Whether a nominal is called on.
    used
        Of each limit.
    """

    order: Ints
    start: Ints
    latest: Ints
    filled: Ints
    tour_of: Ints
    called: npt.NDArray[np.bool_]
    used: Ints


def empty_plan(field: Field) -> Plan:
    """No call is made."""
    shape = len(field.frame), field.longest
    return Plan(
        order=np.full(shape, NOWHERE, dtype=np.int64),
        start=np.zeros(shape, dtype=np.int64),
        latest=np.zeros(shape, dtype=np.int64),
        filled=np.zeros(shape[0], dtype=np.int64),
        tour_of=np.full(len(field.worth), NOWHERE, dtype=np.int64),
        called=np.zeros(int(field.nominal.max(initial=-1)) + 1, dtype=np.bool_),
        used=np.zeros(len(field.most), dtype=np.int64),
    )


@compiled
def copy_plan(source: Plan, target: Plan) -> None:
    """Make one plan what another is."""
    target.order[:] = source.order
    target.start[:] = source.start
    target.latest[:] = source.latest
    target.filled[:] = source.filled
    target.tour_of[:] = source.tour_of
    target.called[:] = source.called
    target.used[:] = source.used


@compiled
def soonest(field: Field, tour: int, call: int, arrive: int) -> int:
    """Earliest start of a visit not before an arrival; -1 if its hours are over."""
    for k in range(field.late.shape[2]):
        if arrive <= field.late[tour, call, k]:
            return int(max(arrive, field.early[tour, call, k]))
    return NOWHERE


@compiled
def last_moment(field: Field, tour: int, call: int, by: int) -> int:
    """Latest start of a visit not after a moment; -1 if its hours have not begun."""
    for k in range(field.early.shape[2] - 1, -1, -1):
        if by >= field.early[tour, call, k]:
            return int(min(by, field.late[tour, call, k]))
    return NOWHERE


@compiled
def refresh(field: Field, plan: Plan, tour: int) -> bool:
    """Work out the starts of a tour anew; whether it can be driven."""
    count = plan.filled[tour]
    ready, here = field.frame[tour, BEGIN], NOWHERE
    for stop in range(count):
        call = plan.order[tour, stop]
        leg = field.out[tour, call] if here == NOWHERE else field.hop[here, call]
        start = soonest(field, tour, call, ready + leg)
        if start == NOWHERE:
            return False
        plan.start[tour, stop] = start
        ready, here = start + field.minutes[call], call
    if count and ready + field.home[tour, here] > field.frame[tour, END]:
        return False
    by = field.frame[tour, END]
    for stop in range(count - 1, -1, -1):
        call = plan.order[tour, stop]
        leg = field.home[tour, call] if stop == count - 1 else field.hop[call, plan.order[tour, stop + 1]]
        by = last_moment(field, tour, call, by - leg - field.minutes[call])
        plan.latest[tour, stop] = by
    return True


@compiled
def fits_limits(field: Field, plan: Plan, call: int) -> bool:
    """Whether a call is open, and no limit over all tours is passed with it."""
    if plan.called[field.nominal[call]]:
        return False
    for k in range(len(field.most)):  # noqa: SIM110 (compiled code knows no generators)
        if plan.used[k] + field.loads[k, call] > field.most[k]:
            return False
    return True


@compiled
def best_places(
    field: Field, plan: Plan, tour: int, calls: Ints, waits: float, pushes: float, places: Ints, costs: Floats
) -> None:
    """Where each of some calls costs least in a tour: the stop it comes before, -1 where it does not fit, and the cost.

    Parameters
    ----------
    waits, pushes
        What a minute of waiting before the visit, and by which the next one starts later, counts beside one of detour.
    places, costs
        Take the answers of each call; shape (calls, tours).
    """
    count, end = plan.filled[tour], field.frame[tour, END]
    order, starts, latest, home, hop = plan.order, plan.start, plan.latest, field.home, field.hop
    for call in calls:
        place, least = NOWHERE, np.inf
        minutes = field.minutes[call]
        closes = field.late[tour, call, 0]
        for k in range(1, field.late.shape[2]):
            closes = max(closes, field.late[tour, call, k])
        ready, here = field.frame[tour, BEGIN], NOWHERE
        stops = count + 1 if count < field.longest and field.able[tour, call] else 0
        for stop in range(stops):
            if ready > closes:
                break
            arrive = ready + (field.out[tour, call] if stop == 0 else hop[here, call])
            start = soonest(field, tour, call, arrive)
            after = order[tour, stop] if stop < count else NOWHERE
            if start != NOWHERE:
                if after == NOWHERE:
                    then = start + minutes + home[tour, call]
                    fits = then <= end
                    direct = 0 if stop == 0 else home[tour, here]
                    detour = arrive - ready + minutes + home[tour, call] - direct
                    push = then - ready - direct
                else:
                    then = soonest(field, tour, after, start + minutes + hop[call, after])
                    fits = then != NOWHERE and then <= latest[tour, stop]
                    direct = field.out[tour, after] if stop == 0 else hop[here, after]
                    detour = arrive - ready + minutes + hop[call, after] - direct
                    push = then - starts[tour, stop]
                if fits:
                    cost = detour + waits * (start - arrive) + pushes * push
                    if cost < least:
                        place, least = stop, cost
            if stop < count:
                here = after
                ready = starts[tour, stop] + field.minutes[here]
        places[call, tour], costs[call, tour] = place, least


@compiled
def put_in(field: Field, plan: Plan, tour: int, place: int, call: int) -> None:
    """Make a call in a tour before one of its stops, where it is known to fit."""
    for stop in range(plan.filled[tour], place, -1):
        plan.order[tour, stop] = plan.order[tour, stop - 1]
    plan.order[tour, place] = call
    plan.filled[tour] += 1
    plan.tour_of[call] = tour
    plan.called[field.nominal[call]] = True
    for k in range(len(field.most)):
        plan.used[k] += field.loads[k, call]
    refresh(field, plan, tour)


@compiled
def take_out(field: Field, plan: Plan, tour: int, first: int, last: int) -> None:
    """Take the stops from first to before last out of a tour; its starts are to be worked out anew."""
    for stop in range(first, last):
        call = plan.order[tour, stop]
        plan.tour_of[call] = NOWHERE
        plan.called[field.nominal[call]] = False
        for k in range(len(field.most)):
            plan.used[k] -= field.loads[k, call]
    count = plan.filled[tour]
    for stop in range(last, count):
        plan.order[tour, first + stop - last] = plan.order[tour, stop]
    for stop in range(count - (last - first), count):
        plan.order[tour, stop] = NOWHERE
    plan.filled[tour] = count - (last - first)


@compiled
def driven(field: Field, plan: Plan, tour: int) -> int:
    """Minutes of travel of a tour."""
    count = plan.filled[tour]
    if count == 0:
        return 0
    total = field.out[tour, plan.order[tour, 0]] + field.home[tour, plan.order[tour, count - 1]]
    for stop in range(count - 1):
        total += field.hop[plan.order[tour, stop], plan.order[tour, stop + 1]]
    return int(total)
