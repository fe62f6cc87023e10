"""Rules of work that goes with a visit, and of minutes: just allowed and just forbidden."""

from dataclasses import replace
from datetime import date

import builders as b
import pytest
from rich_register import THURSDAY, TUESDAY, WEDNESDAY
from rich_roster import assigned, at, rich_world, small_world

from offender_mgmt.vocabulary import AssessmentKind

WRITE_UP, ENTRY, INTEL = "ARMSW-RSO-000003-NEXT", "ENTRY-RSO-000001-NEXT", "INTEL-RSO-000001-NEXT"


def _written(crew, start, day=TUESDAY):
    """The rich world with the write-up in one piece."""
    world = rich_world()
    row = assigned(world.due, WRITE_UP, start, start, crew, day)
    return world.without(WRITE_UP).with_rows(replace(row, end=row.start + 240))


class TestWriteUpFollowsInterview:
    @pytest.mark.parametrize(("start", "broken"), [("12:25", False), ("12:24", True)])
    def test_after_the_outing_is_back(self, start, broken):
        """The interview ends at 12:00 and Maldon is 25 minutes away."""
        assert ("write_up_follows_interview" in _written(("P3",), start).rules()) is broken

    @pytest.mark.parametrize(("crew", "broken"), [(("P1",), False), (("P3",), False), (("P2",), True), (("P5",), True)])
    def test_by_one_of_its_officers(self, crew, broken):
        assert ("write_up_follows_interview" in _written(crew, "09:00", THURSDAY).rules()) is broken

    @pytest.mark.parametrize(("skills", "broken"), [(("MOSOVO", "ARMS"), False), (("MOSOVO",), True)])
    def test_who_holds_the_skill(self, skills, broken):
        world = rich_world().changed("officers", "P3", skills=skills)
        assert ("write_up_follows_interview" in world.rules()) is broken

    def test_missing(self):
        assert "write_up_follows_interview" in rich_world().without(WRITE_UP).rules()

    def test_without_an_interview(self):
        world = rich_world().without("ARMSI-RSO-000003", "HV-RSO-000003")
        assert "write_up_follows_interview" in world.rules()

    def test_no_interview_no_write_up(self):
        assert "write_up_follows_interview" not in small_world().rules()


class TestIntelligenceCheckBeforeVisit:
    @pytest.mark.parametrize(("minutes", "broken"), [(20, False), (21, True)])
    def test_over_when_the_crew_leaves(self, minutes, broken):
        """The check is 08:00-08:20 and the crew leaves at 08:40."""
        assert ("intelligence_check_before_visit" in small_world().shifted(INTEL, minutes).rules()) is broken

    @pytest.mark.parametrize(("valid_days", "broken"), [(1, False), (0, True)])
    def test_not_older_than_policy_allows(self, valid_days, broken):
        """Checked on Monday, visited on Tuesday."""
        check = "INTEL-RSO-000003-NEXT"
        world = rich_world().but(check, start=at("08:00"), end=at("08:20"))
        world = world.with_policy("assessments", intelligence_check_valid_days=valid_days)
        assert ("intelligence_check_before_visit" in world.rules()) is broken

    @pytest.mark.parametrize(("checked", "broken"), [(date(2026, 11, 23), False), (date(2026, 11, 22), True)])
    def test_one_of_the_register_will_do(self, checked, broken):
        """Seven days before Monday 30 November it is the 23rd. None is due with the visit then."""
        made = b.assessment(kind=AssessmentKind.INTELLIGENCE_CHECK, offender_ref="RSO-000001", date=checked)
        world = small_world().without(INTEL).with_register(assessments=(made,))
        tasks = tuple(task for task in world.due.tasks if task.task_id != INTEL)
        world = replace(world, due=replace(world.due, tasks=tasks))
        assert ("intelligence_check_before_visit" in world.rules()) is broken

    def test_one_that_is_due_with_the_visit_is_made_all_the_same(self):
        made = b.assessment(kind=AssessmentKind.INTELLIGENCE_CHECK, offender_ref="RSO-000001", date=date(2026, 11, 25))
        world = small_world().without(INTEL).with_register(assessments=(made,))
        assert "intelligence_check_before_visit" in world.rules()

    def test_one_of_the_week_itself_is_not_known_yet(self):
        made = b.assessment(kind=AssessmentKind.INTELLIGENCE_CHECK, offender_ref="RSO-000001", date=b.MONDAY)
        world = small_world().with_task(INTEL, goes_with=()).without(INTEL).with_register(assessments=(made,))
        assert "intelligence_check_before_visit" in world.rules()

    def test_without_a_visit(self):
        row = assigned(rich_world().due, "INTEL-RSO-000008-NEXT", "10:00", "10:20", ("P8",))
        assert "intelligence_check_before_visit" in rich_world().without(row.task_id).with_rows(row).rules()


