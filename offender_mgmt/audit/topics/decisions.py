"""Work put off or cancelled, by whom and why, and how attempts ended: nothing of it turns the picture green."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.places import attempt_members, nominal_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.register.records import Deferral
from offender_mgmt.vocabulary import TaskKind, VisitOutcome

CANCELLED, PUT_OFF = "cancelled", "put off"
LONGEST_REASON = 60
"""Staff type reasons freely: more than this is no reason but a story."""
OUTCOMES = tuple(outcome.value.replace("_", " ") for outcome in VisitOutcome)


def _in_force(context: Context) -> list[Deferral]:
    """The last decision about each kind of task of each nominal, unless it has run out."""
    found: list[Deferral] = []
    for _, decisions in sorted(context.now.register.deferrals_of.items()):
        last = {decision.task_kind: decision for decision in decisions}
        found += [last[kind] for kind in TaskKind if kind in last]
    return [decision for decision in found if decision.until is None or decision.until > context.day]


def _what(decision: Deferral) -> str:
    return CANCELLED if decision.until is None else PUT_OFF


def _reason(decision: Deferral) -> str:
    reason = " ".join(decision.reason.split())
    return reason if len(reason) <= LONGEST_REASON else reason[: LONGEST_REASON - 1].rstrip() + "…"


def _sentence(decision: Deferral) -> str:
    until = f" until {decision.until}" if decision.until is not None else ""
    what = f"{decision.task_kind.words} {_what(decision)}{until}"
    return f"{what[0].upper()}{what[1:]} by {decision.authoriser}: {_reason(decision)}"


def _decisions(split: Callable[[Deferral], str]) -> Callable[[Context], pd.DataFrame]:
    def members(context: Context) -> pd.DataFrame:
        decisions = _in_force(context)
        return nominal_members(
            context.now,
            [d.offender_ref for d in decisions],
            item=[d.task_kind.value for d in decisions],
            date=[d.decided_on.isoformat() for d in decisions],
            split=[split(d) for d in decisions],
            detail=[_sentence(d) for d in decisions],
        )

    return members


def _overdue_but_put_off(context: Context) -> pd.DataFrame:
    tasks = [t for t in context.now.due.tasks if t.days_overdue and not t.is_companion]
    tasks.sort(key=lambda task: task.task_id)
    decisions = [task.deferral for task in tasks]
    return nominal_members(
        context.now,
        [t.offender_ref for t in tasks],
        item=[t.task_id for t in tasks],
        date=[t.due_date.isoformat() for t in tasks],
        counted=[decision is not None for decision in decisions],
        value=[float(t.days_overdue) for t in tasks],
        split=[_what(decision) if decision is not None else "" for decision in decisions],
        detail=[_sentence(decision) if decision is not None else "" for decision in decisions],
    )


def _outcomes(context: Context) -> pd.DataFrame:
    split = [v.outcome.value.replace("_", " ") for v in context.attempts]
    return attempt_members(context, context.attempts, split=split)


def _topic(name: str, title: str, split: str, by: Callable[[Deferral], str], splits: tuple[str, ...] = ()) -> Topic:
    return Topic(
        name=name,
        group=Group.DECISIONS,
        title=title,
        population="decisions in force to put work off or to cancel it",
        counted="all",
        measures=(Measure.NUMBER, Measure.SPLIT),
        split=split,
        splits=splits,
        definition="Of each nominal and kind of task the last decision up to the audit's day, if it has no end"
        " (cancelled) or ends after that day (put off); whether or not a task of the kind is due. An end that was"
        " moved since by the same row is as extracted. Reasons are cut at 60 characters.",
        members=_decisions(by),
    )


TOPICS = (
    _topic("put-off-or-cancelled", "Work put off or cancelled", "which of the two", _what, (CANCELLED, PUT_OFF)),
    _topic("put-off-by-authoriser", "Work put off or cancelled, by authoriser", "authoriser", lambda d: d.authoriser),
    _topic("put-off-by-reason", "Work put off or cancelled, by reason", "reason, as staff typed it", _reason),
    Topic(
        name="overdue-but-put-off",
        group=Group.DECISIONS,
        title="Overdue work that was put off or cancelled",
        population="tasks overdue",
        counted="a decision in force puts the task off or cancels it",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST, Measure.SPLIT),
        value="days overdue",
        unit="days",
        split="cancelled or put off",
        splits=(CANCELLED, PUT_OFF),
        definition="Tasks of every kind that the clocks list as overdue on the day after, put off or not; what merely"
        " goes with a visit (check, entry, write-up) is left out. The decision is the one the clocks take: the last"
        " since the clock's start, if it has not run out. It changes no other figure: the task stays overdue.",
        members=_overdue_but_put_off,
    ),
    Topic(
        name="visits-outcomes",
        group=Group.DECISIONS,
        title="Attempts by outcome",
        population="attempts in the period",
        counted="all",
        measures=(Measure.NUMBER, Measure.SPLIT),
        split="outcome",
        splits=OUTCOMES,
        definition="Only a successful attempt is a visit; the rest were attempted and not done.",
        members=_outcomes,
    ),
)
