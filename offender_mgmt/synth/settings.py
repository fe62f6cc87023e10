"""What a synthetic register is asked to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offender_mgmt.errors import UsageError

FORCES = ("essex",)


@dataclass(frozen=True, slots=True)
class SynthSettings:
    """Size and seed of a synthetic register; the same settings give the same bytes.

    Parameters
    ----------
    seed
        Any whole number; another seed is another register of the same kind.
    offenders, officers, teams
        How many; more teams than Essex has areas share the areas.
    extract_date
        The day the made-up extract is dated.
    history_days
        How far back attempts, assessments and checks go.
    force
        Whose geography; only ``essex`` so far.

    Raises
    ------
    UsageError
        For an unknown force and for sizes that make no team.
    """

    seed: int = 1
    offenders: int = 1_900
    officers: int = 40
    teams: int = 6
    extract_date: date = date(2026, 11, 27)
    history_days: int = 730
    force: str = "essex"

    def __post_init__(self) -> None:
        """Refuse what cannot be made."""
        if self.force not in FORCES:
            raise UsageError("Only the force essex is known.")
        if self.teams < 1 or self.offenders < 0 or self.history_days < 1:
            raise UsageError("Ask for at least one team, no negative number of nominals, and some days of history.")
        if self.officers < 3 * self.teams:
            raise UsageError("Ask for at least three officers a team: a sergeant and a crew of two.")
