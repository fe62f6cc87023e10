"""Hours of work against hours of duty, and days lost."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from offender_mgmt.audit.context import ONE_DAY, Context
from offender_mgmt.audit.places import nominal_members, officer_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.workload import DAYS_A_WEEK, duty_between, task_hours, tasks_due_by
from offender_mgmt.vocabulary import TaskKind, TourCode

ABSTRACTIONS = (TourCode.LEAVE, TourCode.SICK, TourCode.TRAINING, TourCode.COURT)
KINDS = tuple(kind.words for kind in TaskKind if kind is not TaskKind.FIXED_EVENT)


def _demand(context: Context) -> pd.DataFrame:
    return hours_of_tasks(context, days_ahead=DAYS_A_WEEK)


def hours_of_tasks(context: Context, days_ahead: int) -> pd.DataFrame:
    """The tasks due so many days after the audit's day or before, with their hours."""
    tasks = tasks_due_by(context.now, context.day + timedelta(days=days_ahead))
    return nominal_members(
        context.now,
        [task.offender_ref for task in tasks],
        item=[task.task_id for task in tasks],
        date=[task.due_date.isoformat() for task in tasks],
        value=[task_hours(task) for task in tasks],
        split=[task.kind.words for task in tasks],
    )


def _capacity(context: Context) -> pd.DataFrame:
    last = context.day + timedelta(days=DAYS_A_WEEK)
    duties = duty_between(context.now.register, context.policy, context.day + ONE_DAY, last)
    return officer_members(
        context.now,
        [duty.officer for duty in duties],
        date=[duty.day.isoformat() for duty in duties],
        team=[duty.team for duty in duties],
        value=[duty.hours for duty in duties],
    )


def _abstraction(context: Context) -> pd.DataFrame:
    rows = [t for t in context.now.register.tours if context.in_period(t.date)]
    rows = [t for t in rows if t.code is TourCode.DUTY or t.code in ABSTRACTIONS]
    known = context.now.register.officer_by_id  # of one team's register, who is lent to it stands in no file
    rows = [t for t in rows if t.lent_to is None or t.officer_id in known]
    rows.sort(key=lambda t: (t.officer_id, t.date, str(t.start)))
    away = [t.code in ABSTRACTIONS for t in rows]
    return officer_members(
        context.now,
        [t.officer_id for t in rows],
        date=[t.date.isoformat() for t in rows],
        counted=away,
        split=[t.code.value if gone else "" for t, gone in zip(rows, away, strict=True)],
    )


HOURS = (
    " Hours are the minutes the policy gives the kind of task by the officers it needs, travel not included. Work put"
    " off or cancelled is in it. A visit that an ARMS interview due by then does too is left out; what goes with a"
    " visit due by then (checks, entries, write-ups) is in it, whenever it is due itself. A visit that a fixed joint"
    " visit will do is in it."
)

TOPICS = (
    Topic(
        name="demand-hours",
        group=Group.CASELOAD,
        title="Hours of work overdue or due in the next seven days",
        population="tasks due by the seventh day after the audit's, and the tasks that go with them",
        counted="all",
        measures=(Measure.NUMBER, Measure.TOTAL, Measure.SPLIT),
        value="hours of officers' time",
        unit="hours",
        split="kind of task",
        splits=KINDS,
        definition="The clocks are asked about the seven days after." + HOURS,
        members=_demand,
    ),
    Topic(
        name="capacity-hours",
        group=Group.CASELOAD,
        title="Hours on duty in the next seven days",
        population="tours on duty that start in the seven days after",
        counted="all",
        measures=(Measure.NUMBER, Measure.TOTAL),
        value="hours of the tour less the break of a tour of its length and less the officer's fixed events",
        unit="hours",
        definition="The whole tour counts, also after midnight. Duty roster and events as extracted: no log tells what"
        " they were before. Officers of every role count. Nothing is taken off for travel.",
        members=_capacity,
    ),
    Topic(
        name="abstraction",
        group=Group.CASELOAD,
        title="Days lost to leave, sickness, training and court",
        population="rows of the duty roster in the period, rest days and bank holidays left out",
        counted="leave, sick, training or court instead of duty",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.SPLIT),
        split="why",
        splits=tuple(code.value for code in ABSTRACTIONS),
        definition="Only days the duty roster on file holds; fixed events inside a tour are not in it (they are taken"
        " off in capacity-hours).",
        members=_abstraction,
    ),
)
