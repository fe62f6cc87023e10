"""The cuts of a master problem as rows: what each column, desk choice and write-up choice counts in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from offender_mgmt.solver.columns import Column, ColumnSpace
from offender_mgmt.solver.cuts import Cut, HalfCut, ShiftCut, StepShiftCut
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
            np.zeros(len(shifts))
            if isinstance(cut, HalfCut)
            else np.where(shifts == cut.shift, _counts(cut, minutes), 0.0)
            for cut in cuts
        ]
        return _standing(lines, len(shifts))

    def prices(self, dual: Floats) -> CutPrices:
        """The prices of all cuts, sorted by how they are charged."""
        by_window = np.zeros(len(self.space.windows))
        by_nominals: list[tuple[HalfCut, float]] = []
        by_shift: dict[int, list[tuple[ShiftCut, float]]] = defaultdict(list)
        for cut, row in self.row.items():
            price = float(dual[row])
            if price <= 0:
                continue
            if not isinstance(cut, HalfCut):
                by_shift[cut.shift].append((cut, price))
            elif cut.nominals:
                by_nominals.append((cut, price))
            else:
                by_window += price * (self._touched[cut] // 2)
        return CutPrices(self, by_window, by_nominals, dict(by_shift))

    def calls_in(self, cut: HalfCut) -> list[int]:
        """Calls that count in a cut."""
        return self._calls[cut]

    def touched_by(self, cut: HalfCut) -> Ints:
        """How many sessions of a cut each window takes up."""
        return self._touched[cut]


class CallCuts(NamedTuple):
    """Cuts that depend on the calls of a route, for the windows of a class.

    Parameters
    ----------
    price
        Per cut.
    member
        Whether a call counts in a cut; shape (cuts, calls).
    of_call
        Per call the numbers of the cuts it counts in, -1 after the last; shape (calls, most).
    touched
        How many sessions of each cut a window takes up; shape (windows, cuts).
    fixed
        What each window pays whatever its route.
    """

    price: Floats
    member: npt.NDArray[np.bool_]
    of_call: Ints
    touched: Ints
    fixed: Floats


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
        by_shift: dict[int, list[tuple[ShiftCut, float]]],
    ) -> None:
        self._cuts, self.by_window = cuts, by_window
        self._by_nominals, self._by_shift = by_nominals, by_shift

    def charge(self, table: Floats, part: slice | Ints, rc: RouteClass, windows: list[int]) -> None:
        """Take what depends on the route off the reduced costs of a part of the routes of windows."""
        if self._by_nominals:
            self._charge_nominals(table, part, rc, windows)
        for position, index in enumerate(windows):
            window = self._cuts.space.windows[index]
            for shift in {*window.shifts, window.entry_shift} & self._by_shift.keys():
                sizes, place = self._work(rc, index, shift)
                charged = np.zeros(len(sizes))
                for cut, price in self._by_shift[shift]:
                    charged += price * _counts(cut, sizes)
                table[:, position] -= charged[place[part]]

    def _charge_nominals(self, table: Floats, part: slice | Ints, rc: RouteClass, windows: list[int]) -> None:
        """Half of the sessions and calls that count in a cut, rounded down; few windows differ in that."""
        touched, price = self._touched(windows), self._price
        made = (self._cuts.space.stops[rc][part] @ self._members).tocsr()
        kinds, kind_of = np.unique(touched % 2, axis=0, return_inverse=True)
        for number, odd in enumerate(kinds):
            half = made.copy()
            half.data = (half.data + odd[half.indices]) // 2
            table[:, kind_of.ravel() == number] -= (half @ price)[:, None]
        table -= (touched // 2) @ price

    @cached_property
    def _price(self) -> Floats:
        return np.array([price for _, price in self._by_nominals], dtype=np.float64)

    @cached_property
    def _members(self) -> sparse.csr_matrix:
        """Whether a call counts in a cut; shape (calls, cuts)."""
        calls = np.arange(len(self._cuts.space.instance.calls))
        member = [np.isin(calls, self._cuts.calls_in(cut)) for cut, _ in self._by_nominals]
        return sparse.csr_matrix(np.array(member, dtype=np.float64).reshape(len(member), len(calls)).T)

    def _touched(self, windows: list[int]) -> Ints:
        """How many sessions of each cut a window takes up; shape (windows, cuts)."""
        touched = np.array([self._cuts.touched_by(cut)[windows] for cut, _ in self._by_nominals], dtype=np.int64)
        return np.ascontiguousarray(touched.reshape(len(self._by_nominals), len(windows)).T)

    def of_class(self, calls: Ints, windows: list[int]) -> CallCuts:
        """The cuts that depend on the calls of a route; ``calls`` are those of the class."""
        cuts = [cut for cut, _ in self._by_nominals]
        price = self._price
        member = np.array([np.isin(calls, self._cuts.calls_in(cut)) for cut in cuts], dtype=bool)
        member = member.reshape(len(cuts), len(calls))
        of_call = np.full((len(calls), max(1, int(member.sum(axis=0).max(initial=0)))), -1, dtype=np.int64)
        for call in range(len(calls)):
            numbers = np.nonzero(member[:, call])[0]
            of_call[call, : len(numbers)] = numbers
        touched = self._touched(windows)
        return CallCuts(price, member, of_call, touched, (touched // 2) @ price)

    def by_minute(self, window: int) -> tuple[float, float]:
        """What a window pays for each minute of its outing by cuts that count steps, and for the outing beside that."""
        each = once = 0.0
        for cut, price, pause in self._of_window(window):
            if isinstance(cut, StepShiftCut):
                each += price / cut.step
                once += price * (pause - cut.rest) / cut.step
        return each, once

    def by_block(self, window: int, longest: int) -> Floats:
        """What a window pays for an outing of so many minutes beside that, up to the longest; never less than 0."""
        paid = np.zeros(longest + 1)
        for cut, price, pause in self._of_window(window):
            sizes = np.arange(longest + 1) + pause
            counted = _counts(cut, sizes)
            if isinstance(cut, StepShiftCut):
                counted -= (sizes - cut.rest) / cut.step
            paid += price * np.maximum(0.0, counted)
        return paid

    def _of_window(self, window: int) -> Iterator[tuple[ShiftCut, float, int]]:
        """The cuts over minutes of the shifts of a window, with their prices and the pause an outing takes with it."""
        taken = self._cuts.space.windows[window]
        for shift in sorted({*taken.shifts} & self._by_shift.keys()):
            pause = longer_pause(taken, self._cuts.space.instance, shift)
            yield from ((cut, price, pause) for cut, price in self._by_shift[shift])

    def by_entries(self, window: int, count: int) -> float:
        """What a window pays for so many entries made in a later shift."""
        later = self._cuts.space.windows[window].entry_shift
        minutes = count * self._cuts.space.instance.entry.minutes
        return sum(price * cut.count(minutes) for cut, price in self._by_shift.get(later, ()))

    def _work(self, rc: RouteClass, index: int, shift: int) -> tuple[Floats, Ints]:
        """Distinct minutes that routes take from a shift, and which of them each route takes."""
        space = self._cuts.space
        window = space.windows[index]
        if shift in window.shifts:
            sizes, place = space.block_sizes[rc]
            return sizes + longer_pause(window, space.instance, shift), place
        counts = space.entries[rc]
        return np.arange(counts.max() + 1) * float(space.instance.entry.minutes), counts


def _counts(cut: ShiftCut, minutes: npt.NDArray[Any]) -> Floats:
    """What many pieces of work count in a cut, all at once."""
    if isinstance(cut, StepShiftCut):
        whole, rest = np.divmod(minutes.astype(np.int64), cut.step)
        counted = whole + np.maximum(0, rest - cut.rest) / (cut.step - cut.rest)
        return np.asarray(counted, dtype=np.float64)
    whole, rest = np.divmod((cut.parts + 1) * minutes.astype(np.int64), cut.minutes)
    exact = cut.parts * minutes / cut.minutes
    return np.where(rest == 0, exact, np.minimum(whole, cut.parts)).astype(np.float64)


def _standing(lines: list[Floats], height: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array(lines, dtype=np.float64).reshape(len(lines), height).T)
