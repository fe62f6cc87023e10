"""The risk level in force, walked from the changes; and what a rise does to a visit already running."""

from __future__ import annotations

from datetime import date

import pytest
from builders import change, visit
from due.one_nominal import due_of, flags, the

from offender_mgmt.due.levels import level_history, level_named
from offender_mgmt.vocabulary import RiskLevel

LOW, MEDIUM, HIGH, VERY_HIGH = RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH, RiskLevel.VERY_HIGH
DAY_1, DAY_2, DAY_3 = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def step(day: date, before: str, to: str, signed: str | None = "S1"):
    return change(date=day, value_from=before, value_to=to, signed_off_by=signed)


def test_without_changes_the_file_says_the_level() -> None:
    history = level_history(MEDIUM, [])
    assert (history.in_force, history.changed_on, history.raised_on) == (MEDIUM, None, None)


def test_rise_counts_at_once_even_unsigned() -> None:
    history = level_history(LOW, [step(DAY_1, "low", "high", None)])
    assert (history.in_force, history.raised_on, history.before_rise) == (HIGH, DAY_1, LOW)
    assert not history.lowering_unsigned


def test_lowering_counts_when_signed_off() -> None:
    history = level_history(LOW, [step(DAY_1, "high", "low")])
    assert (history.in_force, history.changed_on, history.raised_on) == (LOW, DAY_1, None)


def test_unsigned_lowering_leaves_the_level_and_is_marked() -> None:
    history = level_history(LOW, [step(DAY_1, "high", "low", None)])
    assert (history.in_force, history.changed_on, history.lowering_unsigned) == (HIGH, DAY_1, True)


def test_mark_goes_when_another_change_follows() -> None:
    # High to low unsigned (stays high), then to low again, signed: low in force, nothing left unsigned.
    history = level_history(LOW, [step(DAY_1, "high", "low", None), step(DAY_2, "low", "low")])
    assert (history.in_force, history.lowering_unsigned) == (LOW, False)


def test_change_is_held_against_the_level_in_force() -> None:
    # High to low unsigned stays high, so low to medium unsigned is a lowering too, and no rise.
    history = level_history(MEDIUM, [step(DAY_1, "high", "low", None), step(DAY_2, "low", "medium", None)])
    assert (history.in_force, history.raised_on, history.lowering_unsigned) == (HIGH, None, True)


def test_last_rise_stays_after_a_lowering() -> None:
    changes = [step(DAY_1, "low", "high"), step(DAY_2, "high", "medium"), step(DAY_3, "medium", "medium", None)]
    history = level_history(MEDIUM, changes)
    assert (history.in_force, history.raised_on, history.before_rise) == (MEDIUM, DAY_1, LOW)
    assert (history.changed_on, history.lowering_unsigned) == (DAY_3, False)


def test_change_that_names_no_level_is_passed_over() -> None:
    history = level_history(MEDIUM, [step(DAY_1, "low", "graver"), step(DAY_2, "", "high")])
    # The first change that names a level starts the walk; its `from` names none, so its `to` does.
    assert (history.in_force, history.changed_on, history.raised_on) == (HIGH, DAY_2, None)
    assert level_history(MEDIUM, [step(DAY_1, "low", "graver")]).in_force is MEDIUM


@pytest.mark.parametrize(
    ("text", "level"),
    [("very_high", VERY_HIGH), (" Very High ", VERY_HIGH), ("very-high", VERY_HIGH), ("higher", None)],
)
def test_level_is_read_as_in_the_file_of_nominals(text: str, level: RiskLevel | None) -> None:
    assert level_named(text) is level


def test_level_in_force_not_the_file_sets_the_interval() -> None:
    # Lowered to low without sign-off: high stays, 3 months from 1 September is 1 December.
    lowered = step(date(2026, 9, 10), "high", "low", None)
    due = due_of({"risk_level": "low"}, visits=(visit(date=date(2026, 9, 1)),), changes=(lowered,))
    task = the(due, "HV")
    assert (task.risk_level, task.due_date) == (HIGH, date(2026, 12, 1))
    assert "lowered-without-sign-off" in flags(due)


