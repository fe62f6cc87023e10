"""The labels' search against every route there is, at random prices, cuts among them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from solver.tour_instances import LENGTH, drive, every_set, tours_week

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.class_clock import NOMINAL, ClassClock, class_clock
from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.long_routes import routes_in_order
from offender_mgmt.solver.long_search import LongSearch, Sought, detours_take_time, most_that_fit, timed
from offender_mgmt.solver.priced_search import WindowPrices
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.windows import windows

ROOM, EFFORT = 50_000, 10**9


def clock_of(instance: Instance) -> ClassClock:
    return class_clock(instance, windows(instance)[0].route_class, instance.visits_per_day)


def some_prices(clock: ClassClock, seed: int) -> WindowPrices:
    """Prices at random; cuts over three nominals each, some of them odd from the start."""
    rng = random.Random(seed)
    calls = len(clock.ids)
    net = np.array([rng.choice((-3.0, rng.uniform(0, 20))) for _ in range(calls)])
    count = rng.randrange(4)
    member = np.zeros((count, calls), dtype=bool)
    for cut in range(count):
        nominals = rng.sample(sorted(set(clock.visit[:, NOMINAL].tolist())), min(3, calls - 1))
        member[cut] = np.isin(clock.visit[:, NOMINAL], nominals)
    of_call = np.full((calls, max(1, count)), -1, dtype=np.int64)
    for call in range(calls):
        numbers = np.nonzero(member[:, call])[0]
        of_call[call, : len(numbers)] = numbers
    return WindowPrices(
        net=net,
        calls=np.arange(calls),
        fixed=rng.choice((0.0, 15.0)),
        per_minute=rng.choice((0.0, 0.05)),
        by_block=np.zeros(LENGTH + 1),
        at_least=np.zeros(LENGTH + 1),
        cuts=of_call,
        member=member,
        cut_price=np.array([rng.uniform(0, 12) for _ in range(count)]),
        touched=np.array([rng.randrange(2) for _ in range(count)], dtype=np.int64),
    )


def worth(instance: Instance, clock: ClassClock, prices: WindowPrices, order: tuple[int, ...]) -> float:
    """What a route is worth when nobody pays for waiting; ``order`` by the clock's numbers."""
    places = [0, *(instance.calls[clock.ids[c]].place for c in order), 0]
    travel = sum(int(instance.travel[a, b]) for a, b in pairwise(places))
    paid = prices.fixed + prices.per_minute * travel
    for cut, price in enumerate(prices.cut_price):
        paid += price * ((prices.touched[cut] + prices.member[cut, list(order)].sum()) // 2 - prices.touched[cut] // 2)
    return float(prices.net[list(order)].sum() - paid)


def best_worth(instance: Instance, clock: ClassClock, prices: WindowPrices) -> float:
    """The most that any route is worth."""
    number = {int(call): place for place, call in enumerate(clock.ids)}
    return max(
        worth(instance, clock, prices, tuple(number[c] for c in order))
        for made in every_set(instance)
        for order in permutations(made)
        if drive(instance, order)
    )


def found(instance: Instance, seed: int, *, quick: bool, room: int = ROOM) -> tuple[Sought, WindowPrices, ClassClock]:
    clock = clock_of(instance)
    prices = some_prices(clock, seed)
    search = LongSearch(clock, instance.visits_per_day, room, EFFORT)
    return search.improving(prices, -1e6, 20, quick=quick), prices, clock


@hypothesis_settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 100_000), most=st.integers(2, 9))
def test_the_best_route_is_found_and_none_is_better(seed: int, most: int) -> None:
    instance = tours_week(seed, calls=6, most=most)
    if not every_set(instance):
        return
    sought, prices, clock = found(instance, seed, quick=False)
    best = best_worth(instance, clock, prices)
    assert sought.most >= best - 1e-9
    assert max(sought.worth) == pytest.approx(best)
    for order, value in zip(sought.orders, sought.worth, strict=True):
        assert drive(instance, tuple(int(clock.ids[c]) for c in order))
        assert len(order) <= most
        assert value == pytest.approx(worth(instance, clock, prices, tuple(order.tolist())))


