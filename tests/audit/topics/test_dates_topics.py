"""Days set by law or by a court, worked out by hand; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, rows

from offender_mgmt.audit.topics.dates import TOPICS
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus

NOTIFICATIONS_OVERDUE, NOTIFICATIONS_DUE, NO_FIXED_ABODE, REGISTER_ENDING, ORDERS_ENDING = TOPICS
AWAY = {"community_status": CommunityStatus.CUSTODY}


def one(**facts: Any) -> Register:
    """One nominal."""
    return b.register(offenders=(b.offender(**facts),))


@pytest.mark.parametrize(
    ("due", "days_overdue", "comes"),
    [
        (None, 0, False),
        (date(2026, 10, 28), 31, False),
        (date(2026, 11, 27), 1, False),
        (date(2026, 11, 28), 0, True),
        (date(2026, 12, 4), 0, True),
        (date(2026, 12, 5), 0, False),
    ],
)
@pytest.mark.parametrize("where", [{}, AWAY])
def test_notifications(due: date | None, days_overdue: int, comes: bool, where: dict[str, Any]) -> None:
    """Custody is no excuse here: the law has its own dates, and somebody must look."""
    asked = context(one(notification_due=due, **where))
    ((counted, value, day),) = rows(NOTIFICATIONS_OVERDUE, asked, "counted", "value", "date")
    assert counted is (days_overdue > 0)
    assert (value, day) == (days_overdue, due and due.isoformat()) or not counted
    assert rows(NOTIFICATIONS_DUE, asked, "date") == ([(due and due.isoformat(),)] if comes else [])


@pytest.mark.parametrize(
    ("checked", "overdue"), [(date(2026, 11, 12), True), (date(2026, 11, 13), False), (DAY, False)]
)
def test_notification_that_was_checked(checked: date, overdue: bool) -> None:
    # Due on 27 November; a check counts from 14 days before, the 13th.
    check = b.assessment(kind=AssessmentKind.NOTIFICATION_CHECK, date=checked)
    register = b.register(offenders=(b.offender(notification_due=DAY),), assessments=(check,))
    assert rows(NOTIFICATIONS_OVERDUE, context(register), "counted") == [(overdue,)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"no_fixed_abode": True}, [(True,)]), ({}, [(False,)]), ({"no_fixed_abode": True} | AWAY, [])],
)
def test_no_fixed_abode(facts: dict[str, Any], expected: list[tuple[bool]]) -> None:
    assert rows(NO_FIXED_ABODE, context(one(**facts)), "counted") == expected


@pytest.mark.parametrize(
    ("end", "days"),
    [
        (date(2026, 11, 27), None),  # it ends that day: over
        (date(2026, 11, 28), 1),
        (date(2027, 5, 27), 181),  # six months: 3 + 31 + 31 + 28 + 31 + 30 + 27
        (date(2027, 5, 28), None),
        (None, None),
    ],
)
@pytest.mark.parametrize(("topic", "column"), [(REGISTER_ENDING, "register_end"), (ORDERS_ENDING, "order_end")])
def test_what_ends_soon(topic: Any, column: str, end: date | None, days: float | None) -> None:
    expected = [] if days is None or end is None else [(True, days, end.isoformat())]
    for where in ({}, AWAY):
        assert rows(topic, context(one(**{column: end}, **where)), "counted", "value", "date") == expected


def test_nobody_whose_register_has_ended_is_looked_at() -> None:
    ended = one(register_end=DAY, order_end=date(2026, 12, 1), notification_due=DAY, no_fixed_abode=True)
    assert [len(topic.members(context(ended))) for topic in TOPICS] == [0, 0, 0, 0, 0]
