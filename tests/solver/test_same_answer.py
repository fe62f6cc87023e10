"""The same instance, the same answer: twice here, and in processes that hash text differently."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from solver.instances import random_instance

from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve

pytestmark = pytest.mark.many_cases

TESTS = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
sys.path[:0] = sys.argv[1:]
from solver.test_same_answer import answer
print(answer())
"""


def answer() -> str:
    """All of an answer, as text."""
    instance = random_instance(5, officers=4, calls=12, days=2, desk=8, bands=2, tour_minutes=(300, 480))
    return repr(solve(instance, Settings(effort=2)))


def test_same_answer_twice_and_whatever_the_hash_seed() -> None:
    found = [answer(), answer()]
    for seed in ("0", "1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(TESTS), str(TESTS.parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(run.stdout.strip())
    assert len(set(found)) == 1
    assert "Stop(" in found[0]
    assert "DeskWork(" in found[0]
