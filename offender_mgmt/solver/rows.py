"""The rows of the master problem: which rule each stands for, its number and its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.columns import Column, ColumnSpace, ColumnTable
from offender_mgmt.solver.eligibility import may_do_desk, may_write_up
from offender_mgmt.solver.windows import longer_pause

Floats = npt.NDArray[np.float64]
Entry = tuple[int, float]
"""Row, coefficient."""


class Rows:
    """Numbers the rows once; columns and desk work ask which rows they stand in.

    Parameters
    ----------
    space
        Columns of the instance.
    """

    def __init__(self, space: ColumnSpace) -> None:
        self.space = space
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.nominal: dict[int, int] = {}
        self.session: dict[tuple[int, int], int] = {}
        self.visits: dict[int, int] = {}
        self.minutes: dict[int, int] = {}
        self.pairs: dict[tuple[int, int], int] = {}
        self.exposure: dict[tuple[int, int, int], int] = {}
        self.limit: list[int] = []
        self.desk: list[int] = []
        self.write_up: list[int] = []
        self.order: dict[tuple[int, int], int] = {}
        self.band: list[int] = []
        instance = space.instance
        self.one_visit_per_nominal(instance)
        self.one_place_at_a_time(instance)
        self.visits_per_day(instance)
        self.full_minutes(instance)
        self.exposure_limits(instance)
        self.limit = [self._row(-np.inf, limit.most) for limit in instance.limits]
        self.each_task_once(instance)
        self.write_up_follows_interview(instance)
        self.band = [self._row(-np.inf, np.inf) for _ in range(instance.bands)]
        self.score = [self._row(-np.inf, np.inf) for _ in space.scores]
        self.without_cuts = len(self.lower)

    def new_row(self, lower: float, upper: float) -> int:
        """One more row, for a cut; its number."""
        return self._row(lower, upper)

    def _row(self, lower: float, upper: float) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def one_visit_per_nominal(self, instance: Instance) -> None:
        """At most one call of each nominal is made."""
        for nominal in sorted({call.nominal for call in instance.calls}):
            self.nominal[nominal] = self._row(-np.inf, 1)

    def one_place_at_a_time(self, instance: Instance) -> None:
        """At most one outing in each session of a shift.

        The odd-set rows follow from these and only tighten the relaxation: of an odd number of officers
        whose k-th sessions could be paired, one is left over.
        """
        for s, shift in enumerate(instance.shifts):
            for k in range(len(shift.sessions)):
                self.session[s, k] = self._row(-np.inf, 1)
        for day in range(instance.days):
            on_duty = [s for s in instance.shifts if s.day == day]
            for k in range(max((len(s.sessions) for s in on_duty), default=0)):
                count = sum(len(s.sessions) > k for s in on_duty)
                if count % 2:
                    self.pairs[day, k] = self._row(-np.inf, count // 2)

    def visits_per_day(self, instance: Instance) -> None:
        """No officer makes more visits in a shift than policy allows."""
        for s in range(len(instance.shifts)):
            self.visits[s] = self._row(-np.inf, instance.visits_left(s))

    def full_minutes(self, instance: Instance) -> None:
        """Outings and desk work of a shift fit into its free minutes."""
        for s, shift in enumerate(instance.shifts):
            self.minutes[s] = self._row(-np.inf, shift.free_minutes)

    def exposure_limits(self, instance: Instance) -> None:
        """No officer makes more of the calls of a limit in a shift, or in the week, than it allows.

        Rows are known by limit, officer and shift; -1 stands for the whole week.
        """
        for n in range(len(instance.exposure)):
            for s, shift in enumerate(instance.shifts):
                self._exposure_row(n, shift.officer, s)
            for officer in sorted({shift.officer for shift in instance.shifts}):
                self._exposure_row(n, officer, -1)

    def _exposure_row(self, limit: int, officer: int, shift: int) -> None:
        left = self.space.instance.exposure_left(limit, officer, shift)
        if left is not None:
            self.exposure[limit, officer, shift] = self._row(-np.inf, left)

    def each_task_once(self, instance: Instance) -> None:
        """Each desk task is done at most once."""
        self.desk = [self._row(-np.inf, 1) for _ in instance.desk]

    def write_up_follows_interview(self, instance: Instance) -> None:
        """An interview's write-up is done, on a later day, by an officer of its crew.

        One row ties the write-up to the interview; one row per officer and shift says that what is written
        up on or before that shift was held by that officer on an earlier day.
        """
        for w, write_up in enumerate(instance.write_ups):
            self.write_up.append(self._row(0, 0))
            for s, shift in enumerate(instance.shifts):
                if may_write_up(write_up, instance.officers[shift.officer]):
                    self.order[w, s] = self._row(-np.inf, 0)

    def of_column(self, column: Column) -> Iterator[Entry]:
        """Rows a column stands in."""
        window = self.space.windows[column[0]]
        calls = self.space.calls_of(column)
        block = int(self.space.routes[window.route_class].block[column[1]])
        yield from self.of_window(column[0])
        for s in window.shifts:
            yield self.visits[s], len(calls)
            yield self.minutes[s], block
        for call in calls:
            yield from self.of_call(column[0], call)
        for n, limit in enumerate(self.space.instance.exposure):
            if counted := len(limit.calls.intersection(calls)):
                yield from ((row, counted * times) for row, times in self._exposed(column[0], n))
        yield from self._of_scores(column)

    def _exposed(self, index: int, limit: int) -> Iterator[Entry]:
        """Rows of a limit in which each call that counts for it counts once when the window's crew makes it."""
        window = self.space.windows[index]
        for officer, s in zip(window.crew, window.shifts, strict=True):
            keys = ((limit, officer, s), (limit, officer, -1))
            yield from ((self.exposure[key], 1) for key in keys if key in self.exposure)

    @cached_property
    def exposure_of_window(self) -> list[tuple[npt.NDArray[np.float64], sparse.csr_matrix]]:
        """For each limit: which calls count, and the rows in which each of them does; shape (windows, rows)."""
        found = []
        for n, limit in enumerate(self.space.instance.exposure):
            counts = np.zeros(len(self.space.instance.calls))
            counts[sorted(limit.calls)] = 1
            found.append((counts, self._of_windows(partial(self._exposed, limit=n))))
        return found

    def _of_scores(self, column: Column) -> Iterator[Entry]:
        table = self.space.table([column])
        made = self.space.incidence(table.calls)
        for number, row in enumerate(self.score):
            if score := float(self.space.score_of(number, table, made)[0]):
                yield row, score

    def of_window(self, index: int) -> Iterator[Entry]:
        """Rows that any column of a window stands in, whatever its route."""
        window = self.space.windows[index]
        instance = self.space.instance
        for s in window.shifts:
            if pause := longer_pause(window, instance, s):
                yield self.minutes[s], pause
        touched: dict[int, int] = {}
        for s, sessions in zip(window.shifts, window.sessions, strict=True):
            for k in sessions:
                yield self.session[s, k], 1
                touched[k] = touched.get(k, 0) + 1
        day = instance.shifts[window.shifts[0]].day
        for k, count in touched.items():
            if (day, k) in self.pairs and count >= 2:
                yield self.pairs[day, k], count // 2

    def matrix(self, columns: Sequence[Column]) -> sparse.csr_matrix:
        """The same entries as :meth:`of_column` for many columns at once; shape (columns, rows without cuts)."""
        table = self.space.table(columns)
        made = self.space.incidence(table.calls)
        entries = made @ self.space.needs_entry
        found = self.by_window[table.window] + made @ self.by_call
        found += _times(table.count) @ self.visits_of_window[table.window]
        found += _times(table.block) @ self.minutes_of_window[table.window]
        found += _times(entries) @ self.entry_minutes[table.window]
        for call, rows in self.by_interview.items():
            found += _times(made[:, [call]].toarray().ravel()) @ rows[table.window]
        for counts, rows in self.exposure_of_window:
            found += _times(made @ counts) @ rows[table.window]
        found += self._scores(table, made)
        return sparse.csr_matrix(found)

    def _scores(self, table: ColumnTable, made: sparse.csr_matrix) -> sparse.csr_matrix:
        """Entries of columns in the rows of the scores; shape (columns, rows without cuts)."""
        values = [self.space.score_of(number, table, made) for number in range(len(self.score))]
        scores = np.array(values).reshape(len(self.score), len(table.window)).T
        lines, numbers = np.nonzero(scores)
        places = lines, np.array(self.score, dtype=np.int64)[numbers]
        return sparse.csr_matrix((scores[lines, numbers], places), shape=(len(table.window), self.without_cuts))

    @cached_property
    def by_window(self) -> sparse.csr_matrix:
        """Rows of each window, whatever its route; shape (windows, rows)."""
        return self._of_windows(self.of_window)

    @cached_property
    def visits_of_window(self) -> sparse.csr_matrix:
        """Rows in which each stop of a window's outing counts once; shape (windows, rows)."""
        windows = self.space.windows
        return self._of_windows(lambda w: ((self.visits[s], 1) for s in windows[w].shifts))

    @cached_property
    def minutes_of_window(self) -> sparse.csr_matrix:
        """Rows in which each minute of a window's outing counts; shape (windows, rows)."""
        windows = self.space.windows
        return self._of_windows(lambda w: ((self.minutes[s], 1) for s in windows[w].shifts))

    @cached_property
    def entry_minutes(self) -> sparse.csr_matrix:
        """Rows in which each record entry made later counts its minutes; shape (windows, rows)."""
        windows, minutes = self.space.windows, self.space.instance.entry.minutes
        return self._of_windows(lambda w: ((self.minutes[s], minutes) for s in (windows[w].entry_shift,) if s >= 0))

    @cached_property
    def by_call(self) -> sparse.csr_matrix:
        """Rows of each call, whoever makes it; shape (calls, rows)."""
        calls = range(len(self.space.instance.calls))
        return sparse_rows([tuple(self._of_call_alone(c)) for c in calls], self.without_cuts)

    @cached_property
    def by_interview(self) -> dict[int, sparse.csr_matrix]:
        """For each call with a write-up: the rows that say who may write it up when; shape (windows, rows)."""
        found = {}
        for c, call in enumerate(self.space.instance.calls):
            if call.write_up >= 0:
                found[c] = self._of_windows(partial(self._order_of_window, write_up=call.write_up))
        return found

    def _of_windows(self, rows_of: Callable[[int], Iterable[Entry]]) -> sparse.csr_matrix:
        return sparse_rows([tuple(rows_of(w)) for w in range(len(self.space.windows))], self.without_cuts)

    def of_call(self, index: int, call_index: int) -> Iterator[Entry]:
        """Rows that a call stands in when the window's crew makes it."""
        call = self.space.instance.calls[call_index]
        yield from self._of_call_alone(call_index)
        later = self.space.windows[index].entry_shift
        if later >= 0 and call.needs_entry:
            yield self.minutes[later], self.space.instance.entry.minutes
        if call.write_up >= 0:
            for row in self._later_shifts(index, call.write_up):
                yield row, -1

    def _of_call_alone(self, call_index: int) -> Iterator[Entry]:
        call = self.space.instance.calls[call_index]
        yield self.nominal[call.nominal], 1
        for row, limit in zip(self.limit, self.space.instance.limits, strict=True):
            if limit.loads[call_index]:
                yield row, limit.loads[call_index]
        for band, points in enumerate(self.space.call_points[call_index]):
            if points:
                yield self.band[band], float(points)
        if call.write_up >= 0:
            yield self.write_up[call.write_up], -1

    def _order_of_window(self, window: int, write_up: int) -> Iterator[Entry]:
        yield from ((row, -1) for row in self._later_shifts(window, write_up))

    def _later_shifts(self, index: int, write_up: int) -> Iterator[int]:
        window = self.space.windows[index]
        shifts = self.space.instance.shifts
        day = shifts[window.shifts[0]].day
        for s, shift in enumerate(shifts):
            if shift.officer in window.crew and shift.day > day and (write_up, s) in self.order:
                yield self.order[write_up, s]

    @cached_property
    def desk_choices(self) -> list[tuple[int, int]]:
        """Desk task and shift, for every shift in which it could be done."""
        instance = self.space.instance
        return [
            (d, s)
            for d, task in enumerate(instance.desk)
            for s, shift in enumerate(instance.shifts)
            if task.may_be_on(shift.day)
            and shift.free_minutes >= task.minutes
            and may_do_desk(task, shift.officer, instance.officers)
        ]

    @cached_property
    def write_up_choices(self) -> list[tuple[int, int]]:
        """Write-up and shift, for every shift in which it could be done."""
        instance = self.space.instance
        return [(w, s) for w, s in self.order if instance.shifts[s].free_minutes >= instance.write_ups[w].minutes]

    @cached_property
    def work(self) -> list[tuple[int, int]]:
        """Shift and minutes of every desk choice, then of every write-up choice."""
        instance = self.space.instance
        desk = [(s, instance.desk[d].minutes) for d, s in self.desk_choices]
        return desk + [(s, instance.write_ups[w].minutes) for w, s in self.write_up_choices]

    @cached_property
    def work_matrix(self) -> sparse.csr_matrix:
        """Rows of every desk choice, then of every write-up choice; shape (choices, rows without cuts)."""
        entries = [tuple(self.of_desk(choice)) for choice in self.desk_choices]
        entries += [tuple(self.of_write_up(choice)) for choice in self.write_up_choices]
        return sparse_rows(entries, self.without_cuts)

    def of_desk(self, choice: tuple[int, int]) -> Iterator[Entry]:
        """Rows a choice of desk task and shift stands in."""
        d, s = choice
        task = self.space.instance.desk[d]
        yield self.desk[d], 1
        yield self.minutes[s], task.minutes
        points = self.space.instance.points[task.task]
        if points:
            yield self.band[self.space.instance.band[task.task]], points
        for number, row in enumerate(self.score):
            if score := self.space.desk_score(number, d, s):
                yield row, score

    def of_write_up(self, choice: tuple[int, int]) -> Iterator[Entry]:
        """Rows a choice of write-up and shift stands in."""
        w, s = choice
        instance = self.space.instance
        yield self.write_up[w], 1
        yield self.minutes[s], instance.write_ups[w].minutes
        here = instance.shifts[s]
        for (other, later), row in self.order.items():
            shift = instance.shifts[later]
            if other == w and shift.officer == here.officer and shift.day >= here.day:
                yield row, 1


def _times(factors: npt.NDArray[Any]) -> sparse.dia_array:
    """Multiplies each line of a matrix by its own factor."""
    return sparse.diags_array(factors.astype(np.float64))


def sparse_rows(entries: Sequence[tuple[Entry, ...]], width: int) -> sparse.csr_matrix:
    """One line of a sparse matrix for each tuple of entries; entries in the same place add up."""
    lengths = [len(e) for e in entries]
    columns = np.fromiter((row for e in entries for row, _ in e), dtype=np.int64, count=sum(lengths))
    values = np.fromiter((value for e in entries for _, value in e), dtype=np.float64, count=sum(lengths))
    lines = np.repeat(np.arange(len(entries)), lengths)
    return sparse.csr_matrix((values, (lines, columns)), shape=(len(entries), width))
