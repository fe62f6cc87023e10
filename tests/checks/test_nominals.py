"""Rules of when a nominal may be seen and a task be done: just allowed and just forbidden, a minute or a day apart."""

from dataclasses import replace
from datetime import date, time, timedelta

import builders as b
import pytest
from rich_register import TUESDAY, WEDNESDAY
from rich_roster import at, rich_world, small_world

from offender_mgmt.vocabulary import TaskKind

SUNDAY_BEFORE = date(2026, 11, 29)


class TestOffenderAvailable:
    @pytest.mark.parametrize("status", ["custody", "hospital", "abroad", "missing"])
    def test_away_without_end(self, status):
        world = small_world().changed("offenders", "RSO-000001", community_status=status)
        assert world.rules() == {"offender_available"}

    @pytest.mark.parametrize(("until", "broken"), [(SUNDAY_BEFORE, False), (b.MONDAY, True)])
    def test_away_until_the_day_before(self, until, broken):
        world = small_world().changed("offenders", "RSO-000001", community_status="custody", status_until=until)
        assert ("offender_available" in world.rules()) is broken

    def test_desk_work_goes_on(self):
        """The status check of RSO-000004, in custody, is made."""
        assert "offender_available" not in rich_world().rules()


class TestVisitingHours:
    """The visit of RSO-000002 is on Monday 10:15-11:15."""

    @pytest.mark.parametrize(
        ("hours", "broken"),
        [
            ("Mon 10:15-11:15", False),
            ("Mon 10:16-11:15", True),
            ("Mon 10:15-11:14", True),
            ("Tue 08:00-20:00", True),
            ("Mon 09:00-10:30, 10:30-12:00", False),
            ("Mon 09:00-10:30, 10:31-12:00", True),
            ("Mon 08:00-09:00, 10:00-12:00", False),
            ("", False),
        ],
    )
    def test_of_the_nominal(self, hours, broken):
        world = small_world().changed("offenders", "RSO-000002", visiting_hours=hours)
        assert ("visiting_hours" in world.rules()) is broken

    @pytest.mark.parametrize(
        ("changes", "broken"),
        [
            ({"hours_from": time(9)}, False),
            ({"hours_from": time(9, 1)}, True),
            ({"hours_to": time(10)}, False),
            ({"hours_to": time(9, 59)}, True),
        ],
    )
    def test_of_policy_where_the_nominals_are_blank(self, changes, broken):
        """RSO-000001 has no hours and is visited 09:00-10:00."""
        assert ("visiting_hours" in small_world().with_policy("visits", **changes).rules()) is broken


class TestNotBeforeRelease:
    @pytest.mark.parametrize(("release", "broken"), [(b.MONDAY, False), (TUESDAY, True)])
    @pytest.mark.parametrize("task_id", ["HV-RSO-000001", "ENTRY-RSO-000001-NEXT"])
    def test_the_day(self, task_id, release, broken):
        world = small_world().with_task(task_id, release_date=release)
        assert ("not_before_release" in world.rules()) is broken

    def test_a_joint_visit_stays_where_it_is(self):
        world = rich_world().with_task("HV-RSO-000009", release_date=date(2026, 12, 5))
        assert "not_before_release" not in world.rules()


class TestNotWhileDeferred:
    """RSO-000001 is visited on Monday; the clock runs since 20 May."""

    @pytest.mark.parametrize(("until", "broken"), [(SUNDAY_BEFORE, False), (b.MONDAY, True), (None, True)])
    def test_until(self, until, broken):
        deferral = b.deferral(offender_ref="RSO-000001", until=until)
        assert ("not_while_deferred" in small_world().with_register(deferrals=(deferral,)).rules()) is broken

    @pytest.mark.parametrize(
        ("decided", "broken"),
        [(date(2026, 5, 19), False), (date(2026, 5, 20), True), (SUNDAY_BEFORE, True), (b.MONDAY, False)],
    )
    def test_decided_since_the_clock_started_and_before_the_week(self, decided, broken):
        deferral = b.deferral(offender_ref="RSO-000001", decided_on=decided)
        assert ("not_while_deferred" in small_world().with_register(deferrals=(deferral,)).rules()) is broken

    def test_the_last_decision_counts(self):
        first = b.deferral(offender_ref="RSO-000001")
        second = b.deferral(offender_ref="RSO-000001", decided_on=date(2026, 11, 25), until=date(2026, 11, 26))
        assert "not_while_deferred" not in small_world().with_register(deferrals=(first, second)).rules()

    def test_of_this_kind_and_nominal_only(self):
        others = (b.deferral(offender_ref="RSO-000002", task_kind="arms_interview"), b.deferral(offender_ref="RSO-9"))
        assert "not_while_deferred" not in small_world().with_register(deferrals=others).rules()

    def test_an_entry_that_goes_with_a_visit_is_not_put_off_by_itself(self):
        deferral = b.deferral(offender_ref="RSO-000001", task_kind=TaskKind.RECORD_ENTRY)
        assert small_world().with_register(deferrals=(deferral,)).violations() == ()


class TestNotAfterAsked:
    """RSO-000001 is visited on Monday; the interview of RSO-000003 on Tuesday is the home visit too."""

    @pytest.mark.parametrize(("by", "broken"), [(SUNDAY_BEFORE, True), (b.MONDAY, False), (None, False)])
    def test_the_day(self, by, broken):
        world = small_world().with_task("HV-RSO-000001", not_after=by)
        assert ("not_after_asked" in world.rules()) is broken

    def test_a_visit_that_the_interview_does_too(self):
        day = rich_world().row("ARMSI-RSO-000003").day
        for by, broken in ((day, False), (day - timedelta(days=1), True)):
            assert ("not_after_asked" in rich_world().with_task("HV-RSO-000003", not_after=by).rules()) is broken

    def test_a_joint_visit_stays_where_it_is(self):
        world = rich_world().with_task("HV-RSO-000009", not_after=b.MONDAY)
        assert "not_after_asked" not in world.rules()


class TestOneVisitPerNominal:
    def test_one_call_may_do_two_tasks(self):
        """The interview of RSO-000003 is the home visit too."""
        assert "one_visit_per_nominal" not in rich_world().rules()

    def test_two_calls(self):
        row = rich_world().row("HV-RSO-000003")
        start = at("13:00", WEDNESDAY)
        second = replace(row, done_with="", start=start, end=start + 60, outing="Wed-1")
        found = rich_world().instead(row, second).violations()
        refs = {v.refs for v in found if v.rule == "one_visit_per_nominal"}
        assert refs == {("RSO-000003", "ARMSI-RSO-000003", "HV-RSO-000003")}

    def test_a_joint_visit_is_no_call_of_ours(self):
        assert "one_visit_per_nominal" not in rich_world().without("ARMSI-RSO-000003").rules()
