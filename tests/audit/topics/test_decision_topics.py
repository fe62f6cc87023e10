"""Work put off or cancelled, by hand; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, nothing_else_due, rows

from offender_mgmt.audit.topics.decisions import TOPICS
from offender_mgmt.register.records import Deferral
from offender_mgmt.vocabulary import AssessmentKind, TaskKind, VisitOutcome

PUT_OFF, BY_AUTHORISER, BY_REASON, OVERDUE, OUTCOMES = TOPICS


def decided(*decisions: Deferral) -> Any:
    """What is asked about one nominal with these decisions."""
    return context(b.register(deferrals=decisions))


@pytest.mark.parametrize(
    ("until", "split"),
    [
        (date(2026, 11, 27), None),  # it has run out
        (date(2026, 11, 28), "put off"),
        (None, "cancelled"),
    ],
)
def test_decision_in_force(until: date | None, split: str | None) -> None:
    asked = decided(b.deferral(until=until))
    assert rows(PUT_OFF, asked, "item", "split") == ([("home_visit", split)] if split else [])
    assert rows(BY_AUTHORISER, asked, "split") == ([("S1",)] if split else [])
    assert rows(BY_REASON, asked, "split") == ([("hospital outpatient",)] if split else [])


def test_decision_that_is_still_to_be_made_does_not_count() -> None:
    assert rows(PUT_OFF, decided(b.deferral(decided_on=date(2026, 11, 28))), "split") == []


def test_last_decision_about_a_kind_of_task_counts() -> None:
    cancelled = b.deferral(decided_on=date(2026, 11, 1), until=None)
    ended = b.deferral(decided_on=date(2026, 11, 20), until=date(2026, 11, 25))
    other = b.deferral(decided_on=date(2026, 11, 1), until=None, task_kind=TaskKind.SUPERVISORY_REVIEW)
    assert rows(PUT_OFF, decided(cancelled, ended), "item") == []
    assert rows(PUT_OFF, decided(cancelled, ended, other), "item", "split") == [("supervisory_review", "cancelled")]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("no  officers  that week", "no officers that week"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
    ],
)
def test_reason_is_told_as_typed_but_no_story(reason: str, told: str) -> None:
    ((split, detail),) = rows(BY_REASON, decided(b.deferral(reason=reason)), "split", "detail")
    assert (split, detail) == (told, f"Home visit put off until 2026-12-31 by S1: {told}")


@pytest.mark.parametrize(
    ("decisions", "split"),
    [
        ((), ""),
        ((b.deferral(),), "put off"),
        ((b.deferral(until=None),), "cancelled"),
        ((b.deferral(until=DAY),), ""),  # run out on the day
        ((b.deferral(decided_on=date(2026, 5, 26), until=None),), ""),  # about the visit before the last
        ((b.deferral(task_kind=TaskKind.REPEAT_VISIT),), ""),
    ],
)
def test_overdue_but_put_off(decisions: tuple[Deferral, ...], split: str) -> None:
    # Seen on 27 May: due on 27 November, overdue by a day.
    visits = (b.visit(date=date(2026, 5, 27)),)
    register = b.register(visits=visits, assessments=nothing_else_due(), deferrals=decisions)
    found = rows(OVERDUE, context(register), "item", "counted", "value", "split")
    assert found == [("HV-RSO-000001", bool(split), 1, split)]


def test_every_kind_of_overdue_task_is_looked_at_and_no_companion() -> None:
    # ARMS on 1 June: its review was due on the 8th, 22 + 31 + 31 + 30 + 31 + 28 days before 28 November. Seen today.
    review = b.assessment(kind=AssessmentKind.SUPERVISORY_REVIEW, date=date(2026, 5, 1))
    done = tuple(row for row in nothing_else_due() if row.kind is not AssessmentKind.SUPERVISORY_REVIEW)
    put_off = b.deferral(task_kind=TaskKind.SUPERVISORY_REVIEW)
    register = b.register(visits=(b.visit(date=DAY),), assessments=(review, *done), deferrals=(put_off,))
    found = rows(OVERDUE, context(register), "item", "counted", "value")
    assert found == [("SUP-RSO-000001", True, 173)]


@pytest.mark.parametrize("outcome", list(VisitOutcome))
def test_outcomes_are_never_mixed(outcome: VisitOutcome) -> None:
    inside, outside = (
        b.visit(visit_id=str(day), date=day, outcome=outcome) for day in (date(2026, 11, 21), date(2026, 11, 20))
    )
    asked = context(b.register(visits=(inside, outside)))
    assert rows(OUTCOMES, asked, "item", "split") == [("2026-11-21", outcome.value.replace("_", " "))]
