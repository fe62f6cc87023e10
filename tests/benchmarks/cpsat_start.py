"""A first roster for the whole-week CP-SAT model, made without our solver: desk first, then calls by insertion."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.insertion import insertion
from benchmarks.week_assembly import assemble
from benchmarks.week_problem import as_plan, ways_to_call, week_problem
from benchmarks.week_trips import list_trips

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.timetable import Outing, Timetable

NOTHING = Timetable((), ())


def first_roster(instance: Instance) -> Timetable:
    """Pairs in list order, each officer's share of desk work as if there were nothing else, no break on the road."""
    desk_only = assemble(instance, [], {}, frozenset()).timetable
    trips = tuple(
        replace(trip, rooms=rooms)
        for trip in list_trips(instance, desk_only)
        if (rooms := tuple(room for room in trip.rooms if room.pause is None))
    )
    if not trips or not instance.calls:
        return desk_only
    calls = ways_to_call(instance, NOTHING)
    routes = insertion(week_problem(instance, trips, calls))
    made = assemble(instance, as_plan(trips, calls, routes), {}, frozenset(), calls).timetable
    return replace(made, outings=tuple(o for o in made.outings if _entered_at_once(instance, o)))


def _entered_at_once(instance: Instance, outing: Outing) -> bool:
    return bool(outing.entries) or not any(instance.calls[stop.call].needs_entry for stop in outing.stops)
