"""The exchange test: a left-out visit of an earlier band that just fits, or just does not, in a later one's place.

RSO-000002 (due this week) is visited on Monday 10:15-11:15, 30 minutes from the base: the crew P1 and P2 leaves at
09:45 and is back at 11:45. RSO-000001 (overdue, an earlier band, 60 minutes too, 20 away) is left out.
"""

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest
from rich_register import TUESDAY, travel_rows
from rich_roster import assigned, at, left_out, small_world

from offender_mgmt.register.records import TravelRow
from offender_mgmt.vocabulary import AssessmentKind, TaskKind

EARLY, LATE = "HV-RSO-000001", "HV-RSO-000002"
COMPANIONS = ("INTEL-RSO-000001-NEXT", "ENTRY-RSO-000001-NEXT")


def _world():
    world = small_world().without(EARLY, *COMPANIONS).but(LATE, position=1, travel_minutes=30)
    rows = [left_out(world.due, EARLY, "crews_full")]
    rows += [left_out(world.due, task_id, "goes_with_visit") for task_id in COMPANIONS]
    return replace(world, roster=replace(world.roster, unassigned=tuple(rows)))


def _found(world):
    return "priority_order" in world.rules()


def _early(**changes):
    """The world with the left-out nominal changed."""
    return _world().changed("offenders", "RSO-000001", **changes)


def test_the_place_could_be_taken():
    found = _world().violations()
    assert [(v.rule, v.refs) for v in found] == [("priority_order", (EARLY, LATE, "Mon-1"))]


def test_nothing_left_out_nothing_to_exchange():
    assert not _found(small_world())


@pytest.mark.parametrize(("band", "found"), [(1, True), (2, False), (3, False)])
def test_only_for_a_visit_of_an_earlier_band(band, found):
    assert _found(_world().with_task(EARLY, band=band)) is found


@pytest.mark.parametrize(("minutes", "found"), [(30, True), (31, False)])
def test_the_crew_comes_back_no_later(minutes, found):
    """Of the outing's 120 minutes the visit takes 60: 30 there and 30 back."""
    rows = [r for r in travel_rows() if {r.from_place, r.to_place} != {"Chelmsford", "Witham"}]
    there = TravelRow(from_place="Chelmsford", to_place="Witham", minutes=30)
    back = TravelRow(from_place="Witham", to_place="Chelmsford", minutes=minutes)
    assert _found(_world().with_register(travel=(*rows, there, back))) is found


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        ("Mon 10:25-11:25", True),  # back at 11:45
        ("Mon 10:26-11:26", False),
        ("Mon 10:05-11:05", True),  # left at 09:45
        ("Mon 10:04-11:04", False),
        ("Mon 10:10-11:09", False),
        ("Tue 10:00-12:00", False),
    ],
)
def test_inside_the_visiting_hours(hours, found):
    assert _found(_early(visiting_hours=hours)) is found


@pytest.mark.parametrize(
    "changes",
    [
        {"crew_size": 3},
        {"excluded_officers": ("P2",)},
        {"required_skills": ("ARMS",)},
        {"community_status": "custody"},
        {"team": "south"},
    ],
)
def test_only_by_a_crew_that_may(changes):
    assert not _found(_early(**changes))


@pytest.mark.parametrize(("release", "found"), [(b.MONDAY, True), (TUESDAY, False)])
def test_only_when_released(release, found):
    assert _found(_world().with_task(EARLY, release_date=release)) is found


@pytest.mark.parametrize(("until", "found"), [(date(2026, 11, 29), True), (b.MONDAY, False), (None, False)])
def test_only_when_not_put_off(until, found):
    deferral = b.deferral(offender_ref="RSO-000001", until=until)
    assert _found(_world().with_register(deferrals=(deferral,))) is found


def test_an_interview_takes_the_place_of_an_interview_only():
    """The same minutes for both here, so that only the kind tells."""
    minutes = {**b.policy().durations.minutes, TaskKind.ARMS_INTERVIEW: 60}
    world = _world().with_policy("durations", minutes=minutes).with_task(EARLY, kind=TaskKind.ARMS_INTERVIEW)
    assert not _found(world)
    assert _found(world.with_task(LATE, kind=TaskKind.ARMS_INTERVIEW))


