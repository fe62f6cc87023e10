"""Large-neighbourhood search: free some shifts, solve them again over the best-priced columns, keep what is better.

Each step is a small integer problem that is solved almost exactly, so it exchanges crews, days, visits and desk work
all at once, which single moves cannot. Steps are counted and searched to a limit of nodes, never of seconds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.linear_solver.python import model_builder_helper as mbh
from scipy import sparse

from offender_mgmt.solver import believe
from offender_mgmt.solver.believe import Counts, Problem, SolverFaultError
from offender_mgmt.solver.columns import Objective
from offender_mgmt.solver.master import Chosen, Master, Relaxed
from offender_mgmt.solver.neighbourhoods import Neighbourhoods
from offender_mgmt.solver.pricing import within
from offender_mgmt.solver.settings import Settings

ROUNDING = 1e-6
STEP_SETTINGS = (
    "num_workers:1 max_deterministic_time:{limit} random_seed:{seed} "
    "linearization_level:2 symmetry_level:0 cp_model_probing_level:0"
)
"""One thread and a limit in counted steps, so that the answer does not depend on the machine."""
STEP_LIMIT = 0.15
"""In the solver's own counted measure of work."""
FEWEST_FREE = 8
"""Every search begins with few: a wide step sees the best-priced columns only, a small one sees them all."""
MOST_FREE = 40
ENOUGH_ASKED = 3
"""One step may be too hard for its limit; that many without a single answer are a fault."""
PATIENCE = 2
LONGER = 4
"""Of a large week: after a step that bettered the roster at least a half of the steps is still made, in all at most
four times them. Smaller weeks gained next to nothing for a tenth more time."""
SMALLER = 2
"""A step that could not be finished makes the next ones smaller by so many shifts; one that could, larger by one."""
WIDER = 2
"""A finished step of the whole week that found nothing makes later ones look at so many times the columns; one that
could not be finished, at so many times fewer again."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of a step.

    Parameters
    ----------
    taken
        The whole plan; how much of each variable.
    variables
        Numbers of those that the step could change.
    easy
        Whether it was finished within its limit.
    whole
        Whether the whole week was free.
    saw_all
        Whether it looked at every column that would have fitted.
    """

    taken: Counts
    variables: npt.NDArray[np.int64]
    easy: bool
    whole: bool = False
    saw_all: bool = True


