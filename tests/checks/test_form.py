"""What makes a roster a roster: names, week, each task once, figures."""

from dataclasses import replace
from datetime import date

import builders as b
import pytest
from rich_roster import at, rich_world, small_world

from offender_mgmt.calendars import Horizon
from offender_mgmt.checks.check import FORM, HARD
from offender_mgmt.roster.roster import Assignment, BandFigures, Roster
from offender_mgmt.vocabulary import RiskLevel, TaskKind


class TestKnownReferences:
    @pytest.mark.parametrize(
        "changes",
        [
            {"task_id": "HV-RSO-999999"},
            {"offender_ref": "RSO-999999"},
            {"crew": ("P1", "P99")},
            {"done_with": "ARMSI-RSO-999999"},
        ],
    )
    def test_of_an_assigned_task(self, changes):
        assert "known_references" in small_world().but("HV-RSO-000001", **changes).rules()

    def test_of_a_fixed_event(self):
        assert "known_references" in rich_world().but("EVENT-E-1", task_id="EVENT-E-9").rules()

    def test_of_a_task_left_out(self):
        rows = tuple(replace(u, task_id="HV-RSO-999999") for u in rich_world().roster.unassigned[:1])
        assert "known_references" in replace(rich_world(), roster=Roster(rich_world().due.horizon, (), rows)).rules()

    def test_an_unknown_task_still_takes_its_officers_time(self):
        world = small_world().but("ENTRY-RSO-000001-NEXT", task_id="ENTRY-RSO-999999", start=at("11:44"))
        assert {"known_references", "one_place_at_a_time"} <= world.rules()


class TestWithinWeek:
    @pytest.mark.parametrize(("day", "broken"), [(date(2026, 12, 6), False), (date(2026, 12, 7), True)])
    def test_the_day_a_row_starts(self, day, broken):
        world = small_world().but("ENTRY-RSO-000001-NEXT", start=at("12:00", day), end=at("12:30", day))
        assert ("within_week" in world.rules()) is broken

    @pytest.mark.parametrize("minutes", [10**15, -(10**15), 400 * 24 * 60])
    def test_a_row_at_the_end_of_time_is_reported_and_does_no_harm(self, minutes):
        world = small_world().shifted("ENTRY-RSO-000001-NEXT", minutes)
        assert "within_week" in world.rules()

    def test_another_week(self):
        other = Horizon(date(2026, 12, 7), date(2026, 12, 13))
        world = replace(small_world(), roster=replace(small_world().roster, horizon=other))
        assert world.rules() == {"within_week"}


class TestEachTaskOnce:
    def test_parts_of_desk_work_are_one_task(self):
        assert "each_task_once" not in rich_world().rules()

    @pytest.mark.parametrize("task_id", ["HV-RSO-000001", "ENTRY-RSO-000001-NEXT"])
    def test_twice(self, task_id):
        world = small_world()
        assert "each_task_once" in world.with_rows(world.row(task_id)).rules()

    def test_the_same_part_twice(self):
        world = rich_world()
        assert "each_task_once" in world.with_rows(world.row("ARMSW-RSO-000003-NEXT")).rules()

    def test_left_out_twice(self):
        roster = rich_world().roster
        twice = replace(roster, unassigned=roster.unassigned + roster.unassigned[:1])
        assert "each_task_once" in replace(rich_world(), roster=twice).rules()

    def test_assigned_and_left_out(self):
        roster = rich_world().roster
        also = replace(roster.unassigned[0], task_id="HV-RSO-000001")
        both = replace(roster, unassigned=(*roster.unassigned, also))
        assert "each_task_once" in replace(rich_world(), roster=both).rules()


class TestEveryTaskAccountedFor:
    @pytest.mark.parametrize("task_id", ["SUP-RSO-000002", "HV-RSO-000008", "INTEL-RSO-000006-NEXT"])
    def test_a_task_that_vanished(self, task_id):
        assert "every_task_accounted_for" not in rich_world().rules()
        found = rich_world().without(task_id).violations()
        assert {v.refs for v in found if v.rule == "every_task_accounted_for"} == {(task_id,)}


