"""Caseloads and hours, worked out by hand; the day audited is Friday 27 November 2026, the week before it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, nothing_else_due, policy_with, rows

from offender_mgmt.audit.figures import figures_of
from offender_mgmt.audit.topics import capacity, caseload
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus, ManagementStatus, RiskLevel, TourCode

PER_FTE, OVER, OF_OFFICERS, WEIGHTED = caseload.TOPICS
DEMAND, CAPACITY, ABSTRACTION = capacity.TOPICS
TWO_TO_ONE = policy_with(audit={"caseload_per_fte": 2})


def led() -> Register:
    """P1 leads three (in custody, reactive, active), P2 one on half the hours; two count for nobody."""
    reactive = {
        "risk_level": RiskLevel.LOW,
        "risk_level_set_on": date(2020, 1, 1),
        "management_status": ManagementStatus.REACTIVE,
        "reactive_approved_by": "S1",
    }
    people: dict[str, dict[str, Any]] = {
        "A": {},
        "B": {"risk_level": RiskLevel.VERY_HIGH, "community_status": CommunityStatus.CUSTODY},
        "C": reactive,
        "D": {"risk_level": RiskLevel.HIGH, "lead_officer": "P2"},
        "E": {"lead_officer": None},
        "F": {"register_end": DAY},
    }
    offenders = tuple(b.offender(offender_ref=ref, **facts) for ref, facts in people.items())
    officers = (b.officer(), b.officer(officer_id="P2", contract_hours=20))
    return b.register(offenders=offenders, officers=officers)


def test_nominals_by_full_time_officer() -> None:
    # P1: 3 on full time is more than 2; P2: 1 on half the hours is 2 and no more. Together 4 over 1.5.
    asked = context(led(), policy=TWO_TO_ONE)
    assert rows(PER_FTE, asked, "officer", "value", "per", "split") == [("P1", 3, 1, "over"), ("P2", 1, 0.5, "within")]
    assert rows(OVER, asked, "officer", "counted", "value") == [("P1", True, 3), ("P2", False, 2)]
    assert rows(OF_OFFICERS, asked, "officer", "counted", "value") == [("P1", True, 3), ("P2", True, 2)]
    figures = figures_of(PER_FTE, PER_FTE.members(asked), TWO_TO_ONE)
    ratio = figures[(figures["measure"] == "ratio") & (figures["by"] == "force")]
    assert list(ratio["words"]) == ["2.7 nominals per full-time officer"]


def test_weighted() -> None:
    # P1: medium 1, very high 4 (also in custody), reactive 0.1; P2: high 2.
    found = rows(WEIGHTED, context(led()), "officer", "value", "per")
    assert found == [("P1", pytest.approx(5.1), 1), ("P2", 2, 0.5)]


def test_lead_who_is_not_on_file_counts_as_full_time() -> None:
    register = b.register(offenders=(b.offender(lead_officer="P9"),))
    assert rows(PER_FTE, context(register), "officer", "team", "value", "per") == [("P9", "", 1, 1)]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        # Every 6 months. Two officers for 60 minutes; with it a check of 20 minutes and an entry of 30.
        (date(2026, 6, 4), [("ENTRY", 0.5), ("HV", 2), ("INTEL", 1 / 3)]),  # due on 4 December, the seventh day after
        (date(2026, 6, 5), []),
        (date(2025, 6, 1), [("ENTRY", 0.5), ("HV", 2), ("INTEL", 1 / 3)]),  # long overdue is one visit all the same
    ],
)
def test_hours_of_work(seen: date, expected: list[tuple[str, float]]) -> None:
    register = b.register(visits=(b.visit(date=seen),), assessments=nothing_else_due())
    found = [(item.split("-")[0], value) for item, value in rows(DEMAND, context(register), "item", "value")]
    assert found == [(code, pytest.approx(hours)) for code, hours in expected]


def test_work_put_off_is_still_work() -> None:
    register = b.register(
        visits=(b.visit(date=date(2026, 5, 1)),), assessments=nothing_else_due(), deferrals=(b.deferral(until=None),)
    )
    assert ("HV-RSO-000001", 2.0) in rows(DEMAND, context(register), "item", "value")


def test_visit_that_the_interview_does_too_takes_no_time_of_its_own() -> None:
    # ARMS of 28 November 2025: due again on 28 November. Two officers for 120 minutes, and 240 minutes to write it up.
    old = b.assessment(date=date(2025, 11, 28))
    others = tuple(done for done in nothing_else_due() if done.kind is not AssessmentKind.ARMS)
    register = b.register(visits=(b.visit(date=date(2026, 5, 28)),), assessments=(old, *others))
    found = dict(rows(DEMAND, context(register), "split", "value"))
    wanted = {"ARMS interview": 4, "ARMS write up": 4, "intelligence check": 1 / 3, "record entry": 0.5}
    assert found == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("tour", "hours"),
    [
        ({}, [7.25]),  # 8 hours less a break of 45 minutes
        ({"start": time(22), "end": time(6)}, [7.25]),  # the whole tour, also after midnight
        ({"end": time(12)}, [3.5]),  # 4 hours less 30 minutes
        ({"date": DAY}, []),
        ({"date": date(2026, 11, 28)}, [7.25]),
        ({"date": date(2026, 12, 4)}, [7.25]),
        ({"date": date(2026, 12, 5)}, []),
        ({"code": TourCode.LEAVE, "start": None, "end": None}, []),
    ],
)
def test_hours_on_duty(tour: dict[str, Any], hours: list[float]) -> None:
    asked = context(b.register(tours=(b.tour(**tour),)))
    assert [value for (value,) in rows(CAPACITY, asked, "value")] == hours


def test_fixed_events_of_the_officer_are_taken_off() -> None:
    # P1 is in court from 9 to 12.
    court = b.event(date=b.MONDAY)
    asked = context(b.register(events=(court,)))
    assert rows(CAPACITY, asked, "officer", "value") == [("P1", 4.25), ("P2", 7.25)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (TourCode.DUTY, [(False, "")]),
        (TourCode.LEAVE, [(True, "leave")]),
        (TourCode.SICK, [(True, "sick")]),
        (TourCode.TRAINING, [(True, "training")]),
        (TourCode.COURT, [(True, "court")]),
        (TourCode.REST_DAY, []),
        (TourCode.BANK_HOLIDAY, []),
    ],
)
def test_days_lost(code: TourCode, expected: list[tuple[bool, str]]) -> None:
    times = {} if code is TourCode.DUTY else {"start": None, "end": None}
    inside, outside = (b.tour(date=day, code=code, **times) for day in (DAY, date(2026, 11, 20)))
    assert rows(ABSTRACTION, context(b.register(tours=(inside, outside))), "counted", "split") == expected
