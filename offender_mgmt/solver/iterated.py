"""Search for long tours: ruin and recreate from plan to plan; what it finds is put together anew by the master problem.

The routes of every good plan become columns. From time to time the master chooses among them all: the best tours of
different plans need not have met in one. Effort is counted in places looked at, never in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import EARLIEST, HOME, LATEST, NEVER, OUT
from offender_mgmt.solver.columns import Column, ColumnSpace, Objective
from offender_mgmt.solver.long_routes import routes_in_order
from offender_mgmt.solver.master import Chosen, Master, Search
from offender_mgmt.solver.ruin import PRIME, Chance, Cooling, Found, recreate, search
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.tours import NOWHERE, Field, copy_plan, empty_plan, put_in
from offender_mgmt.solver.windows import RouteClass

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
POWERS = (1.0, 1.5, 2.0)
WARM, COLD = 8e-3, 4e-4
"""Of the worth of all calls: by so much a plan may be worse than the one before, at first and at last."""
TRAVELS = (0.1, 0.3, 0.05, 0.15)
"""Cycle after cycle, and strand beside strand, travel between two calls on the average counts so much of the least
worth of a call: what is best differs from week to week."""
CYCLES, PIECES, FRESH = 4, 4, 2
"""A search heats up so many times, and cools down in so many pieces; so many times it begins with nothing, for plans
that have little in common, then with the best plan so far."""
OFF = 0.03
WARM_TRAVEL, COLD_TRAVEL = 2e-2, 5e-4
"""Where less travel is looked for: of the travel of the roster that the search begins with."""
ROOM, HASHED = 20_000, 1 << 16
MIXING = 7_919
OnBetter = Callable[[Chosen], None]


def field_of(space: ColumnSpace, worth: Floats) -> Field:
    """The windows of a space as tours, with its calls."""
    calls, limits = space.instance.calls, space.instance.limits
    tours, count = len(space.windows), len(calls)
    spans = max((r.clock.hours.shape[2] for r in space.routes.values()), default=1)
    out, home = (np.zeros((tours, count), dtype=np.int64) for _ in range(2))
    early = np.full((tours, count, spans), NEVER)
    late = np.full((tours, count, spans), -NEVER)
    able = np.zeros((tours, count), dtype=bool)
    for tour, window in enumerate(space.windows):
        clock = space.routes[window.route_class].clock
        out[tour, clock.ids], home[tour, clock.ids] = clock.visit[:, OUT], clock.visit[:, HOME]
        width = clock.hours.shape[2]
        early[tour, clock.ids, :width], late[tour, clock.ids, :width] = clock.hours[EARLIEST], clock.hours[LATEST]
        able[tour, clock.ids] = True
    places = np.array([call.place for call in calls], dtype=np.int64)
    return Field(
        worth=worth.astype(np.float64),
        minutes=np.array([call.minutes for call in calls], dtype=np.int64),
        nominal=np.array([call.nominal for call in calls], dtype=np.int64),
        hop=np.ascontiguousarray(space.instance.travel[np.ix_(places, places)]).astype(np.int64),
        out=out,
        home=home,
        early=early,
        late=late,
        frame=np.array([window.route_class.span for window in space.windows], dtype=np.int64),
        able=able & space.may_call,
        loads=np.array([limit.loads for limit in limits], dtype=np.int64).reshape(len(limits), count),
        most=np.array([limit.most for limit in limits], dtype=np.int64),
        longest=min(space.instance.visits_per_day, count),
    )


def first_tours(space: ColumnSpace) -> Chosen:
    """Tours made call by call, the most worth for its time first: the roster to begin with."""
    bands = range(space.instance.bands)
    guide = Objective(tuple(30.0 ** (len(bands) - 1 - band) for band in bands))
    tours = TourSearch(space, guide, Settings())
    tours.fill()
    return tours.chosen()


class TourSearch:
    """A search over tours under an objective.

    Parameters
    ----------
    objective
        Only its bands count.
    strand
        Searches of several strands draw different lots.
    travel
        Minutes of travel of the roster to begin with, where less of it is looked for and no call is given up for that;
        0 where calls alone count, and travel only guides.
    """

    def __init__(
        self, space: ColumnSpace, objective: Objective, settings: Settings, strand: int = 0, travel: int = 0
    ) -> None:
        self._space, self._objective, self._settings = space, objective, settings
        self._field = field = field_of(space, space.call_points @ np.array(objective.bands))
        self._near = np.argsort(field.hop, axis=1, kind="stable").astype(np.int64)
        self._powers = np.array([field.worth**power for power in POWERS])
        seed = MIXING * settings.seed + MIXING**2 * strand + 1
        self._chance = Chance(np.array([seed % PRIME], dtype=np.int64), np.zeros(1, dtype=np.int64))
        self._marks = np.random.default_rng(settings.seed).integers(1, 1 << 62, len(field.worth) + len(field.frame))
        self._now, self._best = empty_plan(field), empty_plan(field)
        positive = field.worth[field.worth > 0]
        least, all_worth = positive.min(initial=np.inf), max(1.0, float(positive.sum()))
        self._per_minute = least / max(1.0, float(field.hop.mean())) if len(positive) else 0.0
        self._strand, self._shorter = strand, 1.0 if travel else 0.0
        scale, warm, cold = (travel, WARM_TRAVEL, COLD_TRAVEL) if travel else (all_worth, WARM, COLD)
        self._warm, self._cold = warm * scale, cold * scale

    def begin(self, start: Chosen) -> None:
        """Make a roster the plan to go on from."""
        plan = empty_plan(self._field)
        for window, route in start.columns:
            for place, call in enumerate(self._space.calls_of((window, route))):
                put_in(self._field, plan, window, place, call)
        copy_plan(plan, self._now)
        copy_plan(plan, self._best)

    def fill(self) -> None:
        """Put calls into the plan while any fits, with no draw of lots."""
        still = Chance(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))
        recreate(self._field, self._best, self._powers, still, NOWHERE)
        copy_plan(self._best, self._now)

    def heated(self, cycle: int, piece: int, looks: int) -> Found:
        """Search on, from the best plan in the first piece of a cycle, a little cooler in each; what was found."""
        if piece == 0:
            copy_plan(self._best, self._now)
        ratio = (self._cold / self._warm) ** (1 / PIECES)
        warm = self._warm * ratio**piece
        travel = self._shorter or TRAVELS[(cycle + self._strand) % len(TRAVELS)] * self._per_minute
        cooling = Cooling(warm, warm * ratio, travel, max(1, looks), OFF, self._shorter)
        found = _room(self._field, self._marks)
        search(self._field, self._near, self._powers, self._now, self._best, cooling, self._chance, found)
        return found

    def put_down(self, found: Found, pool: dict[Column, float]) -> None:
        """Make the routes of good plans columns of their tours."""
        size = int(found.size[0])
        for tour, window in enumerate(self._space.windows):
            which = np.nonzero(found.tour[:size] == tour)[0]
            orders = [found.order[i, : found.stops[i]].astype(np.int64) for i in which]
            places = self._places(window.route_class, orders)
            for place, value in zip(places, found.value[which].tolist(), strict=True):
                pool[tour, place] = max(value, pool.get((tour, place), -np.inf))

    def _places(self, route_class: RouteClass, orders: Sequence[Ints]) -> list[int]:
        """Where routes stand in the table of their class; those that are new are put into it."""
        routes = routes_in_order(self._space, route_class, orders)
        return self._space.add_routes(route_class, routes, by_travel=self._shorter > 0)

    def chosen(self) -> Chosen:
        """The best plan as columns."""
        columns = []
        for tour, window in enumerate(self._space.windows):
            order = self._best.order[tour, : self._best.filled[tour]]
            if len(order):
                columns.append((tour, self._places(window.route_class, [order])[0]))
        value = float(self._space.worths(columns, self._objective).sum())
        return Chosen(tuple(columns), (), (), value, float("inf"))


def _room(field: Field, marks: Ints) -> Found:
    return Found(
        np.full((ROOM, field.longest), NOWHERE, dtype=np.int16),
        np.zeros(ROOM, dtype=np.int64),
        np.zeros(ROOM, dtype=np.int64),
        np.zeros(ROOM),
        np.full(HASHED, NOWHERE, dtype=np.int64),
        np.zeros(HASHED, dtype=np.int64),
        marks,
        np.zeros(1, dtype=np.int64),
    )


class ManyStrands:
    """Some searches beside each other, each in a thread; what they find is put together by the master.

    Threads wait for each other where something is exchanged, so that the answer depends on no machine.

    Parameters
    ----------
    travel
        As for one search; it never begins with nothing then.
    is_allowed
        Whether a roster keeps what is held; no other becomes the best one.
    """

    def __init__(
        self,
        master: Master,
        objective: Objective,
        settings: Settings,
        start: Chosen,
        tell: OnBetter,
        travel: int = 0,
        is_allowed: Callable[[Chosen], bool] = lambda _: True,
    ) -> None:
        self._is_allowed = is_allowed
        self._master, self._objective, self._settings, self._tell = master, objective, settings, tell
        self._strands = [TourSearch(master.space, objective, settings, n, travel) for n in range(settings.strands)]
        self._pool: dict[Column, float] = {}
        self._fresh = 0 if travel else FRESH
        self.best = start

    def improve(self, effort: int) -> Chosen:
        """The best roster found with so much effort; every better one is told."""
        looks = effort * self._settings.looks // (CYCLES * PIECES)
        with ThreadPoolExecutor(len(self._strands)) as threads:
            for cycle in range(CYCLES):
                for strand in self._strands:
                    strand.begin(replace(self.best, columns=()) if cycle < self._fresh else self.best)
                for piece in range(PIECES):
                    self._master.alive()
                    heated = [threads.submit(strand.heated, cycle, piece, looks) for strand in self._strands]
                    for strand, routes in zip(self._strands, [done.result() for done in heated], strict=True):
                        strand.put_down(routes, self._pool)
                        self._keep_better(strand.chosen())
                self._put_together()
        return self.best

    def _put_together(self) -> None:
        """Choose among the routes of all good plans, for whatever windows may drive them."""
        columns = (*self._best_routes(), *self.best.columns)
        search = Search(self._objective, columns, self.best, self._settings.nodes)
        found = self._master.choose(search, self._settings.seed)
        if found is not None:
            self._keep_better(found)

    def _best_routes(self) -> tuple[Column, ...]:
        space = self._master.space
        best = sorted(self._pool, key=lambda column: (-self._pool[column], column))[: self._settings.pool_columns]
        found: dict[Column, None] = {}
        for tour, place in best:
            calls = list(space.calls_of((tour, place)))
            for window in space.windows_of[space.windows[tour].route_class]:
                if space.may_call[window, calls].all():
                    found[window, place] = None
        return tuple(found)

    def _keep_better(self, found: Chosen) -> None:
        best, other = (
            self._master.space.worths(c.columns, self._objective).sum() if c.columns else 0.0
            for c in (self.best, found)
        )
        if other > best and self._is_allowed(found):
            self.best = found
            self._tell(found)
