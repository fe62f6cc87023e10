"""What an engine says is used only if it can be true: status, rows, value and bound are worked out again here.

The problems solved always have an answer (the roster known before), so some answers are faults by themselves. An engine
that gives one is not asked to explain; the problem is kept for those who can, with numbers for names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.linear_solver.python import model_builder_helper as mbh
from scipy import sparse

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
FEASIBLE_STATUSES = (mbh.SolveStatus.OPTIMAL, mbh.SolveStatus.FEASIBLE)
TOLERANCE = 1e-6
"""Of a row or a value, beside its size: engines compute with floating-point numbers, ours are whole."""


class SolverFaultError(Exception):
    """The solver gave an answer it cannot give: the problem always has a roster (the one known before).

    Parameters
    ----------
    problem
        The problem in MPS form, its rows and variables numbered; empty if it is not at hand.
    """

    def __init__(self, words: str, problem: str = "") -> None:
        super().__init__(words)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Problem:
    """What was asked: most worth, each row between its limits, each variable between 0 and the most it can be.

    Parameters
    ----------
    matrix
        Shape (variables, rows).
    most
        The most each variable can be.
    """

    worth: Floats
    matrix: sparse.csr_matrix
    lower: Floats
    upper: Floats
    most: Floats

    def broken_by(self, values: Floats) -> bool:
        """Whether some row is outside its limits, or some variable below 0 or above its most."""
        rows = self.matrix.T @ values
        slack = TOLERANCE * np.maximum(1.0, np.abs(rows))
        inside = (rows >= self.lower - slack) & (rows <= self.upper + slack)
        return not (inside.all() and (values >= -TOLERANCE).all() and (values <= self.most + TOLERANCE).all())

    def most_at(self, prices: Floats) -> float:
        """A bound on the worth of all answers, by weak duality: it holds for any prices of the rows."""
        limits = np.where(prices > 0, self.upper, self.lower)
        unlimited = np.isinf(limits) & (np.abs(prices) < TOLERANCE)
        used = np.where(unlimited, 0.0, prices)
        paid = float(used @ np.where(used == 0, 0.0, limits))
        return paid + float((np.maximum(0.0, self.worth - self.matrix @ used) * self.most).sum())


def taken(
    solver: mbh.ModelSolverHelper, helper: mbh.ModelBuilderHelper, problem: Problem, start: Flags | Counts
) -> Counts | None:
    """What an integer engine took; ``None`` if its effort was spent before it had any answer.

    Parameters
    ----------
    start
        An answer that is known.

    Raises
    ------
    SolverFaultError
        For a status that cannot be, a row that is broken, or a bound below what is known to be reached.
    """
    status = solver.status()
    if status == mbh.SolveStatus.NOT_SOLVED:
        return None
    if status not in FEASIBLE_STATUSES:
        raise _fault(f"the integer solver said {status.name}, though there is a roster", helper)
    found: Counts = np.rint(np.array(solver.variable_values())).astype(np.int64)
    if problem.broken_by(found.astype(np.float64)):
        raise _fault("the integer solver gave a roster that breaks its own rows", helper)
    reached = max(float(problem.worth @ found), float(problem.worth @ start))
    if solver.best_objective_bound() < reached - TOLERANCE * max(1.0, abs(reached)):
        raise _fault("the integer solver claimed that less can be reached than is", helper)
    return found


def relaxed(
    solver: mbh.ModelSolverHelper, helper: mbh.ModelBuilderHelper, problem: Problem
) -> tuple[float, Floats, Floats]:
    """Value, prices and shares of a relaxation, each confirmed by the others.

    Raises
    ------
    SolverFaultError
        Where the shares break a row, or the prices do not prove that the value is the most there is.
    """
    if solver.status() != mbh.SolveStatus.OPTIMAL:
        raise _fault("the relaxation has no optimum", helper)
    value, prices, shares = solver.objective_value(), np.array(solver.dual_values()), np.array(solver.variable_values())
    near = TOLERANCE * max(1.0, abs(value))
    if problem.broken_by(shares) or abs(float(problem.worth @ shares) - value) > near:
        raise _fault("the relaxation's answer is not one", helper)
    if not abs(problem.most_at(prices) - value) <= near:
        raise _fault("the relaxation's bound is not proven by its prices", helper)
    return value, prices, shares


def _fault(words: str, helper: mbh.ModelBuilderHelper) -> SolverFaultError:
    return SolverFaultError(words, helper.export_to_mps_string())
