"""Who leads whom: weighted caseloads even within a team, a deputy for each, a few declared conflicts."""

from __future__ import annotations

from dataclasses import replace

from offender_mgmt.register.records import Officer
from offender_mgmt.synth import shares
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Life, days
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.vocabulary import RiskLevel, Role

WEIGHTS = {RiskLevel.VERY_HIGH: 8, RiskLevel.HIGH: 4, RiskLevel.MEDIUM: 2, RiskLevel.LOW: 1}
"""Caseload weights 4, 2, 1 and a half, doubled to stay whole; a reactive case counts a fifth of a low one."""


def allocate(lives: tuple[Life, ...], team: Team, settings: SynthSettings) -> tuple[Life, ...]:
    """The same nominals with lead, deputy and excluded officers; heaviest cases first, to the least loaded."""
    loads = dict.fromkeys((o.officer_id for o in team.visitors), 0)
    cases = dict.fromkeys(loads, 0)
    placed: dict[str, Life] = {}
    for life in sorted(lives, key=lambda life: (-_weight(life), life.ref)):
        dice = Dice(settings.seed, "lead", life.ref)
        lead = min((o for o in team.visitors if _may_lead(o, life)), key=lambda o: _load(o, team, loads, cases))
        loads[lead.officer_id] += _weight(life)
        cases[lead.officer_id] += 1
        placed[life.ref] = _with_officers(life, lead, team, settings, dice)
    return tuple(placed[life.ref] for life in lives)


def _weight(life: Life) -> int:
    return 1 if life.reactive_since else 5 * WEIGHTS[life.offender.risk_level]


def _load(officer: Officer, team: Team, loads: dict[str, int], cases: dict[str, int]) -> tuple[int, str]:
    """Weighted load and number of cases together; a part-timer's counts a quarter more."""
    load = loads[officer.officer_id] + 4 * cases[officer.officer_id]
    return (load * 5 if officer.officer_id in team.part_timers else load * 4), officer.officer_id


def _may_lead(officer: Officer, life: Life) -> bool:
    """Police staff do not lead where a constable is required."""
    return officer.role is not Role.POLICE_STAFF or not life.offender.constable_required


def _with_officers(life: Life, lead: Officer, team: Team, settings: SynthSettings, dice: Dice) -> Life:
    others = [o.officer_id for o in team.visitors if o is not lead]
    deputy = dice.pick(others) if others else None
    free = [officer for officer in others if officer != deputy]
    excluded = (dice.pick(free),) if len(free) > 2 and dice.chance(shares.OFFICER_EXCLUDED) else ()
    missing = dice.chance(shares.LEAD_MISSING)
    known_days = (settings.extract_date - life.offender.registered_on).days
    changed = None
    if others and not missing and known_days > 90 and dice.chance(shares.LEAD_CHANGED):
        latest = min(known_days - 30, settings.history_days)
        changed = (settings.extract_date - days(dice.between(3, latest)), dice.pick(others))
    officers = {"lead_officer": None if missing else lead.officer_id, "deputy_officer": deputy}
    return replace(life, offender=life.offender.replace(**officers, excluded_officers=excluded), lead_change=changed)
