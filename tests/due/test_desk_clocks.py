"""Notification, no-reply decision, status check, address check and record entry."""

from __future__ import annotations

from datetime import date, time

import pytest
from builders import assessment, change, policy, visit
from due.one_nominal import due_of, flags, task_of, the

from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import AssessmentKind, ChangeField, VisitOutcome

NO_REPLY, REFUSED, ABORTED, VOID = (
    VisitOutcome.NO_REPLY,
    VisitOutcome.REFUSED,
    VisitOutcome.ABORTED,
    VisitOutcome.ADDRESS_VOID,
)


def done(kind: AssessmentKind, day: date):
    return assessment(kind=kind, date=day)


def attempts(*rows):
    return tuple(visit(visit_id=f"A-{n}", date=day, outcome=outcome) for n, (day, outcome) in enumerate(rows))


# Notification -----------------------------------------------------------------------------------------------------


def test_no_notification_date_no_check() -> None:
    assert task_of(due_of({"notification_due": None}), "NOTIF") is None


@pytest.mark.parametrize(
    ("checked", "is_due"), [(date(2026, 11, 17), True), (date(2026, 11, 18), False), (date(2026, 11, 29), False)]
)
def test_check_counts_from_14_days_before_the_notification(checked: date, is_due: bool) -> None:
    # Due 2 December: the check may be made from 18 November; one of the 17th was of something else.
    due = due_of(
        {"notification_due": date(2026, 12, 2)}, assessments=(done(AssessmentKind.NOTIFICATION_CHECK, checked),)
    )
    assert (task_of(due, "NOTIF") is not None) == is_due


def test_look_ahead_of_the_level_is_shorter_than_the_lead_for_very_high() -> None:
    # Very high: listed to 13 December only, although the check may be made from 30 November on.
    for day, is_due in ((date(2026, 12, 13), True), (date(2026, 12, 14), False)):
        due = due_of({"risk_level": "very_high", "notification_due": day})
        assert (task_of(due, "NOTIF") is not None) == is_due


# No-reply decision ------------------------------------------------------------------------------------------------

SEEN = (date(2026, 10, 1), VisitOutcome.SUCCESSFUL)
FIRST, SECOND, THIRD = date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 26)


@pytest.mark.parametrize(
    ("rows", "since"),
    [
        ([(FIRST, NO_REPLY)], None),
        ([(FIRST, NO_REPLY), (SECOND, NO_REPLY)], SECOND),
        ([(FIRST, REFUSED), (SECOND, NO_REPLY)], SECOND),
        ([(FIRST, NO_REPLY), (SECOND, ABORTED)], None),  # aborted and address void do not count here
        ([(FIRST, NO_REPLY), (SECOND, VOID), (THIRD, REFUSED)], THIRD),
        ([(FIRST, NO_REPLY), (SECOND, NO_REPLY), (THIRD, NO_REPLY)], SECOND),  # the one that reached the number
        ([(FIRST, NO_REPLY), (FIRST, NO_REPLY)], FIRST),  # two on one day are two
        ([(FIRST, NO_REPLY), (SECOND, NO_REPLY), (THIRD, VisitOutcome.SUCCESSFUL)], None),
        ([(FIRST, NO_REPLY), (SECOND, VisitOutcome.SUCCESSFUL), (THIRD, NO_REPLY)], None),
    ],
)
def test_second_failed_attempt_calls_for_a_decision(rows: list, since: date | None) -> None:
    due = due_of(visits=attempts(SEEN, *rows))
    task = task_of(due, "NRDEC")
    assert (task.clock_start if task else None) == since
    assert ("two-failed-attempts" in flags(due)) == (since is not None)


