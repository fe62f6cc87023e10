"""How long `offender-mgmt --help` takes: the best of ten starts, in seconds; fails above 0.3."""

from __future__ import annotations

import subprocess
import sys
import time

LIMIT_SECONDS = 0.3


def start() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "offender_mgmt", "--help"], capture_output=True, check=True)
    return time.perf_counter() - began


def main() -> int:
    best = min(start() for _ in range(10))
    print(f"offender-mgmt --help: {best:.3f} s (limit {LIMIT_SECONDS} s)")
    return int(best > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
