"""Rosters on the way to the best one: each could be used as it is, none is worse than the one before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from solver.instances import random_instance, shift, small, visit
from solver.timetable_laws import assert_lawful

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.grow import Grown, grow
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, SolveStatus, draft, solve, solve_greedily

SETTINGS = Settings(effort=4)
SOME = (shift(0, 0, 480, 720), shift(1, 0, 480, 720))


def on_the_way(instance: Instance) -> tuple[list[Answer], Answer]:
    told: list[Answer] = []
    final = solve(instance, SETTINGS, on_better=told.append)
    return told, final


def values(answer: Answer) -> tuple[int, ...]:
    return tuple(proof.value for proof in answer.proofs)


@pytest.mark.parametrize("seed", range(6))
def test_each_is_lawful_and_none_is_worse(seed: int) -> None:
    instance = random_instance(seed, officers=4, calls=9, days=2, desk=4)
    told, final = on_the_way(instance)
    assert told[0] == draft(instance, SETTINGS)
    assert told[1] == solve_greedily(instance, SETTINGS)
    assert {a.status for a in told[2:]} == {SolveStatus.FEASIBLE}
    assert all(values(one) <= values(two) for one, two in pairwise([*told[1:], final]))
    assert values(told[-1]) == values(final)
    for answer in told:
        assert_lawful(instance, answer.timetable)


def test_a_large_week_has_a_better_roster_before_its_tables_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Answer] = []
    told_by_then: list[int] = []

    def watched(*given: Any, **named: Any) -> Grown:
        told_by_then.append(len(told))
        return grow(*given, **named)

    monkeypatch.setattr("offender_mgmt.solver.generate.grow", watched)
    instance = random_instance(6, officers=4, calls=12, days=2, desk=4)
    solve(instance, Settings(effort=12, most_routes=50, near_routes=60), on_better=told.append)
    draft_greedy_better = 3
    assert told_by_then[0] >= draft_greedy_better
    assert values(told[1]) < values(told[2])


def test_bounds_come_one_by_one() -> None:
    """Band after band has its turn; what is known of one is not lost."""
    told, final = on_the_way(random_instance(3, officers=4, calls=9, days=2, desk=4))
    known = [sum(proof.bound is not None for proof in a.proofs) for a in told]
    assert known == sorted(known)
    assert known[0] == 0
    assert [p.bound for p in told[-1].proofs] == [p.bound for p in final.proofs]


def test_listening_changes_nothing() -> None:
    instance = random_instance(5, officers=4, calls=9, days=2, desk=4)
    assert on_the_way(instance)[1] == solve(instance, SETTINGS)


def test_a_draft_claims_nothing() -> None:
    answer = draft(small([visit(0)], SOME, 2), SETTINGS)
    assert answer.status is SolveStatus.FALLBACK
    assert {proof.bound for proof in answer.proofs} == {None}
    assert [len(outing.stops) for outing in answer.timetable.outings] == [1]
