"""The same register gives the same bytes: rows of every file shuffled, text hashed differently."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import builders as b
import pytest

from offender_mgmt.calendars import week_after
from offender_mgmt.planning import plan
from offender_mgmt.register import Register
from offender_mgmt.roster.write import roster_csv, unassigned_csv
from offender_mgmt.solver.settings import Settings
from offender_mgmt.synth import SynthSettings, make_register

pytestmark = pytest.mark.many_cases

TESTS = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
sys.path[:0] = sys.argv[1:]
from planning.test_same_roster import made, roster_bytes, shuffled
sys.stdout.buffer.write(roster_bytes(shuffled(made(), {shuffle}), workers={workers}))
"""
SOAK = "OFFENDER_MGMT_SOAK" in os.environ
RUNS = 20 if SOAK else 2
HASH_SEEDS = 5


def made() -> Register:
    """One team's week, with events and deferrals among its rows; the search betters its greedy roster."""
    return make_register(SynthSettings(offenders=60, officers=5, teams=1, history_days=200, seed=1))


def roster_bytes(register: Register, workers: int = 1) -> bytes:
    effort = 8 if SOAK else 1
    result = plan(register, b.policy(), week_after(register.extract_date), Settings(effort=effort), workers=workers)
    return roster_csv(result.roster) + unassigned_csv(result.roster)


def shuffled(register: Register, seed: int) -> Register:
    """The rows of every file in another order."""
    dice = random.Random(seed)
    changes = {}
    for field in fields(register):
        rows = getattr(register, field.name)
        if isinstance(rows, tuple):
            changes[field.name] = tuple(dice.sample(rows, len(rows)))
    return replace(register, **changes)


def test_order_of_rows_does_not_matter() -> None:
    register = made()
    expected = roster_bytes(register)
    assert expected.count(b"\n") > 20
    for seed in range(2):
        other = shuffled(register, seed)
        assert other.offenders != register.offenders
        assert other.tours != register.tours
        assert roster_bytes(other) == expected


def test_many_runs_give_one_roster() -> None:
    """Text hashed differently, rows in another order, more or fewer processes: in new processes every time."""
    found = {roster_bytes(made())}
    for number in range(RUNS):
        program = PROGRAM.format(shuffle=number, workers=1 + number % 2)
        run = subprocess.run(
            [sys.executable, "-c", program, str(TESTS), str(TESTS.parent)],
            env={**os.environ, "PYTHONHASHSEED": str(number % HASH_SEEDS)},
            capture_output=True,
            check=True,
        )
        found.add(run.stdout)
    assert len(found) == 1
