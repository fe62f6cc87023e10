"""Master, pricing and column generation: prices by hand, laws of the bound, and faults that are said."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from solver.aim_instances import with_aims
from solver.brute_force import best_values
from solver.instances import person, random_instance, shift, small, visit

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver import bands, believe
from offender_mgmt.solver.believe import SolverFaultError
from offender_mgmt.solver.columns import Objective, column_space
from offender_mgmt.solver.generate import generate
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Chosen, Master, Relaxed, Search
from offender_mgmt.solver.pricing import Priced, improving, within
from offender_mgmt.solver.settings import Settings

SETTINGS = Settings(effort=1)
NOTHING = Chosen((), (), (), 0.0, 0.0)
PAIR = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
ALL = 10**6


def week(seed: int) -> Instance:
    made = random_instance(seed, officers=3, calls=5, days=2, desk=3, bands=2, tour_minutes=(240, 300, 480))
    return with_aims(made, seed)


def first_band(instance: Instance) -> Objective:
    return Objective((1.0, *(0.0,) * (instance.bands - 1)))


def bound(instance: Instance) -> float:
    """The relaxation's value of the first band."""
    relaxed, exact = generate(Master(column_space(instance, SETTINGS)), first_band(instance), SETTINGS)
    assert exact
    return relaxed.value


def test_reduced_cost_by_hand() -> None:
    """One visit of 10 points in a morning session, prices given: all that it uses is paid for.

    Block 80 minutes: 10 - nominal 1 - sessions (0.5 + 0.25) - visits (0.125 + 0.125) - minutes 80 x (0.01 + 0.02)
    - band 10 x 0.1 = 10 - 1 - 0.75 - 0.25 - 2.4 - 1 = 4.6; travel 20 at weight 0.05 takes 1; the lead brings 2 x 0.5.
    """
    space = column_space(small([visit(0, lead=0)], PAIR, 2), SETTINGS)
    master = Master(space)
    rows, prices = master.rows, np.zeros(len(master.rows.lower))
    for row, price in (
        (rows.nominal[0], 1.0),
        (rows.session[0, 0], 0.5),
        (rows.session[1, 0], 0.25),
        (rows.visits[0], 0.125),
        (rows.visits[1], 0.125),
        (rows.minutes[0], 0.01),
        (rows.minutes[1], 0.02),
        (rows.band[0], 0.1),
    ):
        prices[row] = price
    objective = Objective((1.0,), ((0, -0.5), (1, -0.05)))
    priced, everything = within(master, objective, Relaxed(0.0, prices), 100.0, ALL)
    assert everything
    by_column = dict(zip(priced.columns, priced.reduced, strict=True))
    morning = next(w for w, x in enumerate(space.windows) if x.sessions == ((0,), (0,)))
    assert by_column[morning, 0] == pytest.approx(4.6 - 1 + 1)


@pytest.mark.parametrize("seed", range(4))
def test_table_prices_every_column_as_the_rows_do(seed: int) -> None:
    """Worth less prices times coefficients, for whatever prices, with entries on later days and write-ups."""
    master = Master(column_space(week(seed), SETTINGS))
    prices = np.random.default_rng(seed).uniform(0, 1, len(master.rows.lower))
    objective = Objective((3.0, 1.0), tuple((n, -0.3 - 0.1 * n) for n in range(len(master.space.scores))))
    priced, everything = within(master, objective, Relaxed(0.0, prices), 1e6, ALL)
    assert everything
    assert len(priced.columns) >= 10
    assert list(priced.reduced) == sorted(priced.reduced, reverse=True)
    for column, reduced in zip(priced.columns, priced.reduced, strict=True):
        paid = sum(prices[row] * value for row, value in master.rows.of_column(column))
        assert reduced == pytest.approx(master.space.worth(column, objective) - paid)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_improves_when_generation_ends(seed: int) -> None:
    master = Master(column_space(week(seed), SETTINGS))
    objective = first_band(master.space.instance)
    assert improving(master, objective, master.relax(objective), 50).columns
    relaxed, exact = generate(master, objective, SETTINGS)
    assert exact
    assert improving(master, objective, relaxed, 50).columns == []
    # The optimum over the pool is the optimum over all columns.
    everything, _ = within(master, objective, relaxed, 1e6, ALL)
    master.add(everything.columns)
    assert master.relax(objective).value == pytest.approx(relaxed.value)


