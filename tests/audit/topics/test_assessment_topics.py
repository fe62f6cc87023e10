"""ARMS, supervisory reviews and sign-offs, worked out by hand; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, one_member, verdict

from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics.assessments import TOPICS
from offender_mgmt.register.records import Assessment, Change
from offender_mgmt.vocabulary import AssessmentKind, ChangeField, Cohort, CommunityStatus, RiskLevel, VisitType

ARMS, WRITE_UPS, REVIEWS, LOWERED = TOPICS
HIGH = (b.offender(risk_level=RiskLevel.HIGH),)


def done(day: date, kind: AssessmentKind = AssessmentKind.ARMS) -> Assessment:
    """Something completed on a day."""
    return b.assessment(kind=kind, date=day)


def reviewed(day: date) -> Assessment:
    """A supervisory review of a day."""
    return done(day, AssessmentKind.SUPERVISORY_REVIEW)


def level(day: date, before: str, to: str, signed_off_by: str | None = "S1") -> Change:
    """A change of risk level."""
    return b.change(date=day, value_from=before, value_to=to, signed_off_by=signed_off_by)


def back(day: date) -> Change:
    """Out of custody on a day."""
    return b.change(date=day, field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="community")


def of(topic: Topic, **parts: Any) -> tuple[bool, float, str] | None:
    """The verdict; nothing but counted where the nominal does not count."""
    found = verdict(topic, context(b.register(**parts)))
    return found if found is None or found[0] else (False, 0, "")


NO = (False, 0, "")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # Every 12 months.
        ({"assessments": (done(date(2025, 11, 28)),)}, NO),
        ({"assessments": (done(date(2025, 11, 27)),)}, (True, 1, "review")),
        ({"assessments": (done(date(2025, 5, 27)),)}, (True, 185, "review")),
        # Within 3 months of the first visit.
        ({"visits": (b.visit(date=date(2026, 8, 28)),)}, NO),
        ({"visits": (b.visit(date=date(2026, 8, 27)),)}, (True, 1, "initial")),
        ({}, NO),  # never seen: no interview is due yet
        # Within 14 days of a rise.
        (
            {
                "offenders": HIGH,
                "assessments": (done(date(2026, 6, 1)),),
                "changes": (level(date(2026, 11, 13), "medium", "high"),),
            },
            (True, 1, "after a rise in risk"),
        ),
        # It fell due before the return: within 14 days of it.
        (
            {"assessments": (done(date(2025, 1, 1)),), "changes": (back(date(2026, 11, 13)),)},
            (True, 1, "after a return"),
        ),
        ({"assessments": (done(date(2025, 1, 1)),), "changes": (back(date(2026, 11, 14)),)}, NO),
        # Interviewed since: what is due is the write-up.
        (
            {
                "assessments": (done(date(2025, 1, 1)),),
                "visits": (b.visit(type=VisitType.ARMS_INTERVIEW, date=date(2026, 11, 26)),),
            },
            NO,
        ),
    ],
)
def test_arms_overdue(parts: dict[str, Any], expected: tuple[bool, float, str]) -> None:
    assert of(ARMS, **parts) == expected


@pytest.mark.parametrize("cohort", [cohort for cohort in Cohort if cohort is not Cohort.RSO])
def test_arms_is_for_registered_sex_offenders(cohort: Cohort) -> None:
    parts = {"offenders": (b.offender(cohort=cohort),), "assessments": (done(date(2025, 1, 1)),)}
    assert of(ARMS, **parts) is None
    assert of(REVIEWS, **parts) is not None


@pytest.mark.parametrize(
    ("held", "written", "expected"),
    [
        (date(2026, 11, 14), None, NO),
        (date(2026, 11, 13), None, (True, 1, "")),
        (date(2026, 11, 13), date(2026, 11, 12), (True, 1, "")),
        (date(2026, 11, 13), date(2026, 11, 13), None),
        (None, None, None),
    ],
)
def test_write_up_within_14_days(held: date | None, written: date | None, expected: Any) -> None:
    visits = (b.visit(type=VisitType.ARMS_INTERVIEW, date=held),) if held else ()
    assert of(WRITE_UPS, visits=visits, assessments=(done(written),) if written else ()) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # Medium risk: every 6 months.
        ({"assessments": (reviewed(date(2026, 5, 28)),)}, NO),
        ({"assessments": (reviewed(date(2026, 5, 27)),)}, (True, 1, "by interval")),
        # Never reviewed: from registration on 1 June 2023, due on 1 December; 1,093 days to 28 November 2026.
        ({}, (True, 1093, "by interval")),
        # Within 7 days of an ARMS or of a change of level.
        ({"assessments": (reviewed(date(2026, 9, 1)), done(date(2026, 11, 20)))}, (True, 1, "after an ARMS")),
        ({"assessments": (reviewed(date(2026, 9, 1)), done(date(2026, 11, 21)))}, NO),
        (
            {
                "offenders": HIGH,
                "assessments": (reviewed(date(2026, 9, 1)),),
                "changes": (level(date(2026, 11, 20), "medium", "high"),),
            },
            (True, 1, "after a change of level"),
        ),
        # It fell due before the return: within 7 days of it.
        (
            {"assessments": (reviewed(date(2025, 1, 1)),), "changes": (back(date(2026, 11, 20)),)},
            (True, 1, "after a return"),
        ),
    ],
)
def test_supervisory_review_overdue(parts: dict[str, Any], expected: tuple[bool, float, str]) -> None:
    assert of(REVIEWS, **parts) == expected


LOWERED_ON_20 = level(date(2026, 11, 20), "high", "medium", None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), None),
        ((LOWERED_ON_20,), (True, 7, "")),
        ((level(date(2026, 11, 20), "high", "medium"),), NO),
        ((level(date(2026, 11, 20), "low", "medium", None),), None),  # a rise
        ((level(date(2026, 11, 1), "very_high", "high"), LOWERED_ON_20), (True, 7, "")),
        # The lowering of the 20th never counted, so medium to low is held against high.
        ((LOWERED_ON_20, level(date(2026, 11, 25), "medium", "low")), NO),
        # Signed off by another change to the same level: a lowering again, and signed.
        ((LOWERED_ON_20, level(date(2026, 11, 25), "high", "medium")), NO),
        # Back to the level in force: no lowering.
        ((LOWERED_ON_20, level(date(2026, 11, 25), "medium", "high", None)), None),
    ],
)
def test_lowered_without_sign_off(changes: tuple[Change, ...], expected: Any) -> None:
    assert of(LOWERED, changes=changes) == expected


def test_lowering_is_looked_at_wherever_the_nominal_is_until_the_register_ends() -> None:
    away = b.offender(community_status=CommunityStatus.CUSTODY)
    ended = b.offender(register_end=DAY)
    assert of(LOWERED, offenders=(away,), changes=(LOWERED_ON_20,)) == (True, 7, "")
    assert of(LOWERED, offenders=(ended,), changes=(LOWERED_ON_20,)) is None


def test_unsigned_lowering_leaves_the_nominal_in_the_graver_tier() -> None:
    row = one_member(LOWERED, context(b.register(changes=(LOWERED_ON_20,))))
    assert row is not None
    assert row["tier"] == "high"
    assert row["detail"] == "Lowered from high to medium on 2026-11-20; high stays in force."
