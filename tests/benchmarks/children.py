"""Each engine in a child process of its own: nothing is shared, memory is its own, and it can be ended."""

from __future__ import annotations

import resource
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run.

    Parameters
    ----------
    answer
        ``None`` if there is none; then ``fault`` says why.
    mib
        Peak memory of the child.
    """

    answer: Any
    seconds: float
    mib: int
    fault: str = ""


def run_beside(calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]], limit: float) -> list[Outcome]:
    """Run some calls at the same time, each in a child; one that takes longer than ``limit`` seconds is ended."""
    context = get_context("spawn")
    started = []
    for function, arguments in calls:
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_in_child, args=(theirs, function, arguments), daemon=True)
        child.start()
        theirs.close()
        started.append((child, ours))
    deadline = time.monotonic() + limit
    outcomes = []
    for child, ours in started:
        outcomes.append(_outcome(ours, deadline, limit))
        child.kill()
        child.join()
        ours.close()
    return outcomes


def run_alone(function: Callable[..., Any], arguments: tuple[Any, ...], limit: float) -> Outcome:
    """Run one call in a child."""
    return run_beside([(function, arguments)], limit)[0]


def _outcome(ours: Connection, deadline: float, limit: float) -> Outcome:
    if not ours.poll(max(0.0, deadline - time.monotonic())):
        return Outcome(None, limit, 0, f"ended after {limit:.0f} s without an answer")
    try:
        outcome: Outcome = ours.recv()
    except EOFError:
        return Outcome(None, limit, 0, "the process ended without an answer")
    return outcome


def _in_child(theirs: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    warnings.simplefilter("ignore")  # engines warn of the scale of numbers; what counts is the answer
    began = time.perf_counter()
    try:
        answer, fault = function(*arguments), ""
    except Exception as error:  # an engine that fails has no answer, and the others go on
        answer, fault = None, f"{type(error).__name__}: {error}".splitlines()[0][:120]
    took = time.perf_counter() - began
    theirs.send(Outcome(answer, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, fault))
