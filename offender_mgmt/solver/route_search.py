"""Compiled search for the routes of a class: every order of its calls, taken as far as it goes and then taken back.

No partial route is dropped for being late or long beside another one, so for every set of calls the order with the
fewest minutes is found, whatever the hours at the doors are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import (
    AFTER,
    BEFORE,
    BEGIN,
    CHECK,
    END,
    ENTRY,
    HOME,
    LEAST_HOME,
    LEAST_LEG,
    MINUTES,
    NEVER,
    NOMINAL,
    OUT,
    PAUSE,
    PAUSE_BY,
    PAUSE_FROM,
    ClassClock,
    first_start,
    last_start,
    leave_late,
    travel_time_allowed,
)
from offender_mgmt.solver.compiled import compiled
from offender_mgmt.solver.set_table import FREE, new_table, place_of, set_key, with_room

Ints = npt.NDArray[np.int64]
FIRST_ROOM = 512


CALL, START, READY, TRAVEL, BROKE, CHECKED, ENTERED, LATE = range(8)
"""Rows of a partial route, a column for each stop: call, start and end of the visit, travel so far, the stop before
which the break on the road was taken (-1: not yet), calls so far that need a check, an entry; the latest start."""


class Wanted(NamedTuple):
    """What routes are searched for: so many stops, of which so many need a check, an entry; the most sets."""

    stops: int
    checks: int
    entries: int
    most: int


@compiled
def search(
    clock: ClassClock, first: Ints, near: Ints, wanted: Wanted
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int32], bool]:
    """The best order of every set of calls that is wanted.

    Parameters
    ----------
    first
        The calls that may be made first.
    near
        Per call the calls that may follow it, -1 after the last; shape (calls, followers).

    Returns
    -------
    tuple
        Stops in order, shape (sets, stops); minutes, travel and the stop the break comes before (-1: none), shape
        (sets, 3); whether these are all sets: ``False`` when there are more than wanted at the most.
    """
    stops = wanted.stops
    table = new_table(2 * FIRST_ROOM)
    orders: npt.NDArray[Any] = np.empty((FIRST_ROOM, stops), dtype=np.int16)
    costs: npt.NDArray[Any] = np.empty((FIRST_ROOM, 3), dtype=np.int32)
    found = 0
    partial = np.zeros((8, stops), dtype=np.int64)
    tried = np.zeros(stops, dtype=np.int64)
    by = latest_arrivals(clock, wanted)
    depth = 0
    while depth >= 0:
        option = tried[depth]
        tried[depth] += 1
        if option >= _options(clock, first, near, depth):
            depth -= 1
            continue
        call = first[option] if depth == 0 else near[partial[CALL, depth - 1], option % near.shape[1]]
        pause = depth > 0 and option >= near.shape[1]
        if call < 0 or is_too_late(clock, by, partial, depth, call, pause):
            continue
        if not take(clock, wanted, partial, depth, call, pause):
            continue
        if depth + 1 < stops:
            depth += 1
            tried[depth] = 0
        elif clock.frame[PAUSE] == 0 or partial[BROKE, depth] >= 0:
            block, travel = whole(clock, wanted, partial)
            key = set_key(partial[CALL], stops)
            place = place_of(table, key)
            number = table.numbers[place]
            if number == FREE:
                if found == wanted.most:
                    return orders[:found], costs[:found], False
                if found == len(orders):
                    orders, costs = _longer(orders), _longer(costs)
                number = found
                table.keys[place], table.numbers[place] = key, number
                costs[number, 0], costs[number, 1] = block + 1, 0
                found += 1
                table = with_room(table, found)
            if block < costs[number, 0] or (block == costs[number, 0] and travel < costs[number, 1]):
                orders[number] = partial[CALL]
                costs[number, 0], costs[number, 1], costs[number, 2] = block, travel, partial[BROKE, depth]
    return orders[:found], costs[:found], True


@compiled
def _options(clock: ClassClock, first: Ints, near: Ints, depth: int) -> int:
    """Ways to go on: a first call, then any near one, with a break before it or without."""
    if depth == 0:
        return len(first)
    return near.shape[1] if clock.frame[PAUSE] == 0 else 2 * near.shape[1]


@compiled
def latest_arrivals(clock: ClassClock, wanted: Wanted) -> Ints:
    """The latest arrival at a call from which a route can still be gone on with and be back in time.

    That a nominal is visited once is asked of neighbours only, so none is earlier than what a route allows. Shape
    (further stops, break still to be taken, calls); before any arrival where there is no way on.
    """
    pause, calls = clock.frame[PAUSE], len(clock.ids)
    by = np.full((wanted.stops, 2, calls), -NEVER, dtype=np.int64)
    back_by = clock.frame[END] - clock.side[AFTER, wanted.entries]
    for call in range(calls):
        by[0, 0, call] = _arrival(clock, call, back_by - clock.visit[call, HOME])
    for left in range(1, wanted.stops):
        for open_break in range(2 if pause else 1):
            for call in range(calls):
                ready = _latest_end(clock, by[left - 1], call, open_break)
                by[left, open_break, call] = _arrival(clock, call, ready)
    return by


@compiled
def _arrival(clock: ClassClock, call: int, ready: int) -> int:
    """The latest arrival at a call whose visit is over by a moment."""
    start = last_start(clock, call, ready - clock.visit[call, MINUTES])
    return int(start if start >= 0 else -NEVER)


@compiled
def _latest_end(clock: ClassClock, by: Ints, call: int, open_break: int) -> int:
    """The latest end of a visit before some next one; ``by`` is when to be there, by open break and call."""
    pause, ready = clock.frame[PAUSE], -NEVER
    for after in range(len(clock.ids)):
        if clock.visit[after, NOMINAL] == clock.visit[call, NOMINAL]:
            continue
        ready = max(ready, by[open_break, after] - clock.hop[call, after])
        if open_break and by[0, after] >= clock.frame[PAUSE_FROM] + pause:
            there = by[0, after] - pause - clock.hop[call, after]
            ready = max(ready, min(there, clock.frame[PAUSE_BY] - pause))
    return int(ready)


@compiled
def is_too_late(clock: ClassClock, by: Ints, partial: Ints, depth: int, call: int, pause: bool) -> bool:
    """Whether nothing can come of a call as the next stop, for its time alone; quicker asked than tried."""
    if depth == 0:
        return False
    arrive = partial[READY, depth - 1] + clock.hop[partial[CALL, depth - 1], call]
    if pause:
        arrive = max(arrive, clock.frame[PAUSE_FROM]) + clock.frame[PAUSE]
    open_break = clock.frame[PAUSE] > 0 and not pause and partial[BROKE, depth - 1] < 0
    return arrive > by[by.shape[0] - depth - 1, int(open_break), call]


@compiled
def take(clock: ClassClock, wanted: Wanted, partial: Ints, depth: int, call: int, pause: bool) -> bool:
    """Make a call the next stop of a partial route, after a break on the road or without, if it fits."""
    if depth == 0:
        arrive = travel_time_allowed(clock.frame[BEGIN] + clock.side[BEFORE, wanted.checks], clock.visit[call, OUT])
        travel, broke, checked, entered = clock.visit[call, OUT], -1, 0, 0
    else:
        if _called_on(clock, partial, depth, call):
            return False
        last = partial[CALL, depth - 1]
        arrive = travel_time_allowed(partial[READY, depth - 1], clock.hop[last, call])
        travel = partial[TRAVEL, depth - 1] + clock.hop[last, call]
        broke, checked, entered = partial[BROKE, depth - 1], partial[CHECKED, depth - 1], partial[ENTERED, depth - 1]
        if pause:
            if broke >= 0 or partial[READY, depth - 1] > clock.frame[PAUSE_BY] - clock.frame[PAUSE]:
                return False
            arrive = max(arrive, clock.frame[PAUSE_FROM]) + clock.frame[PAUSE]
            broke = depth
    checked += clock.visit[call, CHECK]
    entered += clock.visit[call, ENTRY]
    left = wanted.stops - depth - 1
    if not (checked <= wanted.checks <= checked + left and entered <= wanted.entries <= entered + left):
        return False
    start = first_start(clock, call, arrive)
    ready = start + clock.visit[call, MINUTES]
    back_by = clock.frame[END] - clock.side[AFTER, wanted.entries]
    if start < 0 or ready + clock.visit[call, HOME] > back_by:
        return False
    to_come = left * clock.frame[LEAST_LEG] + (clock.frame[PAUSE] if broke < 0 else 0)
    if left and ready + to_come + clock.frame[LEAST_HOME] > back_by:
        return False
    partial[CALL, depth], partial[START, depth], partial[READY, depth] = call, start, ready
    partial[TRAVEL, depth], partial[BROKE, depth] = travel, broke
    partial[CHECKED, depth], partial[ENTERED, depth] = checked, entered
    return True


@compiled
def _called_on(clock: ClassClock, partial: Ints, depth: int, call: int) -> bool:
    """Whether the nominal of a call is called on already."""
    for k in range(depth):  # noqa: SIM110 (compiled code knows no generators)
        if clock.visit[partial[CALL, k], NOMINAL] == clock.visit[call, NOMINAL]:
            return True
    return False


@compiled
def whole(clock: ClassClock, wanted: Wanted, partial: Ints) -> tuple[int, int]:
    """Minutes from each officer's free time, the break not counted, and minutes of travel of a whole route."""
    last = wanted.stops - 1
    partial[LATE, last] = partial[START, last]
    leave_late(clock, partial[CALL], partial[LATE], wanted.stops, partial[BROKE, last])
    leave = partial[LATE, 0] - clock.visit[partial[CALL, 0], OUT]
    home = clock.visit[partial[CALL, last], HOME]
    out = partial[READY, last] + home - leave - clock.frame[PAUSE]
    return out + clock.side[BEFORE, wanted.checks] + clock.side[AFTER, wanted.entries], partial[TRAVEL, last] + home


