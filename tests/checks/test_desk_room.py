"""A left-out visit and the desk work that goes with it: a week in which both just fit, and the nearest in which not.

Where the visit and its desk work fit, but not as close to each other as the planner would have them, both of
*crews_full* and *no_time_for_desk_work* are accepted.
"""

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest
from rich_register import TUESDAY, WEDNESDAY
from rich_roster import left_out, rich_world

from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.vocabulary import TaskKind

FULL, NO_DESK, NO_CREW = {"crews_full"}, {"no_time_for_desk_work"}, {"no_crew_when_seen"}
SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)


def _tour(officer, day, hours):
    start, end = map(time.fromisoformat, hours.split("-"))
    return b.tour(officer_id=officer, date=day, start=start, end=end)


def _accepted(task_id, *tours, world=None):
    """Reasons accepted for leaving a task out when these are the only tours; *not_placed* always is, and apart."""
    world = world or rich_world()
    world = world.without(task_id).with_register(tours=tuple(_tour(*tour) for tour in tours), events=())
    rows = world.roster.unassigned
    accepted = set()
    for reason in REASONS:
        roster = replace(world.roster, unassigned=(*rows, left_out(world.due, task_id, reason)))
        found = replace(world, roster=roster, bands=None).violations()
        if not any(v.rule == "reasons_hold" and v.refs[0] == task_id for v in found):
            accepted.add(reason)
    assert "not_placed" in accepted
    return accepted - {"not_placed"}


def _entry_of(minutes):
    """The world in which a record entry takes some other minutes."""
    return rich_world().with_policy(
        "durations", minutes={**b.policy().durations.minutes, TaskKind.RECORD_ENTRY: minutes}
    )


class TestHomeVisit:
    """RSO-000007 can be seen on Sunday 10:00-12:00, 20 minutes away: out 09:40, seen 10:00-11:00, back 11:20.

    The check takes 20 minutes, the entry 30, and Monday is another week. Tours of up to 150 minutes have no break.
    """

    @pytest.mark.parametrize(
        ("hours", "reasons"),
        [
            ("09:20-11:50", FULL),  # check 09:20, out 09:40, entry 11:20-11:50
            ("09:30-12:00", FULL),  # ten minutes later all of it
            ("09:25-11:50", NO_DESK),  # five minutes short
            ("09:20-11:45", NO_DESK),
            ("09:40-11:20", NO_DESK),  # the visit alone
            ("09:40-11:15", NO_CREW),
        ],
    )
    def test_crew_alone_in_the_week(self, hours, reasons):
        assert _accepted("HV-RSO-000007", ("P1", SUNDAY, hours), ("P2", SUNDAY, hours)) == reasons

    @pytest.mark.parametrize(
        ("day", "hours", "reasons"),
        [
            (SATURDAY, "09:00-09:20", FULL | NO_DESK),
            (SATURDAY, "09:00-09:15", NO_DESK),
            (SUNDAY, "09:20-09:40", FULL | NO_DESK),
            (SUNDAY, "09:30-09:50", FULL | NO_DESK),  # out 09:50, back 11:30, entry till 12:00
            (SUNDAY, "09:35-09:55", NO_DESK),
        ],
    )
    def test_check_by_another_officer(self, day, hours, reasons):
        crew = (("P1", SUNDAY, "09:40-12:00"), ("P2", SUNDAY, "09:40-12:00"))
        assert _accepted("HV-RSO-000007", *crew, ("S1", day, hours)) == reasons

    @pytest.mark.parametrize(("valid", "reasons"), [(2, FULL | NO_DESK), (1, NO_DESK)])
    def test_check_of_friday_is_two_days_old(self, valid, reasons):
        world = rich_world().with_policy("assessments", intelligence_check_valid_days=valid)
        crew = (("P1", SUNDAY, "09:40-11:50"), ("P2", SUNDAY, "09:40-11:50"))
        check = ("S1", date(2026, 12, 4), "09:00-09:20")
        assert _accepted("HV-RSO-000007", *crew, check, world=world) == reasons

    @pytest.mark.parametrize(("officer", "reasons"), [("S1", FULL | NO_DESK), ("P6", NO_DESK)])
    def test_check_by_another_team(self, officer, reasons):
        crew = (("P1", SUNDAY, "09:40-11:50"), ("P2", SUNDAY, "09:40-11:50"))
        assert _accepted("HV-RSO-000007", *crew, (officer, SATURDAY, "09:00-09:20")) == reasons

    def test_entry_by_another_officer(self):
        """S1 has all of Sunday after the visit, but was not there."""
        crew = (("P1", SUNDAY, "09:20-11:45"), ("P2", SUNDAY, "09:20-11:45"))
        assert _accepted("HV-RSO-000007", *crew, ("S1", SUNDAY, "11:00-16:00")) == NO_DESK

    @pytest.mark.parametrize(
        ("day", "hours", "reasons"),
        [
            (TUESDAY, "08:00-08:30", FULL),
            (TUESDAY, "08:00-08:25", NO_DESK),
            (WEDNESDAY, "08:00-08:30", NO_DESK),  # one working day after Monday is Tuesday
        ],
    )
    def test_entry_on_a_later_day(self, day, hours, reasons):
        """RSO-000001 is 20 minutes away: on Monday check 08:00, out 08:20, seen 08:40-09:40, back 10:00."""
        crew = (("P1", b.MONDAY, "08:00-10:00"), ("P2", b.MONDAY, "08:00-10:00"))
        assert _accepted("HV-RSO-000001", *crew, ("P1", day, hours)) == reasons

    @pytest.mark.parametrize(
        ("end", "reasons"), [("12:20", FULL), ("12:15", FULL | NO_DESK), ("12:00", FULL | NO_DESK), ("11:55", NO_DESK)]
    )
    def test_break_besides_the_desk_work(self, end, reasons):
        """With an entry of 110 minutes: check 08:00, out 08:20, back 10:00, entry and a break of 30 till 12:20.

        The generous reading does not ask where a break lies: of the tour to 12:00 round, entry and break take all.
        """
        crew = (("P1", b.MONDAY, f"08:00-{end}"), ("P2", b.MONDAY, f"08:00-{end}"))
        assert _accepted("HV-RSO-000001", *crew, world=_entry_of(110)) == reasons


