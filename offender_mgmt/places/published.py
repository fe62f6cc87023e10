"""A published week as one more task finds it: tours, outings that stay together, desk work that may move in its day."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from offender_mgmt.calendars import local_day
from offender_mgmt.checks.breaks import allowed_span, break_minutes
from offender_mgmt.checks.nominals import visiting_spans
from offender_mgmt.checks.openings import Openings, whole_day
from offender_mgmt.checks.outing import Outing
from offender_mgmt.checks.spans import Span, free_spans
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import Task
from offender_mgmt.register.records import Offender
from offender_mgmt.roster.frozen import frozen_rows
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.roster.rows import NEXT
from offender_mgmt.travel import Place
from offender_mgmt.vocabulary import TaskKind

GRID_MINUTES = 5
"""Crews leave and breaks begin on such a grid, so that times are easy to read."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit of an outing: to whom, where, how long, and when the nominal may be seen that day."""

    task_id: str
    ref: str
    place: Place
    start: int
    minutes: int
    hours: tuple[Span, ...]

    @property
    def end(self) -> int:
        """The first minute after the visit."""
        return self.start + self.minutes


@dataclass(frozen=True, slots=True, eq=False)
class Trip:
    """An outing: its crew, its stops in order, from leaving the base to being back.

    Parameters
    ----------
    span
        From leaving the base to being back.
    is_fixed
        Whether it has begun before the moment from which things may change.
    """

    name: str
    day: date
    crew: tuple[str, ...]
    base: Place
    stops: tuple[Stop, ...]
    span: Span
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """Desk work of one officer on one day, with the parts in which it stands.

    Parameters
    ----------
    ref
        Nominal whose visit it goes with; empty for work that stands by itself.
    parts
        Where it stands; empty for work that has no place yet.
    is_fixed
        Whether it, or the visit it goes with, has begun before the moment from which things may change.
    """

    task_id: str
    kind: TaskKind
    officer: str
    day: date
    minutes: int
    ref: str = ""
    parts: tuple[Span, ...] = ()
    is_fixed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """One tour of one officer, with all that stands in it.

    Parameters
    ----------
    team
        Whom it is worked for.
    usable
        The tour after the rest since the tour before, and after the moment from which things may change.
    pause, pause_span
        Minutes of the break, 0 for none, and the span it must lie in.
    """

    officer: str
    team: str
    tour: Span
    usable: Span
    events: tuple[Span, ...]
    pause: int
    pause_span: Span
    trips: tuple[Trip, ...] = ()
    jobs: tuple[Job, ...] = ()

    def busy(self, without: Trip | None = None) -> list[Span]:
        """Events, outings and desk work that must stay."""
        fixed = [part for job in self.jobs if job.is_fixed for part in job.parts]
        return [*self.events, *(trip.span for trip in self.trips if trip is not without), *fixed]

    def gaps(self, without: Trip | None = None) -> tuple[Span, ...]:
        """What outings, events and fixed work leave of the usable time; desk work that may move does not count."""
        if self.usable.start >= self.usable.end:
            return ()
        return tuple(free_spans(self.usable, self.busy(without)))


@dataclass(frozen=True)
class Published:
    """The week as one more task finds it.

    Parameters
    ----------
    week
        The published roster, laid out for the check.
    not_before
        Moment before which nothing changes: outings that have left, with all that goes with their visits, and desk
        work that was begun stay to the minute; so does what had begun when the week was planned again.
    """

    week: Week
    not_before: int = 0

    @cached_property
    def begun(self) -> frozenset[int]:
        """Rows, by identity, that have begun or go with what has."""
        return self.week.begun | frozenset(map(id, frozen_rows(self.week.roster.assignments, self.not_before)))

    @cached_property
    def openings(self) -> Openings:
        """Answers about crews and days, worked out once."""
        return Openings(self.week)

    @cached_property
    def trips(self) -> tuple[Trip, ...]:
        """Every outing of the roster."""
        return tuple(self._trip(outing) for outing in self.week.outings)

    def _trip(self, outing: Outing) -> Trip:
        stops = tuple(self._stop(row, place) for row, place in zip(outing.stops, outing.places, strict=True))
        fixed = any(id(row) in self.begun for row in outing.stops)
        name = outing.stops[0].outing
        return Trip(name, outing.day, outing.crew, outing.base, stops, outing.span, fixed)

    def _stop(self, row: Assignment, place: Place) -> Stop:
        offender = self.week.offender(row)
        hours = visiting_spans(self.week, offender, row.day) if offender else ()
        ref = offender.offender_ref if offender else row.offender_ref
        return Stop(row.task_id, ref, place, row.start, row.minutes, hours)

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """All desk work of the roster."""
        groups: dict[str, list[Assignment]] = defaultdict(list)
        for row in self.week.desk_rows:
            groups[row.task_id].append(row)
        return tuple(self._job(rows) for rows in groups.values())

    def _job(self, rows: list[Assignment]) -> Job:
        first = rows[0]
        kind = self.week.kind(first)
        return Job(
            task_id=first.task_id,
            kind=kind,
            officer=first.crew[0],
            day=first.day,
            minutes=sum(row.minutes for row in rows),
            ref=first.offender_ref if first.task_id.endswith(NEXT) else "",
            parts=tuple(Span(row.start, row.end) for row in rows),
            is_fixed=any(id(row) in self.begun for row in rows),
        )

    @cached_property
    def plan(self) -> Plan:
        """Outings and desk work by officer and tour."""
        return Plan(
            duties={o: tuple(self._duties(o)) for o in self.week.tours_of},
            trips=self.trips,
        )

    def _duties(self, officer: str) -> Iterator[Duty]:
        week, rested = self.week, 0
        rest = week.policy.duty.rest_between_tours_hours * 60
        trips = [trip for trip in self.trips if officer in trip.crew]
        jobs = [job for job in self.jobs if job.officer == officer]
        for tour in week.tours_of[officer]:
            usable = Span(max(tour.start, rested, self.not_before), tour.end)
            rested = max(rested, tour.end + rest)
            if local_day(tour.start) > week.horizon.last_day or tour.end <= week_start(week):
                continue
            events = tuple(span for span in week.event_spans(officer) if span.overlap(tour))
            allowed = allowed_span(tour, week.policy)
            pause = 0 if any(e.holds(allowed) for e in events) else break_minutes(tour, week.policy)
            yield Duty(
                officer,
                next((o.team for o in week.officers((officer,), tour.start)), ""),
                tour,
                usable,
                events,
                pause,
                allowed,
                tuple(trip for trip in trips if tour.overlap(trip.span)),
                tuple(job for job in jobs if any(tour.overlap(part) for part in job.parts)),
            )


