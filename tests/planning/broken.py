"""Instances that fail in the solver but not in the greedy roster: real faults, met in a real child process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from offender_mgmt.instance.model import Instance

SECOND = 2


@dataclass(frozen=True, kw_only=True)
class Trap(Instance):
    """An instance that fails the second time its points are counted, as ``fault`` says.

    The greedy roster counts them once, the optimiser more often. A child process has a count of its own.
    """

    fault: str
    counter: Any

    def band_points(self, tasks: Iterable[int]) -> tuple[int, ...]:
        """Spring once it is clear that not the greedy roster alone is asked for."""
        self.counter[0] += 1
        if self.counter[0] == SECOND:
            spring(self.fault)
        return Instance.band_points(self, tasks)


def spring(fault: str) -> None:
    if fault == "abort":
        os.abort()
    if fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "shape":
        np.zeros((2, 2)) @ np.zeros((3, 3))


def trapped(instance: Instance, fault: str) -> Trap:
    """The same instance with a trap in it."""
    values = {f.name: getattr(instance, f.name) for f in fields(Instance)}
    return Trap(**values, fault=fault, counter=[0])