def test_within_says_when_it_is_not_all() -> None:
    master = Master(column_space(week(1), SETTINGS))
    objective = first_band(master.space.instance)
    relaxed, _ = generate(master, objective, SETTINGS)
    few, everything = within(master, objective, relaxed, 1e6, 5)
    assert (len(few.columns), everything) == (5, False)


def test_tables_that_begin_small_grow_until_nothing_is_left_out() -> None:
    """Of six visits in all orders five routes are there at first; the value is that of all routes, and proven."""
    instance = small([visit(n) for n in range(6)], PAIR, 2)
    few, every = (column_space(instance, Settings(most_routes=most)) for most in (5, 10_000))
    assert (few.complete, every.complete) == (False, True)
    grown, whole = (generate(Master(space), Objective((1.0,)), SETTINGS) for space in (few, every))
    assert grown[1]
    assert whole[1]
    assert grown[0].value == pytest.approx(whole[0].value)


def grown_and_whole(seed: int, loose: float) -> tuple[float, float]:
    """The value with tables that begin with next to nothing and may be so loose, and with those of every route."""
    instance = random_instance(seed, officers=4, calls=8, days=2, desk=3, bands=2, tour_minutes=(300, 480))
    few, every = (column_space(instance, Settings(most_routes=n, near_routes=n)) for n in (1, 100_000))
    assert (few.complete, every.complete) == (False, True)
    grown = generate(Master(few), Objective((1.0, 0.1)), SETTINGS, loose=loose)
    whole = generate(Master(every), Objective((1.0, 0.1)), SETTINGS)
    assert (grown[1], whole[1]) == (True, True)
    return grown[0].value, whole[0].value


@pytest.mark.parametrize("seed", range(6))
def test_tables_that_grow_prove_the_same_as_those_with_every_route(seed: int) -> None:
    grown, whole = grown_and_whole(seed, 0.0)
    assert grown == pytest.approx(whole)


