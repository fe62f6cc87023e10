"""Work put off or cancelled: which decision counts, and what it does to the release date."""

from __future__ import annotations

from datetime import date

import pytest
from builders import deferral, visit
from due.one_nominal import due_of, the

from offender_mgmt.calendars import week_of
from offender_mgmt.vocabulary import TaskKind, VisitOutcome

WEEK = week_of(date(2026, 11, 30))
SEEN = date(2026, 6, 3)
RELEASED = date(2026, 11, 5)  # due 3 December less 28 days


def home_visit(*deferrals):
    return the(due_of(visits=(visit(date=SEEN),), deferrals=deferrals), "HV")


def put_off(decided: date, until: date | None, **changes):
    return deferral(decided_on=decided, until=until, **changes)


def test_without_a_decision_nothing_is_put_off() -> None:
    task = home_visit()
    assert (task.deferral, task.release_date, task.is_deferred_over(WEEK)) == (None, RELEASED, False)


@pytest.mark.parametrize(
    ("until", "in_force", "release", "over_the_week"),
    [
        (date(2026, 11, 29), False, RELEASED, False),  # ran out the day before
        (date(2026, 11, 30), True, date(2026, 12, 1), False),  # the first day of the week
        (date(2026, 12, 5), True, date(2026, 12, 6), False),
        (date(2026, 12, 6), True, date(2026, 12, 7), True),  # the last day
        (date(2026, 12, 7), True, RELEASED, True),  # ends after the week: the release date stays
        (None, True, RELEASED, True),  # cancelled
    ],
)
def test_end_of_the_deferral(until: date | None, in_force: bool, release: date, over_the_week: bool) -> None:
    task = home_visit(put_off(date(2026, 11, 20), until))
    assert (task.deferral is not None) == in_force
    assert (task.release_date, task.is_deferred_over(WEEK)) == (release, over_the_week)
    assert task.due_date == date(2026, 12, 3)  # never moved


@pytest.mark.parametrize(
    ("decided", "in_force"),
    [
        (date(2026, 6, 2), False),  # before the visit that started the clock
        (date(2026, 6, 3), True),  # on its day
        (date(2026, 11, 29), True),
        (date(2026, 11, 30), False),  # of the first day planned: not known yet
    ],
)
def test_day_of_the_decision(decided: date, in_force: bool) -> None:
    assert (home_visit(put_off(decided, date(2026, 12, 31))).deferral is not None) == in_force


def test_last_decision_counts_and_revives_none_before_it() -> None:
    cancelled, run_out = put_off(date(2026, 7, 1), None), put_off(date(2026, 8, 1), date(2026, 9, 1))
    assert home_visit(cancelled).deferral == cancelled
    assert home_visit(cancelled, run_out).deferral is None
    later = put_off(date(2026, 11, 1), date(2026, 12, 31))
    assert home_visit(later, cancelled, run_out).deferral == later


def test_decision_before_the_clock_started_has_no_effect_even_if_it_is_the_last() -> None:
    assert home_visit(put_off(date(2026, 6, 1), None)).deferral is None


@pytest.mark.parametrize(
    "changes", [{"task_kind": TaskKind.REPEAT_VISIT}, {"task_kind": "arms_interview"}, {"offender_ref": "RSO-2"}]
)
def test_decision_on_other_work_or_another_nominal_has_no_effect(changes: dict) -> None:
    assert home_visit(put_off(date(2026, 11, 20), None, **changes)).deferral is None


def test_release_date_later_than_the_deferral_stays() -> None:
    # Failed on Saturday 28 November: not again before Sunday 29. Put off until 30 November moves it to 1 December.
    failed = visit(visit_id="F", date=date(2026, 11, 28), outcome=VisitOutcome.NO_REPLY)
    decision = put_off(date(2026, 11, 28), date(2026, 11, 30), task_kind=TaskKind.REPEAT_VISIT)
    task = the(due_of(visits=(visit(date=SEEN), failed), deferrals=(decision,)), "HVR")
    assert task.release_date == date(2026, 12, 1)
    # A look-ahead that starts on Friday 4 December is later than the end of the deferral on 1 December.
    due = due_of(
        {"risk_level": "very_high", "visit_interval_days": 191},  # 3 June + 191 = 11 December, less 7 = 4 December
        visits=(visit(date=SEEN),),
        deferrals=(put_off(date(2026, 11, 20), date(2026, 12, 1)),),
    )
    assert the(due, "HV").release_date == date(2026, 12, 4)


def test_desk_work_is_put_off_too() -> None:
    decision = put_off(date(2026, 11, 20), date(2026, 12, 2), task_kind=TaskKind.SUPERVISORY_REVIEW)
    task = the(due_of(deferrals=(decision,)), "SUP")
    assert (task.deferral, task.release_date) == (decision, date(2026, 12, 3))
