"""The reactive cohort: who is in it rightly, whose review is late, and what should have ended it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.context import ONE_DAY, Context
from offender_mgmt.audit.nominals import Found, members_found, overdue_on
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.calendars import add_months
from offender_mgmt.due.facts import last_restart
from offender_mgmt.vocabulary import AssessmentKind, ManagementStatus, RiskLevel, VisitOutcome

NOT_LOW, TOO_SHORT, NO_APPROVER = "risk level not low", "not low for long enough", "no approver"
RISE, RETURN, ADDRESS_VOID = "rise in risk", "return to the community", "address void"


def reactive(context: Context) -> pd.DataFrame:
    """Who in the community is monitored without visits."""
    here = (standing for standing in context.now.standings if standing.is_in_community)
    return members_found(Found(s, counted=s.facts.is_eligible_reactive) for s in here)


def _called_reactive(context: Context) -> Iterator[Standing]:
    """Those the register says are reactive, rightly or not, wherever they are."""
    on_register = (standing for standing in context.now.standings if not standing.facts.has_ended)
    return (s for s in on_register if s.offender.management_status is ManagementStatus.REACTIVE)


def reactive_not_eligible(context: Context) -> pd.DataFrame:
    """Who is called reactive and must not be."""
    return members_found(_not_eligible(standing, context) for standing in _called_reactive(context))


def _not_eligible(standing: Standing, context: Context) -> Found:
    facts, offender = standing.facts, standing.offender
    if facts.is_eligible_reactive:
        return Found(standing, counted=False)
    years = context.policy.assessments.reactive_after_low_years
    since = offender.risk_level_set_on
    if facts.level is not RiskLevel.LOW:
        return Found(standing, split=NOT_LOW, day=since, detail=f"The level in force is {facts.level.words}.")
    if add_months(since, 12 * years) > standing.day + ONE_DAY:
        return Found(standing, split=TOO_SHORT, day=since, detail=f"Low since {since}: less than {years} years.")
    return Found(standing, split=NO_APPROVER, day=facts.became_reactive, detail="Nobody is named who approved it.")


def reactive_reviews_overdue(context: Context) -> pd.DataFrame:
    """Whose eligibility was not looked at again in time."""
    clocks = ((standing, standing.clocks.reactive) for standing in context.now.standings)
    return members_found(overdue_on(standing, clock) for standing, clock in clocks if clock is not None)


def reactive_triggers(context: Context) -> pd.DataFrame:
    """To whom something happened that asks for a review, and none was made."""
    return members_found(_triggered(standing, context) for standing in _called_reactive(context))


def _triggered(standing: Standing, context: Context) -> Found:
    facts = standing.facts
    since = facts.became_reactive or facts.offender.registered_on
    reviewed = facts.last_done.get(AssessmentKind.REACTIVE_REVIEW, since)
    triggers = [(day, what) for day, what in _events(standing, context) if day > max(since, reviewed)]
    if not triggers:
        return Found(standing, counted=False)
    day, what = min(triggers)
    detail = f"{what.capitalize()} on {day}, no reactive review since."
    return Found(standing, True, standing.days_since(day), what, day, detail)


def _events(standing: Standing, context: Context) -> Iterator[tuple[date, str]]:
    facts, offender = standing.facts, standing.offender
    if facts.levels.raised_on is not None:
        yield facts.levels.raised_on, RISE
    # Not the day on which somebody still away is expected back: that is no return yet.
    returned = last_restart(offender, context.now.register.changes_of.get(offender.offender_ref, ()))
    if returned is not None:
        yield returned, RETURN
    last = facts.attempts.last
    if last is not None and last.outcome is VisitOutcome.ADDRESS_VOID:
        yield last.date, ADDRESS_VOID


_CALLED = "nominals on the register whom it calls reactive"

TOPICS: tuple[Topic, ...] = (
    Topic(
        name="reactive",
        group=Group.REACTIVE,
        title="Managed reactively",
        population="nominals on the register and in the community",
        counted="under reactive management and eligible for it",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=(
            "Eligible: risk level in force low, low for reactive_after_low_years on the day after the audit's day, and"
            " an approver named."
        ),
        members=reactive,
    ),
    Topic(
        name="reactive-not-eligible",
        group=Group.REACTIVE,
        title="Called reactive, not eligible",
        population=_CALLED,
        counted="not eligible for reactive management",
        split="the first of: level in force, years at it, approver",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.SPLIT),
        definition="Visits of these nominals are due as if they were managed actively, and they are counted as active.",
        members=reactive_not_eligible,
        splits=(NOT_LOW, TOO_SHORT, NO_APPROVER),
    ),
    Topic(
        name="reactive-reviews-overdue",
        group=Group.REACTIVE,
        title="Reactive reviews overdue",
        population="nominals in the community under eligible reactive management",
        counted="reactive review overdue",
        value="days overdue",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        definition="By the rule reactive-review. Days overdue are counted to the day after the audit's day.",
        members=reactive_reviews_overdue,
    ),
    Topic(
        name="reactive-triggers",
        group=Group.REACTIVE,
        title="Triggers not acted on",
        population=_CALLED,
        counted="a trigger since the last reactive review (since the change to reactive, else registration)",
        value="days since the earliest of the triggers",
        split="the earliest trigger",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST, Measure.SPLIT),
        definition=(
            "Triggers are the last rise of the level in force, the last return to the community, and the last attempt"
            " if it found the address void, each on a later day than the review or change it is held against."
        ),
        members=reactive_triggers,
        splits=(RISE, RETURN, ADDRESS_VOID),
    ),
)
