"""How many cores an engine gets: as many as the run itself may use, so that every engine has the same."""

from __future__ import annotations

import os

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Two on the machine of this page; one if the run is bound to one, as by ``taskset``."""
