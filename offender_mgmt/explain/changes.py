"""Changes by which a task would fit, smallest first: each one is made, the task is placed, the roster is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations

from offender_mgmt.checks import Violation
from offender_mgmt.checks.needs import needs_of
from offender_mgmt.due.task import Task
from offender_mgmt.explain.causes import able_officers, hours_text, not_deferred
from offender_mgmt.explain.needs import with_crews_of
from offender_mgmt.explain.tours import duty_of, is_free, longer, shifted, usual_hours, with_tour
from offender_mgmt.explain.world import Fit, World
from offender_mgmt.vocabulary import ChangeKind


@dataclass(frozen=True, slots=True)
class Change:
    """A change, and the week with it.

    Parameters
    ----------
    kinds
        What is changed; two where one is not enough.
    officers
        Whose time it concerns; empty if the whole week must be looked through.
    """

    kinds: tuple[ChangeKind, ...]
    words: str
    world: World
    officers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offered:
    """A change with which the task fits: the place, and the roster that the check accepts."""

    change: Change
    fit: Fit


MOST_TRIED = 600
"""So many changes are tried unless more are asked for; counted in changes, so that the answer repeats."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The smallest changes by which a task fits, how many were tried, and whether all were that could be."""

    found: tuple[Offered, ...]
    count: int
    all_of_them: bool


def smallest_changes(
    world: World,
    task_id: str,
    most: int = MOST_TRIED,
    progress: Callable[[str], None] = lambda _: None,
) -> Tried:
    """The smallest change by which a task fits into the week as published, with the best place it gives.

    All other work keeps its day and its officers. Single changes come first, in the order of the policy; then the
    same change for two officers of a crew on one day; a task that is put off needs that decision lifted with each.
    """
    count = 0
    for count, change in enumerate(_all(world, world.task(task_id)), start=1):
        if count > most:
            return Tried((), most, all_of_them=False)
        progress(f"{count:,} changes tried")
        offered = _offered(change, task_id, world.violations)
        if offered is not None:
            return Tried((offered,), count, all_of_them=False)
    return Tried((), count, all_of_them=True)


def _offered(change: Change, task_id: str, known: frozenset[Violation]) -> Offered | None:
    task = change.world.due.task(task_id)
    if task is None:
        return None
    fit = change.world.fit(task, known, change.officers or None)
    return Offered(change, fit) if fit is not None else None


def _all(world: World, task: Task) -> Iterator[Change]:
    order = world.policy.changes.order
    lifted = not_deferred(world, task) if task.is_deferred_over(world.due.horizon) else None
    if lifted is not None:
        if ChangeKind.LIFT_DEFERRAL not in order or lifted.due.task(task.task_id) is None:
            return
        words = "The decision that puts it off is lifted"
        first = Change((ChangeKind.LIFT_DEFERRAL,), words, lifted)
        yield first
        for change in _changes(lifted, lifted.task(task.task_id)):
            both = (ChangeKind.LIFT_DEFERRAL, *change.kinds)
            yield Change(both, f"{words}, and: {change.words}", change.world, change.officers)
        return
    yield from _changes(world, task)


def _changes(world: World, task: Task) -> Iterator[Change]:
    for kind in world.policy.changes.order:
        if kind in _MAKERS:
            yield from _MAKERS[kind](world, task)
    for kind in world.policy.changes.order:
        if kind in _FOR_TWO and task.kind.is_field:
            yield from _of_two(world, task, kind)


def _wider_hours(world: World, task: Task) -> Iterator[Change]:
    """Hours of a day longer at one end; then hours on another day."""
    if not task.kind.is_field:
        return
    visits, offender = world.policy.visits, world.offender(task)
    own = offender.visiting_hours or tuple((day, visits.hours_from, visits.hours_to) for day in range(7))
    days = {day.weekday() for day in world.published.openings.days(task, offender)}
    for minutes in world.policy.changes.more_minutes:
        for day, start, end in sorted(own):
            if day in days:
                rest = tuple(hours for hours in own if hours != (day, start, end))
                for wider in _wider(start, end, minutes):
                    changed = world.with_offender(task.offender_ref, visiting_hours=(*rest, (day, *wider)))
                    yield Change(
                        (ChangeKind.WIDER_HOURS,), f"The nominal can be seen {hours_text(day, *wider)}", changed
                    )
    for day in sorted(days - {day for day, _, _ in own}):
        hours = (day, visits.hours_from, visits.hours_to)
        changed = world.with_offender(task.offender_ref, visiting_hours=(*own, hours))
        yield Change((ChangeKind.WIDER_HOURS,), f"The nominal can be seen {hours_text(*hours)}, too", changed)


