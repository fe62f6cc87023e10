"""Every place for one more piece of desk work: each officer who may do it, each tour, each day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from offender_mgmt.calendars import local_day
from offender_mgmt.checks.openings import whole_day
from offender_mgmt.due.task import Task
from offender_mgmt.places.desk import Piece, lay_out
from offender_mgmt.places.published import Duty, Job, Plan, Published, offender_of
from offender_mgmt.places.spot import Spot
from offender_mgmt.places.visits import piece_of, ride_of_trip


@dataclass(frozen=True)
class DeskPlaces:
    """Places for one piece of desk work in a published week."""

    published: Published
    task: Task

    def spots(self, plan: Plan, officers: frozenset[str] | None = None) -> Iterator[Spot]:
        """Every place in a plan; only of some officers, if any are given."""
        openings = self.published.openings
        for officer in openings.officers(self.task, offender_of(self.published.week, self.task)):
            if officers is None or officer.officer_id in officers:
                duties = (duty for duty in plan.duties.get(officer.officer_id, ()) if duty.team == officer.team)
                for duty in duties:
                    yield from self._in(plan, duty)

    def _in(self, plan: Plan, duty: Duty) -> Iterator[Spot]:
        week = self.published.week
        minutes = week.policy.durations.minutes[self.task.kind]
        for day in sorted({local_day(duty.tour.start), local_day(duty.tour.end - 1)}):
            if day not in week.horizon or not self.published.openings.may_be_done(self.task, day):
                continue
            today = whole_day(day)
            standing = [job for job in duty.jobs if not job.is_fixed]
            pieces = [*(piece_of(plan, job) for job in standing), Piece(today.start, today.end, minutes)]
            parts = lay_out(duty, [ride_of_trip(week, trip) for trip in duty.trips], pieces)
            if parts is not None:
                new = Job(self.task.task_id, self.task.kind, duty.officer, day, minutes)
                jobs = tuple(replace(job, parts=placed) for job, placed in zip((*standing, new), parts, strict=True))
                yield self._spot(duty.officer, jobs)

    def _spot(self, officer: str, jobs: tuple[Job, ...]) -> Spot:
        own = jobs[-1]
        lead = self.task.lead_officer == officer
        return Spot(
            task=self.task,
            crew=(officer,),
            start=own.parts[0].start,
            end=own.parts[-1].end,
            jobs=jobs,
            continuity=self.published.week.policy.priorities.lead_points if lead else 0,
            duty_minutes=own.minutes,
        )
