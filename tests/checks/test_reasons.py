"""Each reason is proved again: the world in which it is true, and the nearest in which it is not."""

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest
from rich_register import TUESDAY
from rich_roster import left_out, rich_world

from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.vocabulary import Role, TaskKind

SUNDAY = date(2026, 12, 6)


def _false(world, task_id):
    """Whether the reason of one task is found to be false."""
    return any(v.rule == "reasons_hold" and v.refs[0] == task_id for v in world.violations())


def _left_out(world, task_id, reason):
    """The world with an assigned task left out instead."""
    world = world.without(task_id)
    rows = (*world.roster.unassigned, left_out(world.due, task_id, reason))
    return replace(world, roster=replace(world.roster, unassigned=rows), bands=None)


def _sunday(start, end):
    """P1 and P2 on duty on Sunday, when RSO-000007 can be seen (10:00-12:00, 20 minutes away, for 60 minutes)."""
    hours = {"date": SUNDAY, "start": time.fromisoformat(start), "end": time.fromisoformat(end)}
    return rich_world().with_tours(b.tour(officer_id="P1", **hours), b.tour(officer_id="P2", **hours))


@pytest.mark.parametrize("task_id", [u.task_id for u in rich_world().roster.unassigned])
@pytest.mark.parametrize("reason", sorted(REASONS))
def test_of_all_reasons_only_the_true_one_holds(task_id, reason):
    """Besides it the reason that claims nothing, but for what must be said."""
    true = next(u.reason for u in rich_world().roster.unassigned if u.task_id == task_id)
    holds = {true} if true in ("deferred", "not_released", "goes_with_visit") else {true, "not_placed"}
    assert _false(rich_world().with_reason(task_id, reason), task_id) is (reason not in holds)


def test_a_reason_that_does_not_exist():
    assert rich_world().with_reason("HV-RSO-000008", "no_time").rules() == {"reasons_hold"}


@pytest.mark.parametrize(("until", "false"), [(SUNDAY, False), (date(2026, 12, 5), True), (None, False)])
def test_deferred_covers_the_whole_week(until, false):
    deferral = b.deferral(offender_ref="RSO-000005", until=until)
    assert _false(rich_world().with_register(deferrals=(deferral,)), "HV-RSO-000005") is false


@pytest.mark.parametrize(("release", "false"), [(date(2026, 12, 7), False), (SUNDAY, True)])
def test_not_released_before_the_week_ends(release, false):
    world = rich_world().with_task("HV-RSO-000008", release_date=release)
    assert _false(world.with_reason("HV-RSO-000008", "not_released"), "HV-RSO-000008") is false


def test_goes_with_visit_is_false_of_a_visit_that_is_made():
    assert _false(_left_out(rich_world(), "INTEL-RSO-000001-NEXT", "goes_with_visit"), "INTEL-RSO-000001-NEXT")


def test_goes_with_visit_is_false_of_a_visit_made_in_anothers_time():
    """The home visit of RSO-000003 is made by the interview, and the entry goes with either."""
    world = rich_world().with_task("ENTRY-RSO-000003-NEXT", goes_with=("HV-RSO-000003",))
    assert _false(_left_out(world, "ENTRY-RSO-000003-NEXT", "goes_with_visit"), "ENTRY-RSO-000003-NEXT")


