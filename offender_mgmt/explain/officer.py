"""What an officer carries in a week, day by day, and what limits it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from offender_mgmt.calendars import local_day
from offender_mgmt.checks.spans import Span
from offender_mgmt.due.task import Task
from offender_mgmt.explain.world import World
from offender_mgmt.places.published import Duty
from offender_mgmt.places.spot import urgency
from offender_mgmt.register.records import Officer
from offender_mgmt.vocabulary import RiskLevel, TourCode


@dataclass(frozen=True, slots=True)
class DayOfDuty:
    """One tour.

    Parameters
    ----------
    out, desk, events
        Minutes on outings, at the desk, at fixed events.
    free
        Minutes left, the break not counted.
    visits
        Ids of the visits, in order of time.
    """

    day: date
    tour: Span
    out: int
    desk: int
    events: int
    free: int
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """An officer's week.

    Parameters
    ----------
    days
        Tours for this team.
    off
        Days without duty, and why.
    lent
        Days with another team, and which.
    tasks
        Tasks the officer does or takes part in, most urgent first.
    lead_of
        Nominals the officer leads who have work due, and how many of these tasks are with this officer.
    levels
        Visits by risk level.
    lacking
        Skills that somebody's work of the team needs and the officer does not hold.
    conflicts
        Nominals with work due who exclude the officer.
    """

    officer: Officer
    days: tuple[DayOfDuty, ...]
    off: tuple[tuple[date, str], ...]
    lent: tuple[tuple[date, str], ...]
    tasks: tuple[Task, ...]
    bands: tuple[int, ...]
    levels: dict[RiskLevel, int]
    lead_of: tuple[int, int]
    lacking: tuple[tuple[str, int], ...]
    conflicts: tuple[str, ...]


def carried(world: World, officer_id: str) -> Carried:
    """What an officer carries in the published week."""
    officer = world.register.officer_by_id[officer_id]
    week = world.published.week
    rows = [row for row in week.rows if officer_id in row.crew]
    found = {row.task_id: task for row in rows if (task := week.due.task(row.task_id)) is not None}
    tasks = tuple(sorted(found.values(), key=lambda t: (urgency(t), t.task_id)))
    counted = Counter(task.band for task in tasks if task.points)
    led = [t for t in week.due.tasks if t.lead_officer == officer_id and t.points]
    duties = world.published.plan.duties.get(officer_id, ())
    return Carried(
        officer=officer,
        days=tuple(_day(duty) for duty in duties if duty.team == officer.team),
        off=tuple(_off(world, officer_id)),
        lent=tuple((duty_day(duty), duty.team) for duty in duties if duty.team != officer.team),
        tasks=tasks,
        bands=tuple(counted[band] for band in range(len(week.due.bands))),
        levels=dict(Counter(task.risk_level for task in tasks if task.kind.is_field)),
        lead_of=(len(led), sum(task.task_id in found for task in led)),
        lacking=tuple(_lacking(world, officer)),
        conflicts=tuple(sorted({t.offender_ref for t in week.due.tasks if officer_id in t.excluded_officers})),
    )


def _day(duty: Duty) -> DayOfDuty:
    out = sum(trip.span.end - trip.span.start for trip in duty.trips)
    desk = sum(part.end - part.start for job in duty.jobs for part in job.parts)
    events = sum(event.overlap(duty.tour) for event in duty.events)
    length = max(0, duty.usable.end - duty.usable.start)
    stops = sorted((s.start, s.task_id) for trip in duty.trips for s in trip.stops)
    return DayOfDuty(
        day=duty_day(duty),
        tour=duty.tour,
        out=out,
        desk=desk,
        events=events,
        free=max(0, length - out - desk - events - duty.pause),
        visits=tuple(task_id for _, task_id in stops),
    )


def duty_day(duty: Duty) -> date:
    """The local day on which a tour starts."""
    return local_day(duty.tour.start)


def _off(world: World, officer_id: str) -> list[tuple[date, str]]:
    tours = world.register.tours_of.get(officer_id, ())
    inside = [tour for tour in tours if tour.date in world.due.horizon and tour.code is not TourCode.DUTY]
    return [(tour.date, tour.code.value.replace("_", " ")) for tour in inside]


def _lacking(world: World, officer: Officer) -> list[tuple[str, int]]:
    """Skills the officer does not hold, with the number of due tasks that ask for them of each or of one."""
    asked = Counter(skill for task in world.due.tasks for skill in {*task.skills_each, *task.skills_one})
    return sorted((skill, count) for skill, count in asked.items() if skill not in officer.skills)
