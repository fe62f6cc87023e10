"""A team week as a routing problem: trips as vehicles, calls as jobs."""

from __future__ import annotations

from benchmarks.routing_problem import Job, Routes, RoutingProblem, Vehicle
from benchmarks.week_assembly import Plan
from benchmarks.week_outings import Trip, call_weight
from benchmarks.week_trips import CREW

from offender_mgmt.calendars import MINUTES_A_DAY
from offender_mgmt.instance.model import Call, Instance, Span
from offender_mgmt.solver.eligibility import crew_may_call
from offender_mgmt.solver.timetable import Timetable


def ways_to_call(instance: Instance, ours: Timetable) -> list[int]:
    """One call for each nominal: as our roster calls on them, else the plain visit (it needs no write-up)."""
    chosen: dict[int, int] = {}
    for number, call in sorted(enumerate(instance.calls), key=lambda item: (item[1].write_up >= 0, item[0])):
        chosen.setdefault(call.nominal, number)
    for outing in ours.outings:
        chosen.update((instance.calls[stop.call].nominal, stop.call) for stop in outing.stops)
    return [chosen[nominal] for nominal in sorted(chosen)]


def week_problem(instance: Instance, trips: tuple[Trip, ...], calls: list[int]) -> RoutingProblem:
    """Trips as vehicles, on an axis of the time of day. Job = place in ``calls``.

    A visit is longer by its share of the checks and entries of a crew of two, which for an even number of visits is
    just what they take. Its prize is its weight, and no visit is worth less than the longest detour.
    """
    midnight = min(shift.span[0] - shift.day * MINUTES_A_DAY for shift in instance.shifts) // MINUTES_A_DAY
    origin = midnight * MINUTES_A_DAY
    unit = 2 * int(instance.travel.max()) + 1
    made = [instance.calls[c] for c in calls]
    most = [max([1, *(instance.points[t] for c in made for t in c.tasks if instance.band[t] == b)]) for b in range(9)]
    return RoutingProblem(
        travel=instance.travel,
        cost=instance.travel,
        jobs=tuple(
            Job(
                place=call.place,
                minutes=call.minutes + _side_minutes(instance, call),
                prize=unit * call_weight(instance, call),
                priority=_priority(instance, call, most),
                windows=_windows(instance, call, origin),
            )
            for call in made
        ),
        vehicles=tuple(_vehicle(instance, trip, made, origin) for trip in trips),
    )


def _side_minutes(instance: Instance, call: Call) -> int:
    both = call.needs_check * instance.check.minutes + call.needs_entry * instance.entry.minutes
    return -(-both // CREW)


def _priority(instance: Instance, call: Call, most: list[int]) -> int:
    """From 1 to 100, for VROOM: bands a factor of three apart, points within the upper half of each."""
    shares = (
        100 / 3 ** instance.band[t] * (1 + instance.points[t] / most[instance.band[t]]) / 2
        for t in call.tasks
        if instance.points[t]
    )
    return max(1, min(100, round(sum(shares))))


def _windows(instance: Instance, call: Call, origin: int) -> tuple[tuple[Span, ...], ...]:
    days: list[list[Span]] = [[] for _ in range(instance.days)]
    for start, end in call.spans:
        day = (start - origin) // MINUTES_A_DAY
        offset = origin + day * MINUTES_A_DAY
        days[day].append((start - offset, end - call.minutes - offset))
    return tuple(tuple(windows) for windows in days)


def _vehicle(instance: Instance, trip: Trip, calls: list[Call], origin: int) -> Vehicle:
    offset = origin + trip.day * MINUTES_A_DAY
    room = trip.rooms[0]
    pause = (room.pause[0], room.pause[1] - offset, room.pause[2] - offset) if room.pause else None
    able = (n for n, call in enumerate(calls) if crew_may_call(call, trip.crew, instance.officers))
    return Vehicle(
        day=trip.day,
        base=instance.officers[trip.crew[0]].base,
        opens=room.span[0] - offset,
        closes=room.span[1] - offset + trip.later,
        longest=min(trip.longest, room.span[1] - room.span[0]) + trip.later,
        most=trip.most,
        able=frozenset(able),
        pause=pause,
    )


def as_plan(trips: tuple[Trip, ...], calls: list[int], routes: Routes) -> Plan:
    """A peer's routes as trips with calls; a trip may stay empty."""
    return [(trip, [calls[j] for j in route]) for trip, route in zip(trips, routes, strict=True)]
