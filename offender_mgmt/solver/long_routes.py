"""Routes with any number of stops: when a week has such, and how its tables grow by the search for long ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import MINUTES
from offender_mgmt.solver.columns import Column, ColumnSpace
from offender_mgmt.solver.long_search import LongSearch, detours_take_time, timed
from offender_mgmt.solver.priced_search import WindowPrices
from offender_mgmt.solver.routes import Routes
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.windows import RouteClass

Ints = npt.NDArray[np.int64]


@dataclass
class LongColumns:
    """Columns found for the windows of a class, and their reduced costs.

    Parameters
    ----------
    none_left
        Whether no column at all is above the limit.
    short
        What the best columns of all windows would gain together at the most; infinite where that is not known.
    """

    columns: list[Column] = field(default_factory=list)
    reduced: list[float] = field(default_factory=list)
    none_left: bool = True
    short: float = 0.0


class LongRoutes:
    """The searches of all classes of a space; what they learnt stays with them."""

    def __init__(self, space: ColumnSpace, settings: Settings) -> None:
        self._space = space
        most = space.instance.visits_per_day
        routes = dict(space.routes) if space.long else {}
        each = settings.effort * settings.comparisons // max(1, len(routes))
        self._search = {rc: LongSearch(r.clock, most, settings.labels, each) for rc, r in routes.items()}
        self._detours = {rc: detours_take_time(r.clock) for rc, r in routes.items()}

    def passes_over(self, route_class: RouteClass) -> bool:
        """Whether a route is worth more without a call that gains nothing."""
        return self._detours[route_class]

    def improving(
        self,
        route_class: RouteClass,
        priced: Iterable[tuple[int, WindowPrices]],
        above: float,
        most: int,
        *,
        quick: bool = True,
    ) -> LongColumns:
        """Columns of a class whose reduced cost is above a limit, some of them the best.

        Windows that differ only in what the outing costs are looked at once, for the one where it costs least.

        Parameters
        ----------
        quick
            Whether columns are enough of which it is not known how far they are from the best.
        """
        found = LongColumns()
        for group in _alike(priced):
            _, prices = min(group, key=lambda pair: pair[1].fixed)
            sought = self._search[route_class].improving(prices, above, most, quick=quick)
            found.none_left &= sought.most <= above
            found.short += sum(max(0.0, sought.most + prices.fixed - others.fixed) for _, others in group)
            routes = routes_in_order(self._space, route_class, self._ids(route_class, sought.orders))
            places = self._space.add_routes(route_class, routes)
            for place, block, order, most_worth in zip(places, routes.block, sought.orders, sought.worth, strict=True):
                worth = most_worth - _beside(self._space.routes[route_class], prices, order, int(block))
                for other, others in group:
                    reduced = worth + prices.fixed - others.fixed
                    if reduced > above:
                        found.columns.append((other, place))
                        found.reduced.append(reduced)
        return found

    def _ids(self, route_class: RouteClass, orders: Sequence[Ints]) -> list[Ints]:
        ids = self._space.routes[route_class].clock.ids
        return [ids[order] for order in orders]


def _beside(routes: Routes, prices: WindowPrices, order: Ints, block: int) -> float:
    """What a route pays that the search did not see: waiting, and what is paid for an outing of so many minutes."""
    _, travel = timed(routes.clock, order)
    waiting = block - travel - int(routes.clock.visit[order, MINUTES].sum())
    return prices.per_minute * waiting + float(prices.by_block[block])


def _alike(priced: Iterable[tuple[int, WindowPrices]]) -> list[list[tuple[int, WindowPrices]]]:
    """Windows with the same prices, but for what the outing costs."""
    groups: dict[tuple[bytes, ...], list[tuple[int, WindowPrices]]] = {}
    for window, prices in priced:
        key = (
            prices.net.tobytes(),
            prices.calls.tobytes(),
            np.float64(prices.per_minute).tobytes(),
            prices.by_block.tobytes(),
            prices.touched.tobytes(),
        )
        groups.setdefault(key, []).append((window, prices))
    return list(groups.values())


def routes_in_order(space: ColumnSpace, route_class: RouteClass, orders: Sequence[Ints]) -> Routes:
    """Orders of calls, by their number in the instance, as routes of a class; all of them can be driven."""
    routes = space.routes[route_class]
    position = np.full(len(space.instance.calls), -1, dtype=np.int64)
    position[routes.clock.ids] = np.arange(len(routes.clock.ids))
    longest = routes.calls.shape[1]
    calls = np.full((len(orders), longest), -1, dtype=np.int16)
    costs = np.full((len(orders), 3), -1, dtype=np.int32)
    for row, order in enumerate(orders):
        calls[row, : len(order)] = order
        costs[row, :2] = timed(routes.clock, position[order])
        if costs[row, 0] < 0:
            raise ValueError("a route that cannot be driven")
    return Routes(routes.clock, calls, costs[:, 0], costs[:, 1], costs[:, 2].astype(np.int8))
