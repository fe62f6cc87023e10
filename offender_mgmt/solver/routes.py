"""Every feasible route of a class of windows, enumerated level by level with arrays.

A route is an ordered set of calls. Before leaving, the crew makes the intelligence checks of its calls, after
coming back the record entries; each is shared among those of the crew who may do it. Of partial routes with the same
set of calls, last call and break, those stay that no other beats in both readiness and travel (being early and having
travelled less never hurts). For every set the order is kept that takes the fewest minutes (ties: less travel).

Sets are told apart by packing their sorted call numbers into one 64-bit key, so a route has at most
``LONGEST_ROUTE`` stops and a class at most ``MOST_CALLS`` calls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from offender_mgmt.instance.model import Call, Instance, SideWork, Span
from offender_mgmt.instance.shifts import overlap
from offender_mgmt.solver.windows import RouteClass

Ints = npt.NDArray[np.int64]
BITS = 12
LONGEST_ROUTE = 5
MOST_CALLS = 1 << BITS
NEVER = np.int64(1 << 60)
CHUNK = 20_000
FAR = np.int64(1 << 20)
"""More minutes than any route travels."""


@dataclass(frozen=True, slots=True)
class Routes:
    """Routes of one class.

    Parameters
    ----------
    calls
        Calls in order of the stops, -1 after the last; shape (routes, longest).
    starts
        Moment each visit starts, -1 after the last.
    block
        Minutes the outing takes from each officer's free time, checks and entries included, break not.
    travel
        Minutes of travel.
    """

    calls: Ints
    starts: Ints
    block: Ints
    travel: Ints

    def __len__(self) -> int:
        """Number of routes."""
        return len(self.block)


@dataclass(frozen=True, slots=True)
class Side:
    """Minutes before leaving and after return, by number of calls that need a check, an entry."""

    checks: int
    entries: int


def side_minutes(work: SideWork, count: int, sharers: int) -> int:
    """Minutes the crew is busy when ``count`` pieces of side work are shared among ``sharers`` officers."""
    return -(-count // sharers) * work.minutes if count else 0


def travel_time_allowed(ready: Ints | np.int64, travel: Ints) -> Ints:
    """Earliest arrival: nobody is at a stop before the travel to it is over."""
    arrival: Ints = ready + travel
    return arrival


def enumerate_routes(instance: Instance, route_class: RouteClass, most_routes: int) -> tuple[Routes, bool]:
    """All routes of a class, and whether they are all there.

    Parameters
    ----------
    most_routes
        When a level would hold more partial routes, only the earliest-ready ones are kept and the
        second value is ``False``: no bound may then be claimed.
    """
    table = _Table(instance, route_class)
    found: list[Routes] = []
    complete = True
    for stops in range(1, min(instance.visits_per_day, LONGEST_ROUTE) + 1):
        for checks in table.possible(table.needs_check, stops):
            for entries in table.possible(table.needs_entry, stops):
                routes, all_there = table.routes(stops, checks, entries, most_routes)
                complete &= all_there
                found.append(routes)
    return _joined(found, min(instance.visits_per_day, LONGEST_ROUTE)), complete


class _Table:
    """The calls of a class as arrays."""

    def __init__(self, instance: Instance, route_class: RouteClass) -> None:
        self.rc, self.instance = route_class, instance
        rows = [(i, spans) for i, call in enumerate(instance.calls) if (spans := _spans(call, route_class))]
        if len(rows) >= MOST_CALLS:
            raise ValueError("too many calls for one class of windows")
        self.ids = np.array([i for i, _ in rows], dtype=np.int64)
        calls = [instance.calls[i] for i, _ in rows]
        self.minutes = np.array([c.minutes for c in calls], dtype=np.int64)
        self.nominal = np.array([c.nominal for c in calls], dtype=np.int64)
        self.needs_check = np.array([c.needs_check for c in calls], dtype=np.int64)
        self.needs_entry = np.array([c.needs_entry for c in calls], dtype=np.int64)
        places = np.array([c.place for c in calls], dtype=np.int64)
        base = route_class.base
        self.hop = instance.travel[np.ix_(places, places)] if len(rows) else np.zeros((0, 0), np.int64)
        self.out = instance.travel[base, places] if len(rows) else np.zeros(0, np.int64)
        self.home = instance.travel[places, base] if len(rows) else np.zeros(0, np.int64)
        widest = max((len(spans) for _, spans in rows), default=1)
        self.earliest = np.full((len(rows), widest), NEVER, dtype=np.int64)
        self.latest = np.full((len(rows), widest), -NEVER, dtype=np.int64)
        for row, (_, spans) in enumerate(rows):
            for k, (start, end) in enumerate(spans):
                self.earliest[row, k] = start
                self.latest[row, k] = end - self.minutes[row]

    def possible(self, needs: Ints, stops: int) -> range:
        """How many of ``stops`` calls can need a piece of side work."""
        total = int(needs.sum())
        return range(max(0, stops - (len(needs) - total)), min(stops, total) + 1)

    def side(self, checks: int, entries: int) -> Side | None:
        rc, instance = self.rc, self.instance
        if (checks and not rc.check_sharers) or (entries and not rc.entry_sharers):
            return None
        after = 0 if rc.entries_later else side_minutes(instance.entry, entries, rc.entry_sharers)
        return Side(side_minutes(instance.check, checks, rc.check_sharers), after)

    def first_start(self, at: Ints, call: Ints) -> Ints:
        """Earliest start of a visit not before ``at``; ``NEVER`` if its hours are over."""
        at, call = np.broadcast_arrays(at, call)
        ready = np.full(at.shape, NEVER, dtype=np.int64)
        for k in range(self.earliest.shape[1]):
            start = np.maximum(at, self.earliest[call, k])
            ready = np.minimum(ready, np.where(start <= self.latest[call, k], start, NEVER))
        return ready

    def last_start(self, by: Ints, call: Ints) -> Ints:
        """Latest start of a visit not after ``by``."""
        best = np.full(by.shape, -NEVER, dtype=np.int64)
        for k in range(self.earliest.shape[1]):
            start = np.minimum(by, self.latest[call, k])
            best = np.maximum(best, np.where(start >= self.earliest[call, k], start, -NEVER))
        return best

    def routes(self, stops: int, checks: int, entries: int, most: int) -> tuple[Routes, bool]:
        """All routes with so many stops, of which so many need a check and an entry."""
        side = self.side(checks, entries)
        if side is None or len(self.ids) == 0:
            return _no_routes(stops), True
        back_by = self.rc.span[1] - side.entries
        state = self._first_level(self.rc.span[0] + side.checks, back_by)
        complete = True
        for _ in range(stops - 1):
            state, all_there = self._next_level(state, back_by, most)
            complete &= all_there
        return self._finish(state, side, checks, entries), complete

    def _first_level(self, leave: int, back_by: int) -> _State:
        call = np.arange(len(self.ids), dtype=np.int64)
        start = self.first_start(travel_time_allowed(np.int64(leave), self.out), call)
        ready = start + self.minutes
        keep = (start < NEVER) & (ready + self.home <= back_by)
        call = call[keep]
        broke = np.full(len(call), -1, dtype=np.int64)
        return _State(call[:, None], start[keep][:, None], ready[keep], self.out[call], broke)

    def _next_level(self, state: _State, back_by: int, most: int) -> tuple[_State, bool]:
        parts = []
        for begin in range(0, len(state.ready), CHUNK):
            chunk = state.rows(slice(begin, begin + CHUNK))
            parts.append(self._extend(chunk, back_by, with_break=False))
            if self.rc.break_minutes:
                parts.append(self._extend(chunk, back_by, with_break=True))
        if not parts:
            return state.rows(slice(0, 0)).widened(), True
        grown = _undominated(_State.join(parts))
        if len(grown.ready) <= most:
            return grown, True
        first = np.sort(np.argsort(grown.ready, kind="stable")[:most])
        return grown.rows(first), False

    def _extend(self, state: _State, back_by: int, with_break: bool) -> _State:
        """Every state with every call added that still fits, after a break on the road or without."""
        rows = np.nonzero(state.broke < 0)[0] if with_break else np.arange(len(state.ready))
        last = state.calls[rows, -1]
        count = len(self.ids)
        ready = state.ready[rows]
        arrive = travel_time_allowed(ready[:, None], self.hop[last])
        if with_break:
            minutes, (begin, end) = self.rc.break_minutes, self.rc.break_span
            fits = ready <= end - minutes
            arrive = np.maximum(arrive + minutes, begin + minutes)
            arrive = np.where(fits[:, None], arrive, NEVER)
        start = self.first_start(arrive, np.broadcast_to(np.arange(count), arrive.shape))
        done = start + self.minutes[None, :]
        keep = (start < NEVER) & (done + self.home[None, :] <= back_by)
        for stop in range(state.calls.shape[1]):
            keep &= self.nominal[state.calls[rows, stop]][:, None] != self.nominal[None, :]
        at, call = np.nonzero(keep)
        source = rows[at]
        stops = state.calls.shape[1]
        return _State(
            np.column_stack([state.calls[source], call]),
            np.column_stack([state.starts[source], start[at, call]]),
            done[at, call],
            state.travel[source] + self.hop[state.calls[source, -1], call],
            np.full(len(source), stops, dtype=np.int64) if with_break else state.broke[source],
        )

    def _finish(self, state: _State, side: Side, checks: int, entries: int) -> Routes:
        """Keep whole routes, the best order of each set, and leave the base as late as the return allows."""
        keep = self.needs_check[state.calls].sum(axis=1) == checks
        keep &= self.needs_entry[state.calls].sum(axis=1) == entries
        if self.rc.break_minutes:
            keep &= state.broke >= 0
        state = state.rows(np.nonzero(keep)[0])
        last = state.calls[:, -1]
        starts = self._latest_starts(state)
        leave = starts[:, 0] - self.out[state.calls[:, 0]] if len(last) else state.ready
        back = state.ready + self.home[last]
        block = back - leave + side.checks + side.entries - self.rc.break_minutes
        travel = state.travel + self.home[last]
        best = _first_of_each(_set_keys(state.calls), block, travel)
        return Routes(self.ids[state.calls[best]], starts[best], block[best], travel[best])

    def _latest_starts(self, state: _State) -> Ints:
        starts = state.starts.copy()
        for stop in range(starts.shape[1] - 2, -1, -1):
            here, after = state.calls[:, stop], state.calls[:, stop + 1]
            by = starts[:, stop + 1] - self.hop[here, after] - self.minutes[here]
            pausing = state.broke == stop + 1
            latest_end = self.rc.break_span[1] - self.rc.break_minutes
            by_break = np.minimum(by - self.rc.break_minutes, latest_end - self.minutes[here])
            by = np.where(pausing, by_break, by)
            starts[:, stop] = self.last_start(by, here)
        return starts


@dataclass(frozen=True, slots=True)
class _State:
    """Partial routes: calls, starts, when ready to go on, travel so far, stop the break was before (-1: none)."""

    calls: Ints
    starts: Ints
    ready: Ints
    travel: Ints
    broke: Ints

    def rows(self, which: slice | Ints) -> _State:
        return _State(self.calls[which], self.starts[which], self.ready[which], self.travel[which], self.broke[which])

    def widened(self) -> _State:
        """An empty state of the next level."""
        empty = np.zeros((0, self.calls.shape[1] + 1), dtype=np.int64)
        return _State(empty, empty, self.ready[:0], self.travel[:0], self.broke[:0])

    @staticmethod
    def join(parts: list[_State]) -> _State:
        return _State(
            np.concatenate([p.calls for p in parts]),
            np.concatenate([p.starts for p in parts]),
            np.concatenate([p.ready for p in parts]),
            np.concatenate([p.travel for p in parts]),
            np.concatenate([p.broke for p in parts]),
        )


def without_sets(routes: Routes, others: Routes) -> Routes:
    """The routes whose set of calls is not among the others' sets."""
    known = {frozenset(row) for row in others.calls.tolist()}
    keep = np.array([frozenset(row) not in known for row in routes.calls.tolist()], dtype=bool)
    return Routes(routes.calls[keep], routes.starts[keep], routes.block[keep], routes.travel[keep])


