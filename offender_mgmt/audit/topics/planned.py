"""A roster held against what was done, and what it leaves out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.members import members_of
from offender_mgmt.audit.places import attempt_members, nominal_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.calendars import Horizon
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Roster
from offender_mgmt.vocabulary import AssessmentKind, TaskKind, VisitOutcome, VisitType

THAT_DAY, OTHER_DAY = "done that day", "done on another day of the week"
NOT_SEEN, NOT_ATTEMPTED, NOT_DONE = "attempted, not seen", "not attempted", "desk work not done"
NEXT = "-NEXT"
"""How the ids of tasks end that exist only together with a visit."""
_COMPLETED_BY = {kind: AssessmentKind(kind.value) for kind in TaskKind if kind.value in set(AssessmentKind)} | {
    TaskKind.ARMS_WRITE_UP: AssessmentKind.ARMS
}


class Placed(NamedTuple):
    """A task of the roster and the day it is finished."""

    task_id: str
    offender_ref: str
    kind: TaskKind
    day: date


def placed_tasks(roster: Roster) -> list[Placed]:
    """Tasks in the roster, each once whatever its parts, by id; fixed events left out."""
    found: dict[str, Placed] = {}
    for row in sorted(roster.assignments, key=lambda row: (row.task_id, row.start)):
        if row.kind is not TaskKind.FIXED_EVENT:
            found[row.task_id] = Placed(row.task_id, row.offender_ref, row.kind, row.day)
    return list(found.values())


def _planned_done(context: Context) -> pd.DataFrame:
    if context.roster is None:
        return members_of(0)
    placed = [t for t in placed_tasks(context.roster) if t.day <= context.day and t.kind is not TaskKind.ADDRESS_CHECK]
    split = [_what_became(context, context.roster.horizon, task) for task in placed]
    return nominal_members(
        context.now,
        [task.offender_ref for task in placed],
        item=[task.task_id for task in placed],
        date=[task.day.isoformat() for task in placed],
        counted=[words == THAT_DAY for words in split],
        split=split,
    )


def _what_became(context: Context, week: Horizon, task: Placed) -> str:
    register = context.now.register
    if not task.kind.is_field:
        kind = _COMPLETED_BY[task.kind]
        rows = register.assessments_of.get(task.offender_ref, ())
        return _done(task, {a.date for a in rows if a.kind is kind and a.date in week}) or NOT_DONE
    attempts = [v for v in register.visits_of.get(task.offender_ref, ()) if v.date in week]
    does_it = set(context.policy.visits.resets_clock)
    if task.kind is TaskKind.ARMS_INTERVIEW:
        does_it = {VisitType.ARMS_INTERVIEW}
    seen = {v.date for v in attempts if v.outcome is VisitOutcome.SUCCESSFUL and v.type in does_it}
    return _done(task, seen) or (NOT_SEEN if attempts else NOT_ATTEMPTED)


def _done(task: Placed, days: set[date]) -> str:
    return THAT_DAY if task.day in days else OTHER_DAY if days else ""


def _done_unplanned(context: Context) -> pd.DataFrame:
    if context.roster is None:
        return members_of(0)
    week = context.roster.horizon
    inside = (v for v in context.now.register.visits if v.date in week and v.outcome is VisitOutcome.SUCCESSFUL)
    visits = sorted(inside, key=lambda v: (v.date, v.visit_id))
    planned = {task.offender_ref for task in placed_tasks(context.roster) if task.kind.is_field}
    return attempt_members(context, visits, counted=[v.offender_ref not in planned for v in visits])


def _not_placed(context: Context) -> pd.DataFrame:
    if context.roster is None:
        return members_of(0)
    last = context.roster.horizon.last_day
    rows = {
        row.task_id: (row.offender_ref, "", "", row.due_date)
        for row in context.roster.assignments
        if row.kind is not TaskKind.FIXED_EVENT and (row.due_date is None or row.due_date <= last)
    } | {
        row.task_id: (row.offender_ref, row.reason.replace("_", " "), row.explanation, row.due_date)
        for row in context.roster.unassigned
        if row.due_date <= last
    }
    tasks = [(task_id, *row) for task_id, row in sorted(rows.items()) if not task_id.endswith(NEXT)]
    return nominal_members(
        context.now,
        [ref for _, ref, *_ in tasks],
        item=[task_id for task_id, *_ in tasks],
        date=[due.isoformat() if due is not None else "" for *_, due in tasks],
        counted=[bool(reason) for _, _, reason, _, _ in tasks],
        split=[reason for _, _, reason, _, _ in tasks],
        detail=[explanation for _, _, _, explanation, _ in tasks],
    )


WITHOUT_ROSTER = " Without a roster there is no member."
TOPICS = (
    Topic(
        name="planned-done",
        group=Group.PLANNED,
        title="Planned work that was done",
        population="tasks in the roster placed on the audit's day or before it",
        counted="done on the day planned",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.PARTS),
        split="what became of it",
        splits=(THAT_DAY, OTHER_DAY, NOT_SEEN, NOT_ATTEMPTED, NOT_DONE),
        definition="A task in several parts counts once, on the day of the last part. A visit is done by a successful"
        " attempt of a type in visits.resets_clock, an ARMS interview by a successful one of that type, desk work by"
        " an assessment of its kind (a write-up by ARMS), each for the nominal and in the roster's week up to the"
        " audit's day. Fixed events are left out, and address checks, which leave no record." + WITHOUT_ROSTER,
        members=_planned_done,
    ),
    Topic(
        name="done-unplanned",
        group=Group.PLANNED,
        title="Visits that were not planned",
        population="successful visits in the roster's week up to the audit's day",
        counted="the roster has no visit or ARMS interview for the nominal on any day",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition="Visits of any type." + WITHOUT_ROSTER,
        members=_done_unplanned,
    ),
    Topic(
        name="not-placed",
        group=Group.PLANNED,
        title="Due work that the roster leaves out",
        population="tasks overdue or due in the roster's week",
        counted="left out",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.SPLIT),
        split="reason",
        splits=tuple(reason.replace("_", " ") for reason in REASONS if reason != "goes_with_visit"),
        definition="Tasks in the roster or in its list of what is left out, with a due date up to the last day of the"
        " week (or none stated); fixed events and what merely goes with a visit are left out. Reasons are those of the"
        " roster, with their sentence in the reference of rules." + WITHOUT_ROSTER,
        members=_not_placed,
    ),
)
