"""ARMS, supervisory and reactive reviews: which rule wins, and what a return to the community moves."""

from __future__ import annotations

from datetime import date

import pytest
from builders import assessment, change, visit
from due.one_nominal import codes, due_of, task_of, the

from offender_mgmt.vocabulary import AssessmentKind, ChangeField, Cohort, VisitOutcome, VisitType

ARMS, REVIEW = AssessmentKind.ARMS, AssessmentKind.SUPERVISORY_REVIEW


def done(kind: AssessmentKind, day: date):
    return assessment(kind=kind, date=day)


def seen(day: date, **changes):
    return visit(visit_id=f"S-{day}", date=day, **changes)


def interview(day: date, **changes):
    return seen(day, type=VisitType.ARMS_INTERVIEW, **changes)


def raised(day: date):
    return change(date=day, value_from="low", value_to="medium")


def back(day: date):
    return change(date=day, field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="community")


def rule_and_due(due, code: str) -> tuple[str, str]:
    task = the(due, code)
    return task.rule, task.due_date.isoformat()


# ARMS -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cohort", Cohort)
def test_arms_is_for_registered_sex_offenders_only(cohort: Cohort) -> None:
    due = due_of({"cohort": cohort}, visits=(seen(date(2026, 6, 1)),))
    assert ("ARMSI" in codes(due)) == (cohort is Cohort.RSO)
    assert "SUP" in codes(due)


def test_no_arms_before_the_first_successful_visit() -> None:
    failed = visit(date=date(2026, 6, 1), outcome=VisitOutcome.REFUSED)
    assert task_of(due_of(visits=(failed,)), "ARMSI") is None
    # Nor does a rise alone make one due.
    assert task_of(due_of(visits=(failed,), changes=(raised(date(2026, 11, 20)),)), "ARMSI") is None


def test_initial_arms_counts_from_the_first_visit_not_the_last() -> None:
    due = due_of(visits=(seen(date(2026, 9, 1)), seen(date(2026, 11, 1))))
    assert rule_and_due(due, "ARMSI") == ("arms-initial", "2026-12-01")


def test_review_counts_from_the_last_arms() -> None:
    due = due_of(assessments=(done(ARMS, date(2024, 12, 2)), done(ARMS, date(2025, 12, 2))))
    assert rule_and_due(due, "ARMSI") == ("arms-review", "2026-12-02")


@pytest.mark.parametrize(
    ("rise", "expected"),
    [
        (date(2026, 11, 17), ("arms-trigger", "2026-12-01")),  # + 14 days, before the review of 2 December
        (date(2026, 11, 18), ("arms-review", "2026-12-02")),  # both on 2 December: the first in the table
        (date(2026, 11, 19), ("arms-review", "2026-12-02")),  # 3 December is later
        (date(2025, 12, 2), ("arms-review", "2026-12-02")),  # on the day of the last ARMS: not later than it
        (date(2025, 12, 3), ("arms-trigger", "2025-12-17")),
    ],
)
def test_rise_makes_arms_due_if_later_than_the_last_and_earlier_than_the_review(
    rise: date, expected: tuple[str, str]
) -> None:
    due = due_of(assessments=(done(ARMS, date(2025, 12, 2)),), changes=(raised(rise),))
    assert rule_and_due(due, "ARMSI") == expected


def test_lowering_triggers_no_arms() -> None:
    lowered = change(date=date(2026, 11, 10), value_from="high", value_to="medium")
    due = due_of(assessments=(done(ARMS, date(2025, 12, 2)),), changes=(lowered,))
    assert the(due, "ARMSI").rule == "arms-review"


