"""A few tasks put off or cancelled by the sergeant, each with its reason."""

from __future__ import annotations

from offender_mgmt.calendars import add_months
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Deferral
from offender_mgmt.synth.course import Past
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Life, days
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.vocabulary import CommunityStatus, ManagementStatus, RiskLevel, TaskKind

DEFERRED_PER_CENT, CANCELLED_PER_CENT = 20.0, 15.0
VISIT_REASONS = ("seen at the station this month, visit put off", "staying with family outside the force area")
ARMS_REASONS = ("medical treatment, not fit for interview", "interpreter not available before the new date")


def make_deferral(team: Team, life: Life, past: Past, settings: SynthSettings, policy: Policy) -> Deferral | None:
    """A deferral of an overdue visit or ARMS of one nominal, rarely; never of the gravest."""
    dice = Dice(settings.seed, "deferral", life.ref)
    nominal = life.offender
    active = nominal.management_status is ManagementStatus.ACTIVE
    if not active or nominal.community_status is not CommunityStatus.COMMUNITY or past.last_success is None:
        return None
    visit_due = add_months(past.last_success, policy.visits.interval_months[nominal.risk_level])
    arms_due = add_months(past.last_arms or settings.extract_date, policy.assessments.arms_review_months)
    overdue = visit_due < settings.extract_date, arms_due < settings.extract_date
    if not any(overdue) or nominal.risk_level is RiskLevel.VERY_HIGH or not dice.chance(DEFERRED_PER_CENT):
        return None
    cancelled = dice.chance(CANCELLED_PER_CENT)
    return Deferral(
        task_kind=_kind(past, overdue[0]),
        offender_ref=life.ref,
        decided_on=max(past.last_success, settings.extract_date - days(dice.between(1, 30))),
        until=None if cancelled else settings.extract_date + days(dice.between(4, 45)),
        reason=dice.pick(VISIT_REASONS if overdue[0] else ARMS_REASONS),
        authoriser=team.sergeant,
    )


def _kind(past: Past, visit_is_overdue: bool) -> TaskKind:
    if not visit_is_overdue:
        return TaskKind.ARMS_INTERVIEW
    return TaskKind.REPEAT_VISIT if past.failed_since else TaskKind.HOME_VISIT
