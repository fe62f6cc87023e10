"""Routes that the tables do not hold yet, found where the prices say that they could help.

The tables of a small week hold every route. Those of a larger one begin with routes from near call to near call and
grow; when no window has a route left that would help, the prices are as good as if every route were there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import MINUTES
from offender_mgmt.solver.columns import Column, Objective
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.priced_search import WindowPrices, worthwhile
from offender_mgmt.solver.pricing import NO_CREW, Prices
from offender_mgmt.solver.routes import Routes, kinds, routes_of
from offender_mgmt.solver.windows import RouteClass

Floats = npt.NDArray[np.float64]
NOTHING = 1e-9
"""Calls that gain no more are passed over where only gains are looked for: a route is worth more without them."""


@dataclass
class Grown:
    """What was found.

    Parameters
    ----------
    columns, reduced
        Columns with their reduced costs, in no order.
    all_there
        Whether the columns looked for are all found or were in the tables already.
    short
        Where routes are long: by how much the relaxation over all columns may be above that of the pool; infinite
        where that is not known.
    """

    columns: list[Column] = field(default_factory=list)
    reduced: list[float] = field(default_factory=list)
    all_there: bool = True
    short: float = np.inf


def grow(
    master: Master, objective: Objective, relaxed: Relaxed, above: float, most: int, *, quick: bool = True
) -> Grown:
    """Add routes to the tables for every column whose reduced cost is above a limit.

    What is paid for the order or the times of the stops is not known to the search: then nothing is found or claimed.

    Parameters
    ----------
    most
        For each window and number of stops: so many are looked at before the search is given up.
    quick
        Where routes are long: whether any column that helps will do, and nothing need be known of others.
    """
    grown = Grown()
    prices = Prices(master, objective, relaxed)
    if prices.depend_on_order:
        return Grown(all_there=False)
    if master.space.long:
        return _grow_long(master, prices, (above, most), quick=quick)
    grown.all_there = not master.space.cut_off
    for route_class, windows in master.space.windows_of.items():
        clock = master.space.routes[route_class].clock
        if not len(clock.ids):
            continue
        longest = master.space.routes[route_class].calls.shape[1]
        every_kind = kinds(clock, longest, most)
        found: list[tuple[int, Routes, Floats]] = []
        for window, given in _windows_with_prices(master, prices, route_class, windows, lowest_of(above)):
            for wanted in every_kind:
                entered = prices.entries_later(window, wanted.entries)
                orders, costs, worth = worthwhile(clock, given, wanted, above + entered)
                grown.all_there &= len(orders) < most
                if len(orders):
                    found.append((window, routes_of(clock, orders, costs, longest), worth - entered))
        for window, routes, reduced in found:
            places = master.space.add_routes(route_class, routes)
            grown.columns += [(window, int(place)) for place in places]
            grown.reduced += reduced.tolist()
    return grown


def _grow_long(master: Master, prices: Prices, asked: tuple[float, int], *, quick: bool) -> Grown:
    """The same where routes may have any number of stops: some columns that help, and none only if none is left."""
    grown = Grown(short=0.0)
    for route_class, windows in master.space.windows_of.items():
        lowest = lowest_of(asked[0]) if master.long_routes.passes_over(route_class) else -np.inf
        priced = _windows_with_prices(master, prices, route_class, windows, lowest)
        found = master.long_routes.improving(route_class, priced, *asked, quick=quick)
        grown.columns += found.columns
        grown.reduced += found.reduced
        grown.short += found.short
        grown.all_there &= found.none_left
    return grown


def lowest_of(above: float) -> float:
    """The least a call must gain to be looked at."""
    return NOTHING if above >= 0 else -np.inf


def _windows_with_prices(
    master: Master, prices: Prices, route_class: RouteClass, windows: list[int], lowest: float
) -> Iterator[tuple[int, WindowPrices]]:
    """Per window what its routes earn and pay."""
    clock = master.space.routes[route_class].clock
    gains = prices.by_call(windows)[clock.ids].T
    cuts = prices.cuts.of_class(clock.ids, windows)
    longest = route_class.span[1] - route_class.span[0]
    for position, window in enumerate(windows):
        gain = gains[position]
        each, once = prices.cuts.by_minute(window)
        per_minute = float(prices.per_minute[window]) + each
        by_block = prices.cuts.by_block(window, longest)
        net = gain - prices.per_stop[window] - per_minute * clock.visit[:, MINUTES]
        order = np.argsort(-net, kind="stable")
        # A call that gains less than nothing may still help where a longer outing pays less than a shorter one.
        wanted = order[(gain[order] > NO_CREW) & (net[order] > lowest - _fall(by_block))]
        yield (
            window,
            WindowPrices(
                net=net,
                calls=wanted.astype(np.int64),
                fixed=float(prices.fixed[window] + cuts.fixed[position]) + once,
                per_minute=per_minute,
                by_block=by_block,
                at_least=np.minimum.accumulate(by_block[::-1])[::-1].copy(),
                cuts=cuts.of_call,
                member=cuts.member,
                cut_price=cuts.price,
                touched=cuts.touched[position],
            ),
        )


def _fall(by_block: Floats) -> float:
    """The most by which a longer outing pays less than a shorter one."""
    return float((np.maximum.accumulate(by_block) - by_block).max())