def test_rise_without_any_arms_counts_once_the_nominal_was_seen() -> None:
    # First seen 1 October, so due on 1 January 2027; raised on 20 November: + 14 = 4 December.
    due = due_of(visits=(seen(date(2026, 10, 1)),), changes=(raised(date(2026, 11, 20)),))
    assert rule_and_due(due, "ARMSI") == ("arms-trigger", "2026-12-04")


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (date(2026, 11, 19), "ARMSI"),  # before the last ARMS
        (date(2026, 11, 20), "ARMSI"),  # written up the same day
        (date(2026, 11, 21), "ARMSW"),  # held since, not written up
    ],
)
def test_interview_since_the_last_arms_wants_its_write_up_and_no_further_interview(held: date, code: str) -> None:
    # Raised on 22 November, so that an interview would be due by 6 December.
    changes, assessments = (raised(date(2026, 11, 22)),), (done(ARMS, date(2026, 11, 20)),)
    due = due_of(visits=(interview(held),), assessments=assessments, changes=changes)
    assert codes(due) & {"ARMSI", "ARMSW"} == {code}


def test_write_up_counts_from_the_last_interview() -> None:
    due = due_of(visits=(interview(date(2026, 11, 3)), interview(date(2026, 11, 20))))
    assert rule_and_due(due, "ARMSW") == ("arms-write-up", "2026-12-04")


def test_interview_in_vain_is_no_interview() -> None:
    due = due_of(visits=(seen(date(2026, 9, 1)), interview(date(2026, 11, 20), outcome=VisitOutcome.NO_REPLY)))
    assert codes(due) & {"ARMSI", "ARMSW"} == {"ARMSI"}


# After a return to the community ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        (date(2026, 11, 20), ("arms-review", "2026-11-20")),  # due on the day of the return: not before it
        (date(2026, 11, 21), ("restarted", "2026-12-05")),  # due the day before: + 14 days
    ],
)
def test_arms_due_before_the_return_is_due_after_it(restart: date, expected: tuple[str, str]) -> None:
    due = due_of(assessments=(done(ARMS, date(2025, 11, 20)),), changes=(back(restart),))
    assert rule_and_due(due, "ARMSI") == expected


def test_another_reason_never_makes_restarted_work_due_later() -> None:
    # Back on 22 November. The review is due on the 25th; a rise of 1 November was due on the 15th, before the
    # return, and moves to 6 December: the 25th stays.
    due = due_of(
        assessments=(done(ARMS, date(2025, 11, 25)),), changes=(raised(date(2026, 11, 1)), back(date(2026, 11, 22)))
    )
    assert rule_and_due(due, "ARMSI") == ("arms-review", "2026-11-25")


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        (date(2026, 11, 25), ("supervisory-interval", "2026-11-25")),
        (date(2026, 11, 26), ("restarted", "2026-12-03")),  # + 7 days
    ],
)
def test_supervisory_review_due_before_the_return_is_due_after_it(restart: date, expected: tuple[str, str]) -> None:
    due = due_of(assessments=(done(REVIEW, date(2026, 5, 25)),), changes=(back(restart),))
    assert rule_and_due(due, "SUP") == expected


def test_write_up_is_not_moved_by_a_return() -> None:
    due = due_of(visits=(interview(date(2026, 10, 1)),), changes=(back(date(2026, 11, 26)),))
    assert rule_and_due(due, "ARMSW") == ("arms-write-up", "2026-10-15")


# Supervisory reviews ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "due_date"),
    [
        ("very_high", "2026-07-01"),
        ("high", "2026-09-01"),
        ("medium", "2026-12-01"),
        ("low", None),
    ],  # 1, 3, 6, 12 months
)
def test_supervisory_interval_depends_on_the_level(level: str, due_date: str | None) -> None:
    task = task_of(due_of({"risk_level": level}, assessments=(done(REVIEW, date(2026, 6, 1)),)), "SUP")
    assert (task.due_date.isoformat() if task else None) == due_date


def test_first_supervisory_review_counts_from_registration() -> None:
    due = due_of({"registered_on": date(2026, 6, 3)})
    assert rule_and_due(due, "SUP") == ("supervisory-interval", "2026-12-03")


