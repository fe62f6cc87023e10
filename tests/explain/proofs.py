"""Proves an explanation again: by plain loops over all places, and by the check of every roster that is shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from places.brute_places import Brute
from places.random_weeks import RandomWeek

from offender_mgmt.checks import check_roster
from offender_mgmt.checks.openings import Openings
from offender_mgmt.checks.reasons import is_done_anyway, true_reasons
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import Task
from offender_mgmt.explain.causes import CauseKind, Causes
from offender_mgmt.explain.changes import Offered
from offender_mgmt.explain.world import World
from offender_mgmt.roster.roster import Roster

ALONE = {"no_crew_when_seen", "no_time_for_desk_work", "no_time_on_duty"}
REASONS_OF = {
    CauseKind.DEFERRED: {"deferred"},
    CauseKind.NOT_RELEASED: {"not_released"},
    CauseKind.NOBODY_MAY: {"no_qualified_crew", "no_qualified_officer"},
    CauseKind.NOT_SEEN: ALONE,
    CauseKind.HOURS: ALONE,
    CauseKind.DAYS: ALONE,
    CauseKind.DUTY: ALONE,
    CauseKind.FULL: {"crews_full"},
}
"""What the check, which proves reasons in a way of its own, may say of a cause."""


def world_of(week: RandomWeek) -> World:
    """The world of a random week."""
    return World(week.register, week.policy, week.due, week.roster)


def left_out(week: RandomWeek) -> list[Task]:
    """Tasks that are not done, and stand by themselves."""
    laid = Week(week.register, week.policy, week.due, week.roster)
    return [task for task in week.open_tasks() if not is_done_anyway(laid, task)]


def has_a_place(week: RandomWeek, task: Task, gone: frozenset[str] = frozenset()) -> bool:
    """Whether plain loops find any place, with some work taken out."""
    brute = Brute(week, task, gone)
    return bool(brute.visits() if task.kind.is_field else brute.desk())


def with_all_that_goes(week: RandomWeek, tasks: tuple[Task, ...]) -> frozenset[str]:
    """Ids of some tasks, of what is done in their time, and of the desk work that goes with them."""
    ids = {task.task_id for task in tasks}
    ids |= {row.task_id for row in week.roster.assignments if row.done_with in ids}
    for task in tasks:
        if task.kind.is_field:
            ids |= {row.task_id for row in week.roster.assignments if row.task_id.endswith(f"{task.offender_ref}-NEXT")}
    return frozenset(ids)


def prove_causes(week: RandomWeek, task: Task, causes: Causes) -> None:
    """The first cause binds, all of them taken away the task fits, and of work in the way no piece is too much."""
    assert causes.causes, "a task with a place was explained"
    if causes.causes[0].kind is CauseKind.PRIORITY:
        assert any(violation.rule == "priority_order" for violation in causes.fit.told)
        return
    assert not has_a_place(week, task)
    laid = Week(week.register, week.policy, week.due, week.roster)
    true = true_reasons(Openings(laid), task, week.register.offender_by_ref[task.offender_ref])
    assert true & REASONS_OF[causes.causes[0].kind], (task.task_id, causes.causes[0].kind, true)
    assert causes.fit is not None, task.task_id
    world = causes.fit.world
    before = set(check_roster(world.register, world.policy, world.due, world.roster))
    after = set(check_roster(world.register, world.policy, world.due, causes.fit.roster))
    assert {v.rule for v in after - before} <= {"priority_order", "reasons_hold"}
    assert any(row.task_id == task.task_id for row in causes.fit.roster.assignments)
    if causes.causes[-1].blocking is not None:
        prove_in_the_way(replace_world(week, world), task, causes)


def replace_world(week: RandomWeek, world: World) -> RandomWeek:
    """The random week as a world has it."""
    return replace(week, register=world.register, policy=world.policy, due=world.due)


def prove_in_the_way(week: RandomWeek, task: Task, causes: Causes) -> None:
    """Without all the work in the way there is a place; with any piece of it back there is none."""
    task = next(t for t in week.due.tasks if t.task_id == task.task_id)
    least = causes.causes[-1].blocking.ways[0].tasks
    assert has_a_place(week, task, with_all_that_goes(week, least))
    for one in least:
        others = tuple(other for other in least if other is not one)
        assert not has_a_place(week, task, with_all_that_goes(week, others)), (task.task_id, one.task_id)


def prove_change(week: RandomWeek, task: Task, offered: Offered) -> None:
    """With the change the roster has the task, breaks no rule, and has all other work on its day with its officers."""
    world, roster = offered.change.world, offered.fit.roster
    known = set(check_roster(week.register, week.policy, week.due, week.roster))
    found = set(check_roster(world.register, world.policy, world.due, roster)) - known
    assert {v.rule for v in found} <= {"reasons_hold"}, (task.task_id, found)
    now, before = _work(roster), _work(week.roster)
    assert task.task_id in now
    moved = {task_id for task_id, where in before.items() if now.get(task_id) != where}
    done_too = {t.task_id for t in week.due.tasks if task.task_id in t.satisfied_by}
    done_too |= {f"{code}-{task.offender_ref}-NEXT" for code in ("INTEL", "ENTRY", "ARMSW")}
    assert moved <= (done_too if offered.fit.spot.gives_way else set()), (task.task_id, moved)


def _work(roster: Roster) -> dict[str, set[tuple[object, ...]]]:
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for row in roster.assignments:
        found[row.task_id].add((row.day, frozenset(row.crew)))
    return found
