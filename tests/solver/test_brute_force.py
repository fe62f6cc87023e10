"""On tiny instances the solver reaches what trying everything reaches, band by band, and proves it."""

from __future__ import annotations

import pytest
from solver.brute_force import best_values
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.instance.model import DeskTask, Instance
from offender_mgmt.solver.bands import chosen_values, solve_bands
from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Master
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve

pytestmark = pytest.mark.many_cases

CASES = 200


def tiny(seed: int) -> Instance:
    """Two or three officers, one or two short days, three or four nominals, scarce time."""
    return random_instance(
        seed,
        officers=2 + seed % 2,
        calls=3 + seed % 4 // 3,
        days=1 + seed // 2 % 2,
        desk=2,
        bands=3,
        desk_minutes=(60, 120, 180),
        tour_minutes=(240, 300, 480),
    )


@pytest.mark.parametrize("seed", range(CASES))
def test_solver_reaches_and_proves_the_best(seed: int) -> None:
    instance = tiny(seed)
    best = best_values(instance)
    answer = solve(instance, Settings())
    assert tuple(proof.value for proof in answer.proofs) == best
    assert tuple(proof.bound for proof in answer.proofs) == best


def test_cases_are_not_trivial() -> None:
    """In a good part of the cases not all that is due fits, and the greedy roster is not always the best."""
    scarce, greedy_worse = 0, 0
    for seed in range(0, CASES, 2):
        space = column_space(tiny(seed), Settings())
        start = greedy(space)
        chosen, _, _ = solve_bands(Master(space), start, Settings(), lambda _: None)
        values = chosen_values(space, chosen)
        scarce += values != space.instance.band_points(range(len(space.instance.points)))
        greedy_worse += chosen_values(space, start) < values
    assert scarce >= 25
    assert greedy_worse >= 5


def test_entries_on_a_later_day_may_make_room() -> None:
    """Two tours of 150 minutes hold a visit of 80, its entry of 30 and three desk tasks of 60 only in one way:

    visit and desk task on the first day (140), entry and two desk tasks on the second (150).
    """
    desk = tuple(DeskTask(task=2 + k, minutes=60, first_day=0) for k in range(3))
    tours = [shift(0, 0, 480, 630), shift(0, 1, 480, 630)]
    instance = small([visit(0, crew_size=1, entry_task=1)], tours, 1, desk=desk, points=(10, 0, 10, 10, 10))
    assert best_values(instance) == (40,)
    answer = solve(instance, Settings())
    assert [(p.value, p.bound) for p in answer.proofs] == [(40, 40)]
