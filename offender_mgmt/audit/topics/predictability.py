"""Whether nominals can know when somebody will call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import islice
from typing import NamedTuple

import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.places import attempt_members, nominal_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.policy.model import NOON
from offender_mgmt.register.records import Visit
from offender_mgmt.vocabulary import VisitOutcome

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SATURDAY = 5
HOURS = tuple(f"{hour:02d}:00-{hour + 2:02d}:00" for hour in range(0, 24, 2))
NO_TIME = "no time recorded"


def _announced(context: Context) -> pd.DataFrame:
    return attempt_members(context, context.attempts, counted=[v.announced for v in context.attempts])


def _successful(context: Context) -> list[Visit]:
    return [v for v in context.attempts if v.outcome is VisitOutcome.SUCCESSFUL]


def _weekdays(context: Context) -> pd.DataFrame:
    visits = _successful(context)
    return attempt_members(context, visits, split=[WEEKDAYS[v.date.weekday()] for v in visits])


def _hours(context: Context) -> pd.DataFrame:
    visits = _successful(context)
    return attempt_members(context, visits, split=[HOURS[v.start.hour // 2] if v.start else NO_TIME for v in visits])


def _evening_or_weekend(context: Context) -> pd.DataFrame:
    evening = context.policy.audit.evening_from
    timed = [(v, v.start) for v in context.attempts if v.start is not None]
    counted = [start >= evening or v.date.weekday() >= SATURDAY for v, start in timed]
    return attempt_members(context, [v for v, _ in timed], counted=counted)


class _Habit(NamedTuple):
    """How alike the last visits to a nominal were: the share in per cent of those in the commonest place."""

    ref: str
    last_day: str
    likeness: float
    detail: str


def _habits(context: Context) -> Iterator[_Habit]:
    """Of every active nominal in the community with enough timed visits."""
    number, evening = context.policy.audit.vary_last_visits, context.policy.audit.evening_from
    visits_of = context.now.register.visits_of
    for standing in context.now.standings:
        ref = standing.offender.offender_ref
        if not standing.is_active:
            continue
        last = list(islice(_timed_backwards(visits_of.get(ref, ())), number))
        if len(last) == number:
            places = Counter((day.weekday(), _part_of_day(start, evening)) for day, start in last)
            (weekday, part), most = min(places.items(), key=lambda item: (-item[1], item[0]))
            share = "The last" if most == number else f"{most} of the last"
            detail = f"{share} {number} on {WEEKDAYS[weekday]} {part}."
            yield _Habit(ref, last[0][0].isoformat(), 100 * most / number, detail)


def _timed_backwards(visits: Sequence[Visit]) -> Iterator[tuple[date, time]]:
    """Day and start of the successful visits with a start time, last first."""
    for visit in reversed(visits):
        if visit.start is not None and visit.outcome is VisitOutcome.SUCCESSFUL:
            yield visit.date, visit.start


def _part_of_day(start: time, evening: time) -> str:
    return "morning" if start < NOON else "afternoon" if start < evening else "evening"


def _predictable(context: Context) -> pd.DataFrame:
    habits = list(_habits(context))
    return _table_of(context, habits, counted=[habit.likeness == 100 for habit in habits])


def _indices(context: Context) -> pd.DataFrame:
    habits = list(_habits(context))
    return _table_of(context, habits, counted=[True] * len(habits))


def _table_of(context: Context, habits: list[_Habit], counted: list[bool]) -> pd.DataFrame:
    return nominal_members(
        context.now,
        [habit.ref for habit in habits],
        date=[habit.last_day for habit in habits],
        counted=counted,
        value=[habit.likeness for habit in habits],
        detail=[habit.detail for habit in habits],
    )


_ENOUGH = "active nominals in the community with at least audit.vary_last_visits successful visits with a start time"
_INDEX = (
    "Of the last audit.vary_last_visits successful visits with a start time, of any type and on any day up to the"
    " audit's (by day, start and visit id), the share in per cent that fell on the commonest weekday and part of the"
    " day; parts are before noon, from noon to audit.evening_from, and from then on."
)

TOPICS = (
    Topic(
        name="announced",
        group=Group.PREDICTABILITY,
        title="Visits announced beforehand",
        population="attempts in the period",
        counted="the nominal knew of it",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition="Attempts dated in the period, whatever their outcome; announced is Y in visits.csv.",
        members=_announced,
    ),
    Topic(
        name="weekday-spread",
        group=Group.PREDICTABILITY,
        title="Successful visits by weekday",
        population="successful visits in the period",
        counted="all",
        measures=(Measure.NUMBER, Measure.SPLIT),
        split="weekday",
        splits=WEEKDAYS,
        definition="Attempts with the outcome successful, of any type, by the weekday of their date.",
        members=_weekdays,
    ),
    Topic(
        name="hour-spread",
        group=Group.PREDICTABILITY,
        title="Successful visits by time of day",
        population="successful visits in the period",
        counted="all",
        measures=(Measure.NUMBER, Measure.SPLIT),
        split="two hours of the day in which the visit started, local time",
        splits=(*HOURS, NO_TIME),
        definition="Attempts with the outcome successful, of any type; the later hour is not included.",
        members=_hours,
    ),
    Topic(
        name="evening-or-weekend",
        group=Group.PREDICTABILITY,
        title="Visits in the evening or at the weekend",
        population="attempts in the period with a start time",
        counted="the start is at audit.evening_from or later, or the day is a Saturday or Sunday",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition="Attempts dated in the period, whatever their outcome. Bank holidays count as the weekday they are.",
        members=_evening_or_weekend,
    ),
    Topic(
        name="predictable",
        group=Group.PREDICTABILITY,
        title="Nominals always visited at the same time of the week",
        population=_ENOUGH,
        counted="the last of them were all on one weekday in one part of the day",
        measures=(Measure.NUMBER, Measure.SHARE),
        value="predictability index",
        unit="%",
        definition=_INDEX + " Counted at 100 per cent.",
        members=_predictable,
    ),
    Topic(
        name="predictability-index",
        group=Group.PREDICTABILITY,
        title="How alike the times of visits to a nominal are",
        population=_ENOUGH,
        counted="all",
        measures=(Measure.NUMBER, Measure.MEDIAN, Measure.NINETIETH, Measure.MOST),
        value="predictability index",
        unit="%",
        definition=_INDEX,
        members=_indices,
    ),
)
