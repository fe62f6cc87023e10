"""Rules of who goes and who works on what: one officer, skill or role too few."""

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest
from rich_roster import rich_world, small_world

from offender_mgmt.vocabulary import RiskLevel, Role, TaskKind

SUNDAY = date(2026, 12, 6)


class TestCrewSize:
    @pytest.mark.parametrize(("size", "broken"), [(None, False), (1, False), (2, False), (3, True)])
    def test_as_the_risk_management_plan_asks(self, size, broken):
        world = small_world().changed("offenders", "RSO-000001", crew_size=size)
        assert ("crew_size" in world.rules()) is broken

    @pytest.mark.parametrize(("size", "broken"), [(2, False), (3, True)])
    def test_as_a_marker_asks(self, size, broken):
        world = small_world().changed("offenders", "RSO-000001", markers=("dog", "unknown to policy"))
        assert ("crew_size" in world.with_policy("crews", size_by_marker={"dog": size}).rules()) is broken

    @pytest.mark.parametrize(
        ("crew", "broken"), [(("P1", "P2"), False), (("P1",), True), (("P1", "P1"), True), ((), True)]
    )
    def test_officers_are_counted_once(self, crew, broken):
        assert ("crew_size" in small_world().but("HV-RSO-000001", crew=crew).rules()) is broken

    def test_somebody_unknown_is_not_counted(self):
        assert "crew_size" in small_world().but("HV-RSO-000001", crew=("P1", "NOBODY")).rules()

    @pytest.mark.parametrize(("signed", "broken"), [("S1", False), (None, True)])
    def test_a_lowered_risk_level_counts_only_when_signed_off(self, signed, broken):
        """High needs three here, medium two; the level fell from high to medium."""
        fall = b.change(offender_ref="RSO-000001", value_from="high", value_to="medium", signed_off_by=signed)
        sizes = {**b.policy().crews.size, RiskLevel.HIGH: 3}
        world = small_world().with_policy("crews", size=sizes).with_register(changes=(fall,))
        assert ("crew_size" in world.rules()) is broken

    @pytest.mark.parametrize(("day", "broken"), [(date(2026, 11, 29), True), (b.MONDAY, False)])
    def test_a_raised_risk_level_counts_at_once_but_not_before_its_day(self, day, broken):
        rise = b.change(offender_ref="RSO-000001", date=day, value_from="medium", value_to="high", signed_off_by=None)
        sizes = {**b.policy().crews.size, RiskLevel.HIGH: 3}
        world = small_world().with_policy("crews", size=sizes).with_register(changes=(rise,))
        assert ("crew_size" in world.rules()) is broken

    def test_a_change_that_cannot_be_read_leaves_the_level_of_the_file(self):
        odd = b.change(offender_ref="RSO-000001", value_from="green", value_to="red")
        assert "crew_size" not in small_world().with_register(changes=(odd,)).rules()

    def test_a_wrong_need_on_the_task_is_not_believed(self):
        world = small_world().with_task("HV-RSO-000001", crew_size=1).but("HV-RSO-000001", crew=("P1",))
        assert "crew_size" in world.rules()

    def test_desk_work_is_one_officers(self):
        assert "crew_size" in small_world().but("ENTRY-RSO-000001-NEXT", crew=("P1", "P2")).rules()


class TestCrewSkills:
    @pytest.mark.parametrize(("skills", "broken"), [(("MOSOVO",), False), (("ARMS",), True), ((), True)])
    def test_a_skill_needed_of_each(self, skills, broken):
        assert ("crew_skills" in small_world().changed("officers", "P2", skills=skills).rules()) is broken

    @pytest.mark.parametrize(("needed", "broken"), [((), False), (("MOSOVO",), False), (("ARMS",), True)])
    def test_a_skill_of_the_risk_management_plan(self, needed, broken):
        """P2 has no ARMS."""
        world = small_world().changed("offenders", "RSO-000001", required_skills=needed)
        assert ("crew_skills" in world.rules()) is broken

    @pytest.mark.parametrize(("without_arms", "broken"), [(("P1",), False), (("P3",), False), (("P1", "P3"), True)])
    def test_a_skill_needed_of_one(self, without_arms, broken):
        world = rich_world()
        for officer in without_arms:
            world = world.changed("officers", officer, skills=("MOSOVO",))
        refs = {ref for v in world.violations() if v.rule == "crew_skills" for ref in v.refs}
        assert ("ARMSI-RSO-000003" in refs) is broken

    def test_a_wrong_need_on_the_task_is_not_believed(self):
        world = small_world().with_task("HV-RSO-000001", skills_each=()).changed("officers", "P2", skills=())
        assert "crew_skills" in world.rules()


class TestCrewRole:
    @pytest.mark.parametrize(
        ("roles", "broken"), [((Role.DETECTIVE, Role.CONSTABLE), False), ((Role.DETECTIVE,), True)]
    )
    def test_a_role_that_may_not_visit(self, roles, broken):
        """P2 is a constable."""
        world = small_world().with_policy("crews", roles={TaskKind.HOME_VISIT: roles})
        assert ("crew_role" in world.rules()) is broken

    def test_a_detective_does_not_review(self):
        assert "crew_role" not in rich_world().rules()
        assert "crew_role" in rich_world().but("SUP-RSO-000002", crew=("P7",)).rules()


