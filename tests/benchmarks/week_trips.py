"""The trips peers are given that cannot choose who goes with whom.

Two ways to pair: as our own roster does, and in the order of the list of officers. Peers know no desk work, so what
they may use of a tour is shortened by it: for our pairs by the desk work that our own roster has there, for pairs in
list order by the share of the week that each officer has at the desk there. All of this favours the peers: the reserve
is what our search found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from benchmarks.week_outings import Room, Trip, able_to, shared_minutes

from offender_mgmt.instance.model import Instance, Shift, Span
from offender_mgmt.instance.shifts import overlap
from offender_mgmt.solver.eligibility import crew_may_call, crew_may_form
from offender_mgmt.solver.timetable import Outing, Timetable

CREW = 2
SHORTEST_TOGETHER = 120
"""Officers in list order are not paired for less time together than this."""


def desk_minutes(instance: Instance, timetable: Timetable) -> list[int]:
    """Minutes of desk work in each shift, apart from what frames an outing."""
    taken = [0] * len(instance.shifts)
    for work in timetable.desk:
        for start, end in work.parts:
            for s, shift in enumerate(instance.shifts):
                if shift.officer == work.officer and shift.span[0] <= start < shift.span[1]:
                    taken[s] += end - start
    return taken


def desk_shifts(instance: Instance, timetable: Timetable) -> dict[int, int]:
    """The shift each desk task is done in."""
    found = {}
    for work in timetable.desk:
        for s, shift in enumerate(instance.shifts):
            if shift.officer == work.officer and shift.span[0] <= work.parts[0][0] < shift.span[1]:
                found[work.task] = s
    return found


def common(spans: list[Span | None]) -> Span | None:
    """The common part of some spans, if any."""
    shared = spans[0]
    for span in spans[1:]:
        shared = overlap(shared, span) if shared and span else None
    return shared


def whole_rooms(shifts: list[Shift]) -> list[Room]:
    """Rooms of a long outing: the break on the road, early, or late; the widest first."""
    pause = max(shift.break_minutes for shift in shifts)
    whole, allowed = common([s.whole for s in shifts]), common([s.break_span for s in shifts])
    rooms = []
    if whole and allowed and pause:
        rooms.append(Room(whole, (None,) * len(shifts), (pause, *allowed)))
    after = common([(max(s.whole[0], s.early_break[1]), s.whole[1]) for s in shifts if s.whole and s.early_break])
    before = common([(s.whole[0], min(s.whole[1], s.late_break[0])) for s in shifts if s.whole and s.late_break])
    if after and all(s.whole and s.early_break for s in shifts):
        rooms.append(Room(after, tuple(s.early_break for s in shifts)))
    if before and all(s.whole and s.late_break for s in shifts):
        rooms.append(Room(before, tuple(s.late_break for s in shifts)))
    return sorted(rooms, key=lambda room: room.span[0] - room.span[1])


def session_rooms(shifts: list[Shift]) -> list[Room]:
    """Rooms of a half-day outing: one session of everybody's tour; the widest first."""
    rooms = []
    for choice in product(*(shift.sessions for shift in shifts)):
        span = common(list(choice))
        if span:
            rooms.append(Room(span, tuple(shift.default_break for shift in shifts)))
    return sorted(rooms, key=lambda room: room.span[0] - room.span[1])


def our_trips(instance: Instance, ours: Timetable) -> tuple[Trip, ...]:
    """The crews of our own roster, each in the session it went out in, with the minutes our desk work leaves."""
    desk = desk_minutes(instance, ours)
    used = [0] * len(instance.shifts)
    stops = [0] * len(instance.shifts)
    count = [0] * len(instance.shifts)
    for outing in ours.outings:
        for s, taken in zip(outing.shifts, _taken(instance, outing), strict=True):
            used[s], stops[s], count[s] = used[s] + taken, stops[s] + len(outing.stops), count[s] + 1
    spare = [shift.free_minutes - desk[s] - used[s] for s, shift in enumerate(instance.shifts)]
    given: set[int] = set()
    trips = []
    for outing in ours.outings:
        shifts = [instance.shifts[s] for s in outing.shifts]
        start, end = outing.busy()
        more = min(max(0, spare[s]) // count[s] for s in outing.shifts)
        visits = min(0 if s in given else instance.visits_per_day - stops[s] for s in outing.shifts)
        given |= set(outing.shifts)
        is_long = tuple(shift.default_break for shift in shifts) != outing.breaks
        rooms = whole_rooms(shifts) if is_long else session_rooms(shifts)
        holding = tuple(room for room in rooms if room.span[0] <= start and end <= room.span[1])
        trips.append(
            Trip(
                outing.crew,
                outing.shifts,
                shifts[0].day,
                tuple(rooms) if is_long else holding,
                len(outing.stops) + visits,
                end - start + more,
                _entered_later(instance, outing),
            )
        )
    return tuple(trips)


def _entered_later(instance: Instance, outing: Outing) -> int:
    """Minutes that the entries would take the crew right after the return, if they are made in a later tour."""
    count = 0 if outing.entries else sum(instance.calls[stop.call].needs_entry for stop in outing.stops)
    return shared_minutes(instance.entry, count, len(able_to(instance.entry, instance, outing.crew))) or 0


def _taken(instance: Instance, outing: Outing) -> Iterator[int]:
    start, end = outing.busy()
    for s, pause in zip(outing.shifts, outing.breaks, strict=True):
        yield end - start - (0 if pause else instance.shifts[s].break_minutes)


def list_trips(instance: Instance, ours: Timetable) -> tuple[Trip, ...]:
    """Officers paired day by day in the order of the list: each with the next one who may go with them."""
    left = _left_by_desk(instance, ours)
    trips = []
    for day in range(instance.days):
        waiting = [s for s, shift in enumerate(instance.shifts) if shift.day == day]
        while waiting:
            first = waiting.pop(0)
            trip = next((t for s in waiting if (t := _pair(instance, first, s, day, left))), None)
            if trip:
                waiting.remove(next(s for s in trip.shifts if s != first))
                trips.append(trip)
    return tuple(trips)


def _left_by_desk(instance: Instance, ours: Timetable) -> dict[int, float]:
    """Share of each officer's week that our roster's desk work leaves free."""
    desk: dict[int, int] = {}
    free: dict[int, int] = {}
    for shift, minutes in zip(instance.shifts, desk_minutes(instance, ours), strict=True):
        desk[shift.officer] = desk.get(shift.officer, 0) + minutes
        free[shift.officer] = free.get(shift.officer, 0) + shift.free_minutes
    return {officer: 1 - desk[officer] / max(1, free[officer]) for officer in free}


def _pair(instance: Instance, one: int, other: int, day: int, left: dict[int, float]) -> Trip | None:
    pair = sorted((one, other), key=lambda s: instance.shifts[s].officer)
    shifts = [instance.shifts[s] for s in pair]
    crew = tuple(shift.officer for shift in shifts)
    if len(set(crew)) < CREW or not crew_may_form(crew, instance.officers, instance.driver_needed):
        return None
    rooms = whole_rooms(shifts) or session_rooms(shifts)[:1]
    if not rooms or rooms[0].span[1] - rooms[0].span[0] < SHORTEST_TOGETHER:
        return None
    if not any(crew_may_call(call, crew, instance.officers) for call in instance.calls):
        return None
    pause = rooms[0].pause[0] if rooms[0].pause else 0
    longest = min(round(shift.free_minutes * left[shift.officer]) for shift in shifts) + pause
    return Trip(crew, tuple(pair), day, tuple(rooms), instance.visits_per_day, longest)
