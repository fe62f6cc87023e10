"""Columns: a crew's window with a route. What each is worth, and which rows of the master it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.class_clock import ClassClock, class_clock
from offender_mgmt.solver.eligibility import crew_may_call
from offender_mgmt.solver.long_search import is_plain, most_that_fit
from offender_mgmt.solver.routes import (
    LONGEST_ROUTE,
    Key,
    Routes,
    best_order,
    every_route,
    joined,
    key_of,
    near_routes,
    single_stops,
)
from offender_mgmt.solver.scores import AimTerms, Score, Scores, scores_of
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.windows import RouteClass, Window, longer_pause, windows

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Column = tuple[int, int]
"""Window, route of the window's class."""


@dataclass(frozen=True, slots=True)
class Objective:
    """What a solve maximises.

    Parameters
    ----------
    bands
        Weight of each band's points.
    scores
        Number and weight of scores; they are costs, so that a weight is negative as a rule.
    highest
        Number of an aim whose highest term is to be as low as can be, and how high it need not be; only the
        relaxation looks at it.
    """

    bands: tuple[float, ...]
    scores: tuple[tuple[int, float], ...] = ()
    highest: tuple[int, float] | None = None


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """Some columns as arrays, in the order they were asked for.

    Parameters
    ----------
    route
        Number of the route in the class of the window.
    calls
        Calls in order of the stops, -1 after the last; shape (columns, longest).
    count, block
        Stops, minutes from each officer's free time.
    """

    window: Ints
    route: Ints
    calls: Ints
    count: Ints
    block: Ints