class TestOneCrewPerOuting:
    @pytest.mark.parametrize(
        "changes",
        [
            {"crew": ("P1", "P3")},
            {"position": 1},
            {"position": 3},
            {"position": 0},
        ],
    )
    def test_crew_and_positions(self, changes):
        assert "one_crew_per_outing" in rich_world().but("HV-RSO-000002", **changes).rules()

    def test_the_lead_may_change_at_the_door(self):
        assert "one_crew_per_outing" not in small_world().but("HV-RSO-000002", crew=("P2", "P1")).rules()

    def test_order_of_time(self):
        world = small_world().but("HV-RSO-000001", position=2).but("HV-RSO-000002", position=1)
        assert "one_crew_per_outing" in world.rules()

    @pytest.mark.parametrize("changes", [{"outing": "Mon-1"}, {"position": 1}])
    def test_desk_work_is_no_stop(self, changes):
        assert "one_crew_per_outing" in small_world().but("ENTRY-RSO-000001-NEXT", **changes).rules()

    @pytest.mark.parametrize("changes", [{"crew": ("P3", "P2")}, {"outing": "Tue-2"}, {"position": 2}])
    def test_a_task_in_anothers_time_is_in_its_place(self, changes):
        assert "one_crew_per_outing" in rich_world().but("HV-RSO-000003", **changes).rules()

    @pytest.mark.parametrize("changes", [{"crew": ("P1",)}, {"outing": "Wed-1"}])
    def test_a_visit_done_by_a_fixed_event_has_its_officers(self, changes):
        assert "one_crew_per_outing" in rich_world().but("HV-RSO-000009", **changes).rules()


class TestFiguresAgree:
    @pytest.mark.parametrize(
        "changes",
        [
            {"risk_level": RiskLevel.LOW},
            {"band": "due this week"},
            {"due_date": date(2026, 11, 21)},
            {"days_overdue": 9},
            {"travel_minutes": 19},
            {"offender_ref": "RSO-000002"},
            {"kind": TaskKind.REPEAT_VISIT},
        ],
    )
    def test_a_figure_off_by_one(self, changes):
        """The visit of RSO-000001: medium, other overdue work, due 20 November, 10 days overdue, 20 minutes."""
        assert "figures_agree" in small_world().but("HV-RSO-000001", **changes).rules()

    def test_what_is_not_stated_is_not_compared(self):
        blank = {"risk_level": None, "band": "", "due_date": None, "days_overdue": None, "position": 0}
        world = small_world().but("HV-RSO-000001", travel_minutes=0, **blank)
        world = world.but("HV-RSO-000002", travel_minutes=0, **blank)
        assert "figures_agree" not in world.rules()

    def test_days_overdue_of_the_task_are_not_believed(self):
        world = small_world().with_task("HV-RSO-000001", days_overdue=9).but("HV-RSO-000001", days_overdue=9)
        assert "figures_agree" in world.rules()

    def test_of_a_task_left_out(self):
        rows = tuple(replace(u, days_overdue=u.days_overdue + 1) for u in rich_world().roster.unassigned)
        world = replace(rich_world(), roster=replace(rich_world().roster, unassigned=rows))
        assert "figures_agree" in world.rules()

    def test_an_event_has_its_own_nominal(self):
        assert "figures_agree" in rich_world().but("EVENT-E-2", offender_ref="RSO-000001").rules()


