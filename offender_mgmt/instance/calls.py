"""When a nominal can be called on: availability, visiting hours, release and deferral as spans."""

from __future__ import annotations

from datetime import date, time

from offender_mgmt.calendars import Horizon, moment
from offender_mgmt.due.task import Task
from offender_mgmt.instance.model import Span
from offender_mgmt.policy.model import VisitPolicy
from offender_mgmt.register.records import Offender
from offender_mgmt.vocabulary import CommunityStatus


def offender_available(offender: Offender, day: date) -> bool:
    """Whether the nominal is in the community on that day, as far as the register knows."""
    if offender.community_status is CommunityStatus.COMMUNITY:
        return True
    return offender.status_until is not None and offender.status_until < day


def visiting_hours(offender: Offender, day: date, policy: VisitPolicy) -> list[tuple[time, time]]:
    """Hours in which the nominal can be seen on a day; policy's where the nominal has none at all."""
    if not offender.visiting_hours:
        return [(policy.hours_from, policy.hours_to)]
    return [(start, end) for weekday, start, end in offender.visiting_hours if weekday == day.weekday()]


def not_before_release(task: Task, day: date) -> bool:
    """Whether the task may already be done on that day."""
    return day >= task.release_date


def not_while_deferred(task: Task, day: date) -> bool:
    """Whether no decision puts the task off on that day."""
    if task.deferral is None:
        return True
    return task.deferral.until is not None and task.deferral.until < day


def not_after_asked(task: Task, day: date) -> bool:
    """Whether the day is not after the one by which somebody asked for the task."""
    return task.not_after is None or day <= task.not_after


def call_days(task: Task, offender: Offender, horizon: Horizon) -> list[date]:
    """Days on which a task may be done at the nominal's door."""
    return [
        day
        for day in horizon.days()
        if offender_available(offender, day)
        and not_before_release(task, day)
        and not_while_deferred(task, day)
        and not_after_asked(task, day)
    ]


def call_spans(days: list[date], offender: Offender, policy: VisitPolicy, minutes: int) -> tuple[Span, ...]:
    """Spans that can hold a visit of so many minutes."""
    spans = []
    for day in days:
        for start, end in visiting_hours(offender, day, policy):
            span = moment(day, start), moment(day, end)
            if span[1] - span[0] >= minutes:
                spans.append(span)
    return tuple(sorted(spans))
