"""Instances that fail in the solver's process, each in its own way: real faults, met in a real child process."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as mbh

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning import child
from offender_mgmt.solver import solve
from offender_mgmt.solver.bands import BandProof

AT_ONCE = 1
"""When the draft's points are counted: nothing has been told."""
AFTER_GREEDY = 3
"""When the optimiser begins: the draft and the greedy roster have been told."""
FOREVER = 10_000


@dataclass(frozen=True, kw_only=True)
class Trap(Instance):
    """An instance that fails when its points are counted for the ``when``-th time, in any process but its first."""

    fault: str
    when: int
    home: int
    counter: Any

    def band_points(self, tasks: Iterable[int]) -> tuple[int, ...]:
        """Spring when it is time."""
        if os.getpid() != self.home:
            self.counter[0] += 1
            if self.counter[0] == self.when:
                FAULTS[self.fault]()
        return Instance.band_points(self, tasks)


def trapped(instance: Instance, fault: str, when: int = AFTER_GREEDY) -> Trap:
    """The same instance with a trap in it."""
    values = {f.name: getattr(instance, f.name) for f in fields(Instance)}
    return Trap(**values, fault=fault, when=when, home=os.getpid(), counter=[0])


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def halt() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def hang() -> None:
    time.sleep(FOREVER)


def segfault() -> None:
    ctypes.string_at(0)


def exhaust() -> None:
    """Address space for what is there and no more than a little: the next larger array or model is too much."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 1_000_000, used + 1_000_000))
    np.ones(2**24)


def exhaust_in_an_engine() -> None:
    """The same, met by the engine's own code, which calls abort()."""
    real = mbh.ModelSolverHelper

    def starved(name: str) -> Any:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used, used))
        return real(name)

    mbh.ModelSolverHelper = starved


def fail_in_words() -> None:
    np.zeros((2, 2)) @ np.zeros((3, 3))


def lie(**lies: Callable[[Any], Any]) -> Callable[[], None]:
    """Make every integer engine answer wrongly in one thing, beginning now."""
    real = mbh.ModelSolverHelper

    class Liar:
        def __init__(self, name: str) -> None:
            self.name, self.real = name, real(name)

        def __getattr__(self, name: str) -> Any:
            honest = getattr(self.real, name)
            lying = name in lies and self.name != "glop"
            return (lambda: lies[name](honest())) if lying else honest

    def spring() -> None:
        mbh.ModelSolverHelper = Liar

    return spring


def put_an_officer_in_two_places() -> None:
    """From now on every timetable has its first outing twice."""
    honest = solve.timetable

    def doubled(*arguments: Any) -> Any:
        table = honest(*arguments)
        return replace(table, outings=(*table.outings[:1], *table.outings))

    solve.timetable = doubled


def name_a_call_that_is_none() -> None:
    honest = solve.timetable

    def astray(*arguments: Any) -> Any:
        table = honest(*arguments)
        first = table.outings[0]
        stops = (replace(first.stops[0], call=10**9), *first.stops[1:])
        return replace(table, outings=(replace(first, stops=stops), *table.outings[1:]))

    solve.timetable = astray


def claim(change: Callable[[BandProof], BandProof]) -> Callable[[], None]:
    """Change what every later answer claims of its first band."""

    def spring() -> None:
        honest = solve._Answers.answer

        def claiming(*arguments: Any) -> Any:
            answer = honest(*arguments)
            return replace(answer, proofs=(change(answer.proofs[0]), *answer.proofs[1:]))

        solve._Answers.answer = claiming  # type: ignore[method-assign]

    return spring


def claim_too_much_continuity() -> None:
    """From now on the bound of the first aim is one visit below what its roster reaches."""
    honest = solve.aim_proofs

    def claiming(*arguments: Any) -> Any:
        first, *others = honest(*arguments)
        return (replace(first, bound=first.value - 1), *others)

    solve.aim_proofs = claiming


def garble() -> None:
    """One bit of every later frame is wrong."""
    honest = child.packed
    child.packed = lambda message: honest(message)[:-3] + b"\x00" + honest(message)[-2:]


def tear() -> None:
    """Die in the middle of the next frame, and of a large one."""

    def torn(pipe: Connection, frame: bytes) -> None:
        os.write(pipe.fileno(), struct.pack("!i", len(frame)) + frame[: len(frame) // 2])
        os._exit(0)

    Connection.send_bytes = torn  # type: ignore[method-assign,assignment]


FAULTS: dict[str, Callable[[], None]] = {
    "abort": os.abort,
    "segfault": segfault,
    "kill": kill,
    "halt": halt,
    "hang": hang,
    "memory": exhaust,
    "memory of the engine": exhaust_in_an_engine,
    "exception": fail_in_words,
    "infeasible": lie(status=lambda _: mbh.SolveStatus.INFEASIBLE),
    "unknown": lie(status=lambda _: mbh.SolveStatus.NOT_SOLVED, variable_values=lambda v: [0.0] * len(v)),
    "broken row": lie(variable_values=lambda v: [1.0] * len(v)),
    "low bound": lie(best_objective_bound=lambda _: -1.0),
    "two places": put_an_officer_in_two_places,
    "no such call": name_a_call_that_is_none,
    "false value": claim(lambda proof: BandProof(proof.value + 1, proof.bound)),
    "false bound": claim(lambda proof: BandProof(proof.value, proof.value - 1)),
    "false bound of an aim": claim_too_much_continuity,
    "garbled": garble,
    "torn": tear,
}
