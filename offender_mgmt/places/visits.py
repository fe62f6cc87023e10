"""Every place for one more visit: each crew that may make it, each day, each outing and position, each gap of duty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import product
from typing import NamedTuple

from offender_mgmt.calendars import local_day
from offender_mgmt.checks.companions import entry_deadline
from offender_mgmt.checks.needs import is_qualified, needs_of
from offender_mgmt.checks.nominals import visiting_spans
from offender_mgmt.checks.openings import whole_day
from offender_mgmt.checks.spans import Span
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import Task
from offender_mgmt.places.desk import Piece, Ride, lay_out, ride_of
from offender_mgmt.places.driving import Drive, drives
from offender_mgmt.places.published import (
    Duty,
    Job,
    Plan,
    Published,
    Stop,
    Trip,
    companions_of,
    guests_of,
    legs_of,
    offender_of,
)
from offender_mgmt.places.spot import Spot
from offender_mgmt.policy.model import ExposureLimit
from offender_mgmt.register.records import Offender, Officer
from offender_mgmt.travel import Place, place_of_offender
from offender_mgmt.vocabulary import TaskKind

ORDER = (TaskKind.INTELLIGENCE_CHECK, TaskKind.RECORD_ENTRY, TaskKind.ARMS_WRITE_UP)


class Desk(NamedTuple):
    """Desk work of the visit given to an officer in a tour on a day."""

    task: Task
    duty: Duty
    day: date


class Where(NamedTuple):
    """An outing that could take the visit: crew and tours, the gap it must lie in, and the outing as it stands."""

    crew: tuple[str, ...]
    duties: tuple[Duty, ...]
    base: Place
    gap: Span
    trip: Trip | None


@dataclass(frozen=True)
class VisitPlaces:
    """Places for one visit in a published week."""

    published: Published
    task: Task
    _legs: dict[tuple[Place, ...], tuple[int, ...]] = field(default_factory=dict)
    _rides: dict[Trip, Ride] = field(default_factory=dict)

    def spots(self, plan: Plan, officers: frozenset[str] | None = None) -> Iterator[Spot]:
        """Every place in a plan, each at its best time; only crews with one of some officers, if any are given."""
        if self.task.offender_ref in plan.trip_of:
            return
        for day in self.published.openings.days(self.task, self.offender):
            for where in (*self._on_outings(plan, day), *self._on_new_outings(plan, day)):
                if officers is None or officers & set(where.crew):
                    yield from self._at(plan, where, day)

    @cached_property
    def offender(self) -> Offender:
        """The nominal."""
        return offender_of(self.published.week, self.task)

    @cached_property
    def guests(self) -> tuple[Task, ...]:
        """Visits that this one does as well."""
        return guests_of(self.published.week, self.task)

    @cached_property
    def desk_tasks(self) -> tuple[Task, ...]:
        """Desk work that is due with the visit, in order of time."""
        found = companions_of(self.published.week, self.task)
        return tuple(sorted(found, key=lambda task: ORDER.index(task.kind)))

    @cached_property
    def crews(self) -> tuple[tuple[str, ...], ...]:
        """Every crew of just the needed size that may make the visit."""
        crews = self.published.openings.crews(self.task, self.offender)
        return tuple(tuple(o.officer_id for o in crew) for crew in crews if self._may_go(crew))

    def _may_go(self, crew: Sequence[Officer]) -> bool:
        week, team = self.published.week, self.offender.team
        tasks = (self.task, *self.guests)
        return all(is_qualified(week, crew, needs_of(week, t.kind, self.offender), team) for t in tasks)

    def _on_outings(self, plan: Plan, day: date) -> Iterator[Where]:
        week = self.published.week
        for trip in plan.trips:
            if trip.day != day or trip.is_fixed or not self._may_go(week.officers(trip.crew, trip.span.start)):
                continue
            duties = [_duty_holding(plan.duties.get(officer, ()), trip.span) for officer in trip.crew]
            held = tuple(duty for duty in duties if duty is not None)
            gaps = _common([duty.gaps(without=trip) for duty in held])
            gap = next((gap for gap in gaps if gap.holds(trip.span)), None)
            if len(held) == len(trip.crew) and gap is not None:
                yield Where(trip.crew, held, trip.base, gap, trip)

    def _on_new_outings(self, plan: Plan, day: date) -> Iterator[Where]:
        today = whole_day(day)
        for crew in self.crews:
            tours = [[d for d in self._duties(plan, officer) if d.tour.overlap(today)] for officer in crew]
            for duties in product(*tours):
                for gap in _common([duty.gaps() for duty in duties]):
                    yield Where(crew, duties, self._base(crew, gap.start), gap, None)

    def _duties(self, plan: Plan, officer: str) -> Iterator[Duty]:
        """Tours that an officer works for the nominal's team."""
        yield from (duty for duty in plan.duties.get(officer, ()) if duty.team == self.offender.team)

    def _base(self, crew: Sequence[str], minute: int) -> Place:
        week = self.published.week
        return week.base_of(week.officers(crew, minute))

    def _at(self, plan: Plan, where: Where, day: date) -> Iterator[Spot]:
        """The best way to take the visit on at each position of an outing."""
        if not self._is_within_limits(plan, where.crew, day):
            return
        old = where.trip.stops if where.trip else ()
        for position in range(len(old) + 1):
            stops = (*old[:position], self._stop(day), *old[position:])
            legs = self._legs_of(where.base, stops)
            if not self._may_have_room(where, stops, legs):
                continue
            found = self._first_that_fits(plan, where, day, stops, legs)
            if found is not None:
                yield found

    def _stop(self, day: date) -> Stop:
        week = self.published.week
        hours = visiting_spans(week, self.offender, day)
        return Stop(
            self.task.task_id,
            self.task.offender_ref,
            place_of_offender(self.offender),
            0,
            week.policy.durations.minutes[self.task.kind],
            hours,
        )

    def _is_within_limits(self, plan: Plan, crew: Sequence[str], day: date) -> bool:
        """Whether nobody of the crew has as many visits as is allowed already."""
        week, stops = self.published.week, Counter[str]()
        for trip in plan.trips:
            if trip.day == day:
                stops.update({officer: len(trip.stops) for officer in trip.crew})
        if any(stops[officer] >= week.policy.visits.visits_per_day for officer in crew):
            return False
        for limit in week.policy.crews.exposure_limits:
            if limit.counts(self.task.kind, self.task.risk_level):
                today, weekly = self._counted(plan, limit, day)
                if limit.most_a_day is not None and any(today[o] >= limit.most_a_day for o in crew):
                    return False
                if limit.most_a_week is not None and any(weekly[o] >= limit.most_a_week for o in crew):
                    return False
        return True

    def _counted(self, plan: Plan, limit: ExposureLimit, day: date) -> tuple[Counter[str], Counter[str]]:
        today, weekly, due = Counter[str](), Counter[str](), self.published.week.due
        for trip in plan.trips:
            tasks = [due.task(stop.task_id) for stop in trip.stops]
            count = sum(limit.counts(task.kind, task.risk_level) for task in tasks if task)
            for officer in trip.crew:
                weekly[officer] += count
                today[officer] += count if trip.day == day else 0
        return today, weekly

    def _legs_of(self, base: Place, stops: Sequence[Stop]) -> tuple[int, ...]:
        way = (base, *(stop.place for stop in stops))
        if way not in self._legs:
            self._legs[way] = legs_of(self.published.week, base, way[1:])
        return self._legs[way]

    def _may_have_room(self, where: Where, stops: Sequence[Stop], legs: Sequence[int]) -> bool:
        """Whether the minutes are there at all; a quick look before any times are tried."""
        needed = sum(legs) + sum(stop.minutes for stop in stops)
        if where.gap.end - where.gap.start < needed:
            return False
        for duty in where.duties:
            gaps = sum(gap.end - gap.start for gap in duty.gaps(without=where.trip))
            desk = sum(job.minutes for job in duty.jobs if not job.is_fixed)
            others = [trip for trip in duty.trips if trip is not where.trip]
            pause = 0 if others or duty.usable.start > duty.pause_span.start else duty.pause
            if gaps < needed + desk + pause:
                return False
        return True

    def _first_that_fits(
        self, plan: Plan, where: Where, day: date, stops: Sequence[Stop], legs: tuple[int, ...]
    ) -> Spot | None:
        """The way to drive that takes the fewest minutes, then moves visits least, then is earliest."""
        pause = max(duty.pause for duty in where.duties)
        trip = where.trip
        ways = drives(stops, legs, where.gap, pause, trip.span.start if trip else None)
        for drive in sorted(ways, key=lambda way: self._cost(way, trip)):
            if all(local_day(stop.start) == day for stop in drive.stops):
                jobs = self._desk_work(plan, where, day, drive, legs)
                if jobs is not None:
                    return self._spot(where, drive, legs, jobs)
        return None

    def _cost(self, drive: Drive, trip: Trip | None) -> tuple[int, ...]:
        minutes = drive.span.end - drive.span.start
        return minutes, _moved(drive, trip), *(stop.start for stop in drive.stops)

    def _spot(self, where: Where, drive: Drive, legs: Sequence[int], jobs: tuple[Job, ...]) -> Spot:
        trip, size = where.trip, len(where.crew)
        before = trip.span.end - trip.span.start if trip else 0
        old_travel = sum(self._legs_of(where.base, trip.stops)) if trip else 0
        own = next(stop for stop in drive.stops if stop.task_id == self.task.task_id)
        moved = [s for s in trip.stops if s not in drive.stops] if trip else []
        points = self.published.week.policy.priorities
        lead, deputy = self.task.lead_officer in where.crew, self.task.deputy_officer in where.crew
        return Spot(
            task=self.task,
            crew=where.crew,
            start=own.start,
            end=own.end,
            drive=drive,
            trip=trip,
            jobs=jobs,
            continuity=points.lead_points if lead else points.deputy_points if deputy else 0,
            duty_minutes=size * (drive.span.end - drive.span.start - before) + sum(map(self._minutes, self.desk_tasks)),
            travel_minutes=sum(legs) - old_travel,
            moved_visits=len(moved),
            moved_minutes=_moved(drive, trip),
        )

    def _minutes(self, task: Task) -> int:
        return self.published.week.policy.durations.minutes[task.kind]

    def _desk_work(
        self, plan: Plan, where: Where, day: date, drive: Drive, legs: Sequence[int]
    ) -> tuple[Job, ...] | None:
        """All desk work of the tours concerned laid out round the outing; ``None`` if it does not fit."""
        layout = Layout(self, plan, where, drive, ride_of(drive.span, drive.stops, legs))
        if not layout.holds_what_stands():
            return None
        options = [self._desk_options(plan, where, task, day) for task in self.desk_tasks]
        for choices in product(*options):
            found = layout.with_new(choices)
            if found is not None:
                return found
        return None

    def _desk_options(self, plan: Plan, where: Where, task: Task, day: date) -> list[Desk]:
        """Who of the crew could do a piece of desk work in which tour, the same day first."""
        openings = self.published.openings
        able = {officer.officer_id for officer in openings.officers(task, self.offender)}
        last = day if task.kind is TaskKind.INTELLIGENCE_CHECK else self.published.week.horizon.last_day
        if task.kind is TaskKind.RECORD_ENTRY:
            last = min(last, entry_deadline(self.published.week, day))
        found = []
        for officer in (officer for officer in where.crew if officer in able):
            for duty in self._duties(plan, officer):
                for on in sorted({local_day(duty.tour.start), local_day(duty.tour.end - 1)}):
                    is_own = duty in where.duties if on == day else True
                    if day <= on <= last and is_own and openings.may_be_done(task, on):
                        found.append(Desk(task, duty, on))
        return sorted(found, key=lambda desk: desk.day)

    def ride(self, trip: Trip) -> Ride:
        """The ride of an outing as it stands."""
        if trip not in self._rides:
            self._rides[trip] = ride_of_trip(self.published.week, trip)
        return self._rides[trip]


