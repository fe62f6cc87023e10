"""Tasks that exist only together with a visit: the check before it, the entry and the write-up after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from offender_mgmt.calendars import Horizon, WorkingDays
from offender_mgmt.due import rule_names
from offender_mgmt.due.facts import Facts
from offender_mgmt.due.needs import needs_of
from offender_mgmt.due.points import days_overdue, timing_of
from offender_mgmt.due.task import Task
from offender_mgmt.due.words import count
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import AssessmentKind, TaskKind

EVENT_PREFIX = f"{TaskKind.FIXED_EVENT.code}-"


@dataclass(frozen=True, slots=True)
class _Companion:
    kind: TaskKind
    rule: str
    due_date: date
    why: str


def companions_of(
    tasks: list[Task], facts: Facts, policy: Policy, horizon: Horizon, working_days: WorkingDays
) -> list[Task]:
    """The tasks that go with the visits among one nominal's tasks."""
    visits = [task for task in tasks if task.kind.is_field and _can_be_planned(task, horizon)]
    if not visits:
        return []
    found = [_entry(visits, policy, working_days)]
    if not _check_is_valid(facts, policy, horizon):
        found.append(_intelligence_check(visits))
    companions = [_task(companion, visits, facts, policy) for companion in found]
    interviews = [task for task in visits if task.kind is TaskKind.ARMS_INTERVIEW]
    return companions + [_task(_write_up(interview, policy), [interview], facts, policy) for interview in interviews]


def _can_be_planned(visit: Task, horizon: Horizon) -> bool:
    done_by_event = any(task_id.startswith(EVENT_PREFIX) for task_id in visit.satisfied_by)
    return not done_by_event and not visit.is_deferred_over(horizon)


def _check_is_valid(facts: Facts, policy: Policy, horizon: Horizon) -> bool:
    checked = facts.last_done.get(AssessmentKind.INTELLIGENCE_CHECK)
    valid_days = policy.assessments.intelligence_check_valid_days
    return checked is not None and (horizon.last_day - checked).days <= valid_days


def _intelligence_check(visits: list[Task]) -> _Companion:
    due = min(visit.due_date for visit in visits)
    why = f"Goes with the visit due {due}: no intelligence check is valid to the end of the plan."
    return _Companion(TaskKind.INTELLIGENCE_CHECK, rule_names.INTELLIGENCE_BEFORE_VISIT, due, why)


def _entry(visits: list[Task], policy: Policy, working_days: WorkingDays) -> _Companion:
    visit_due = min(visit.due_date for visit in visits)
    days = policy.assessments.record_entry_working_days
    why = f"Goes with the visit due {visit_due}: on the record within {count(days, 'working day')}."
    due = working_days.add(visit_due, days)
    return _Companion(TaskKind.RECORD_ENTRY, rule_names.RECORD_AFTER_VISIT, due, why)


def _write_up(interview: Task, policy: Policy) -> _Companion:
    days = policy.assessments.arms_write_up_days
    why = f"Goes with the ARMS interview due {interview.due_date}: written up within {count(days, 'day')}."
    due = interview.due_date + timedelta(days=days)
    return _Companion(TaskKind.ARMS_WRITE_UP, rule_names.WRITE_UP_AFTER_INTERVIEW, due, why)


def _task(companion: _Companion, visits: list[Task], facts: Facts, policy: Policy) -> Task:
    offender, kind = facts.offender, companion.kind
    needs = needs_of(kind, facts, policy)
    return Task(
        task_id=f"{kind.code}-{offender.offender_ref}-NEXT",
        kind=kind,
        offender_ref=offender.offender_ref,
        team=offender.team,
        risk_level=facts.level,
        rule=companion.rule,
        why=companion.why,
        clock_start=min(visit.clock_start for visit in visits),
        release_date=min(visit.release_date for visit in visits),
        due_date=companion.due_date,
        days_overdue=days_overdue(companion.due_date, facts.horizon),
        timing=timing_of(companion.due_date, facts.horizon),
        band=min(visit.band for visit in visits),
        points=0,
        minutes=needs.minutes,
        skills_each=needs.skills_each,
        skills_one=needs.skills_one,
        roles=needs.roles,
        excluded_officers=offender.excluded_officers,
        lead_officer=offender.lead_officer,
        deputy_officer=offender.deputy_officer,
        goes_with=tuple(visit.task_id for visit in visits),
    )
