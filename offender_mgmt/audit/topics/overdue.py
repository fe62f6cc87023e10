"""Visits overdue: how many, by how much, the risk in them, and who was late before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.context import ONE_DAY, Context
from offender_mgmt.audit.nominals import Found, members_found, overdue_on
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.topics.coverage import POPULATION_ACTIVE, active
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.points import points_of
from offender_mgmt.vocabulary import TaskKind

VISITS = tuple(
    kind.value.replace("_", " ") for kind in (TaskKind.HOME_VISIT, TaskKind.INITIAL_VISIT, TaskKind.REPEAT_VISIT)
)
ALL_MEASURES = (
    Measure.NUMBER,
    Measure.SHARE,
    Measure.MEDIAN,
    Measure.NINETIETH,
    Measure.MOST,
    Measure.BANDS,
    Measure.SPLIT,
)


def visits_overdue(context: Context) -> pd.DataFrame:
    """Whose visit is overdue by the interval in force."""
    return members_found(_visit(standing, standing.clocks.visit) for standing in active(context))


def visits_overdue_by_tier(context: Context) -> pd.DataFrame:
    """Whose visit is overdue by the interval of the tier."""
    return members_found(_visit(standing, standing.clocks.visit_by_tier) for standing in active(context))


def _visit(standing: Standing, clock: ClockResult | None) -> Found:
    return overdue_on(standing, clock, clock.kind.value.replace("_", " ") if clock is not None else "")


def visits_overdue_risk(context: Context) -> pd.DataFrame:
    """The risk points of every visit overdue."""
    return members_found(_with_points(found, context) for found in _overdue(context))


def _overdue(context: Context) -> Iterator[Found]:
    visits = (_visit(standing, standing.clocks.visit) for standing in active(context))
    return (found for found in visits if found.counted)


def _with_points(found: Found, context: Context) -> Found:
    points = points_of(found.standing.facts.level, int(found.value), context.policy)
    return found._replace(value=float(points), split="")


def overdue_again(context: Context) -> pd.DataFrame:
    """Whose last visit was late, and the next one is late too."""
    return members_found(_again(found, context) for found in _overdue(context) if _is_seen(found.standing))


def _is_seen(standing: Standing) -> bool:
    return standing.facts.is_seen_since_start


def _again(found: Found, context: Context) -> Found:
    seen, ref = found.standing.facts.attempts.last_seen, found.standing.offender.offender_ref
    clock = visit_clock_on_eve(context, ref, seen) if seen is not None else None
    if seen is None or clock is None or seen <= clock.due_date:
        return Found(found.standing, counted=False)
    return found._replace(split="", detail=f"Seen on {seen}, due on {clock.due_date}. {found.detail}")


def visit_clock_on_eve(context: Context, ref: str, day: date) -> ClockResult | None:
    """When a visit made on a day had been due, as the clocks saw it at the end of the day before."""
    eve = context.history.standing(ref, day - ONE_DAY)
    return eve.clocks.visit if eve is not None and eve.is_active else None


_DEFINITION = (
    "The visit is the one the clocks make due: home, initial or repeat visit; an ARMS interview is looked at by itself."
    " Days overdue are counted from the due date to the day after the audit's day. A decision that puts the visit off"
    " or cancels it does not take it out."
)

TOPICS: tuple[Topic, ...] = (
    Topic(
        name="visits-overdue",
        group=Group.OVERDUE,
        title="Visits overdue, by the plan",
        population=POPULATION_ACTIVE,
        counted="visit overdue by the interval in force (the plan's, else the tier's)",
        value="days overdue",
        split="kind of visit",
        unit="days",
        measures=ALL_MEASURES,
        definition=_DEFINITION,
        members=visits_overdue,
        splits=VISITS,
    ),
    Topic(
        name="visits-overdue-by-tier",
        group=Group.OVERDUE,
        title="Visits overdue, by the tier",
        population=POPULATION_ACTIVE,
        counted="visit overdue by the tier's interval",
        value="days overdue",
        split="kind of visit",
        unit="days",
        measures=ALL_MEASURES,
        definition=f"{_DEFINITION} Intervals of risk management plans are left aside.",
        members=visits_overdue_by_tier,
        splits=VISITS,
    ),
    Topic(
        name="visits-overdue-risk",
        group=Group.OVERDUE,
        title="Risk in the backlog of visits",
        population="visits overdue, by the plan",
        counted="all",
        value="risk points: weight of the level in force times base days and days overdue, these capped",
        unit="risk points",
        measures=(Measure.TOTAL,),
        definition="The points that the plan gives the same visits: level_weights, base_days and lateness_cap_days.",
        members=visits_overdue_risk,
    ),
    Topic(
        name="overdue-again",
        group=Group.OVERDUE,
        title="Overdue again",
        population="nominals with a visit overdue who were seen since registration or return",
        counted="that last visit was itself made after its due date",
        value="days overdue now",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=(
            "The due date of the last visit is the one the clocks gave at the end of the day before it, from the"
            " records of that time. Nobody who was away, not registered or under eligible reactive management then"
            " had a visit due; such a visit was not late."
        ),
        members=overdue_again,
    ),
)
