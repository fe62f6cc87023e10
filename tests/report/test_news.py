"""Outcomes held against the published roster: the day filled in, and what cannot be said in a line."""

from __future__ import annotations

import pytest
from rich_register import TUESDAY
from rich_roster import at, rich_world

from offender_mgmt.planning.again import Before
from offender_mgmt.report.news import with_days

ROSTER = rich_world().roster
INTERVIEW = rich_world().row("ARMSI-RSO-000003")
LATE = at("23:59", TUESDAY)


def faults(*texts: str, moment: int = LATE, kept: frozenset[str] = frozenset()) -> tuple[str, ...]:
    return with_days(texts, ROSTER, Before(moment, kept))[1]


def test_the_day_of_the_roster_is_filled_in_and_all_else_stays() -> None:
    texts = ("sick P1:2026-12-02", f"outcome {INTERVIEW.task_id}:refused")
    found, none = with_days(texts, ROSTER, Before(LATE))
    assert found == (texts[0], f"{texts[1]}:{INTERVIEW.day}")
    assert none == ()
    assert with_days(found, ROSTER, Before(LATE)) == (found, ())


def test_another_day_than_that_of_the_roster_is_refused() -> None:
    assert faults(f"outcome {INTERVIEW.task_id}:done:2026-12-03") == (
        "--outcome: the roster has the work on another day.",
    )


def test_what_had_not_begun_has_no_outcome_unless_it_was_kept_before() -> None:
    text, early = f"outcome {INTERVIEW.task_id}:done", at("00:00")
    assert faults(text, moment=early) == ("--outcome: the work had not begun. Maybe: a later --freeze-before.",)
    assert faults(text, moment=early, kept=frozenset({INTERVIEW.task_id})) == ()


def test_a_visit_that_an_interview_does_too_has_the_outcome_of_the_interview() -> None:
    assert faults("outcome HV-RSO-000003:no_reply") == (
        "--outcome: the work is done in other work's time. Maybe: tell how that ended.",
    )


def test_one_result_for_one_task() -> None:
    text = f"outcome {INTERVIEW.task_id}:done"
    assert faults(text, text) == ("--outcome: two results of one task.",)


@pytest.mark.parametrize(
    ("day", "refused"), [("2026-11-29", 1), ("2026-11-30", 0), ("2026-12-06", 0), ("2026-12-07", 1)]
)
def test_an_urgent_visit_is_one_of_this_week(day: str, refused: int) -> None:
    assert faults(f"add RSO-000008:{day}") == ("--add: the day is not in 2026-W49.",) * refused
