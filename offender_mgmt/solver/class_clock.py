"""The calls of one class of windows as arrays, and when a visit can start; compiled code reads nothing else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offender_mgmt.instance.model import Call, Instance, SideWork, Span
from offender_mgmt.instance.shifts import overlap
from offender_mgmt.solver.compiled import compiled
from offender_mgmt.solver.windows import RouteClass

Ints = npt.NDArray[np.int64]
NEVER = np.int64(1 << 60)
IMPOSSIBLE = -1


MINUTES, NOMINAL, CHECK, ENTRY, OUT, HOME = range(6)
"""Columns of :attr:`ClassClock.visit`."""
EARLIEST, LATEST = range(2)
BEFORE, AFTER = range(2)
BEGIN, END, PAUSE, PAUSE_FROM, PAUSE_BY, LEAST_LEG, LEAST_HOME = range(7)
"""Places in :attr:`ClassClock.frame`."""


class ClassClock(NamedTuple):
    """The calls that fit a class of windows, numbered from 0, and the class itself, as few arrays as possible.

    Parameters
    ----------
    ids
        Number of each call in the instance.
    visit
        Per call: minutes, nominal, whether it needs a check, an entry, minutes from the base, to the base.
    hop
        Minutes from call to call.
    hours
        When a visit may start, earliest and latest; shape (2, calls, spans), spans in order, never where a call has
        fewer.
    side
        Minutes of checks before leaving and of entries after the return, by number of calls that need them; -1 where
        nobody may do them; shape (2, counts).
    frame
        Span of the class; minutes of a break on the road (0: none) and the span it lies in; no further stop takes
        less, travel included, and no way back to the base is shorter.
    """

    ids: Ints
    visit: Ints
    hop: Ints
    hours: Ints
    side: Ints
    frame: Ints


def class_clock(instance: Instance, route_class: RouteClass, stops: int) -> ClassClock:
    """The arrays of a class, for routes of so many stops at most."""
    rows = [(i, spans) for i, call in enumerate(instance.calls) if (spans := _spans(call, route_class))]
    calls = [instance.calls[i] for i, _ in rows]
    places = np.array([c.place for c in calls], dtype=np.int64)
    travel, base = instance.travel, route_class.base
    out, home = travel[base, places].reshape(len(rows)), travel[places, base].reshape(len(rows))
    table = [(c.minutes, c.nominal, c.needs_check, c.needs_entry) for c in calls]
    visit = np.column_stack([np.array(table, dtype=np.int64).reshape(len(rows), 4), out, home])
    hop = np.ascontiguousarray(travel[np.ix_(places, places)]).reshape(len(rows), len(rows))
    legs = (hop + visit[:, MINUTES])[~np.eye(len(rows), dtype=bool)]
    frame = (
        *route_class.span,
        route_class.break_minutes,
        *route_class.break_span,
        legs.min(initial=NEVER),
        home.min(initial=NEVER),
    )
    return ClassClock(
        ids=np.array([i for i, _ in rows], dtype=np.int64),
        visit=visit,
        hop=hop,
        hours=_hours([spans for _, spans in rows], visit[:, MINUTES]),
        side=_sides(instance, route_class, stops),
        frame=np.array(frame, dtype=np.int64),
    )


def _hours(spans_of: list[list[Span]], minutes: Ints) -> Ints:
    """When visits may start: first the earliest moments, then the latest."""
    widest = max(map(len, spans_of), default=1)
    hours = np.empty((2, len(spans_of), widest), dtype=np.int64)
    hours[EARLIEST], hours[LATEST] = NEVER, -NEVER
    for row, spans in enumerate(spans_of):
        for k, (start, end) in enumerate(sorted(spans)):
            hours[:, row, k] = start, end - minutes[row]
    return hours


def _sides(instance: Instance, route_class: RouteClass, stops: int) -> Ints:
    """Minutes before and after, by number of calls that need them."""
    kinds = ((instance.check, route_class.check_sharers), (instance.entry, route_class.entry_sharers))
    side = np.array(
        [
            [side_minutes(w, n, people) if people or not n else IMPOSSIBLE for n in range(stops + 1)]
            for w, people in kinds
        ],
        dtype=np.int64,
    )
    if route_class.entries_later:
        side[AFTER] = np.minimum(side[AFTER], 0)
    return side


def side_minutes(work: SideWork, count: int, sharers: int) -> int:
    """Minutes the crew is busy when ``count`` pieces of side work are shared among ``sharers`` officers."""
    return -(-count // sharers) * work.minutes if count else 0


def _spans(call: Call, route_class: RouteClass) -> list[Span]:
    """The call's spans inside the class, wide enough for the visit."""
    inside = [overlap(span, route_class.span) for span in call.spans]
    return [span for span in inside if span and span[1] - span[0] >= call.minutes]


@compiled
def travel_time_allowed(ready: int, travel: int) -> int:
    """Earliest arrival: nobody is at a stop before the travel to it is over."""
    return ready + travel


@compiled
def first_start(clock: ClassClock, call: int, arrive: int) -> int:
    """Earliest start of a visit not before an arrival; -1 if its hours are over."""
    for k in range(clock.hours.shape[2]):
        if arrive <= clock.hours[LATEST, call, k]:
            return max(arrive, clock.hours[EARLIEST, call, k])
    return -1


@compiled
def last_start(clock: ClassClock, call: int, by: int) -> int:
    """Latest start of a visit not after a moment; -1 if its hours have not begun."""
    for k in range(clock.hours.shape[2] - 1, -1, -1):
        if by >= clock.hours[EARLIEST, call, k]:
            return min(by, clock.hours[LATEST, call, k])
    return -1


@compiled
def leave_late(clock: ClassClock, calls: Ints, starts: Ints, stops: int, broke: int) -> None:
    """Move all starts but the last as late as the last one allows.

    Parameters
    ----------
    broke
        Stop the break on the road comes before; -1 for none.
    """
    for stop in range(stops - 2, -1, -1):
        here, after = calls[stop], calls[stop + 1]
        by = starts[stop + 1] - clock.hop[here, after] - clock.visit[here, MINUTES]
        if broke == stop + 1:
            by = min(by - clock.frame[PAUSE], clock.frame[PAUSE_BY] - clock.frame[PAUSE] - clock.visit[here, MINUTES])
        starts[stop] = last_start(clock, here, by)
