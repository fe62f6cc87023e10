"""What is left out although it has a place is put in, and nothing else changes for that."""

from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest
from places.random_weeks import RandomWeek, random_week
from rich_register import rich_register

from offender_mgmt.calendars import week_after
from offender_mgmt.due import due_list
from offender_mgmt.due.task import Task
from offender_mgmt.instance import build_instance
from offender_mgmt.instance.build import Names
from offender_mgmt.instance.model import Instance
from offender_mgmt.places.find import free_places
from offender_mgmt.places.published import Published
from offender_mgmt.places.suggest import offered, violations_of
from offender_mgmt.planning.accept import NO_PLACES, Judge
from offender_mgmt.planning.filled import filled
from offender_mgmt.planning.outcome import Ending, Outcome
from offender_mgmt.roster.roster import Roster
from offender_mgmt.solver.bands import BandProof
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import SolveStatus, solve
from offender_mgmt.travel import Travel

pytestmark = pytest.mark.many_cases

SEEDS = range(40, 48)


def with_roster(published: Published, roster: Roster) -> Published:
    return replace(published, week=replace(published.week, roster=roster))


def fits(published: Published, task: Task) -> bool:
    """Whether the task has a place that the check accepts; of more than enough places not all are tried."""
    known = frozenset(violations_of(published.week, published.week.roster))
    spots = [spot for spot in free_places(published, task) if not spot.gives_way]
    return any(offered(published, spot, known) is not None for spot in spots[:5])


def open_tasks(week: RandomWeek, roster: Roster) -> list[Task]:
    """What is left out, but for what is put off by a decision."""
    tasks = replace(week, roster=roster).open_tasks()
    return [task for task in tasks if not task.is_deferred_over(week.due.horizon)]


@pytest.mark.parametrize("seed", SEEDS)
def test_afterwards_nothing_that_is_left_out_has_a_place(seed: int) -> None:
    week, _ = random_week(seed, tries=10)
    published = week.published()
    roster = filled(published)
    known = set(violations_of(published.week, week.roster))
    assert set(violations_of(published.week, roster)) <= known
    after = with_roster(published, roster)
    done = {row.task_id for row in roster.assignments}
    stay_out = [task for task in open_tasks(week, roster) if not set(task.satisfied_by) & done]
    assert not [task.task_id for task in stay_out if fits(after, task)]


@pytest.mark.parametrize("seed", SEEDS)
def test_all_other_work_keeps_its_day_and_its_officers(seed: int) -> None:
    week, _ = random_week(seed, tries=10)
    before = {row.task_id: (row.day, frozenset(row.crew)) for row in week.roster.assignments}
    roster = filled(week.published())
    after = {row.task_id: (row.day, frozenset(row.crew)) for row in roster.assignments}
    assert before.items() <= after.items()
    assert len(after) > len(before)  # so few of the tasks were put in that there is room for more


def test_a_roster_with_nothing_to_put_in_is_the_same_one() -> None:
    week, _ = random_week(41, tries=10)
    full = filled(week.published())
    assert filled(with_roster(week.published(), full)) is full


def test_nothing_is_put_in_before_the_moment_from_which_the_week_is_planned() -> None:
    week, _ = random_week(42, tries=10)
    over = max(duty.tour.end for own in week.published().plan.duties.values() for duty in own)
    assert filled(week.published(over)) is week.roster


def judged() -> tuple[Judge, Instance, Names]:
    register, policy = rich_register(), b.policy()
    due = due_list(register, policy, week_after(register.extract_date))
    instance, names = build_instance(register, policy, due, register.teams[0], Travel(register, policy))
    return Judge(register, policy, due, instance, names), instance, names


def test_a_fault_while_places_are_looked_for_costs_nothing_of_the_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    judge, instance, names = judged()
    outcome = Outcome(team=names.team, ending=Ending.FINISHED, answers=(solve(instance, Settings(effort=2)),))
    sound = judge.best(outcome)
    monkeypatch.setattr("offender_mgmt.planning.accept.filled", lambda _: 1 // 0)
    accepted = judge.best(outcome)
    assert (accepted.part, accepted.bands) == (sound.part, sound.bands)
    assert (sound.fault, accepted.fault) == ("", NO_PLACES)
    assert accepted.status is SolveStatus.FEASIBLE


@pytest.mark.parametrize(
    ("missed", "bound_is_beaten"),
    [(0, False), (1, False), (1, True)],
)
def test_a_bound_that_is_beaten_by_what_was_put_in_is_none(missed: int, bound_is_beaten: bool) -> None:
    """The optimiser leaves out the last piece of desk work, and may claim that nobody does more."""
    judge, instance, names = judged()
    best = solve(instance, Settings(effort=2))
    whole = judge.best(Outcome(team=names.team, ending=Ending.FINISHED, answers=(best,)))
    gone = [work.task for work in best.timetable.desk[len(best.timetable.desk) - missed :]]
    values = [proof.value for proof in best.proofs]
    for task in gone:
        values[instance.band[task]] -= instance.points[task]
    bounds = values if bound_is_beaten else [proof.bound for proof in best.proofs]
    desk = tuple(work for work in best.timetable.desk if work.task not in gone)
    less = replace(
        best,
        timetable=replace(best.timetable, desk=desk),
        proofs=tuple(map(BandProof, values, bounds)),
        reasons=(*best.reasons, *((task, "crews_full", 1) for task in gone)),
    )
    accepted = judge.best(Outcome(team=names.team, ending=Ending.FINISHED, answers=(less,)))
    assert accepted.is_filled == bool(missed)
    assert [band.value for band in accepted.bands] == [band.value for band in whole.bands]
    beaten = {instance.band[task] for task in gone} if bound_is_beaten else set()
    assert [band.bound for band in accepted.bands] == [
        None if n in beaten else bounds[n] for n in range(instance.bands)
    ]
    assert accepted.status is (SolveStatus.FEASIBLE if bound_is_beaten else whole.status)
    assert not accepted.fault
