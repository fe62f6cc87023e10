"""On tiny instances the aims reach what trying everything reaches, one after the other, and no bound is beaten."""

from __future__ import annotations

import random

import pytest
from solver.aim_instances import SET_AIMS, with_aims
from solver.brute_force_aims import CLOCK_AIMS, rosters
from solver.instances import random_instance

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, solve
from offender_mgmt.vocabulary import Aim

CASES = 48
ORDERS = tuple(tuple(random.Random(seed).sample(SET_AIMS, len(SET_AIMS))) for seed in range(CASES))


def tiny(seed: int, aims: tuple[Aim, ...]) -> Instance:
    """Two or three officers, one or two short days, three nominals, one desk task."""
    instance = random_instance(
        seed,
        officers=2 + seed % 2,
        calls=3,
        days=1 + seed // 2 % 2,
        desk=1,
        bands=2,
        desk_minutes=(60, 120, 180),
        tour_minutes=(240, 300, 480),
    )
    return with_aims(instance, seed, aims)


def costs_of(answer: Answer) -> list[int]:
    return [-proof.value if proof.aim.more_is_better else proof.value for proof in answer.aims]


def bounds_of(answer: Answer) -> list[int | None]:
    turned = [(proof.bound, proof.aim.more_is_better) for proof in answer.aims]
    return [-bound if bound is not None and more else bound for bound, more in turned]


@pytest.mark.parametrize("seed", range(CASES))
def test_aims_are_reached_one_after_the_other(seed: int) -> None:
    aims = ORDERS[seed]
    instance = tiny(seed, aims)
    points, best = max((bands, [-costs[aim] for aim in aims]) for bands, costs in rosters(instance))
    answer = solve(instance, Settings())
    assert tuple(proof.value for proof in answer.proofs) == points
    assert [proof.aim for proof in answer.aims] == list(aims)
    assert costs_of(answer) == [-value for value in best]
    # As all before it are at their best, a bound is one on this very cost.
    assert all(b is not None and b <= cost for b, cost in zip(bounds_of(answer), costs_of(answer), strict=True))


@pytest.mark.parametrize("seed", range(CASES))
def test_no_roster_beats_a_bound_where_order_and_time_count(seed: int) -> None:
    """Every way to drive is tried, also those the solver does not know: none is better than what is claimed."""
    first, second = CLOCK_AIMS[seed % 3], (*CLOCK_AIMS, *SET_AIMS)[(seed // 3 + seed) % len(Aim)]
    aims = (first, second) if first is not second else (first,)
    instance = tiny(seed, aims)
    clock = tuple(aim for aim in aims if aim in CLOCK_AIMS)
    answer = solve(instance, Settings())
    points = tuple(proof.value for proof in answer.proofs)
    as_good = [costs for bands, costs in rosters(instance, clock) if bands >= points]
    for aim, cost, bound in zip(aims, costs_of(answer), bounds_of(answer), strict=True):
        best = min(costs[aim] for costs in as_good)
        assert bound is not None
        assert bound <= best <= cost
        as_good = [costs for costs in as_good if costs[aim] <= cost]


def test_cases_are_not_trivial() -> None:
    """Bounds are met in most cases, and the aims are seldom all as good as they could ever be."""
    met, open_ones = 0, 0
    for seed in range(CASES):
        answer = solve(tiny(seed, SET_AIMS), Settings())
        met += sum(proof.bound == proof.value for proof in answer.aims)
        open_ones += sum(cost > 0 for cost in costs_of(answer))
    assert met >= 3 * CASES
    assert open_ones >= CASES
