"""What a difference means to people, worked out by hand on the roster made by hand."""

from dataclasses import replace

import builders as b
import pytest
from rich_register import TUESDAY, WEDNESDAY
from rich_roster import assigned, left_out, rich_world

from offender_mgmt.roster.changes import ChangeKind, by_day, by_officer, changes_of
from offender_mgmt.roster.roster import Roster

WORLD = rich_world()
DAY = 24 * 60
KINDS = ChangeKind


def told(after, before=WORLD):
    """Kinds of change by task."""
    return {change.task_id: change.kinds for change in changes_of(before.roster, after.roster)}


def test_a_visit_dropped_and_left_out_is_dropped_once():
    """HV-RSO-000002 is Monday 10:15 with P1 and P2; now it is left out."""
    reason = left_out(WORLD.due, "HV-RSO-000002", "crews_full")
    after = WORLD.without("HV-RSO-000002")
    after = replace(after, roster=replace(after.roster, unassigned=(*after.roster.unassigned, reason)))
    assert told(after) == {"HV-RSO-000002": (KINDS.DROPPED,)}
    (change,) = changes_of(WORLD.roster, after.roster)
    assert (change.before.days, change.before.crew, change.after.reasons) == (
        (b.MONDAY,),
        ("P1", "P2"),
        ("crews_full",),
    )
    assert told(WORLD, after) == {"HV-RSO-000002": (KINDS.ADDED,)}


def test_a_left_out_visit_put_in_is_added():
    row = assigned(WORLD.due, "HV-RSO-000008", "13:00", "14:00", ("P1", "P2"), outing="Mon-2", position=1)
    assert told(WORLD.without("HV-RSO-000008").with_rows(row)) == {"HV-RSO-000008": (KINDS.ADDED,)}


def test_another_day_with_the_same_crew_and_clock_is_another_day_only():
    """Tuesday 10:00 in place of Monday: a moment of a day later is no change of time besides."""
    after = WORLD.shifted("SUP-RSO-000002", DAY)
    assert told(after) == {"SUP-RSO-000002": (KINDS.DAY,)}


def test_another_day_and_crew_is_told_as_both_under_the_day():
    row = WORLD.row("SUP-RSO-000002")
    after = WORLD.instead(row, replace(row, start=row.start + DAY, end=row.end + DAY, crew=("S2",)))
    (change,) = changes_of(WORLD.roster, after.roster)
    assert (change.main, change.kinds) == (KINDS.DAY, (KINDS.DAY, KINDS.CREW))
    assert (change.officers, change.days) == ({"S1", "S2"}, {b.MONDAY, TUESDAY})


@pytest.mark.parametrize("minutes", [-5, 5])
def test_another_time_of_the_same_day(minutes):
    assert told(WORLD.shifted("SUP-RSO-000002", minutes)) == {"SUP-RSO-000002": (KINDS.TIME,)}


def test_longer_work_is_another_time():
    row = WORLD.row("SUP-RSO-000002")
    assert told(WORLD.but("SUP-RSO-000002", end=row.end + 1)) == {"SUP-RSO-000002": (KINDS.TIME,)}


def test_one_officer_for_another_is_another_crew_and_no_other_outing():
    """Both stops of the outing go to P1 and P4: it is the same outing with another crew."""
    after = WORLD.but("HV-RSO-000001", crew=("P1", "P4")).but("HV-RSO-000002", crew=("P1", "P4"))
    assert told(after) == {"HV-RSO-000001": (KINDS.CREW,), "HV-RSO-000002": (KINDS.CREW,)}


def test_the_same_two_in_other_seats_are_no_other_crew():
    assert told(WORLD.but("HV-RSO-000001", crew=("P2", "P1"))) == {"HV-RSO-000001": (KINDS.LEAD,)}


def test_an_outing_that_is_only_called_otherwise_is_the_same_outing():
    after = WORLD.but("HV-RSO-000001", outing="Mon-7").but("HV-RSO-000002", outing="Mon-7")
    assert told(after) == {"HV-RSO-000001": (KINDS.DETAILS,), "HV-RSO-000002": (KINDS.DETAILS,)}
    assert {change.details for change in changes_of(WORLD.roster, after.roster)} == {("outing",)}


def test_a_stop_taken_out_of_its_outing_into_one_of_its_own_is_in_another_outing():
    """The first outing keeps HV-RSO-000001 (or, equally, goes with HV-RSO-000002): one of the two is elsewhere."""
    after = WORLD.but("HV-RSO-000002", outing="Mon-2", position=1)
    assert told(after) == {"HV-RSO-000002": (KINDS.OUTING,)}


