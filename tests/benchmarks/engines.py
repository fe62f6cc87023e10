"""The engines by name, whether they are installed, and how each is run: the same seconds and cores for all.

An engine of one thread runs once on each core with different seeds, and the best of its answers counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

from benchmarks import insertion, ours, peer_cpsat, peer_pyvrp, peer_routing, peer_vroom
from benchmarks.children import Outcome, run_beside
from benchmarks.cores import CORES
from benchmarks.routing_problem import Routes, RoutingProblem
from benchmarks.routing_repair import repaired

GRACE = 30.0
"""Seconds beyond its time after which an engine is ended: reading in and building are not its search."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine for routing problems.

    Parameters
    ----------
    package
        Distribution that must be installed; empty if always there.
    copies
        How many run beside each other to use all cores.
    """

    name: str
    package: str
    solve: Callable[[RoutingProblem, float, int], Routes]
    copies: int

    @property
    def version(self) -> str:
        """Version installed; empty if it is not."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return ""


PEERS = (
    Engine("PyVRP", "pyvrp", peer_pyvrp.solve, copies=CORES),
    Engine("VROOM", "pyvroom", peer_vroom.solve, copies=1),
    Engine("OR-Tools routing", "ortools", peer_routing.solve, copies=CORES),
    Engine("CP-SAT", "ortools", peer_cpsat.solve, copies=1),
)
GREEDY = Engine("greedy", "ortools", insertion.solve, copies=1)
"""Job after job, the dearest first, where it costs least; on team weeks it is the greedy rule of our own instead."""
OURS = Engine("ours", "ortools", ours.solve_public, copies=1)


def run_engine(engine: Engine, problem: RoutingProblem, seconds: float) -> Outcome:
    """The best answer of an engine's copies; seconds are the longest copy's, memory that of all together."""
    calls = [(engine.solve, (problem, seconds, seed)) for seed in range(1, engine.copies + 1)]
    outcomes = run_beside(calls, seconds + GRACE)
    answered = [outcome for outcome in outcomes if outcome.answer is not None]
    if not answered:
        return outcomes[0]
    best = max(answered, key=lambda outcome: problem.value(repaired(problem, outcome.answer)[0]))
    longest, memory = max(o.seconds for o in outcomes), sum(o.mib for o in outcomes)
    return replace(best, seconds=longest, mib=memory)


def missing() -> list[str]:
    """Peers that are not installed, to be named and not passed over."""
    return [engine.name for engine in PEERS if not engine.version]