def week_start(week: Week) -> int:
    """The moment the planned week begins."""
    return whole_day(week.horizon.first_day).start


@dataclass(frozen=True)
class Plan:
    """Outings and desk work by officer and tour; never changed, only replaced."""

    duties: Mapping[str, tuple[Duty, ...]]
    trips: tuple[Trip, ...]

    @cached_property
    def trip_of(self) -> Mapping[str, tuple[Trip, Stop]]:
        """Outing and stop of each nominal who is visited."""
        return {stop.ref: (trip, stop) for trip in self.trips for stop in trip.stops}

    @cached_property
    def jobs_of(self) -> Mapping[str, tuple[tuple[Duty, Job], ...]]:
        """Desk work that goes with the visit of each nominal, with the tour in which it stands."""
        groups: dict[str, list[tuple[Duty, Job]]] = defaultdict(list)
        for duty in (duty for own in self.duties.values() for duty in own):
            for job in duty.jobs:
                if job.ref:
                    groups[job.ref].append((duty, job))
        return {ref: tuple(jobs) for ref, jobs in groups.items()}

    def without(self, task_ids: frozenset[str], shorter: Mapping[Trip, Trip | None]) -> Plan:
        """The same without some tasks: outings as given instead (``None``: gone), and without their desk work."""
        duties = {o: tuple(_without(d, task_ids, shorter) for d in own) for o, own in self.duties.items()}
        return Plan(duties, tuple(_kept(self.trips, shorter)))


def _kept(trips: Iterable[Trip], shorter: Mapping[Trip, Trip | None]) -> Iterator[Trip]:
    for trip in trips:
        kept = shorter.get(trip, trip)
        if kept is not None:
            yield kept


def _without(duty: Duty, task_ids: frozenset[str], shorter: Mapping[Trip, Trip | None]) -> Duty:
    trips = tuple(_kept(duty.trips, shorter))
    jobs = tuple(job for job in duty.jobs if job.task_id not in task_ids)
    if trips == duty.trips and len(jobs) == len(duty.jobs):
        return duty
    return replace(duty, trips=trips, jobs=jobs)


def done_together(week: Week, task_ids: Iterable[str]) -> tuple[Task, ...]:
    """Tasks of the roster, each with those done in its time; what is no longer due is left off."""
    ids = (i for task_id in task_ids for i in (task_id, *sorted(week.guests_of.get(task_id, ()))))
    return tuple(task for task in map(week.due.task, ids) if task is not None)


def guests_of(week: Week, task: Task) -> tuple[Task, ...]:
    """Tasks that this one does as well, unless a decision puts them off over the week."""
    return tuple(
        other
        for other in week.due.tasks
        if task.task_id in other.satisfied_by and not other.is_deferred_over(week.horizon)
    )


def companions_of(week: Week, task: Task) -> tuple[Task, ...]:
    """Desk work that is due with a visit."""
    return week.tasks_going_with.get(task.task_id, ())


def offender_of(week: Week, task: Task) -> Offender:
    """The nominal of a task."""
    return week.register.offender_by_ref[task.offender_ref]


def legs_of(week: Week, base: Place, places: Sequence[Place]) -> tuple[int, ...]:
    """Minutes from the base to each place in turn and back."""
    way = [base, *places, base]
    return tuple(week.travel(here, there) for here, there in itertools.pairwise(way))
