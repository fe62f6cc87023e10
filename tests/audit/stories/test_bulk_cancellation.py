"""Ways to turn a dashboard green that must not turn the audit green.

All outstanding low-risk visits cancelled, and medium-risk ones over three months overdue: 262 of the 400 are nobody's
work any more, and every one of them is still overdue. The same for longer plan intervals and for a change of everybody
low to reactive management.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import builders as b
import pytest
from audit.stories.figures_told import Told, told
from audit.stories.scenario import EXTRACT
from audit.stories.test_published_stories import four_hundred_of_1297

from offender_mgmt.vocabulary import ManagementStatus, RiskLevel

pytestmark = pytest.mark.many_cases

UNTOUCHED = (
    "population",
    "coverage-by-plan",
    "coverage-by-tier",
    "visits-overdue",
    "visits-overdue-by-tier",
    "visits-overdue-risk",
    "overdue-again",
    "never-seen",
    "long-unseen",
    "arms-overdue",
    "supervisory-reviews-overdue",
    "trend",
)
"""What a cancellation has no part in."""


@pytest.fixture(scope="module")
def before() -> Told:
    return told(four_hundred_of_1297()[0].register())


@pytest.fixture(scope="module")
def after() -> Told:
    force, groups = four_hundred_of_1297()
    force.cancel(groups["low"], "low risk: all visits cancelled", "CI1")
    force.cancel(groups["medium over three months"], "over three months overdue", "S1")
    return told(force.register())


@pytest.mark.parametrize("topic", UNTOUCHED)
def test_every_cancelled_visit_is_still_overdue(before: Told, after: Told, topic: str) -> None:
    assert after.topic(topic) == before.topic(topic)


def test_it_is_said_how_many_of_the_overdue_are_cancelled_and_by_whom(before: Told, after: Told) -> None:
    assert before.count("overdue-but-put-off")[0] == 0
    assert after.count("overdue-but-put-off")[0] == 262
    assert after.splits("put-off-or-cancelled")["cancelled"] == 262
    assert after.splits("put-off-by-authoriser") == {"CI1": 250, "S1": 12}
    assert sum(after.splits("put-off-by-reason").values()) == 262


def test_the_visits_cancelled_stay_in_the_hours_of_the_backlog(before: Told, after: Told) -> None:
    # 400 home visits of 60 minutes by two officers.
    def hours(found: Told) -> float:
        f = found.audit.figures
        rows = f[(f.topic == "backlog-hours") & (f.measure == "total") & (f.by == "force") & (f.split == "home visit")]
        return float(rows.value.sum())

    assert hours(before) == hours(after) == 800


def test_a_plan_interval_for_everybody_low_shows_against_the_tier(before: Told) -> None:
    force, groups = four_hundred_of_1297()
    low = set(groups["low"])
    until = EXTRACT + timedelta(days=365)
    facts = {"visit_interval_days": 3650, "interval_authorised_by": "CI1", "interval_until": until}
    force.offenders = [o.replace(**facts) if o.offender_ref in low else o for o in force.offenders]
    found = told(force.register())
    assert found.count("visits-overdue") == (150, 1297)
    assert found.count("visits-overdue-by-tier") == before.count("visits-overdue") == (400, 1297)
    assert found.count("coverage-by-tier") == (897, 1297)


def test_everybody_low_made_reactive_without_the_years_or_an_approver_stays_overdue(before: Told) -> None:
    force, groups = four_hundred_of_1297()
    low = set(groups["low"])
    facts = {"management_status": ManagementStatus.REACTIVE, "risk_level_set_on": EXTRACT - timedelta(days=400)}
    force.offenders = [o.replace(**facts) if o.offender_ref in low else o for o in force.offenders]
    found = told(force.register())
    assert found.count("visits-overdue") == (400, 1297)
    assert found.count("reactive") == (0, 1297)
    assert found.count("reactive-not-eligible") == (250, 250)


def test_everybody_low_left_out_of_the_register_shows_in_the_denominator() -> None:
    register = four_hundred_of_1297()[0].register()
    kept = tuple(o for o in register.offenders if o.risk_level is not RiskLevel.LOW)
    refs = {o.offender_ref for o in kept}
    logs = {name: tuple(r for r in getattr(register, name) if r.offender_ref in refs) for name in ("visits",)}
    found = told(replace(register, offenders=kept, assessments=(), **logs))
    assert found.count("visits-overdue") == (150, 648)
    assert b.policy().name  # the policy used is named in the header
