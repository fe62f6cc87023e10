"""Windows: the halves of a tour, long outings before, after or round the break, and entries on a later day."""

from __future__ import annotations

from dataclasses import replace

from solver.instances import hours, person, shift, small, visit

from offender_mgmt.instance.model import SideWork
from offender_mgmt.solver.windows import Window, crews, longer_pause, windows

DAY = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
"""Two tours 08:00 to 16:00: sessions 480-695 and 740-960, early break 600-645, late break 855-900."""


def spans(found: list[Window], *, later: bool = False) -> set[tuple[int, int, int]]:
    """Span in minutes after midnight of day 0, and minutes of break on the road."""
    return {
        (
            w.route_class.span[0] - hours(0, 0, 0)[0],
            w.route_class.span[1] - hours(0, 0, 0)[0],
            w.route_class.break_minutes,
        )
        for w in found
        if w.route_class.entries_later is later
    }


def test_five_windows_of_a_plain_day() -> None:
    found = windows(small([visit(0)], DAY, 2))
    assert spans(found) == {(480, 695, 0), (740, 960, 0), (480, 855, 0), (645, 960, 0), (480, 960, 45)}
    assert len(found) == 5


def test_which_sessions_and_breaks_they_take() -> None:
    found = {w.route_class.span[1] - w.route_class.span[0]: w for w in windows(small([visit(0)], DAY, 2))}
    assert found[215].sessions == ((0,), (0,))
    assert found[220].sessions == ((1,), (1,))
    assert found[215].breaks == (DAY[0].default_break,) * 2
    assert found[375].sessions == found[315].sessions == found[480].sessions == ((0, 1), (0, 1))
    assert found[375].breaks == (DAY[0].late_break,) * 2
    assert found[315].breaks == (DAY[0].early_break,) * 2
    assert found[480].breaks == (None, None)
    assert found[480].route_class.break_span == hours(0, 600, 900)


def test_no_calls_no_shifts_no_windows() -> None:
    assert windows(small([], DAY, 2)) == []
    assert windows(small([visit(0)], [], 2)) == []
    assert windows(small([visit(0)], DAY[:1], 2)) == []  # a visit by two, one on duty


def test_window_must_be_longer_than_the_shortest_visit() -> None:
    """Sessions of 215 and 220 minutes: a visit needs some travel too."""
    assert (480, 695, 0) in spans(windows(small([visit(0, minutes=214)], DAY, 2)))
    assert (480, 695, 0) not in spans(windows(small([visit(0, minutes=215)], DAY, 2)))


def test_break_on_the_road_only_where_two_visits_could_be_made() -> None:
    """480 minutes hold two visits and 45 minutes of break if a visit takes less than 217.5."""
    assert (480, 960, 45) in spans(windows(small([visit(0, minutes=217)], DAY, 2)))
    assert (480, 960, 45) not in spans(windows(small([visit(0, minutes=218)], DAY, 2)))


def test_tours_that_overlap_in_part() -> None:
    """08:00-16:00 with 12:00-20:00 (break 935-980): both free from 740 to 935."""
    found = windows(small([visit(0)], (DAY[0], shift(1, 0, 720, 1200)), 2))
    assert (740, 935, 0) in spans(found)
    assert all(start >= 720 and end <= 960 for start, end, _ in spans(found))


def test_tours_that_do_not_meet() -> None:
    assert windows(small([visit(0)], (shift(0, 0, 480, 720), shift(1, 0, 720, 960)), 2)) == []
    assert windows(small([visit(0)], (shift(0, 0, 480, 960), shift(1, 1, 480, 960)), 2)) == []


def test_event_cuts_the_long_outings() -> None:
    """An event from 08:00 to 12:00 leaves 720 to 960 for anything."""
    found = windows(small([visit(0)], (shift(0, 0, 480, 960, ((480, 720),)), DAY[1]), 2))
    assert found
    assert all(start >= 720 for start, _, _ in spans(found))


