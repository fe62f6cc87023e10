"""Why work in a roster is there: who else could have done it, when else, and what leaves its time as it is."""

from __future__ import annotations

from dataclasses import dataclass

from offender_mgmt.checks.needs import (
    lacks_role,
    lacks_skill_of_each,
    needs_of,
)
from offender_mgmt.checks.nominals import visiting_spans
from offender_mgmt.checks.spans import Span
from offender_mgmt.due.task import Task
from offender_mgmt.explain.causes import able_officers
from offender_mgmt.explain.world import World
from offender_mgmt.places.find import finder_of, plan_without
from offender_mgmt.places.published import done_together
from offender_mgmt.places.spot import Spot
from offender_mgmt.roster.roster import Assignment


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A task of the roster.

    Parameters
    ----------
    row
        Its first row.
    crews
        How many crews, or officers at a desk, may do it.
    able, barred
        Officers of the team who may take part, and those who may not with the reason.
    hours
        When the nominal can be seen that day; empty for desk work.
    others
        Other places it has in the week if all else stays, best first; its own is not among them.
    """

    task: Task
    row: Assignment
    crews: int
    able: tuple[str, ...]
    barred: tuple[tuple[str, str], ...]
    hours: tuple[Span, ...]
    others: tuple[Spot, ...]


def scheduled(world: World, task: Task) -> Scheduled | None:
    """What can be said of a task in the roster; ``None`` if it is not there in time of its own."""
    rows = [row for row in world.published.week.rows_of.get(task.task_id, ()) if not row.done_with]
    if not rows:
        return None
    openings, offender = world.published.openings, world.offender(task)
    count = openings.crews(task, offender) if task.kind.is_field else openings.officers(task, offender)
    return Scheduled(
        task=task,
        row=rows[0],
        crews=len(count),
        able=tuple(able_officers(world, task)),
        barred=tuple(_barred(world, task)),
        hours=visiting_spans(world.published.week, offender, rows[0].day) if task.kind.is_field else (),
        others=tuple(_others(world, task, rows[0])),
    )


def _barred(world: World, task: Task) -> list[tuple[str, str]]:
    """Officers of the team who may not take part in a task, each with the first reason."""
    able = set(able_officers(world, task))
    needs = needs_of(world.published.week, task.kind, world.offender(task))
    found = []
    for officer in sorted(world.register.officers, key=lambda o: o.officer_id):
        if officer.officer_id in able or officer.team != task.team:
            continue
        if officer.officer_id in needs.excluded:
            why = "a declared conflict"
        elif lacks_skill_of_each(officer, needs):
            why = f"without {', '.join(sorted(needs.skills_each - set(officer.skills)))}"
        elif lacks_role(officer, needs):
            why = f"a {officer.role.value.replace('_', ' ')}"
        else:
            why = "in no crew that may"
        found.append((officer.officer_id, why))
    return found


def _others(world: World, task: Task, row: Assignment) -> list[Spot]:
    """Places of the task in the week without it, its own crew and time apart."""
    gone = done_together(world.published.week, [task.task_id])
    plan = None if task.is_companion else plan_without(world.published, gone)
    if plan is None:
        return []
    spots = finder_of(world.published, task).spots(plan)
    own = frozenset(row.crew), row.day
    return sorted((s for s in spots if (frozenset(s.crew), s.day) != own), key=lambda spot: spot.rank)
