"""Team weeks of a register: our solver beside the greedy rule, the same instances, in one run.

    python tests/benchmarks/bench_weeks.py data/essex
    python tests/benchmarks/bench_weeks.py data/essex-north --effort 5

Prints a table in Markdown: per team and engine the points reached in each priority band, the proven bound, the
gap over all bands (each band weighed alike), seconds and peak memory. One process, one core, no timing is asserted.
"""

from __future__ import annotations

import argparse
import platform
import resource
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from offender_mgmt.calendars import week_after
from offender_mgmt.due import due_list
from offender_mgmt.instance import Instance, build_instance
from offender_mgmt.register.read import read_folder
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, solve, solve_greedily
from offender_mgmt.travel import Travel

HEADER = "| team | engine | visits | desk | bands: points of bound | gap | seconds | MiB |"


def instances(folder: Path) -> Iterator[tuple[str, Instance]]:
    """The instance of every team of a register, for the week after its extract."""
    loaded = read_folder(folder)
    register, policy = loaded.register, loaded.policy_file.policy
    due = due_list(register, policy, week_after(register.extract_date))
    travel = Travel(register, policy)
    for team in register.teams:
        yield team, build_instance(register, policy, due, team, travel)[0]


def measured(engine: Callable[[], Answer]) -> tuple[Answer, float, int]:
    """An answer, the seconds it took and the peak memory of the process so far in MiB."""
    began = time.perf_counter()
    answer = engine()
    return answer, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def row(team: str, engine: str, instance: Instance, values: list[int], bounds: list[int], took: float, mib: int) -> str:
    """One line of the table."""
    bands = ", ".join(f"{value} of {bound}" for value, bound in zip(values, bounds, strict=True))
    gaps = [1 - value / bound for value, bound in zip(values, bounds, strict=True) if bound]
    gap = f"{100 * sum(gaps) / max(1, len(gaps)):.1f} %"
    visits = len({call.nominal for call in instance.calls})
    return f"| {team} | {engine} | {visits} | {len(instance.desk)} | {bands} | {gap} | {took:.1f} | {mib} |"


def main() -> None:
    """Print the table for one register."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path)
    parser.add_argument("--effort", type=int, default=Settings().effort)
    options = parser.parse_args()
    settings = Settings(effort=options.effort)
    print(f"{options.register.name}, effort {options.effort}, Python {platform.python_version()},", end=" ")
    print(f"ortools {version('ortools')}, {time.strftime('%Y-%m-%d')}\n")
    print(f"{HEADER}\n|{' --- |' * (HEADER.count('|') - 1)}")
    for team, instance in instances(options.register):
        most = instance.band_points(range(len(instance.points)))
        ours, took, mib = measured(lambda instance=instance: solve(instance, settings))
        bounds = [m if p.bound is None else p.bound for p, m in zip(ours.proofs, most, strict=True)]
        greedy, took_greedy, _ = measured(lambda instance=instance: solve_greedily(instance, settings))
        print(row(team, "ours", instance, [p.value for p in ours.proofs], bounds, took, mib))
        print(row(team, "greedy", instance, [p.value for p in greedy.proofs], bounds, took_greedy, mib), flush=True)


if __name__ == "__main__":
    main()