@dataclass(frozen=True)
class ColumnSpace:
    """All columns of an instance, by class of windows; nothing is listed that cannot be driven.

    Parameters
    ----------
    complete
        Whether every feasible route of every class is here; if not, the tables grow (:mod:`.grow`).
    long
        Whether routes may have any number of stops; then they are all found by search (:mod:`.long_routes`).
    cut_off
        Whether there may be routes with more stops than the tables can hold: nothing is claimed then.
    """

    instance: Instance
    windows: tuple[Window, ...]
    routes: dict[RouteClass, Routes]
    complete: bool
    long: bool = False
    cut_off: bool = False

    @property
    def is_large(self) -> bool:
        """Whether there are too many routes for the tables; of a running week the rest is small, and somebody waits."""
        return not self.complete and self.instance.bands_first is None

    @cached_property
    def windows_of(self) -> dict[RouteClass, list[int]]:
        """Windows of each class, in order."""
        found: dict[RouteClass, list[int]] = {}
        for index, window in enumerate(self.windows):
            found.setdefault(window.route_class, []).append(index)
        return found

    @cached_property
    def stops(self) -> dict[RouteClass, sparse.csr_matrix]:
        """Which calls each route makes; shape (routes, calls)."""
        return {rc: self.incidence(routes.calls) for rc, routes in self.routes.items()}

    @cached_property
    def counts(self) -> dict[RouteClass, Ints]:
        """Number of stops of each route."""
        return {rc: (routes.calls >= 0).sum(axis=1) for rc, routes in self.routes.items()}

    @cached_property
    def needs_entry(self) -> Ints:
        """1 for each call that needs a record entry."""
        return np.array([call.needs_entry for call in self.instance.calls], dtype=np.int64)

    @cached_property
    def entries(self) -> dict[RouteClass, Ints]:
        """Number of stops of each route that need a record entry."""
        return {rc: np.asarray(stops @ self.needs_entry).astype(np.int64) for rc, stops in self.stops.items()}

    @cached_property
    def block_sizes(self) -> dict[RouteClass, tuple[Floats, Ints]]:
        """Distinct minutes that routes of a class take, and which of them each route takes."""
        found = {}
        for rc, routes in self.routes.items():
            sizes, place = np.unique(routes.block, return_inverse=True)
            found[rc] = sizes.astype(np.float64), place
        return found

    @cached_property
    def may_call(self) -> npt.NDArray[np.bool_]:
        """Whether each window's crew may make each call; shape (windows, calls)."""
        by_crew = {
            crew: [crew_may_call(call, crew, self.instance.officers) for call in self.instance.calls]
            for crew in {window.crew for window in self.windows}
        }
        table = [by_crew[window.crew] for window in self.windows]
        return np.array(table, dtype=bool).reshape(len(self.windows), len(self.instance.calls))

    @cached_property
    def call_points(self) -> Floats:
        """Points by band of each call; shape (calls, bands)."""
        table = np.zeros((len(self.instance.calls), self.instance.bands))
        for index, call in enumerate(self.instance.calls):
            for task in call.tasks:
                table[index, self.instance.band[task]] += self.instance.points[task]
        return table

    @cached_property
    def aims(self) -> tuple[AimTerms, ...]:
        """The aims after the bands, in their order."""
        return self._scores.aims

    @property
    def scores(self) -> tuple[Score, ...]:
        """What columns and desk work count towards the aims."""
        return self._scores.scores

    @cached_property
    def _scores(self) -> Scores:
        return scores_of(self.instance, self.windows)

    def route_score(self, number: int, route_class: RouteClass) -> Floats:
        """A score by route of the routes of a class; of those that came in since it was last asked for, worked out."""
        routes, by_route = self.routes[route_class], self.scores[number].by_route
        known = self._route_scores.get((number, route_class), np.zeros(0))
        if by_route is not None and len(known) < len(routes):
            known = np.concatenate([known, by_route(route_class, _after(routes, len(known)))])
            self._route_scores[number, route_class] = known
        return known

    @cached_property
    def _route_scores(self) -> dict[tuple[int, RouteClass], Floats]:
        return {}

    def route_of(self, route_class: RouteClass, calls: Sequence[int]) -> int | None:
        """Number of the best route of a class that makes exactly these calls; ``None`` if there is none."""
        longest = self.routes[route_class].calls.shape[1]
        place, _ = self._known(route_class).get(key_of(calls, longest), (None, 0))
        if place is None and not self.complete:
            found = best_order(self.routes[route_class], calls)
            place = self.add_routes(route_class, found)[0] if len(found) else None
        return place

    def add_routes(self, route_class: RouteClass, found: Routes, *, by_travel: bool = False) -> list[int]:
        """Put routes into the table of their class unless they are there; the place of each.

        Of one set of calls a second order is added only if it takes fewer minutes.

        Parameters
        ----------
        by_travel
            Whether minutes of travel are what counts; else all from leaving to being back, waiting included.
        """
        known = self._known(route_class, by_travel=by_travel)
        places: list[int] = []
        new: list[int] = []
        costs = found.travel if by_travel else found.block
        for row, (key, cost) in enumerate(zip(found.keys, costs.tolist(), strict=True)):
            place, least = known.get(key, (-1, cost + 1))
            if cost < least:
                place = len(self.routes[route_class]) + len(new)
                known[key] = place, cost
                new.append(row)
            places.append(place)
        if new:
            self.routes[route_class] = joined([self.routes[route_class], found.rows(np.array(new))])
            for name in _BY_ROUTE:
                self.__dict__.pop(name, None)
        return places

    def _known(self, route_class: RouteClass, *, by_travel: bool = False) -> dict[Key, tuple[int, int]]:
        """Per set of calls: place and minutes of its best order."""
        if (route_class, by_travel) not in self._places:
            routes = self.routes[route_class]
            costs = routes.travel if by_travel else routes.block
            worst_first = np.argsort(-costs.astype(np.int64), kind="stable")  # of a set the best one is put down last
            keys = list(routes.keys)
            found = {keys[place]: (place, int(costs[place])) for place in worst_first.tolist()}
            self._places[route_class, by_travel] = found
        return self._places[route_class, by_travel]

    @cached_property
    def _places(self) -> dict[tuple[RouteClass, bool], dict[Key, tuple[int, int]]]:
        return {}

    def incidence(self, calls: npt.NDArray[Any]) -> sparse.csr_matrix:
        """Which calls each line of stops makes; shape (lines, calls)."""
        rows, positions = np.nonzero(calls >= 0)
        shape = (len(calls), len(self.instance.calls))
        return sparse.csr_matrix((np.ones(len(rows)), (rows, calls[rows, positions])), shape=shape)

    @cached_property
    def class_of_window(self) -> Ints:
        """Number of each window's class, in the order of :attr:`routes`."""
        number = {rc: i for i, rc in enumerate(self.routes)}
        return np.array([number[window.route_class] for window in self.windows], dtype=np.int64)

    def table(self, columns: Sequence[Column]) -> ColumnTable:
        """Columns as arrays."""
        window, route = np.array(columns, dtype=np.int64).reshape(-1, 2).T
        longest = max((routes.calls.shape[1] for routes in self.routes.values()), default=1)
        calls = np.full((len(columns), longest), -1, dtype=np.int64)
        block = np.zeros(len(columns), np.int64)
        classes = self.class_of_window[window]
        for number, routes in enumerate(self.routes.values()):
            here = np.nonzero(classes == number)[0]
            if len(here):
                calls[here, : routes.calls.shape[1]] = routes.calls[route[here]]
                block[here] = routes.block[route[here]]
        return ColumnTable(window, route, calls, (calls >= 0).sum(axis=1), block)

    def worths(self, columns: Sequence[Column], objective: Objective) -> Floats:
        """Value of many columns under an objective."""
        table = self.table(columns)
        made = self.incidence(table.calls)
        worths: Floats = made @ (self.call_points @ np.array(objective.bands))
        for number, weight in objective.scores:
            worths = worths + weight * self.score_of(number, table, made)
        return worths

    def score_of(self, number: int, table: ColumnTable, made: sparse.csr_matrix) -> Floats:
        """A score of many columns."""
        score = self.scores[number]
        total = np.zeros(len(table.window))
        if score.by_window is not None:
            total += np.asarray(made.multiply(score.by_window[table.window]).sum(axis=1)).ravel()
        if score.seats is not None:
            total += score.seats[0][table.window] * (made @ score.seats[1])
        if score.by_route is not None:
            classes = self.class_of_window[table.window]
            for place, rc in enumerate(self.routes):
                here = np.nonzero(classes == place)[0]
                if len(here):
                    total[here] += self.route_score(number, rc)[table.route[here]]
        return total

    def calls_of(self, column: Column) -> tuple[int, ...]:
        """Calls of a column in order of the stops."""
        window, route = column
        stops = self.routes[self.windows[window].route_class].calls[route]
        return tuple(int(call) for call in stops if call >= 0)

    def minutes_of(self, column: Column) -> dict[int, int]:
        """Free minutes the column takes, by shift: the outing itself, and record entries made later."""
        window, route = self.windows[column[0]], column[1]
        block = int(self.routes[window.route_class].block[route])
        minutes = {s: block + longer_pause(window, self.instance, s) for s in window.shifts}
        if window.entry_shift >= 0:
            entries = sum(self.instance.calls[call].needs_entry for call in self.calls_of(column))
            minutes[window.entry_shift] = entries * self.instance.entry.minutes
        return minutes

    def worth(self, column: Column, objective: Objective) -> float:
        """Value of a column under an objective."""
        return float(self.worths([column], objective)[0])

    def desk_worth(self, desk: int, shift: int, objective: Objective) -> float:
        """Value of a desk task done in a shift: its points, and its scores."""
        task = self.instance.desk[desk].task
        points = objective.bands[self.instance.band[task]] * self.instance.points[task]
        return points + sum(weight * self.desk_score(n, desk, shift) for n, weight in objective.scores)

    def desk_score(self, number: int, desk: int, shift: int) -> float:
        """A score of a desk task done in a shift."""
        table = self.scores[number].desk
        return 0.0 if table is None else float(table[desk, shift])

    def desk_worths(self, choices: Sequence[tuple[int, int]], objective: Objective) -> Floats:
        """Value of many choices of desk task and shift."""
        return np.array([self.desk_worth(d, s, objective) for d, s in choices], dtype=np.float64)