def _wider(start: time, end: time, minutes: int) -> Iterator[tuple[time, time]]:
    earlier, later = shifted(start, -minutes), shifted(end, minutes)
    if later > end:
        yield start, later
    if earlier < start:
        yield earlier, end


def _longer_tour(world: World, task: Task) -> Iterator[Change]:
    for minutes in world.policy.changes.more_minutes:
        for officer in able_officers(world, task):
            for day in _days_of_use(world, task):
                yield from _longer(world, officer, day, minutes)


def _days_of_use(world: World, task: Task) -> list[date]:
    """Days on which more time could help: those for the task, and for a visit all later ones, for its desk work."""
    openings = world.published.openings
    if not task.kind.is_field:
        return [day for day in world.due.horizon.days() if openings.may_be_done(task, day)]
    first = min(openings.days(task, world.offender(task)), default=None)
    return [day for day in world.due.horizon.days() if first is not None and day >= first]


def _longer(world: World, officer: str, day: date, minutes: int) -> Iterator[Change]:
    tour = duty_of(world, officer, day)
    for start, end, how in longer(world, tour, minutes) if tour else ():
        changed = with_tour(world, officer, day, start, end)
        words = f"{officer} works {minutes} minutes more on {day:%a %d %b}: {how}"
        yield Change((ChangeKind.LONGER_TOUR,), words, changed, frozenset({officer}))


def _extra_tour(world: World, task: Task) -> Iterator[Change]:
    for day in _days_of_use(world, task):
        for officer in able_officers(world, task):
            yield from _extra(world, officer, day)


def _extra(world: World, officer: str, day: date) -> Iterator[Change]:
    for start, end in usual_hours(world, day) if is_free(world, officer, day) else ():
        changed = with_tour(world, officer, day, start, end)
        words = f"{officer} is on duty on {day:%a %d %b}, {start:%H:%M}-{end:%H:%M}"
        yield Change((ChangeKind.EXTRA_TOUR,), words, changed, frozenset({officer}))


def _of_two(world: World, task: Task, kind: ChangeKind) -> Iterator[Change]:
    """The same change for two officers of a crew on one day."""
    make = _FOR_TWO[kind]
    crews = world.published.openings.crews(task, world.offender(task))
    pairs = sorted({pair for crew in crews for pair in combinations(sorted(o.officer_id for o in crew), 2)})
    sizes = world.policy.changes.more_minutes if kind is ChangeKind.LONGER_TOUR else (0,)
    for minutes in sizes:
        for day in world.published.openings.days(task, world.offender(task)):
            for one, other in pairs:
                for first in make(world, one, day, minutes):
                    for both in make(first.world, other, day, minutes):
                        yield Change(
                            (kind, kind), f"{first.words}; and {both.words}", both.world, frozenset((one, other))
                        )


def _accreditation(world: World, task: Task) -> Iterator[Change]:
    needs = needs_of(world.published.week, task.kind, world.offender(task))
    for skill in sorted(needs.skills_each | needs.skills_one):
        for officer in sorted(world.register.officers, key=lambda o: o.officer_id):
            if skill not in officer.skills:
                changed = world.with_officers([officer.replace(skills=(*officer.skills, skill))])
                words = f"{officer.officer_id} is accredited for {skill}"
                yield Change((ChangeKind.ACCREDITATION,), words, changed, frozenset({officer.officer_id}))


def _single_crew(world: World, task: Task) -> Iterator[Change]:
    if task.kind.is_field and task.crew_size > 1:
        words = f"An authority for {task.crew_size - 1} officer instead of {task.crew_size} at this visit"
        yield Change((ChangeKind.SINGLE_CREW,), words, with_crews_of(world, task, task.crew_size - 1))


_MAKERS: Mapping[ChangeKind, Callable[[World, Task], Iterator[Change]]] = {
    ChangeKind.WIDER_HOURS: _wider_hours,
    ChangeKind.LONGER_TOUR: _longer_tour,
    ChangeKind.EXTRA_TOUR: _extra_tour,
    ChangeKind.ACCREDITATION: _accreditation,
    ChangeKind.SINGLE_CREW: _single_crew,
}
_FOR_TWO: Mapping[ChangeKind, Callable[[World, str, date, int], Iterator[Change]]] = {
    ChangeKind.LONGER_TOUR: _longer,
    ChangeKind.EXTRA_TOUR: lambda world, officer, day, _: _extra(world, officer, day),
}
