"""Engines in children: an answer, a fault and an end are all told apart."""

from __future__ import annotations

import time

from benchmarks.children import run_alone, run_beside


def test_an_answer_comes_with_its_time_and_memory():
    outcome = run_alone(divmod, (7, 2), 60)
    assert (outcome.answer, outcome.fault) == ((3, 1), "")
    assert outcome.seconds >= 0
    assert outcome.mib > 0


def test_a_fault_is_an_outcome_and_the_others_go_on():
    first, second = run_beside([(divmod, (7, 0)), (divmod, (9, 2))], 60)
    assert first.answer is None
    assert first.fault.startswith("ZeroDivisionError")
    assert second.answer == (4, 1)


def test_who_takes_too_long_is_ended():
    outcome = run_alone(time.sleep, (600,), 1.0)
    assert (outcome.answer, outcome.fault) == (None, "ended after 1 s without an answer")
