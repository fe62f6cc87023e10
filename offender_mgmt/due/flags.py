"""What a person must look at: it never stops a task."""

from __future__ import annotations

from offender_mgmt.due import rule_names
from offender_mgmt.due.desk_clocks import undecided_attempt
from offender_mgmt.due.facts import Facts
from offender_mgmt.due.task import Flag
from offender_mgmt.due.words import count
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import ManagementStatus


def flags_of(facts: Facts, policy: Policy, register: Register) -> list[Flag]:
    """The flags of one nominal whose register has not ended, in the order of ``FLAG_RULES``."""
    offender = facts.offender
    found = [
        *_level_flags(facts, policy),
        *_lead_flags(facts, register),
        *_pause_flags(facts),
        *_attempt_flags(facts, policy),
    ]
    return [
        Flag(offender_ref=offender.offender_ref, team=offender.team, rule=rule, sentence=sentence)
        for rule, sentence in found
    ]


def _level_flags(facts: Facts, policy: Policy) -> list[tuple[str, str]]:
    found = []
    if facts.levels.lowering_unsigned:
        sentence = (
            f"Risk level lowered on {facts.levels.changed_on} without sign-off: the level before it stays in force."
        )
        found.append((rule_names.LOWERED_WITHOUT_SIGN_OFF, sentence))
    if facts.offender.management_status is ManagementStatus.REACTIVE and not facts.is_eligible_reactive:
        years = policy.assessments.reactive_after_low_years
        sentence = f"Reactive without {count(years, 'year')} at low risk and an approver: planned as if active."
        found.append((rule_names.REACTIVE_NOT_ELIGIBLE, sentence))
    return found


def _lead_flags(facts: Facts, register: Register) -> list[tuple[str, str]]:
    lead = facts.offender.lead_officer
    if lead is None:
        return [(rule_names.NO_LEAD_OFFICER, "No lead officer is named.")]
    officer = register.officer_by_id.get(lead)
    if officer is None or officer.team != facts.offender.team:
        return [(rule_names.LEAD_NOT_IN_TEAM, "The lead officer is not known or is in another team.")]
    return []


def _pause_flags(facts: Facts) -> list[tuple[str, str]]:
    if not facts.is_away:
        return []
    until = facts.offender.status_until
    if until is None:
        return [(rule_names.PAUSED_WITHOUT_END, "Away from the community, and no end is known.")]
    if until < facts.horizon.first_day:
        return [(rule_names.PAUSE_ENDED, f"Expected to be away until {until}; still recorded as away.")]
    return []


def _attempt_flags(facts: Facts, policy: Policy) -> list[tuple[str, str]]:
    reached = None if facts.is_paused or facts.is_eligible_reactive else undecided_attempt(facts, policy)
    if reached is None:
        return []
    needed = policy.visits.failed_attempts_for_decision
    return [
        (
            rule_names.TWO_FAILED_ATTEMPTS,
            f"{count(needed, 'attempt')} failed, the last of them on {reached}, and no decision was made.",
        )
    ]