class TestInterview:
    """RSO-000003 is 25 minutes away, seen for 120: a round of 170. Check 20, entry 30, write-up 240 minutes."""

    @pytest.mark.parametrize(
        ("end", "reasons"),
        [
            (
                "15:30",
                FULL | NO_DESK,
            ),  # P1: 08:00 out, 10:50 back, break of 40, written up by 15:30; P3 makes the entry
            ("15:25", NO_DESK),
        ],
    )
    def test_write_up_on_the_day_of_the_interview(self, end, reasons):
        crew = (("P1", b.MONDAY, f"08:00-{end}"), ("P3", b.MONDAY, f"08:00-{end}"))
        assert _accepted("ARMSI-RSO-000003", *crew, ("S1", b.MONDAY, "07:00-07:30")) == reasons

    @pytest.mark.parametrize(
        ("officer", "hours", "reasons"),
        [
            ("P1", "08:00-12:30", FULL),  # 240 minutes and a break of 30
            ("P1", "08:00-12:25", NO_DESK),
            ("P2", "08:00-16:00", NO_DESK),  # without the skill
            ("P3", "08:00-16:00", NO_DESK),  # with it, but not at the interview: not on duty on Monday
        ],
    )
    def test_write_up_on_a_later_day(self, officer, hours, reasons):
        """On Monday check 08:00, out 08:20, back 11:10, entry till 11:40, break of 30: all over at 12:10."""
        crew = (("P1", b.MONDAY, "08:00-12:10"), ("P2", b.MONDAY, "08:00-12:10"))
        assert _accepted("ARMSI-RSO-000003", *crew, (officer, TUESDAY, hours)) == reasons

    @pytest.mark.parametrize(("hours", "reasons"), [("08:00-13:00", FULL), ("08:00-12:55", NO_DESK)])
    def test_write_up_and_entry_in_one_later_tour(self, hours, reasons):
        """On Monday back at 11:10 and a break till 11:40; on Tuesday write-up 240, entry 30 and a break of 30."""
        crew = (("P1", b.MONDAY, "08:00-11:40"), ("P2", b.MONDAY, "08:00-11:40"))
        assert _accepted("ARMSI-RSO-000003", *crew, ("P1", TUESDAY, hours)) == reasons


@pytest.mark.parametrize(("end", "also"), [("12:20", NO_CREW), ("12:45", set())])
def test_where_only_a_break_stands_in_the_way_neither_reading_is_wrong(end, also):
    """Seen from 10:50 the crew is back at 12:10, and the entry takes 5 minutes here.

    The tour needs a break of 30 from 11:40 on. One to 12:20 has no place for it, nor for the visit alone; one to
    12:45 has it between 12:10 and 12:40 and the entry after it: all fits.
    """
    world = _entry_of(5).changed("offenders", "RSO-000007", visiting_hours="Sun 10:50-12:00")
    crew = (("P1", SUNDAY, f"09:40-{end}"), ("P2", SUNDAY, f"09:40-{end}"))
    expected = FULL | also | (NO_DESK if also else set())
    assert _accepted("HV-RSO-000007", *crew, world=world) == expected
