"""What the register does not know, and entries made late, by hand; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, rows

from offender_mgmt.audit.topics import entries, quality
from offender_mgmt.errors import Fault
from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus, VisitOutcome

NO_LEAD, LEAD_ELSEWHERE, NO_POSITION, NO_END, ENDED, ADDRESS_VOID, WARNINGS = quality.TOPICS
LATE, MISSING = entries.TOPICS
AWAY = {"community_status": CommunityStatus.HOSPITAL, "status_since": date(2026, 11, 1)}


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, None),
        ({"lead_officer": None}, NO_LEAD),
        ({"lead_officer": "P9"}, LEAD_ELSEWHERE),  # not on file
        ({"lead_officer": "S1"}, LEAD_ELSEWHERE),  # of another team
        ({"easting": None}, NO_POSITION),
        ({"northing": None}, NO_POSITION),
        ({"easting": None, "northing": None, "no_fixed_abode": True}, None),
        (AWAY, NO_END),
        (AWAY | {"status_until": date(2026, 11, 27)}, ENDED),
        (AWAY | {"status_until": date(2026, 11, 28)}, None),
        ({"status_until": None}, None),  # in the community
    ],
)
def test_what_is_not_known(facts: dict[str, Any], wrong: Any) -> None:
    officers = (b.officer(), b.officer(officer_id="S1", team="south"))
    asked = context(b.register(offenders=(b.offender(**facts),), officers=officers))
    for topic in (NO_LEAD, LEAD_ELSEWHERE, NO_POSITION, NO_END, ENDED, ADDRESS_VOID):
        assert rows(topic, asked, "counted") == [(topic is wrong,)], topic.name


def test_nobody_whose_register_has_ended_is_looked_at() -> None:
    asked = context(b.register(offenders=(b.offender(lead_officer=None, register_end=DAY),)))
    assert rows(NO_LEAD, asked, "counted") == []


@pytest.mark.parametrize(
    ("second", "void"),
    [
        (None, True),
        ({"date": date(2026, 11, 20), "outcome": VisitOutcome.NO_REPLY}, True),  # before it
        ({"date": DAY, "outcome": VisitOutcome.NO_REPLY}, False),
        ({"date": date(2026, 11, 25), "start": time(15), "outcome": VisitOutcome.SUCCESSFUL}, False),  # that afternoon
    ],
)
def test_address_void(second: dict[str, Any] | None, void: bool) -> None:
    first = b.visit(date=date(2026, 11, 25), outcome=VisitOutcome.ADDRESS_VOID)
    visits = (first,) if second is None else (first, b.visit(visit_id="V-2", **{"end": None, **second}))
    assert rows(ADDRESS_VOID, context(b.register(visits=visits)), "counted") == [(void,)]


def test_warnings_stand_with_the_nominal_or_the_officer_they_are_about() -> None:
    warnings = (
        Fault("offenders.csv", 2, "status_until", "status-end-passed", "Look at it.", "RSO-000001"),
        Fault("officers.csv", 3, "caseload_limit", "caseload-over", "Look at it.", "P2"),
        Fault("visits.csv", 0, "", "no-rows", "Look at it."),
    )
    found = rows(
        WARNINGS, context(b.register(warnings=warnings)), "offender_ref", "officer", "item", "split", "counted"
    )
    assert found == [
        ("RSO-000001", "P1", "offenders.csv line 2", "status-end-passed", True),
        ("", "P2", "officers.csv line 3", "caseload-over", True),
        ("", "", "visits.csv", "no-rows", True),
    ]


def entered(tried: date, *made: date, day: date = DAY, since: date | None = None) -> tuple[Any, Any]:
    """What is late and what is missing of an attempt, and entries made on these days."""
    entry_rows = tuple(b.assessment(kind=AssessmentKind.RECORD_ENTRY, date=on) for on in made)
    visit = b.visit(date=tried, outcome=VisitOutcome.NO_REPLY)
    asked = context(b.register(extract_date=day, visits=(visit,), assessments=entry_rows), day, since)
    return rows(LATE, asked, "counted", "value"), rows(MISSING, asked, "counted")


@pytest.mark.parametrize(
    ("tried", "made", "late", "missing"),
    [
        # One working day is allowed. Monday 23 November: until Tuesday.
        (date(2026, 11, 23), [date(2026, 11, 23)], [(False, 0)], [(False,)]),
        (date(2026, 11, 23), [date(2026, 11, 24)], [(False, 1)], [(False,)]),
        (date(2026, 11, 23), [date(2026, 11, 25)], [(True, 2)], [(False,)]),
        (date(2026, 11, 23), [date(2026, 11, 24), date(2026, 11, 26)], [(False, 1)], [(False,)]),  # the first counts
        (date(2026, 11, 23), [date(2026, 11, 22)], [], [(True,)]),  # of an earlier attempt
        (date(2026, 11, 23), [], [], [(True,)]),
        # Saturday: until Monday.
        (date(2026, 11, 21), [date(2026, 11, 23)], [(False, 1)], [(False,)]),
        (date(2026, 11, 21), [date(2026, 11, 24)], [(True, 2)], [(False,)]),
        # Thursday: until the day audited; Friday: until Monday, so that nothing is missing yet.
        (date(2026, 11, 26), [], [], [(True,)]),
        (date(2026, 11, 27), [], [], []),
        (date(2026, 11, 20), [], [], []),  # before the period
    ],
)
def test_entries(tried: date, made: list[date], late: Any, missing: Any) -> None:
    assert entered(tried, *made) == (late, missing)


def test_bank_holidays_are_no_working_days() -> None:
    # Wednesday 24 December 2025; Christmas Day, Boxing Day and the weekend follow: until Monday the 29th.
    tried, year_end, since = date(2025, 12, 24), date(2025, 12, 31), date(2025, 12, 20)
    assert entered(tried, date(2025, 12, 29), day=year_end, since=since) == ([(False, 1)], [(False,)])
    assert entered(tried, date(2025, 12, 30), day=year_end, since=since) == ([(True, 2)], [(False,)])


def test_no_attempt_no_entry() -> None:
    asked = context(b.register())
    assert (rows(LATE, asked, "item"), rows(MISSING, asked, "item")) == ([], [])
