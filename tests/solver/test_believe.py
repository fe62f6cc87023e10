"""An engine that lies: a real answer with one thing changed, each refused; the problem is kept, numbers for names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from ortools.linear_solver.python import model_builder_helper as mbh
from scipy import sparse

from offender_mgmt.solver import believe
from offender_mgmt.solver.believe import Problem, SolverFaultError

PROBLEM = Problem(
    worth=np.array([5.0, 4.0, 3.0]),
    matrix=sparse.csr_matrix(np.array([[2.0, 4.0], [3.0, 1.0], [1.0, 2.0]])),
    lower=np.array([-np.inf, -np.inf]),
    upper=np.array([3.0, 5.0]),
    most=np.ones(3),
)
"""Rows 2a + 3b + c <= 3 and 4a + b + 2c <= 5. Whole: b is 4, c is 3, a is 5; a + c is over (6 of 5), b + c over (4 of
3): 5 is the best. Relaxed: c = 1 leaves 2 and 3, both used up by a = 0.7, b = 0.2: 3.5 + 0.8 + 3 = 7.3."""
BEST = np.array([1, 0, 0])
START = np.array([False, True, False])


def model(whole: bool) -> mbh.ModelBuilderHelper:
    helper = mbh.ModelBuilderHelper()
    zeros: Any = np.zeros(3)
    ones: Any = np.ones(3)
    parts: Any = (PROBLEM.worth, PROBLEM.lower, PROBLEM.upper)
    helper.fill_model_from_sparse_data(zeros, ones, *parts, PROBLEM.matrix.T.tocsr())
    helper.set_maximize(True)
    for variable in range(3):
        helper.set_var_integrality(variable, whole)
    return helper


class Engine:
    """A real engine whose answers can be changed one by one."""

    def __init__(self, name: str, helper: mbh.ModelBuilderHelper, **lies: Any) -> None:
        self.real, self.lies = mbh.ModelSolverHelper(name), lies
        self.real.solve(helper)

    def __getattr__(self, name: str) -> Any:
        return (lambda: self.lies[name]) if name in self.lies else getattr(self.real, name)


def taken(**lies: Any) -> Any:
    helper = model(whole=True)
    engine: Any = Engine("sat", helper, **lies)
    return believe.taken(engine, helper, PROBLEM, START)


def relaxed(**lies: Any) -> Any:
    helper = model(whole=False)
    engine: Any = Engine("glop", helper, **lies)
    return believe.relaxed(engine, helper, PROBLEM)


def test_an_honest_integer_answer_is_taken() -> None:
    assert taken().tolist() == BEST.tolist()


def test_effort_spent_before_any_answer_is_no_fault() -> None:
    assert taken(status=mbh.SolveStatus.NOT_SOLVED, variable_values=[0.0] * 3) is None


@pytest.mark.parametrize("name", ["INFEASIBLE", "UNBOUNDED", "ABNORMAL", "MODEL_INVALID", "UNKNOWN_STATUS"])
def test_a_status_that_cannot_be(name: str) -> None:
    with pytest.raises(SolverFaultError, match=f"said {name}, though there is a roster"):
        taken(status=getattr(mbh.SolveStatus, name))


@pytest.mark.parametrize("values", [[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
def test_an_answer_that_breaks_a_row(values: list[float]) -> None:
    with pytest.raises(SolverFaultError, match="breaks its own rows"):
        taken(variable_values=values)


def test_a_bound_below_what_is_reached() -> None:
    assert taken(best_objective_bound=5.0).tolist() == BEST.tolist()
    with pytest.raises(SolverFaultError, match="claimed that less can be reached than is"):
        taken(best_objective_bound=4.9)
    # It gives up the known answer (worth 4), takes one worth 3, and says that this is the best.
    with pytest.raises(SolverFaultError, match="claimed that less"):
        taken(variable_values=[0.0, 0.0, 1.0], best_objective_bound=3.0)


def test_an_honest_relaxation_is_confirmed_by_its_prices() -> None:
    value, prices, shares = relaxed()
    assert value == pytest.approx(7.3)
    assert PROBLEM.most_at(prices) == pytest.approx(value)
    assert PROBLEM.worth @ shares == pytest.approx(value)


@pytest.mark.parametrize("name", ["INFEASIBLE", "NOT_SOLVED", "FEASIBLE", "ABNORMAL"])
def test_a_relaxation_without_optimum(name: str) -> None:
    with pytest.raises(SolverFaultError, match="no optimum"):
        relaxed(status=getattr(mbh.SolveStatus, name))


@pytest.mark.parametrize("shares", [[1.0, 1.0, 1.0], [2.0, 0.0, 0.0], [0.0, -1.0, 0.0], [1.0, 0.0, 0.0]])
def test_shares_that_are_none_or_not_worth_what_is_said(shares: list[float]) -> None:
    with pytest.raises(SolverFaultError, match="answer is not one"):
        relaxed(variable_values=shares)


def test_a_value_that_is_wrong() -> None:
    with pytest.raises(SolverFaultError, match="answer is not one"):
        relaxed(objective_value=7.0)


def test_an_optimum_that_is_none() -> None:
    """A lawful point below the optimum, with its true value: only the prices can tell, whichever they are."""
    low = {"variable_values": [1.0, 0.0, 0.0], "objective_value": 5.0}
    for prices in ([0.0, 0.0], [1.0, 0.0], [10.0, 10.0], [-1.0, 0.0], [np.nan, 0.0]):
        with pytest.raises(SolverFaultError, match="not proven by its prices"):
            relaxed(dual_values=prices, **low)


def test_the_problem_is_kept_and_names_nobody() -> None:
    with pytest.raises(SolverFaultError) as caught:
        taken(status=mbh.SolveStatus.INFEASIBLE)
    again = mbh.ModelBuilderHelper()
    assert again.import_from_mps_string(caught.value.problem)
    assert (again.num_variables(), again.num_constraints()) == (3, 2)
    assert [again.var_name(v) for v in range(3)] == ["V0", "V1", "V2"]
