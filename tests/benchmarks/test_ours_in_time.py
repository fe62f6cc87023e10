"""Our solver ended by the clock: the last answer told counts, and a fault is a fault."""

from __future__ import annotations

import pytest
from benchmarks import ours_in_time
from benchmarks.ours_in_time import solve_in_time

from offender_mgmt.solver.settings import Settings


def test_a_search_that_ends_in_time_gives_its_answer(monkeypatch):
    monkeypatch.setattr(ours_in_time, "solve", lambda instance, settings, on_better: (instance, settings))
    assert solve_in_time("a week", Settings(seed=3), 60.0) == ("a week", Settings(seed=3))


def test_a_search_that_does_not_end_gives_what_it_told_last(monkeypatch, forever):
    def solve(instance, settings, on_better):
        on_better("first")
        on_better("better")
        forever.wait()

    monkeypatch.setattr(ours_in_time, "solve", solve)
    assert solve_in_time("a week", Settings(), 0.2) == "better"


def test_no_answer_in_time_is_said(monkeypatch, forever):
    monkeypatch.setattr(ours_in_time, "solve", lambda instance, settings, on_better: forever.wait())
    with pytest.raises(TimeoutError, match="no answer in time"):
        solve_in_time("a week", Settings(), 0.1)


def test_a_fault_of_the_search_is_told_even_if_there_was_an_answer(monkeypatch):
    def solve(instance, settings, on_better):
        on_better("first")
        raise ValueError("no columns")

    monkeypatch.setattr(ours_in_time, "solve", solve)
    with pytest.raises(ValueError, match="no columns"):
        solve_in_time("a week", Settings(), 60.0)


@pytest.fixture
def forever():
    """An event that the tests wait for in vain, and that lets the threads go afterwards."""
    from threading import Event

    event = Event()
    yield event
    event.set()
