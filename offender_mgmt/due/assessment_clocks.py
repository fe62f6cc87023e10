"""When an ARMS interview, its write-up, a supervisory review or a reactive review is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from offender_mgmt.calendars import add_months
from offender_mgmt.due import rule_names
from offender_mgmt.due.clock_result import ClockResult, earliest
from offender_mgmt.due.facts import Facts
from offender_mgmt.due.words import count, every
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import AssessmentKind, Cohort, TaskKind


def arms_clock(facts: Facts, policy: Policy) -> ClockResult | None:
    """The ARMS interview a registered sex offender is due, or the write-up of one already held."""
    if facts.offender.cohort is not Cohort.RSO:
        return None
    last_arms = facts.last_done.get(AssessmentKind.ARMS)
    interview = facts.attempts.last_interview
    if interview is not None and (last_arms is None or interview > last_arms):
        return _write_up(policy, interview)
    results = [_arms_by_interval(facts, policy, last_arms), _arms_by_rise(facts, policy, last_arms)]
    days = policy.assessments.arms_trigger_days
    return earliest([_restarted(facts, result, days) for result in results if result is not None])


def _write_up(policy: Policy, interview: date) -> ClockResult:
    days = policy.assessments.arms_write_up_days
    why = f"ARMS interview held on {interview} is not written up: within {count(days, 'day')}."
    due = interview + timedelta(days=days)
    return ClockResult(TaskKind.ARMS_WRITE_UP, rule_names.ARMS_WRITE_UP, interview, due, why)


def _arms_by_interval(facts: Facts, policy: Policy, last_arms: date | None) -> ClockResult | None:
    if last_arms is not None:
        months = policy.assessments.arms_review_months
        why = f"Last ARMS {last_arms}: reviewed {every(months, 'month')}."
        due = add_months(last_arms, months)
        return ClockResult(TaskKind.ARMS_INTERVIEW, rule_names.ARMS_REVIEW, last_arms, due, why)
    first_seen = facts.attempts.first_seen
    if first_seen is None:
        return None
    months = policy.assessments.arms_initial_months
    why = f"First successful visit {first_seen}, no ARMS yet: within {count(months, 'month')}."
    due = add_months(first_seen, months)
    return ClockResult(TaskKind.ARMS_INTERVIEW, rule_names.ARMS_INITIAL, first_seen, due, why)


def _arms_by_rise(facts: Facts, policy: Policy, last_arms: date | None) -> ClockResult | None:
    raised_on = facts.levels.raised_on
    known_since = last_arms or facts.attempts.first_seen
    if raised_on is None or known_since is None or (last_arms is not None and raised_on <= last_arms):
        return None
    days = policy.assessments.arms_trigger_days
    why = f"Risk level raised on {raised_on}, no ARMS since: within {count(days, 'day')}."
    due = raised_on + timedelta(days=days)
    return ClockResult(TaskKind.ARMS_INTERVIEW, rule_names.ARMS_TRIGGER, raised_on, due, why)


def supervisory_clock(facts: Facts, policy: Policy) -> ClockResult | None:
    """The supervisory review by interval, or the earlier one after an ARMS or a change of level."""
    since = facts.last_done.get(AssessmentKind.SUPERVISORY_REVIEW, facts.offender.registered_on)
    days = policy.assessments.supervisory_review_after_days
    results = [_supervisory_by_interval(facts, policy, since)]
    arms, changed = facts.last_done.get(AssessmentKind.ARMS), facts.levels.changed_on
    if arms is not None and arms > since:
        results.append(_supervisory_after(arms, days, rule_names.SUPERVISORY_AFTER_ARMS, f"ARMS completed on {arms}"))
    if changed is not None and changed > since:
        reason = f"Risk level changed on {changed}"
        results.append(_supervisory_after(changed, days, rule_names.SUPERVISORY_AFTER_CHANGE, reason))
    return earliest([_restarted(facts, result, days) for result in results])


def _supervisory_by_interval(facts: Facts, policy: Policy, since: date) -> ClockResult:
    months = policy.assessments.supervisory_review_months[facts.level]
    what = "last review" if AssessmentKind.SUPERVISORY_REVIEW in facts.last_done else "registered"
    why = f"{facts.level.words.capitalize()} risk: supervisor reviews {every(months, 'month')}; {what} {since}."
    due = add_months(since, months)
    return ClockResult(TaskKind.SUPERVISORY_REVIEW, rule_names.SUPERVISORY_INTERVAL, since, due, why)


def _supervisory_after(day: date, days: int, rule: str, reason: str) -> ClockResult:
    why = f"{reason}, not reviewed since: within {count(days, 'day')}."
    return ClockResult(TaskKind.SUPERVISORY_REVIEW, rule, day, day + timedelta(days=days), why)


def _restarted(facts: Facts, result: ClockResult, days: int) -> ClockResult:
    """The same work, due after the return to the community where it fell due before it."""
    result = replace(result, not_before=facts.expected_back) if facts.expected_back else result
    if facts.restart is None or result.due_date >= facts.restart:
        return result
    due = facts.restart + timedelta(days=days)
    within = f"within {count(days, 'day')} of it"
    why = f"{result.why} It fell due before the return to the community on {facts.restart}: {within}."
    return replace(result, rule=rule_names.RESTARTED, clock_start=facts.restart, due_date=due, why=why)


def reactive_clock(facts: Facts, policy: Policy) -> ClockResult:
    """The review of whether a reactive case is still eligible."""
    since = facts.became_reactive or facts.offender.registered_on
    reviewed = facts.last_done.get(AssessmentKind.REACTIVE_REVIEW)
    if reviewed is not None and (facts.became_reactive is None or reviewed >= facts.became_reactive):
        since = reviewed
    months = policy.assessments.reactive_review_months
    why = f"Reactive management: reviewed {every(months, 'month')}; last review or start {since}."
    due = add_months(since, months)
    return ClockResult(TaskKind.REACTIVE_REVIEW, rule_names.REACTIVE_REVIEW, since, due, why)
