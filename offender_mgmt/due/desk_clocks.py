"""When a check, decision or record entry is due at a desk."""

from __future__ import annotations

from datetime import date, timedelta

from offender_mgmt.calendars import WorkingDays
from offender_mgmt.due import rule_names
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.facts import ONE_DAY, Facts
from offender_mgmt.due.words import count, every
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import AssessmentKind, TaskKind, VisitOutcome

_NOBODY_SEEN = (VisitOutcome.NO_REPLY, VisitOutcome.REFUSED)


def notification_clock(facts: Facts, policy: Policy) -> ClockResult | None:
    """The check that the notification was made."""
    due = facts.offender.notification_due
    if due is None:
        return None
    start = due - timedelta(days=policy.assessments.notification_lead_days)
    checked = facts.last_done.get(AssessmentKind.NOTIFICATION_CHECK)
    if checked is not None and checked >= start:
        return None
    why = f"Notification is due on {due}; not checked since {start}."
    return ClockResult(TaskKind.NOTIFICATION_CHECK, rule_names.NOTIFICATION, start, due, why, may_be_done_at_once=True)


def unanswered(facts: Facts) -> list[date]:
    """Days of the failed attempts without reply or refused: those that call for a decision."""
    return [day for day, outcome in facts.failed if outcome in _NOBODY_SEEN]


def undecided_attempt(facts: Facts, policy: Policy) -> date | None:
    """Day of the failed attempt that calls for a decision, if none was made on or after it."""
    days, needed = unanswered(facts), policy.visits.failed_attempts_for_decision
    if len(days) < needed:
        return None
    reached = days[needed - 1]
    decided = facts.last_done.get(AssessmentKind.NO_REPLY_DECISION)
    return None if decided is not None and decided >= reached else reached


def no_reply_clock(facts: Facts, policy: Policy) -> ClockResult | None:
    """The decision (a warrant, another way) after too many failed attempts."""
    reached = undecided_attempt(facts, policy)
    if reached is None:
        return None
    days, needed = policy.visits.decision_days, policy.visits.failed_attempts_for_decision
    attempts, within = count(needed, "attempt"), count(days, "day")
    why = f"{attempts} without reply or refused, the last of them on {reached}: decide within {within}."
    due = reached + timedelta(days=days)
    return ClockResult(
        TaskKind.NO_REPLY_DECISION, rule_names.NO_REPLY_DECISION, reached, due, why, may_be_done_at_once=True
    )


def status_clock(facts: Facts, policy: Policy) -> ClockResult | None:
    """The check on a nominal who is away past the expected end, or without one."""
    if not facts.is_away:
        return None
    until = facts.offender.status_until
    if until is None:
        return _status_check(facts, policy)
    if until >= facts.horizon.first_day:
        return None
    why = f"Expected to be away until {until}; still recorded as away."
    return ClockResult(
        TaskKind.STATUS_CHECK, rule_names.STATUS_ENDED, until, until + ONE_DAY, why, may_be_done_at_once=True
    )


def _status_check(facts: Facts, policy: Policy) -> ClockResult:
    since = facts.offender.status_since
    checked = facts.last_done.get(AssessmentKind.STATUS_CHECK)
    start = since or facts.offender.registered_on
    if checked is not None and (since is None or checked >= since):
        start = checked
    days = policy.assessments.status_check_days
    why = f"Away without an end date: checked {every(days, 'day')}; last check or start {start}."
    due = start + timedelta(days=days)
    return ClockResult(TaskKind.STATUS_CHECK, rule_names.STATUS_CHECK, start, due, why, may_be_done_at_once=True)


def address_clock(facts: Facts, policy: Policy) -> ClockResult | None:
    """The check of an address without a position, or one that the last attempt found void."""
    offender, last = facts.offender, facts.attempts.last
    unknown = offender.easting is None or offender.northing is None
    void = last is not None and last.outcome is VisitOutcome.ADDRESS_VOID
    if not void and (not unknown or offender.no_fixed_abode):
        return None
    reason = "The last attempt found the address void" if void else "No position is known for the address"
    days = policy.assessments.address_check_days
    start = facts.extract_date
    why = f"{reason} on the extract of {start}: corrected within {count(days, 'day')}."
    due = start + timedelta(days=days)
    return ClockResult(TaskKind.ADDRESS_CHECK, rule_names.ADDRESS_CHECK, start, due, why, may_be_done_at_once=True)


def record_clock(facts: Facts, policy: Policy, working_days: WorkingDays) -> ClockResult | None:
    """The entry of the last attempt on the record, when nobody made it."""
    last = facts.attempts.last
    entered = facts.last_done.get(AssessmentKind.RECORD_ENTRY)
    if last is None or (entered is not None and entered >= last.date):
        return None
    days = policy.assessments.record_entry_working_days
    why = f"Attempt on {last.date} is not on the record: entered within {count(days, 'working day')}."
    due = working_days.add(last.date, days)
    return ClockResult(
        TaskKind.RECORD_ENTRY, rule_names.RECORD_OUTSTANDING, last.date, due, why, may_be_done_at_once=True
    )
