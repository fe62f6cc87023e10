"""A few tasks put off or cancelled by the sergeant, each with its reason."""

from __future__ import annotations

from offender_mgmt.register.records import Deferral
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.history import Past
from offender_mgmt.synth.life import Life, days
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.vocabulary import CommunityStatus, ManagementStatus, RiskLevel, TaskKind

DEFERRED_PER_CENT, CANCELLED_PER_CENT = 4.0, 15.0
LONG_UNSEEN_DAYS = 150
REASONS = (
    (TaskKind.HOME_VISIT, "seen at the station this month, visit put off"),
    (TaskKind.HOME_VISIT, "staying with family outside the force area"),
    (TaskKind.ARMS_INTERVIEW, "medical treatment, not fit for interview"),
    (TaskKind.SUPERVISORY_REVIEW, "awaiting the probation report"),
)


def make_deferral(team: Team, life: Life, past: Past, settings: SynthSettings) -> Deferral | None:
    """A deferral of long outstanding work of one nominal, rarely; never of the gravest."""
    dice = Dice(settings.seed, "deferral", life.ref)
    nominal = life.offender
    active = nominal.management_status is ManagementStatus.ACTIVE
    if not active or nominal.community_status is not CommunityStatus.COMMUNITY or past.last_success is None:
        return None
    unseen = (settings.extract_date - past.last_success).days
    if unseen < LONG_UNSEEN_DAYS or nominal.risk_level is RiskLevel.VERY_HIGH or not dice.chance(DEFERRED_PER_CENT):
        return None
    kind, reason = dice.pick(REASONS)
    decided = settings.extract_date - days(dice.between(1, 30))
    cancelled = dice.chance(CANCELLED_PER_CENT)
    until = None if cancelled else settings.extract_date + days(dice.between(4, 45))
    return Deferral(
        task_kind=kind, offender_ref=life.ref, decided_on=decided, until=until, reason=reason, authoriser=team.sergeant
    )
