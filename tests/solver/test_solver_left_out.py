"""Each reason for leaving a task out, at the point where it begins to be true."""

from __future__ import annotations

import pytest
from solver.instances import hours, person, shift, small, visit

from offender_mgmt.instance.model import DeskTask, Instance, WriteUp
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.solver.left_out import NEAREST
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve

SHORT = (shift(0, 0, 480, 600), shift(1, 0, 480, 600))
"""Two hours each."""
THREE = (*SHORT, shift(2, 0, 480, 600))


def reasons(instance: Instance) -> tuple[tuple[int, str, int], ...]:
    return solve(instance, Settings(effort=1)).reasons


def test_all_done_no_reasons() -> None:
    assert reasons(small([visit(0)], SHORT, 2)) == ()


def test_no_qualified_crew() -> None:
    assert reasons(small([visit(0, skills_each=frozenset({9}))], SHORT, 2)) == ((0, "no_qualified_crew", 0),)
    assert reasons(small([visit(0, crew_size=3)], SHORT, 2)) == ((0, "no_qualified_crew", 0),)
    no_driver = (person(drives=False), person(drives=False))
    assert reasons(small([visit(0)], SHORT, no_driver)) == ((0, "no_qualified_crew", 0),)


def test_no_crew_when_seen() -> None:
    """Seen from 09:51 on, the crews are back by 10:00 only if the visit starts by 08:50; three crews would qualify."""
    closed = visit(0, spans=(hours(0, 531, 900),))
    assert reasons(small([closed], THREE, 3)) == ((0, "no_crew_when_seen", 3),)
    assert reasons(small([visit(0, spans=(hours(0, 530, 900),))], THREE, 3)) == ()


def test_no_time_for_desk_work() -> None:
    """A check of 20 and an entry of 30 with a visit of 80 minutes make 130 of 120; the visit alone would fit."""
    call = visit(0, check_task=1, entry_task=2)
    assert reasons(small([call], SHORT, 2)) == ((0, "no_time_for_desk_work", 1),)
    longer = (shift(0, 0, 480, 610), shift(1, 0, 480, 610))
    assert reasons(small([call], longer, 2)) == ()


def test_no_time_for_the_write_up() -> None:
    write_ups = (WriteUp(task=1, minutes=120, skills=frozenset()),)
    call = visit(0, write_up=0)
    assert reasons(small([call], SHORT, 2, write_ups=write_ups)) == ((0, "no_time_for_desk_work", 1),)
    assert reasons(small([call], (*SHORT, shift(0, 1, 480, 599)), 2, write_ups=write_ups)) == (
        (0, "no_time_for_desk_work", 1),
    )
    assert reasons(small([call], (*SHORT, shift(0, 1, 480, 600)), 2, write_ups=write_ups)) == ()


def test_crews_full() -> None:
    """Two hours hold one visit; three officers make three crews, any of which could make the other."""
    assert reasons(small([visit(0), visit(1)], SHORT, 2, points=(9, 1))) == ((1, "crews_full", 1),)
    assert reasons(small([visit(0), visit(1)], THREE, 3, points=(9, 1))) == ((1, "crews_full", 3),)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"minutes": 120}, ()),
        ({"minutes": 121}, ((0, "no_time_on_duty", 2),)),
        ({"minutes": 20, "first_day": 1}, ((0, "no_time_on_duty", 2),)),
        ({"skills": frozenset({9})}, ((0, "no_qualified_officer", 0),)),
        ({"roles": frozenset({3})}, ((0, "no_qualified_officer", 0),)),
        ({"excluded": frozenset({0})}, ()),
        ({"excluded": frozenset({0, 1})}, ((0, "no_qualified_officer", 0),)),
    ],
)
def test_desk_reasons(changes: dict[str, object], expected: tuple[object, ...]) -> None:
    desk = (DeskTask(**{"task": 0, "minutes": 60, "first_day": 0, **changes}),)  # type: ignore[arg-type]
    assert reasons(small([], SHORT, 2, desk=desk)) == expected


def test_officers_full() -> None:
    desk = tuple(DeskTask(task=k, minutes=90, first_day=0) for k in range(3))
    assert reasons(small([], SHORT, 2, desk=desk, points=(9, 9, 1))) == ((2, "crews_full", 2),)


def test_nearest_of_several_ways_gives_the_reason() -> None:
    """The visit could be made by an interview nobody may hold, or by itself when nobody is on duty."""
    interview = visit(0, tasks=(1, 0), skills_one=frozenset({9}))
    by_itself = visit(0, spans=(hours(0, 900, 1200),))
    assert reasons(small([interview, by_itself], SHORT, 2)) == (
        (0, "no_crew_when_seen", 1),
        (1, "no_qualified_crew", 0),
    )


def test_every_code_has_words() -> None:
    assert {*NEAREST, "no_qualified_officer", "no_time_on_duty"} <= set(REASONS)
