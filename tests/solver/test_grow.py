"""Routes found by price against all routes there are: what is worth more than asked for is found, and nothing else."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from solver.instances import random_instance
from solver.test_cuts import some_cuts, week

from offender_mgmt.solver.columns import ColumnSpace, Objective, column_space
from offender_mgmt.solver.grow import grow
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.settings import Settings

ALL = Settings()
FEW = Settings(most_routes=1, near_routes=1)
PLENTY = 10_000
WORTH = Objective((1.0, 0.3))
Worths = dict[tuple[int, frozenset[int]], float]


def some_prices(master: Master, seed: int) -> Relaxed:
    """Prices at random, none of them negative, many of them nothing."""
    rng = random.Random(seed)
    prices = [rng.choice((0.0, 0.0, rng.uniform(0, 3))) for _ in master.rows.lower]
    for row in master.rows.minutes.values():
        prices[row] = rng.choice((0.0, rng.uniform(0, 0.2)))
    for row, score in zip(master.rows.score, master.space.scores, strict=True):
        if score.by_route is not None:
            prices[row] = 0.0
    return Relaxed(100.0, np.array(prices))


def masters(seed: int) -> tuple[Master, Master]:
    """The same week with all its routes and with next to none, under the same cuts."""
    both = Master(column_space(week(seed), ALL)), Master(column_space(week(seed), FEW))
    assert [master.space.complete for master in both] == [True, False]
    for master in both:
        master.add_cuts(some_cuts(master, seed))
    return both


def worth_of_all(master: Master, prices: Relaxed) -> Worths:
    """Reduced cost of every column that the crew may drive, by window and set of calls."""
    space = master.space
    columns = [
        (w, route)
        for w, window in enumerate(space.windows)
        for route in range(len(space.routes[window.route_class]))
        if space.may_call[w, list(space.calls_of((w, route)))].all()
    ]
    which = master.numbers(columns)
    reduced = master.worth(WORTH, which) - master.matrix(which) @ prices.prices
    return {made(space, master.pool[i]): float(worth) for i, worth in zip(which, reduced, strict=False)}


def made(space: ColumnSpace, column: tuple[int, int]) -> tuple[int, frozenset[int]]:
    return column[0], frozenset(space.calls_of(column))


@pytest.mark.parametrize("above", [-2.0, 0.0, 5.0])
@pytest.mark.parametrize("seed", range(8))
def test_all_that_is_worth_more_is_found(seed: int, above: float) -> None:
    whole, small = masters(seed)
    prices = some_prices(whole, seed)
    wanted = {key: worth for key, worth in worth_of_all(whole, prices).items() if worth > above + 1e-9}
    grown = grow(small, WORTH, prices, above, PLENTY)
    assert grown.all_there
    found: Worths = {}
    for column, reduced in zip(grown.columns, grown.reduced, strict=True):
        key = made(small.space, column)
        found[key] = max(reduced, found.get(key, reduced))
    assert {key: pytest.approx(wanted[key]) for key in found} == found
    if above < 0:
        assert found.keys() == wanted.keys()
    else:  # a call that gains nothing may be passed over: the route without it is worth as much or more
        assert max(found.values(), default=above) == pytest.approx(max(wanted.values(), default=above))


def test_prices_are_not_trivial() -> None:
    counts = []
    for seed in range(8):
        whole, _ = masters(seed)
        worths = worth_of_all(whole, some_prices(whole, seed))
        counts.append(sum(worth > 0 for worth in worths.values()) / len(worths))
    assert min(counts) < 0.3
    assert max(counts) > 0.01


def test_a_search_that_is_cut_short_says_so() -> None:
    whole, small = masters(1)
    prices = some_prices(whole, 1)
    assert len(worth_of_all(whole, prices)) > 10
    assert not grow(small, WORTH, prices, -1e6, 1).all_there


SAME = """
from solver.test_grow import masters, some_prices, grow, made, WORTH, PLENTY
whole, small = masters(2)
grown = grow(small, WORTH, some_prices(whole, 2), -2.0, PLENTY)
print(sorted((made(small.space, c)[0], sorted(made(small.space, c)[1]), round(r, 9))
             for c, r in zip(grown.columns, grown.reduced)))
"""


def test_compiled_code_says_what_the_same_lines_say_when_they_are_not_compiled() -> None:
    tests = Path(__file__).parents[1]
    said = []
    for off in ("0", "1"):
        environment = {**os.environ, "NUMBA_DISABLE_JIT": off, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"}
        done = subprocess.run(  # our own words only
            [sys.executable, "-c", SAME], env=environment, capture_output=True, text=True, check=True
        )
        said.append(done.stdout)
    assert said[0] == said[1]
    assert said[0].count("(") > 10


def test_prices_for_order_and_time_are_left_to_those_who_know_them() -> None:
    """The aim of little travel has a score by route: with a price on it nothing is found, and nothing claimed."""
    whole, small = masters(1)
    prices = some_prices(whole, 1)
    number = next(n for n, score in enumerate(small.space.scores) if score.by_route is not None)
    prices.prices[small.rows.score[number]] = 1.0
    grown = grow(small, WORTH, prices, -1e6, PLENTY)
    assert (grown.columns, grown.all_there) == ([], False)


def test_random_weeks_have_more_routes_than_the_small_tables() -> None:
    whole, small = masters(0)
    routes = [sum(len(r) for r in master.space.routes.values()) for master in (whole, small)]
    assert routes[0] > 2 * routes[1]
    assert random_instance(0).calls
