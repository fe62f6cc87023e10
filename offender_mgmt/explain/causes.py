"""Why a task has no place in a published week: causes one behind the other, each binding, until the task fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from itertools import combinations

from offender_mgmt.calendars import WEEKDAYS
from offender_mgmt.due.task import Task
from offender_mgmt.explain.full import Blocking, blocking_work
from offender_mgmt.explain.needs import has_crew, smallest_waiver, waived
from offender_mgmt.explain.tours import all_on_duty
from offender_mgmt.explain.world import PRIORITIES, Fit, World
from offender_mgmt.places.spot import Spot
from offender_mgmt.vocabulary import CommunityStatus

PRIORITY = frozenset({"priority_order"})


class CauseKind(StrEnum):
    """What stands in the way; the first of them that holds is told first."""

    DEFERRED = "deferred"
    NOT_RELEASED = "not_released"
    NOBODY_MAY = "nobody_may"
    NOT_SEEN = "not_seen"
    HOURS = "hours"
    DAYS = "days"
    DUTY = "duty"
    FULL = "full"
    PRIORITY = "priority"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that stands in the way of a task.

    Parameters
    ----------
    words
        What it is, in a sentence with references and numbers.
    without
        The week in which it is not so; ``None`` for work in the way, for priorities, and where nothing was proven.
    blocking
        The work in the way, where the week is full.
    refused
        A place there is, and what the check says of it, where other work that is left out comes first.
    """

    kind: CauseKind
    words: str
    without: World | None = None
    blocking: Blocking | None = None
    refused: Fit | None = None


@dataclass(frozen=True, slots=True)
class Causes:
    """All that stands in the way, in order, and the place the task has when all of it is taken away.

    Parameters
    ----------
    fit
        The place; ``None`` where it could not be shown that the task then fits.
    """

    causes: tuple[Cause, ...]
    fit: Fit | None


def causes_of(world: World, task_id: str) -> Causes:
    """Causes of a task that is left out.

    Each is proved: with it, and without those before it, there is no place; without all of them there is one, and the
    check accepts the roster.
    """
    found: list[Cause] = []
    while True:
        task = world.task(task_id)
        fit = world.fit(task, world.violations)
        if fit is not None:
            return Causes(tuple(found), fit)
        cause = _binding(world, task)
        found.append(cause)
        if cause.without is None:
            return Causes(tuple(found), cause.blocking.fit if cause.blocking else cause.refused)
        world = cause.without


def _binding(world: World, task: Task) -> Cause:
    """What binds first in a week without a free place."""
    last = world.due.horizon.last_day
    if task.is_deferred_over(world.due.horizon) and task.deferral is not None:
        until = f"until {task.deferral.until}" if task.deferral.until else "altogether"
        words = f"It is put off {until}, by {task.deferral.authoriser} on {task.deferral.decided_on}."
        return Cause(CauseKind.DEFERRED, words, not_deferred(world, task))
    if task.release_date > last:
        words = f"It may not be done before {task.release_date}; the week ends on {last}."
        return Cause(CauseKind.NOT_RELEASED, words, released(world, task))
    if not has_crew(world, task.task_id):
        return _nobody_may(world, task)
    if not world.fits_alone(task):
        return _not_even_alone(world, task)
    free = world.free(task)
    return _refused(world, free) if free else _full(world, task)


def _refused(world: World, free: list[Spot]) -> Cause:
    """There is a place, but the check gives it to other work that is left out."""
    fit = next(world.fits(free, world.violations, PRIORITIES), None)
    if fit is None:
        return Cause(CauseKind.UNPROVEN, "Every place there is breaks a rule for other work; which is not looked into.")
    first = sorted({violation.refs[0] for violation in fit.told if violation.rule in PRIORITY})
    words = f"There is room, but it belongs to work of an earlier band that is left out, too: {', '.join(first)}."
    return Cause(CauseKind.PRIORITY, words, refused=fit)


def not_deferred(world: World, task: Task) -> World:
    """The week without the decision that puts a task off."""
    kept = tuple(
        d
        for d in world.register.deferrals
        if (d.offender_ref, d.task_kind) != (task.offender_ref, task.kind)
        or d.decided_on >= world.due.horizon.first_day
    )
    return replace(world, register=replace(world.register, deferrals=kept)).due_anew()


def released(world: World, task: Task) -> World:
    """The week in which a task and what goes with it may be done from the first day."""
    first = world.due.horizon.first_day
    tasks = tuple(
        replace(other, release_date=min(other.release_date, first))
        if other is task or task.task_id in other.goes_with
        else other
        for other in world.due.tasks
    )
    return replace(world, due=replace(world.due, tasks=tasks))


