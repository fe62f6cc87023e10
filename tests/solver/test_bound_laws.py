"""Laws of the bound over weeks that differ in one thing: help never lowers it, one more rule never raises it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from solver.instances import random_instance

from offender_mgmt.instance.model import Call, Exposure, Instance, Shift
from offender_mgmt.solver.columns import Objective, column_space
from offender_mgmt.solver.generate import generate
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Master
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, solve

pytestmark = pytest.mark.many_cases

SEEDS = range(5)
SOAK = bool(os.environ.get("OFFENDER_MGMT_SOAK"))
SOLVED = range(5 if SOAK else 1)
"""Weeks that are also solved: that takes longer."""
ALL_ROUTES = Settings(effort=4 if SOAK else 1)
GROWING = replace(ALL_ROUTES, most_routes=20, near_routes=20)
"""Tables that begin with next to nothing, so that the prices have to find the routes."""
Change = Callable[[Instance], Instance]


def scarce_week(seed: int) -> Instance:
    """Four officers, three days, a dozen nominals and more desk work than fits beside them."""
    return random_instance(seed, officers=4, calls=12, days=3, desk=12, bands=2, desk_minutes=(60, 120, 240))


def _calls(instance: Instance, change: Callable[[Call], Call]) -> Instance:
    calls = tuple(map(change, instance.calls))
    return replace(instance, calls=calls)


def an_officer_less(instance: Instance) -> Instance:
    """The last officer has no tour any more."""
    last = len(instance.officers) - 1
    return replace(instance, shifts=tuple(shift for shift in instance.shifts if shift.officer != last))


def a_shift_less(instance: Instance) -> Instance:
    """The first tour is gone."""
    return replace(instance, shifts=instance.shifts[1:])


def a_conflict_more(instance: Instance) -> Instance:
    """The first officer may not call on every second nominal."""
    return _calls(instance, lambda call: replace(call, excluded=call.excluded | {0}) if call.nominal % 2 == 0 else call)


def narrower_hours(instance: Instance) -> Instance:
    """Nobody may be visited in the first hour or the last one of what was allowed."""
    return _calls(instance, lambda call: replace(call, spans=tuple((s + 60, e - 60) for s, e in call.spans)))


def a_constable_each_time(instance: Instance) -> Instance:
    """Every visit asks for a constable, and only the last officer is one."""
    *others, last = instance.officers
    staff = *(replace(officer, has_powers=False) for officer in others), replace(last, has_powers=True)
    return _calls(replace(instance, officers=staff), lambda call: replace(call, constable_required=True))


def fewer_visits_a_day(instance: Instance) -> Instance:
    """Two visits a day instead of four."""
    return replace(instance, visits_per_day=2)


def an_exposure_limit(instance: Instance) -> Instance:
    """One call a day, and one a week, for each officer."""
    limit = Exposure(calls=frozenset(range(len(instance.calls))), most_a_day=1, most_a_week=1)
    return replace(instance, exposure=(limit,))


def officers_apart(instance: Instance) -> Instance:
    """The first two officers may not go out together."""
    first, second, *others = instance.officers
    apart = replace(first, not_paired_with=frozenset({1})), replace(second, not_paired_with=frozenset({0}))
    return replace(instance, officers=(*apart, *others))


def longer_events(instance: Instance) -> Instance:
    """An hour less to work in each tour: shorter free minutes, the sessions as they are."""

    def shorter(shift: Shift) -> Shift:
        return replace(shift, free_minutes=shift.free_minutes - 60)

    return replace(instance, shifts=tuple(map(shorter, instance.shifts)))


HARDER: tuple[Change, ...] = (
    an_officer_less,
    a_shift_less,
    a_conflict_more,
    narrower_hours,
    a_constable_each_time,
    fewer_visits_a_day,
    an_exposure_limit,
    officers_apart,
    longer_events,
)


@cache
def easy_relaxation(seed: int) -> float:
    """Of the week as it is, with all routes there are."""
    return relaxation(scarce_week(seed), ALL_ROUTES)


@cache
def easy_answer(seed: int, settings: Settings) -> Answer:
    """The best roster of the week as it is."""
    return solve(scarce_week(seed), settings)


def relaxation(instance: Instance, settings: Settings) -> float:
    """Value of the relaxation for the first band before any cut."""
    space = column_space(instance, settings)
    master = Master(space)
    master.add(greedy(space).columns)
    relaxed, exact = generate(master, Objective((1.0, 0.0)), settings)
    assert exact
    return relaxed.value


@pytest.mark.parametrize("harder", HARDER, ids=lambda change: change.__name__)
def test_a_rule_more_never_raises_the_relaxation(harder: Change) -> None:
    lowered = 0
    for seed in SEEDS:
        week = scarce_week(seed)
        easy, hard = easy_relaxation(seed), relaxation(harder(week), ALL_ROUTES)
        assert hard <= easy + 1e-6
        lowered += hard < easy - 1e-6
    assert lowered, "the change never made a difference: it says nothing"


@pytest.mark.parametrize("seed", SEEDS)
def test_routes_found_by_price_give_the_bound_that_all_routes_give(seed: int) -> None:
    week = scarce_week(seed)
    assert relaxation(week, GROWING) == pytest.approx(easy_relaxation(seed), abs=1e-6)


@pytest.mark.parametrize("harder", HARDER, ids=lambda change: change.__name__)
def test_no_roster_under_one_rule_more_beats_the_bound_without_it(harder: Change) -> None:
    """With all cuts, and whatever was proven: what can be done under the harder rules can be done under the easier."""
    for seed in SOLVED:
        hard = solve(harder(scarce_week(seed)), ALL_ROUTES)
        assert _not_beaten(easy_answer(seed, ALL_ROUTES), hard)
        assert _not_beaten(easy_answer(seed, GROWING), hard)


def _not_beaten(easy: Answer, hard: Answer) -> bool:
    """Band after band, as far as the harder roster does as much in the bands before."""
    for bounded, reached in zip(easy.proofs, hard.proofs, strict=True):
        if bounded.bound is None or reached.value > bounded.bound:
            return False
        if reached.value != bounded.value:
            break  # the bound of the next band holds for rosters that do as much in this one
    return True
