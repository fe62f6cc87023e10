"""The common problem: what is driveable, what is dropped; and every engine on a problem whose best answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks import ours, peer_cpsat, peer_pyvrp, peer_routing, peer_vroom
from benchmarks.insertion import insertion
from benchmarks.routing_problem import Job, RoutingProblem, Vehicle, alternatives, is_driveable
from benchmarks.routing_repair import repaired

PATIENCE = 600.0
"""Seconds after which our solver is ended; it needs a few."""


def job(place: int, prize: int, *windows: tuple[int, int], day_two: tuple[tuple[int, int], ...] = ()) -> Job:
    return Job(place=place, minutes=10, prize=1000 * prize, priority=prize, windows=(windows, day_two))


def vehicle(**changes) -> Vehicle:
    values = {"day": 0, "base": 0, "opens": 0, "closes": 100, "longest": 100, "most": 3, "able": frozenset({0, 1, 2})}
    return Vehicle(**{**values, **changes})


def problem(*vehicles: Vehicle) -> RoutingProblem:
    """Places in a row, ten minutes apart, the base at one end."""
    line = np.array([[10 * abs(a - b) for b in range(4)] for a in range(4)], dtype=np.int64)
    jobs = (job(1, 5, (0, 90)), job(2, 8, (0, 20), (50, 60)), job(3, 3, (0, 90), day_two=((0, 90),)))
    return RoutingProblem(travel=line, cost=line, jobs=jobs, vehicles=vehicles or (vehicle(),))


@pytest.mark.parametrize(
    ("changes", "route", "fits"),
    [
        ({}, [0, 1, 2], False),  # place 1 at 10; place 2 at 30, waits until 50; place 3 at 70; home at 110: late
        ({}, [1, 2, 0], True),  # place 2 at 20, 3 at 40, 1 at 70, home at 90
        ({"closes": 89}, [1, 2, 0], False),
        ({"closes": 90}, [1, 2, 0], True),
        ({"longest": 89}, [1, 2, 0], False),
        ({"most": 2}, [1, 2, 0], False),
        ({"able": frozenset({0, 1})}, [2], False),
        ({"day": 1}, [0], False),
        ({"day": 1}, [2], True),
        ({"opens": 30, "longest": 50}, [1], True),  # the first window is over: starts at 50, back at 80
        ({"opens": 41}, [1], False),  # would be there at 61
        ({"longest": 49}, [1], False),  # out 20, there 10, back 20
    ],
)
def test_what_is_driveable(changes, route, fits):
    one = vehicle(**changes)
    assert is_driveable(problem(one), one, route) is fits


def test_the_later_leaving_counts_for_the_longest_tour():
    """Open from 21: leaving at once means a wait from 41 to 50; leaving at 30 is back at 80 all the same."""
    one = vehicle(opens=21, longest=50)
    assert is_driveable(problem(one), one, [1])
    assert not is_driveable(problem(one), replace(one, longest=49), [1])


def test_what_cannot_be_kept_is_dropped_the_least_prize_first():
    assert repaired(problem(), [[0, 1, 2]]) == ([[0, 1]], 1)
    assert repaired(problem(), [[1, 2, 0]]) == ([[1, 2, 0]], 0)
    assert repaired(problem(vehicle(), vehicle()), [[1], [1, 0]]) == ([[1], [0]], 1)


def test_what_nobody_is_able_to_do_is_dropped_before_what_is_worth_least():
    assert repaired(problem(vehicle(able=frozenset({0, 2}))), [[1, 2, 0]]) == ([[2, 0]], 1)


def test_windows_that_agree_on_several_days_are_one_alternative():
    both = alternatives(problem(vehicle(), vehicle(day=1)))
    assert [(a.job, a.window, sorted(a.days)) for a in both] == [
        (0, (0, 90), [0]),
        (1, (0, 20), [0]),
        (1, (50, 60), [0]),
        (2, (0, 90), [0, 1]),
    ]


def test_insertion_breaks_no_rule():
    routes = insertion(problem())
    assert repaired(problem(), routes) == (routes, 0)
    assert 1 in routes[0]


@pytest.mark.parametrize(
    ("solve", "package"),
    [
        (peer_pyvrp.solve, "pyvrp"),
        (peer_vroom.solve, "vroom"),
        (peer_routing.solve, "ortools"),
        (peer_cpsat.solve, "ortools"),
        (ours.solve_public, "ortools"),
    ],
)
def test_every_engine_finds_all_three_jobs(solve, package):
    """Only place 2 first, then 3, then 1 on the way home (or 3 last) is in time."""
    pytest.importorskip(package, reason=f"{package} is not installed: python3 run.py bench installs the peers")
    routes = solve(problem(), PATIENCE if solve is ours.solve_public else 1.0, 1)
    kept, dropped = repaired(problem(), routes)
    assert (sorted(kept[0]), dropped) == ([0, 1, 2], 0)


@pytest.mark.parametrize(
    ("solve", "package"), [(peer_pyvrp.solve, "pyvrp"), (peer_vroom.solve, "vroom"), (peer_routing.solve, "ortools")]
)
def test_days_and_abilities_are_kept_by_the_peers(solve, package):
    """On the second day there is only job 2; the first vehicle may do jobs 0 and 1 only."""
    pytest.importorskip(package, reason=f"{package} is not installed: python3 run.py bench installs the peers")
    two = problem(vehicle(able=frozenset({0, 1})), vehicle(day=1))
    kept, dropped = repaired(two, solve(two, 1.0, 1))
    assert ([sorted(route) for route in kept], dropped) == ([[0, 1], [2]], 0)


@pytest.mark.parametrize(
    ("solve", "package"), [(peer_pyvrp.solve, "pyvrp"), (peer_vroom.solve, "vroom"), (peer_routing.solve, "ortools")]
)
def test_a_break_that_the_shortened_tour_cannot_hold_stops_nobody(solve, package):
    """The tour may last 50, and the break begins at 60 at the soonest: place 1 and back is 30 minutes."""
    pytest.importorskip(package, reason=f"{package} is not installed: python3 run.py bench installs the peers")
    short = problem(vehicle(longest=50, pause=(10, 60, 90)))
    kept, _ = repaired(short, solve(short, 1.0, 1))
    assert kept[0]
