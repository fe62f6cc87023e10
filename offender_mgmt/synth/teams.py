"""Teams and their officers: a sergeant, police staff, and constables and detectives, each team at one base."""

from __future__ import annotations

from dataclasses import dataclass

from offender_mgmt.register.records import Base, Officer
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.essex import AREAS, BASES, Area
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.vocabulary import Role

ARMS_PER_CENT = 75
NEWCOMER_PER_CENT = 35
NO_DRIVER_PER_CENT = 6
NOT_PAIRED_PER_CENT = 15
PART_TIME_PER_CENT = 12
PART_TIME_HOURS = 32
"""Four days of eight hours."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team: its name, area and officers, and how many nominals it manages.

    Parameters
    ----------
    part_timers
        Ids of officers who work four days a week.
    """

    name: str
    area: Area
    officers: tuple[Officer, ...]
    nominals: int
    part_timers: frozenset[str]

    @property
    def sergeant(self) -> str:
        """Id of the sergeant, who reviews and authorises."""
        return next(o.officer_id for o in self.officers if o.role is Role.SERGEANT)

    @property
    def visitors(self) -> tuple[Officer, ...]:
        """Officers who lead nominals and visit them: accredited, the sergeant left out."""
        return tuple(o for o in self.officers if o.role is not Role.SERGEANT and "MOSOVO" in o.skills)


def make_bases() -> tuple[Base, ...]:
    """The stations of all areas."""
    return tuple(Base(base=name, easting=e, northing=n) for name, (e, n) in BASES.items())


def make_teams(settings: SynthSettings) -> tuple[Team, ...]:
    """All teams, with officers and nominals shared out evenly."""
    sizes = _shares(settings.officers, settings.teams)
    teams: list[Team] = []
    for index, size in enumerate(sizes):
        area = AREAS[index % len(AREAS)]
        again = index // len(AREAS)
        name = area.team + (f"-{again + 1}" if again else "")
        first = sum(sizes[:index])
        upto = [settings.offenders * count // settings.officers for count in (first, first + size)]
        teams.append(_make_team(name, area, index, first, size, upto[1] - upto[0], settings.seed))
    return tuple(teams)


def _shares(total: int, parts: int) -> list[int]:
    return [total // parts + (1 if index < total % parts else 0) for index in range(parts)]


def _make_team(name: str, area: Area, index: int, first: int, size: int, nominals: int, seed: int) -> Team:
    dice = Dice(seed, "team", name)
    staff = 0 if size < 5 else 1 if size < 9 else 2
    newcomer = size >= 6 and dice.chance(NEWCOMER_PER_CENT)
    officers = [_officer(f"S{2001 + index}", Role.SERGEANT, ("MOSOVO", "ARMS"), name, area, dice)]
    officers += [
        _officer(f"T{3001 + index * 2 + i}", Role.POLICE_STAFF, ("MOSOVO", "ARMS"), name, area, dice)
        for i in range(staff)
    ]
    for i in range(size - 1 - staff):
        new = newcomer and i == size - 2 - staff
        skills = () if new else ("MOSOVO", "ARMS") if i == 0 or dice.chance(ARMS_PER_CENT) else ("MOSOVO",)
        role = Role.DETECTIVE if not new and dice.chance(60) else Role.CONSTABLE
        officers.append(_officer(f"P{1001 + first + i}", role, skills, name, area, dice))
    if size >= 6 and dice.chance(NOT_PAIRED_PER_CENT):
        officers[-2:] = _not_paired(officers[-2], officers[-1])
    part_timers = frozenset(o.officer_id for o in officers[2:] if dice.chance(PART_TIME_PER_CENT))
    on_contract = tuple(
        o.replace(contract_hours=PART_TIME_HOURS) if o.officer_id in part_timers else o for o in officers
    )
    return Team(name, area, on_contract, nominals, part_timers)


def _officer(officer_id: str, role: Role, skills: tuple[str, ...], team: str, area: Area, dice: Dice) -> Officer:
    driver = role is Role.SERGEANT or not dice.chance(NO_DRIVER_PER_CENT)
    return Officer(officer_id=officer_id, role=role, skills=skills, team=team, base=area.base, driver=driver)


def _not_paired(one: Officer, other: Officer) -> list[Officer]:
    return [one.replace(not_paired_with=(other.officer_id,)), other.replace(not_paired_with=(one.officer_id,))]
