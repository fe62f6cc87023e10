"""Team weeks, exact times of outings, assembly and the judge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks import peer_cpsat_week
from benchmarks.team_weeks import OFFICERS, SIZES, team_week
from benchmarks.week_assembly import Assembled, assemble
from benchmarks.week_judge import judge, roster_of, violations_of
from benchmarks.week_outings import Room, Trip, best_outing, call_weight
from benchmarks.week_problem import as_plan, ways_to_call, week_problem
from benchmarks.week_trips import desk_shifts, list_trips, our_trips
from solver.instances import ORIGIN, hours, shift, small, visit

from offender_mgmt.instance.model import DeskTask, WriteUp
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve, solve_greedily

pytestmark = pytest.mark.many_cases

FEW = 12


@pytest.fixture(scope="module")
def week():
    return team_week(FEW, 1)


@pytest.fixture(scope="module")
def ours(week):
    return solve(week.instance, Settings(effort=1))


def trip(span, *, breaks=(None, None), pause=None, **changes) -> Trip:
    values = {"crew": (0, 1), "shifts": (0, 1), "day": 0, "rooms": (Room(span, breaks, pause),), "most": 4}
    return Trip(**{**values, "longest": 10_000, **changes})


def clock(moment: int) -> tuple[int, int]:
    return divmod(moment - ORIGIN, 60)


def pair_week(*calls, **changes):
    """Two officers on duty from 8 to 16, ten minutes from anywhere to anywhere."""
    return small(calls, [shift(0, 0, 480, 960), shift(1, 0, 480, 960)], 2, **changes)


def test_a_team_week_has_exactly_so_many_nominals_to_call_on_and_is_the_same_again(week):
    again = team_week(FEW, 1)
    assert len({call.nominal for call in week.instance.calls}) == FEW
    assert len(week.instance.officers) == OFFICERS
    assert (week.register, week.due) == (again.register, again.due)
    assert team_week(FEW, 2).register != week.register
    assert min(SIZES) == 40


def test_an_outing_leaves_as_late_as_its_visits_allow():
    """Room from 8:00; the second door opens at 11:00. Back at 12:10 at the soonest, so the first visit starts 9:50."""
    late = replace(visit(1), spans=(hours(0, 660, 900),))
    instance = pair_week(visit(0), late)
    outing = best_outing(instance, trip(hours(0, 480, 960)), [0, 1], entries_later=False)
    assert outing is not None
    assert [clock(stop.span[0]) for stop in outing.stops] == [(9, 50), (11, 0)]
    assert (clock(outing.leave), clock(outing.back)) == ((9, 40), (12, 10))
    assert outing.travel == 30


def test_checks_go_before_and_entries_after_shared_by_two():
    """Two checks side by side take 20 minutes, two entries 30: the room needs 200 minutes."""
    calls = [replace(visit(n), check_task=2 + n, entry_task=4 + n) for n in range(2)]
    instance = pair_week(*calls)
    outing = best_outing(instance, trip(hours(0, 480, 680)), [0, 1], entries_later=False)
    assert outing is not None
    assert outing.busy() == hours(0, 480, 680)
    assert len(outing.checks) == len(outing.entries) == 2
    assert best_outing(instance, trip(hours(0, 480, 679)), [0, 1], entries_later=False) is None
    later = best_outing(instance, trip(hours(0, 480, 679)), [0, 1], entries_later=True)
    assert later is not None
    assert later.entries == ()


def test_another_order_is_tried_where_the_given_one_is_late():
    early = replace(visit(1), spans=(hours(0, 480, 570),))
    outing = best_outing(pair_week(visit(0), early), trip(hours(0, 480, 960)), [0, 1], entries_later=False)
    assert outing is not None
    assert [stop.call for stop in outing.stops] == [1, 0]


def test_a_break_on_the_road_lies_between_two_stops():
    """Out, an hour, ten minutes, an hour, back: 150 minutes, and the break of 45."""
    instance = pair_week(visit(0), visit(1))
    on_road = trip(hours(0, 480, 675), pause=(45, *hours(0, 480, 900)))
    outing = best_outing(instance, on_road, [0, 1], entries_later=False)
    assert outing is not None
    assert outing.busy() == hours(0, 480, 675)
    tight = replace(on_road, rooms=(replace(on_road.rooms[0], span=hours(0, 480, 674)),))
    assert best_outing(instance, tight, [0, 1], entries_later=False) is None


def test_the_least_call_is_dropped_and_counted():
    """Room for one of two; the second has more points."""
    instance = pair_week(visit(0), visit(1), points=(10, 20), band=(0, 0))
    assert call_weight(instance, instance.calls[1]) == 20
    made = assemble(instance, [(trip(hours(0, 480, 570)), [0, 1])], {}, frozenset())
    assert [stop.call for outing in made.timetable.outings for stop in outing.stops] == [1]
    assert made.dropped == 1


def test_a_barred_task_stays_out_and_a_spare_call_takes_the_room():
    instance = pair_week(visit(0), visit(1))
    plan = [(trip(hours(0, 480, 570)), [0])]
    made = assemble(instance, plan, {}, frozenset({0}), spare=[0, 1])
    assert [stop.call for outing in made.timetable.outings for stop in outing.stops] == [1]
    assert made.dropped == 1


def test_an_interview_without_room_for_its_write_up_is_made_a_plain_visit():
    """There is no later day."""
    interview = replace(visit(0), tasks=(1, 0), write_up=0)
    instance = pair_week(visit(0), interview, write_ups=(WriteUp(task=2, minutes=60, skills=frozenset()),))
    made = assemble(instance, [(trip(hours(0, 480, 720)), [1])], {}, frozenset())
    assert [stop.call for outing in made.timetable.outings for stop in outing.stops] == [0]
    assert made.dropped == 1


def test_desk_work_goes_where_it_was_preferred_else_to_the_lead():
    desk = tuple(DeskTask(task=t, minutes=60, first_day=0, lead=1) for t in (1, 2))
    made = assemble(pair_week(visit(0), desk=desk), [], {1: 0}, frozenset())
    assert [(work.task, work.officer) for work in made.timetable.desk] == [(1, 0), (2, 1)]


def test_our_roster_is_worth_what_our_solver_says(week, ours):
    verdict = judge(week, lambda _: Assembled(ours.timetable, 0))
    assert verdict.values == tuple(proof.value for proof in ours.proofs)
    assert verdict.violations == ()


def test_our_own_routes_lose_nothing_as_a_peers_plan(week, ours):
    """Else the terms that peers are asked in would cost them something."""
    instance = week.instance
    trips, calls = our_trips(instance, ours.timetable), ways_to_call(instance, ours.timetable)
    routes = [[calls.index(stop.call) for stop in outing.stops] for outing in ours.timetable.outings]
    plan, prefer = as_plan(trips, calls, routes), desk_shifts(instance, ours.timetable)
    verdict = judge(week, lambda banned: assemble(instance, plan, prefer, banned))
    assert (verdict.dropped, verdict.violations) == (0, ())
    assert verdict.visits == sum(len(outing.stops) for outing in ours.timetable.outings)


def test_a_roster_that_breaks_a_rule_is_found_out(week, ours):
    """Everybody goes alone; the check says so, and where it cannot be mended the violations stay in the verdict."""
    outings = tuple(replace(outing, crew=outing.crew[:1]) for outing in ours.timetable.outings)
    broken = replace(ours.timetable, outings=outings)
    assert {rule for rule, _ in violations_of(week, roster_of(week, broken))} >= {"crew_size"}
    assert judge(week, lambda _: Assembled(broken, 0)).violations


@pytest.mark.parametrize("pairing", [our_trips, list_trips])
def test_trips_are_of_two_who_are_on_duty_and_free(week, pairing):
    greedy = solve_greedily(week.instance, Settings())
    trips = pairing(week.instance, greedy.timetable)
    shifts = week.instance.shifts
    assert trips
    for made in trips:
        assert [shifts[s].officer for s in made.shifts] == list(made.crew)
        assert {shifts[s].day for s in made.shifts} == {made.day}
        start, end = made.rooms[0].span
        assert all(shifts[s].span[0] <= start < end <= shifts[s].span[1] for s in made.shifts)
    problem = week_problem(week.instance, trips, ways_to_call(week.instance, greedy.timetable))
    assert all(0 <= v.opens < v.closes <= 2 * 1440 and v.most >= 1 for v in problem.vehicles)


def test_in_list_order_nobody_is_in_two_pairs_a_day(week, ours):
    trips = list_trips(week.instance, ours.timetable)
    busy = [(made.day, officer) for made in trips for officer in made.crew]
    assert len(busy) == len(set(busy))


def test_the_whole_week_model_breaks_no_rule(week):
    plan, desk = peer_cpsat_week.solve_week(week.instance, 3.0, 1)
    verdict = judge(week, lambda banned: assemble(week.instance, plan, desk, banned))
    assert (verdict.dropped, verdict.violations) == (0, ())
