"""Hours of work and hours of duty: what is overdue or due, what comes back every week, what the tours allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.context import Context, Snapshot
from offender_mgmt.due import Task
from offender_mgmt.due.needs import crew_size
from offender_mgmt.instance.shifts import fixed_events_kept, tour_span
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Event, Tour
from offender_mgmt.vocabulary import Cohort, TaskKind, TourCode, VisitType

MINUTES_AN_HOUR = 60
DAYS_A_WEEK = 7
WEEKS_A_MONTH = 365 / 12 / DAYS_A_WEEK


def full_time_share(register: Register, officer_id: str, policy: Policy) -> float:
    """Contracted hours by the hours of full time; 1 where nothing else is known."""
    officer = register.officer_by_id.get(officer_id)
    hours = officer.contract_hours if officer is not None else None
    return 1.0 if hours is None else hours / policy.audit.full_time_hours


def task_hours(task: Task) -> float:
    """Hours of officers' time at the door or the desk; travel is not in it."""
    return task.minutes * task.crew_size / MINUTES_AN_HOUR


def tasks_due_by(snapshot: Snapshot, last_day: date) -> list[Task]:
    """Tasks due by a day and what goes with them, by id.

    A visit that an ARMS interview among them does too takes no time of its own and is left out.
    """
    listed = snapshot.due.tasks
    due = {task.task_id for task in listed if not task.is_companion and task.due_date <= last_day}
    own = (t for t in listed if t.task_id in due and due.isdisjoint(t.satisfied_by))
    companions = (t for t in listed if not due.isdisjoint(t.goes_with))
    return sorted([*own, *companions], key=lambda task: task.task_id)


class Duty(NamedTuple):
    """The hours that one tour leaves for work, and the team that it is worked for; blank if that is not known."""

    officer: str
    day: date
    hours: float
    team: str


def duty_between(register: Register, policy: Policy, first_day: date, last_day: date) -> list[Duty]:
    """Tours on duty that start on these days, less breaks and fixed events, by officer and day.

    Of one team's register, tours that its officers are lent to another for are left aside.
    """
    events = _events_of(register)
    tours = [t for t in register.tours if t.code is TourCode.DUTY and first_day <= t.date <= last_day]
    tours = [t for t in tours if t.start is not None and t.end is not None]
    tours = [t for t in tours if t.lent_to is None or t.lent_to in register.teams]
    duties = (
        Duty(
            officer=t.officer_id,
            day=t.date,
            hours=_hours_left(t, events.get(t.officer_id, []), policy),
            team=register.lending.team_of(t) or "",
        )
        for t in tours
    )
    return sorted(duties)


def _events_of(register: Register) -> Mapping[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in register.events:
        for officer in event.officers:
            if event.start is not None and event.end is not None:
                found[officer].append(event)
    return found


def _hours_left(tour: Tour, events: list[Event], policy: Policy) -> float:
    span = tour_span(tour)
    length = span[1] - span[0]
    taken = sum(end - start for start, end in fixed_events_kept(span, events))
    return max(0, length - taken - policy.duty.break_minutes(length)) / MINUTES_AN_HOUR


def weeks_on_file(context: Context) -> int:
    """Whole weeks after the audit's day that the duty roster on file reaches over."""
    last = max((tour.date for tour in context.now.register.tours), default=context.day)
    return max(0, (last - context.day).days // DAYS_A_WEEK)


def weekly_capacity(context: Context) -> list[Duty]:
    """Tours of the whole weeks on file, each with the hours it adds to the mean week."""
    weeks = weeks_on_file(context)
    if not weeks:
        return []
    first, last = context.day + timedelta(days=1), context.day + timedelta(days=DAYS_A_WEEK * weeks)
    duties = duty_between(context.now.register, context.policy, first, last)
    return [duty._replace(hours=duty.hours / weeks) for duty in duties]


def in_community(context: Context) -> list[Standing]:
    """Nominals on the register and in the community, active or reactive, by reference."""
    return [standing for standing in context.now.standings if standing.is_in_community]


def weekly_hours(standing: Standing, policy: Policy) -> float:
    """Hours a week that a nominal in the community makes, on average, if everything is done in time."""
    minutes = policy.durations.minutes
    if not standing.is_active:
        return minutes[TaskKind.REACTIVE_REVIEW] / MINUTES_AN_HOUR / _weeks(policy.assessments.reactive_review_months)
    offender, level = standing.offender, standing.facts.level
    crew = crew_size(offender, level, policy)
    visits, interviews = _visits_a_week(standing, policy), 0.0
    if offender.cohort is Cohort.RSO:
        interviews = 1 / _weeks(policy.assessments.arms_review_months)
    if VisitType.ARMS_INTERVIEW in policy.visits.resets_clock:
        visits = max(0.0, visits - interviews)  # the interview is the visit, too
    calls = visits + interviews
    failed = policy.audit.no_reply_percent / (100 - policy.audit.no_reply_percent)
    reviews = max(interviews, 1 / _weeks(policy.assessments.supervisory_review_months[level]))
    at_the_door = (
        visits * minutes[TaskKind.HOME_VISIT]
        + interviews * minutes[TaskKind.ARMS_INTERVIEW]
        + calls * failed * minutes[TaskKind.REPEAT_VISIT]
    )
    at_the_desk = (
        calls * minutes[TaskKind.INTELLIGENCE_CHECK]
        + calls * (1 + failed) * minutes[TaskKind.RECORD_ENTRY]
        + interviews * minutes[TaskKind.ARMS_WRITE_UP]
        + reviews * minutes[TaskKind.SUPERVISORY_REVIEW]
    )
    return (crew * at_the_door + at_the_desk) / MINUTES_AN_HOUR


def _visits_a_week(standing: Standing, policy: Policy) -> float:
    offender = standing.offender
    until, days = offender.interval_until, offender.visit_interval_days
    if days is not None and (until is None or until >= standing.facts.horizon.first_day):
        return DAYS_A_WEEK / days
    return 1 / _weeks(policy.visits.interval_months[standing.facts.level])


def _weeks(months: int) -> float:
    return months * WEEKS_A_MONTH