class TestNoQualifiedCrew:
    """RSO-000006 needs three officers with the skill RIVER, which nobody has."""

    @pytest.mark.parametrize(
        ("needed", "base", "false"),
        [
            ("RIVER", "Chelmsford", False),
            ("ARMS", "Colchester", False),  # P1 and P3 at Chelmsford, P5 at Colchester
            ("ARMS", "Chelmsford", True),
        ],
    )
    def test_one_officer_more(self, needed, base, false):
        world = rich_world().changed("offenders", "RSO-000006", required_skills=(needed,))
        assert _false(world.changed("officers", "P5", base=base), "HV-RSO-000006") is false

    @pytest.mark.parametrize(
        ("changes", "false"),
        [
            ({}, True),
            ({"excluded_officers": ("P3",)}, False),
            ({"constable_required": True}, True),
        ],
    )
    def test_conflict_and_constable(self, changes, false):
        """Three with ARMS at one base: P1, P3 and P5."""
        world = rich_world().changed("offenders", "RSO-000006", required_skills=("ARMS",), **changes)
        assert _false(world.changed("officers", "P5", base="Chelmsford"), "HV-RSO-000006") is false

    @pytest.mark.parametrize(
        "changes",
        [
            {"not_paired_with": ("P1",)},
            {"team": "south"},
            {"skills": ("ARMS",)},
            {"role": Role.SERGEANT},
        ],
    )
    def test_what_disqualifies_the_third(self, changes):
        world = rich_world().changed("offenders", "RSO-000006", required_skills=("ARMS",))
        world = world.with_policy("crews", roles={TaskKind.HOME_VISIT: (Role.DETECTIVE, Role.CONSTABLE)})
        assert _false(world.changed("officers", "P5", base="Chelmsford"), "HV-RSO-000006")
        assert not _false(world.changed("officers", "P5", base="Chelmsford", **changes), "HV-RSO-000006")

    def test_without_a_driver(self):
        world = rich_world().changed("offenders", "RSO-000006", required_skills=("ARMS",))
        for officer in ("P1", "P3", "P5"):
            world = world.changed("officers", officer, base="Chelmsford", driver=False)
        assert not _false(world, "HV-RSO-000006")
        assert _false(world.with_policy("crews", driver_needed=False), "HV-RSO-000006")


class TestNoCrewWhenSeen:
    @pytest.mark.parametrize(("start", "end", "false"), [("09:40", "11:20", True), ("09:40", "11:19", False)])
    def test_a_minute_too_short(self, start, end, false):
        """20 minutes there, 60 at the door from 10:00 on, 20 back."""
        assert _false(_sunday(start, end), "HV-RSO-000007") is false

    @pytest.mark.parametrize(("start", "false"), [(time(11, 20), True), (time(11, 19), False)])
    def test_an_event_in_the_way(self, start, false):
        world = _sunday("09:40", "12:00")
        event = b.event(event_id="E-3", date=SUNDAY, start=start, end=time(12), officers=("P2",))
        world = world.with_register(events=(*world.register.events, event))
        assert _false(world, "HV-RSO-000007") is false

    def test_a_nominal_who_is_away(self):
        world = _sunday("09:00", "17:00").changed("offenders", "RSO-000007", community_status="custody")
        assert not _false(world, "HV-RSO-000007")

    def test_not_placed_is_false_of_a_task_that_may_not_be_done(self):
        world = rich_world().with_task("HV-RSO-000008", release_date=date(2026, 12, 7))
        assert _false(world.with_reason("HV-RSO-000008", "not_placed"), "HV-RSO-000008")

    def test_a_task_released_too_late_for_the_day(self):
        world = rich_world().changed("offenders", "RSO-000007", visiting_hours="Mon 10:00-12:00")
        assert _false(world, "HV-RSO-000007")
        assert not _false(world.with_task("HV-RSO-000007", release_date=TUESDAY), "HV-RSO-000007")

    @pytest.mark.parametrize(("end", "one_holds"), [("12:40", True), ("12:39", False)])
    def test_with_a_place_for_the_break_only_one_holds(self, end, one_holds):
        """Back at 12:10, the break of 30 minutes ends at 12:40 with the tour."""
        world = _sunday("09:40", end).changed("offenders", "RSO-000007", visiting_hours="Sun 10:50-12:00")
        assert _false(world, "HV-RSO-000007") is one_holds

    def test_where_only_the_rest_stands_in_the_way_either_holds(self):
        """Saturday's tour ends at 23:00: rest until Sunday 10:00, and Sunday's tour ends at 11:50 with the entry."""
        world = _sunday("09:40", "11:50").changed("offenders", "RSO-000007", visiting_hours="Sun 10:00-11:00")
        late = {"date": date(2026, 12, 5), "start": time(15), "end": time(23)}
        world = world.with_tours(b.tour(officer_id="P1", **late))
        assert not _false(world, "HV-RSO-000007")
        assert not _false(world.with_reason("HV-RSO-000007", "crews_full"), "HV-RSO-000007")

    def test_a_tour_that_lies_wholly_in_the_rest_is_one_of_those(self):
        """Saturday's tour ends at 24:00: rest until Sunday 11:00, and a tour of Sunday ends at 11:00 too."""
        world = _sunday("08:00", "11:00").changed("offenders", "RSO-000007", visiting_hours="Sun 08:20-10:40")
        late = {"date": date(2026, 12, 5), "start": time(16), "end": time(0)}
        world = world.with_tours(b.tour(officer_id="P1", **late))
        assert not _false(world, "HV-RSO-000007")
        assert not _false(world.with_reason("HV-RSO-000007", "crews_full"), "HV-RSO-000007")


