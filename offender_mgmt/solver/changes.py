"""Fewest changes as a level of its own: after some of the bands, before the others, with a bound."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from offender_mgmt.solver.columns import ColumnSpace, Objective
from offender_mgmt.solver.master import Chosen
from offender_mgmt.solver.scores import AimTerms
from offender_mgmt.vocabulary import Aim

ROUNDING = 1e-6
CHANGE_RATIO = 100.0
"""What a change counts against a point of the bands after it, and a point before it as well; it only guides."""


@dataclass(frozen=True, slots=True)
class ChangesLevel:
    """Where the fewest changes stand among the bands, and what they are counted with.

    Parameters
    ----------
    after
        Number of bands before it.
    number
        Number of the aim among those of the space.
    published
        Tasks that may change.
    """

    after: int
    number: int
    aim: AimTerms
    published: int

    @property
    def score(self) -> int:
        """Number of the score that the changes are counted in."""
        return self.aim.terms[0].score

    def cost(self, space: ColumnSpace, chosen: Chosen) -> int:
        """How many published tasks a roster changes."""
        table = space.table(chosen.columns)
        total = space.score_of(self.score, table, space.incidence(table.calls)).sum()
        total += sum(space.desk_score(self.score, d, s) for d, s in chosen.desk)
        return self.aim.terms[0].value(float(total))

    def least(self, value: float) -> int:
        """The fewest changes at which the changes alone can be worth so much."""
        return max(self.aim.least, self.aim.terms[0].value(ceil(-value - ROUNDING)))

    def alone(self, bands: int) -> Objective:
        """The changes and nothing else."""
        return Objective((0.0,) * bands, ((self.score, -1.0),))

    def among(self, bands: int, ratio: float) -> Objective:
        """All bands at once with the changes among them; it only guides."""
        before = tuple(CHANGE_RATIO * ratio ** (self.after - 1 - band) for band in range(self.after))
        return Objective((*before, *(1.0,) * (bands - self.after)), ((self.score, -CHANGE_RATIO),))

    def first(self, later: tuple[float, ...], most: tuple[int, ...]) -> Objective:
        """The changes; after them, as far as it costs nothing, the bands that follow."""
        change = 1.0 + sum(w * m for w, m in zip(later, most[self.after :], strict=True))
        return Objective((*(0.0,) * self.after, *later), ((self.score, -change),))


def changes_level(space: ColumnSpace) -> ChangesLevel | None:
    """The level of a week that is planned again; ``None`` for one that is planned once, or where it is no aim."""
    instance = space.instance
    if instance.bands_first is None:
        return None
    after = min(instance.bands_first, instance.bands)
    found = [(number, aim) for number, aim in enumerate(space.aims) if aim.aim is Aim.FEWEST_CHANGES]
    return ChangesLevel(after, *found[0], instance.published or 0) if found else None
