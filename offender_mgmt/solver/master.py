"""The master problem over a pool of columns: its relaxation with prices, and its integer solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.linear_solver.python import model_builder_helper as mbh
from scipy import sparse

from offender_mgmt.solver import believe
from offender_mgmt.solver.alike import AlikeDesk
from offender_mgmt.solver.believe import Counts, Flags, Floats, Problem
from offender_mgmt.solver.columns import Column, ColumnSpace, Objective
from offender_mgmt.solver.cut_rows import CutRows
from offender_mgmt.solver.cuts import Cut
from offender_mgmt.solver.long_routes import LongRoutes
from offender_mgmt.solver.rows import Rows
from offender_mgmt.solver.scores import AimTerms, Term
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.windows import RouteClass

WAYS = ("", "use_preprocessing:false", "use_dual_simplex:true")
"""Settings of the simplex method, the first that gives a proven optimum counts: in large weeks one band's weights lie a
million times above those of another."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Optimum of the relaxation over the pool, with a price for every row."""

    value: float
    prices: Floats
    shares: Floats = field(default_factory=lambda: np.zeros(0))
    """How much of each variable is used: columns of the pool, desk choices, write-up choices.

    Of desk tasks that are alike the first one's choices stand for all."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Integer solution over the pool.

    Parameters
    ----------
    bound
        No integer solution over the pool is worth more.
    """

    columns: tuple[Column, ...]
    desk: tuple[tuple[int, int], ...]
    write_ups: tuple[tuple[int, int], ...]
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class Search:
    """What an integer solve is to look at.

    Parameters
    ----------
    start
        A known solution; its columns are always among those looked at.
    nodes
        Most nodes of the search tree.
    gap
        Relative gap at which the search may stop.
    desk
        If given, the only choices of desk task and shift allowed.
    cuts
        Whether to tighten the relaxation with cuts first; without, the search starts at once.
    """

    objective: Objective
    columns: tuple[Column, ...]
    start: Chosen
    nodes: int
    gap: float = 0.0
    desk: frozenset[tuple[int, int]] | None = None
    cuts: bool = True


@dataclass(frozen=True, slots=True)
class Close:
    """What is looked at of a class of windows where only few published tasks may move.

    Parameters
    ----------
    routes, windows
        Numbers of the routes and of the windows.
    far
        Routes that move too much in a window; shape (routes, windows).
    """

    routes: npt.NDArray[np.int64]
    windows: list[int]
    far: Flags


