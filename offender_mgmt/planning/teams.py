"""Teams solved side by side, each in a child process; a child that dies leaves its team the greedy roster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.master import SolverFaultError
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
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures: dict[Future[Answer], str] = {}
        for team in sorted(instances, key=lambda t: (-len(instances[t].calls), t)):
            futures[pool.submit(solve, instances[team], settings)] = team
        for future in as_completed(futures):
            team = futures[future]
            try:
                yield team, future.result(), ""
            except SolverFaultError as fault:
                yield _fallback(team, instances[team], settings, str(fault))
            except BrokenProcessPool:
                lost.append(team)
    for team in lost:
        yield _fallback(team, instances[team], settings, "the solver's process ended without an answer")


def _here(team: str, instance: Instance, settings: Settings) -> tuple[str, Answer, str]:
    try:
        return team, solve(instance, settings), ""
    except SolverFaultError as fault:
        return _fallback(team, instance, settings, str(fault))


def _fallback(team: str, instance: Instance, settings: Settings, fault: str) -> tuple[str, Answer, str]:
    return team, solve_greedily(instance, settings), fault
