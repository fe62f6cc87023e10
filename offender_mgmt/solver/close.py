"""Columns that stay close to a published roster: where only so many tasks may move, most columns cannot be used.

A column that takes a call to another day or crew changes it. So of all rosters with at most so many changes none has a
column that makes more of them than that, and the search may leave those columns aside: what is proven of the others
holds of every such roster.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.changes import ChangesLevel
from offender_mgmt.solver.columns import Column
from offender_mgmt.solver.master import Close, Master

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Moves:
    """Which published tasks can be kept at all, and what columns move of those.

    Parameters
    ----------
    level
        What the changes are counted with.
    """

    master: Master
    level: ChangesLevel

    @cached_property
    def least(self) -> int:
        """Published tasks whose day or officers have become impossible: every roster changes them."""
        return self.level.published - int(self._can_stay.sum()) - self._desk_that_can_stay()

    def stay_close(self, changes: int, known: Iterable[Column]) -> None:
        """From now on, leave aside what no roster with at most so many changes has; what is known stays."""
        spare, space = changes - self.least, self.master.space
        found = {}
        for rc, windows in space.windows_of.items():
            far = np.asarray(space.stops[rc] @ self._moved[windows].T) > spare
            rows = np.nonzero(~far.all(axis=1))[0]
            here = np.nonzero(~far[rows].all(axis=0))[0]
            found[rc] = Close(rows, [windows[i] for i in here], far[np.ix_(rows, here)])
        table = space.table(self.master.pool)
        moved = np.asarray(space.incidence(table.calls).multiply(self._moved[table.window]).sum(axis=1)).ravel()
        near = [column for column, moves in zip(self.master.pool, moved, strict=True) if moves <= spare]
        self.master.stay_close(found, (*near, *known))

    @cached_property
    def _there(self) -> Flags:
        """Whether each window is on the day, with the crew, of each published call; shape (windows, calls)."""
        space = self.master.space
        table = [
            [call.published == (w.route_class.day, frozenset(w.crew)) for call in space.instance.calls]
            for w in space.windows
        ]
        return np.array(table, dtype=bool).reshape(len(space.windows), len(space.instance.calls))

    @cached_property
    def _can_stay(self) -> Flags:
        """Whether a published call could be made on its day by its crew, alone or with others.

        One stop alone does not tell: a break on the road lies between two.
        """
        space = self.master.space
        could = np.zeros(len(space.instance.calls), dtype=bool)
        for rc, windows in space.windows_of.items():
            there = (self._there[windows] & space.may_call[windows]).any(axis=0)
            driven = np.asarray(space.stops[rc].sum(axis=0)).ravel() > 0
            could |= there & driven if space.complete else there
        return could

    @cached_property
    def _moved(self) -> npt.NDArray[np.float64]:
        """1 for each call that could stay and does not in a window; shape (windows, calls)."""
        return (self._can_stay & ~self._there).astype(np.float64)

    def _desk_that_can_stay(self) -> int:
        instance = self.master.space.instance
        stays = {
            desk
            for desk, s in self.master.rows.desk_choices
            if instance.desk[desk].published == (instance.shifts[s].day, instance.shifts[s].officer)
        }
        return len(stays)
