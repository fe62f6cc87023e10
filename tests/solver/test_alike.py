"""Desk tasks that nothing tells apart are counted; whatever tells one from another keeps it by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from solver.instances import random_instance

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.alike import AlikeDesk
from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Master
from offender_mgmt.solver.settings import Settings

DESK = 6


def week(**changes: Any) -> Instance:
    """Six desk tasks alike, anybody's on any day, the last one changed as told."""
    instance = random_instance(2, officers=4, calls=4, days=3, desk=DESK, bands=2)
    first = replace(instance.desk[0], first_day=0, last_day=None, skills=frozenset(), roles=frozenset(), lead=-1)
    first = replace(first, excluded=frozenset())
    tasks = [replace(first, task=task.task) for task in instance.desk]
    points, band = list(instance.points), list(instance.band)
    for task in tasks:
        points[task.task], band[task.task] = 6, 1
    points[tasks[-1].task] = changes.pop("points", 6)
    band[tasks[-1].task] = changes.pop("band", 1)
    tasks[-1] = replace(tasks[-1], **changes)
    return replace(instance, desk=tuple(tasks), points=tuple(points), band=tuple(band))


def alike(instance: Instance) -> tuple[Master, AlikeDesk]:
    master = Master(column_space(instance, Settings()))
    return master, AlikeDesk(master.rows)


def test_tasks_that_nothing_tells_apart_are_one_kind() -> None:
    master, desk = alike(week())
    assert desk.kinds == [list(range(DESK))]
    assert [master.rows.desk_choices[n] for n in desk.choices] == [(0, s) for s in range(len(desk.choices))]
    assert desk.most.tolist() == [DESK] * len(desk.choices)


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 35},
        {"points": 7},
        {"band": 0},
        {"first_day": 1},
        {"last_day": 1},
        {"excluded": frozenset({0})},
        {"is_pinned": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_tells_a_task_apart(change: dict[str, Any]) -> None:
    instance = week(**change)
    _, desk = alike(instance)
    assert sorted(desk.kinds) == [list(range(DESK - 1)), [DESK - 1]]


def test_no_desk_work() -> None:
    _, desk = alike(replace(week(), desk=()))
    assert (desk.kinds, len(desk.choices), desk.told_apart(np.zeros(0, dtype=np.int64))) == ([], 0, [])


@pytest.mark.parametrize("seed", range(6))
def test_counted_and_told_apart_again_is_as_much_of_every_kind_in_every_shift(seed: int) -> None:
    instance = random_instance(seed, officers=5, calls=6, days=3, desk=12, bands=2)
    space = column_space(instance, Settings())
    desk, chosen = AlikeDesk(Master(space).rows), greedy(space).desk
    again = desk.told_apart(desk.counted(chosen))
    assert len({task for task, _ in again}) == len(again) == len(chosen)
    kind = {task: number for number, tasks in enumerate(desk.kinds) for task in tasks}
    there = [Counter((kind[task], shift) for task, shift in choice) for choice in (chosen, again)]
    assert there[0] == there[1]
    assert (desk.counted(again) == desk.counted(chosen)).all()
