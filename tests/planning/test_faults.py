"""Every fault of a solver that can be thought of, injected for real: a checked roster all the same, and loud words."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import cache

import builders as b
import pytest
from planning.broken import AFTER_GREEDY, AT_ONCE, FAULTS, trapped

from offender_mgmt.calendars import week_after
from offender_mgmt.instance.build import build_instance
from offender_mgmt.planning import PlanResult, TeamResult, plan
from offender_mgmt.planning.outcome import Ending
from offender_mgmt.planning.teams import Limits
from offender_mgmt.register import Register
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import SolveStatus
from offender_mgmt.synth import SynthSettings, make_register

THE_RECIPE = sys.modules[plan.__module__]
PATIENCE = 6.0
"""Seconds; what is at work here gives a sign of life much sooner."""
MAY_HANG = ("hang", "halt", "memory of the engine")
"""An engine that can get no more memory may wait for ever for a thread of its own that never began."""
NO_ANSWER = "the solver's process ended without an answer"
SILENT = "the solver gave no sign of life for 6 s and was ended"
GREEDY = {
    "abort": f"{NO_ANSWER} (SIGABRT)",
    "segfault": f"{NO_ANSWER} (SIGSEGV)",
    "kill": f"{NO_ANSWER} (SIGKILL)",
    "halt": SILENT,
    "hang": SILENT,
    "memory": "the solver failed: MemoryError",
    "exception": "the solver failed: ValueError",
    "infeasible": "the integer solver said INFEASIBLE, though there is a roster",
    "unknown": "the solver gave no answer in any step of a search",
    "broken row": "the integer solver gave a roster that breaks its own rows",
    "low bound": "the integer solver claimed that less can be reached than is",
    "garbled": NO_ANSWER,
    "torn": NO_ANSWER,
}
"""Faults in which nothing but the greedy roster was told before, with the words for them."""


@cache
def register() -> Register:
    """A team whose greedy roster leaves something to find, so that the engines are really asked."""
    return make_register(SynthSettings(offenders=60, officers=5, teams=1, history_days=200, seed=1))


def planned(fault: str = "", when: int = AFTER_GREEDY) -> PlanResult:
    """The week of that team, with a trap in its instance."""
    with pytest.MonkeyPatch.context() as patch:
        if fault:

            def build(*arguments):
                instance, names = build_instance(*arguments)
                return trapped(instance, fault, when), names

            patch.setattr(THE_RECIPE, "build_instance", build)
        if fault in MAY_HANG:
            patch.setattr(THE_RECIPE, "Limits", lambda **given: Limits(**given, patience=PATIENCE))
        week = week_after(register().extract_date)
        return plan(register(), b.policy(), week, Settings(effort=4), workers=1)


@cache
def sound() -> PlanResult:
    return planned()


@cache
def greedy_values() -> list[int]:
    """Of the roster that stands when the optimiser fails at once."""
    return [band.value for band in planned("exception").bands]


def only_team(result: PlanResult) -> TeamResult:
    (team,) = result.teams
    return team


def test_without_a_fault_there_is_more_than_greedy() -> None:
    """Else the tests below would show nothing."""
    team = only_team(sound())
    assert (team.ending, team.fault, sound().labels, sound().notes) == (Ending.FINISHED, "", (), ())
    assert [band.value for band in team.bands] > greedy_values()


@pytest.mark.parametrize(("fault", "words"), GREEDY.items())
def test_a_solver_that_fails_leaves_the_last_good_roster(fault: str, words: str) -> None:
    result = planned(fault)
    team = only_team(result)
    assert result.violations == ()
    assert (team.ending, team.status, team.fault) == (Ending.FAULT, SolveStatus.FALLBACK, words)
    assert result.degraded
    assert result.notes == (f"{team.team}: fallback roster used, {words}.",)
    assert result.labels == ("after a fault: may differ if run again",)
    assert [band.value for band in result.bands] == greedy_values()
    assert {band.bound for band in result.bands} == {None}
    assert {a.task_id for a in result.roster.assignments} | {u.task_id for u in result.roster.unassigned} >= {
        t.task_id for t in result.due.tasks
    }


def test_an_engine_without_memory_may_abort_say_so_or_hang() -> None:
    team = only_team(planned("memory of the engine"))
    assert team.fault in (f"{NO_ANSWER} (SIGABRT)", f"{NO_ANSWER} (SIGSEGV)", "the solver failed: MemoryError", SILENT)
    assert team.status is SolveStatus.FALLBACK


@pytest.mark.parametrize("fault", ["two places", "no such call", "false value"])
def test_a_roster_that_is_wrong_is_not_used(fault: str) -> None:
    """It passes all the engine's own tests: only reading and checking it shows it."""
    words = {
        "two places": "the optimiser's roster broke a rule",
        "no such call": "the optimiser's roster made no sense",
        "false value": "the optimiser claimed another value than its roster has",
    }
    result = planned(fault)
    team = only_team(result)
    assert result.violations == ()
    assert (team.ending, team.fault) == (Ending.FAULT, words[fault])
    assert [band.value for band in result.bands] >= greedy_values()
    assert result.degraded


def test_a_bound_that_is_false_is_not_shown() -> None:
    result = planned("false bound")
    team = only_team(result)
    assert team.fault == "the optimiser's bound was below what its own roster reaches"
    assert {band.bound for band in result.bands} == {None}
    assert [band.value for band in result.bands] == [band.value for band in sound().bands]
    assert team.status is SolveStatus.FEASIBLE


def test_a_bound_of_an_aim_that_is_false_is_not_shown() -> None:
    result = planned("false bound of an aim")
    team = only_team(result)
    assert team.fault == "a bound of the optimiser was worse than what is reached"
    assert (team.ending, result.degraded, result.violations) == (Ending.FAULT, True, ())
    assert {aim.bound for aim in result.aims} == {None}


@pytest.mark.parametrize("fault", ["abort", "exception"])
def test_a_solver_that_fails_before_it_told_anything_and_again(fault: str) -> None:
    """Not even a draft can be had: nothing is planned, all is left out, and it is said."""
    result = planned(fault, AT_ONCE)
    team = only_team(result)
    assert (team.nothing_planned, team.ending) == (True, Ending.FAULT)
    assert result.notes == (f"{team.team}: no roster, all its work is left out, {GREEDY[fault]}.",)
    assert result.violations == ()
    given = {a.task_id for a in result.roster.assignments}
    assert all(a.task_id.startswith("EVENT-") or a.done_with for a in result.roster.assignments)
    assert {t.task_id for t in result.due.tasks} - given == {u.task_id for u in result.roster.unassigned}


def test_the_problem_of_a_false_answer_is_kept_without_any_reference() -> None:
    team = only_team(planned("infeasible"))
    assert team.problem.startswith("* Generated by")
    assert "RSO-" not in team.problem
    assert only_team(planned("kill")).problem == ""


@pytest.mark.skipif("OFFENDER_MGMT_SOAK" not in os.environ, reason="minutes: run.py soak")
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_twenty_times_each(fault: str) -> None:
    """A fault at twenty different moments, later ones deep in the search."""
    for when in range(1, 21):
        result = planned(fault, when)
        assert result.violations == ()
        team = only_team(result)
        if team.fault:
            assert result.degraded
            assert result.notes
        else:
            assert replace(team) == only_team(sound())
