"""All places for a task, best first: in the week as it stands; if there are none, in place of one less urgent task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from offender_mgmt.checks.spans import Span
from offender_mgmt.due.task import Task
from offender_mgmt.places.desk_places import DeskPlaces
from offender_mgmt.places.published import Job, Plan, Published, Trip, done_together, guests_of, legs_of
from offender_mgmt.places.spot import Spot, urgency
from offender_mgmt.places.visits import VisitPlaces


@dataclass(frozen=True, slots=True)
class GivingWay:
    """Work that could leave the roster for another task: what goes, what is then not done, and the week without it.

    Parameters
    ----------
    officers
        Whose time it frees; ``None`` where it frees the nominal, whom any crew may visit then.
    """

    tasks: tuple[Task, ...]
    lost: tuple[Task, ...]
    officers: frozenset[str] | None
    plan: Plan


def places_of(published: Published, task: Task, enough: int | None = None) -> Iterator[Spot]:
    """Places for a task that is not in the roster, best first.

    Every place in the week as it stands; only if there is none, every place in the week less one task that is less
    urgent (a later band, or fewer risk points in the same band), with all that goes with it.

    Parameters
    ----------
    enough
        Where work gives way: do not look for more when so many are found; those found are then the best.
    """
    finder = finder_of(published, task)
    free = free_places(published, task)
    yield from free
    if free:
        return
    found = 0
    ways = sorted((way for way in _ways_to_give(published, task) if way.lost), key=_loss)
    for _, alike in groupby(ways, key=lambda way: len(way.lost)):
        for _, equal in groupby(alike, key=_loss):
            spots = [_instead(way, spot) for way in equal for spot in finder.spots(way.plan, way.officers)]
            yield from sorted(spots, key=lambda spot: spot.rank)
            found += len(spots)
            if enough is not None and found >= enough:
                return


def free_places(published: Published, task: Task, officers: frozenset[str] | None = None) -> list[Spot]:
    """Places for which nothing is lost, best first; also those in place of a visit that the task does as well.

    Parameters
    ----------
    officers
        Only with one of these; all if none are given.
    """
    finder = finder_of(published, task)
    spots = list(finder.spots(published.plan, officers))
    way = _in_place_of_own(published, task) if task.kind.is_field else None
    spots += [_instead(way, spot) for spot in finder.spots(way.plan, officers)] if way else []
    return sorted(spots, key=lambda spot: spot.rank)


def _in_place_of_own(published: Published, task: Task) -> GivingWay | None:
    """The week without the visit to the same nominal, if the task does all that is then not done."""
    visited = published.plan.trip_of.get(task.offender_ref)
    if visited is None or visited[0].is_fixed:
        return None
    tasks = done_together(published.week, [visited[1].task_id])
    done_too = {guest.task_id for guest in guests_of(published.week, task)}
    if not tasks or any(other.points > 0 and other.task_id not in done_too for other in tasks):
        return None
    return _way(published, task, tasks, ())


def finder_of(published: Published, task: Task) -> VisitPlaces | DeskPlaces:
    """What finds places for a task, at a door or at a desk."""
    return VisitPlaces(published, task) if task.kind.is_field else DeskPlaces(published, task)


def _loss(way: GivingWay) -> tuple[object, ...]:
    """Nothing lost first, then the least urgent."""
    return len(way.lost) > 0, tuple((-task.band, task.points, task.task_id) for task in way.lost), len(way.tasks)


def _instead(way: GivingWay, spot: Spot) -> Spot:
    return replace(spot, gives_way=way.tasks, displaced=way.lost)


def _ways_to_give(published: Published, task: Task) -> Iterator[GivingWay]:
    """Each task of the roster that could leave it for another: less urgent, or done by the other as well."""
    done_too = {guest.task_id for guest in guests_of(published.week, task)}
    for task_id in _work(published):
        tasks = done_together(published.week, [task_id])
        lost = tuple(other for other in tasks if other.points > 0 and other.task_id not in done_too)
        if any(urgency(other) <= urgency(task) for other in lost):
            continue
        if task.kind.is_field and not _frees_the_nominal(published, task, tasks):
            continue
        way = _way(published, task, tasks, lost)
        if way is not None:
            yield way


def _work(published: Published) -> Iterator[str]:
    """Each visit, and each piece of desk work that stands by itself."""
    for trip in published.trips:
        for stop in trip.stops if not trip.is_fixed else ():
            yield stop.task_id
    for job in published.jobs:
        if not job.ref and not job.is_fixed:
            yield job.task_id


def _frees_the_nominal(published: Published, task: Task, tasks: Iterable[Task]) -> bool:
    """Whether the nominal is not visited otherwise: one visit is all there may be in a week."""
    visited = published.plan.trip_of.get(task.offender_ref)
    return visited is None or any(other.task_id == visited[1].task_id for other in tasks)


def _way(published: Published, task: Task, tasks: tuple[Task, ...], lost: tuple[Task, ...]) -> GivingWay | None:
    plan = plan_without(published, tasks)
    if plan is None:
        return None
    return GivingWay(tasks, lost, freed_officers(published, task, tasks), plan)


def freed_officers(published: Published, task: Task, tasks: Sequence[Task]) -> frozenset[str] | None:
    """Officers with whom a task may find a place when others leave the roster; ``None`` for all of them."""
    if task.kind.is_field and any(t.kind.is_field and t.offender_ref == task.offender_ref for t in tasks):
        return None
    ids = {other.task_id for other in tasks}
    crews = [trip.crew for trip in published.trips if any(stop.task_id in ids for stop in trip.stops)]
    desk = (job.officer for job in _desk_work_of(published, tasks))
    return frozenset(officer for crew in crews for officer in crew) | frozenset(desk)


def _desk_work_of(published: Published, tasks: Iterable[Task]) -> list[Job]:
    """Desk work among some tasks, and that which goes with the visits among them."""
    ids = {task.task_id for task in tasks}
    refs = {task.offender_ref for task in tasks if task.kind.is_field}
    return [job for job in published.jobs if job.task_id in ids or job.ref in refs]


def plan_without(published: Published, tasks: Sequence[Task]) -> Plan | None:
    """The week without some tasks and all that goes with them; ``None`` if something of it must stay.

    The other stops of an outing keep their times.
    """
    jobs = _desk_work_of(published, tasks)
    ids = frozenset(task.task_id for task in tasks)
    trips = [trip for trip in published.trips if any(stop.task_id in ids for stop in trip.stops)]
    if any(job.is_fixed for job in jobs) or any(trip.is_fixed for trip in trips):
        return None
    shorter = {trip: _less(published, trip, ids) for trip in trips}
    if not all(left is None or _keeps_times(published, trip, left) for trip, left in shorter.items()):
        return None
    return published.plan.without(frozenset(job.task_id for job in jobs), shorter)


def _less(published: Published, trip: Trip, ids: frozenset[str]) -> Trip | None:
    """The outing without some stops, the others at their times; ``None`` if there is no other."""
    stops = tuple(stop for stop in trip.stops if stop.task_id not in ids)
    if not stops:
        return None
    legs = legs_of(published.week, trip.base, [stop.place for stop in stops])
    return replace(trip, stops=stops, span=Span(stops[0].start - legs[0], stops[-1].end + legs[-1]))


def _keeps_times(published: Published, trip: Trip, left: Trip) -> bool:
    """Whether what is left of an outing can stay at its times."""
    legs = legs_of(published.week, trip.base, [stop.place for stop in left.stops])
    between = zip(pairwise(left.stops), legs[1:-1], strict=True)
    return trip.span.holds(left.span) and all(there.start - here.end >= way for (here, there), way in between)