def test_what_is_in_already_does_not_end_the_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large weights make rounding large: columns in the relaxation seem to help still; the tables grow all the same."""
    honest = improving

    def rounded(master: Master, objective: Objective, relaxed: Relaxed, most: int) -> Priced:
        found = honest(master, objective, relaxed, most)
        known = [master.pool[number] for number in master._in_relaxation]
        return found if found.columns else Priced(known[:1], np.full(1, 1e-5))

    monkeypatch.setattr(sys.modules[generate.__module__], "improving", rounded)
    for seed in range(4):
        grown, whole = grown_and_whole(seed, 0.0)
        assert grown == pytest.approx(whole)


def test_a_looser_bound_is_never_below_and_not_looser_than_was_allowed() -> None:
    looser = 0
    for seed, loose in product(range(6), (0.5, 5.0, 50.0)):
        grown, whole = grown_and_whole(seed, loose)
        assert whole - 1e-6 <= grown <= whole + loose + 1e-6
        looser += grown > whole + 1e-6
    assert looser >= 3  # else nothing was tried


def test_tables_that_grow_a_few_times_only_prove_nothing() -> None:
    space = column_space(small([visit(n) for n in range(6)], PAIR, 2), Settings(most_routes=5))
    once = replace(SETTINGS, grow_rounds=0)
    assert not generate(Master(space), Objective((1.0,)), once, exact=False)[1]


@pytest.mark.parametrize("seed", range(6))
def test_relaxation_is_not_below_the_best_roster(seed: int) -> None:
    instance = random_instance(seed, officers=2, calls=3, days=1, desk=2, bands=2, tour_minutes=(240, 300))
    assert bound(instance) >= best_values(instance)[0] - 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_one_officer_more_never_lowers_the_bound(seed: int) -> None:
    instance = week(seed)
    more = replace(
        instance,
        officers=(*instance.officers, person(skills=frozenset({0, 1}))),
        shifts=(*instance.shifts, shift(3, 0, 480, 960), shift(3, 1, 480, 960)),
    )
    assert bound(more) >= bound(instance) - 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_one_call_less_never_raises_the_bound(seed: int) -> None:
    instance = week(seed)
    before = bound(instance)
    for gone in range(len(instance.calls)):
        fewer = replace(instance, calls=instance.calls[:gone] + instance.calls[gone + 1 :])
        assert bound(fewer) <= before + 1e-6


def test_laws_are_tried_where_not_everything_fits() -> None:
    totals = [week(seed).band_points(range(len(week(seed).points)))[0] for seed in range(6)]
    assert sum(bound(week(seed)) < total - 0.5 for seed, total in enumerate(totals)) >= 3


def search(master: Master, start: Chosen, nodes: int) -> Search:
    return Search(first_band(master.space.instance), start.columns, start, nodes)


def test_integer_choice_over_a_pool() -> None:
    space = column_space(small([visit(0), visit(1)], PAIR, 2), SETTINGS)
    start = greedy(space)
    found = Master(space).choose(search(Master(space), start, 10), 1)
    assert found is not None
    assert (found.columns, found.value, found.bound) == (start.columns, 20.0, 20.0)


def test_pool_holds_each_column_once() -> None:
    master = Master(column_space(small([visit(0)], PAIR, 2), SETTINGS))
    assert master.add([(0, 0), (0, 0), (1, 0)]) == 2
    assert master.add([(1, 0)]) == 0
    assert master.numbers([(1, 0), (0, 0)]) == [0, 1]


def test_answer_that_cannot_be_is_a_fault() -> None:
    """A floor above all points cannot be held: the integer solver and the relaxation say so, loudly."""
    space = column_space(small([visit(0)], PAIR, 2), SETTINGS)
    master, start = Master(space), greedy(space)
    master.floors[0] = 11.0
    with pytest.raises(SolverFaultError, match="INFEASIBLE"):
        master.choose(search(master, start, 10), 1)
    with pytest.raises(SolverFaultError, match="relaxation"):
        master.relax(Objective((1.0,)))
    master.floors[0] = 10.0
    assert master.choose(search(master, start, 10), 1) is not None


@pytest.mark.parametrize("in_vain", [0, 1, 2, 3])
def test_where_the_engine_loses_its_way_it_is_asked_in_another(monkeypatch: pytest.MonkeyPatch, in_vain: int) -> None:
    """The third way is the last one; what it says counts, a fault as well."""
    master = Master(column_space(week(1), SETTINGS))
    objective, asked, honest = first_band(master.space.instance), Counter[str](), believe.relaxed
    value = master.relax(objective).value

    def relaxed(*arguments: Any) -> Any:
        asked["ways"] += 1
        if asked["ways"] <= in_vain:
            raise SolverFaultError("lost")
        return honest(*arguments)

    monkeypatch.setattr(believe, "relaxed", relaxed)
    if in_vain == 3:
        with pytest.raises(SolverFaultError, match="lost"):
            master.relax(objective)
    else:
        assert master.relax(objective).value == pytest.approx(value)
    assert asked["ways"] == min(3, in_vain + 1)


def test_no_effort_gives_no_answer_and_keeps_the_incumbent() -> None:
    """A floor three points below the bound, no node to search: no answer, which is no fault."""
    instance = random_instance(4, officers=5, calls=12, days=2, desk=12, bands=1, desk_minutes=(45, 70, 95, 130))
    master = Master(column_space(instance, SETTINGS))
    relaxed, _ = generate(master, first_band(instance), SETTINGS)
    master.floors[0] = int(relaxed.value) - 3
    hopeless = Search(first_band(instance), tuple(sorted(master.generated)), NOTHING, 0, cuts=False)
    assert master.choose(hopeless, 1) is None
    incumbent = bands._Incumbent(NOTHING, (0,))
    assert bands._improve(master, incumbent, hopeless, SETTINGS) is None
    assert (incumbent.chosen, incumbent.values) == (NOTHING, (0,))
