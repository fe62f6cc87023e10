"""What a task asks of a crew, requirement by requirement, and the week in which a requirement is waived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from offender_mgmt.checks.needs import Needs, needs_of
from offender_mgmt.due.task import Task
from offender_mgmt.due.words import count as counted
from offender_mgmt.explain.world import World
from offender_mgmt.vocabulary import RiskLevel

MOST_TOGETHER = 3
"""No more requirements than these are waived together."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something asked of the crew.

    Parameters
    ----------
    words
        What it is, with how many of the team fulfil it.
    waive
        The week in which it is not asked, or everybody fulfils it.
    """

    words: str
    waive: Callable[[World], World]


def requirements(world: World, task: Task) -> Iterator[Requirement]:
    """All that is asked of a crew for a task, in the order in which they would be waived."""
    offender = world.offender(task)
    needs = needs_of(world.published.week, task.kind, offender)
    for skill in sorted(needs.skills_one):
        yield Requirement(f"one with {skill} ({_holders(world, skill)})", _all_hold(skill))
    for skill in sorted(needs.skills_each):
        yield Requirement(f"each with {skill} ({_holders(world, skill)})", _all_hold(skill))
    if needs.roles:
        yield Requirement(f"the role {_roles(needs)} ({_in_role(world, needs)})", _any_role(task))
    if needs.constable:
        yield Requirement("a constable", lambda w: w.with_offender(task.offender_ref, constable_required=False))
    if needs.excluded:
        words = f"nobody with a declared conflict ({counted(len(needs.excluded), 'officer')})"
        yield Requirement(words, lambda w: w.with_offender(task.offender_ref, excluded_officers=()))
    if task.kind.is_field:
        yield from _of_crews(world, task)


def _of_crews(world: World, task: Task) -> Iterator[Requirement]:
    if any(officer.not_paired_with for officer in world.register.officers):
        yield Requirement("officers who may be paired", _all_may_pair)
    if world.policy.crews.driver_needed:
        drivers = sum(officer.driver for officer in world.register.officers)
        yield Requirement(f"a driver (held by {counted(drivers, 'officer')})", _no_driver)
    if len({officer.base for officer in world.register.officers}) > 1:
        yield Requirement("officers of one base", _one_base)
    if task.crew_size > 1:
        yield Requirement(f"{task.crew_size} officers", lambda w: with_crews_of(w, task, 1))


def smallest_waiver(world: World, task: Task) -> tuple[Requirement, ...]:
    """The fewest requirements without which there would be a crew; empty if no few of them are enough."""
    asked = list(requirements(world, task))
    for count in range(1, MOST_TOGETHER + 1):
        for few in combinations(asked, count):
            if has_crew(waived(world, few), task.task_id):
                return few
    return ()


def waived(world: World, few: tuple[Requirement, ...]) -> World:
    """The week without some requirements."""
    for requirement in few:
        world = requirement.waive(world)
    return world


def has_crew(world: World, task_id: str) -> bool:
    """Whether there is a crew, or an officer, who may do a task at all."""
    task = world.due.task(task_id)
    if task is None:
        return False
    openings, offender = world.published.openings, world.offender(task)
    return bool(openings.crews(task, offender) if task.kind.is_field else openings.officers(task, offender))


def with_crews_of(world: World, task: Task, size: int) -> World:
    """The week in which visits to the risk level of the task, with the nominal's markers, are made by so many."""
    crews = world.policy.crews
    levels = {level: size if level is task.risk_level else crews.size[level] for level in RiskLevel}
    markers = {m: size if m in world.offender(task).markers else n for m, n in crews.size_by_marker.items()}
    changed = crews.model_copy(
        update={"size": levels, "size_by_marker": markers, "single_crew_authorised_by": "to be authorised"}
    )
    policy = world.policy.model_copy(update={"crews": changed})
    return replace(world, policy=policy).with_offender(task.offender_ref, crew_size=None)


def _holders(world: World, skill: str) -> str:
    return f"held by {counted(sum(skill in o.skills for o in world.register.officers), 'officer')}"


def _roles(needs: Needs) -> str:
    return " or ".join(sorted(role.value.replace("_", " ") for role in needs.roles))


def _in_role(world: World, needs: Needs) -> str:
    return f"held by {counted(sum(o.role in needs.roles for o in world.register.officers), 'officer')}"


def _all_hold(skill: str) -> Callable[[World], World]:
    def waive(world: World) -> World:
        lacking = [o for o in world.register.officers if skill not in o.skills]
        return world.with_officers(o.replace(skills=(*o.skills, skill)) for o in lacking)

    return waive


def _any_role(task: Task) -> Callable[[World], World]:
    def waive(world: World) -> World:
        roles = {kind: roles for kind, roles in world.policy.crews.roles.items() if kind is not task.kind}
        crews = world.policy.crews.model_copy(update={"roles": roles})
        return replace(world, policy=world.policy.model_copy(update={"crews": crews})).due_anew()

    return waive


def _all_may_pair(world: World) -> World:
    return world.with_officers(officer.replace(not_paired_with=()) for officer in world.register.officers)


def _no_driver(world: World) -> World:
    crews = world.policy.crews.model_copy(update={"driver_needed": False})
    return replace(world, policy=world.policy.model_copy(update={"crews": crews}))


def _one_base(world: World) -> World:
    base = min(officer.base for officer in world.register.officers)
    return world.with_officers(officer.replace(base=base) for officer in world.register.officers)
