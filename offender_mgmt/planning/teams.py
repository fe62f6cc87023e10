"""Teams solved side by side, each in a child process; a child that dies leaves its team the greedy roster."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.believe import SolverFaultError
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, solve, solve_greedily


def solve_teams(
    instances: Mapping[str, Instance], settings: Settings, workers: int
) -> Iterator[tuple[str, Answer, str]]:
    """Answers as they come: team, answer, and what went wrong if the answer is the fallback.

    The children get numbers only. With one worker, or one team, everything happens in this process.
    """
    if workers <= 1 or len(instances) <= 1:
        for team, instance in instances.items():
            yield _here(team, instance, settings)
        return
    lost: list[str] = []
    with _pool(workers) as pool:
        futures: dict[Future[Answer], str] = {}
        for team in sorted(instances, key=lambda t: (-len(instances[t].calls), t)):
            futures[pool.submit(solve, instances[team], settings)] = team
        for future in as_completed(futures):
            team = futures[future]
            fault = future.exception()
            if isinstance(fault, BrokenProcessPool):
                lost.append(team)
            elif fault is not None:
                yield _fallback(team, instances[team], settings, _words(fault))
            else:
                yield team, future.result(), ""
    for team in lost:
        yield _fallback(team, instances[team], settings, "the solver's process ended without an answer")


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Children that end with us: at once when we are stopped, and by themselves when we are killed."""
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_belong_to_parent) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in active_children():
                child.terminate()
            raise


def _belong_to_parent() -> None:
    """Leave Ctrl-C to the parent, which ends its children; end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _here(team: str, instance: Instance, settings: Settings) -> tuple[str, Answer, str]:
    try:
        return team, solve(instance, settings), ""
    except Exception as fault:  # whatever fails: the team has a roster, and the fault is said
        return _fallback(team, instance, settings, _words(fault))


def _words(fault: BaseException) -> str:
    """The fault in words; of one that nobody foresaw only its type, since its text may hold anything."""
    return str(fault) if isinstance(fault, SolverFaultError) else f"the solver failed: {type(fault).__name__}"


def _fallback(team: str, instance: Instance, settings: Settings, fault: str) -> tuple[str, Answer, str]:
    return team, solve_greedily(instance, settings), fault
