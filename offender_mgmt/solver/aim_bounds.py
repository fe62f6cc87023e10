"""A bound for an aim without generating columns to the very end.

Before the end, some columns would still help. Raising the prices of the sessions until none would makes the prices fit
for a bound on every roster; the value rises by what the sessions were raised by. When that is little, more rounds are
not worth their time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offender_mgmt.solver.columns import Column, Objective
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.pricing import improving, to_pay
from offender_mgmt.solver.settings import Settings

MOST_ROUNDS = 40
CLOSE = 0.01
"""Share of the value by which the bound may be looser than at the end."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A relaxation with its prices.

    Parameters
    ----------
    value
        No roster is worth more; ``None`` where columns are missing, so that nothing can be said.
    exact
        Whether no column is left that would help.
    """

    relaxed: Relaxed
    value: float | None
    exact: bool


def bounded(master: Master, objective: Objective, settings: Settings, start: Sequence[Column] = ()) -> Bounded:
    """The relaxation of an objective, column generation stopped when its bound is close to the end.

    Parameters
    ----------
    start
        Columns of a roster that keeps what is held.
    """
    best = np.inf
    master.add(start)
    for _ in range(MOST_ROUNDS):
        relaxed = master.relax(objective)
        found = improving(master, objective, relaxed, settings.columns_a_round)
        master.generated.update(found.columns)
        left = float(found.reduced[-1]) if len(found.columns) >= settings.columns_a_round else 0.0
        best = min(best, relaxed.value + to_pay(master, found.columns, found.reduced, left))
        if not master.add(found.columns):
            return Bounded(relaxed, relaxed.value if master.space.complete else None, master.space.complete)
        if best - relaxed.value <= CLOSE * max(1.0, abs(relaxed.value)):
            break
    return Bounded(relaxed, best if master.space.complete else None, False)
