"""Standings on any day, in any order asked, are what the clocks say of the register as at that day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import builders as b
import pytest
from audit.audit_builders import DAY, context
from audit.second_way.wild import wild_register

from offender_mgmt.audit.clocks import History, Ran
from offender_mgmt.audit.context import Snapshot
from offender_mgmt.due import due_list
from offender_mgmt.due.facts import facts_of
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import CommunityStatus, ManagementStatus, RiskLevel, TaskKind

VISITS = (TaskKind.HOME_VISIT, TaskKind.INITIAL_VISIT, TaskKind.REPEAT_VISIT)
POLICY = b.policy()
ONE_DAY = timedelta(days=1)


def check(history: History, register: Register, day: date) -> None:
    """Facts and clocks of a day against those made from the register as at the day, without a history."""
    past = Snapshot(day, register.as_at(day), POLICY, history)
    direct = {o.offender_ref: facts_of(o, past.register, POLICY, past.horizon) for o in past.register.offenders}
    standings = history.at(day)
    assert [s.offender.offender_ref for s in standings] == sorted(direct)
    due = due_list(past.register, POLICY, past.horizon)
    for standing in standings:
        facts = direct[standing.offender.offender_ref]
        same_day = {"horizon": past.horizon, "extract_date": past.register.extract_date}
        assert replace(standing.facts, **same_day) == facts
        assert (standing.facts.has_ended, standing.facts.is_paused) == (facts.has_ended, facts.is_paused)
        if standing.is_in_community:
            listed = {t.kind: (t.due_date, t.rule) for t in due.tasks if t.offender_ref == facts.offender.offender_ref}
            assert overdue_of(standing.clocks, day).items() <= listed.items()
            lists = {k: v for k, v in listed.items() if v[0] <= day and k in KINDS and v[1] not in COMPANIONS}
            assert overdue_of(standing.clocks, day) == lists


KINDS = (
    *VISITS,
    TaskKind.ARMS_INTERVIEW,
    TaskKind.ARMS_WRITE_UP,
    TaskKind.SUPERVISORY_REVIEW,
    TaskKind.REACTIVE_REVIEW,
)
COMPANIONS = ("write-up-after-interview",)


def overdue_of(clocks: Ran, day: date) -> dict[TaskKind, tuple[date, str]]:
    """Kind, due date and rule of each clock that had run out by the day."""
    ran = (clocks.visit, clocks.arms, clocks.supervisory, clocks.reactive)
    return {c.kind: (c.due_date, c.rule) for c in ran if c is not None and c.due_date <= day}


@pytest.mark.parametrize("seed", range(3))
def test_any_days_in_any_order(seed: int) -> None:
    register, rng = wild_register(seed), random.Random(seed)
    history = History(register, POLICY)
    days = [register.extract_date - timedelta(days=rng.randint(0, 900)) for _ in range(25)]
    for day in [*days, *days[:3]]:
        check(history, register, day)


@pytest.mark.parametrize("forwards", [True, False])
def test_day_after_day(forwards: bool) -> None:
    """Readings are handed on from one day to the next, and changed on the very day something does."""
    register = wild_register(7)
    history = History(register, POLICY)
    days = [register.extract_date - timedelta(days=n) for n in range(45)]
    for day in reversed(days) if forwards else days:
        check(history, register, day)


THRESHOLDS = {
    "interval_until": {"visit_interval_days": 10, "interval_until": DAY},
    "register_end": {"register_end": DAY},
    "eligibility": {
        "risk_level": RiskLevel.LOW,
        "risk_level_set_on": DAY.replace(year=2023),
        "management_status": ManagementStatus.REACTIVE,
        "reactive_approved_by": "S1",
    },
    "expected back": {"community_status": CommunityStatus.CUSTODY, "status_until": DAY},
    "registration": {"registered_on": DAY},
}


@pytest.mark.parametrize("facts", THRESHOLDS.values(), ids=THRESHOLDS.keys())
def test_thresholds_of_a_date_alone(facts: dict[str, object]) -> None:
    """No record is made, and yet the day makes a difference."""
    register = b.register(
        offenders=(b.offender(**facts),), visits=(b.visit(date=date(2026, 6, 1)),), extract_date=DAY + 20 * ONE_DAY
    )
    history = History(register, POLICY)
    for n in range(-12, 13):
        check(history, register, DAY + n * ONE_DAY)


def test_standing_alone_is_the_one_among_all() -> None:
    register = wild_register(1)
    history, day = History(register, POLICY), register.extract_date - timedelta(days=30)
    for standing in history.at(day):
        assert History(register, POLICY).standing(standing.offender.offender_ref, day) == standing


def test_due_list_of_the_snapshot_is_that_of_the_plan() -> None:
    register = wild_register(2)
    for back in (0, 40):
        now = context(register, register.extract_date - timedelta(days=back)).now
        assert now.due == due_list(now.register, POLICY, now.horizon)
