"""Rules of an officer's time: just allowed and just forbidden, one minute or one visit apart."""

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest
from rich_register import TUESDAY, WEDNESDAY
from rich_roster import World, assigned, at, rich_world, small_world

from offender_mgmt.calendars import week_of
from offender_mgmt.due.task import DueList
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.vocabulary import TaskKind

VISITS = ("HV-RSO-000001", "HV-RSO-000002")
ENTRIES = ("ENTRY-RSO-000001-NEXT", "ENTRY-RSO-000002-NEXT")


def _tours(start, end, day=b.MONDAY):
    return [
        b.tour(officer_id=o, date=day, start=time.fromisoformat(start), end=time.fromisoformat(end))
        for o in ("P1", "P2")
    ]


def test_the_small_and_the_rich_roster_break_no_rule():
    assert small_world().violations() == ()
    assert rich_world().violations() == ()


class TestWithinTour:
    @pytest.mark.parametrize(("minutes", "broken"), [(0, False), (-1, True)])
    def test_desk_work_may_start_with_the_tour_and_not_a_minute_before(self, minutes, broken):
        world = small_world().shifted("INTEL-RSO-000001-NEXT", minutes)  # 08:00, as the tour
        assert ("within_tour" in world.rules()) is broken

    @pytest.mark.parametrize(("start", "broken"), [("08:40", False), ("08:41", True)])
    def test_the_crew_leaves_the_base_inside_the_tour(self, start, broken):
        """The outing leaves at 09:00 - 20 = 08:40."""
        world = (
            small_world().without("INTEL-RSO-000001-NEXT", "INTEL-RSO-000002-NEXT").with_tours(*_tours(start, "16:00"))
        )
        assert ("within_tour" in world.rules()) is broken

    @pytest.mark.parametrize(("end", "broken"), [("11:45", False), ("11:44", True)])
    def test_the_crew_is_back_inside_the_tour(self, end, broken):
        """The outing is back at 11:15 + 30 = 11:45."""
        world = small_world().without(*ENTRIES).with_tours(*_tours("08:00", end))
        assert ("within_tour" in world.rules()) is broken

    @pytest.mark.parametrize("code", ["leave", "sick", "rest_day", "training", "court", "bank_holiday"])
    def test_only_duty_can_be_planned_on(self, code):
        world = small_world().with_tours(b.tour(officer_id="P2", code=code))
        assert ("P2" in {ref for v in world.violations() if v.rule == "within_tour" for ref in v.refs}) is True

    def test_a_tour_whose_end_is_not_after_its_start_runs_to_the_next_day(self):
        world = small_world().with_tours(*_tours("08:00", "08:00"))
        assert "within_tour" not in world.rules()

    def test_a_fixed_event_may_lie_outside_a_tour(self):
        world = rich_world().with_tours(b.tour(officer_id="P2", date=TUESDAY, code="court"))
        assert "within_tour" not in world.rules()


class TestBreakTaken:
    @pytest.mark.parametrize(("end", "broken"), [("12:45", False), ("12:44", True)])
    def test_after_the_work(self, end, broken):
        """A tour of under six hours has 30 minutes from 10:00 on; the last work ends at 12:15."""
        world = small_world().with_tours(*_tours("08:00", end))
        assert ("break_taken" in world.rules()) is broken

    @pytest.mark.parametrize(("start", "end", "broken"), [("10:45", "11:45", False), ("10:44", "11:44", True)])
    def test_between_two_stops(self, start, end, broken):
        """Work fills 08:40-12:15 but for the gap from 10:00, of which 15 minutes are travel and 30 the break."""
        world = small_world().without(*ENTRIES).but("HV-RSO-000002", start=at(start), end=at(end))
        world = world.with_tours(*_tours("08:00", "12:15"))
        assert ("break_taken" in world.rules()) is broken

    @pytest.mark.parametrize(("start", "broken"), [("08:40", False), ("08:39", True)])
    def test_a_tour_too_short_for_a_break_needs_none(self, start, broken):
        """150 minutes are 120 + 30: no break could begin. In 151 minutes the entry leaves one minute of thirty."""
        world = small_world().without("HV-RSO-000002", "ENTRY-RSO-000002-NEXT")
        world = world.but("ENTRY-RSO-000001-NEXT", start=at("10:40"), end=at("11:10")).with_tours(
            *_tours(start, "11:10")
        )
        assert (("P1",) in {v.refs for v in world.violations() if v.rule == "break_taken"}) is broken

    @pytest.mark.parametrize(("end", "broken"), [("15:00", False), ("14:59", True)])
    def test_an_event_over_the_whole_span_has_its_own_break(self, end, broken):
        """The break of 08:00-16:00 lies from 10:00 to 15:00."""
        event = b.event(officers=("P2",), start=time(10), end=time.fromisoformat(end))
        world = small_world().with_register(events=(event,))
        world = world.but("ENTRY-RSO-000002-NEXT", start=at("15:30", TUESDAY), end=at("16:00", TUESDAY))
        assert ("break_taken" in world.rules()) is broken

    def test_a_tour_without_planned_work_is_not_looked_at(self):
        event = b.event(officers=("P2",), start=time(10), end=time(14, 59))
        assert "break_taken" not in small_world().with_register(events=(event,)).rules()


