"""Who is on the register, and who of those to be visited has been seen in time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pandas as pd

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.context import Context
from offender_mgmt.audit.nominals import Found, members_found
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.vocabulary import CommunityStatus

ACTIVE = "active in the community"
REACTIVE = "reactive"
ENDED = "register ended"
AWAY = tuple(status.value for status in CommunityStatus if status is not CommunityStatus.COMMUNITY)

COVERED, OVERDUE, NOT_YET = "covered", "overdue", "not yet seen, in time"

POPULATION_ACTIVE = "nominals active in the community"
"""What most topics look at, in the words every definition uses."""


def population(context: Context) -> pd.DataFrame:
    """Everybody registered by the day."""
    return members_found(Found(s, split=_where(s)) for s in context.now.standings)


def _where(standing: Standing) -> str:
    if standing.facts.has_ended:
        return ENDED
    if standing.facts.is_away:
        return standing.offender.community_status.value
    return ACTIVE if standing.is_active else REACTIVE


def active(context: Context) -> Iterator[Standing]:
    """Nominals in the community on the day whose visits are due: the population of most topics."""
    return (standing for standing in context.now.standings if standing.is_active)


def coverage_by_plan(context: Context) -> pd.DataFrame:
    """Who was seen in time by the interval in force."""
    return _coverage(context, lambda standing: standing.clocks.visit)


def coverage_by_tier(context: Context) -> pd.DataFrame:
    """Who was seen in time by the interval of the tier, whatever the plan says."""
    return _coverage(context, lambda standing: standing.clocks.visit_by_tier)


def _coverage(context: Context, clock_of: Callable[[Standing], ClockResult | None]) -> pd.DataFrame:
    return members_found(_covered(standing, clock_of(standing)) for standing in active(context))


def _covered(standing: Standing, clock: ClockResult | None) -> Found:
    facts = standing.facts
    seen = facts.attempts.last_seen
    is_overdue = clock is not None and standing.days_overdue(clock) > 0
    split = OVERDUE if is_overdue else COVERED if facts.is_seen_since_start else NOT_YET
    days = standing.days_since(seen) if seen is not None else math.nan
    return Found(standing, split == COVERED, days, split, seen, clock.why if clock is not None else "")


_COVERED = "seen since registration or the return to the community, and the next visit not overdue"
_DEFINITION = (
    "Active in the community: registered by the day, register not ended, in the community on the day itself, and not"
    " under eligible reactive management. The visit is the one the clocks make due, a repeat after a failed attempt"
    " included; it is overdue from the day after its due date. Whoever was not seen since registration or return, but"
    " is still in time to be, is not covered and stands apart."
)

TOPICS: tuple[Topic, ...] = (
    Topic(
        name="population",
        group=Group.COVERAGE,
        title="Nominals on the register",
        population="all nominals registered by the day",
        counted="all",
        split="where the nominal is and how managed",
        measures=(Measure.NUMBER, Measure.SPLIT),
        definition=(
            "Register ended: the end lies on the day or before it. Else custody, hospital, abroad or missing by the"
            " community status on the day. Else reactive, if reactive management is eligible (low risk in force, low"
            " for the years of the policy, approved); else active in the community."
        ),
        members=population,
        splits=(ACTIVE, REACTIVE, *AWAY, ENDED),
    ),
    Topic(
        name="coverage-by-plan",
        group=Group.COVERAGE,
        title="Seen in time, by the plan",
        population=POPULATION_ACTIVE,
        counted=_COVERED,
        value="days since the last successful visit",
        split="covered, overdue, or not yet seen but in time",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.PARTS),
        definition=f"{_DEFINITION} The interval is that of the risk management plan where one is in force.",
        members=coverage_by_plan,
        splits=(COVERED, OVERDUE, NOT_YET),
    ),
    Topic(
        name="coverage-by-tier",
        group=Group.COVERAGE,
        title="Seen in time, by the tier",
        population=POPULATION_ACTIVE,
        counted=_COVERED,
        value="days since the last successful visit",
        split="covered, overdue, or not yet seen but in time",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.PARTS),
        definition=f"{_DEFINITION} The interval is that of the tier for everybody: intervals of plans are left aside.",
        members=coverage_by_tier,
        splits=(COVERED, OVERDUE, NOT_YET),
    ),
)