class Layout:
    """Desk work laid out round one outing with its new times."""

    def __init__(self, places: VisitPlaces, plan: Plan, where: Where, drive: Drive, ride: Ride) -> None:
        self._places, self._plan, self._where, self._drive, self._ride = places, plan, where, drive, ride
        self._moved = {stop.ref: stop for stop in drive.stops}
        self._known: dict[tuple[object, ...], tuple[Job, ...] | None] = {}

    def holds_what_stands(self) -> bool:
        """Whether the desk work there is would still fit, and what is done elsewhere is still in time."""
        own = {id(duty) for duty in self._where.duties}
        with_visits = (pair for ref in self._moved for pair in self._plan.jobs_of.get(ref, ()))
        if not all(self._is_in_time(job) for duty, job in with_visits if job.is_fixed or id(duty) not in own):
            return False
        return all(self._laid(duty, ()) is not None for duty in self._where.duties)

    def _is_in_time(self, job: Job) -> bool:
        piece = self._piece(job)
        return all(piece.release <= part.start and part.end <= piece.deadline for part in job.parts)

    def with_new(self, choices: Sequence[Desk]) -> tuple[Job, ...] | None:
        """The desk work of all tours concerned when the new work is given out like this."""
        duties = {id(duty): duty for duty in (*self._where.duties, *(choice.duty for choice in choices))}
        jobs: list[Job] = []
        for key, duty in duties.items():
            new = tuple(self._job(choice) for choice in choices if id(choice.duty) == key)
            laid = self._laid(duty, new)
            if laid is None:
                return None
            jobs += laid
        return tuple(jobs)

    def _job(self, choice: Desk) -> Job:
        task = choice.task
        minutes = self._places.published.week.policy.durations.minutes[task.kind]
        return Job(task.task_id, task.kind, choice.duty.officer, choice.day, minutes, task.offender_ref)

    def _laid(self, duty: Duty, new: tuple[Job, ...]) -> tuple[Job, ...] | None:
        key = (id(duty), new)
        if key not in self._known:
            self._known[key] = self._lay(duty, new)
        return self._known[key]

    def _lay(self, duty: Duty, new: tuple[Job, ...]) -> tuple[Job, ...] | None:
        free = [job for job in duty.jobs if not job.is_fixed]
        jobs = (*free, *new)
        rides = [self._places.ride(trip) for trip in duty.trips if trip is not self._where.trip]
        if any(duty is own for own in self._where.duties):
            rides.append(self._ride)
        parts = lay_out(duty, rides, [self._piece(job) for job in jobs])
        if parts is None:
            return None
        return tuple(replace(job, parts=placed) for job, placed in zip(jobs, parts, strict=True))

    def _piece(self, job: Job) -> Piece:
        return piece_of(self._plan, job, self._drive, self._moved)


