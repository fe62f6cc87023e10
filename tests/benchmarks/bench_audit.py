"""The audit of a big register: seconds and peak memory of reading, past days, figures and pack, and how they grow.

    python tests/benchmarks/bench_audit.py
    python tests/benchmarks/bench_audit.py --offenders 2500 5000 10000

Registers of each size are written to a temporary folder (not timed), then each is read and audited in a process of its
own, as the command does it. Peak memory is the highest so far at the end of each step. Prints a table in Markdown and
which size grows faster than the rows; no timing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

SIZES = (2_500, 5_000, 10_000)
STEPS = ("read", "past days", "figures", "pack")
T = TypeVar("T")


class Stopwatch:
    """Seconds and the peak memory so far, step by step."""

    def __init__(self) -> None:
        self.steps: dict[str, tuple[float, int]] = {}

    def run(self, name: str, work: Callable[[], T]) -> T:
        """Do the work and note what it took."""
        began = time.perf_counter()
        result = work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.steps[name] = (time.perf_counter() - began, peak)
        return result


def audit_one(folder: Path) -> dict[str, Any]:
    """Read and audit one register in this process."""
    began = time.perf_counter()
    from offender_mgmt.audit.audit import audit
    from offender_mgmt.register.read import read_folder

    watch = Stopwatch()
    loaded = watch.run("read", lambda: read_folder(folder))
    register, policy = loaded.register, loaded.policy_file.policy
    day, weeks = register.extract_date, policy.audit.trend_weeks
    watch.run("past days", lambda: [register.as_at(day - timedelta(days=7 * n)) for n in range(1, weeks + 1)])
    since = day - timedelta(days=7 * policy.audit.period_weeks - 1)
    found = watch.run("figures", lambda: audit(register, policy, day, since))
    rows = {"offenders": len(register.offenders), "visits": len(register.visits), "rest": len(register.assessments)}
    result = {"rows": rows, "figures": len(found.figures), "members": sum(map(len, found.members.values()))}
    return {**result, "steps": watch.steps, "seconds": time.perf_counter() - began}


def in_own_process(folder: Path) -> dict[str, Any]:
    """The same in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--one", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines_of(results: list[dict[str, Any]]) -> Iterator[str]:
    """The table, one line per size."""
    steps = [step for step in STEPS if step in results[0]["steps"]]
    yield "| nominals | attempts | assessments | " + " | ".join(f"{s}, s" for s in steps) + " | all, s | peak MiB |"
    yield "| --- " * (len(steps) + 5) + "|"
    for result in results:
        rows, taken = result["rows"], result["steps"]
        peak = max(memory for _, memory in taken.values())
        cells = [rows["offenders"], rows["visits"], rows["rest"], *(f"{taken[s][0]:.1f}" for s in steps)]
        yield "| " + " | ".join(str(cell) for cell in [*cells, f"{result['seconds']:.1f}", peak]) + " |"


def growth(results: list[dict[str, Any]]) -> Iterator[str]:
    """How seconds grow with attempts, from the smallest to the biggest."""
    first, last = results[0], results[-1]
    times = last["rows"]["visits"] / first["rows"]["visits"]
    for step, (seconds, _) in last["steps"].items():
        yield f"{step}: {seconds / first['steps'][step][0]:.1f} times the seconds for {times:.1f} times the attempts"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offenders", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=Path, help="audit this register folder in this process and print JSON")
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(audit_one(options.one)))
        return
    from big_register import write_big_register

    results = []
    for size in sorted(options.offenders):
        with tempfile.TemporaryDirectory() as folder:
            results.append(in_own_process(write_big_register(Path(folder) / "register", size)))
    print(f"Python {platform.python_version()}, pandas {version('pandas')}, {os.cpu_count()} cores\n")
    print("\n".join([*lines_of(results), "", *growth(results)]))


if __name__ == "__main__":
    main()
