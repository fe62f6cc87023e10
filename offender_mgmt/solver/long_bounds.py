"""The bound where routes may be long: all routes are priced before cuts are looked for, and after each round.

Prices that are not the last ones give a bound, too: the value of the relaxation, and what the best route of each window
would add at these prices (Lagrange). So pricing stops as soon as no better bound in whole points is to be had.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from offender_mgmt.solver.columns import Objective
from offender_mgmt.solver.grow import grow
from offender_mgmt.solver.master import Chosen, Master, Relaxed, Search
from offender_mgmt.solver.pricing import TINY, improving, within
from offender_mgmt.solver.separate import broken_cuts
from offender_mgmt.solver.settings import Settings

MOST_CUTS = 30
MOST_ROUNDS = 60
MOST_PRICED = 60
MOST_QUICK = 20
NEAR = 1e-9
ROUNDING = 1e-6
NEARLY = 0.02
"""Where quick columns gain no more than this share of the value together, or so many rounds of them did not come to
that, sure ones are asked for: they tell how far away the bound is, or that it is out of reach."""


@dataclass
class LongBound:
    """A bound on an objective with one weight, and the roster it is a bound for; both get better.

    Parameters
    ----------
    unit
        All values are multiples of it.
    best, value
        The best roster, and what it is worth.
    tell
        Called with each better roster.
    bound
        No roster is worth more; infinite where nothing is known.
    """

    master: Master
    objective: Objective
    settings: Settings
    unit: float
    best: Chosen
    value: float
    tell: Callable[[Chosen], None]
    bound: float = np.inf
    _sure: bool = False
    _asked: int = 0

    def lower(self) -> None:
        """Price and cut until the roster is proven, or no more is to be had."""
        for _ in range(MOST_ROUNDS):
            relaxed, enough_room = self._price()
            self._choose(relaxed)
            if self.is_proven or not enough_room:
                break
            if not self.master.add_cuts(broken_cuts(self.master, relaxed, MOST_CUTS)):
                break

    @property
    def is_proven(self) -> bool:
        """Whether no roster is worth more than the best one."""
        return self.bound <= self.value + ROUNDING

    def whole(self, value: float) -> float:
        """The most whole points when no more than a value can be reached."""
        return float(np.floor(value / self.unit + ROUNDING) * self.unit)

    def _price(self) -> tuple[Relaxed, bool]:
        """Add columns until they no longer matter; the relaxation, and whether there was room for the search."""
        relaxed = self.master.relax(self.objective)
        for _ in range(MOST_PRICED):
            found = improving(self.master, self.objective, relaxed, self.settings.columns_a_round).columns
            if not found:
                above = TINY + NEAR * abs(relaxed.value)
                grown = grow(
                    self.master, self.objective, relaxed, above, self.settings.routes_a_window, quick=not self._sure
                )
                found = grown.columns
                self.bound = min(self.bound, self.whole(relaxed.value + grown.short))
                self._asked += 1
                gains = sum(self._best_of_each(grown.columns, grown.reduced))
                self._sure = self._sure or gains < NEARLY * relaxed.value or self._asked >= MOST_QUICK
                if self.is_proven or self.bound <= self.whole(relaxed.value):
                    return relaxed, True
                if not found:
                    return relaxed, grown.all_there
            self.master.generated.update(found)
            if not self.master.add(found):
                return relaxed, False
            relaxed = self.master.relax(self.objective)
        return relaxed, False

    def _best_of_each(self, columns: list[tuple[int, int]], reduced: list[float]) -> list[float]:
        best: dict[int, float] = {}
        for (window, _), gain in zip(columns, reduced, strict=True):
            best[window] = max(gain, best.get(window, 0.0))
        return list(best.values())

    def _choose(self, relaxed: Relaxed) -> None:
        """A better roster of the columns known so far, if there is one within the gap."""
        gap = relaxed.value - self.value - self.unit
        if self.is_proven or gap < -ROUNDING:
            return
        priced, _ = within(self.master, self.objective, relaxed, gap + ROUNDING, self.settings.exact_columns)
        columns = (*priced.columns, *self.best.columns)
        search = Search(self.objective, columns, self.best, self.settings.nodes)
        found = self.master.choose(search, self.settings.seed)
        if found is not None and found.value > self.value + ROUNDING:
            self.best, self.value = found, found.value
            self.tell(found)
