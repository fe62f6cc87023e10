"""From tours to shifts: true minutes, rest, events, and a break that always finds its place or none is due."""

from __future__ import annotations

from datetime import date, time

import builders as b
import pytest

from offender_mgmt.calendars import Horizon, moment, week_of
from offender_mgmt.instance.model import Shift
from offender_mgmt.instance.shifts import (
    break_minutes,
    break_taken,
    fixed_events_kept,
    make_shift,
    overlap,
    rest_between_tours,
    tour_span,
    within_tour,
    without,
)
from offender_mgmt.register.records import Event

DUTY = b.policy().duty  # break 45 min from 8 hours, inside 120..420 minutes after the start; rest 11 hours
SUNDAY_SPRING, SUNDAY_AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def made(start: int, end: int, events: tuple[tuple[int, int], ...] = ()) -> Shift | None:
    """The shift of a tour in minutes after midnight of day 0."""
    return make_shift(0, 0, (start, end), (start, end), events, DUTY)


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes"),
    [
        (b.MONDAY, time(8), time(16), 480),
        (b.MONDAY, time(22), time(6), 480),  # ends on Tuesday
        (b.MONDAY, time(8), time(8), 1440),  # an end not after the start is on the next day
        (date(2026, 3, 28), time(22), time(6), 420),  # the clock skips 01:00-02:00 on 29 March
        (date(2026, 10, 24), time(22), time(6), 540),  # 01:00-02:00 comes twice on 25 October
        (SUNDAY_SPRING, time(0), time(0), 23 * 60),
        (SUNDAY_AUTUMN, time(0), time(0), 25 * 60),
        (SUNDAY_SPRING, time(8), time(16), 480),  # after the change: nothing special
        (SUNDAY_AUTUMN, time(8), time(16), 480),
    ],
)
def test_tour_has_its_true_minutes(day: date, start: time, end: time, minutes: int) -> None:
    span = tour_span(b.tour(date=day, start=start, end=end))
    assert span[0] == moment(day, start)
    assert span[1] - span[0] == minutes


def test_within_tour_takes_duty_inside_the_horizon_only() -> None:
    week = week_of(b.MONDAY)
    tours = [
        b.tour(date=date(2026, 11, 29)),  # the Sunday before
        b.tour(date=date(2026, 12, 1)),
        b.tour(),
        b.tour(date=date(2026, 12, 2), code="leave", start=None, end=None),
        b.tour(date=date(2026, 12, 3), code="training"),
        b.tour(date=date(2026, 12, 7)),  # the Monday after
    ]
    assert [day for day, _ in within_tour(tours, week)] == [0, 1]
    assert within_tour([], week) == []


def test_within_tour_ends_with_the_horizon() -> None:
    sunday = date(2026, 12, 6)
    span = within_tour([b.tour(date=sunday, start=time(18), end=time(2))], week_of(b.MONDAY))[0][1]
    assert span == (moment(sunday, time(18)), moment(date(2026, 12, 7), time(0)))  # two hours are the next week's
    just = within_tour([b.tour(date=sunday, start=time(18), end=time(0))], week_of(b.MONDAY))[0][1]
    assert just == span


def test_within_tour_counts_local_days_over_a_clock_change() -> None:
    horizon = Horizon(date(2026, 3, 28), date(2026, 3, 30))
    tours = [b.tour(date=day) for day in horizon.days()]
    assert [day for day, _ in within_tour(tours, horizon)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("earlier_end", "start"),
    [
        (480 - 660 - 1, 480),  # more than 11 hours: nothing is cut
        (480 - 660, 480),  # just 11 hours
        (480 - 660 + 1, 481),  # a minute short: a minute is cut
        (-60, 600),  # ended at 23:00 the day before: not before 10:00
    ],
)
def test_rest_between_tours(earlier_end: int, start: int) -> None:
    tours = [(earlier_end - 480, earlier_end), (480, 960), (2000, 2480)]
    assert rest_between_tours((480, 960), tours, 11) == (start, 960)


def test_rest_first_tour_of_all_is_whole() -> None:
    assert rest_between_tours((480, 960), [(480, 960)], 11) == (480, 960)


def test_rest_can_eat_a_whole_tour() -> None:
    usable = rest_between_tours((480, 960), [(-180, 475), (480, 960)], 11)
    assert usable[0] >= usable[1]
    assert make_shift(0, 0, (480, 960), usable, (), DUTY) is None


def events(*spans: tuple[int, int]) -> list[Event]:
    """Events of 1 December from hour to hour."""
    return [b.event(event_id=f"E-{i}", start=time(s), end=time(e)) for i, (s, e) in enumerate(spans)]


def hour(*hours: int) -> list[int]:
    return [moment(date(2026, 12, 1), time(h)) for h in hours]


def test_events_are_merged_cut_and_sorted() -> None:
    eight, nine, ten, eleven, noon, two, four = hour(8, 9, 10, 11, 12, 14, 16)
    found = fixed_events_kept((eight, four), events((14, 18), (10, 12), (9, 11), (6, 7)))
    assert found == ((nine, noon), (two, four))
    touching = fixed_events_kept((eight, four), events((10, 11), (9, 10)))
    assert touching == ((nine, eleven),)
    apart = fixed_events_kept((eight, four), events((11, 12), (9, 10)))
    assert apart == ((nine, ten), (eleven, noon))
    assert fixed_events_kept((eight, four), []) == ()