def _set_keys(calls: Ints) -> Ints:
    """One exact 64-bit key per set of calls."""
    key = np.zeros(len(calls), dtype=np.int64)
    for column in np.sort(calls, axis=1).T:
        key = (key << BITS) | column
    return key


def _undominated(state: _State) -> _State:
    """Per set, last call and break taken or not: the partial routes not beaten in both readiness and travel."""
    kind = state.calls[:, -1] * 2 + (state.broke >= 0)
    keys = _set_keys(state.calls)
    order = np.lexsort((state.travel, state.ready, kind, keys))
    keys, kind, travel = keys[order], kind[order], state.travel[order]
    new_group = np.ones(len(order), dtype=bool)
    new_group[1:] = (keys[1:] != keys[:-1]) | (kind[1:] != kind[:-1])
    # Within a group travel must fall as readiness rises. Shifting each group far below the one before it
    # lets one running minimum over all rows serve every group.
    shifted = travel - np.cumsum(new_group) * FAR
    least_before = np.concatenate([[NEVER], np.minimum.accumulate(shifted)[:-1]])
    return state.rows(np.sort(order[new_group | (shifted < least_before)]))


def _first_of_each(keys: Ints, *by: Ints) -> Ints:
    """Index of the least row, by the given columns in turn, for every key."""
    order = np.lexsort((*reversed(by), keys))
    first = np.ones(len(order), dtype=bool)
    first[1:] = keys[order][1:] != keys[order][:-1]
    chosen: Ints = np.sort(order[first])
    return chosen


def _spans(call: Call, route_class: RouteClass) -> list[Span]:
    """The call's spans inside the class, wide enough for the visit."""
    inside = [overlap(span, route_class.span) for span in call.spans]
    return [span for span in inside if span and span[1] - span[0] >= call.minutes]


def _no_routes(stops: int) -> Routes:
    empty = np.zeros((0, stops), dtype=np.int64)
    return Routes(empty, empty, np.zeros(0, np.int64), np.zeros(0, np.int64))


def _joined(parts: list[Routes], longest: int) -> Routes:
    def padded(table: Ints) -> Ints:
        return np.pad(table, ((0, 0), (0, longest - table.shape[1])), constant_values=-1)

    if not parts:
        return _no_routes(longest)
    return Routes(
        np.concatenate([padded(p.calls) for p in parts]),
        np.concatenate([padded(p.starts) for p in parts]),
        np.concatenate([p.block for p in parts]),
        np.concatenate([p.travel for p in parts]),
    )
