"""Tours with any number of stops: against every plan there is, the same by seed, and never claimed where not priced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from solver.instances import random_instance
from solver.tour_instances import LENGTH, drive, every_set, least_travel, most_points, tours_week, travel_of

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver import aims
from offender_mgmt.solver.columns import Column, column_space
from offender_mgmt.solver.long_routes import routes_in_order
from offender_mgmt.solver.master import Chosen, Master
from offender_mgmt.solver.scores import shortest
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, SolveStatus, solve, solve_greedily
from offender_mgmt.vocabulary import Aim

QUICK = Settings(effort=1, looks=60_000)
PATIENT = Settings(effort=3, looks=600_000)
"""Finds the least travel of so few visits in all but one week of a thousand; with what is quick in all but two."""


def tours_of(answer: Answer) -> dict[int, tuple[int, ...]]:
    return {outing.crew[0]: tuple(stop.call for stop in outing.stops) for outing in answer.timetable.outings}


def points_of(instance: Instance, answer: Answer) -> int:
    """Points of an answer, after every rule was looked at."""
    tours = tours_of(answer)
    made = [call for tour in tours.values() for call in tour]
    nominals = [instance.calls[call].nominal for call in made]
    assert len(set(nominals)) == len(nominals)
    for officer, tour in tours.items():
        assert drive(instance, tour)
        assert len(tour) <= instance.visits_per_day
        assert not any(officer in instance.calls[call].excluded for call in tour)
    for limit in instance.limits:
        assert sum(limit.loads[call] for call in made) <= limit.most
    return sum(instance.points[instance.calls[call].tasks[0]] for call in made)


@hypothesis_settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), tours=st.integers(1, 2), most=st.integers(6, 9), limits=st.integers(0, 2))
def test_the_most_that_any_plan_has_is_reached_and_proven(seed: int, tours: int, most: int, limits: int) -> None:
    instance = tours_week(seed, tours=tours, most=most, limits=limits)
    if not column_space(instance, QUICK).long:
        return  # a few visits so long that five stops are all that fits: the tables hold every route
    answer = solve(instance, QUICK)
    best = most_points(instance)
    assert answer.proofs[0].bound is not None
    assert points_of(instance, answer) == answer.proofs[0].value <= best <= answer.proofs[0].bound
    assert answer.proofs[0].value == best


@hypothesis_settings(max_examples=20, deadline=None, derandomize=True)  # a search, no proof: always the same weeks
@given(seed=st.integers(0, 10_000), tours=st.integers(1, 2), most=st.integers(6, 9), limits=st.integers(0, 1))
@example(seed=2531, tours=2, most=6, limits=0)  # the order with the least travel waits longer than another one
def test_with_the_most_points_the_least_travel_is_found(seed: int, tours: int, most: int, limits: int) -> None:
    instance = replace(tours_week(seed, calls=6, tours=tours, most=most, limits=limits), aims=(Aim.TRAVEL,))
    if not column_space(instance, QUICK).long:
        return
    answer = solve(instance, PATIENT)
    (proof,) = answer.aims
    assert points_of(instance, answer) == most_points(instance)
    assert sum(travel_of(instance, tour) for tour in tours_of(answer).values()) == proof.value
    assert proof.value == least_travel(instance)
    assert proof.bound is None or proof.bound <= proof.value


def test_shorter_tours_do_not_cost_what_is_held() -> None:
    """Continuity comes first: whoever should go goes, though another one would drive less."""
    week = tours_week(9, calls=14, tours=2, most=14)
    calls = tuple(replace(call, lead=number % 2) for number, call in enumerate(week.calls))
    led = replace(week, calls=calls, lead_points=2, deputy_points=1)
    alone = solve(replace(led, aims=(Aim.CONTINUITY,)), QUICK)
    both = solve(replace(led, aims=(Aim.CONTINUITY, Aim.TRAVEL)), QUICK)
    travel = solve(replace(led, aims=(Aim.TRAVEL,)), QUICK)
    assert points_of(led, alone) == points_of(led, both) == points_of(led, travel)
    assert both.aims[0].value >= alone.aims[0].value
    assert travel.aims[0].value <= both.aims[1].value


def test_shorter_tours_hold_every_band(monkeypatch: pytest.MonkeyPatch) -> None:
    """A point more in the first band makes up for none in the second: that one is held, too."""
    week = tours_week(4, calls=8, tours=1, most=8)
    points = (10, 20, 10, 10, *week.points[4:])
    split = replace(week, bands=2, band=tuple(n % 2 for n in range(8)), points=points, aims=(Aim.TRAVEL,))
    space, asked = column_space(split, QUICK), []
    assert space.long

    class Strands:
        def __init__(self, *_arguments: object, is_allowed: Callable[[Chosen], bool], **_more: object) -> None:
            asked.append(is_allowed)

        def improve(self, _effort: int) -> None:
            pass

    monkeypatch.setattr(aims, "ManyStrands", Strands)
    alone = {space.calls_of((w, r)): (w, r) for w in range(len(space.windows)) for r in range(8)}
    begin, same, more, traded = ([alone[n,] for n in calls] for calls in ((0, 3), (2, 3), (0, 2, 3), (0, 2)))
    search = aims._AimSearch(Master(space), chosen(begin), QUICK, lambda _: None, is_again=False)
    search._shorter_tours(0)
    (is_allowed,) = asked
    assert [is_allowed(chosen(columns)) for columns in (begin, same, more, traded)] == [True, True, True, False]


def chosen(columns: list[Column]) -> Chosen:
    """A choice for which only its bands are asked; one tour could not make it."""
    return Chosen(tuple(columns), (), (), 0.0, 0.0)


@pytest.mark.parametrize("seed", range(5))
def test_the_widest_form_of_travel_of_many_stops_is_below_every_order(seed: int) -> None:
    """Seven stops are too many to try every order of each route; where all is as far from all, legs are counted."""
    week = tours_week(seed, calls=7, tours=1, most=9, twice=False)
    open_all_day = tuple(replace(c, nominal=n, minutes=1, spans=((0, LENGTH),)) for n, c in enumerate(week.calls))
    order = tuple(range(7))
    for travel in (week.travel // 6 + 1, week.travel * 0 + 10):
        instance = replace(week, calls=open_all_day, travel=travel, aims=(Aim.TRAVEL,))
        least = min(travel_of(instance, o) for o in permutations(order))
        space = column_space(instance, QUICK)
        assert space.long
        (route_class,) = space.routes
        route = routes_in_order(space, route_class, [np.array(order)])
        (widest,) = shortest(instance)(route_class, route)
        assert least / 2 <= widest <= least
        assert widest == least or np.ptp(travel)


def test_most_weeks_of_these_tests_have_long_tours() -> None:
    weeks = [tours_week(seed) for seed in range(20)]
    assert sum(column_space(week, QUICK).long for week in weeks) > 10
    assert max(len(made) for week in weeks for made in every_set(week)) > 5


def test_one_seed_gives_one_answer() -> None:
    instance = tours_week(3, calls=25, tours=2, most=25)
    first, again = (tours_of(solve(instance, QUICK)) for _ in range(2))
    assert first == again
    assert max(map(len, first.values())) > 5


def test_the_first_tours_are_no_better_than_the_last_and_claim_nothing() -> None:
    instance = tours_week(5, calls=30, tours=2, most=30)
    first, last = solve_greedily(instance, QUICK), solve(instance, QUICK)
    assert first.status == SolveStatus.FALLBACK
    assert first.proofs[0].bound is None
    assert 0 < points_of(instance, first) <= points_of(instance, last)


def test_more_officers_or_stops_never_lower_what_is_proven() -> None:
    def proven(tours: int, most: int) -> int:
        week = replace(tours_week(8, calls=14, tours=1, most=most), visits_per_day=most)
        people = tuple(week.officers[0] for _ in range(tours))
        shifts = tuple(replace(week.shifts[0], officer=officer) for officer in range(tours))
        bound = solve(replace(week, officers=people, shifts=shifts), QUICK).proofs[0].bound
        assert bound is not None
        return bound

    assert proven(1, 6) <= proven(1, 14) <= proven(2, 14) <= proven(3, 14)


def test_no_bound_is_claimed_where_there_was_no_room_for_the_labels() -> None:
    instance = tours_week(11, calls=20, tours=1, most=20)
    assert solve(instance, QUICK).proofs[0].bound is not None
    answer = solve(instance, replace(QUICK, labels=5))
    assert answer.proofs[0].bound is None
    assert points_of(instance, answer) > 0


def test_nothing_is_claimed_where_longer_outings_than_the_tables_hold_may_fit() -> None:
    """Short visits next door, eight of them a day allowed: outings of six would fit, with a check before each."""
    week = random_instance(1, officers=2, calls=14, days=1, desk=0, bands=1, on_duty=1.0)
    near = week.travel * 0 + 1
    calls = tuple(replace(call, minutes=10) for call in week.calls)
    wide = replace(week, visits_per_day=8, travel=near, calls=calls, aims=())
    space = column_space(wide, QUICK)
    assert (space.long, space.cut_off, space.complete) == (False, True, False)
    (proof,) = solve(wide, QUICK).proofs
    assert proof.bound is None or proof.value == wide.band_points(range(len(wide.points)))[0]  # all that is due
    narrow = column_space(replace(wide, visits_per_day=5), QUICK)
    assert (narrow.long, narrow.cut_off, narrow.complete) == (False, False, True)


@pytest.mark.parametrize("bands", [1, 2])
def test_bands_come_one_after_the_other(bands: int) -> None:
    """With two bands the first has what it has alone."""
    week = tours_week(4, calls=12, tours=1, most=12)
    split = replace(week, bands=bands, band=tuple(n % bands for n in range(12)))
    alone = replace(week, calls=tuple(c for n, c in enumerate(week.calls) if n % bands == 0))
    assert solve(split, QUICK).proofs[0].value == solve(alone, QUICK).proofs[0].value


@pytest.mark.parametrize("most", [4, 9])
def test_a_limit_over_all_tours_holds_for_the_first_ones_and_for_short_ones_too(most: int) -> None:
    """With four stops the tables hold every route, with nine none of the long ones."""
    week = tours_week(6, calls=12, tours=2, most=most, limits=2)
    assert column_space(week, QUICK).long == (most > 5)
    free, held = (points_of(w, solve(w, QUICK)) for w in (replace(week, limits=()), week))
    assert points_of(week, solve_greedily(week, QUICK)) <= held < free