class TestRestBetweenTours:
    @pytest.mark.parametrize(("minutes", "broken"), [(0, False), (-1, True)])
    def test_eleven_hours_after_the_tour_before(self, minutes, broken):
        """P3's late tour ends at 24:00; the write-up of the next day starts at 11:00."""
        assert ("rest_between_tours" in rich_world().shifted("ARMSW-RSO-000003-NEXT", minutes).rules()) is broken

    @pytest.mark.parametrize(("end", "broken"), [("21:40", False), ("21:41", True)])
    def test_leaving_the_base_is_work(self, end, broken):
        """The outing leaves on Monday at 08:40: eleven hours before that it is Sunday, 21:40."""
        world = small_world().without("INTEL-RSO-000001-NEXT", "INTEL-RSO-000002-NEXT")
        world = world.with_tours(*_tours("14:00", end, date(2026, 11, 29)))
        assert ("rest_between_tours" in world.rules()) is broken

    @pytest.mark.parametrize(("clock", "broken"), [("08:00", False), ("07:59", True)])
    def test_the_night_summer_time_ends_is_an_hour_longer(self, clock, broken):
        """From Saturday 22:00 to Sunday 08:00 the clock shows ten hours, and eleven pass."""
        saturday, sunday = date(2026, 10, 24), date(2026, 10, 25)
        horizon = week_of(sunday)
        tours = (
            b.tour(date=saturday, start=time(14), end=time(22)),
            b.tour(date=sunday, start=time(7), end=time(15)),
        )
        row = Assignment(
            task_id="SUP-RSO-000001",
            kind=TaskKind.SUPERVISORY_REVIEW,
            offender_ref="RSO-000001",
            start=at(clock, sunday),
            end=at(clock, sunday) + 30,
            crew=("P1",),
        )
        world = World(b.register(tours=tours), b.policy(), DueList(horizon, ("all",)), Roster(horizon, (row,)))
        assert ("rest_between_tours" in world.rules()) is broken

    def test_the_first_tour_needs_no_rest(self):
        assert "rest_between_tours" not in small_world().rules()


class TestOnePlaceAtATime:
    @pytest.mark.parametrize(("minutes", "broken"), [(0, False), (-1, True)])
    def test_desk_work_after_the_outing_is_back(self, minutes, broken):
        assert ("one_place_at_a_time" in small_world().shifted("ENTRY-RSO-000001-NEXT", minutes).rules()) is broken

    def test_the_second_officer_is_bound_too(self):
        world = small_world().shifted("ENTRY-RSO-000002-NEXT", -1)
        assert "one_place_at_a_time" in world.rules()

    @pytest.mark.parametrize(("clock", "broken"), [("12:00", False), ("11:59", True)])
    def test_work_after_a_fixed_event(self, clock, broken):
        """P2 is at court on Tuesday until 12:00."""
        row = rich_world().row("ENTRY-RSO-000002-NEXT")
        world = rich_world().but(row.task_id, start=at(clock, TUESDAY), end=at(clock, TUESDAY) + 30)
        assert ("one_place_at_a_time" in world.rules()) is broken
        assert ("fixed_events_kept" in world.rules()) is broken

    def test_an_officer_stands_in_a_crew_once(self):
        assert "one_place_at_a_time" in small_world().but("HV-RSO-000001", crew=("P1", "P1")).rules()


