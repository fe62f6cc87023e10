"""The nominals of a team: level, place, management, absences, plan, markers."""

from __future__ import annotations

from datetime import date
from typing import Any

from offender_mgmt.calendars import add_months
from offender_mgmt.register.records import Offender
from offender_mgmt.synth import shares
from offender_mgmt.synth.absences import Absences, draw_absences
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Life, days
from offender_mgmt.synth.places import Gazetteer
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.vocabulary import CommunityStatus, ManagementStatus, RiskLevel

Facts = dict[str, Any]
"""Fields of a nominal's record."""
REACTIVE_AFTER_YEARS = 3
SHARE_LONG_REGISTERED = 0.80
"""About this share of all nominals was registered long enough ago for reactive management."""
PLAN_DAYS_SHORTER = {RiskLevel.HIGH: (42, 60), RiskLevel.MEDIUM: (90, 120), RiskLevel.LOW: (180, 270)}
PLAN_DAYS_LONGER = {RiskLevel.HIGH: 120, RiskLevel.MEDIUM: 240, RiskLevel.LOW: 480}


def make_lives(team: Team, first_number: int, settings: SynthSettings, gazetteer: Gazetteer) -> tuple[Life, ...]:
    """All nominals of a team, numbered from ``first_number``, without lead officers."""
    levels = _levels(team, settings)
    return tuple(
        _life(team, f"RSO-{first_number + i:06d}", level, settings, gazetteer) for i, level in enumerate(levels)
    )


def _levels(team: Team, settings: SynthSettings) -> list[RiskLevel]:
    """Exact shares of the levels, in chance order."""
    levels: list[RiskLevel] = []
    passed = 0.0
    for level, share in shares.LEVELS:
        passed += share
        levels += [level] * (round(team.nominals * passed / 100) - len(levels))
    return Dice(settings.seed, "levels", team.name).shuffled(levels)


def _life(team: Team, ref: str, level: RiskLevel, settings: SynthSettings, gazetteer: Gazetteer) -> Life:
    dice = Dice(settings.seed, "nominal", ref)
    extract = settings.extract_date
    registered = _registered_on(settings, dice)
    reactive_since, set_on = _reactive(level, registered, extract, dice)
    level_change = None
    if reactive_since is None and dice.chance(shares.LEVEL_CHANGED):
        level_change = _level_change(level, registered, settings, team.sergeant, dice)
        set_on = level_change[0] if level_change else set_on
    absences = draw_absences(registered, settings, Dice(settings.seed, "absences", ref))
    facts: Facts = {"offender_ref": ref, "team": team.name, "registered_on": registered}
    facts |= _standing(level, set_on, team.sergeant if reactive_since else None, dice) | _whereabouts(absences)
    facts |= _place(team, dice, gazetteer) | _needs(level, dice) | _dates(registered, absences.status, extract, dice)
    facts |= _order(extract, Dice(settings.seed, "order", ref))
    plan_since = None
    if reactive_since is None and dice.chance(shares.PLAN_INTERVAL) and level in PLAN_DAYS_SHORTER:
        facts |= _plan(level, team.sergeant, extract, dice)
        plan_since = max(set_on, registered, extract - days(dice.between(60, 500)))
    return Life(Offender(**facts), absences.spells, level_change, reactive_since, plan_since=plan_since)


def _standing(level: RiskLevel, set_on: date, reactive_approved_by: str | None, dice: Dice) -> Facts:
    return {
        "cohort": dice.weighted(shares.COHORTS),
        "risk_level": level,
        "risk_level_set_on": set_on,
        "management_status": ManagementStatus.REACTIVE if reactive_approved_by else ManagementStatus.ACTIVE,
        "reactive_approved_by": reactive_approved_by,
    }


def _whereabouts(absences: Absences) -> Facts:
    return {
        "community_status": absences.status,
        "status_since": absences.since,
        "status_until": absences.until,
    }


def _registered_on(settings: SynthSettings, dice: Dice) -> date:
    extract, years = settings.extract_date, shares.REGISTERED_LONGEST_YEARS
    if dice.chance(shares.REGISTERED_IN_A_YEAR * settings.history_days / 365):
        return extract - days(dice.between(1, settings.history_days))
    return extract - days(settings.history_days + dice.between(1, years * 365))