def piece_of(plan: Plan, job: Job, drive: Drive | None = None, moved: Mapping[str, Stop] | None = None) -> Piece:
    """When a piece of desk work may be done: on its day, and before or after the visit it goes with.

    Parameters
    ----------
    drive, moved
        An outing with new times, and its stops by nominal.
    """
    today = whole_day(job.day)
    release, deadline = today.start, today.end
    if drive and moved and job.ref in moved:
        span, stop = drive.span, moved[job.ref]
    elif job.ref in plan.trip_of:
        trip, stop = plan.trip_of[job.ref]
        span = trip.span
    else:
        return Piece(release, deadline, job.minutes, job.parts)
    if job.kind is TaskKind.INTELLIGENCE_CHECK:
        deadline = min(deadline, span.start)
    elif job.kind is TaskKind.RECORD_ENTRY:
        release = max(release, stop.end)
    else:
        release = max(release, span.end)
    return Piece(release, deadline, job.minutes, job.parts)


def ride_of_trip(week: Week, trip: Trip) -> Ride:
    """The ride of an outing as it stands."""
    return ride_of(trip.span, trip.stops, legs_of(week, trip.base, [stop.place for stop in trip.stops]))


def _moved(drive: Drive, trip: Trip | None) -> int:
    """Minutes by which the visits of an outing are moved, all together."""
    old = {stop.task_id: stop.start for stop in trip.stops} if trip else {}
    return sum(abs(stop.start - old[stop.task_id]) for stop in drive.stops if stop.task_id in old)


def _duty_holding(duties: Iterable[Duty], span: Span) -> Duty | None:
    return next((duty for duty in duties if duty.usable.holds(span)), None)


def _common(spans: Sequence[Sequence[Span]]) -> list[Span]:
    """Where all have a gap."""
    if not spans:
        return []
    common = list(spans[0])
    for other in spans[1:]:
        both = (Span(max(a.start, b.start), min(a.end, b.end)) for a in common for b in other)
        common = [span for span in both if span.start < span.end]
    return common