class TestDeskWork:
    """The notification check of RSO-000010, 30 minutes, left out; only the sergeant S1 may do it here."""

    def _world(self, reason, **sergeant):
        roles = {**b.policy().crews.roles, TaskKind.NOTIFICATION_CHECK: (Role.SERGEANT,)}
        world = rich_world().with_policy("crews", roles=roles).changed("officers", "S1", **sergeant)
        return _left_out(world, "NOTIF-RSO-000010", reason)

    @pytest.mark.parametrize(("role", "false"), [(Role.SERGEANT, True), (Role.DETECTIVE, False)])
    def test_no_qualified_officer(self, role, false):
        assert _false(self._world("no_qualified_officer", role=role), "NOTIF-RSO-000010") is false

    @pytest.mark.parametrize(("end", "false"), [("08:30", True), ("08:29", False)])
    def test_no_time_on_duty(self, end, false):
        world = self._world("no_time_on_duty")
        kept = tuple(t for t in world.register.tours if t.officer_id != "S1")
        tour = b.tour(officer_id="S1", date=TUESDAY, end=time.fromisoformat(end))
        assert _false(world.with_register(tours=(*kept, tour)), "NOTIF-RSO-000010") is false

    @pytest.mark.parametrize("reason", ["no_time_on_duty", "crews_full"])
    def test_where_only_the_break_stands_in_the_way_either_holds(self, reason):
        """Of a tour of 151 minutes an event takes 92: 59 are left, and 29 less the break of 30."""
        world = self._world(reason)
        kept = tuple(t for t in world.register.tours if t.officer_id != "S1")
        tour = b.tour(officer_id="S1", date=TUESDAY, start=time(8), end=time(10, 31))
        event = b.event(event_id="E-3", date=TUESDAY, start=time(8), end=time(9, 32), officers=("S1",))
        world = world.with_register(tours=(*kept, tour), events=(*world.register.events, event))
        assert not _false(world, "NOTIF-RSO-000010")

    @pytest.mark.parametrize(("reason", "false"), [("crews_full", False), ("goes_with_visit", True)])
    def test_crews_full(self, reason, false):
        assert _false(self._world(reason), "NOTIF-RSO-000010") is false


@pytest.mark.parametrize("task_id", ["HV-RSO-000003", "HV-RSO-000009"])
def test_a_task_that_the_roster_does_anyway_is_not_left_out(task_id):
    """One is done by the interview, one by the joint visit."""
    assert _false(_left_out(rich_world(), task_id, "crews_full"), task_id)
    assert _false(_left_out(rich_world(), task_id, "not_placed"), task_id)


def test_a_task_nobody_knows_raises_nothing():
    world = rich_world()
    row = replace(world.roster.unassigned[0], task_id="HV-RSO-999999")
    roster = replace(world.roster, unassigned=(*world.roster.unassigned, row))
    assert "reasons_hold" not in replace(world, roster=roster).rules()