def test_two_stops_that_change_places_are_in_another_order_besides_the_time():
    """09:00 and 10:15 are exchanged; the outing stays the same."""
    first, second = WORLD.row("HV-RSO-000001"), WORLD.row("HV-RSO-000002")
    after = WORLD.but("HV-RSO-000001", start=second.start, end=second.end, position=2)
    after = after.but("HV-RSO-000002", start=first.start, end=first.end, position=1)
    assert told(after) == {
        "HV-RSO-000001": (KINDS.TIME, KINDS.ORDER),
        "HV-RSO-000002": (KINDS.TIME, KINDS.ORDER),
    }


def test_a_stop_put_in_front_moves_nobody_in_the_order_of_those_that_stay():
    """Positions 2 and 3 in place of 1 and 2 are no change of order: nobody's turn among them is another."""
    new = assigned(WORLD.due, "HV-RSO-000008", "08:00", "08:50", ("P1", "P2"), outing="Mon-1", position=1)
    after = WORLD.without("HV-RSO-000008").with_rows(new)
    after = after.but("HV-RSO-000001", position=2).but("HV-RSO-000002", position=3)
    assert told(after) == {
        "HV-RSO-000008": (KINDS.ADDED,),
        "HV-RSO-000001": (KINDS.DETAILS,),
        "HV-RSO-000002": (KINDS.DETAILS,),
    }


def test_who_stays_to_the_minute_is_not_told_when_another_stop_goes_past():
    """HV-RSO-000001 goes from 09:00 to 12:00, behind HV-RSO-000002; the rows stand in another order besides."""
    after = WORLD.shifted("HV-RSO-000001", 180)
    turned = replace(after, roster=replace(after.roster, assignments=tuple(reversed(after.roster.assignments))))
    assert told(after) == told(turned) == {"HV-RSO-000001": (KINDS.TIME, KINDS.ORDER)}


def test_another_reason_is_told_and_another_explanation_is_a_detail():
    assert told(WORLD.with_reason("HV-RSO-000008", "not_placed")) == {"HV-RSO-000008": (KINDS.REASON,)}
    rows = tuple(replace(u, explanation="In other words.") for u in WORLD.roster.unassigned[:1])
    after = replace(WORLD, roster=replace(WORLD.roster, unassigned=(*rows, *WORLD.roster.unassigned[1:])))
    assert told(after) == {rows[0].task_id: (KINDS.DETAILS,)}


def test_a_left_out_task_that_is_no_longer_mentioned_is_told():
    assert told(WORLD.without("HV-RSO-000008")) == {"HV-RSO-000008": (KINDS.LISTED,)}
    assert told(WORLD, WORLD.without("HV-RSO-000008")) == {"HV-RSO-000008": (KINDS.LISTED,)}


def test_a_part_of_desk_work_moved_to_another_day():
    """The write-up of RSO-000003 is in two parts on Thursday; the second goes to Wednesday."""
    second = next(row for row in WORLD.roster.assignments if row.part == "2/2")
    after = WORLD.instead(second, replace(second, start=second.start - DAY, end=second.end - DAY))
    (change,) = changes_of(WORLD.roster, after.roster)
    assert change.kinds == (KINDS.DAY,)
    assert change.days == {WEDNESDAY, second.day}


def test_changes_stand_by_weight_then_time():
    after = WORLD.without("HV-RSO-000001").shifted("NOTIF-RSO-000010", DAY).shifted("SUP-RSO-000002", 5)
    after = after.shifted("STATUS-RSO-000004", 5)
    assert list(told(after)) == ["HV-RSO-000001", "NOTIF-RSO-000010", "STATUS-RSO-000004", "SUP-RSO-000002"]


def test_by_officer_and_by_day_everyone_concerned_has_the_change():
    """P1 and P2 lose Monday's visit to Tuesday with P2 and P3."""
    row = WORLD.row("HV-RSO-000001")
    after = WORLD.instead(row, replace(row, start=row.start + DAY, end=row.end + DAY, crew=("P2", "P3")))
    changes = changes_of(WORLD.roster, after.roster)
    assert {officer: [c.task_id for c in found] for officer, found in by_officer(changes).items()} == {
        "P1": ["HV-RSO-000001"],
        "P2": ["HV-RSO-000001"],
        "P3": ["HV-RSO-000001"],
    }
    assert list(by_day(changes)) == [b.MONDAY, TUESDAY]


def test_everything_dropped_and_everything_added():
    nothing = Roster(WORLD.roster.horizon)
    kinds = {change.kinds for change in changes_of(WORLD.roster, nothing)}
    assert kinds == {(KINDS.DROPPED,), (KINDS.LISTED,)}
    assert {c.kinds for c in changes_of(nothing, WORLD.roster)} == {(KINDS.ADDED,), (KINDS.LISTED,)}