def test_event_that_only_touches_the_tour_takes_nothing() -> None:
    eight, four = hour(8, 16)
    assert fixed_events_kept((eight, four), events((7, 8), (16, 17))) == ()  # type: ignore[arg-type]


def test_event_inside_another_adds_nothing() -> None:
    eight, nine, noon, four = hour(8, 9, 12, 16)
    assert fixed_events_kept((eight, four), events((9, 12), (10, 11))) == ((nine, noon),)  # type: ignore[arg-type]


def test_without_and_overlap() -> None:
    assert without((0, 100), []) == [(0, 100)]
    assert without((0, 100), [(0, 10), (40, 50), (90, 100)]) == [(10, 40), (50, 90)]
    assert without((0, 100), [(0, 100)]) == []
    assert overlap((0, 10), (5, 20)) == (5, 10)
    assert overlap((0, 10), (10, 20)) is None


def test_plain_shift() -> None:
    """480 minutes: break of 45 inside 600..900; its middle is at 697, on the grid 695."""
    shift = made(480, 960)
    assert shift is not None
    assert shift.default_break == (695, 740)
    assert (shift.early_break, shift.late_break) == ((600, 645), (855, 900))
    assert shift.sessions == ((480, 695), (740, 960))
    assert shift.whole == (480, 960)
    assert shift.free_minutes == 435
    assert (shift.break_minutes, shift.break_span) == (45, (600, 900))


@pytest.mark.parametrize(
    ("length", "minutes"),
    [(60, 0), (150, 0), (151, 30), (359, 30), (360, 35), (420, 40), (479, 40), (480, 45), (540, 50), (600, 60)],
)
def test_length_of_the_break(length: int, minutes: int) -> None:
    """No break where the tour ends by 120 + 30 minutes: there is no time to reach it and come back to work."""
    assert break_minutes((0, length), (), DUTY)[0] == minutes


def test_short_tour_has_one_session_and_no_long_outing() -> None:
    shift = made(480, 630)
    assert shift is not None
    assert shift.sessions == ((480, 630),)
    assert (shift.default_break, shift.early_break, shift.late_break, shift.whole) == (None, None, None, None)
    assert shift.free_minutes == 150


def test_event_moves_the_break() -> None:
    """Court from 10:30 to 13:00 covers the middle; what is left of 10:00..15:00 is 10:00-10:30 and 13:00-15:00."""
    shift = made(480, 960, ((630, 780),))
    assert shift is not None
    assert shift.default_break == shift.early_break == (780, 825)
    assert shift.late_break == (855, 900)
    assert shift.sessions == ((480, 630), (825, 960))
    assert shift.whole == (780, 960)  # 180 minutes after, 150 before
    assert shift.free_minutes == 150 + 135


def test_event_leaves_just_room_for_the_break() -> None:
    shift = made(480, 960, ((600, 855),))
    assert shift is not None
    assert shift.default_break == (855, 900)
    left = made(480, 960, ((600, 837), (882, 960)))
    assert left is not None
    assert left.default_break == (837, 882)


def test_events_that_leave_no_room_for_the_break_leave_no_work() -> None:
    """Two events with 44 minutes between them and nothing else free inside 10:00..15:00: no break can be had."""
    assert made(480, 960, ((600, 837), (881, 960))) is None


def test_event_that_fills_the_break_time_has_its_own_break() -> None:
    shift = made(480, 960, ((600, 900),))
    assert shift is not None
    assert shift.break_minutes == 0
    assert shift.sessions == ((480, 600), (900, 960))
    assert shift.whole is None
    almost = made(480, 960, ((600, 899),))
    assert almost is None  # one minute of the time is left, and the break does not fit


def test_event_over_the_whole_tour_leaves_nothing() -> None:
    shift = made(480, 960, ((480, 960),))
    assert shift is not None
    assert (shift.sessions, shift.free_minutes) == ((), 0)


def test_break_is_counted_from_the_tour_and_not_from_the_rest() -> None:
    """Rest cuts the tour to 13:00; the break must still end by 15:00."""
    shift = make_shift(0, 0, (480, 960), (780, 960), (), DUTY)
    assert shift is not None
    assert shift.default_break == (845, 890)  # middle of 780..960 less 45: 847
    assert make_shift(0, 0, (480, 960), (855, 960), (), DUTY) is not None
    assert make_shift(0, 0, (480, 960), (856, 960), (), DUTY) is None


def test_break_places_are_on_the_grid_and_at_the_end_of_a_gap() -> None:
    assert break_taken((0, 100), (10, 62), 45, ()) == [(10, 55), (15, 60), (17, 62)]
    assert break_taken((0, 100), (10, 55), 45, ()) == [(10, 55)]
    assert break_taken((0, 100), (10, 54), 45, ()) == []
    assert break_taken((0, 100), (100, 160), 45, ()) == []


def test_an_event_after_the_time_for_the_break_does_not_make_that_time_longer():
    assert break_taken((0, 100), (10, 62), 45, ((70, 90),)) == [(10, 55), (15, 60), (17, 62)]
    assert break_taken((0, 100), (10, 62), 45, ((0, 5), (60, 90))) == [(10, 55), (15, 60)]


def test_free_minutes_are_what_the_sessions_hold() -> None:
    shift = made(480, 1080, ((500, 520), (700, 730)))
    assert shift is not None
    assert shift.free_minutes == 600 - 20 - 30 - 60 == sum(e - s for s, e in shift.sessions)
