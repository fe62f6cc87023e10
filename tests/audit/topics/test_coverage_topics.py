"""Who is on the register, and who was seen in time; the day audited is Friday 27 November 2026."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, verdict

from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics.coverage import TOPICS
from offender_mgmt.vocabulary import CommunityStatus, ManagementStatus, RiskLevel, VisitOutcome

POPULATION, BY_PLAN, BY_TIER = TOPICS
AWAY = {"community_status": CommunityStatus.CUSTODY, "status_since": date(2026, 1, 5)}
REACTIVE = {
    "risk_level": RiskLevel.LOW,
    "management_status": ManagementStatus.REACTIVE,
    "reactive_approved_by": "S1",
}


def of(topic: Topic, seen: date | None = None, day: date = DAY, **facts: Any) -> tuple[bool, float, str] | None:
    """What a topic says of one nominal of medium risk (every 6 months), last seen on a day."""
    visits = (b.visit(date=seen),) if seen else ()
    return verdict(topic, context(b.register(offenders=(b.offender(**facts),), visits=visits), day))


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({}, "active in the community"),
        ({"register_end": date(2026, 11, 28)}, "active in the community"),
        ({"register_end": date(2026, 11, 27)}, "register ended"),
        (AWAY, "custody"),
        ({**AWAY, "community_status": CommunityStatus.MISSING}, "missing"),
        ({**AWAY, "register_end": date(2026, 11, 27)}, "register ended"),
        # Back on the 29th: still in custody on the 27th.
        ({**AWAY, "status_until": date(2026, 11, 28)}, "custody"),
        # Low since the 28th three years ago: three years on the day after.
        ({**REACTIVE, "risk_level_set_on": date(2023, 11, 28)}, "reactive"),
        ({**REACTIVE, "risk_level_set_on": date(2023, 11, 29)}, "active in the community"),
        ({"registered_on": DAY}, "active in the community"),
    ],
)
def test_population(facts: dict[str, Any], where: str) -> None:
    found = of(POPULATION, **facts)
    assert found is not None
    assert (found[0], found[2]) == (True, where)


def test_nominal_registered_the_day_after_is_not_there_yet() -> None:
    assert of(POPULATION, registered_on=date(2026, 11, 28)) is None


@pytest.mark.parametrize("topic", [BY_PLAN, BY_TIER])
@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (date(2026, 5, 27), (False, 184, "overdue")),  # due on the 27th: overdue on the 28th
        (date(2026, 5, 28), (True, 183, "covered")),
        (DAY, (True, 0, "covered")),
    ],
)
def test_seen_in_time(topic: Topic, seen: date, expected: tuple[bool, float, str]) -> None:
    assert of(topic, seen) == expected


@pytest.mark.parametrize(
    ("registered", "split"),
    [(date(2026, 11, 12), "overdue"), (date(2026, 11, 13), "not yet seen, in time")],
)
def test_not_seen_at_all_is_never_covered(registered: date, split: str) -> None:
    # Medium risk: first visit within 15 days, so on 27 and 28 November.
    found = of(BY_PLAN, registered_on=registered)
    assert found is not None
    counted, value, words = found
    assert (counted, math.isnan(value), words) == (False, True, split)


@pytest.mark.parametrize(
    ("plan", "by_plan", "by_tier"),
    [
        # Seen on 27 May: by the tier due on 27 November.
        ({"visit_interval_days": 365}, "covered", "overdue"),
        ({"visit_interval_days": 365, "interval_until": date(2026, 11, 28)}, "covered", "overdue"),
        ({"visit_interval_days": 365, "interval_until": date(2026, 11, 27)}, "overdue", "overdue"),
    ],
)
def test_longer_plan_interval_shows_against_the_tier(plan: dict[str, Any], by_plan: str, by_tier: str) -> None:
    seen = date(2026, 5, 27)
    found = [of(topic, seen, **plan) for topic in (BY_PLAN, BY_TIER)]
    assert [words for _, _, words in filter(None, found)] == [by_plan, by_tier]


def test_shorter_plan_interval_is_held_to() -> None:
    # 28 October and 30 days are 27 November.
    seen = date(2026, 10, 28)
    assert of(BY_PLAN, seen, visit_interval_days=30) == (False, 30, "overdue")
    assert of(BY_TIER, seen, visit_interval_days=30) == (True, 30, "covered")


@pytest.mark.parametrize("facts", [AWAY, {**AWAY, "status_until": date(2026, 11, 28)}, {"register_end": DAY}])
def test_only_those_in_the_community_are_looked_at(facts: dict[str, Any]) -> None:
    assert of(BY_PLAN, date(2026, 1, 1), **facts) is None


def test_failed_attempt_is_no_visit() -> None:
    tried = b.visit(visit_id="V-2", date=DAY, outcome=VisitOutcome.NO_REPLY)
    register = b.register(visits=(b.visit(date=date(2026, 5, 27)), tried))
    assert verdict(BY_PLAN, context(register)) == (False, 184, "overdue")


def test_past_day_sees_what_was_known_then() -> None:
    # As at 27 May the visit of that day counts and the one before it, of 26 November 2025, was late by a day.
    visits = (b.visit(date=date(2025, 11, 26)), b.visit(visit_id="V-2", date=date(2026, 5, 27)))
    register = b.register(visits=visits)
    assert verdict(BY_PLAN, context(register, date(2026, 5, 26))) == (False, 181, "overdue")
    assert verdict(BY_PLAN, context(register, date(2026, 5, 27))) == (True, 0, "covered")
