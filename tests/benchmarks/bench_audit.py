"""The audit of a big register: seconds and peak memory of reading, figures and inspection pack, and how they grow.

    python tests/benchmarks/bench_audit.py
    python tests/benchmarks/bench_audit.py --offenders 2500 5000 10000

Registers of each size are written to a temporary folder (not timed), then each is read, audited and packed in a process
of its own, as the command does it; one core is used. Beside the seconds by the clock stand those the processor worked:
on a machine that does other work too, the clock tells of that as well. Peak memory is the highest so far at the end of
each step. Prints a table in Markdown and how the seconds grow with the rows; no timing is asserted.
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
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

SIZES = (2_500, 5_000, 10_000)
STEPS = ("read", "figures", "pack")
T = TypeVar("T")


class Stopwatch:
    """Seconds by the clock and of the processor, and the peak memory so far, step by step."""

    def __init__(self) -> None:
        self.steps: dict[str, tuple[float, float, int]] = {}

    def run(self, name: str, work: Callable[[], T]) -> T:
        """Do the work and note what it took."""
        began, worked = time.perf_counter(), time.process_time()
        result = work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.steps[name] = (time.perf_counter() - began, time.process_time() - worked, peak)
        return result


def audit_one(folder: Path) -> dict[str, Any]:
    """Read, audit and pack one register in this process; its start and the imports count."""
    began = time.perf_counter()
    from offender_mgmt.audit.audit import audit, first_day_of_period
    from offender_mgmt.audit.pack.files import pack_files
    from offender_mgmt.audit.told import Told
    from offender_mgmt.register.read import read_folder

    watch = Stopwatch()
    loaded = watch.run("read", lambda: read_folder(folder))
    register, policy = loaded.register, loaded.policy_file.policy
    day = register.extract_date
    since = first_day_of_period(day, policy)
    found = watch.run("figures", lambda: audit(register, policy, day, since))
    watch.run("pack", lambda: pack_files(Told(found, loaded.policy_file, 0, register.teams), b""))
    rows = {"offenders": len(register.offenders), "visits": len(register.visits), "rest": len(register.assessments)}
    result = {"rows": rows, "figures": len(found.figures), "members": sum(map(len, found.members.values()))}
    return {**result, "steps": watch.steps, "seconds": time.perf_counter() - began, "worked": time.process_time()}


def in_own_process(folder: Path) -> dict[str, Any]:
    """The same in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--one", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines_of(results: list[dict[str, Any]]) -> Iterator[str]:
    """The table, one line per size."""
    header = ("nominals", "attempts", "assessments", *STEPS, "all by the clock", "all by the processor", "peak MiB")
    yield f"| {' | '.join(header)} |"
    yield "| --- " * len(header) + "|"
    for result in results:
        rows, taken = result["rows"], result["steps"]
        peak = max(memory for *_, memory in taken.values())
        cells = [f"{rows[name]:,}" for name in ("offenders", "visits", "rest")]
        cells += [f"{taken[step][1]:.1f} s" for step in STEPS]
        cells += [f"{result['seconds']:.1f} s", f"{result['worked']:.1f} s", str(peak)]
        yield f"| {' | '.join(cells)} |"


def growth(results: list[dict[str, Any]]) -> Iterator[str]:
    """How the processor's seconds grow with attempts, from the smallest to the biggest."""
    first, last = results[0], results[-1]
    times = last["rows"]["visits"] / first["rows"]["visits"]
    for step, (_, seconds, _) in last["steps"].items():
        yield f"{step}: {seconds / first['steps'][step][1]:.1f} times the seconds for {times:.1f} times the attempts"


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
