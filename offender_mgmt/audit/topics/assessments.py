"""ARMS interviews and write-ups, supervisory reviews, and lowerings of risk that nobody signed off."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.context import Context
from offender_mgmt.audit.nominals import Found, members_found, overdue_on
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.topics.coverage import POPULATION_ACTIVE, active
from offender_mgmt.audit.topics.overdue import ALL_MEASURES
from offender_mgmt.due import rule_names
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.levels import last_step
from offender_mgmt.vocabulary import ChangeField, Cohort, TaskKind

AFTER_RETURN = "after a return"
ARMS_WORDS = {
    rule_names.ARMS_INITIAL: "initial",
    rule_names.ARMS_REVIEW: "review",
    rule_names.ARMS_TRIGGER: "after a rise in risk",
    rule_names.RESTARTED: AFTER_RETURN,
}
SUPERVISORY_WORDS = {
    rule_names.SUPERVISORY_INTERVAL: "by interval",
    rule_names.SUPERVISORY_AFTER_ARMS: "after an ARMS",
    rule_names.SUPERVISORY_AFTER_CHANGE: "after a change of level",
    rule_names.RESTARTED: AFTER_RETURN,
}


def _registered_sex_offenders(context: Context) -> Iterator[Standing]:
    return (standing for standing in active(context) if standing.offender.cohort is Cohort.RSO)


def interview_clock(standing: Standing) -> ClockResult | None:
    """When the ARMS interview is due; none while one that was held waits to be written up."""
    return standing.clocks.of_kind(TaskKind.ARMS_INTERVIEW)


def arms_overdue(context: Context) -> pd.DataFrame:
    """Whose ARMS interview is overdue."""
    return members_found(_interview(standing) for standing in _registered_sex_offenders(context))


def _interview(standing: Standing) -> Found:
    clock = interview_clock(standing)
    return overdue_on(standing, clock, ARMS_WORDS[clock.rule] if clock is not None else "")


def arms_write_ups_overdue(context: Context) -> pd.DataFrame:
    """Whose interview was held, but not written up in time."""
    held = ((s, s.clocks.of_kind(TaskKind.ARMS_WRITE_UP)) for s in _registered_sex_offenders(context))
    return members_found(overdue_on(standing, clock) for standing, clock in held if clock is not None)


def supervisory_reviews_overdue(context: Context) -> pd.DataFrame:
    """Whose supervisory review is overdue."""
    return members_found(_review(standing) for standing in active(context))


def _review(standing: Standing) -> Found:
    clock = standing.clocks.supervisory
    return overdue_on(standing, clock, SUPERVISORY_WORDS[clock.rule] if clock is not None else "")


def lowered_without_sign_off(context: Context) -> pd.DataFrame:
    """Whose level was lowered last, and by nobody's leave."""
    on_register = (standing for standing in context.now.standings if not standing.facts.has_ended)
    return members_found(found for s in on_register if (found := _lowered(s, context)) is not None)


def _lowered(standing: Standing, context: Context) -> Found | None:
    offender, levels = standing.offender, standing.facts.levels
    changes = context.now.register.changes_of.get(offender.offender_ref, ())
    step = last_step(change for change in changes if change.field is ChangeField.RISK_LEVEL)
    if step is None or not step.is_lowering:
        return None
    day = step.change.date
    if not levels.lowering_unsigned:
        return Found(standing, counted=False, day=day)
    detail = f"Lowered from {step.before.words} to {step.to.words} on {day}; {levels.in_force.words} stays in force."
    return Found(standing, True, standing.days_since(day), day=day, detail=detail)


_DAYS = (
    "Days overdue are counted from the due date to the day after the audit's day. Decisions to put it off do not count."
)

TOPICS: tuple[Topic, ...] = (
    Topic(
        name="arms-overdue",
        group=Group.ASSESSMENTS,
        title="ARMS overdue",
        population=f"registered sex offenders among {POPULATION_ACTIVE}",
        counted="ARMS interview overdue",
        value="days overdue",
        split="why it is due",
        unit="days",
        measures=ALL_MEASURES,
        definition=(
            f"By the rules arms-initial, arms-review, arms-trigger and restarted, the earliest of them. {_DAYS} Whose"
            " interview was held and is not written up is in the population and not counted: see the write-ups."
        ),
        members=arms_overdue,
        splits=tuple(ARMS_WORDS.values()),
    ),
    Topic(
        name="arms-write-ups-overdue",
        group=Group.ASSESSMENTS,
        title="ARMS write-ups overdue",
        population=f"registered sex offenders among {POPULATION_ACTIVE}, interviewed and without an ARMS since",
        counted="write-up overdue",
        value="days overdue",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        definition=f"By the rule arms-write-up. {_DAYS}",
        members=arms_write_ups_overdue,
    ),
    Topic(
        name="supervisory-reviews-overdue",
        group=Group.ASSESSMENTS,
        title="Supervisory reviews overdue",
        population=POPULATION_ACTIVE,
        counted="supervisory review overdue",
        value="days overdue",
        split="why it is due",
        unit="days",
        measures=ALL_MEASURES,
        definition=f"By the supervisory rules and restarted, the earliest of them. {_DAYS}",
        members=supervisory_reviews_overdue,
        splits=tuple(SUPERVISORY_WORDS.values()),
    ),
    Topic(
        name="lowered-without-sign-off",
        group=Group.ASSESSMENTS,
        title="Lowered without sign-off",
        population="nominals on the register whose last change of risk level is a lowering",
        counted="not signed off",
        value="days since the change",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        definition=(
            "On the register: registered by the day, register not ended, wherever the nominal is. Each change is held"
            " against the level in force at that point; without sign-off the graver level stays in force, and the"
            " visits are due by it."
        ),
        members=lowered_without_sign_off,
    ),
)
