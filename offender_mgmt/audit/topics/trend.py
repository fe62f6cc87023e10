"""Work done in time over the period, and the backlog at the week ends up to the day: is it getting better?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

import pandas as pd

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.context import ONE_DAY, Context
from offender_mgmt.audit.nominals import Found, members_found, overdue_on
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.topics.assessments import interview_clock
from offender_mgmt.audit.topics.coverage import POPULATION_ACTIVE, active
from offender_mgmt.audit.topics.overdue import visit_clock_on_eve
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.register.records import Assessment, Visit
from offender_mgmt.vocabulary import AssessmentKind, VisitOutcome

ClockOf = Callable[[Standing], ClockResult | None]
R = TypeVar("R", Visit, Assessment)


def visit_clock(standing: Standing) -> ClockResult | None:
    """The visit due by the interval in force."""
    return standing.clocks.visit


def arms_clock(standing: Standing) -> ClockResult | None:
    """The ARMS interview due, or the write-up of one that was held."""
    return standing.clocks.arms


def supervisory_clock(standing: Standing) -> ClockResult | None:
    """The supervisory review due."""
    return standing.clocks.supervisory


def on_time(context: Context) -> pd.DataFrame:
    """Visits of the period, and those that fell due in it and were not made."""
    return members_found([*_visits_made(context), *_not_done(context, visit_clock)])


def _visits_made(context: Context) -> Iterator[Found]:
    resets = context.policy.visits.resets_clock
    for standing in context.now.standings:
        ref = standing.offender.offender_ref
        for visit in _of_period(context, context.now.register.visits_of.get(ref, ())):
            if visit.outcome is VisitOutcome.SUCCESSFUL and visit.type in resets:
                clock = visit_clock_on_eve(context, ref, visit.date)
                yield from _timely(standing, clock, visit.date, visit.visit_id)


def arms_on_time(context: Context) -> pd.DataFrame:
    """ARMS of the period, and those that fell due in it and were not completed."""
    done = _assessments_made(context, AssessmentKind.ARMS, arms_clock)
    return members_found([*done, *_not_done(context, arms_clock)])


def supervisory_on_time(context: Context) -> pd.DataFrame:
    """Supervisory reviews of the period, and those that fell due in it and were not made."""
    done = _assessments_made(context, AssessmentKind.SUPERVISORY_REVIEW, supervisory_clock)
    return members_found([*done, *_not_done(context, supervisory_clock)])


def _assessments_made(context: Context, kind: AssessmentKind, clock_of: ClockOf) -> Iterator[Found]:
    for standing in context.now.standings:
        ref = standing.offender.offender_ref
        for made in _of_period(context, context.now.register.assessments_of.get(ref, ())):
            if made.kind is kind:
                eve = context.history.standing(ref, made.date - ONE_DAY)
                clock = clock_of(eve) if eve is not None and eve.is_active else None
                yield from _timely(standing, clock, made.date, made.date.isoformat())


def _of_period(context: Context, rows: tuple[R, ...]) -> list[R]:
    """The rows of the period, of rows that stand oldest first: only the last of them are looked at."""
    found = []
    for row in reversed(rows):
        if row.date < context.period_from:
            break
        found.append(row)
    return found[::-1]


def _timely(standing: Standing, clock: ClockResult | None, day: date, item: str) -> Iterator[Found]:
    if clock is not None:
        late = max(0, (day - clock.due_date).days)
        yield Found(standing, late == 0, float(late), day=day, detail=f"Due on {clock.due_date}.", item=item)


def _not_done(context: Context, clock_of: ClockOf) -> Iterator[Found]:
    """Whoever was not seen at all must not vanish from the share in time."""
    for standing in active(context):
        clock = clock_of(standing)
        if clock is not None and context.in_period(clock.due_date):
            found = overdue_on(standing, clock)
            yield found._replace(counted=False, detail="Fell due in the period and is not done.")


def trend(context: Context) -> pd.DataFrame:
    """Visits overdue at each week end."""
    return _trend(context, visit_clock)


def trend_arms(context: Context) -> pd.DataFrame:
    """ARMS interviews overdue at each week end."""
    return _trend(context, interview_clock)


def trend_supervisory(context: Context) -> pd.DataFrame:
    """Supervisory reviews overdue at each week end."""
    return _trend(context, supervisory_clock)


def _trend(context: Context, clock_of: ClockOf) -> pd.DataFrame:
    weeks = range(context.policy.audit.trend_weeks)
    days = [context.day - timedelta(days=7 * number) for number in reversed(weeks)]
    return members_found(found for day in days for found in _overdue_on(context, day, clock_of))


def _overdue_on(context: Context, day: date, clock_of: ClockOf) -> Iterator[Found]:
    split = day.isoformat()
    for standing in context.standings_at(day):
        if standing.is_active:
            clock = clock_of(standing)
            days = standing.days_overdue(clock) if clock is not None else 0
            due = clock.due_date if clock is not None else None
            yield Found(standing, days > 0, float(days), split, due) if days else Found(standing, False, split=split)


_ON_TIME = (
    "In time: on or before the due date that the clocks gave at the end of the day before, from the records of that"
    " time; what was not due then (the nominal away, not registered, or under eligible reactive management) is left"
    " out. What fell due in the period and is still not done is in the population and not counted, so that nobody is"
    " lost; what fell due before the period and is still not done is told by the backlog."
)
_TREND = (
    "Each week end is rebuilt from the logs: who was active in the community then, and whose clock had run out by"
    " then. A week end's share is held against the nominals of that day. The members' team, lead and tier are those"
    " of that day."
)


def _on_time_topic(name: str, title: str, what: str, members: Callable[[Context], pd.DataFrame], more: str) -> Topic:
    return Topic(
        name=name,
        group=Group.DECISIONS,
        title=title,
        population=f"{what} of the period, and those that fell due in it and are not done",
        counted="done on or before the due date",
        value="days late; days overdue where not done",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=f"{more} {_ON_TIME}",
        members=members,
    )


def _trend_topic(name: str, title: str, what: str, members: Callable[[Context], pd.DataFrame]) -> Topic:
    return Topic(
        name=name,
        group=Group.DECISIONS,
        title=title,
        population=f"{POPULATION_ACTIVE} at each of the last trend_weeks week ends",
        counted=f"{what} overdue at that week end",
        value="days overdue at that week end",
        split="week end",
        unit="days",
        measures=(Measure.SPLIT,),
        definition=_TREND,
        members=members,
        each_split_is_a_whole=True,
    )


TOPICS: tuple[Topic, ...] = (
    _on_time_topic(
        "on-time",
        "Visits made in time",
        "successful visits",
        on_time,
        "Successful visits of a type that resets the visit clock; each one counts, also where a nominal has several.",
    ),
    _on_time_topic(
        "arms-on-time",
        "ARMS completed in time",
        "ARMS",
        arms_on_time,
        "An ARMS is held against the write-up that was due, if the interview had been held, else the interview.",
    ),
    _on_time_topic(
        "supervisory-on-time",
        "Supervisory reviews made in time",
        "supervisory reviews",
        supervisory_on_time,
        "Reviews of nominals active in the community.",
    ),
    _trend_topic("trend", "Visits overdue, week by week", "visit", trend),
    _trend_topic("trend-arms", "ARMS overdue, week by week", "ARMS interview", trend_arms),
    _trend_topic("trend-supervisory", "Supervisory reviews overdue, week by week", "review", trend_supervisory),
)