def _nobody_may(world: World, task: Task) -> Cause:
    few = smallest_waiver(world, task)
    who = "No crew of the team" if task.kind.is_field else "No officer of the team"
    if not few:
        return Cause(CauseKind.UNPROVEN, f"{who} may do it, and no few requirements are the reason.")
    words = f"{who} may do it. Without this there would be one: {'; '.join(one.words for one in few)}."
    return Cause(CauseKind.NOBODY_MAY, words, waived(world, few))


def _not_even_alone(world: World, task: Task) -> Cause:
    """Of the fewest things that keep the task out of an empty week the first."""
    ways = list(_ways(world, task))
    for count in range(1, len(ways) + 1):
        for few in combinations(ways, count):
            changed = world
            for cause in few:
                changed = _again(cause.kind, changed, task)
            if changed.due.task(task.task_id) and changed.fits_alone(changed.task(task.task_id)):
                words = " ".join(cause.words for cause in few)
                return Cause(few[-1].kind, words, changed)
    return Cause(CauseKind.UNPROVEN, "It would not fit into an empty week either, and why is not proven.")


def _ways(world: World, task: Task) -> Iterator[Cause]:
    offender = world.offender(task)
    if task.kind.is_field and offender.community_status is not CommunityStatus.COMMUNITY:
        until = f", expected until {offender.status_until}" if offender.status_until else ""
        yield Cause(CauseKind.NOT_SEEN, f"The nominal is {offender.community_status.value}{until}.", world)
    if task.release_date > world.due.horizon.first_day or task.deferral is not None:
        openings = world.published.openings
        days = [f"{day:%a %d %b}" for day in world.due.horizon.days() if openings.may_be_done(task, day)]
        none = "no crew that may do it has" if task.kind.is_field else "nobody who may do it has"
        only = f"It may only be done on {', '.join(days) or 'no day of the week'}; {none} the time on duty then."
        yield Cause(CauseKind.DAYS, only, world)
    if task.kind.is_field and offender.visiting_hours:
        yield Cause(CauseKind.HOURS, f"The nominal can only be seen {hours_words(world, task)}.", world)
    yield Cause(CauseKind.DUTY, _duty_words(world, task), world)


def _again(kind: CauseKind, world: World, task: Task) -> World:
    """The week in which one of these causes is not so."""
    ref = task.offender_ref
    if kind is CauseKind.NOT_SEEN:
        return world.with_offender(ref, community_status=CommunityStatus.COMMUNITY, status_until=None)
    if kind is CauseKind.DAYS:
        changed = not_deferred(world, task)
        now = changed.due.task(task.task_id)
        return released(changed, now) if now is not None else changed
    if kind is CauseKind.HOURS:
        return world.with_offender(ref, visiting_hours=())
    return all_on_duty(world, able_officers(world, task))


def able_officers(world: World, task: Task) -> list[str]:
    """Officers who are in some crew that may do a task, or who may do it at a desk."""
    openings, offender = world.published.openings, world.offender(task)
    crews = openings.crews(task, offender) if task.kind.is_field else [(o,) for o in openings.officers(task, offender)]
    return sorted({officer.officer_id for crew in crews for officer in crew})


def hours_words(world: World, task: Task) -> str:
    """When a nominal can be seen, as ``Mon 09:00-12:00, Thu 17:00-20:00``."""
    return ", ".join(hours_text(*hours) for hours in sorted(world.offender(task).visiting_hours))


def hours_text(day: int, start: time, end: time) -> str:
    """Hours of a weekday, as ``Mon 09:00-12:00``."""
    return f"{WEEKDAYS[day]} {start:%H:%M}-{end:%H:%M}"


def _duty_words(world: World, task: Task) -> str:
    able = able_officers(world, task)
    if not task.kind.is_field:
        return f"Nobody who may do it ({', '.join(able)}) has a tour of duty with room for it when it may be done."
    count = len(world.published.openings.crews(task, world.offender(task)))
    crews = "The one crew that may do it is" if count == 1 else f"None of the {count} crews that may do it is"
    never = " never" if count == 1 else ""
    return (
        f"{crews}{never} on duty together for long enough, with the desk work that goes with it, when it may be done."
    )


def _full(world: World, task: Task) -> Cause:
    blocking = blocking_work(world, task)
    if blocking is None:
        return Cause(CauseKind.UNPROVEN, "It would fit into an empty week; which work is in the way is not proven.")
    return Cause(CauseKind.FULL, "", None, blocking)
