"""For random past dates the audit of the full register equals the audit of the register cut at that date."""

from __future__ import annotations

import os
import random
from datetime import timedelta

import builders as b
import pytest
from audit.audit_builders import policy_with
from audit.second_way.cutter import cut
from audit.second_way.wild import wild_register

from offender_mgmt.audit.audit import audit

pytestmark = pytest.mark.many_cases

REGISTERS, DATES_EACH = 8, 25 if "OFFENDER_MGMT_SOAK" in os.environ else 8
"""The 200 dates are for run.py soak."""
SHORT_TREND = policy_with(audit={"trend_weeks": 4})
"""A trend is made of audits like this one's: four of them will do."""


@pytest.mark.parametrize("seed", range(REGISTERS))
def test_audit_of_the_full_register_equals_that_of_the_extract_of_the_day(seed: int) -> None:
    register, policy, rng = wild_register(seed + 100, 40), SHORT_TREND, random.Random(seed)
    for _ in range(DATES_EACH):
        day = register.extract_date - timedelta(days=rng.randint(1, 800))
        since = day - timedelta(days=rng.choice((6, 83)))
        full, of_the_day = audit(register, policy, day, since), audit(cut(register, day), policy, day, since)
        assert full.figures.equals(of_the_day.figures), day
        for name, members in full.members.items():
            assert members.equals(of_the_day.members[name]), (day, name)


def test_audit_as_at_the_extract_date_is_the_plain_audit() -> None:
    register, policy = wild_register(1, 40), b.policy()
    day = register.extract_date
    since = day - timedelta(days=83)
    assert audit(register, policy, day, since).figures.equals(audit(cut(register, day), policy, day, since).figures)


def test_two_thirds_of_the_dates_differ_from_today() -> None:
    register, policy, rng = wild_register(100, 40), SHORT_TREND, random.Random(7)
    today = audit(register, policy, register.extract_date, register.extract_date - timedelta(days=6)).members
    day = register.extract_date - timedelta(days=rng.randint(100, 300))
    then = audit(register, policy, day, day - timedelta(days=6)).members
    assert not today["visits-overdue"].equals(then["visits-overdue"])
