"""Urgent visits and visits that failed in the running week: due dates, release and bands worked out by hand."""

from __future__ import annotations

from datetime import date

import builders as b
import pytest
from due.one_nominal import REF, codes, due_of, task_of, the

from offender_mgmt.calendars import week_of
from offender_mgmt.due import due_list
from offender_mgmt.due.kept import with_kept
from offender_mgmt.vocabulary import VisitOutcome

SEEN = b.visit(date=date(2026, 11, 10))
"""Medium: due six months later, on 10 May 2027, far beyond the look-ahead."""
WEDNESDAY, THURSDAY = date(2026, 12, 2), date(2026, 12, 3)


def failed(day: date, outcome: VisitOutcome = VisitOutcome.NO_REPLY) -> b.Visit:
    return b.visit(visit_id="TOLD-1", date=day, outcome=outcome)


def test_a_visit_that_nobody_asks_for_is_not_due() -> None:
    assert task_of(due_of(visits=(SEEN,)), "HV") is None


def test_a_visit_that_is_asked_for_is_due_by_that_day_in_the_band_of_policy() -> None:
    task = the(due_of(visits=(SEEN,), asked_for=((REF, THURSDAY),)), "HV")
    assert (task.rule, task.due_date, task.not_after) == ("asked-for", THURSDAY, THURSDAY)
    assert (task.band, task.release_date) == (0, SEEN.date)
    assert task.why.startswith("Asked for by 2026-12-03. ")


def test_of_two_days_asked_for_the_first_counts_and_one_outside_the_week_does_not() -> None:
    days = ((REF, date(2026, 12, 4)), (REF, THURSDAY), (REF, date(2026, 11, 29)))
    assert the(due_of(visits=(SEEN,), asked_for=days), "HV").not_after == THURSDAY
    for day, is_due in ((29, False), (30, True)):
        due = due_of(visits=(SEEN,), asked_for=((REF, date(2026, 11, day)),))
        assert (task_of(due, "HV") is not None) is is_due
    for day, is_due in ((6, True), (7, False)):
        due = due_of(visits=(SEEN,), asked_for=((REF, date(2026, 12, day)),))
        assert (task_of(due, "HV") is not None) is is_due


def test_an_overdue_visit_stays_as_overdue_as_it_is() -> None:
    old = b.visit(date=date(2026, 1, 10))  # due on 10 July
    task = the(due_of(visits=(old,), asked_for=((REF, THURSDAY),)), "HV")
    assert (task.due_date, task.not_after, task.days_overdue) == (date(2026, 7, 10), THURSDAY, 143)


def test_a_reactive_nominal_is_visited_when_somebody_asks_for_it() -> None:
    reactive = {
        "risk_level": "low",
        "risk_level_set_on": date(2020, 1, 1),
        "management_status": "reactive",
        "reactive_approved_by": "S1",
    }
    assert task_of(due_of(reactive, visits=(SEEN,)), "HV") is None
    assert {"HV", "ENTRY-NEXT"} <= codes(due_of(reactive, visits=(SEEN,), asked_for=((REF, THURSDAY),)))


def test_a_visit_that_failed_on_wednesday_is_repeated_from_thursday_on() -> None:
    """Medium: within 7 days, so by 9 December."""
    task = the(due_of(visits=(SEEN,), tried=(failed(WEDNESDAY),)), "HVR")
    assert (task.rule, task.due_date, task.release_date) == ("repeat-attempt", date(2026, 12, 9), THURSDAY)


def test_an_attempt_of_another_week_is_not_told_of_this_one() -> None:
    for day in (date(2026, 11, 29), date(2026, 12, 7)):
        assert codes(due_of(visits=(SEEN,), tried=(failed(day),))) == codes(due_of(visits=(SEEN,)))


def test_neither_is_the_interview_tried_again_on_that_day() -> None:
    due = due_of(visits=(b.visit(date=date(2026, 6, 1)),), tried=(failed(WEDNESDAY),))
    assert the(due, "ARMSI").release_date == THURSDAY


def test_the_second_attempt_without_reply_calls_for_a_decision() -> None:
    first = b.visit(visit_id="V-2", date=date(2026, 11, 20), outcome=VisitOutcome.NO_REPLY)
    assert task_of(due_of(visits=(SEEN, first)), "NRDEC") is None
    decision = the(due_of(visits=(SEEN, first), tried=(failed(WEDNESDAY),)), "NRDEC")
    assert decision.clock_start == WEDNESDAY


@pytest.mark.parametrize(("outcome", "is_due"), [(VisitOutcome.ADDRESS_VOID, True), (VisitOutcome.ABORTED, False)])
def test_a_void_address_is_checked(outcome: VisitOutcome, is_due: bool) -> None:
    due = due_of(visits=(SEEN,), tried=(failed(WEDNESDAY, outcome),))
    assert (task_of(due, "ADDR") is not None) == is_due


def test_what_had_begun_stays_on_the_list() -> None:
    register, week = b.register(), week_of(b.MONDAY)
    before = due_list(register, b.policy(), week)
    nothing = b.register(visits=(b.visit(date=date(2026, 11, 28)),))
    now = due_list(nothing, b.policy(), week)
    assert now.task("HVI-RSO-000001") is None
    known = with_kept(now, ["HVI-RSO-000001", "SUP-RSO-000009"], [now, before])
    assert known.task("HVI-RSO-000001") == before.task("HVI-RSO-000001")
    assert len(known.tasks) == len(now.tasks) + 1
    assert with_kept(now, [], [before]) is now
    assert [(-t.band, t.points) for t in known.tasks] == sorted(
        [(-t.band, t.points) for t in known.tasks], reverse=True
    )