class TestConstablePresent:
    @pytest.mark.parametrize(("staff", "broken"), [(("P1",), False), (("P2",), False), (("P1", "P2"), True)])
    def test_one_of_the_crew(self, staff, broken):
        world = small_world()
        for officer in staff:
            world = world.changed("officers", officer, role=Role.POLICE_STAFF)
        refs = {v.refs for v in world.violations() if v.rule == "constable_present"}
        assert refs == ({("HV-RSO-000001",)} if broken else set())

    def test_only_where_required(self):
        world = small_world().changed("offenders", "RSO-000001", constable_required=False)
        for officer in ("P1", "P2"):
            world = world.changed("officers", officer, role=Role.POLICE_STAFF)
        assert "constable_present" not in world.rules()


class TestDriverPresent:
    @pytest.mark.parametrize(("passengers", "broken"), [((), False), (("P1",), False), (("P1", "P2"), True)])
    def test_one_of_the_crew_drives(self, passengers, broken):
        world = small_world()
        for officer in passengers:
            world = world.changed("officers", officer, driver=False)
        assert ("driver_present" in world.rules()) is broken
        assert "driver_present" not in world.with_policy("crews", driver_needed=False).rules()


class TestNoDeclaredConflict:
    @pytest.mark.parametrize(("excluded", "broken"), [((), False), (("P3",), False), (("P2",), True)])
    def test_at_the_door(self, excluded, broken):
        world = small_world().changed("offenders", "RSO-000001", excluded_officers=excluded)
        assert ("no_declared_conflict" in world.rules()) is broken

    def test_at_the_desk(self):
        world = rich_world().changed("offenders", "RSO-000004", excluded_officers=("P7",))
        assert {v.refs for v in world.violations()} == {("STATUS-RSO-000004", "P7")}


class TestOfficersMayPair:
    @pytest.mark.parametrize(
        ("officer", "other", "broken"), [("P1", "P3", False), ("P1", "P2", True), ("P2", "P1", True)]
    )
    def test_whoever_says_so(self, officer, other, broken):
        world = small_world().changed("officers", officer, not_paired_with=(other,))
        assert ("officers_may_pair" in world.rules()) is broken


class TestCrewSharesBase:
    @pytest.mark.parametrize(("base", "broken"), [("Chelmsford", False), ("Colchester", True)])
    def test_one_base(self, base, broken):
        assert ("crew_shares_base" in small_world().changed("officers", "P2", base=base).rules()) is broken

    def test_an_unknown_base_raises_nothing(self):
        world = small_world().changed("officers", "P1", base="Nowhere")
        assert "crew_shares_base" in world.changed("officers", "P2", base="Elsewhere").rules()


class TestLentOfficers:
    """P2 of team south, based at Colchester, goes out with P1 on Monday 08:00-16:00."""

    def world(self, **changes):
        world = small_world().changed("officers", "P2", team="south", base="Colchester")
        return world.with_tours(b.tour(officer_id="P2", **changes))

    @pytest.mark.parametrize(
        ("changes", "broken"), [({}, True), ({"lent_to": "west"}, True), ({"lent_to": "north"}, False)]
    )
    def test_one_of_the_team_and_of_its_station_while_lent_to_it(self, changes, broken):
        rules = self.world(**changes).rules()
        assert ("own_team" in rules) is broken
        assert ("crew_shares_base" in rules) is broken  # nobody is of team west: the own base then

    @pytest.mark.parametrize(("end", "broken"), [(time(11), True), (time(12), False)])
    def test_desk_work_after_the_lent_tour_is_not_the_teams(self, end, broken):
        """ENTRY-RSO-000002-NEXT is P2's, 11:45 to 12:15; within_tour says the rest."""
        refs = {v.refs for v in self.world(lent_to="north", end=end).violations() if v.rule == "own_team"}
        assert (("ENTRY-RSO-000002-NEXT", "P2") in refs) is broken

    def test_who_is_lent_away_is_not_of_the_own_team(self):
        world = small_world().with_tours(b.tour(officer_id="P2", lent_to="south"))
        assert "own_team" in world.rules()

    def test_a_lent_officer_makes_a_crew_on_that_day_alone(self):
        """RSO-000006 asks for three with RIVER: P1, P2 and P6 of team south, lent to north on Monday or not at all."""
        world = rich_world()
        for officer in ("P1", "P2", "P6"):
            world = world.changed("officers", officer, skills=("MOSOVO", "RIVER"))
        lent = world.with_tours(b.tour(officer_id="P6", lent_to="north"))
        elsewhere = world.with_tours(b.tour(officer_id="P6"), b.tour(officer_id="P6", date=SUNDAY, lent_to="north"))
        assert not self.is_false(world)
        assert self.is_false(lent)
        # On Sunday there would be a crew, but nobody else of it is on duty.
        assert self.is_false(elsewhere)
        assert not self.is_false(elsewhere.with_reason("HV-RSO-000006", "no_crew_when_seen"))

    def is_false(self, world):
        """Whether the reason why RSO-000006 is not visited is found to be false."""
        return any(v.rule == "reasons_hold" and v.refs[0] == "HV-RSO-000006" for v in world.violations())


class TestOwnTeam:
    @pytest.mark.parametrize(("team", "broken"), [("north", False), ("south", True)])
    def test_an_officer_of_another_team(self, team, broken):
        assert ("own_team" in small_world().changed("officers", "P2", team=team).rules()) is broken

    def test_desk_work_too(self):
        world = rich_world().but("STATUS-RSO-000004", crew=("P6",))
        assert world.rules() == {"own_team"}


def test_needs_are_of_the_task_that_is_due_not_of_the_row():
    """A row that calls a visit desk work does not escape."""
    world = small_world()
    row = replace(world.row("HV-RSO-000001"), kind=TaskKind.STATUS_CHECK, crew=("P1",))
    assert {"crew_size", "figures_agree"} <= world.instead(world.row("HV-RSO-000001"), row).rules()