@pytest.mark.parametrize("seed", range(10))
def test_what_is_found_quickly_can_be_driven_and_is_worth_what_is_said(seed: int) -> None:
    instance = tours_week(seed, calls=6)
    sought, prices, clock = found(instance, seed, quick=True)
    assert sought.most == np.inf
    for order, value in zip(sought.orders, sought.worth, strict=True):
        assert drive(instance, tuple(int(clock.ids[c]) for c in order))
        assert value == pytest.approx(worth(instance, clock, prices, tuple(order.tolist())))
    assert max(sought.worth) <= best_worth(instance, clock, prices) + 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_near_or_not_remembered_gives_the_same_best(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that remember nobody near at first come to the same best route by asking again."""
    instance = tours_week(seed, calls=8)
    sought, prices, clock = found(instance, seed, quick=False)
    best = max(sought.worth)
    monkeypatch.setattr("offender_mgmt.solver.long_search.NEAR", 0)
    search = LongSearch(clock, instance.visits_per_day, ROOM, EFFORT)
    worths = [-1e6]
    while (sought := search.improving(prices, worths[-1] + 1e-9, 20, quick=False)).orders:
        worths.append(max(sought.worth))
    assert worths[-1] == pytest.approx(best)
    assert sought.most <= worths[-1] + 1e-6


def test_a_route_that_is_behind_may_still_call_on_whom_the_other_has_called_on() -> None:
    """Places: base, x, y, z; only y before z and x after it makes all three.

    x is at the door at 5, z then at 40 for 10 + 5; by y, z is reached at 46 for 1 + 5. Behind in both, and yet x can
    follow for 10 more, which it cannot the second time.
    """
    week = tours_week(1, calls=3, twice=False)
    travel = np.array([[0, 5, 5, 40], [5, 0, 60, 10], [5, 60, 0, 40], [40, 10, 40, 0]], dtype=np.int64)
    spans = {0: (0, 200), 1: (0, 11), 2: (40, 61)}
    calls = tuple(
        replace(call, nominal=n, place=n + 1, minutes=1, spans=(spans[n],), excluded=frozenset())
        for n, call in enumerate(week.calls)
    )
    week = replace(week, calls=calls, travel=travel)
    clock = clock_of(week)
    prices = some_prices(clock, 0)._replace(
        net=np.array([10.0, 1.0, 5.0]),
        fixed=0.0,
        per_minute=0.0,
        cuts=np.full((3, 1), -1, dtype=np.int64),
        member=np.zeros((0, 3), dtype=bool),
        cut_price=np.zeros(0),
        touched=np.zeros(0, dtype=np.int64),
    )
    sought = LongSearch(clock, 9, ROOM, EFFORT).improving(prices, 0.0, 20, quick=False)
    assert (sought.orders[0].tolist(), sought.worth[0], sought.most) == ([1, 2, 0], 16.0, 16.0)


def test_without_room_nothing_is_claimed() -> None:
    sought, _, _ = found(tours_week(1, calls=8), 1, quick=False, room=3)
    assert (sought.orders, sought.most) == ([], np.inf)


@pytest.mark.parametrize("seed", range(8))
def test_minutes_of_a_route_are_those_of_the_tables(seed: int) -> None:
    """Every order of up to five stops, timed by itself and by the search that fills the tables."""
    instance = tours_week(seed, calls=5, most=5, twice=False)
    space = column_space(instance, Settings())
    (route_class,) = space.routes
    table = space.routes[route_class]
    orders = [np.array([c for c in row if c >= 0], dtype=np.int64) for row in table.calls]
    again = routes_in_order(space, route_class, orders)
    assert again.block.tolist() == table.block.tolist()
    assert again.travel.tolist() == table.travel.tolist()


def test_an_order_that_cannot_be_driven_is_refused() -> None:
    instance = tours_week(2, calls=6)
    clock, numbers = clock_of(instance), range(6)
    bad = next(o for o in permutations(numbers, 3) if not drive(instance, tuple(int(clock.ids[c]) for c in o)))
    assert timed(clock, np.array(bad, dtype=np.int64))[0] == -1
    space = column_space(instance, Settings())
    with pytest.raises(ValueError, match="cannot be driven"):
        routes_in_order(space, next(iter(space.routes)), [clock.ids[list(bad)]])


@pytest.mark.parametrize("seed", range(12))
def test_no_more_stops_fit_than_is_said(seed: int) -> None:
    instance = tours_week(seed)
    assert max(map(len, every_set(instance))) <= most_that_fit(clock_of(instance))


def test_a_way_round_that_saves_time_is_seen() -> None:
    """Straight from the first call to the second takes 50 minutes, by the third 2 and its visit."""
    clock = clock_of(tours_week(1, calls=4, twice=False))
    assert detours_take_time(clock)
    hop = clock.hop.copy()
    hop[0, 1] = hop[0, 2] + hop[2, 1] + 100
    assert not detours_take_time(clock._replace(hop=hop))


SAME = """
from solver.test_long_search import found, tours_week
for seed in range(3):
    sought, _, _ = found(tours_week(seed, calls=7), seed, quick=False)
    print([(order.tolist(), round(worth, 9)) for order, worth in zip(sought.orders, sought.worth)], sought.most)
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve
answer = solve(tours_week(5, calls=9), Settings(effort=1, looks=600))
print([[stop.call for stop in outing.stops] for outing in answer.timetable.outings], answer.proofs)
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