class TestTravelTimeAllowed:
    @pytest.mark.parametrize(("minutes", "broken"), [(0, False), (-1, True)])
    def test_between_two_stops(self, minutes, broken):
        """From Witham at 10:00 it is 15 minutes to Braintree."""
        assert ("travel_time_allowed" in small_world().shifted("HV-RSO-000002", minutes).rules()) is broken

    @pytest.mark.parametrize(("start", "broken"), [("08:40", False), ("08:41", True)])
    def test_from_the_base(self, start, broken):
        world = small_world().with_tours(*_tours(start, "16:00"))
        assert ("travel_time_allowed" in world.rules()) is broken

    @pytest.mark.parametrize(("minutes", "broken"), [(0, False), (-1, True)])
    def test_back_to_the_base(self, minutes, broken):
        assert ("travel_time_allowed" in small_world().shifted("ENTRY-RSO-000001-NEXT", minutes).rules()) is broken

    def test_visits_without_an_outing_are_one_in_order_of_time(self):
        """As typed by hand: the same times without outing and position are one outing of two stops."""
        world = small_world()
        for task_id in VISITS:
            world = world.but(task_id, outing="", position=0, travel_minutes=0)
        assert world.violations() == ()
        assert "travel_time_allowed" in world.shifted("HV-RSO-000002", -1).rules()


class TestVisitsPerDay:
    @pytest.mark.parametrize(("most", "broken"), [(2, False), (1, True)])
    def test_two_visits(self, most, broken):
        assert ("visits_per_day" in small_world().with_policy("visits", visits_per_day=most).rules()) is broken

    def test_a_visit_in_anothers_time_is_not_counted(self):
        """P3 makes one call on Tuesday that does two tasks."""
        found = rich_world().with_policy("visits", visits_per_day=1).violations()
        assert ("P3",) not in {v.refs for v in found if v.rule == "visits_per_day"}


class TestFixedEventsKept:
    @pytest.mark.parametrize("change", [{"start": 1}, {"end": -1}])
    def test_a_minute_off(self, change):
        row = rich_world().row("EVENT-E-1")
        times = {name: getattr(row, name) + minutes for name, minutes in change.items()}
        assert "fixed_events_kept" in rich_world().but("EVENT-E-1", **times).rules()

    def test_missing(self):
        assert "fixed_events_kept" in rich_world().without("EVENT-E-1").rules()

    def test_twice(self):
        world = rich_world()
        assert "fixed_events_kept" in world.with_rows(world.row("EVENT-E-1")).rules()

    @pytest.mark.parametrize("crew", [("P1",), ("P1", "P2", "P3"), ()])
    def test_other_officers(self, crew):
        assert "fixed_events_kept" in rich_world().but("EVENT-E-2", crew=crew).rules()

    def test_entered_as_desk_work(self):
        assert "fixed_events_kept" in rich_world().but("EVENT-E-1", kind=TaskKind.RECORD_ENTRY).rules()

    def test_officers_who_are_not_in_the_register_are_not_expected(self):
        """A guest from another force comes to the joint visit."""
        events = tuple(e.replace(officers=(*e.officers, "GUEST")) for e in rich_world().register.events)
        assert "fixed_events_kept" not in rich_world().with_register(events=events).rules()

    def test_an_event_of_guests_only_needs_no_row(self):
        guests = b.event(event_id="E-9", date=WEDNESDAY, officers=("GUEST",))
        world = rich_world().with_register(events=(*rich_world().register.events, guests))
        assert "fixed_events_kept" not in world.rules()

    def test_an_event_the_due_list_forgot_is_missed_all_the_same(self):
        world = rich_world()
        world = replace(world.without("EVENT-E-1"), due=replace(world.due, events=()))
        assert "fixed_events_kept" in world.rules()

    def test_other_work_during_it(self):
        due = rich_world().due
        row = assigned(due, "HV-RSO-000008", "09:00", "10:00", ("P2",), TUESDAY)
        assert "fixed_events_kept" in rich_world().with_rows(row).rules()

    def test_no_events_nothing_to_keep(self):
        assert "fixed_events_kept" not in small_world().rules()
