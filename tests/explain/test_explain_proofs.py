"""Every reason given for work that is left out is proved again, and every change offered really fits it in."""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest
from explain.proofs import left_out, prove_causes, prove_change, world_of
from places.random_weeks import random_week

from offender_mgmt.explain.causes import CauseKind, causes_of
from offender_mgmt.explain.changes import smallest_changes

SOAK = bool(os.environ.get("OFFENDER_MGMT_SOAK"))
SEEDS = range(1000, 1060 if SOAK else 1001)
OF_EACH = 40 if SOAK else 3
TRIED = 100 if SOAK else 60
COUNTS: Counter[str] = Counter()
"""What a long run comes to, told at its end."""


ENOUGH = 500


def told() -> int:
    """How many tasks were explained so far."""
    return sum(count for what, count in COUNTS.items() if what.split()[0] not in ("change:", "no", "not", "fits"))


def a_backlog(seed: int):
    """A small team with far more due than it can do, its week filled at random."""
    rng = random.Random(f"explain {seed}")
    week, _ = random_week(seed, offenders=rng.choice([160, 220]), tries=rng.choice([90, 140]))
    return week, rng


@pytest.mark.parametrize("seed", SEEDS)
def test_reasons_are_true_and_changes_do(seed):
    week, rng = a_backlog(seed)
    world = world_of(week)
    tasks = left_out(week)
    for task in rng.sample(tasks, min(len(tasks), OF_EACH)) if told() < ENOUGH else ():
        causes = causes_of(world, task.task_id)
        if not causes.causes:
            COUNTS["fits as things stand"] += 1
            continue
        if causes.causes[-1].kind is CauseKind.UNPROVEN:
            assert causes.fit is None
            COUNTS["not proven, and told so"] += 1
            continue
        COUNTS[" and ".join(cause.kind for cause in causes.causes)] += 1
        prove_causes(week, task, causes)
        if causes.causes[0].kind is CauseKind.NOT_RELEASED:
            continue
        tried = smallest_changes(world, task.task_id, TRIED)
        for offered in tried.found:
            COUNTS["change: " + " and ".join(offered.change.kinds)] += 1
            prove_change(week, task, offered)
        COUNTS["no change found"] += not tried.found


@pytest.mark.skipif(not SOAK, reason="part of the soak")
def test_the_long_run_was_long_enough():
    """500 tasks were explained, and of few nothing could be proven; what they came to is told with -s."""
    for what, count in sorted(COUNTS.items()):
        print(f"{count:>5}  {what}")
    assert told() >= ENOUGH
    assert COUNTS["not proven, and told so"] <= told() // 20
