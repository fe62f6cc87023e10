"""Custody, hospital, abroad, missing: where a made-up nominal is now and was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offender_mgmt.synth import shares
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Spell, days
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.vocabulary import CommunityStatus


@dataclass(frozen=True, slots=True)
class Absences:
    """Where the nominal is, since and until when, and the times away that led there."""

    status: CommunityStatus
    since: date | None = None
    until: date | None = None
    spells: tuple[Spell, ...] = ()


def draw_absences(registered: date, settings: SynthSettings, dice: Dice) -> Absences:
    """Chance absences of a nominal registered on a day."""
    extract = settings.extract_date
    known_days = (extract - registered).days
    status = dice.weighted(shares.AWAY)
    if status is not CommunityStatus.COMMUNITY and known_days > 30:
        since = extract - days(dice.between(5, min(known_days - 20, 1_100)))
        return Absences(status, since, _until(status, extract, dice), (Spell(status, since, None),))
    spell = _past_spell(registered, settings, dice)
    if spell is None:
        return Absences(CommunityStatus.COMMUNITY)
    return Absences(CommunityStatus.COMMUNITY, spell.back, None, (spell,))


def _until(status: CommunityStatus, extract: date, dice: Dice) -> date | None:
    """Last day it is expected to last; a few have passed unnoticed, a few end in the week after the extract."""
    if status is CommunityStatus.MISSING or not dice.chance(shares.CUSTODY_END_KNOWN):
        return None
    if dice.chance(shares.CUSTODY_END_PASSED):
        return extract - days(dice.between(1, 20))
    if dice.chance(shares.CUSTODY_END_NEXT_WEEK):
        return extract + days(dice.between(2, 7))
    return extract + days(dice.between(8, 500))


def _past_spell(registered: date, settings: SynthSettings, dice: Dice) -> Spell | None:
    """A time in custody that is over."""
    extract = settings.extract_date
    window = min((extract - registered).days - 20, settings.history_days)
    recent = dice.chance(shares.RECENT_RELEASE)
    if window < 60 or not (recent or dice.chance(shares.PAST_CUSTODY)):
        return None
    back = extract - days(dice.between(1, 25) if recent else dice.between(1, window - 30))
    length = dice.between(20, max(20, min(300, (back - registered).days - 20)))
    return Spell(CommunityStatus.CUSTODY, back - days(length), back)
