"""Which of the rosters told stands, and what is said of those passed over."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, repeat

import builders as b
import pytest
from rich_register import rich_register

from offender_mgmt.calendars import week_after
from offender_mgmt.checks import Violation, check_roster
from offender_mgmt.due import due_list
from offender_mgmt.instance import build_instance
from offender_mgmt.planning.accept import BROKE_A_RULE, OUT_OF_ORDER, WRONG_CLAIM, Judge
from offender_mgmt.planning.outcome import Ending, Outcome
from offender_mgmt.solver.bands import BandProof
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve
from offender_mgmt.solver.timetable import Timetable
from offender_mgmt.travel import Travel

ORDER, CREW = "priority_order", "crew_size"


@pytest.mark.parametrize(
    ("rules", "ending", "fault"),
    [
        ((), Ending.STOPPED, ""),
        ((ORDER,), Ending.STOPPED, ""),
        ((ORDER,), Ending.TIME, ""),
        ((ORDER,), Ending.FINISHED, OUT_OF_ORDER),
        ((ORDER, CREW), Ending.STOPPED, BROKE_A_RULE),
        ((CREW,), Ending.STOPPED, BROKE_A_RULE),
    ],
)
def test_a_later_band_served_first_is_a_fault_only_of_a_finished_search(
    monkeypatch: pytest.MonkeyPatch, rules: tuple[str, ...], ending: Ending, fault: str
) -> None:
    """The best roster told breaks some rules, the one before it none: that one stands, whatever is said."""
    register, policy = rich_register(), b.policy()
    due = due_list(register, policy, week_after(register.extract_date))
    instance, names = build_instance(register, policy, due, register.teams[0], Travel(register, policy))
    answer = solve(instance, Settings(effort=1))
    found = chain([tuple(Violation(rule, (), "Said here.") for rule in rules)], repeat(()))
    checked = []

    def check(*given, **more):
        checked.append(given[3])
        return (*check_roster(*given, **more), *next(found))

    monkeypatch.setattr("offender_mgmt.planning.accept.check_roster", check)
    judge = Judge(register, policy, due, instance, names)
    accepted = judge.best(Outcome(team=names.team, ending=ending, answers=(answer, answer)))
    assert accepted.fault == fault
    assert len(checked) == (2 if rules else 1)
    assert not accepted.is_nothing


def test_another_courses_roster_stands_where_all_of_the_best_are_wrong() -> None:
    """Ten answers of one course claim what they do not have; the other course told one that is sound."""
    register, policy = rich_register(), b.policy()
    due = due_list(register, policy, week_after(register.extract_date))
    instance, names = build_instance(register, policy, due, register.teams[0], Travel(register, policy))
    sound = solve(instance, Settings(effort=1))
    false = replace(sound, proofs=tuple(replace(proof, value=proof.value + 1) for proof in sound.proofs))
    poor = replace(false, timetable=Timetable((), ()))
    answers = (poor, poor, poor, *[false] * 10)
    judge = Judge(register, policy, due, instance, names)
    for last_told, stands in (((false, sound), True), ((), False)):
        told = Outcome(team=names.team, ending=Ending.STOPPED, answers=answers, last_told=last_told)
        accepted = judge.best(told)
        assert (accepted.fault, accepted.is_nothing) == (WRONG_CLAIM, not stands)


def test_bounds_after_a_band_that_gives_something_up_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put in order does less in one band: the bounds of those after it were proven with more."""
    register, policy = rich_register(), b.policy()
    due = due_list(register, policy, week_after(register.extract_date))
    instance, names = build_instance(register, policy, due, register.teams[0], Travel(register, policy))
    found = solve(instance, Settings(effort=1))
    told = replace(found, proofs=tuple(BandProof(proof.value, proof.value + 700) for proof in found.proofs))
    falls = next(number for number, proof in enumerate(told.proofs) if proof.value)
    assert falls < len(told.proofs) - 1

    def less(published):
        roster = published.week.roster
        loses = next(a.task_id for a in roster.assignments if a.band == due.bands[falls] and due.task(a.task_id).points)
        return replace(roster, assignments=tuple(a for a in roster.assignments if a.task_id != loses))

    said = chain([(Violation(ORDER, (), "Said here."),)], repeat(()))
    monkeypatch.setattr("offender_mgmt.planning.accept.check_roster", lambda *_, **__: next(said))
    monkeypatch.setattr("offender_mgmt.planning.accept.put_in_order", less)
    monkeypatch.setattr("offender_mgmt.planning.accept.filled", lambda published: published.week.roster)
    judge = Judge(register, policy, due, instance, names)
    accepted = judge.best(Outcome(team=names.team, ending=Ending.STOPPED, answers=(told,)))
    assert accepted.bands[falls].value < told.proofs[falls].value
    assert [band.bound is None for band in accepted.bands] == [number > falls for number in range(len(accepted.bands))]
    assert {aim.bound for aim in accepted.aims} <= {None}