def test_change_on_the_first_day_of_the_week_does_not_count() -> None:
    for day, level in ((date(2026, 11, 29), HIGH), (date(2026, 11, 30), MEDIUM)):
        due = due_of(visits=(visit(date=date(2026, 6, 5)),), changes=(step(day, "medium", "high"),))
        assert the(due, "HV").risk_level is level


# "Raised": last visit 1 March 2026; due under medium (6 months) 1 September, under high (3 months) 1 June,
# under very high (1 month) 1 April, under low (12 months) 1 March 2027.
RAISED = {
    # The day of the rise lies before both due dates: nothing is moved, due under the new level.
    "rise-before-the-new-due-date": ([step(date(2026, 5, 31), "medium", "high")], "2026-06-01"),
    "rise-on-the-new-due-date": ([step(date(2026, 6, 1), "medium", "high")], "2026-06-01"),
    # 1 June would lie in the past on the day of the rise: due on that day.
    "rise-after-the-new-due-date": ([step(date(2026, 6, 2), "medium", "high")], "2026-06-02"),
    "rise-before-the-old-due-date": ([step(date(2026, 8, 31), "medium", "high")], "2026-08-31"),
    # Overdue under medium already: that due date stays.
    "rise-on-the-old-due-date": ([step(date(2026, 9, 1), "medium", "high")], "2026-09-01"),
    "rise-after-the-old-due-date": ([step(date(2026, 10, 5), "medium", "high")], "2026-09-01"),
    # A rise on the day of the visit is not after the clock's start.
    "rise-on-the-day-of-the-visit": ([step(date(2026, 3, 1), "medium", "very_high")], "2026-04-01"),
    # Only the last rise counts: the old level is high then, due 1 June under it.
    "two-rises": (
        [step(date(2026, 3, 10), "medium", "high"), step(date(2026, 5, 20), "high", "very_high")],
        "2026-05-20",
    ),
    # Raised to very high on 1 October, lowered to medium again: 6 months as before the rise, nothing is moved.
    "raised-and-lowered-to-the-old-level": (
        [step(date(2026, 10, 1), "medium", "very_high"), step(date(2026, 10, 9), "very_high", "medium")],
        "2026-09-01",
    ),
}


@pytest.mark.parametrize(("changes", "due_date"), RAISED.values(), ids=RAISED)
def test_rise_makes_the_visit_due_at_once_but_not_in_the_past(changes: list, due_date: str) -> None:
    task = the(due_of(visits=(visit(date=date(2026, 3, 1)),), changes=tuple(changes)), "HV")
    assert (task.rule, task.due_date.isoformat()) == ("visit-interval", due_date)


def test_why_tells_of_the_rise_only_where_it_moved_the_due_date() -> None:
    plain = "High risk: seen every 3 months; last successful visit 2026-03-01"
    for day, why in (
        (date(2026, 5, 31), f"{plain}."),
        (date(2026, 6, 2), f"{plain}; raised on 2026-06-02, so due 2026-06-02."),
    ):
        due = due_of(visits=(visit(date=date(2026, 3, 1)),), changes=(step(day, "medium", "high"),))
        assert the(due, "HV").why == why


def test_lowered_below_the_level_before_the_rise_takes_its_own_longer_interval() -> None:
    # Last visit 20 November 2025, raised from medium on 1 March 2026, lowered to low: 12 months, 20 November 2026;
    # medium's 20 May 2026 must not come back.
    changes = (step(date(2026, 3, 1), "medium", "high"), step(date(2026, 4, 1), "high", "low"))
    task = the(due_of(visits=(visit(date=date(2025, 11, 20)),), changes=changes), "HV")
    assert task.due_date == date(2026, 11, 20)


def test_rise_leaves_the_interval_of_a_plan_alone() -> None:
    # 200 days from 1 June 2026: 29 to 30 June, 60 to 31 July, 91, 121, 152, 182 to 30 November, so 18 December.
    due = due_of({"visit_interval_days": 200}, visits=(visit(),), changes=(change(),))
    assert the(due, "HV").due_date == date(2026, 12, 18)