@pytest.mark.parametrize(
    ("arms", "rule"),
    [
        (date(2026, 5, 31), "supervisory-interval"),  # the day before the last review
        (date(2026, 6, 1), "supervisory-interval"),  # on its day: it covers it
        (date(2026, 6, 2), "supervisory-after-arms"),
        (date(2026, 11, 23), "supervisory-after-arms"),  # 30 November, before 1 December
        (date(2026, 11, 24), "supervisory-interval"),  # 1 December both: the first in the table
    ],
)
def test_supervisory_review_after_an_arms(arms: date, rule: str) -> None:
    due = due_of(assessments=(done(REVIEW, date(2026, 6, 1)), done(ARMS, arms)))
    assert the(due, "SUP").rule == rule


def test_supervisory_review_after_the_earlier_of_arms_and_change() -> None:
    review, arms = done(REVIEW, date(2026, 6, 1)), done(ARMS, date(2026, 11, 10))
    lowered = {"value_from": "high", "value_to": "medium"}
    for day, rule in (
        (date(2026, 11, 9), "supervisory-after-change"),
        (date(2026, 11, 10), "supervisory-after-arms"),  # the same day: the first in the table
    ):
        due = due_of(assessments=(review, arms), changes=(change(date=day, **lowered),))
        assert the(due, "SUP").rule == rule


def test_change_on_the_day_of_the_last_review_is_covered_by_it() -> None:
    for day, rule in ((date(2026, 6, 1), "supervisory-interval"), (date(2026, 6, 2), "supervisory-after-change")):
        changed = change(date=day, value_from="high", value_to="medium")
        due = due_of(assessments=(done(REVIEW, date(2026, 6, 1)),), changes=(changed,))
        assert the(due, "SUP").rule == rule


def test_unsigned_lowering_wants_a_supervisory_review_too() -> None:
    lowered = change(date=date(2026, 11, 10), value_from="medium", value_to="low", signed_off_by=None)
    due = due_of(assessments=(done(REVIEW, date(2026, 6, 1)),), changes=(lowered,))
    assert rule_and_due(due, "SUP") == ("supervisory-after-change", "2026-11-17")


def test_arms_or_change_before_registration_asks_for_no_review() -> None:
    # Transferred in on 1 November: the first review is due by interval, 1 May 2027.
    nominal = {"registered_on": date(2026, 11, 1)}
    for day, listed in ((date(2026, 11, 1), False), (date(2026, 11, 2), True)):
        due = due_of(nominal, assessments=(done(ARMS, day),))
        assert (task_of(due, "SUP") is not None) == listed


# Reactive reviews -------------------------------------------------------------------------------------------------

REACTIVE = {
    "risk_level": "low",
    "risk_level_set_on": date(2020, 1, 1),
    "management_status": "reactive",
    "reactive_approved_by": "S1",
}


def to_reactive(day: date):
    return change(date=day, field=ChangeField.MANAGEMENT_STATUS, value_from="active", value_to="reactive")


def test_first_reactive_review_counts_from_the_change_to_reactive() -> None:
    due = due_of(REACTIVE, changes=(to_reactive(date(2025, 12, 1)),))
    assert rule_and_due(due, "REACT") == ("reactive-review", "2026-12-01")


def test_without_a_recorded_change_it_counts_from_registration() -> None:
    due = due_of({**REACTIVE, "registered_on": date(2025, 12, 2)})
    assert rule_and_due(due, "REACT") == ("reactive-review", "2026-12-02")


@pytest.mark.parametrize(
    ("reviewed", "due_date"),
    [
        (date(2025, 11, 30), "2026-12-01"),  # of an earlier spell: the change of 1 December 2025 counts
        (date(2025, 12, 1), "2026-12-01"),
        (date(2025, 12, 5), "2026-12-05"),
    ],
)
def test_last_reactive_review_of_this_spell_counts(reviewed: date, due_date: str) -> None:
    assessments = (done(AssessmentKind.REACTIVE_REVIEW, reviewed),)
    due = due_of(REACTIVE, changes=(to_reactive(date(2025, 12, 1)),), assessments=assessments)
    assert the(due, "REACT").due_date.isoformat() == due_date
