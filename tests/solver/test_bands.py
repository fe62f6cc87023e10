"""Band after band: never worse than greedy, earlier bands held, values and bounds that agree with the roster."""

from __future__ import annotations

import pytest
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.instance.model import DeskTask, Instance
from offender_mgmt.solver.bands import chosen_values, given_points, objective_value, solve_bands
from offender_mgmt.solver.columns import Objective, column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Master
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import SolveStatus, solve, solve_greedily

SETTINGS = Settings(effort=1)
PAIR = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
SHORT = (shift(0, 0, 480, 600), shift(1, 0, 480, 600))
"""Two hours: one visit of 80 minutes with travel."""


def week(seed: int) -> Instance:
    return random_instance(seed, officers=3, calls=8, days=2, desk=6, bands=3, tour_minutes=(300, 480))


@pytest.mark.parametrize("seed", range(8))
def test_never_worse_than_greedy_and_values_as_the_roster_says(seed: int) -> None:
    space = column_space(week(seed), SETTINGS)
    start = greedy(space)
    chosen, proofs, _ = solve_bands(Master(space), start, SETTINGS, lambda _: None)
    values = chosen_values(space, chosen)
    assert values >= chosen_values(space, start)
    # What a band reached when it was its turn is still there when all is done.
    assert tuple(p.value for p in proofs) == values
    most = space.instance.band_points(range(len(space.instance.points)))
    assert all(p.bound is None or v <= p.bound <= m for p, v, m in zip(proofs, values, most, strict=True))


def test_first_band_before_any_points_of_the_second() -> None:
    """Time for one visit: a point in the first band goes before a hundred in the second."""
    answer = solve(small([visit(0), visit(1)], SHORT, 2, points=(100, 1), band=(1, 0), bands=2), SETTINGS)
    assert [(p.value, p.bound) for p in answer.proofs] == [(1, 1), (0, 0)]
    assert answer.status is SolveStatus.PROVEN


def test_more_points_within_a_band() -> None:
    answer = solve(small([visit(0), visit(1)], SHORT, 2, points=(3, 5)), SETTINGS)
    assert [(p.value, p.bound) for p in answer.proofs] == [(5, 5)]


def test_nothing_due_is_proven() -> None:
    answer = solve(small([], PAIR, 2, points=(), band=(), bands=2), SETTINGS)
    assert [(p.value, p.bound) for p in answer.proofs] == [(0, 0), (0, 0)]
    assert (answer.timetable.outings, answer.timetable.desk, answer.reasons) == ((), (), ())


def test_nobody_on_duty_is_proven_to_do_nothing() -> None:
    answer = solve(small([visit(0)], [], 2), SETTINGS)
    assert [(p.value, p.bound) for p in answer.proofs] == [(0, 0)]
    assert answer.reasons == ((0, "no_crew_when_seen", 1),)


def test_given_points_count_in_value_and_bound() -> None:
    """Task 1 is done by a fixed event: ten points without a decision, ten by the visit."""
    instance = small([visit(0)], PAIR, 2, given=(1,), points=(10, 10), band=(0, 0))
    assert given_points(instance) == (10,)
    assert [(p.value, p.bound) for p in solve(instance, SETTINGS).proofs] == [(20, 20)]
    nobody = small([visit(0)], [], 2, given=(1,), points=(10, 10), band=(0, 0))
    assert [(p.value, p.bound) for p in solve(nobody, SETTINGS).proofs] == [(10, 10)]


def test_bound_is_that_of_all_routes_where_the_tables_begin_small() -> None:
    """Seven visits of which not all fit; the tables begin with five routes, or with all."""
    instance = small([visit(n) for n in range(7)], PAIR, 2)
    few, every = (solve(instance, Settings(effort=1, most_routes=most)) for most in (5, 10_000))
    assert [p.bound for p in few.proofs] == [p.bound for p in every.proofs] != [None]


def test_lead_officer_and_short_ways_at_the_same_coverage() -> None:
    """One visit, three officers: the lead goes, whoever else."""
    three = (*PAIR, shift(2, 0, 480, 960))
    for lead in range(3):
        answer = solve(small([visit(0, lead=lead)], three, 3), SETTINGS)
        assert lead in answer.timetable.outings[0].crew
    desk = (DeskTask(task=1, minutes=60, first_day=0, lead=1),)
    (work,) = solve(small([visit(0)], PAIR, 2, desk=desk), SETTINGS).timetable.desk
    assert work.officer == 1


def test_two_neighbours_are_seen_on_one_outing() -> None:
    """Places 1 and 2 are 5 minutes apart and 60 from the base: one outing travels 125, two travel 240."""
    instance = small([visit(0), visit(1)], PAIR, 2)
    instance.travel[0, 1:] = instance.travel[1:, 0] = 60
    instance.travel[1, 2] = instance.travel[2, 1] = 5
    (outing,) = solve(instance, SETTINGS).timetable.outings
    assert (outing.travel, len(outing.stops)) == (125, 2)


def test_objective_value_is_the_sum_of_its_parts() -> None:
    desk = (DeskTask(task=1, minutes=60, first_day=0, lead=0),)
    space = column_space(small([visit(0, lead=0)], PAIR, 2, desk=desk), SETTINGS)
    chosen = greedy(space)
    # 10 points at the door and 10 at the desk; lead at both 2 + 2; 20 minutes of travel.
    assert objective_value(space, chosen, Objective((1.0,), ((0, -0.5), (1, -0.1)))) == pytest.approx(20 + 2 - 2)


def test_fallback_claims_nothing() -> None:
    answer = solve_greedily(small([visit(0)], PAIR, 2), SETTINGS)
    assert answer.status is SolveStatus.FALLBACK
    assert [(p.value, p.bound) for p in answer.proofs] == [(10, None)]