class TestBandsAgree:
    """Bands: 0 has none; 1 the review (304) and the visit of RSO-000001 (34); 2 five of points; 3 one left out."""

    def test_the_figures_by_hand(self):
        figures = [(f.due, f.scheduled, f.value_due, f.value) for f in rich_world().bands]
        # Band 2: ARMS interview 28, home visit 28, four visits of 14, status check 14, notification 7 = 133;
        # the one put off is not due; left out are RSO-000006 and -7.
        assert figures == [(0, 0, 0, 0), (2, 2, 338, 338), (8, 6, 133, 105), (1, 0, 7, 0)]

    @pytest.mark.parametrize("name", ["due", "scheduled", "value_due", "value"])
    def test_a_figure_off_by_one(self, name):
        bands = list(rich_world().bands)
        bands[2] = replace(bands[2], **{name: getattr(bands[2], name) + 1})
        assert replace(rich_world(), bands=tuple(bands)).rules() == {"bands_agree"}

    @pytest.mark.parametrize(("bound", "broken"), [(338, False), (None, False), (400, False), (337, True)])
    def test_no_value_is_above_its_bound(self, bound, broken):
        bands = list(rich_world().bands)
        bands[1] = replace(bands[1], bound=bound)
        assert ("bands_agree" in replace(rich_world(), bands=tuple(bands)).rules()) is broken

    def test_other_bands(self):
        bands = (BandFigures(name="mine", due=0, scheduled=0, value_due=0, value=0, bound=None),)
        assert "bands_agree" in replace(rich_world(), bands=bands).rules()

    def test_nothing_stated_nothing_compared(self):
        assert replace(rich_world(), bands=None).violations() == ()


def test_an_empty_roster_breaks_no_rule_but_that_all_is_missing():
    """Nothing to do: every hard rule is silent, but for the fixed events that are not there."""
    empty = replace(rich_world(), roster=Roster(rich_world().due.horizon), bands=None)
    assert empty.rules() == {"every_task_accounted_for", "fixed_events_kept"}


def test_a_roster_of_nonsense_raises_nothing():
    """Empty crews, unknown names, tasks done with themselves, no register: all is reported, nothing raised."""
    odd = Assignment(task_id="?", kind=TaskKind.HOME_VISIT, offender_ref="", start=at("10:00"), end=0, crew=())
    rows = (
        odd,
        replace(odd, end=at("09:00"), done_with="?", position=-1),
        replace(odd, start=at("10:00"), end=at("10:00"), outing="x", crew=("", "P1", "P1")),
        replace(odd, kind=TaskKind.FIXED_EVENT, end=at("11:00")),
        replace(odd, kind=TaskKind.RECORD_ENTRY, task_id="ENTRY-RSO-000001-NEXT", end=at("11:00"), part="0/0"),
        replace(odd, kind=TaskKind.ARMS_INTERVIEW, end=at("11:00"), crew=("P2",)),
    )
    world = rich_world()
    nonsense = replace(world, roster=replace(world.roster, assignments=rows + world.roster.assignments))
    assert "known_references" in nonsense.rules()
    assert "known_references" in replace(nonsense, register=b.register(offenders=(), officers=(), bases=())).rules()


def test_the_check_changes_nothing_and_is_sorted():
    world = rich_world().shifted("HV-RSO-000002", -1).without("EVENT-E-1")
    before = repr(world)
    found = world.violations()
    assert repr(world) == before
    assert list(found) == sorted(set(found))


def test_order_of_rows_does_not_matter():
    world = rich_world().shifted("HV-RSO-000002", -1)
    turned = replace(world, roster=replace(world.roster, assignments=world.roster.assignments[::-1]))
    assert turned.violations() == world.violations()


def test_a_violation_reads_as_one_line():
    found = rich_world().shifted("HV-RSO-000002", -1).violations()
    assert str(found[0]) == (
        "travel_time_allowed (Mon-1, HV-RSO-000001, HV-RSO-000002): "
        "1 minute(s) too few to travel from HV-RSO-000001 to HV-RSO-000002."
    )


def test_every_rule_has_a_sentence_of_its_own():
    assert all(rule.__doc__ for rule in (*HARD, *FORM))
