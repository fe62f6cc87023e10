"""Days laid out: work on the day its tour starts, the break where it has room, nearest to the middle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest
from rich_register import THURSDAY, TUESDAY, WEDNESDAY
from rich_roster import rich_world

from offender_mgmt.calendars import moment
from offender_mgmt.checks.spans import Span
from offender_mgmt.policy.read import example_policy
from offender_mgmt.report.days import OfficerDay, break_of, officer_days
from offender_mgmt.report.summary import Planned
from offender_mgmt.vocabulary import TourCode


def at(clock, day=b.MONDAY):
    return moment(day, time.fromisoformat(clock))


def span(start, end, day=b.MONDAY):
    return Span(at(start, day), at(end, day))


@pytest.fixture(scope="module")
def days():
    world = rich_world()
    planned = Planned(register=world.register, policy_file=example_policy(), due=world.due, roster=world.roster)
    return {(day.officer_id, day.day): day for of_one in officer_days(planned).values() for day in of_one}


def test_every_officer_has_every_day_of_the_week(days):
    assert len(days) == 9 * 7


def test_monday_of_p1_by_hand(days):
    """Checks 08:00-08:20, out 08:40-11:45 with two visits of an hour, entries 11:45-12:15; travel 20 + 15 + 30."""
    day = days["P1", b.MONDAY]
    assert day.tours == (span("08:00", "16:00"),)
    assert [outing.span for outing in day.outings] == [span("08:40", "11:45")]
    assert (day.at_doors, day.travel, day.at_desk, day.at_events, day.on_duty) == (120, 65, 50, 0, 480)
    assert [stop.offender_ref for stop in day.stops] == ["RSO-000001", "RSO-000002"]
    assert [pause.on_the_road for pause in day.breaks] == [False]
    pause = day.breaks[0].span
    assert pause.start >= at("12:15")


def test_events_and_days_off_are_on_their_day(days):
    assert [event.event_id for _, event in days["P2", TUESDAY].events] == ["E-1"]
    assert (days["P1", WEDNESDAY].at_events, days["P1", WEDNESDAY].has_work) == (120, True)
    friday = days["P3", date(2026, 12, 4)]
    assert (friday.tours, friday.codes, friday.has_work, friday.breaks) == ((), (TourCode.LEAVE,), False, ())


def test_a_tour_past_midnight_is_of_the_day_it_starts_with_its_work():
    """P1 is on duty from 20:00 on Monday to 04:00; a review at 01:00 on Tuesday is Monday's work."""
    world = rich_world()
    night = b.tour(officer_id="S1", date=b.MONDAY, start=time(20), end=time(4))
    world = world.with_tours(night)
    review = world.row("SUP-RSO-000002")
    world = world.but("SUP-RSO-000002", start=at("01:00", TUESDAY), end=at("01:00", TUESDAY) + review.minutes)
    planned = Planned(register=world.register, policy_file=example_policy(), due=world.due, roster=world.roster)
    monday, tuesday, *_ = officer_days(planned)["S1"]
    assert [row.task_id for row in monday.desk] == ["SUP-RSO-000002"]
    assert tuesday.desk == ()
    assert monday.on_duty == 480


def test_an_officer_the_register_does_not_know_is_laid_out_too():
    world = rich_world().but("STATUS-RSO-000004", crew=("X9",))
    planned = Planned(register=world.register, policy_file=example_policy(), due=world.due, roster=world.roster)
    monday, *_ = officer_days(planned)["X9"]
    assert (monday.tours, [row.task_id for row in monday.desk]) == ((), ["STATUS-RSO-000004"])


def an_empty(events=(), **changes):
    return OfficerDay(officer_id="P1", day=b.MONDAY, events=tuple((e, b.event()) for e in events), **changes)


POLICY = example_policy().policy
TOUR = span("08:00", "16:00")
MINUTES = POLICY.duty.break_minutes(480)


def test_a_break_lies_in_the_middle_where_nothing_is_in_its_way():
    pause = break_of(TOUR, an_empty(), POLICY)
    assert pause.span == Span(at("12:00") - MINUTES // 2 - MINUTES % 2, at("12:00") + MINUTES // 2)


def test_a_break_gives_way_to_work_as_little_as_it_can():
    pause = break_of(TOUR, an_empty(events=[span("10:00", "12:30")]), POLICY)
    assert pause.span.start == at("12:30")
    pause = break_of(TOUR, an_empty(events=[span("11:45", "14:00")]), POLICY)
    assert pause.span.end == at("11:45")


def test_a_short_tour_and_a_day_long_event_have_no_break():
    assert break_of(span("08:00", "09:00"), an_empty(), POLICY) is None
    assert break_of(TOUR, an_empty(events=[TOUR]), POLICY) is None


def test_a_break_that_has_no_room_is_none():
    early, late = span("08:00", "12:00"), span("12:10", "16:00")
    assert break_of(TOUR, an_empty(events=[early, late]), POLICY) is None


def test_a_break_on_the_road_lies_between_two_stops(days):
    """P1 is out from 08:00 to 16:00; the way from Witham to Braintree takes 15 of the 90 minutes between the visits."""
    outing = days["P1", b.MONDAY].outings[0]
    first, second = outing.stops
    stops = (
        replace(first, start=at("08:20"), end=at("11:00")),
        replace(second, start=at("12:30"), end=at("15:30")),
    )
    day = an_empty(outings=(replace(outing, stops=stops),))
    pause = break_of(TOUR, day, POLICY)
    assert (pause.on_the_road, pause.span.start) == (True, at("11:00"))
    assert pause.span.end - pause.span.start == MINUTES
    tight = (replace(first, start=at("08:20"), end=at("12:10")), stops[1])
    assert break_of(TOUR, an_empty(outings=(replace(outing, stops=tight),)), POLICY) is None


def test_write_ups_in_two_parts_count_their_own_minutes(days):
    assert days["P3", THURSDAY].at_desk == 240
