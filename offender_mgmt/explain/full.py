"""Where the week is full: for each crew and day the least work that is in the way, and the least of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from offender_mgmt.due.task import Task
from offender_mgmt.explain.world import PRIORITIES, Fit, World
from offender_mgmt.places.find import finder_of, freed_officers, plan_without
from offender_mgmt.places.published import done_together, guests_of
from offender_mgmt.places.spot import Spot, urgency

LOOKED_AT = 8
"""On so many crews and days, those with the least urgent work first, the least work in the way is found."""


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Work that takes a crew's time: without all of it there is a place, with any piece of it back there is none."""

    crew: tuple[str, ...]
    day: date
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Blocking:
    """Why there is no room.

    Parameters
    ----------
    crews, days
        How many crews could do it in an empty week, and on which days.
    ways
        The least work in the way, crew by crew and day by day; the least of all first.
    fit
        The place that appears without the work of the first.
    """

    crews: int
    days: tuple[date, ...]
    ways: tuple[InTheWay, ...]
    fit: Fit


def blocking_work(world: World, task: Task) -> Blocking | None:
    """The work in the way of a task that has a place in an empty week; ``None`` if none can be shown."""
    alone = list(finder_of(world.published, task).spots(world.empty))
    where = sorted({(tuple(sorted(spot.crew)), spot.day) for spot in alone})
    loads = {key: work_of(world, task, *key) for key in where}
    loads = {key: tasks for key, tasks in loads.items() if tasks}
    by_urgency = sorted(loads, key=lambda key: (sum(t.points for t in loads[key]), key))
    found = [(way, spot) for key in by_urgency[:LOOKED_AT] for way, spot in _least(world, task, *key, loads[key])]
    found.sort(key=lambda pair: (len(pair[0].tasks), [(-t.band, t.points) for t in pair[0].tasks], pair[0].day))
    for number, (way, spot) in enumerate(found):
        fit = _fit(world, task, way, spot)
        if fit is not None:
            others = [other for other, _ in (*found[:number], *found[number + 1 :])]
            crews = {crew for crew, _ in where}
            return Blocking(len(crews), tuple(sorted({day for _, day in where})), (way, *others), fit)
    return None


def work_of(world: World, task: Task, crew: tuple[str, ...], day: date) -> list[Task]:
    """Visits and desk work of a crew on a day, and the visit there already is to the nominal; most urgent first."""
    week, ids = world.published.week, []
    visited = world.published.plan.trip_of.get(task.offender_ref) if task.kind.is_field else None
    ids += [visited[1].task_id] if visited else []
    ids += [s.task_id for t in world.published.trips if t.day == day and set(t.crew) & set(crew) for s in t.stops]
    ids += [job.task_id for job in world.published.jobs if job.officer in crew and job.day == day and not job.ref]
    ids += [_visit_of(world, j.ref) for j in world.published.jobs if j.officer in crew and j.day == day and j.ref]
    found = [week.due.task(task_id) for task_id in dict.fromkeys(ids) if task_id]
    return sorted((t for t in found if t is not None), key=lambda t: (urgency(t), t.task_id))


def _visit_of(world: World, ref: str) -> str:
    trip = world.published.plan.trip_of.get(ref)
    return trip[1].task_id if trip else ""


def _least(
    world: World, task: Task, crew: tuple[str, ...], day: date, work: Sequence[Task]
) -> Iterable[tuple[InTheWay, Spot]]:
    """The work of a crew and day thinned out: what is not needed to make room goes back, the most urgent first."""
    spot = _spot(world, task, work)
    if spot is None:
        work = [t for d in world.due.horizon.days() for t in work_of(world, task, crew, d)]
        work = sorted(dict.fromkeys(work, None), key=lambda t: (urgency(t), t.task_id)) if work else []
        spot = _spot(world, task, work)
    if spot is None:
        return
    for one in list(work):
        less = [other for other in work if other is not one]
        thinner = _spot(world, task, less) if less else None
        if thinner is not None:
            work, spot = less, thinner
    yield InTheWay(crew, day, tuple(work)), spot


def _spot(world: World, task: Task, work: Sequence[Task]) -> Spot | None:
    """The best place that appears without some work."""
    plan = plan_without(world.published, work)
    if plan is None:
        return None
    freed = freed_officers(world.published, task, work)
    spots = finder_of(world.published, task).spots(plan, freed)
    return min(spots, key=lambda spot: spot.rank, default=None)


def _fit(world: World, task: Task, way: InTheWay, spot: Spot) -> Fit | None:
    """The roster without the work in the way and with the task, if it breaks no rule but that of priorities."""
    week = world.published.week
    gone = done_together(week, [other.task_id for other in way.tasks])
    done_too = {guest.task_id for guest in guests_of(week, task)}
    lost = tuple(other for other in gone if other.task_id not in done_too)
    instead = replace(spot, gives_way=gone, displaced=lost)
    return next(world.fits([instead], world.violations, PRIORITIES), None)