def _reactive(level: RiskLevel, registered: date, extract: date, dice: Dice) -> tuple[date | None, date]:
    """Since when management is reactive, if it is, and when the risk level was set."""
    oldest = add_months(extract, -12 * REACTIVE_AFTER_YEARS) - days(30)
    of_low = shares.REACTIVE_OF_ALL / shares.LEVELS[-1][1] * 100
    if level is RiskLevel.LOW and registered < oldest and dice.chance(of_low / SHARE_LONG_REGISTERED):
        set_on = registered + days(dice.between(0, (oldest - registered).days))
        first = add_months(set_on, 12 * REACTIVE_AFTER_YEARS) + days(1)
        return first + days(dice.between(0, max(0, (extract - first).days - 1))), set_on
    return None, registered + days(dice.between(0, (extract - registered).days) // 2)


def _level_change(
    level: RiskLevel, registered: date, settings: SynthSettings, sergeant: str, dice: Dice
) -> tuple[date, RiskLevel, str | None] | None:
    extract = settings.extract_date
    latest = (extract - max(registered + days(60), extract - days(settings.history_days))).days
    if latest < 5:
        return None
    levels = list(RiskLevel)
    near = [levels[i] for i in (level.rank - 1, level.rank + 1) if 0 <= i < len(levels)]
    before = dice.pick(near)
    lowered = before.rank < level.rank
    unsigned = lowered and dice.chance(shares.LOWERED_WITHOUT_SIGN_OFF)
    return extract - days(dice.between(2, latest)), before, None if unsigned else sergeant


def _place(team: Team, dice: Dice, gazetteer: Gazetteer) -> Facts:
    town, (easting, northing) = gazetteer.draw(team.area, dice)
    homeless = dice.chance(shares.NO_FIXED_ABODE)
    unknown = homeless or dice.chance(shares.POSITION_UNKNOWN)
    position = {} if unknown else {"easting": easting, "northing": northing}
    return {"locality": town.name, "no_fixed_abode": homeless, **position}


def _needs(level: RiskLevel, dice: Dice) -> Facts:
    return {
        "crew_size": 3 if dice.chance(shares.CREW_OF_THREE) else None,
        "constable_required": dice.chance(shares.CONSTABLE_REQUIRED) or level is RiskLevel.VERY_HIGH,
        "required_skills": ("ARMS",) if dice.chance(shares.ARMS_TRAINED_ONLY) else (),
        "visiting_hours": dice.weighted(shares.VISITING_HOURS),
        "markers": tuple(marker for marker, share in shares.MARKERS if dice.chance(share)),
    }


def _dates(registered: date, status: CommunityStatus, extract: date, dice: Dice) -> Facts:
    """When the register ends and when the next yearly notification is due."""
    end = extract + days(dice.between(3, 3650)) if dice.chance(shares.REGISTER_ENDS) else None
    if status is not CommunityStatus.COMMUNITY:
        return {"register_end": end}
    late = dice.chance(shares.NOTIFICATION_LATE) and (extract - registered).days > 400
    due = extract - days(dice.between(1, 12)) if late else extract + days(dice.between(0, 364))
    if (extract - registered).days < 365 and not late:
        due = add_months(registered, 12)
    return {"register_end": end, "notification_due": due}


def _order(extract: date, dice: Dice) -> Facts:
    """When a prevention order ends, for those who are under one that does."""
    return {"order_end": extract + days(dice.between(5, 3650))} if dice.chance(shares.ORDER_ENDS) else {}


def _plan(level: RiskLevel, sergeant: str, extract: date, dice: Dice) -> Facts:
    """An interval of the risk management plan: mostly shorter than the tier's; a longer one ends."""
    plan: Facts = {"interval_authorised_by": sergeant}
    if dice.chance(25):
        until = extract + days(dice.between(40, 300))
        return plan | {"visit_interval_days": PLAN_DAYS_LONGER[level], "interval_until": until}
    return plan | {"visit_interval_days": dice.pick(PLAN_DAYS_SHORTER[level])}
