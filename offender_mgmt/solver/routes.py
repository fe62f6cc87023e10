"""Every feasible route of a class of windows.

A route is an ordered set of calls. Before leaving, the crew makes the intelligence checks of its calls, after
coming back the record entries; each is shared among those of the crew who may do it. For every set of calls the
order is kept that takes the fewest minutes (ties: less travel).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import AFTER, BEFORE, CHECK, ENTRY, ClassClock
from offender_mgmt.solver.route_search import Wanted, all_starts, search
from offender_mgmt.solver.set_table import BITS, LONGEST_SET
from offender_mgmt.solver.windows import RouteClass

Ints = npt.NDArray[np.int64]
Key = int | bytes
LONGEST_ROUTE = LONGEST_SET
MOST_CALLS = (1 << BITS) - 1
SHARE_OF_A_CLASS = 4
"""Where one kind of route of one class takes up more than such a part of all, the week is a large one."""
MOST_SHORT = 1_000_000
FEW = 10_000
"""Of no more short routes all longer ones are made, to see."""
SHARE_OF_PAIRS = 8
"""Where routes of one stop and of two take up more than such a part of all, it is large too: seen before longer ones
are made. Of 26 weeks looked at none that took up more was within the limit."""
TRIED = 8
"""Of so many orders about one is the best of a set and fits."""
FEWER = 2
"""Where there are too many routes, each call may be followed by so many times fewer, the nearest."""


@dataclass(frozen=True, eq=False)
class Routes:
    """Routes of one class.

    Parameters
    ----------
    clock
        The class as arrays.
    calls
        Calls in order of the stops, -1 after the last; shape (routes, longest).
    block
        Minutes the outing takes from each officer's free time, checks and entries included, break not.
    travel
        Minutes of travel.
    broke
        The stop before which the break on the road is taken, -1 for none.
    """

    clock: ClassClock
    calls: npt.NDArray[np.int16]
    block: npt.NDArray[np.int32]
    travel: npt.NDArray[np.int32]
    broke: npt.NDArray[np.int8]

    def __len__(self) -> int:
        """Number of routes."""
        return len(self.block)

    @cached_property
    def starts(self) -> Ints:
        """Moment each visit starts, -1 after the last; shape (routes, longest)."""
        return self.starts_of(np.arange(len(self)))

    def starts_of(self, which: Ints) -> Ints:
        """The same of some routes."""
        position = np.full(MOST_CALLS + 1, -1, dtype=np.int64)
        position[self.clock.ids] = np.arange(len(self.clock.ids))
        return all_starts(self.clock, self.calls[which], self.broke[which], position)

    @cached_property
    def keys(self) -> Sequence[Key]:
        """One exact key per set of calls: their numbers from 1 on in rising order; of long routes all the bytes."""
        calls = np.sort(self.calls.astype(np.int64), axis=1)
        if calls.shape[1] > LONGEST_ROUTE:
            return [row[row >= 0].tobytes() for row in calls]
        key = np.zeros(len(self), dtype=np.int64)
        for column in calls.T:
            key = np.where(column >= 0, (key << BITS) | (column + 1), key)
        found: list[int] = key.tolist()
        return found

    def rows(self, which: Ints | npt.NDArray[np.bool_]) -> Routes:
        """Some of the routes."""
        return Routes(self.clock, self.calls[which], self.block[which], self.travel[which], self.broke[which])


def every_route(clocks: dict[RouteClass, ClassClock], stops: int, most: int) -> dict[RouteClass, Routes] | None:
    """All routes of all classes, or ``None`` when there are more than so many.

    Parameters
    ----------
    stops
        Most stops of a route.
    """
    if _has_more_short(clocks.values(), stops, max(FEW, most // SHARE_OF_PAIRS)):
        return None
    tables: dict[RouteClass, Routes] = {}
    largest = most // SHARE_OF_A_CLASS
    for route_class, clock in clocks.items():
        made, complete = enumerate_routes(clock, stops, min(most, largest), give_up=True)
        most -= len(made)
        if not complete or most < 0:
            return None
        tables[route_class] = made
    return tables


def _has_more_short(clocks: Iterable[ClassClock], stops: int, most: int) -> bool:
    """Whether there are more routes of one stop and of two than so many; quickly seen."""
    longest, count = min(stops, 2), 0
    for clock in clocks:
        for wanted in kinds(clock, longest, MOST_SHORT) if len(clock.ids) else ():
            count += len(_search(clock, wanted, longest, give_up=True)[0])
        if count > most:
            return True
    return False


def near_routes(clocks: dict[RouteClass, ClassClock], stops: int, most: int) -> dict[RouteClass, Routes]:
    """Routes from near call to near call, some of each class: about so many in all."""
    each = most // max(1, len(clocks))
    return {rc: enumerate_routes(clock, stops, each)[0] for rc, clock in clocks.items()}


def enumerate_routes(clock: ClassClock, stops: int, most: int, *, give_up: bool = False) -> tuple[Routes, bool]:
    """All routes of a class with up to so many stops, and whether they are all there.

    Parameters
    ----------
    most
        When there are more of one kind (so many stops, checks and entries), only those from near call to near
        call are there, and the second value is ``False``.
    give_up
        Then nothing more is looked for.
    """
    longest = min(stops, LONGEST_ROUTE)
    if int(clock.ids.max(initial=0)) >= MOST_CALLS:
        raise ValueError("too many calls for one week of a team")
    found = [_none(clock, longest)]
    complete = True
    for wanted in kinds(clock, longest, max(most, len(clock.ids))) if len(clock.ids) else ():
        routes, all_there = _search(clock, wanted, longest, give_up=give_up)
        complete &= all_there
        found.append(routes)
        if give_up and not complete:
            break
    return joined(found), complete


def single_stops(clock: ClassClock, longest: int) -> Routes:
    """The routes of one call each, in a table for routes of so many stops."""
    every_kind = kinds(clock, 1, len(clock.ids)) if len(clock.ids) else []
    return joined([_none(clock, longest), *(_search(clock, w, longest, give_up=True)[0] for w in every_kind)])


def best_order(routes: Routes, calls: Sequence[int]) -> Routes:
    """The best order of a set of calls of a class; no route if there is none, or too many orders to try."""
    clock, longest = routes.clock, routes.calls.shape[1]
    rows = np.nonzero(np.isin(clock.ids, np.array(calls)))[0]
    if len(rows) < len(calls) or len(calls) > min(longest, LONGEST_ROUTE):
        return _none(clock, longest)
    near = np.full((len(clock.ids), len(rows)), -1, dtype=np.int64)
    near[rows] = rows
    checks, entries = int(clock.visit[rows, CHECK].sum()), int(clock.visit[rows, ENTRY].sum())
    if clock.side[BEFORE, checks] < 0 or clock.side[AFTER, entries] < 0:
        return _none(clock, longest)
    orders, costs, _ = search(clock, rows, near, Wanted(len(rows), checks, entries, 1))
    return routes_of(clock, orders, costs, longest)


def key_of(calls: Sequence[int], longest: int) -> Key:
    """The key of a set of calls, as in :attr:`Routes.keys` of routes with so many stops at most."""
    if longest > LONGEST_ROUTE:
        return np.array(sorted(calls), dtype=np.int64).tobytes()
    key = 0
    for call in sorted(calls):
        key = (key << BITS) | (call + 1)
    return key


def kinds(clock: ClassClock, longest: int, most: int) -> list[Wanted]:
    """Numbers of stops, checks and entries that routes of the class can have."""
    has = {(bool(c), bool(e)) for c, e in zip(clock.visit[:, CHECK], clock.visit[:, ENTRY], strict=True)}
    return [
        Wanted(stops, checks, entries, most)
        for stops in range(1, longest + 1)
        for checks in range(stops + 1)
        for entries in range(stops + 1)
        if clock.side[BEFORE, checks] >= 0
        and clock.side[AFTER, entries] >= 0
        and _possible(has, stops, checks, entries)
    ]


def _possible(has: set[tuple[bool, bool]], stops: int, checks: int, entries: int) -> bool:
    """Whether so many calls of the kinds there are can need so many checks and entries."""
    for both in range(min(checks, entries) + 1):
        parts = {
            (True, True): both,
            (True, False): checks - both,
            (False, True): entries - both,
            (False, False): stops - checks - entries + both,
        }
        if all(count == 0 or (count > 0 and kind in has) for kind, count in parts.items()):
            return True
    return False


def _search(clock: ClassClock, wanted: Wanted, longest: int, *, give_up: bool) -> tuple[Routes, bool]:
    """All routes of a kind, or those from near call to near call."""
    first = np.arange(len(clock.ids))
    near = np.argsort(clock.hop, axis=1, kind="stable").astype(np.int64)
    followers = len(clock.ids) if give_up else _some(clock, wanted)
    orders, costs, complete = search(clock, first, np.ascontiguousarray(near[:, :followers]), wanted)
    all_there = complete and followers == len(clock.ids)
    while not complete and followers > 1 and not give_up:
        followers = max(1, followers // FEWER)
        orders, costs, complete = search(clock, first, np.ascontiguousarray(near[:, :followers]), wanted)
    return routes_of(clock, orders, costs, longest), all_there


def _some(clock: ClassClock, wanted: Wanted) -> int:
    """How many calls may follow each so that there are not many more routes than are wanted."""
    count = len(clock.ids)
    each = (TRIED * wanted.most / count) ** (1 / max(1, wanted.stops - 1))
    return max(1, min(count, int(each)))


def routes_of(clock: ClassClock, orders: npt.NDArray[np.int16], costs: npt.NDArray[np.int32], longest: int) -> Routes:
    """What a search found as routes, the calls by their number in the instance."""
    calls = np.full((len(orders), longest), -1, dtype=np.int16)
    calls[:, : orders.shape[1]] = clock.ids[orders]
    return Routes(clock, calls, costs[:, 0], costs[:, 1], costs[:, 2].astype(np.int8))


def _none(clock: ClassClock, longest: int) -> Routes:
    nothing = np.zeros(0, dtype=np.int32)
    return Routes(clock, np.zeros((0, longest), dtype=np.int16), nothing, nothing, nothing.astype(np.int8))


def joined(parts: list[Routes]) -> Routes:
    """Routes of one class, one list after the other."""
    return Routes(
        parts[0].clock,
        np.concatenate([p.calls for p in parts]),
        np.concatenate([p.block for p in parts]),
        np.concatenate([p.travel for p in parts]),
        np.concatenate([p.broke for p in parts]),
    )
