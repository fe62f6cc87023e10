"""What coverage will be at the end of a roster's week: if the rest of it is done, and with the usual no replies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from offender_mgmt.audit.context import ONE_DAY, Context
from offender_mgmt.audit.places import nominal_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.topics.planned import WITHOUT_ROSTER, placed_tasks
from offender_mgmt.calendars import Horizon
from offender_mgmt.due.facts import Facts, facts_of
from offender_mgmt.due.visit_clock import visit_clock
from offender_mgmt.roster.roster import Roster
from offender_mgmt.vocabulary import TaskKind, VisitType

_VISIT_TYPES = {kind: VisitType(kind.value) for kind in TaskKind if kind.is_field}


class _Outlook(NamedTuple):
    """Whether a nominal is covered at the end of the week, whoever is seen, and if the visits to come succeed."""

    ref: str
    anyway: bool
    if_all_done: bool


def _outlooks(context: Context) -> list[_Outlook]:
    """Of those managed actively in the community on the last day of the roster's week, as known at the day."""
    roster = context.roster
    if roster is None:
        return []
    end = max(roster.horizon.last_day, context.day)
    after = Horizon(end + ONE_DAY, end + timedelta(days=7))
    planned = _visits_to_come(context, roster)
    found = []
    for standing in context.now.standings:
        ref = standing.offender.offender_ref
        if not standing.is_active:
            continue
        facts = facts_of(standing.offender, context.now.register, context.policy, after)
        if facts.has_ended or facts.is_eligible_reactive:
            continue
        anyway = _is_covered(context, facts)
        found.append(_Outlook(ref, anyway, anyway or _is_covered(context, _seen_too(facts, planned.get(ref, ())))))
    return found


def _visits_to_come(context: Context, roster: Roster) -> Mapping[str, list[date]]:
    """Days after the audit's on which the roster has somebody see a nominal, in a way that restarts the visit clock."""
    found: dict[str, list[date]] = {}
    for task in placed_tasks(roster):
        if (
            task.kind.is_field
            and task.day > context.day
            and _VISIT_TYPES[task.kind] in context.policy.visits.resets_clock
        ):
            found.setdefault(task.offender_ref, []).append(task.day)
    return found


def _seen_too(facts: Facts, days: Iterable[date]) -> Facts:
    """The same nominal, seen on these days to come as well; no attempt is later than they are."""
    last = max(days, default=None)
    if last is None:
        return facts
    return replace(facts, attempts=replace(facts.attempts, last_seen=last), failed=())


def _is_covered(context: Context, facts: Facts) -> bool:
    clock = visit_clock(facts, context.policy)
    return facts.is_seen_since_start and clock is not None and clock.due_date >= facts.horizon.first_day


def _if_all_done(context: Context) -> pd.DataFrame:
    people = _outlooks(context)
    return nominal_members(context.now, [p.ref for p in people], counted=[p.if_all_done for p in people])


def _expected(context: Context) -> pd.DataFrame:
    people = _outlooks(context)
    reply = 1 - context.policy.audit.no_reply_percent / 100
    return nominal_members(
        context.now,
        [p.ref for p in people],
        value=[1.0 if p.anyway else reply if p.if_all_done else 0.0 for p in people],
        per=0.01,
        detail=["" if p.anyway or not p.if_all_done else "Only by a planned visit." for p in people],
    )


_WEEK_END = (
    "Of nominals who are managed actively in the community at the end of the audit's day and, by what is known then,"
    " still are at the end of the roster's week (or of the audit's day, if that is later). Covered: seen since"
    " registration or return, and the visit clock, asked on the day after that end, is not overdue. Visits dated up to"
    " the audit's day are those of the register; planned calls on later days are added to them."
)

TOPICS = (
    Topic(
        name="coverage-if-all-done",
        group=Group.PLANNED,
        title="Coverage if the whole roster is done",
        population="active nominals in the community at the end of the roster's week",
        counted="covered if every planned visit still to come succeeds",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=_WEEK_END + WITHOUT_ROSTER,
        members=_if_all_done,
    ),
    Topic(
        name="coverage-expected",
        group=Group.PLANNED,
        title="Coverage to be expected, with the usual no replies",
        population="active nominals in the community at the end of the roster's week",
        counted="all",
        measures=(Measure.TOTAL, Measure.RATIO),
        value="chance of being covered",
        per="one hundredth, so that the ratio is in per cent",
        unit="nominals",
        ratio_unit="%",
        definition=_WEEK_END + " The chance is 1 for who is covered without the planned calls, 0 for who is not covered"
        " with them, and else that of a reply: a hundred less audit.no_reply_percent, in a hundred, however many calls"
        " are planned. That a failed call makes a repeat due sooner is left out." + WITHOUT_ROSTER,
        members=_expected,
    ),
)
