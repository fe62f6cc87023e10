"""When a nominal is due to be seen: first, again, and again after nobody answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from offender_mgmt.calendars import add_months
from offender_mgmt.due import rule_names
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.facts import ONE_DAY, Facts
from offender_mgmt.due.words import count, every
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import TaskKind


def visit_clock(facts: Facts, policy: Policy) -> ClockResult | None:
    """The one visit a nominal in the community who is managed actively is due."""
    seen = facts.attempts.last_seen
    if seen is None or not facts.is_seen_since_start:
        visit = _first_visit(facts, policy)
    elif _plan_interval(facts) is not None:
        visit = _plan_visit(facts, seen)
    else:
        visit = _interval_visit(facts, policy, seen)
    visit = _repeat_visit(facts, policy, visit) if facts.failed else visit
    return visit if facts.asked_by is None else _asked_for(visit, facts.asked_by)


def _asked_for(visit: ClockResult, day: date) -> ClockResult:
    """Somebody asked for the visit: it may be made at once, and must be made by the day asked for."""
    return replace(
        visit,
        rule=rule_names.ASKED_FOR,
        due_date=min(visit.due_date, day),
        why=f"Asked for by {day}. {visit.why}",
        may_be_done_at_once=True,
        not_after=day,
    )


def _first_visit(facts: Facts, policy: Policy) -> ClockResult:
    days = policy.visits.initial_visit_days[facts.level]
    due = facts.start + timedelta(days=days)
    if facts.expected_back is not None:
        rule, reason = rule_names.RELEASE_EXPECTED, f"Expected back in the community on {facts.start}"
    elif facts.restart is not None:
        rule, reason = rule_names.RELEASED, f"Back in the community since {facts.start}"
    else:
        rule, reason = rule_names.INITIAL_VISIT, f"Registered on {facts.start}"
    why = f"{reason}, not seen since: first visit within {count(days, 'day')}."
    return ClockResult(TaskKind.INITIAL_VISIT, rule, facts.start, due, why, not_before=facts.expected_back)


def _plan_interval(facts: Facts) -> int | None:
    until = facts.offender.interval_until
    holds = until is None or until >= facts.horizon.first_day
    return facts.offender.visit_interval_days if holds else None


def _plan_visit(facts: Facts, seen: date) -> ClockResult:
    days = _plan_interval(facts) or 0
    why = f"Risk management plan: seen {every(days, 'day')}; last successful visit {seen}."
    return ClockResult(TaskKind.HOME_VISIT, rule_names.PLAN_INTERVAL, seen, seen + timedelta(days=days), why)


def _interval_visit(facts: Facts, policy: Policy, seen: date) -> ClockResult:
    months = policy.visits.interval_months[facts.level]
    due = add_months(seen, months)
    why = f"{facts.level.words.capitalize()} risk: seen {every(months, 'month')}; last successful visit {seen}."
    moved = _due_after_rise(facts, policy, seen, due)
    if moved != due:
        why = f"{why[:-1]}; raised on {facts.levels.raised_on}, so due {moved}."
    return ClockResult(TaskKind.HOME_VISIT, rule_names.VISIT_INTERVAL, seen, moved, why)


def _due_after_rise(facts: Facts, policy: Policy, seen: date, due: date) -> date:
    """A rise makes work due at once, not in the past."""
    raised_on, old_level = facts.levels.raised_on, facts.levels.before_rise
    if raised_on is None or old_level is None or raised_on <= seen:
        return due
    old_due = add_months(seen, policy.visits.interval_months[old_level])
    return min(raised_on, old_due) if due < raised_on and due < old_due else due


def _repeat_visit(facts: Facts, policy: Policy, visit: ClockResult) -> ClockResult:
    last_failed = facts.failed[-1][0]
    days = policy.visits.repeat_days[facts.level]
    tries = count(len(facts.failed), "attempt")
    return replace(
        visit,
        kind=TaskKind.REPEAT_VISIT if facts.is_seen_since_start else TaskKind.INITIAL_VISIT,
        rule=rule_names.REPEAT_ATTEMPT,
        due_date=min(visit.due_date, last_failed + timedelta(days=days)),
        why=f"{visit.why} Failed since: {tries}, the last on {last_failed}; repeat within {count(days, 'day')}.",
        not_before=last_failed + ONE_DAY,
    )