def test_short_tours_have_one_window_each() -> None:
    found = windows(small([visit(0)], (shift(0, 0, 480, 630), shift(1, 0, 480, 630)), 2))
    assert spans(found) == {(480, 630, 0)}
    assert found[0].breaks == (None, None)


def test_entries_on_a_later_day_in_time() -> None:
    """One working day for the record: officer 0 is there on day 1; day 2 is too late."""
    days = (*DAY, shift(0, 1, 480, 960), shift(1, 2, 480, 960))
    found = windows(small([visit(0)], days, 2))
    later = [w for w in found if w.entry_shift >= 0]
    assert {w.entry_shift for w in later} == {2}
    assert spans(later, later=True) == spans(found)
    assert len(found) == 10
    two_days = windows(small([visit(0)], days, 2, entry_by=(2, 3, 4)))
    assert {w.entry_shift for w in two_days} == {-1, 2, 3}
    assert windows(small([visit(0)], days, 2, entry_by=(0, 1, 2))) == windows(small([visit(0)], DAY, 2))


def test_entries_later_only_by_one_of_the_crew_who_may() -> None:
    days = (*DAY, shift(0, 1, 480, 960), shift(1, 1, 480, 960), shift(2, 1, 480, 960))
    people = (person(), person(skills=frozenset({0, 7})), person(skills=frozenset({0, 7})))
    found = windows(small([visit(0)], days, people, entry=SideWork(minutes=30, skills=frozenset({7}))))
    assert {w.entry_shift for w in found if w.crew == (0, 1)} == {-1, 3}
    assert {w.route_class.entry_sharers for w in found if w.crew == (0, 1)} == {1}
    assert {w.route_class.check_sharers for w in found} == {2}


def test_crews_of_the_sizes_asked_for() -> None:
    assert crews(small([visit(0)], (), 3)) == [(0, 1), (0, 2), (1, 2)]
    assert crews(small([visit(0), visit(1, crew_size=3)], (), 3)) == [(0, 1), (0, 2), (1, 2), (0, 1, 2)]
    assert crews(small([visit(0, crew_size=3)], (), 2)) == []
    assert crews(small([visit(0, excluded=frozenset({0}))], (), 3)) == [(1, 2)]
    assert crews(small([], (), 3)) == []


def test_crews_that_may_not_form_are_not_there() -> None:
    people = (person(not_paired_with=frozenset({1})), person(), person(drives=False), person(drives=False))
    assert crews(small([visit(0)], (), people)) == [(0, 2), (0, 3), (1, 2), (1, 3)]
    everyone = replace(small([visit(0)], (), people), driver_needed=False)
    assert crews(everyone) == [(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_two_tours_of_an_officer_on_one_day() -> None:
    """A split day: each of the two tours pairs with the other officer's."""
    split = (shift(0, 0, 480, 630), shift(0, 0, 780, 930), shift(1, 0, 480, 960))
    assert {w.shifts for w in windows(small([visit(0)], split, 2))} == {(0, 2), (1, 2)}


def test_a_break_that_has_begun_takes_less_than_one_elsewhere() -> None:
    """At 11:40 of the default break, 11:35 to 12:20, 40 minutes are left; a break at another time takes all 45."""
    cut = tuple(
        replace(
            tour,
            span=hours(0, 700, 960),
            default_break=hours(0, 695, 740),
            early_break=hours(0, 695, 740),
            sessions=(hours(0, 740, 960),),
            whole=hours(0, 700, 960),
            free_minutes=220,
        )
        for tour in DAY
    )
    for tours, beside, elsewhere in ((DAY, 0, 0), (cut, 0, 5)):
        instance = small([visit(0)], tours, 2)
        found = windows(instance)
        default = tours[0].default_break
        assert len({w.breaks for w in found}) >= 3
        for window in found:
            more = beside if window.breaks[0] == default else elsewhere
            assert [longer_pause(window, instance, s) for s in (0, 1)] == [more, more]