def _after(routes: Routes, first: int) -> Routes:
    """The routes from a number on."""
    return routes.rows(np.arange(first, len(routes)))


_BY_ROUTE = ("stops", "counts", "entries", "block_sizes")
"""What is worked out once from the tables of routes, and anew when they have grown."""


def column_space(instance: Instance, settings: Settings, like: ColumnSpace | None = None) -> ColumnSpace:
    """All windows, and once per class of windows all routes; of a large week those from near call to near call.

    Parameters
    ----------
    like
        Columns of the same instance under other settings: its windows need not be found again.
    """
    found = like.windows if like else tuple(windows(instance))
    clocks = {rc: routes.clock for rc, routes in like.routes.items()} if like else _clocks(instance, found)
    stops = instance.visits_per_day
    cut_off = stops > LONGEST_ROUTE and max(map(most_that_fit, clocks.values()), default=0) > LONGEST_ROUTE
    if cut_off:
        plain = not instance.exposure and all(call.write_up < 0 for call in instance.calls)
        plain = plain and instance.bands_first is None  # a published outing is put back whole, from the tables
        if plain and all(map(is_plain, clocks.values())) and _apart(found):
            longest = min(stops, max(map(most_that_fit, clocks.values())))
            long = {rc: single_stops(clock, longest) for rc, clock in clocks.items()}
            return ColumnSpace(instance, found, long, complete=False, long=True)
    routes = every_route(clocks, stops, settings.most_routes)
    complete = routes is not None and not cut_off
    if routes is None:
        routes = near_routes(clocks, stops, settings.near_routes)
    return ColumnSpace(instance, found, routes, complete=complete, cut_off=cut_off)


def _clocks(instance: Instance, found: Iterable[Window]) -> dict[RouteClass, ClassClock]:
    """The classes as arrays, the widest first: whether there are too many routes is soon known."""
    classes = sorted({window.route_class for window in found}, key=lambda rc: (rc.span[0] - rc.span[1], rc))
    return {rc: class_clock(instance, rc, instance.visits_per_day) for rc in classes}


def _apart(found: Sequence[Window]) -> bool:
    """Whether no two windows take up the same session: then each is a tour of its own."""
    taken = [(s, k) for w in found for s, sessions in zip(w.shifts, w.sessions, strict=True) for k in sessions]
    return len(set(taken)) == len(taken)