@compiled
def _longer(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    grown = np.empty((2 * table.shape[0], table.shape[1]), dtype=table.dtype)
    grown[: table.shape[0]] = table
    return grown


@compiled
def all_starts(
    clock: ClassClock, orders: npt.NDArray[np.int16], broke: npt.NDArray[np.int8], position: Ints
) -> npt.NDArray[np.int64]:
    """When each visit of some routes starts: back as early as it can be, leaving as late as that allows.

    Parameters
    ----------
    orders
        Calls by their number in the instance, -1 after the last; shape (routes, longest).
    position
        Of each call of the instance its number in the clock.
    """
    found = np.full(orders.shape, -1, dtype=np.int64)
    calls = np.zeros(orders.shape[1], dtype=np.int64)
    for route in range(len(orders)):
        stops, checks = 0, 0
        while stops < orders.shape[1] and orders[route, stops] >= 0:
            calls[stops] = position[orders[route, stops]]
            checks += clock.visit[calls[stops], CHECK]
            stops += 1
        ready = clock.frame[BEGIN] + clock.side[BEFORE, checks]
        for stop in range(stops):
            call = calls[stop]
            arrive = ready + (clock.visit[call, OUT] if stop == 0 else clock.hop[calls[stop - 1], call])
            if broke[route] == stop:
                arrive = max(arrive, clock.frame[PAUSE_FROM]) + clock.frame[PAUSE]
            found[route, stop] = first_start(clock, call, arrive)
            ready = found[route, stop] + clock.visit[call, MINUTES]
        leave_late(clock, calls, found[route], stops, broke[route])
    return found
