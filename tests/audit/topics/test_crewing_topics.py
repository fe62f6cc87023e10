"""Who went, worked out by hand; the period is the week from Saturday 21 to Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, policy_with, rows

from offender_mgmt.audit.topics.crewing import TOPICS
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import VisitOutcome, VisitType

SINGLE, NOT_AUTHORISED, UNACCREDITED, NOT_RECORDED = TOPICS
OFFICERS = (
    b.officer(),  # MOSOVO and ARMS
    b.officer(officer_id="P2", skills=("MOSOVO",)),
    b.officer(officer_id="P3", skills=("ARMS",)),
)


def attempt_by(*officers: str, **changes: Any) -> Register:
    """One attempt on the day audited."""
    return b.register(officers=OFFICERS, visits=(b.visit(**{"date": DAY, **changes}, officers=officers),))


@pytest.mark.parametrize(
    ("officers", "authoriser", "expected"),
    [
        (("P1",), None, (True, "not authorised", "P1 alone, not authorised.")),
        (("P1",), "S1", (True, "authorised", "P1 alone, authorised by S1.")),
        (("P1", "P2"), None, (False, "", "")),
        (("P1", "P2", "P3"), "S1", (False, "", "")),
        ((), None, None),  # whether it was single-crewed cannot be known
    ],
)
def test_single_crewed(officers: tuple[str, ...], authoriser: str | None, expected: Any) -> None:
    asked = context(attempt_by(*officers, single_crew_authorised_by=authoriser))
    assert rows(SINGLE, asked, "counted", "split", "detail") == ([expected] if expected else [])
    alone = [(expected[1] == "not authorised",)] if expected else []
    assert rows(NOT_AUTHORISED, asked, "counted") == alone


def test_whoever_the_policy_names_has_authorised_every_crew_of_one() -> None:
    policy = policy_with(crews={"single_crew_authorised_by": "CI1"})
    asked = context(attempt_by("P1"), policy=policy)
    assert rows(SINGLE, asked, "split", "detail") == [("authorised", "P1 alone, authorised by CI1.")]
    assert rows(NOT_AUTHORISED, asked, "counted", "detail") == [(False, "")]


@pytest.mark.parametrize(
    ("day", "is_of_period"), [(date(2026, 11, 20), False), (date(2026, 11, 21), True), (DAY, True)]
)
def test_attempts_of_the_period_count_whatever_became_of_them(day: date, is_of_period: bool) -> None:
    for outcome in VisitOutcome:
        asked = context(attempt_by("P1", date=day, outcome=outcome))
        for topic in TOPICS:
            assert len(topic.members(asked)) == is_of_period


@pytest.mark.parametrize(
    ("kind", "officers", "split", "detail"),
    [
        (VisitType.HOME_VISIT, ("P1", "P2"), "", ""),
        (VisitType.HOME_VISIT, ("P1", "P3"), "skill missing", "Without MOSOVO: P3."),
        (VisitType.HOME_VISIT, ("P1", "P9"), "officer not on file", "Not in officers.csv: P9."),
        (VisitType.HOME_VISIT, ("P9", "P3"), "skill missing", "Without MOSOVO: P3."),  # the first that applies
        (VisitType.ARMS_INTERVIEW, ("P1", "P2"), "", ""),
        (VisitType.ARMS_INTERVIEW, ("P2",), "nobody with a skill needed", "Nobody with ARMS."),
        (VisitType.JOINT_VISIT, ("P3",), "skill missing", "Without MOSOVO: P3."),  # as a home visit
        (VisitType.SEARCH, ("P2",), "", ""),
        (VisitType.HOME_VISIT, (), "", ""),  # not known: see the attempts without officers
    ],
)
def test_accreditation(kind: VisitType, officers: tuple[str, ...], split: str, detail: str) -> None:
    asked = context(attempt_by(*officers, type=kind))
    assert rows(UNACCREDITED, asked, "counted", "split", "detail") == [(bool(split), split, detail)]


def test_officers_not_recorded() -> None:
    assert rows(NOT_RECORDED, context(attempt_by()), "item", "counted") == [("V-1", True)]
    assert rows(NOT_RECORDED, context(attempt_by("P1")), "item", "counted") == [("V-1", False)]
