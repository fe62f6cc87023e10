"""No officer has more of some calls than a limit allows: by hand, and by brute force on tiny weeks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from solver.brute_force import best_values
from solver.instances import hours, random_instance, shift, small, visit

from offender_mgmt.instance.model import Exposure, Instance
from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, solve
from offender_mgmt.solver.timetable import timetable

pytestmark = pytest.mark.many_cases

SETTINGS = Settings(effort=4)
PAIR = (shift(0, 0, 480, 960), shift(1, 0, 480, 960), shift(0, 1, 480, 960), shift(1, 1, 480, 960))
BOTH_DAYS = (hours(0, 480, 1260), hours(1, 480, 1260))


def three(**limit: int | None) -> Instance:
    """Three visits over two days, of which the first two count."""
    exposure = Exposure(calls=frozenset({0, 1}), **{"most_a_day": None, "most_a_week": None, **limit})
    return small([visit(n, spans=BOTH_DAYS) for n in range(3)], PAIR, 2, exposure=(exposure,))


@pytest.mark.parametrize(
    ("limit", "points"),
    [({}, 30), ({"most_a_week": 2}, 30), ({"most_a_week": 1}, 20), ({"most_a_day": 1}, 30)],
)
def test_just_allowed_and_just_forbidden(limit: dict[str, int], points: int) -> None:
    answer = solve(three(**limit), SETTINGS)
    assert [(p.value, p.bound) for p in answer.proofs] == [(points, points)]


def test_a_day_holds_no_more_than_its_limit() -> None:
    """Two that count may not be on one day: they are on different days."""
    answer = solve(three(most_a_day=1), SETTINGS)
    days = [o.shifts for o in answer.timetable.outings for stop in o.stops if stop.call in (0, 1)]
    assert len(days) == len(set(days)) == 2


def test_greedy_keeps_the_limits() -> None:
    for limit, made in (({"most_a_week": 1}, 2), ({"most_a_day": 1}, 3)):
        space = column_space(three(**limit), SETTINGS)
        stops = [stop.call for o in timetable(space, greedy(space)).outings for stop in o.stops]
        assert len(stops) == made


def tiny(seed: int) -> Instance:
    made = random_instance(
        seed, officers=2 + seed % 2, calls=4, days=1 + seed % 2, desk=1, bands=2, tour_minutes=(300, 480)
    )
    counted = frozenset(c for c in range(len(made.calls)) if (c + seed) % 4)
    limit = Exposure(calls=counted, most_a_day=(None, 1, 2)[seed % 3], most_a_week=(1, 2, None)[seed // 3 % 3])
    return replace(made, exposure=(limit,))


def exposed(instance: Instance, answer: Answer) -> dict[tuple[int, int], int]:
    """Calls that count by officer and day; day -1 for the week."""
    counts: dict[tuple[int, int], int] = {}
    for outing in answer.timetable.outings:
        number = sum(stop.call in instance.exposure[0].calls for stop in outing.stops)
        for officer, s in zip(outing.crew, outing.shifts, strict=True):
            for day in (instance.shifts[s].day, -1):
                counts[officer, day] = counts.get((officer, day), 0) + number
    return counts


@pytest.mark.parametrize("seed", range(24))
def test_as_good_as_brute_force_and_within_the_limits(seed: int) -> None:
    instance = tiny(seed)
    answer = solve(instance, SETTINGS)
    best = best_values(instance)
    assert tuple(p.value for p in answer.proofs) == best
    assert tuple(p.bound for p in answer.proofs) == best
    limit = instance.exposure[0]
    for (_, day), count in exposed(instance, answer).items():
        most = limit.most_a_week if day < 0 else limit.most_a_day
        assert most is None or count <= most


def test_a_limit_never_raises_what_can_be_done() -> None:
    lower = 0
    for seed in range(24):
        limited = tiny(seed)
        free = solve(replace(limited, exposure=()), SETTINGS)
        bound = solve(limited, SETTINGS)
        pairs = list(zip([p.bound for p in bound.proofs], [p.bound for p in free.proofs], strict=True))
        assert pairs[0][0] is not None
        assert pairs[0][1] is not None
        assert pairs[0][0] <= pairs[0][1]
        lower += [b for b, _ in pairs] < [f for _, f in pairs]
    assert lower >= 5
