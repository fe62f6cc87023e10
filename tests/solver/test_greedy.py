"""The rule of today: most pressing first, within every capacity; times are judged in test_timetable.py."""

from __future__ import annotations

import pytest
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.instance.model import DeskTask, Instance, WriteUp
from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Chosen
from offender_mgmt.solver.rows import Rows
from offender_mgmt.solver.settings import Settings

PAIR = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
SHORT = (shift(0, 0, 480, 600), shift(1, 0, 480, 600))


def chosen(instance: Instance) -> tuple[Chosen, list[int]]:
    """The greedy roster, and the calls made in it."""
    space = column_space(instance, Settings(effort=1))
    found = greedy(space)
    return found, sorted(c for column in found.columns for c in space.calls_of(column))


@pytest.mark.parametrize("seed", range(30))
def test_every_row_of_the_master_is_kept(seed: int) -> None:
    """The rows are the capacity rules: sessions, visits a day, minutes, nominals, desk tasks, write-ups."""
    instance = random_instance(seed, officers=4, calls=10, days=3, desk=10, tour_minutes=(300, 480))
    space = column_space(instance, Settings(effort=1))
    found = greedy(space)
    rows = Rows(space)
    filled = [0.0] * len(rows.lower)
    entries = [e for column in found.columns for e in rows.of_column(column)]
    entries += [e for choice in found.desk for e in rows.of_desk(choice)]
    entries += [e for choice in found.write_ups for e in rows.of_write_up(choice)]
    for row, value in entries:
        filled[row] += value
    assert all(low <= value <= high for low, value, high in zip(rows.lower, filled, rows.upper, strict=True))
    assert found.columns


def test_band_goes_before_points_and_points_before_order() -> None:
    assert chosen(small([visit(0), visit(1)], SHORT, 2, points=(9, 1), band=(1, 0), bands=2))[1] == [1]
    assert chosen(small([visit(0), visit(1)], SHORT, 2, points=(1, 9)))[1] == [1]
    assert chosen(small([visit(0), visit(1)], SHORT, 2))[1] == [0]


def test_nominal_is_seen_once() -> None:
    found, calls = chosen(small([visit(0), visit(1, nominal=0)], PAIR, 2))
    assert calls == [0]
    assert len(found.columns) == 1


def test_interview_needs_a_later_day_for_its_write_up() -> None:
    call = visit(0, write_up=0)
    write_ups = (WriteUp(task=1, minutes=240, skills=frozenset()),)
    assert chosen(small([call], PAIR, 2, write_ups=write_ups))[1] == []
    found, calls = chosen(small([call], (*PAIR, shift(1, 1, 480, 960)), 2, write_ups=write_ups))
    assert (calls, found.write_ups) == ([0], ((0, 2),))
    short = (*PAIR, shift(1, 1, 480, 720 + 29))  # 269 minutes less a break of 30: one minute short
    assert chosen(small([call], short, 2, write_ups=write_ups))[1] == []
    just = (*PAIR, shift(1, 1, 480, 720 + 30))
    assert chosen(small([call], just, 2, write_ups=write_ups))[1] == [0]


@pytest.mark.parametrize(("minutes", "count"), [(217, 2), (218, 1), (435, 1), (436, 0)])
def test_desk_work_fills_the_free_minutes(minutes: int, count: int) -> None:
    """435 free minutes."""
    desk = tuple(DeskTask(task=k, minutes=minutes, first_day=0) for k in range(2))
    assert len(chosen(small([], PAIR[:1], 1, desk=desk))[0].desk) == count


def test_desk_work_goes_to_the_lead_first_and_not_before_its_day() -> None:
    days = (*PAIR, shift(0, 1, 480, 960), shift(1, 1, 480, 960))
    desk = (DeskTask(task=0, minutes=30, first_day=1, lead=1), DeskTask(task=1, minutes=30, first_day=0, lead=-1))
    assert chosen(small([], days, 2, desk=desk))[0].desk == ((0, 3), (1, 0))


def test_nothing_to_do() -> None:
    assert chosen(small([], PAIR, 2))[0].columns == ()
    assert chosen(small([visit(0)], [], 2))[0].columns == ()