@pytest.mark.parametrize(("decided", "is_due"), [(date(2026, 11, 11), True), (SECOND, False), (THIRD, False)])
def test_decision_on_or_after_the_second_attempt_ends_it(decided: date, is_due: bool) -> None:
    due = due_of(
        visits=attempts(SEEN, (FIRST, NO_REPLY), (SECOND, NO_REPLY), (THIRD, NO_REPLY)),
        assessments=(done(AssessmentKind.NO_REPLY_DECISION, decided),),
    )
    assert (task_of(due, "NRDEC") is not None) == is_due
    assert ("two-failed-attempts" in flags(due)) == is_due


def test_number_of_attempts_comes_from_the_policy() -> None:
    values = policy().model_dump()
    values["visits"]["failed_attempts_for_decision"] = 3
    rules = Policy.model_validate(values)
    rows = [SEEN, (FIRST, NO_REPLY), (SECOND, NO_REPLY)]
    assert task_of(due_of(visits=attempts(*rows), rules=rules), "NRDEC") is None
    assert the(due_of(visits=attempts(*rows, (THIRD, NO_REPLY)), rules=rules), "NRDEC").clock_start == THIRD


def test_flag_stands_even_where_the_decision_is_not_listed_yet() -> None:
    # Very high looks 7 days ahead, to 13 December; a decision within 60 days of 26 November is later.
    values = policy().model_dump()
    values["visits"]["decision_days"] = 60
    due = due_of(
        {"risk_level": "very_high"},
        visits=attempts((FIRST, NO_REPLY), (THIRD, NO_REPLY)),
        rules=Policy.model_validate(values),
    )
    assert task_of(due, "NRDEC") is None
    assert "two-failed-attempts" in flags(due)


def test_attempts_before_a_release_call_for_no_decision() -> None:
    back = change(
        date=date(2026, 11, 11), field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="community"
    )
    assert task_of(due_of(visits=attempts((FIRST, NO_REPLY), (SECOND, NO_REPLY)), changes=(back,)), "NRDEC") is None


# Status checks ----------------------------------------------------------------------------------------------------


def test_nominal_in_the_community_needs_no_status_check() -> None:
    assert task_of(due_of({"status_until": date(2026, 1, 1), "status_since": date(2025, 1, 1)}), "STATUS") is None


@pytest.mark.parametrize(
    ("since", "checked", "start"),
    [
        (date(2026, 11, 2), None, date(2026, 11, 2)),
        (date(2026, 11, 2), date(2026, 11, 1), date(2026, 11, 2)),  # a check of an earlier absence
        (date(2026, 9, 1), date(2026, 11, 5), date(2026, 11, 5)),
        (None, None, date(2023, 6, 1)),  # registration
        (None, date(2026, 11, 5), date(2026, 11, 5)),
    ],
)
def test_status_check_counts_from_the_last_check_of_this_absence(
    since: date | None, checked: date | None, start: date
) -> None:
    assessments = (done(AssessmentKind.STATUS_CHECK, checked),) if checked else ()
    due = due_of({"community_status": "abroad", "status_since": since}, assessments=assessments)
    assert (the(due, "STATUS").rule, the(due, "STATUS").clock_start) == ("status-check", start)


def test_known_end_in_the_future_needs_no_check() -> None:
    assert due_of({"community_status": "custody", "status_until": date(2027, 6, 1)}).tasks == ()


def test_passed_end_is_checked_until_the_record_is_put_right() -> None:
    due = due_of(
        {"community_status": "custody", "status_until": date(2026, 9, 30)},
        assessments=(done(AssessmentKind.STATUS_CHECK, date(2026, 11, 20)),),
    )
    task = the(due, "STATUS")
    assert (task.rule, task.due_date, task.days_overdue) == ("status-ended", date(2026, 10, 1), 60)  # 30 + 30 days


# Address checks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nominal", "is_due"),
    [
        ({}, False),
        ({"easting": None}, True),
        ({"northing": None}, True),
        ({"easting": None, "northing": None, "no_fixed_abode": True}, False),
        ({"no_fixed_abode": True}, False),
    ],
)
def test_address_check_where_no_position_is_known(nominal: dict, is_due: bool) -> None:
    assert (task_of(due_of(nominal), "ADDR") is not None) == is_due