class TestIntelligenceCheck:
    def test_none_where_the_other_visit_has_none(self):
        """RSO-000002 was checked on the 25th and needs none; RSO-000001 does."""
        made = b.assessment(kind=AssessmentKind.INTELLIGENCE_CHECK, offender_ref="RSO-000002", date=date(2026, 11, 25))
        world = _world().without("INTEL-RSO-000002-NEXT").with_register(assessments=(made,))
        assert not _found(world)

    def test_none_needed(self):
        """No check is due with the visit of RSO-000001: that the other has none does no harm."""
        world = _world().with_task("INTEL-RSO-000001-NEXT", goes_with=()).without("INTEL-RSO-000002-NEXT")
        assert _found(world)

    def test_of_an_officer_with_a_conflict(self):
        """P3 makes the check of RSO-000002 and may not work on RSO-000001."""
        world = _early(excluded_officers=("P3",))
        assert _found(world)
        assert not _found(world.but("INTEL-RSO-000002-NEXT", crew=("P3",)))

    @pytest.mark.parametrize(("release", "found"), [(b.MONDAY, True), (TUESDAY, False)])
    def test_before_its_own_release(self, release, found):
        assert _found(_world().with_task("INTEL-RSO-000001-NEXT", release_date=release)) is found


def test_not_a_second_visit_to_the_same_nominal():
    row = assigned(_world().due, EARLY, "13:00", "14:00", ("P1", "P2"))
    again = replace(row, task_id="HVR-RSO-000001", kind=TaskKind.REPEAT_VISIT)
    assert not _found(_world().with_rows(again))


def test_a_place_keeps_the_band_of_all_that_is_done_there():
    """In the time of the visit of RSO-000002 a task of the first band is done too."""
    guest = replace(_world().row(LATE), task_id="SUP-X", done_with=LATE)
    world = _world()
    task = replace(world.due.task(LATE), task_id="SUP-X", band=0)
    world = replace(world, due=replace(world.due, tasks=(*world.due.tasks, task)))
    assert _found(world)
    assert not _found(world.with_rows(guest))


class TestBetweenNeighbours:
    """A third visit, to RSO-000003 in Maldon, stands before the place: 08:00 leave, 08:25-09:25, 40 to Braintree."""

    def _world(self, ready):
        """The neighbour's visit ends at a given time; Witham is 40 minutes on, Braintree too."""
        world = _world().but(LATE, position=2, travel_minutes=40)
        nominal = b.offender(offender_ref="RSO-000003", locality="Maldon")
        task = replace(world.due.task(LATE), task_id="HV-RSO-000003", offender_ref="RSO-000003", goes_with=())
        row = replace(
            world.row(LATE),
            task_id="HV-RSO-000003",
            offender_ref="RSO-000003",
            start=at(ready) - 60,
            end=at(ready),
            position=1,
            travel_minutes=25,
        )
        world = world.with_register(offenders=(*world.register.offenders, nominal))
        return replace(world.with_rows(row), due=replace(world.due, tasks=(*world.due.tasks, task)))

    @pytest.mark.parametrize(("ready", "found"), [("09:45", True), ("09:46", False)])
    def test_after_the_neighbour(self, ready, found):
        """From the neighbour 40 minutes to Witham, 60 there, 20 back by 11:45: the neighbour ends by 09:45."""
        assert _found(self._world(ready)) is found

    @pytest.mark.parametrize(("ready", "found"), [("09:10", True), ("09:11", False)])
    def test_the_break_stays(self, ready, found):
        """On a tour of 06:00-12:15 the break of 35 minutes lies from 08:00 on, and only the gap has room for it.

        From the neighbour to being back at 11:45 there are 155 minutes: 40 + 60 + 20 leave 35 for the break.
        """
        hours = {"start": time(6), "end": time(12, 15)}
        world = self._world(ready).with_tours(b.tour(officer_id="P1", **hours), b.tour(officer_id="P2", **hours))
        assert _found(world) is found
