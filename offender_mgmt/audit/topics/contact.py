"""Who was never seen, who not for long, and at whose door nobody answers."""

from __future__ import annotations

import pandas as pd

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.context import Context
from offender_mgmt.audit.nominals import Found, members_found
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.topics.coverage import POPULATION_ACTIVE, active
from offender_mgmt.due.desk_clocks import unanswered, undecided_attempt

MANY = "3 or more"
CHAINS = ("1", "2", MANY)


def never_seen(context: Context) -> pd.DataFrame:
    """Who was not seen since registration or return."""
    return members_found(_never(standing) for standing in active(context))


def _never(standing: Standing) -> Found:
    facts = standing.facts
    if facts.is_seen_since_start:
        return Found(standing, counted=False)
    return Found(standing, True, standing.days_since(facts.start), day=facts.start, detail=_since(standing))


def _since(standing: Standing) -> str:
    facts = standing.facts
    start = f"{'Back' if facts.restart is not None else 'Registered'} since {facts.start}"
    seen = facts.attempts.last_seen
    return f"{start}, last seen {seen}." if seen is not None else f"{start}, never seen."


def long_unseen(context: Context) -> pd.DataFrame:
    """Who was seen, but not for longer than the policy's days."""
    return members_found(
        _unseen(standing, context.policy.audit.unseen_days)
        for standing in active(context)
        if standing.facts.attempts.last_seen is not None
    )


def _unseen(standing: Standing, longest: int) -> Found:
    seen = standing.facts.attempts.last_seen or standing.facts.start
    days = standing.days_since(seen)
    return Found(standing, days > longest, days, day=seen, detail=f"Last seen {seen}.")


def no_reply_chains(context: Context) -> pd.DataFrame:
    """At whose door attempts failed since the last visit."""
    return members_found(_chain(standing) for standing in active(context))


def _chain(standing: Standing) -> Found:
    failed = standing.facts.failed
    if not failed:
        return Found(standing, counted=False)
    tries, last = len(failed), failed[-1][0]
    split = str(tries) if tries < len(CHAINS) else MANY
    outcomes = ", ".join(outcome.value.replace("_", " ") for _, outcome in failed)
    return Found(standing, True, float(tries), split, last, f"Since {failed[0][0]}: {outcomes}.")


def undecided_no_replies(context: Context) -> pd.DataFrame:
    """At whose door so many attempts failed that somebody must decide, and nobody did."""
    needed = context.policy.visits.failed_attempts_for_decision
    called_for = (standing for standing in active(context) if len(unanswered(standing.facts)) >= needed)
    return members_found(_undecided(standing, context) for standing in called_for)


def _undecided(standing: Standing, context: Context) -> Found:
    reached = undecided_attempt(standing.facts, context.policy)
    if reached is None:
        return Found(standing, counted=False)
    detail = f"{len(unanswered(standing.facts))} attempts without reply or refused, no decision since {reached}."
    return Found(standing, True, standing.days_since(reached), day=reached, detail=detail)


_SEEN = "A successful visit is one of a type that resets the visit clock."

TOPICS: tuple[Topic, ...] = (
    Topic(
        name="never-seen",
        group=Group.CONTACT,
        title="Never seen",
        population=POPULATION_ACTIVE,
        counted="no successful visit since registration or the return to the community",
        value="days since registration or return",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MEDIAN, Measure.NINETIETH, Measure.MOST),
        definition=f"{_SEEN} Whoever came back from custody and was not seen since is among them, seen before or not.",
        members=never_seen,
    ),
    Topic(
        name="long-unseen",
        group=Group.CONTACT,
        title="Not seen for long",
        population=f"{POPULATION_ACTIVE} with a successful visit ever",
        counted="last successful visit more than unseen_days ago",
        value="days since the last successful visit",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        definition=f"{_SEEN} Visits before a stay in custody count here: what is told is when anybody last saw them.",
        members=long_unseen,
    ),
    Topic(
        name="no-reply-chains",
        group=Group.CONTACT,
        title="Attempts that failed since the last visit",
        population=POPULATION_ACTIVE,
        counted="an attempt failed since the last successful visit, and since registration or return",
        value="attempts that failed",
        split="how many failed",
        unit="attempts",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST, Measure.SPLIT),
        definition=(
            "Every attempt with an outcome other than successful, on a later day than the last successful visit; two"
            " on one day are two."
        ),
        members=no_reply_chains,
        splits=CHAINS,
    ),
    Topic(
        name="undecided-no-replies",
        group=Group.CONTACT,
        title="No replies without a decision",
        population=f"{POPULATION_ACTIVE} with failed_attempts_for_decision attempts without reply or refused",
        counted="no no-reply decision on or after the attempt that called for it",
        value="days since that attempt",
        unit="days",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        definition=(
            "Counted from the day of the attempt, not from the end of the days allowed for the decision. Attempts"
            " since the last successful visit, and since registration or return; aborted ones and void addresses call"
            " for no decision."
        ),
        members=undecided_no_replies,
    ),
)
