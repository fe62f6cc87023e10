"""Reading a big register and looking back at thirteen weeks: rows, seconds and peak memory.

    python tests/benchmarks/bench_register.py
    python tests/benchmarks/bench_register.py --offenders 1900 5000 10000

Prints a table in Markdown. Each size is read in a process of its own, so that the memory is its own; no timing is
asserted. "By nominal" is the grouping of the logs, done once; "13 past days" is ``Register.as_at`` of the last
thirteen weeks, all kept; CPU is of all three together.
"""

from __future__ import annotations

import argparse
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from big_register import write_big_register

from offender_mgmt.register import Register
from offender_mgmt.register.read import read_folder

HEADER = (
    "| nominals | attempts | assessments | all rows | read, s | by nominal, s | 13 past days, s | CPU, s | peak, MiB |"
)
SIZES = (1_900, 5_000, 10_000)
WEEKS = 13


def measured(work: Callable[[], object]) -> tuple[object, float]:
    """What the work gives and the seconds it took."""
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def group(register: Register) -> int:
    """Group every log by nominal; how many groups there are."""
    logs = (register.visits_of, register.assessments_of, register.changes_of, register.deferrals_of)
    return sum(map(len, logs))


def row(folder: Path) -> str:
    """One line of the table."""
    began = time.process_time()
    loaded, read = measured(lambda: read_folder(folder))
    register: Register = loaded.register
    _, grouped = measured(lambda: group(register))
    days = [register.extract_date - timedelta(weeks=week) for week in range(WEEKS)]
    _, past = measured(lambda: [register.as_at(day) for day in days])
    cpu = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = [
        len(register.offenders),
        len(register.visits),
        len(register.assessments),
        sum(c.read for c in register.rows),
    ]
    cells = [
        *(f"{count:,}" for count in counts),
        f"{read:.1f}",
        f"{grouped:.1f}",
        f"{past:.1f}",
        f"{cpu:.1f}",
        str(peak),
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offenders", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, pydantic {version('pydantic')}, {time.strftime('%Y-%m-%d')}\n")
    print(f"{HEADER}\n|{' --- |' * (HEADER.count('|') - 1)}", flush=True)
    with tempfile.TemporaryDirectory() as made:
        for offenders in options.offenders:
            folder = write_big_register(Path(made) / str(offenders), offenders)
            with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as one_process:
                print(one_process.submit(row, folder).result(), flush=True)


if __name__ == "__main__":
    main()
