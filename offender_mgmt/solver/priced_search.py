"""Compiled search for the routes of one window that are worth most at given prices, cut short where none can be.

The order of the stops decides minutes and travel, so every order is tried, but only as long as what is still to come
could lift the route above what is asked for. Nothing is left out: a route that is not found is worth no more than that.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import (
    AFTER,
    BEFORE,
    BEGIN,
    END,
    HOME,
    MINUTES,
    NOMINAL,
    PAUSE,
    ClassClock,
    first_start,
)
from offender_mgmt.solver.compiled import compiled
from offender_mgmt.solver.route_search import (
    BROKE,
    CALL,
    READY,
    TRAVEL,
    Wanted,
    is_too_late,
    latest_arrivals,
    take,
    whole,
)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
SLOTS = 100
"""Parts of a window's span that are told apart when it is asked what could still come."""


class WindowPrices(NamedTuple):
    """What a route of one window earns and pays; calls are numbered as in the clock.

    Parameters
    ----------
    net
        Per call: its worth less its prices and those of a stop and of its own minutes.
    calls
        Calls the crew may make, the highest net first.
    fixed, per_minute
        Paid for the outing, for each of its minutes that is no visit.
    by_block, at_least
        Paid for an outing of so many minutes beside that, and for one of so many or more.
    cuts
        Per call the numbers of the cuts it counts in, -1 after the last; shape (calls, most).
    member
        Whether a call counts in a cut; shape (cuts, calls).
    cut_price, touched
        Per cut its price, and how many of its sessions the window takes up.
    """

    net: Floats
    calls: Ints
    fixed: float
    per_minute: float
    by_block: Floats
    at_least: Floats
    cuts: Ints
    member: npt.NDArray[np.bool_]
    cut_price: Floats
    touched: Ints


@compiled
def worthwhile(
    clock: ClassClock, prices: WindowPrices, wanted: Wanted, above: float
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int32], Floats]:
    """Routes of a kind that are worth more than ``above``; of one set of calls there may be more than one order.

    Parameters
    ----------
    wanted
        At most so many are returned: the search is over when they are found.

    Returns
    -------
    tuple
        Stops in order, shape (routes, stops); minutes, travel and the stop the break comes before, shape (routes, 3);
        what each is worth.
    """
    stops = wanted.stops
    orders = np.empty((wanted.most, stops), dtype=np.int16)
    costs = np.empty((wanted.most, 3), dtype=np.int32)
    worth = np.empty(wanted.most, dtype=np.float64)
    found = 0
    partial = np.zeros((8, stops), dtype=np.int64)
    tried = np.zeros(stops, dtype=np.int64)
    earned = np.zeros(stops + 1)
    width = max(1, (clock.frame[END] - clock.frame[BEGIN]) // SLOTS)
    ahead = _ahead(clock, prices, wanted, width)
    by = latest_arrivals(clock, wanted)
    depth = 0
    while depth >= 0 and found < wanted.most:
        option = tried[depth]
        tried[depth] += 1
        ways = 2 if depth and clock.frame[PAUSE] else 1
        if option >= ways * len(prices.calls):
            depth -= 1
            continue
        call, pause = prices.calls[option // ways], option % ways == 1
        if is_too_late(clock, by, partial, depth, call, pause):
            continue
        if not take(clock, wanted, partial, depth, call, pause):
            continue
        earned[depth + 1] = earned[depth] + prices.net[call] - _cuts(prices, partial, depth)
        spent = _spent(clock, prices, wanted, partial, depth)
        left = stops - depth - 1
        if earned[depth + 1] - spent + _best_others(prices, partial, depth, left) <= above:
            continue
        slot = (partial[READY, depth] - clock.frame[BEGIN]) // width
        if earned[depth + 1] - spent + ahead[left, call, slot] <= above:
            continue
        if depth + 1 < stops:
            depth += 1
            tried[depth] = 0
            continue
        if clock.frame[PAUSE] > 0 and partial[BROKE, depth] < 0:
            continue
        block, travel = whole(clock, wanted, partial)
        value = earned[stops] - prices.fixed - prices.by_block[block]
        for k in range(stops):
            block -= clock.visit[partial[CALL, k], MINUTES]
        value -= prices.per_minute * block
        if value > above:
            orders[found] = partial[CALL]
            for k in range(stops):
                block += clock.visit[partial[CALL, k], MINUTES]
            costs[found, 0], costs[found, 1], costs[found, 2] = block, travel, partial[BROKE, depth]
            worth[found] = value
            found += 1
    return orders[:found], costs[:found], worth[:found]


@compiled
def _cuts(prices: WindowPrices, partial: Ints, depth: int) -> float:
    """What the last stop adds to what is paid for cuts: half of all that counts in one, rounded down."""
    paid = 0.0
    for position in range(prices.cuts.shape[1]):
        cut = prices.cuts[partial[CALL, depth], position]
        if cut < 0:
            break
        counted = prices.touched[cut]
        for k in range(depth):
            counted += prices.member[cut, partial[CALL, k]]
        paid += prices.cut_price[cut] * (counted % 2)
    return paid


@compiled
def _spent(clock: ClassClock, prices: WindowPrices, wanted: Wanted, partial: Ints, depth: int) -> float:
    """The least that is paid for an outing that begins like this, the way home not counted."""
    travel = partial[TRAVEL, depth]
    aside = travel + clock.side[BEFORE, wanted.checks] + clock.side[AFTER, wanted.entries]
    block = aside
    for k in range(depth + 1):
        block += clock.visit[partial[CALL, k], MINUTES]
    return prices.fixed + prices.per_minute * aside + prices.at_least[block]


@compiled
def _best_others(prices: WindowPrices, partial: Ints, depth: int, left: int) -> float:
    """The most that so many other calls earn, wherever they are; nothing below none."""
    earned = 0.0
    for position in range(len(prices.calls)):
        if left == 0:
            break
        call = prices.calls[position]
        taken = False
        for k in range(depth + 1):
            taken = taken or partial[CALL, k] == call
        if not taken:
            earned += prices.net[call]
            left -= 1
    return earned if left == 0 else -np.inf


@compiled
def _ahead(clock: ClassClock, prices: WindowPrices, wanted: Wanted, width: int) -> Floats:
    """The most that so many more stops can earn after a visit to a call that ends in some slot of time.

    Looked at from the end backwards; that a call may be made once only is passed over, and times are rounded
    down, so that no route earns more. Shape (stops, calls, slots).
    """
    begin = clock.frame[BEGIN]
    slots = (clock.frame[END] - begin) // width + 1
    back_by = clock.frame[END] - clock.side[AFTER, wanted.entries]
    per_minute = prices.per_minute
    best = np.full((wanted.stops, len(clock.ids), slots), -np.inf)
    for call in prices.calls:
        for slot in range(slots):
            if begin + slot * width + clock.visit[call, HOME] <= back_by:
                best[0, call, slot] = -per_minute * clock.visit[call, HOME]
    for left in range(1, wanted.stops):
        for call in prices.calls:
            for after in prices.calls:
                if clock.visit[after, NOMINAL] == clock.visit[call, NOMINAL]:
                    continue
                earned = prices.net[after] - per_minute * clock.hop[call, after]
                for slot in range(slots):
                    start = first_start(clock, after, begin + slot * width + clock.hop[call, after])
                    if start < 0:
                        break
                    there = (start + clock.visit[after, MINUTES] - begin) // width
                    if there >= slots or best[left - 1, after, there] == -np.inf:
                        break
                    best[left, call, slot] = max(best[left, call, slot], earned + best[left - 1, after, there])
    return best
