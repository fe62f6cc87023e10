"""The roster with one more task at a place: rows as the check and a reader expect them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from offender_mgmt.checks.openings import Openings
from offender_mgmt.checks.reasons import true_reasons
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.places.published import Job, Published, Trip, guests_of, legs_of
from offender_mgmt.places.spot import Spot, urgency
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.travel import Place

PREFERRED = ("deferred", "not_released", "goes_with_visit", "no_qualified_crew", "no_qualified_officer")


def roster_with(published: Published, spot: Spot) -> Roster:
    """The published roster with the task at its place; what gives way is left out, with a reason that is proven."""
    maker = _Maker(published, spot)
    assignments = tuple(sorted(maker.rows(), key=_place))
    done = {row.task_id for row in assignments}
    kept = [row for row in published.week.roster.unassigned if row.task_id not in done]
    without = Roster(published.week.horizon, assignments, tuple(kept))
    rows = [*kept, *left_out_rows(published.week, without, maker.gone(done))]
    return replace(without, unassigned=tuple(sorted(rows, key=lambda row: _urgency(published.week.due, row))))


def left_out_rows(week: Week, roster: Roster, tasks: Sequence[Task]) -> Iterator[Unassigned]:
    """Rows of tasks left out, each with the first reason that can be proven."""
    openings = Openings(replace(week, roster=roster))
    for task in tasks:
        true = true_reasons(openings, task, week.register.offender_by_ref[task.offender_ref])
        reason = next((name for name in (*PREFERRED, *sorted(true)) if name in true), "not_placed")
        yield Unassigned(
            task_id=task.task_id,
            kind=task.kind,
            offender_ref=task.offender_ref,
            risk_level=task.risk_level,
            band=week.due.bands[task.band],
            due_date=task.due_date,
            days_overdue=task.days_overdue,
            reason=reason,
            explanation=REASONS[reason],
        )


class _Maker:
    def __init__(self, published: Published, spot: Spot) -> None:
        self._published, self._week, self._spot = published, published.week, spot
        self._main = {task.task_id for task in spot.gives_way}
        self._gone = self._main | {
            job.task_id
            for task in spot.gives_way
            if task.kind.is_field
            for _, job in published.plan.jobs_of.get(task.offender_ref, ())
        }

    def gone(self, done: set[str]) -> list[Task]:
        """Tasks that were in the roster and no longer are."""
        found = (self._week.due.task(task_id) for task_id in sorted(self._gone - done))
        return [task for task in found if task is not None]

    def rows(self) -> Iterator[Assignment]:
        """Every row of the new roster."""
        spot, laid = self._spot, {job.task_id for job in self._spot.jobs}
        taken = [trip for trip in self._published.trips if self._is_changed(trip)]
        moved = {stop.task_id for trip in taken for stop in trip.stops}
        moved |= {guest for stop in moved for guest in self._week.guests_of.get(stop, ())}
        for row in self._week.roster.assignments:
            if row.task_id not in laid | self._gone | moved:
                yield row
        for trip in taken:
            if not self._takes_on(trip):
                yield from self._shorter(trip)
        yield from self._driven()
        for job in spot.jobs:
            yield from self._desk(job)

    def _is_changed(self, trip: Trip) -> bool:
        ids = {stop.task_id for stop in trip.stops}
        own = {stop.task_id for stop in self._spot.trip.stops} if self._spot.trip else set()
        return bool(ids & (own | self._main))

    def _takes_on(self, trip: Trip) -> bool:
        """Whether the outing is the one that makes the visit."""
        own = {stop.task_id for stop in self._spot.trip.stops} if self._spot.trip else set()
        return bool(own) and own <= {stop.task_id for stop in trip.stops}

    def _shorter(self, trip: Trip) -> Iterator[Assignment]:
        """An outing from which a visit is taken, the others at their times."""
        stops = [stop for stop in trip.stops if stop.task_id not in self._main]
        legs = legs_of(self._week, trip.base, [stop.place for stop in stops])
        for position, (stop, travel) in enumerate(zip(stops, legs, strict=False), start=1):
            for row in self._rows_of_stop(stop.task_id):
                yield _at(row, position, travel)

    def _driven(self) -> Iterator[Assignment]:
        """The outing that makes the visit, with its new times."""
        spot, drive = self._spot, self._spot.drive
        if drive is None:
            return
        trip = spot.trip
        base = trip.base if trip else self._base()
        legs = legs_of(self._week, base, [stop.place for stop in drive.stops])
        crew = self._seats()
        name = trip.name if trip else self._new_name()
        for position, (stop, travel) in enumerate(zip(drive.stops, legs, strict=False), start=1):
            if stop.task_id == spot.task.task_id:
                visit = self._row(spot.task, stop.start, stop.end, crew)
                guests = [self._row(g, stop.start, stop.end, crew, spot.task.task_id) for g in self._guests()]
                for row in (visit, *guests):
                    placed = replace(row, outing=name)
                    numbered = position if name else 0
                    yield replace(placed, position=numbered, travel_minutes=travel if name else 0)
            else:
                for row in self._rows_of_stop(stop.task_id):
                    yield _at(replace(row, start=stop.start, end=stop.end), position, travel)

    def _base(self) -> Place:
        return self._week.base_of(self._week.officers(self._spot.crew, self._spot.start))

    def _rows_of_stop(self, task_id: str) -> list[Assignment]:
        ids = {task_id} | self._week.guests_of.get(task_id, frozenset())
        return [row for row in self._week.roster.assignments if row.task_id in ids]

    def _guests(self) -> list[Task]:
        """Tasks that the visit does as well and nothing else does."""
        others = {row.task_id for row in self._week.roster.assignments} - self._gone
        return [guest for guest in guests_of(self._week, self._spot.task) if guest.task_id not in others]

    def _seats(self) -> tuple[str, ...]:
        """The crew with the lead officer first, else the deputy."""
        task = self._spot.task
        return tuple(sorted(self._spot.crew, key=lambda o: (o != task.lead_officer, o != task.deputy_officer, o)))

    def _new_name(self) -> str:
        """A name for a new outing that no other has."""
        taken = {row.outing for row in self._week.roster.assignments}
        stem = f"{self._spot.task.team}-{self._spot.day.isoformat()}"
        return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}-{n}") not in taken)

    def _desk(self, job: Job) -> Iterator[Assignment]:
        task = self._week.due.task(job.task_id)
        standing = self._week.rows_of.get(job.task_id, ())
        if tuple((row.start, row.end) for row in standing) == job.parts and job.task_id not in self._gone:
            yield from standing
            return
        for number, part in enumerate(job.parts, start=1):
            label = f"{number}/{len(job.parts)}" if len(job.parts) > 1 else ""
            if standing and job.task_id not in self._gone:
                yield replace(standing[0], start=part.start, end=part.end, part=label)
            elif task is not None:
                yield replace(self._row(task, part.start, part.end, (job.officer,)), part=label)

    def _row(self, task: Task, start: int, end: int, crew: tuple[str, ...], done_with: str = "") -> Assignment:
        return Assignment(
            task_id=task.task_id,
            kind=task.kind,
            offender_ref=task.offender_ref,
            start=start,
            end=end,
            crew=crew,
            risk_level=task.risk_level,
            band=self._week.due.bands[task.band],
            due_date=task.due_date,
            days_overdue=task.days_overdue,
            done_with=done_with,
            why=task.why,
        )


def _at(row: Assignment, position: int, travel: int) -> Assignment:
    """The row of a stop with its position and travel, where it states them."""
    return replace(row, position=position, travel_minutes=travel) if row.position else row


def _place(row: Assignment) -> tuple[object, ...]:
    return row.start, row.crew, row.outing, row.position, row.task_id, row.part


def _urgency(due: DueList, row: Unassigned) -> tuple[int, int, str]:
    task = due.task(row.task_id)
    return (*(urgency(task) if task else (len(due.bands), 0)), row.task_id)