@pytest.mark.parametrize(
    ("rows", "is_due"),
    [
        ([(FIRST, VOID)], True),
        ([(FIRST, VOID), (SECOND, NO_REPLY)], False),  # only the last attempt is asked
        ([(FIRST, VisitOutcome.SUCCESSFUL), (SECOND, VOID)], True),
    ],
)
def test_address_check_where_the_last_attempt_found_it_void(rows: list, is_due: bool) -> None:
    assert (task_of(due_of(visits=attempts(*rows)), "ADDR") is not None) == is_due


def test_last_attempt_of_a_day_is_the_one_that_started_last() -> None:
    def on_one_day(void_at: time | None, seen_at: time | None):
        return (
            visit(visit_id="A-1", date=FIRST, start=void_at, outcome=VOID),
            visit(visit_id="A-2", date=FIRST, start=seen_at),
        )

    assert task_of(due_of(visits=on_one_day(time(15), time(9))), "ADDR") is not None
    assert task_of(due_of(visits=on_one_day(time(9), time(15))), "ADDR") is None
    assert task_of(due_of(visits=on_one_day(None, None)), "ADDR") is None  # by reference: A-2 is last


# Record entries ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempt", "week", "due_date"),
    [
        (date(2026, 4, 2), date(2026, 4, 6), "2026-04-07"),  # Maundy Thursday: Good Friday 3, Easter Monday 6 April
        (date(2024, 3, 28), date(2024, 4, 1), "2024-04-02"),  # Good Friday 29 March, Easter Monday 1 April
        (date(2026, 12, 24), date(2026, 12, 28), "2026-12-29"),  # Friday 25; Boxing Day, a Saturday, on Monday 28
        (date(2027, 12, 24), date(2027, 12, 27), "2027-12-29"),  # Saturday 25, Sunday 26: Monday 27 and Tuesday 28
        (date(2026, 12, 31), date(2027, 1, 4), "2027-01-04"),  # Friday 1 January, then the week-end
        (date(2026, 8, 28), date(2026, 8, 31), "2026-09-01"),  # Friday; Monday 31 August is a bank holiday
        (date(2024, 2, 29), date(2024, 3, 4), "2024-03-01"),  # a plain Thursday, if a leap day
    ],
)
def test_entry_is_due_the_next_working_day(attempt: date, week: date, due_date: str) -> None:
    assert the(due_of(week=week, visits=(visit(date=attempt),)), "ENTRY").due_date.isoformat() == due_date


def test_extra_and_removed_bank_holidays_of_the_policy_count() -> None:
    values = policy().model_dump()
    values["duty"]["extra_bank_holidays"] = [date(2026, 11, 30)]
    due = due_of(visits=(visit(date=date(2026, 11, 27)),), rules=Policy.model_validate(values))
    assert the(due, "ENTRY").due_date == date(2026, 12, 1)
    values["duty"] |= {"extra_bank_holidays": [], "removed_bank_holidays": [date(2026, 8, 31)]}
    due = due_of(week=date(2026, 8, 31), visits=(visit(date=date(2026, 8, 28)),), rules=Policy.model_validate(values))
    assert the(due, "ENTRY").due_date == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("entered", "is_due"), [(None, True), (date(2026, 11, 9), True), (FIRST, False), (date(2026, 11, 11), False)]
)
def test_entry_on_or_after_the_attempt_does_it(entered: date | None, is_due: bool) -> None:
    assessments = (done(AssessmentKind.RECORD_ENTRY, entered),) if entered else ()
    due = due_of(visits=attempts((FIRST, NO_REPLY)), assessments=assessments)
    assert (task_of(due, "ENTRY") is not None) == is_due


def test_nothing_to_enter_without_an_attempt() -> None:
    assert task_of(due_of(), "ENTRY") is None
