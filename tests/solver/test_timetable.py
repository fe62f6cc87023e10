"""Rosters in minutes: nobody in two places, breaks kept, checks before leaving, entries after the return."""

from __future__ import annotations

from functools import cache

import pytest
from solver.instances import hours, random_instance, shift, small, visit
from solver.timetable_laws import assert_lawful

from offender_mgmt.instance.model import DeskTask, Instance
from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.rows import Rows
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve
from offender_mgmt.solver.timetable import Timetable, timetable

SETTINGS = Settings(effort=1)
PAIR = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))


def week(seed: int) -> Instance:
    return random_instance(seed, officers=4, calls=10, days=2, desk=8, bands=3, tour_minutes=(300, 480, 600))


@cache
def solved(seed: int) -> Timetable:
    return solve(week(seed), SETTINGS).timetable


@pytest.mark.parametrize("seed", range(12))
def test_random_weeks(seed: int) -> None:
    assert solved(seed).outings
    assert_lawful(week(seed), solved(seed))


@pytest.mark.parametrize("seed", range(30))
def test_greedy_weeks(seed: int) -> None:
    space = column_space(week(seed), SETTINGS)
    assert_lawful(week(seed), timetable(space, greedy(space)))


def test_weeks_are_not_trivial() -> None:
    """Work in parts, breaks on the road, entries on later days: all occur."""
    split = road = later = 0
    for seed in range(12):
        table = solved(seed)
        split += any(len(w.parts) > 1 for w in table.desk)
        road += any(b is None for o in table.outings for b in o.breaks)
        later += any(len(o.entries) < len(o.stops) for o in table.outings)
    assert min(split, road, later) >= 1, (split, road, later)


def test_pause_on_the_road_is_as_long_as_the_longest_break() -> None:
    """Tours of 8 and 10 hours (breaks 45 and 60) pause 60 together: 15 minutes more of the first one's time.

    Without a break on the road both give the same minutes.
    """
    calls = [visit(0, spans=(hours(0, 510, 570),)), visit(1, spans=(hours(0, 840, 900),))]
    space = column_space(small(calls, (shift(0, 0, 480, 960), shift(1, 0, 480, 1080)), 2), SETTINGS)
    rows = Rows(space)
    roads = 0
    for w, window in enumerate(space.windows):
        for route in range(len(space.routes[window.route_class])):
            minutes = space.minutes_of((w, route))
            on_road = window.route_class.break_minutes > 0
            roads += on_road
            # Leaving 08:20, back 15:10: 410 minutes less 60 of the second officer's break, less 45 of the first's.
            assert minutes == ({0: 365, 1: 350} if on_road else {0: 80, 1: 80})
            entries = list(rows.of_column((w, route)))
            for s, total in minutes.items():
                assert sum(value for row, value in entries if row == rows.minutes[s]) == total
    assert roads == 1


def test_one_outing_to_the_minute() -> None:
    """The door is open from 12:40 for an hour: check 12:10, leave 12:30, back 13:50, entry to 14:20."""
    call = visit(0, check_task=1, entry_task=2, spans=(hours(0, 760, 820),))
    (outing,) = solve(small([call], PAIR, 2), SETTINGS).timetable.outings
    assert (outing.leave, outing.back, outing.travel) == (*hours(0, 750, 830), 20)
    assert outing.checks == ((0, 0, hours(0, 730, 750)),)
    assert outing.entries == ((0, 0, hours(0, 830, 860)),)
    assert outing.busy() == hours(0, 730, 860)
    (stop,) = outing.stops
    assert (stop.span, stop.travel) == (hours(0, 760, 820), 10)


def test_three_checks_are_shared_by_two() -> None:
    """In turn: the first officer two, at 20 minutes each, the second one; all done when they leave."""
    calls = [visit(n, check_task=3 + n, minutes=30) for n in range(3)]
    (outing,) = solve(small(calls, PAIR, 2), SETTINGS).timetable.outings
    first = outing.leave - 40
    order = [s.call for s in outing.stops]
    assert outing.checks == (
        (0, order[0], (first, first + 20)),
        (1, order[1], (first, first + 20)),
        (0, order[2], (first + 20, first + 40)),
    )


def test_desk_work_is_split_only_where_no_gap_holds_it() -> None:
    """Sessions of 215 and 220 minutes."""

    def parts(minutes: int) -> list[int]:
        desk = (DeskTask(task=0, minutes=minutes, first_day=0),)
        answer = solve(small([], PAIR[:1], 1, desk=desk), SETTINGS)
        return [end - start for work in answer.timetable.desk for start, end in work.parts]

    assert parts(215) == [215]
    assert parts(220) == [220]
    assert parts(221) == [215, 6]
    assert parts(435) == [215, 220]
    assert parts(436) == []
