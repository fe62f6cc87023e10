"""The cuts of a master problem as rows: what each column, desk choice and write-up choice counts in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from offender_mgmt.solver.columns import Column, ColumnSpace
from offender_mgmt.solver.cuts import Cut, FullShiftCut, HalfCut
from offender_mgmt.solver.rows import Rows
from offender_mgmt.solver.windows import RouteClass, longer_pause

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class CutRows:
    """Cuts with the numbers of their rows."""

    def __init__(self, space: ColumnSpace, rows: Rows) -> None:
        self.space, self.rows = space, rows
        self.row: dict[Cut, int] = {}
        self._touched: dict[HalfCut, Ints] = {}
        self._calls: dict[HalfCut, list[int]] = {}
        self._sessions = [
            {(s, k) for s, taken in zip(w.shifts, w.sessions, strict=True) for k in taken} for w in space.windows
        ]

    def add(self, cuts: Iterable[Cut]) -> list[Cut]:
        """Give new cuts their rows; which were new."""
        new = [cut for cut in dict.fromkeys(cuts) if cut not in self.row]
        for cut in new:
            self.row[cut] = self.rows.new_row(-np.inf, cut.upper)
            if isinstance(cut, HalfCut):
                wanted = set(cut.sessions)
                self._touched[cut] = np.array([len(wanted & taken) for taken in self._sessions], dtype=np.int64)
                nominals = set(cut.nominals)
                calls = self.space.instance.calls
                self._calls[cut] = [c for c, call in enumerate(calls) if call.nominal in nominals]
        return new

    def of_columns(
        self, columns: Sequence[Column], matrix: sparse.csr_matrix, cuts: Sequence[Cut]
    ) -> sparse.csr_matrix:
        """What columns count in some cuts; shape (columns, cuts).

        Parameters
        ----------
        matrix
            Their entries in the rows of the master, for the minutes they take.
        """
        table = self.space.table(columns)
        made, by_row = self.space.incidence(table.calls).tocsc(), matrix.tocsc()
        lines: list[Floats] = []
        for cut in cuts:
            if isinstance(cut, HalfCut):
                calls = made[:, self._calls[cut]].sum(axis=1)
                lines.append(np.floor((self._touched[cut][table.window] + np.asarray(calls).ravel()) / 2))
            else:
                minutes = by_row[:, [self.rows.minutes[cut.shift]]].toarray().ravel()
                lines.append(_counts(cut, minutes))
        return _standing(lines, len(columns))

    def of_work(self, cuts: Sequence[Cut]) -> sparse.csr_matrix:
        """What each desk choice and write-up choice counts in some cuts; shape (choices, cuts)."""
        shifts = np.array([shift for shift, _ in self.rows.work], dtype=np.int64)
        minutes = np.array([minutes for _, minutes in self.rows.work], dtype=np.float64)
        lines = [
            np.where(shifts == cut.shift, _counts(cut, minutes), 0.0)
            if isinstance(cut, FullShiftCut)
            else np.zeros(len(shifts))
            for cut in cuts
        ]
        return _standing(lines, len(shifts))

    def prices(self, dual: Floats) -> CutPrices:
        """The prices of all cuts, sorted by how they are charged."""
        by_window = np.zeros(len(self.space.windows))
        by_nominals: list[tuple[HalfCut, float]] = []
        by_shift: dict[int, list[tuple[FullShiftCut, float]]] = defaultdict(list)
        for cut, row in self.row.items():
            price = float(dual[row])
            if price <= 0:
                continue
            if isinstance(cut, FullShiftCut):
                by_shift[cut.shift].append((cut, price))
            elif cut.nominals:
                by_nominals.append((cut, price))
            else:
                by_window += price * (self._touched[cut] // 2)
        return CutPrices(self, by_window, by_nominals, dict(by_shift))

    def charge_nominals(
        self, table: Floats, part: slice, rc: RouteClass, windows: list[int], cut: HalfCut, price: float
    ) -> None:
        """Charge a slice of routes (rows) of windows (columns) for a cut with nominals in it."""
        touched = self._touched[cut][windows]
        made = np.asarray(self.space.stops[rc][part][:, self._calls[cut]].sum(axis=1)).ravel().astype(np.int64)
        for count in range(len(cut.nominals) + 1):
            uses = (touched + count) // 2
            if uses.any():
                table[np.nonzero(made == count)[0]] -= price * uses


class CutPrices:
    """Prices of cuts for one round of pricing.

    Parameters
    ----------
    by_window
        Price of each window, whatever its route, by cuts over sessions alone.
    """

    def __init__(
        self,
        cuts: CutRows,
        by_window: Floats,
        by_nominals: list[tuple[HalfCut, float]],
        by_shift: dict[int, list[tuple[FullShiftCut, float]]],
    ) -> None:
        self._cuts, self.by_window = cuts, by_window
        self._by_nominals, self._by_shift = by_nominals, by_shift

    def charge(self, table: Floats, part: slice, rc: RouteClass, windows: list[int]) -> None:
        """Take what depends on the route off the reduced costs of a slice of routes of windows."""
        for cut, price in self._by_nominals:
            self._cuts.charge_nominals(table, part, rc, windows, cut, price)
        for position, index in enumerate(windows):
            window = self._cuts.space.windows[index]
            for shift in {*window.shifts, window.entry_shift} & self._by_shift.keys():
                sizes, place = self._work(rc, index, shift)
                charged = np.zeros(len(sizes))
                for full, price in self._by_shift[shift]:
                    charged += price * _counts(full, sizes)
                table[:, position] -= charged[place[part]]

    def _work(self, rc: RouteClass, index: int, shift: int) -> tuple[Floats, Ints]:
        """Distinct minutes that routes take from a shift, and which of them each route takes."""
        space = self._cuts.space
        window = space.windows[index]
        if shift in window.shifts:
            sizes, place = space.block_sizes[rc]
            return sizes + longer_pause(window, space.instance, shift), place
        counts = space.entries[rc]
        return np.arange(counts.max() + 1) * float(space.instance.entry.minutes), counts


def _counts(cut: FullShiftCut, minutes: Floats) -> Floats:
    return np.array([cut.count(int(size)) for size in minutes], dtype=np.float64)


def _standing(lines: list[Floats], height: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array(lines, dtype=np.float64).reshape(len(lines), height).T)
