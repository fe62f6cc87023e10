"""The reactive cohort, worked out by hand; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, verdict

from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics.reactive import TOPICS
from offender_mgmt.register.records import Assessment, Change, Offender
from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    CommunityStatus,
    ManagementStatus,
    RiskLevel,
    VisitOutcome,
)

COHORT, NOT_ELIGIBLE, REVIEWS, TRIGGERS = TOPICS
NO = (False, 0, "")


def reactive(**facts: Any) -> Offender:
    """Low risk since the start of 2023, approved for reactive management."""
    values = {
        "risk_level": RiskLevel.LOW,
        "risk_level_set_on": date(2023, 1, 1),
        "management_status": ManagementStatus.REACTIVE,
        "reactive_approved_by": "S1",
    }
    return b.offender(**{**values, **facts})


def of(topic: Topic, offender: Offender, **parts: Any) -> tuple[bool, float, str] | None:
    found = verdict(topic, context(b.register(offenders=(offender,), **parts)))
    return found if found is None or found[0] else NO


def counts(topic: Topic, offender: Offender, **parts: Any) -> tuple[bool, str] | None:
    found = of(topic, offender, **parts)
    return None if found is None else (found[0], found[2])


def reviewed(day: date) -> Assessment:
    return b.assessment(kind=AssessmentKind.REACTIVE_REVIEW, date=day)


def changed(day: date, field: ChangeField, before: str, to: str) -> Change:
    return b.change(date=day, field=field, value_from=before, value_to=to)


@pytest.mark.parametrize(
    ("offender", "cohort", "not_eligible"),
    [
        (reactive(), True, (False, "")),
        (reactive(risk_level_set_on=date(2023, 11, 28)), True, (False, "")),  # three years on the 28th
        (reactive(risk_level_set_on=date(2023, 11, 29)), False, (True, "not low for long enough")),
        (reactive(risk_level=RiskLevel.MEDIUM), False, (True, "risk level not low")),
        (reactive(reactive_approved_by=None), False, (True, "no approver")),
        (reactive(reactive_approved_by=None, risk_level_set_on=date(2023, 11, 28)), False, (True, "no approver")),
        (
            reactive(reactive_approved_by=None, risk_level_set_on=date(2026, 1, 1)),
            False,
            (True, "not low for long enough"),
        ),
        (reactive(community_status=CommunityStatus.CUSTODY), None, (False, "")),
        (reactive(register_end=DAY), None, None),
        (b.offender(), False, None),
    ],
)
def test_cohort_and_who_must_not_be_in_it(
    offender: Offender, cohort: bool | None, not_eligible: tuple[bool, str] | None
) -> None:
    found = counts(COHORT, offender)
    assert (None if found is None else found[0]) == cohort
    assert counts(NOT_ELIGIBLE, offender) == not_eligible


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 11, 28), NO), (date(2025, 11, 27), (True, 1, "")), (date(2025, 1, 1), (True, 331, ""))],
)
def test_review_every_12_months(day: date, expected: tuple[bool, float, str]) -> None:
    assert of(REVIEWS, reactive(), assessments=(reviewed(day),)) == expected


@pytest.mark.parametrize("offender", [b.offender(), reactive(reactive_approved_by=None)])
def test_reviews_are_of_the_cohort_only(offender: Offender) -> None:
    assert of(REVIEWS, offender) is None


SINCE = changed(date(2026, 1, 10), ChangeField.MANAGEMENT_STATUS, "active", "reactive")
BACK = changed(date(2026, 11, 20), ChangeField.COMMUNITY_STATUS, "custody", "community")
VOID = (b.visit(date=date(2026, 11, 17), outcome=VisitOutcome.ADDRESS_VOID),)
RISEN = changed(date(2026, 11, 13), ChangeField.RISK_LEVEL, "low", "medium")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"changes": (SINCE,)}, NO),
        ({"changes": (SINCE, BACK)}, (True, 7, "return to the community")),
        (
            {"changes": (SINCE, BACK), "assessments": (reviewed(date(2026, 11, 19)),)},
            (True, 7, "return to the community"),
        ),
        ({"changes": (SINCE, BACK), "assessments": (reviewed(date(2026, 11, 20)),)}, NO),
        ({"changes": (SINCE,), "visits": VOID}, (True, 10, "address void")),
        ({"changes": (SINCE, BACK), "visits": VOID}, (True, 10, "address void")),  # the earliest
        ({"changes": (SINCE, RISEN, BACK), "visits": VOID}, (True, 14, "rise in risk")),
        # Before the change to reactive, it was known when reactive management was approved.
        ({"changes": (changed(date(2026, 1, 9), ChangeField.COMMUNITY_STATUS, "custody", "community"), SINCE)}, NO),
    ],
)
def test_triggers_since_the_last_review(parts: dict[str, Any], expected: tuple[bool, float, str]) -> None:
    assert of(TRIGGERS, reactive(), **parts) == expected


def test_return_that_is_only_expected_is_no_trigger_but_the_last_one_is() -> None:
    away = reactive(community_status=CommunityStatus.CUSTODY, status_until=date(2026, 11, 29))
    gone = changed(date(2026, 11, 24), ChangeField.COMMUNITY_STATUS, "community", "custody")
    assert of(TRIGGERS, away, changes=(SINCE, gone)) == NO
    assert of(TRIGGERS, away, changes=(SINCE, BACK, gone)) == (True, 7, "return to the community")


def test_triggers_of_those_called_reactive_only() -> None:
    assert of(TRIGGERS, b.offender(), changes=(BACK,)) is None
