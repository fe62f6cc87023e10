"""Clearing the backlog, worked out by hand; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import context, nothing_else_due, policy_with, rows

from offender_mgmt.audit.figures import figures_of
from offender_mgmt.audit.topics.clearance import TOPICS
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import Cohort, CommunityStatus, ManagementStatus, RiskLevel

BACKLOG, INFLOW, CAPACITY, CLEARANCE, NEEDED = TOPICS
WEEKS_A_YEAR = 365 / 7
LAST_DAY = date(2026, 12, 11)
"""Friday in two weeks: the duty roster reaches over two whole weeks."""


def overdue_by_a_day(**changes: Any) -> Register:
    """One medium nominal; three tours of 7.25 hours in two weeks, by P1 twice and P2."""
    tours = (b.tour(), b.tour(officer_id="P2"), b.tour(date=LAST_DAY))
    values = {"visits": (b.visit(date=date(2026, 5, 27)),), "assessments": nothing_else_due(), "tours": tours}
    return b.register(**{**values, **changes})


YEAR_OF_MEDIUM = (
    2 * (60 + 120 + 2 * 3 / 7 * 45)  # two officers: a visit, an interview, 3/7 repeats for each of the two calls
    + 2 * 20  # a check before each call
    + 2 * (1 + 3 / 7) * 30  # an entry after each call and each repeat
    + 240  # the write-up
    + 2 * 30  # a supervisor's review every six months
) / 60
"""Hours a year: two calls, one of them the ARMS interview; 30 attempts in a hundred find nobody."""


@pytest.mark.parametrize(("seen", "hours"), [(date(2026, 5, 27), 2 + 1 / 3 + 1 / 2), (date(2026, 5, 28), 0)])
def test_hours_overdue(seen: date, hours: float) -> None:
    # A visit of 60 minutes by two, its check of 20 and entry of 30; due on the 28th it is not overdue.
    found = rows(BACKLOG, context(overdue_by_a_day(visits=(b.visit(date=seen),))), "value")
    assert sum(value for (value,) in found) == pytest.approx(hours)


def test_hours_that_come_back_every_week() -> None:
    assert pytest.approx(14.38095) == YEAR_OF_MEDIUM
    found = rows(INFLOW, context(overdue_by_a_day()), "value", "split")
    assert found == [(pytest.approx(YEAR_OF_MEDIUM / WEEKS_A_YEAR), "active")]


@pytest.mark.parametrize(
    ("facts", "hours_a_year"),
    [
        # A review of 30 minutes once a year.
        (
            {
                "risk_level": RiskLevel.LOW,
                "risk_level_set_on": date(2020, 1, 1),
                "management_status": ManagementStatus.REACTIVE,
                "reactive_approved_by": "S1",
            },
            0.5,
        ),
        # No ARMS for a violent offender: two visits of 60 minutes by two, 3/7 repeats, checks, entries, two reviews.
        (
            {"cohort": Cohort.VIOLENT},
            (2 * 2 * (60 + 3 / 7 * 45) + 2 * 20 + 2 * (1 + 3 / 7) * 30 + 2 * 30) / 60,
        ),
        # Every 73 days by the plan: five calls a year, one of them the interview; three officers.
        (
            {"visit_interval_days": 73, "interval_until": date(2027, 1, 31), "crew_size": 3},
            (3 * (4 * 60 + 120 + 5 * 3 / 7 * 45) + 5 * 20 + 5 * (1 + 3 / 7) * 30 + 240 + 2 * 30) / 60,
        ),
        # The plan's interval has run out: the tier's.
        ({"visit_interval_days": 73, "interval_until": date(2026, 11, 27)}, YEAR_OF_MEDIUM),
    ],
)
def test_hours_of_other_nominals(facts: dict[str, Any], hours_a_year: float) -> None:
    register = overdue_by_a_day(offenders=(b.offender(**facts),))
    assert rows(INFLOW, context(register), "value") == [(pytest.approx(hours_a_year / WEEKS_A_YEAR),)]


def test_nobody_away_makes_work() -> None:
    away = b.offender(community_status=CommunityStatus.ABROAD)
    assert rows(INFLOW, context(overdue_by_a_day(offenders=(away,))), "value") == []


def test_hours_of_a_mean_week() -> None:
    found = rows(CAPACITY, context(overdue_by_a_day()), "officer", "value", "detail")
    assert found == [(who, 3.625, "One of 2 week(s) on file.") for who in ("P1", "P1", "P2")]


def test_part_of_a_week_is_no_week() -> None:
    # Until Thursday 3 December, six days: nothing is known.
    asked = context(overdue_by_a_day(tours=(b.tour(), b.tour(date=date(2026, 12, 3)))))
    assert [rows(topic, asked, "value") for topic in (CAPACITY, CLEARANCE, NEEDED)] == [[], [], []]


def test_weeks_and_officers_until_the_backlog_is_cleared() -> None:
    """2.83 hours of backlog; 10.875 hours a week on duty by two officers, less what comes back every week."""
    backlog, capacity, inflow = 2 + 1 / 3 + 1 / 2, 10.875, YEAR_OF_MEDIUM / WEEKS_A_YEAR
    asked = context(overdue_by_a_day())
    assert rows(CLEARANCE, asked, "team", "value", "per") == [
        ("north", pytest.approx(backlog), pytest.approx(capacity - inflow))
    ]
    needed = (backlog / 12 + inflow) / (capacity / 2)
    assert rows(NEEDED, asked, "team", "value", "per") == [("north", pytest.approx(needed), 2)]


def test_more_comes_back_than_there_is_duty_for() -> None:
    asked = context(overdue_by_a_day(offenders=tuple(b.offender(offender_ref=f"RSO-{n:06}") for n in range(50))))
    figures = figures_of(CLEARANCE, CLEARANCE.members(asked), b.policy())
    assert list(figures[figures["by"] == "force"]["words"]) == ["never at this rate"]


def test_contracted_hours_count_for_what_one_officer_does() -> None:
    officers = (b.officer(), b.officer(officer_id="P2", contract_hours=20))
    ((value, per),) = rows(NEEDED, context(overdue_by_a_day(officers=officers)), "value", "per")
    weekly = (2 + 1 / 3 + 1 / 2) / 12 + YEAR_OF_MEDIUM / WEEKS_A_YEAR
    assert (value, per) == (pytest.approx(weekly / (10.875 / 1.5)), 1.5)


def test_hours_of_one_officer_are_the_mean_of_all_teams() -> None:
    """North: two officers and 10.875 hours a week; south: one and 3.625, and nobody to visit: 14.5 by three."""
    officers = (b.officer(), b.officer(officer_id="P2"), b.officer(officer_id="S1", team="south"))
    tours = (b.tour(), b.tour(officer_id="P2"), b.tour(date=LAST_DAY), b.tour(officer_id="S1"))
    asked = context(overdue_by_a_day(officers=officers, tours=tours))
    weekly = (2 + 1 / 3 + 1 / 2) / 12 + YEAR_OF_MEDIUM / WEEKS_A_YEAR
    found = rows(NEEDED, asked, "team", "value", "per")
    assert found == [("north", pytest.approx(weekly / (14.5 / 3)), 2), ("south", 0, 1)]


def test_weeks_to_clear_it_in_are_the_policys() -> None:
    policy = policy_with(audit={"clear_in_weeks": 1})
    ((value,),) = rows(NEEDED, context(overdue_by_a_day(), policy=policy), "value")
    assert value == pytest.approx((2 + 1 / 3 + 1 / 2 + YEAR_OF_MEDIUM / WEEKS_A_YEAR) / (10.875 / 2))
