"""When a nominal can be called on: three sides of availability, visiting hours, release and deferral."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import builders as b
import pytest

from offender_mgmt.calendars import moment, week_of
from offender_mgmt.due.task import Task
from offender_mgmt.instance.calls import (
    call_days,
    call_spans,
    not_after_asked,
    not_before_release,
    not_while_deferred,
    offender_available,
    visiting_hours,
)
from offender_mgmt.vocabulary import RiskLevel, TaskKind, Timing

TUESDAY = date(2026, 12, 1)
VISITS = b.policy().visits  # 08:00 to 21:00


def task(**changes: Any) -> Task:
    """A home visit that may be made from Monday on."""
    values: dict[str, Any] = {
        "task_id": "HV-RSO-000001",
        "kind": TaskKind.HOME_VISIT,
        "offender_ref": "RSO-000001",
        "team": "north",
        "risk_level": RiskLevel.MEDIUM,
        "rule": "visit_interval",
        "why": "",
        "clock_start": b.MONDAY,
        "release_date": b.MONDAY,
        "due_date": b.MONDAY,
        "days_overdue": 0,
        "timing": Timing.DUE,
        "band": 2,
        "points": 14,
        "minutes": 60,
    }
    return Task(**{**values, **changes})


def away(until: date | None) -> Any:
    return b.offender(community_status="hospital", status_since=date(2026, 11, 1), status_until=until)


@pytest.mark.parametrize(
    ("nominal", "available"),
    [
        (b.offender(), True),
        (away(None), False),
        (away(b.MONDAY), True),  # back the day before
        (away(TUESDAY), False),  # the last day away is away
        (away(date(2026, 12, 2)), False),
    ],
)
def test_offender_available(nominal: Any, available: bool) -> None:
    assert offender_available(nominal, TUESDAY) is available


def test_visiting_hours_blank_are_policy_on_every_day() -> None:
    for offset in range(7):
        day = b.MONDAY + timedelta(days=offset)
        assert visiting_hours(b.offender(), day, VISITS) == [(time(8), time(21))]


def test_visiting_hours_per_weekday() -> None:
    nominal = b.offender(visiting_hours="Mon 10:00-13:00; Mon 15:00-17:00; Tue 09:00-17:00")
    assert visiting_hours(nominal, b.MONDAY, VISITS) == [(time(10), time(13)), (time(15), time(17))]
    assert visiting_hours(nominal, TUESDAY, VISITS) == [(time(9), time(17))]
    assert visiting_hours(nominal, date(2026, 12, 2), VISITS) == []  # policy's hours do not fill a day left out


@pytest.mark.parametrize(("offset", "allowed"), [(-1, True), (0, True), (1, False)])
def test_not_after_asked(offset: int, allowed: bool) -> None:
    assert not_after_asked(task(not_after=TUESDAY - timedelta(days=offset)), TUESDAY) is allowed
    assert not_after_asked(task(), TUESDAY)


@pytest.mark.parametrize(("offset", "allowed"), [(-1, True), (0, True), (1, False)])
def test_not_before_release(offset: int, allowed: bool) -> None:
    assert not_before_release(task(release_date=TUESDAY + timedelta(days=offset)), TUESDAY) is allowed


@pytest.mark.parametrize(
    ("deferral", "allowed"),
    [
        (None, True),
        (b.deferral(until=b.MONDAY), True),
        (b.deferral(until=TUESDAY), False),
        (b.deferral(until=None), False),  # cancelled
    ],
)
def test_not_while_deferred(deferral: Any, allowed: bool) -> None:
    assert not_while_deferred(task(deferral=deferral), TUESDAY) is allowed


def test_call_days_need_all_three() -> None:
    """Back on Wednesday, released on Thursday, put off until Friday: Saturday and Sunday are left."""
    thursday, friday = date(2026, 12, 3), date(2026, 12, 4)
    week = week_of(b.MONDAY)
    days = call_days(task(release_date=thursday, deferral=b.deferral(until=friday)), away(TUESDAY), week)
    assert days == [date(2026, 12, 5), date(2026, 12, 6)]
    assert call_days(task(), b.offender(), week) == list(week.days())
    assert call_days(task(release_date=date(2026, 12, 7)), b.offender(), week) == []


@pytest.mark.parametrize(("minutes", "count"), [(59, 2), (60, 2), (61, 1), (120, 1), (121, 0)])
def test_call_spans_hold_the_visit(minutes: int, count: int) -> None:
    nominal = b.offender(visiting_hours="Mon 10:00-11:00; Mon 15:00-17:00")
    spans = call_spans([b.MONDAY], nominal, VISITS, minutes)
    every = (
        (moment(b.MONDAY, time(10)), moment(b.MONDAY, time(11))),
        (moment(b.MONDAY, time(15)), moment(b.MONDAY, time(17))),
    )
    assert spans == every[2 - count :]


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 3, 29), 60), (date(2026, 10, 25), 180), (date(2026, 10, 26), 120)]
)
def test_call_spans_have_true_minutes(day: date, minutes: int) -> None:
    """From 00:30 to 02:30 by the clock: an hour shorter in spring, an hour longer in autumn."""
    nominal = b.offender(visiting_hours="Sun 00:30-02:30; Mon 00:30-02:30")
    (span,) = call_spans([day], nominal, VISITS, 45)
    assert span[1] - span[0] == minutes