class Master:
    """A growing pool of columns with the rows they stand in.

    Attributes
    ----------
    alive
        Called whenever an engine is about to be asked: a sign that the search goes on.
    long_routes
        The search for routes with any number of stops, where the space has such.
    close
        By class what is looked at; ``None`` for everything.
    """

    def __init__(self, space: ColumnSpace, settings: Settings | None = None) -> None:
        self.space = space
        self.long_routes = LongRoutes(space, settings or Settings())
        self.alive: Callable[[], None] = lambda: None
        self.rows = Rows(space)
        self.cuts = CutRows(space, self.rows)
        self.pool: list[Column] = []
        self.place: dict[Column, int] = {}
        self.generated: set[Column] = set()
        self.close: dict[RouteClass, Close] | None = None
        self._in_relaxation: dict[int, None] = {}
        self.floors = [-np.inf] * space.instance.bands
        self._held: list[tuple[Term, float]] = []
        self._columns = sparse.csr_matrix((0, len(self.rows.lower)))
        self._work = self.rows.work_matrix
        self._no_worth = np.zeros(len(self.rows.write_up_choices))

    def add(self, columns: Iterable[Column]) -> int:
        """Put columns into the relaxation; how many were not in it."""
        columns = tuple(dict.fromkeys(columns))
        self._store(columns)
        new = [self.place[c] for c in columns if self.place[c] not in self._in_relaxation]
        self._in_relaxation.update(dict.fromkeys(new))
        return len(new)

    def must(self, chosen: Chosen) -> None:
        """From now on, do all that is pinned and done in a choice."""
        instance, rows = self.space.instance, self.rows
        for call in (instance.calls[c] for column in chosen.columns for c in self.space.calls_of(column)):
            if call.is_pinned:
                rows.lower[rows.nominal[call.nominal]] = 1
        for desk, _ in chosen.desk:
            if instance.desk[desk].is_pinned:
                rows.lower[rows.desk[desk]] = 1

    def stay_close(self, close: dict[RouteClass, Close], near: Iterable[Column]) -> None:
        """From now on leave aside what is not close, also of the columns in the relaxation."""
        self.close = close
        kept = set(near)
        self._in_relaxation = {n: None for n in self._in_relaxation if self.pool[n] in kept}
        self.generated &= kept

    def look_at_all(self) -> None:
        """Look at every column again."""
        self.close = None

    def _store(self, columns: Iterable[Column]) -> None:
        """Put columns into the pool, with the rows they stand in."""
        new = [c for c in columns if c not in self.place]
        if new:
            self.place.update((c, len(self.pool) + i) for i, c in enumerate(new))
            self.pool += new
            matrix = self.rows.matrix(new)
            counts = self.cuts.of_columns(new, matrix, list(self.cuts.row))
            self._columns = sparse.vstack([self._columns, sparse.hstack([matrix, counts])], format="csr")

    def add_cuts(self, cuts: Iterable[Cut]) -> int:
        """Tighten the problem; how many cuts were new."""
        new = self.cuts.add(cuts)
        if new:
            counts = self.cuts.of_columns(self.pool, self._columns, new)
            self._columns = sparse.hstack([self._columns, counts], format="csr")
            self._work = sparse.hstack([self._work, self.cuts.of_work(new)], format="csr")
        return len(new)

    def numbers(self, columns: Iterable[Column]) -> list[int]:
        """Places of columns in the pool; those not there yet are added."""
        columns = tuple(dict.fromkeys(columns))
        self._store(columns)
        return sorted({self.place[column] for column in columns})

    def worth(self, objective: Objective, which: Sequence[int] | None = None) -> Floats:
        """Value of each variable: columns of the pool (or some of them), desk choices, write-up choices."""
        columns = self.space.worths(self.pool if which is None else [self.pool[i] for i in which], objective)
        return np.concatenate([columns, self.space.desk_worths(self.rows.desk_choices, objective), self._no_worth])

    def relax(self, objective: Objective) -> Relaxed:
        """Solve the relaxation by the simplex method; prices are per row, for a problem that maximises."""
        self.alive()
        which = list(self._in_relaxation)
        problem = self.counted(objective, which, widest=True)
        if objective.highest is not None:
            problem = self._with_highest(problem, *objective.highest)
        # Rows hold every column to 1. Where one route fills a tour, only without another limit do prices say so.
        helper = _model(replace(problem, most=np.full(len(problem.most), np.inf)) if self.space.long else problem)
        value, prices, found = _simplex(helper, problem)
        shares = np.zeros(len(self.pool) + self._work.shape[0])
        work = self.counted_work
        shares[which], shares[len(self.pool) + work] = found[: len(which)], found[len(which) : len(which) + len(work)]
        for kind in self.alike.kinds:  # what nothing tells apart has one price
            prices[[self.rows.desk[desk] for desk in kind]] = prices[self.rows.desk[kind[0]]]
        return Relaxed(value, prices, shares)

    @cached_property
    def alike(self) -> AlikeDesk:
        """Desk tasks that nothing tells apart."""
        return AlikeDesk(self.rows)

    @cached_property
    def counted_work(self) -> npt.NDArray[np.int64]:
        """Of the desk and write-up choices those that are left when tasks that are alike are counted."""
        desk, write_ups = len(self.rows.desk_choices), len(self.rows.write_up_choices)
        return np.concatenate([self.alike.choices, desk + np.arange(write_ups, dtype=np.int64)])

    def counted(self, objective: Objective, which: Sequence[int], *, widest: bool = False) -> Problem:
        """The problem over some columns of the pool with the desk tasks that are alike counted, not one by one."""
        problem, columns = self._problem(objective, which, widest=widest), len(which)
        lines = np.concatenate([np.arange(columns, dtype=np.int64), columns + self.counted_work])
        problem.most[columns + self.alike.choices] = self.alike.most
        for kind in self.alike.kinds:
            problem.upper[self.rows.desk[kind[0]]] = len(kind)
        return Problem(problem.worth[lines], problem.matrix[lines], problem.lower, problem.upper, problem.most[lines])

    def choose(self, search: Search, seed: int) -> Chosen | None:
        """Solve an integer problem over some columns of the pool, from a known solution.

        Returns
        -------
        Chosen or None
            ``None`` when the effort was spent before any solution was found.

        Raises
        ------
        SolverFaultError
            For an answer that cannot be: there always is a solution.
        """
        which = self.numbers(search.columns)
        problem = self._problem(search.objective, which)
        helper = _model(problem)
        for variable in range(len(which) + self._work.shape[0]):
            helper.set_var_integrality(variable, True)
        for position, choice in enumerate(self.rows.desk_choices):
            if search.desk is not None and choice not in search.desk:
                helper.set_var_upper_bound(len(which) + position, 0)
        start = self._flags(which, search.start)
        for variable, flag in enumerate(start):
            helper.add_hint(variable, float(flag))
        solver = mbh.ModelSolverHelper("scip")
        solver.set_solver_specific_parameters(
            f"limits/nodes = {search.nodes}\nlimits/gap = {search.gap}\nrandomization/randomseedshift = {seed}"
            + ("" if search.cuts else "\nseparating/maxroundsroot = 0")
            + "\nmisc/catchctrlc = FALSE"  # else Ctrl-C ends only this search, and a worse roster is written as if done
        )
        solver.solve(helper)
        found = believe.taken(solver, helper, problem, start)
        if found is None:
            return None
        return self._chosen(found, which, value=float(problem.worth @ found), bound=solver.best_objective_bound())

    def _chosen(self, found: Counts, which: Sequence[int], *, value: float, bound: float) -> Chosen:
        taken = [int(i) for i in np.nonzero(found)[0]]
        desk, write_ups = self.rows.desk_choices, self.rows.write_up_choices
        first_desk, first_write_up = len(which), len(which) + len(desk)
        return Chosen(
            columns=tuple(self.pool[which[i]] for i in taken if i < first_desk),
            desk=tuple(desk[i - first_desk] for i in taken if first_desk <= i < first_write_up),
            write_ups=tuple(write_ups[i - first_write_up] for i in taken if i >= first_write_up),
            value=value,
            bound=bound,
        )

    def _flags(self, which: Sequence[int], chosen: Chosen) -> Flags:
        """What a choice takes of some columns of the pool and of all desk and write-up choices."""
        columns, desk, write_ups = set(chosen.columns), set(chosen.desk), set(chosen.write_ups)
        flags = [self.pool[i] in columns for i in which]
        flags += [choice in desk for choice in self.rows.desk_choices]
        flags += [choice in write_ups for choice in self.rows.write_up_choices]
        return np.array(flags, dtype=bool)

    def matrix(self, which: Sequence[int]) -> sparse.csr_matrix:
        """Entries of some columns of the pool, then of all desk and write-up choices; shape (variables, rows)."""
        stacked: sparse.csr_matrix = sparse.vstack([self._columns[list(which)], self._work], format="csr")
        return stacked

    def hold(self, aim: AimTerms, cost: int) -> None:
        """From now on an aim may not cost more than this."""
        self._held += [(term, term.most(cost)) for term in aim.terms]

    def limits(self, *, widest: bool = False) -> tuple[Floats, Floats]:
        """Least and most of each row, floors of the bands and what is held of the aims among them.

        Parameters
        ----------
        widest
            Whether aims are held in their widest form, as a bound on every roster asks for.
        """
        lower, upper = np.array(self.rows.lower), np.array(self.rows.upper)
        lower[self.rows.band] = self.floors
        for term, most in self._held:
            row = self.rows.score[term.widest if widest else term.score]
            upper[row] = min(upper[row], most)
        return lower, upper

    def _problem(self, objective: Objective, which: Sequence[int], *, widest: bool = False) -> Problem:
        worth = self.worth(objective, which)
        return Problem(worth, self.matrix(which), *self.limits(widest=widest), np.ones(len(worth)))

    def _with_highest(self, problem: Problem, aim: int, known: float) -> Problem:
        """One more variable from 0 to 1: the highest term of an aim, as a share of what is known to be reached."""
        line, upper = np.zeros(problem.matrix.shape[1]), problem.upper.copy()
        for term in self.space.aims[aim].terms:
            row = self.rows.score[term.widest]
            line[row] = -known * term.unit / term.scale
            upper[row] = -term.base
        matrix = sparse.vstack([problem.matrix, sparse.csr_matrix(line)], format="csr")
        worth, most = np.append(problem.worth, -known), np.append(problem.most, 1.0)
        return Problem(worth, matrix, problem.lower, upper, most)


def _simplex(helper: mbh.ModelBuilderHelper, problem: Problem) -> tuple[float, Floats, Floats]:
    """Value, prices and shares of a relaxation; where the engine loses its way in the numbers, by other ways, too."""
    for way in WAYS[:-1]:
        with suppress(believe.SolverFaultError):
            return believe.relaxed(_solved(helper, way), helper, problem)
    return believe.relaxed(_solved(helper, WAYS[-1]), helper, problem)


def _solved(helper: mbh.ModelBuilderHelper, way: str) -> mbh.ModelSolverHelper:
    solver = mbh.ModelSolverHelper("glop")
    solver.set_solver_specific_parameters(way)
    solver.solve(helper)
    return solver


def _model(problem: Problem) -> mbh.ModelBuilderHelper:
    worth: Any = problem.worth
    lower: Any = problem.lower
    upper: Any = problem.upper
    helper = mbh.ModelBuilderHelper()
    zeros: Any = np.zeros(len(worth))
    most: Any = problem.most
    helper.fill_model_from_sparse_data(zeros, most, worth, lower, upper, problem.matrix.T.tocsr())
    helper.set_maximize(True)
    return helper
