"""Search for long tours: ruin and recreate from plan to plan; what it finds is put together anew by the master problem.

The routes of every good plan become columns. From time to time the master chooses among them all: the best tours of
different plans need not have met in one. Effort is counted in places looked at, never in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import EARLIEST, HOME, LATEST, NEVER, OUT
from offender_mgmt.solver.columns import Column, ColumnSpace, Objective
from offender_mgmt.solver.long_routes import routes_in_order
from offender_mgmt.solver.master import Chosen, Master, Search
from offender_mgmt.solver.ruin import Chance, Cooling, Found, recreate, search
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.tours import NOWHERE, Field, copy_plan, empty_plan, put_in

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
POWERS = (1.0, 1.5, 2.0)
WARM, COLD = 8e-3, 4e-4
"""Of the worth of all calls: by so much a plan may be worse than the one before, at first and at last."""
TRAVEL = 0.03
"""All travel between two calls on the average counts so much of the least worth of a call."""
PIECES = 4
CYCLE = 4
"""A search heats up so many times, and cools down in so many pieces."""
OFF = 0.03
ROOM, HASHED = 20_000, 1 << 16
MIXING = 7_919


def field_of(space: ColumnSpace, worth: Floats) -> Field:
    """The windows of a space as tours, with its calls."""
    calls = space.instance.calls
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
        loads=np.zeros((0, count), dtype=np.int64),
        most=np.zeros(0, dtype=np.int64),
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
    """

    def __init__(self, space: ColumnSpace, objective: Objective, settings: Settings) -> None:
        self._space, self._objective, self._settings = space, objective, settings
        self._field = field = field_of(space, space.call_points @ np.array(objective.bands))
        self._near = np.argsort(field.hop, axis=1, kind="stable").astype(np.int64)
        self._powers = np.array([field.worth**power for power in POWERS])
        self._chance = Chance(np.array([MIXING * settings.seed + 1], dtype=np.int64), np.zeros(1, dtype=np.int64))
        self._now, self._best = empty_plan(field), empty_plan(field)
        positive = field.worth[field.worth > 0]
        least, all_worth = positive.min(initial=np.inf), max(1.0, float(positive.sum()))
        self._travel = TRAVEL * least / max(1.0, float(field.hop.mean())) if len(positive) else 0.0
        self._warm, self._cold = WARM * all_worth, COLD * all_worth
        self.pool: dict[Column, float] = {}

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

    def cycle(self, looks: int) -> Iterator[None]:
        """Heat up and cool down once, in pieces after each of which a sign of life may be given."""
        ratio = (self._cold / self._warm) ** (1 / PIECES)
        copy_plan(self._best, self._now)
        for piece in range(PIECES):
            warm = self._warm * ratio**piece
            cooling = Cooling(warm, warm * ratio, self._travel, max(1, looks // PIECES), OFF)
            found = _room(self._field, self._settings.seed)
            search(self._field, self._near, self._powers, self._now, self._best, cooling, self._chance, found)
            self._put_down(found)
            yield

    def _put_down(self, found: Found) -> None:
        """Make the routes of good plans columns of their tours."""
        size = int(found.size[0])
        for tour, window in enumerate(self._space.windows):
            which = np.nonzero(found.tour[:size] == tour)[0]
            orders = [found.order[i, : found.stops[i]].astype(np.int64) for i in which]
            places = self._space.add_routes(
                window.route_class, routes_in_order(self._space, window.route_class, orders)
            )
            for place, value in zip(places, found.value[which].tolist(), strict=True):
                self.pool[tour, place] = max(value, self.pool.get((tour, place), -np.inf))

    def chosen(self) -> Chosen:
        """The best plan as columns."""
        columns = []
        for tour, window in enumerate(self._space.windows):
            order = self._best.order[tour, : self._best.filled[tour]]
            if len(order):
                routes = routes_in_order(self._space, window.route_class, [order])
                columns.append((tour, self._space.add_routes(window.route_class, routes)[0]))
        value = float(self._space.worths(columns, self._objective).sum())
        return Chosen(tuple(columns), (), (), value, float("inf"))

    def best_of_pool(self, most: int) -> tuple[Column, ...]:
        """Routes of the best plans met, for every window that may drive them."""
        alike = self._space.windows_of
        best = sorted(self.pool, key=lambda column: (-self.pool[column], column))[:most]
        found: dict[Column, None] = {}
        for tour, place in best:
            calls = list(self._space.calls_of((tour, place)))
            for window in alike[self._space.windows[tour].route_class]:
                if self._space.may_call[window, calls].all():
                    found[window, place] = None
        return tuple(found)


def _room(field: Field, seed: int) -> Found:
    marks = np.random.default_rng(seed).integers(1, 1 << 62, len(field.worth) + len(field.frame))
    return Found(
        np.full((ROOM, field.longest), NOWHERE, dtype=np.int16),
        np.zeros(ROOM, dtype=np.int64),
        np.zeros(ROOM, dtype=np.int64),
        np.zeros(ROOM),
        np.full(HASHED, NOWHERE, dtype=np.int64),
        np.zeros(HASHED, dtype=np.int64),
        marks.astype(np.int64),
        np.zeros(1, dtype=np.int64),
    )


def improve_tours(
    master: Master, objective: Objective, start: Chosen, effort: int, settings: Settings, tell: Callable[[Chosen], None]
) -> Chosen:
    """The best roster found with so much effort; every better one is told."""
    tours = TourSearch(master.space, objective, settings)
    tours.begin(start)
    best = start
    for _ in range(CYCLE):
        for _ in tours.cycle(effort * settings.looks // CYCLE):
            master.alive()
            best = _better(master, objective, best, tours.chosen(), tell)
        again = Search(objective, (*tours.best_of_pool(settings.pool_columns), *best.columns), best, settings.nodes)
        found = master.choose(again, settings.seed)
        if found is not None:
            best = _better(master, objective, best, found, tell)
        tours.begin(best)
    return best


def _better(
    master: Master, objective: Objective, best: Chosen, found: Chosen, tell: Callable[[Chosen], None]
) -> Chosen:
    worths = [float(master.space.worths(chosen.columns, objective).sum()) for chosen in (best, found)]
    if worths[1] <= worths[0]:
        return best
    tell(found)
    return found