class TestRecordEntryAfterVisit:
    @pytest.mark.parametrize(("start", "broken"), [("10:00", False), ("09:59", True)])
    def test_after_the_visit(self, start, broken):
        """The visit ends at 10:00. (That the officer is on the outing still is another rule's.)"""
        world = small_world().but(ENTRY, start=at(start), end=at(start) + 30)
        assert ("record_entry_after_visit" in world.rules()) is broken

    @pytest.mark.parametrize(("day", "broken"), [(TUESDAY, False), (WEDNESDAY, True)])
    def test_within_a_working_day(self, day, broken):
        world = small_world().but(ENTRY, start=at("12:00", day), end=at("12:30", day))
        assert ("record_entry_after_visit" in world.rules()) is broken

    def test_a_bank_holiday_is_no_working_day(self):
        world = small_world().but(ENTRY, start=at("12:00", WEDNESDAY), end=at("12:30", WEDNESDAY))
        assert "record_entry_after_visit" not in world.with_policy("duty", extra_bank_holidays=(TUESDAY,)).rules()

    @pytest.mark.parametrize(("crew", "broken"), [(("P2",), False), (("P3",), True)])
    def test_by_an_officer_who_was_there(self, crew, broken):
        world = rich_world().but(ENTRY, crew=crew, start=at("13:00"), end=at("13:30"))
        assert ("record_entry_after_visit" in world.rules()) is broken

    def test_missing(self):
        assert "record_entry_after_visit" in small_world().without(ENTRY).rules()

    def test_without_a_visit(self):
        assert "record_entry_after_visit" in small_world().without("HV-RSO-000001", INTEL).rules()


class TestFullMinutes:
    @pytest.mark.parametrize("task_id", ["HV-RSO-000001", ENTRY, "INTEL-RSO-000002-NEXT"])
    @pytest.mark.parametrize(("more", "broken"), [(0, False), (-1, True), (1, True)])
    def test_exactly_the_minutes_of_policy(self, task_id, more, broken):
        row = small_world().row(task_id)
        assert ("full_minutes" in small_world().but(task_id, end=row.end + more).rules()) is broken

    def test_a_wrong_need_on_the_task_is_not_believed(self):
        world = small_world().with_task(ENTRY, minutes=29)
        row = world.row(ENTRY)
        assert "full_minutes" in world.but(ENTRY, end=row.end - 1).rules()

    @pytest.mark.parametrize(
        "changes",
        [
            {"part": "2/2"},
            {"part": ""},
            {"part": "1/3"},
            {"crew": ("P1",)},
            {"start": at("11:00", TUESDAY), "end": at("13:00", TUESDAY)},
            {"end": at("12:59", THURSDAY)},
        ],
    )
    def test_parts_are_one_officers_on_one_day_and_labelled(self, changes):
        """The write-up is Thursday 11:00-13:00 and 14:00-16:00 by P3; its first part is changed."""
        assert "full_minutes" not in rich_world().rules()
        assert "full_minutes" in rich_world().but(WRITE_UP, **changes).rules()

    def test_work_over_midnight_is_on_two_days(self):
        world = rich_world().but(
            "NOTIF-RSO-000010", crew=("P3",), start=at("23:45", WEDNESDAY), end=at("00:15", THURSDAY)
        )
        assert "full_minutes" in world.rules()

    def test_work_to_midnight_is_on_one(self):
        world = rich_world().but(
            "NOTIF-RSO-000010", crew=("P3",), start=at("23:30", WEDNESDAY), end=at("00:00", THURSDAY)
        )
        assert world.violations() == ()

    @pytest.mark.parametrize(
        "changes", [{"done_with": "HV-RSO-000002"}, {"done_with": "EVENT-E-1"}, {"start": at("10:01", TUESDAY)}]
    )
    def test_a_task_done_in_anothers_time_has_a_task_that_does_it(self, changes):
        """The home visit of RSO-000003 is done by the interview, at its time."""
        assert "full_minutes" in rich_world().but("HV-RSO-000003", **changes).rules()

    def test_a_joint_visit_takes_the_time_of_the_event(self):
        row = rich_world().row("HV-RSO-000009")
        assert "full_minutes" not in rich_world().rules()
        assert "full_minutes" in rich_world().but("HV-RSO-000009", end=row.end - 1).rules()

    def test_two_tasks_cannot_do_each_other(self):
        world = rich_world().but("ARMSI-RSO-000003", done_with="HV-RSO-000003")
        assert "full_minutes" in world.rules()

    def test_work_that_ends_before_it_starts(self):
        row = small_world().row("HV-RSO-000001")
        assert "full_minutes" in small_world().but("HV-RSO-000001", start=row.end, end=row.start).rules()

    def test_visits_have_no_parts(self):
        row = small_world().row("HV-RSO-000001")
        halves = (replace(row, end=row.start + 30, part="1/2"), replace(row, start=row.start + 30, part="2/2"))
        assert "full_minutes" in small_world().instead(row, *halves).rules()