class LargeSearch:
    """A search from a known roster over a fixed list of columns.

    Parameters
    ----------
    objective
        What is maximised; the floors of the master are kept.
    relaxed
        The relaxation under this objective: its prices choose the columns, its value tells when to stop.

    Attributes
    ----------
    free
        How many shifts the next step frees; a search may go on with what another had come to.
    """

    def __init__(
        self, master: Master, objective: Objective, relaxed: Relaxed, start: Chosen, settings: Settings
    ) -> None:
        self._master, self._settings = master, settings
        self._bound = relaxed.value
        priced, _ = within(master, objective, relaxed, np.inf, settings.most_columns)
        self._which = master.numbers((*priced.columns, *sorted(master.generated), *start.columns))
        self._columns = [master.pool[i] for i in self._which]
        self._desk = master.alike
        self._first_write_up = len(self._columns) + len(self._desk.choices)
        problem = master.counted(objective, self._which)
        self._worth = problem.worth
        self._reduced = problem.worth - problem.matrix @ relaxed.prices
        # Cuts follow from the other rows; the small problems are solved faster without them.
        rows = master.rows.without_cuts
        self._matrix = problem.matrix[:, :rows].T.tocsc()
        limits = problem.lower[:rows], problem.upper[:rows]
        self._whole = Problem(problem.worth, self._matrix.T, *limits, problem.most)
        self._taken = self._counts(start)
        self._draw = Neighbourhoods(master.space.instance, random.Random(settings.seed))  # noqa: S311 (a search, no secret)
        self.free = FEWEST_FREE
        self._left = 0
        self._sees = settings.step_columns

    def improve(
        self,
        steps: int,
        on_better: Callable[[Chosen], None] = lambda _: None,
        idle: int | None = None,
        *,
        longer: bool = True,
    ) -> Chosen:
        """The best roster after so many steps; never worse than the start; each better one is told at once.

        In a large week there are more of them while they still better the roster: after each that did, at least a part
        of the steps follows, up to some times as many in all.

        Parameters
        ----------
        idle
            After so many answers in a row that are nothing better the search is over.
        longer
            Whether there may be more steps at all.
        """
        asked = answered = in_vain = 0
        self._left, most = steps, LONGER * steps
        for solved in self._solutions():
            value = float(self._worth @ self._taken)
            asked, answered = asked + 1, answered + (solved is not None)
            if solved is not None:
                self._take(solved, value)
            is_better = float(self._worth @ self._taken) > value + ROUNDING
            if is_better:
                if longer and self._master.space.is_large:
                    self._left = max(self._left, min(steps // PATIENCE, most - asked))
                on_better(self._chosen())
            in_vain = 0 if is_better else in_vain + (solved is not None)
            if idle is not None and in_vain >= idle:
                self._left = 0
            self._adapt(solved, is_better=is_better)
        if asked >= ENOUGH_ASKED and not answered:
            raise SolverFaultError("the solver gave no answer in any step of a search")
        return self._chosen()

    def _adapt(self, solved: Solved | None, *, is_better: bool) -> None:
        """How much the next steps free and look at; none is left to make where the whole week holds nothing better."""
        shifts = len(self._master.space.instance.shifts)
        if solved is None or not solved.easy:
            self.free = max(FEWEST_FREE, self.free - SMALLER)
            self._sees = max(self._settings.step_columns, self._sees // WIDER)
        elif is_better or not solved.whole:
            self.free = min(self.free + 1, MOST_FREE, shifts)
        elif solved.saw_all:
            self._left = 0
        else:
            self._sees, self.free = WIDER * self._sees, max(FEWEST_FREE, shifts // 2)

    def _solutions(self) -> Iterator[Solved | None]:
        """What comes of the steps that are left, one after the other, or some beside each other as they are done."""
        beside = self._settings.beside
        with ThreadPoolExecutor(beside) as threads:
            running: set[Future[Solved | None]] = set()
            while True:
                while self._left > 0 and len(running) < beside and self._is_open():
                    self._master.alive()
                    free = self._draw.draw(min(self.free, len(self._master.space.instance.shifts)), self._left_out())
                    running.add(threads.submit(self._solve, free, self._taken))
                    self._left -= 1
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()

    def _is_open(self) -> bool:
        """Whether more may be worth; every weight is a whole number: nothing lies between."""
        return float(self._worth @ self._taken) + 1 <= self._bound + ROUNDING

    def _take(self, solved: Solved, value: float) -> None:
        """Take what a step found, unless it is worth less; what another one took meanwhile stays where both fit."""
        both = self._taken.copy()
        both[solved.variables] = solved.taken[solved.variables]
        for taken in (both, solved.taken):
            if float(self._worth @ taken) >= value - ROUNDING and not self._whole.broken_by(taken.astype(np.float64)):
                self._taken = taken
                return

    def _solve(self, free: frozenset[int], now: Counts) -> Solved | None:
        """The best way to use the freed shifts of a plan, all else held."""
        variables, saw_all = self._variables(free, now)
        held = now.copy()
        held[variables] = 0
        used = self._matrix @ held
        start = now[variables]
        helper = mbh.ModelBuilderHelper()
        worth: Any = self._worth[variables]
        lower: Any = self._whole.lower - used
        upper: Any = self._whole.upper - used
        zeros: Any = np.zeros(len(variables))
        most: Any = self._whole.most[variables]
        matrix = self._matrix[:, variables]
        helper.fill_model_from_sparse_data(zeros, most, worth, lower, upper, matrix.tocsr())
        helper.set_maximize(True)
        for place, count in enumerate(start):
            helper.set_var_integrality(place, True)
            helper.add_hint(place, float(count))
        solver = mbh.ModelSolverHelper("sat")
        solver.set_solver_specific_parameters(STEP_SETTINGS.format(seed=self._settings.seed, limit=STEP_LIMIT))
        solver.solve(helper)
        found = believe.taken(solver, helper, Problem(worth, matrix.T, lower, upper, most), start)
        if found is None:
            return None
        taken = held
        taken[variables] = found
        whole = len(free) == len(self._master.space.instance.shifts)
        return Solved(taken, variables, solver.status() == mbh.SolveStatus.OPTIMAL, whole, saw_all)

    def _variables(self, free: frozenset[int], taken: Counts) -> tuple[npt.NDArray[np.int64], bool]:
        """Columns that may be taken in the freed shifts beside what is held, and desk choices; if these are all."""
        freed = np.zeros(len(self._master.space.instance.shifts), dtype=bool)
        freed[list(free)] = True
        count = len(self._columns)
        outings = np.nonzero(taken[:count])[0]
        leaving = outings[~(self._goes_out[outings] @ ~freed)]
        held = np.setdiff1d(outings, leaving)
        full = np.asarray(self._packed[:, held].sum(axis=1)).ravel() > 0.5
        open_columns = ~(self._uses @ ~freed) & ~(self._packed.T @ full.astype(float) > 0.5)
        candidates = np.nonzero(open_columns)[0]
        fitting = len(candidates)
        if fitting > self._sees:
            candidates = np.sort(candidates[np.argsort(-self._reduced[candidates], kind="stable")[: self._sees]])
        work = np.nonzero(freed[self._work_shift] | (taken[count:] > 0))[0]
        variables = np.concatenate([np.union1d(candidates, leaving), count + work]).astype(np.int64)
        return variables, fitting <= self._sees

    @cached_property
    def _uses(self) -> sparse.csr_matrix:
        """Shifts whose minutes a column takes, entries made later included; shape (columns, shifts)."""
        return self._shift_flags(with_entries=True)

    @cached_property
    def _goes_out(self) -> sparse.csr_matrix:
        """Shifts of the crew of a column; shape (columns, shifts)."""
        return self._shift_flags(with_entries=False)

    def _shift_flags(self, *, with_entries: bool) -> sparse.csr_matrix:
        windows = self._master.space.windows
        lines = []
        for window, _ in self._columns:
            later = windows[window].entry_shift
            lines.append({*windows[window].shifts, *((later,) if with_entries and later >= 0 else ())})
        indices = np.array([s for line in lines for s in sorted(line)], dtype=np.int64)
        pointers = np.cumsum([0, *(len(line) for line in lines)])
        shape = (len(lines), len(self._master.space.instance.shifts))
        return sparse.csr_matrix((np.ones(len(indices), dtype=bool), indices, pointers), shape=shape)

    @cached_property
    def _packed(self) -> sparse.csc_matrix:
        """Sessions and nominals that columns take up; shape (rows, columns)."""
        rows = self._master.rows
        return self._matrix[[*rows.nominal.values(), *rows.session.values()], : len(self._columns)]

    @cached_property
    def _work_shift(self) -> npt.NDArray[np.int64]:
        shifts = np.array([shift for shift, _ in self._master.rows.work], dtype=np.int64)
        return shifts[self._master.counted_work]

    def _left_out(self) -> Iterable[int]:
        space = self._master.space
        made = {c for i in np.nonzero(self._taken[: len(self._columns)])[0] for c in space.calls_of(self._columns[i])}
        seen = {space.instance.calls[c].nominal for c in made}
        return [c for c, call in enumerate(space.instance.calls) if call.nominal not in seen]

    def _counts(self, chosen: Chosen) -> Counts:
        columns, write_ups = set(chosen.columns), set(chosen.write_ups)
        made = np.array([column in columns for column in self._columns], dtype=np.int64)
        written = np.array([choice in write_ups for choice in self._master.rows.write_up_choices], dtype=np.int64)
        return np.concatenate([made, self._desk.counted(chosen.desk), written])

    def _chosen(self) -> Chosen:
        count, write_ups = len(self._columns), self._master.rows.write_up_choices
        return Chosen(
            columns=tuple(self._columns[i] for i in np.nonzero(self._taken[:count])[0]),
            desk=tuple(self._desk.told_apart(self._taken[count : self._first_write_up])),
            write_ups=tuple(write_ups[i] for i in np.nonzero(self._taken[self._first_write_up :])[0]),
            value=float(self._worth @ self._taken),
            bound=self._bound,
        )
