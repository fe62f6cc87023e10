"""A week as a run's record tells it: the register with what was told, and what had begun still on the due list."""

from __future__ import annotations

from datetime import date

import builders as b
import pytest

from offender_mgmt.calendars import week_of
from offender_mgmt.due import due_list
from offender_mgmt.errors import UsageError
from offender_mgmt.report.record import NOTHING_RECORDED, Recorded
from offender_mgmt.report.told_week import registers_before, told_notes, told_week

WEEK = week_of(b.MONDAY)
REGISTER = b.register()
TOLD = ("no-car P1", "add RSO-000001:2026-12-03", "outcome HVI-RSO-000001:no_reply:2026-11-30")


def record(*changes: str, frozen: tuple[str, ...] = ()) -> Recorded:
    marks = frozenset((task_id, "0" * 16) for task_id in frozen)
    return Recorded(week=WEEK.name, is_replanned=True, changes=changes, frozen=marks)


def test_without_a_record_it_is_the_register_as_read() -> None:
    week = told_week(REGISTER, b.policy(), WEEK, NOTHING_RECORDED)
    assert week.register == REGISTER
    assert week.due == due_list(REGISTER, b.policy(), WEEK)
    assert week.replanned is None


def test_what_was_told_counts_in_register_and_due_list() -> None:
    week = told_week(REGISTER, b.policy(), WEEK, record(*TOLD))
    assert [officer.driver for officer in week.register.officers] == [False, True]
    task = week.due.task("HVI-RSO-000001")
    assert task is not None
    assert (task.rule, task.not_after, task.release_date) == ("asked-for", date(2026, 12, 3), date(2026, 12, 1))


def test_one_team_only_and_none_that_does_not_exist() -> None:
    both = b.register(offenders=(b.offender(), b.offender(offender_ref="RSO-000002", team="south")))
    found = told_week(both, b.policy(), WEEK, record(*TOLD), "south")
    assert [o.offender_ref for o in found.register.offenders] == ["RSO-000002"]
    assert found.register.asked_for == ()
    with pytest.raises(UsageError, match="does not have the team"):
        told_week(both, b.policy(), WEEK, NOTHING_RECORDED, "east")


def test_work_that_had_begun_is_due_though_what_was_told_since_says_otherwise() -> None:
    """After no reply the repeat visit is due instead of the home visit; what was never due is not put on the list."""
    ended = b.register(visits=(b.visit(date=date(2026, 11, 28)),))
    assert told_week(ended, b.policy(), WEEK, record(frozen=("HVI-RSO-000001",))).due.task("HVI-RSO-000001") is None
    told = "outcome HV-RSO-000001:no_reply:2026-11-30"
    seen = b.register(visits=(b.visit(date=date(2026, 5, 20)),))
    assert told_week(seen, b.policy(), WEEK, record(told)).due.task("HV-RSO-000001") is None
    assert told_week(seen, b.policy(), WEEK, record(told, frozen=("HV-RSO-000001",))).due.task("HV-RSO-000001")


def test_what_was_known_before_each_thing_told_the_last_first() -> None:
    found = list(registers_before(REGISTER, TOLD))
    assert [(len(r.tried), len(r.asked_for), r.officers[0].driver) for r in found] == [
        (0, 1, False), (0, 0, False), (0, 0, True),
    ]  # fmt: skip


def test_a_note_says_what_was_told() -> None:
    assert told_notes(NOTHING_RECORDED) == ()
    assert told_notes(record("no-car P1", "sick P2:2026-12-01")) == (
        "Note: judged with what was told since the extract: no-car P1, sick P2:2026-12-01.",
    )
