"""A bound taken before column generation has come to its end is above the end's value, and close to it."""

from __future__ import annotations

import pytest
from solver.aim_instances import with_aims
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.solver import aim_bounds
from offender_mgmt.solver.aim_bounds import bounded
from offender_mgmt.solver.columns import ColumnSpace, Objective, column_space
from offender_mgmt.solver.generate import generate
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Master
from offender_mgmt.solver.settings import Settings

SETTINGS = Settings(effort=1, columns_a_round=8)


def week(seed: int) -> ColumnSpace:
    made = random_instance(seed, officers=4, calls=10, days=2, desk=3, bands=2, tour_minutes=(300, 480))
    return column_space(with_aims(made, seed), SETTINGS)


def objectives(space: ColumnSpace) -> list[Objective]:
    points = Objective((3.0, 1.0))
    scores = tuple((a.terms[0].widest, -1.0) for a in space.aims if len(a.terms) == 1)
    mixed = Objective((10.0, 5.0), scores)
    return [points, mixed]


@pytest.mark.parametrize("rounds", [1, 3, 40])
@pytest.mark.parametrize("seed", range(4))
def test_valid_after_any_number_of_rounds(seed: int, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aim_bounds, "MOST_ROUNDS", rounds)
    monkeypatch.setattr(aim_bounds, "CLOSE", 0.0)
    space = week(seed)
    for objective in objectives(space):
        end, exact = generate(Master(space), objective, SETTINGS)
        assert exact
        found = bounded(Master(space), objective, SETTINGS)
        assert found.value is not None
        assert found.value >= end.value - 1e-6
        if found.exact:
            assert found.value == pytest.approx(end.value)


@pytest.mark.parametrize("seed", range(4))
def test_close_enough_ends_it(seed: int) -> None:
    space = week(seed)
    for objective in objectives(space):
        end, _ = generate(Master(space), objective, SETTINGS)
        found = bounded(Master(space), objective, SETTINGS)
        assert found.exact or found.value is not None
        assert found.value is not None
        assert end.value - 1e-6 <= found.value <= 1.02 * end.value + 1.0


def test_the_highest_load_is_bounded_by_what_all_must_carry() -> None:
    """Two visits of weight 4 for two officers who must both go: 8 in 480 minutes each, 1,000 in 1,000 hours."""
    duty = {"load_before": (0, 0), "duty": (480, 480), "aims": tuple(a.aim for a in week(0).aims if len(a.terms) > 1)}
    tours = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
    space = column_space(small([visit(n, weight=4) for n in range(2)], tours, 2, **duty), SETTINGS)
    master = Master(space)
    master.floors = [20.0]
    found = bounded(master, Objective((0.0,), highest=(0, 1500.0)), SETTINGS, greedy(space).columns)
    assert found.value == pytest.approx(-1000.0)


def test_nothing_is_claimed_where_routes_are_missing() -> None:
    space = column_space(
        small([visit(n) for n in range(6)], [shift(0, 0, 480, 960), shift(1, 0, 480, 960)], 2), Settings(most_routes=5)
    )
    assert not space.complete
    assert bounded(Master(space), Objective((1.0,)), SETTINGS).value is None
