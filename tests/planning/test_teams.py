"""Teams in real child processes: one that dies or fails leaves its team the greedy roster, and it is said."""

from __future__ import annotations

import pytest
from planning.broken import trapped
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.teams import solve_teams
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, SolveStatus, solve, solve_greedily

SETTINGS = Settings(effort=1)
PAIR = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
SOUND = small([visit(0)], PAIR, 2)


def answers(teams: dict[str, Instance], workers: int) -> dict[str, tuple[Answer, str]]:
    return {team: (answer, fault) for team, answer, fault in solve_teams(teams, SETTINGS, workers)}


@pytest.mark.parametrize("fault", ["kill", "abort"])
def test_child_that_dies_leaves_the_greedy_roster(fault: str) -> None:
    """A broken pool may take other teams' children with it: each team has a roster, solved or greedy."""
    week = random_instance(2, officers=3, calls=4, days=1, desk=2)
    found = answers({"broken": trapped(week, fault), "sound": SOUND}, 2)
    assert found["broken"] == (solve_greedily(week, SETTINGS), "the solver's process ended without an answer")
    assert found["sound"][0].timetable == solve(SOUND, SETTINGS).timetable


@pytest.mark.parametrize("workers", [1, 2])
def test_any_exception_leaves_the_greedy_roster_and_its_type_is_said(workers: int) -> None:
    week = random_instance(2, officers=3, calls=4, days=1, desk=2)
    found = answers({"broken": trapped(week, "shape"), "sound": SOUND}, workers)
    assert found["broken"] == (solve_greedily(week, SETTINGS), "the solver failed: ValueError")
    assert found["sound"] == (solve(SOUND, SETTINGS), "")


def test_several_workers_give_what_one_gives() -> None:
    teams = {name: random_instance(seed, officers=3, calls=5, days=2, desk=3) for seed, name in enumerate("abc")}
    one, two = answers(teams, 1), answers(teams, 2)
    assert one == two
    assert {fault for _, fault in two.values()} == {""}
    assert SolveStatus.FALLBACK not in {answer.status for answer, _ in two.values()}


def test_no_teams() -> None:
    assert answers({}, 2) == {}
