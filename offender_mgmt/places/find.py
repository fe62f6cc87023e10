"""All places for a task, best first: in the week as it stands; if there are none, in place of one less urgent task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from offender_mgmt.checks.spans import Span
from offender_mgmt.due.task import Task
from offender_mgmt.places.desk_places import DeskPlaces
from offender_mgmt.places.published import Plan, Published, Trip, guests_of, legs_of
from offender_mgmt.places.spot import Spot, urgency
from offender_mgmt.places.visits import VisitPlaces


@dataclass(frozen=True, slots=True)
class GivingWay:
    """Work that could leave the roster for another task: what goes, what is then not done, and the week without it."""

    tasks: tuple[Task, ...]
    lost: tuple[Task, ...]
    officers: frozenset[str]
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
    finder = VisitPlaces(published, task) if task.kind.is_field else DeskPlaces(published, task)
    free = sorted(finder.spots(published.plan), key=lambda spot: spot.rank)
    yield from free
    if free:
        return
    found = 0
    ways = sorted(ways_to_give(published, task), key=_loss)
    for _, alike in groupby(ways, key=lambda way: len(way.lost)):
        for _, equal in groupby(alike, key=_loss):
            spots = [_instead(way, spot) for way in equal for spot in finder.spots(way.plan, way.officers)]
            yield from sorted(spots, key=lambda spot: spot.rank)
            found += len(spots)
            if enough is not None and found >= enough:
                return


def _loss(way: GivingWay) -> tuple[object, ...]:
    """Nothing lost first, then the least urgent."""
    return len(way.lost) > 0, tuple((-task.band, task.points, task.task_id) for task in way.lost), len(way.tasks)


def _instead(way: GivingWay, spot: Spot) -> Spot:
    return replace(spot, gives_way=way.tasks, displaced=way.lost)


def ways_to_give(published: Published, task: Task, *, any_urgency: bool = False) -> Iterator[GivingWay]:
    """Each task of the roster that could leave it for another: less urgent, or done by the other as well."""
    done_too = {guest.task_id for guest in guests_of(published.week, task)}
    for plan_ids, trip in _work(published):
        tasks = tuple(found for found in map(published.week.due.task, plan_ids) if found is not None)
        lost = tuple(other for other in tasks if other.points > 0 and other.task_id not in done_too)
        if any(urgency(other) <= urgency(task) for other in lost) and not any_urgency:
            continue
        if task.kind.is_field and not _frees_the_nominal(published, task, tasks):
            continue
        way = _way(published, tasks, lost, trip)
        if way is not None:
            yield way


def _work(published: Published) -> Iterator[tuple[tuple[str, ...], Trip | None]]:
    """Each visit with those done in its time, and each piece of desk work that stands by itself."""
    for trip in published.trips:
        for stop in trip.stops if not trip.is_fixed else ():
            yield (stop.task_id, *sorted(published.week.guests_of.get(stop.task_id, ()))), trip
    for job in published.jobs:
        if not job.ref and not job.is_fixed:
            yield (job.task_id,), None


def _frees_the_nominal(published: Published, task: Task, tasks: Iterable[Task]) -> bool:
    """Whether the nominal is not visited otherwise: one visit is all there may be in a week."""
    visited = published.plan.trip_of.get(task.offender_ref)
    return visited is None or any(other.task_id == visited[1].task_id for other in tasks)


def _way(published: Published, tasks: tuple[Task, ...], lost: tuple[Task, ...], trip: Trip | None) -> GivingWay | None:
    main = tasks[0]
    own = published.plan.jobs_of.get(main.offender_ref, ()) if trip else ()
    jobs = [job for _, job in own] + [job for job in published.jobs if job.task_id == main.task_id]
    if any(job.is_fixed for job in jobs):
        return None
    shorter: Mapping[Trip, Trip | None] = {}
    officers = {job.officer for job in jobs}
    if trip is not None:
        if not _leaves_the_rest(published, trip, main.task_id):
            return None
        shorter = {trip: _less(published, trip, main.task_id)}
        officers |= set(trip.crew)
    gone = frozenset(job.task_id for job in jobs)
    return GivingWay(tasks, lost, frozenset(officers), published.plan.without(gone, shorter))


def _less(published: Published, trip: Trip, task_id: str) -> Trip | None:
    """The outing without a stop, the others at their times; ``None`` if there is no other."""
    stops = tuple(stop for stop in trip.stops if stop.task_id != task_id)
    if not stops:
        return None
    legs = legs_of(published.week, trip.base, [stop.place for stop in stops])
    return replace(trip, stops=stops, span=Span(stops[0].start - legs[0], stops[-1].end + legs[-1]))


def _leaves_the_rest(published: Published, trip: Trip, task_id: str) -> bool:
    """Whether the other stops of an outing can stay at their times without this one."""
    left = _less(published, trip, task_id)
    if left is None:
        return True
    legs = legs_of(published.week, trip.base, [stop.place for stop in left.stops])
    between = zip(pairwise(left.stops), legs[1:-1], strict=True)
    return trip.span.holds(left.span) and all(there.start - here.end >= way for (here, there), way in between)
