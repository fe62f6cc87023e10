"""Whether nominals can know when somebody calls, worked out by hand; the period is 21 to 27 November 2026."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, rows

from offender_mgmt.audit.topics.predictability import TOPICS
from offender_mgmt.register import Register
from offender_mgmt.register.records import Visit
from offender_mgmt.vocabulary import CommunityStatus, VisitOutcome

ANNOUNCED, WEEKDAYS, HOURS, EVENING, PREDICTABLE, INDEX = TOPICS
SATURDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


def one(**changes: Any) -> Register:
    """One attempt, on the day audited unless told."""
    return b.register(visits=(b.visit(**{"date": DAY, **changes}),))


@pytest.mark.parametrize("announced", [True, False])
def test_announced(announced: bool) -> None:
    found = rows(ANNOUNCED, context(one(announced=announced, outcome=VisitOutcome.NO_REPLY)), "counted")
    assert found == [(announced,)]


@pytest.mark.parametrize(("day", "name"), [(SATURDAY, "Saturday"), (MONDAY, "Monday"), (DAY, "Friday")])
def test_weekday(day: date, name: str) -> None:
    assert rows(WEEKDAYS, context(one(date=day)), "split") == [(name,)]


def test_spreads_are_of_successful_visits() -> None:
    asked = context(one(outcome=VisitOutcome.NO_REPLY))
    assert rows(WEEKDAYS, asked, "split") == rows(HOURS, asked, "split") == []


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        (time(10), "10:00-12:00"),
        (time(11, 59), "10:00-12:00"),
        (time(12), "12:00-14:00"),
        (time(0), "00:00-02:00"),
        (None, "no time recorded"),
    ],
)
def test_time_of_day(start: time | None, hours: str) -> None:
    assert rows(HOURS, context(one(start=start, end=None)), "split") == [(hours,)]


@pytest.mark.parametrize(
    ("day", "start", "expected"),
    [
        (DAY, time(17, 59), [(False,)]),
        (DAY, time(18), [(True,)]),
        (SATURDAY, time(10), [(True,)]),
        (SATURDAY + timedelta(days=1), time(10), [(True,)]),
        (MONDAY, time(10), [(False,)]),
        (SATURDAY, None, []),
    ],
)
def test_evening_or_weekend(day: date, start: time | None, expected: list[tuple[bool]]) -> None:
    assert rows(EVENING, context(one(date=day, start=start, end=None)), "counted") == expected


def visits(*times: tuple[int, time | None], **changes: Any) -> tuple[Visit, ...]:
    """Successful visits so many days before Tuesday 24 November, at these times."""
    return tuple(
        b.visit(visit_id=f"V-{number}", date=TUESDAY - timedelta(days=back), start=start, end=None, **changes)
        for number, (back, start) in enumerate(times)
    )


MORNINGS = visits((0, time(10)), (28, time(9)), (56, time(11, 59)), (84, time(8)))
"""Four Tuesdays, always before noon."""


@pytest.mark.parametrize(
    ("made", "index", "detail"),
    [
        (MORNINGS, 100, "The last 4 on Tuesday morning"),
        ((*MORNINGS, *visits((100, time(20)))), 100, "The last 4 on Tuesday morning"),
        (
            visits((0, time(10)), (28, time(12)), (56, time(10)), (84, time(8))),
            75,
            "3 of the last 4 on Tuesday morning",
        ),
        # Two on Tuesday morning and two on Monday evening: the earlier in the week is named.
        (
            visits((0, time(10)), (1, time(18)), (28, time(10)), (29, time(19))),
            50,
            "2 of the last 4 on Monday evening",
        ),
        (visits((0, time(10)), (1, time(10)), (2, time(10)), (3, time(10))), 25, "1 of the last 4 on Monday morning"),
    ],
)
def test_index(made: tuple[Visit, ...], index: float, detail: str) -> None:
    asked = context(b.register(visits=made))
    assert rows(INDEX, asked, "counted", "value", "detail", "date") == [(True, index, f"{detail}.", "2026-11-24")]
    assert rows(PREDICTABLE, asked, "counted", "value") == [(index == 100, index)]


@pytest.mark.parametrize(
    "made",
    [
        MORNINGS[:3],
        (*MORNINGS[:3], *visits((84, None))),
        (*MORNINGS[:3], *visits((84, time(8)), outcome=VisitOutcome.NO_REPLY)),
    ],
)
def test_three_timed_visits_make_no_habit(made: tuple[Visit, ...]) -> None:
    made = tuple(visit.replace(visit_id=f"W-{number}") for number, visit in enumerate(made))
    assert rows(INDEX, context(b.register(visits=made)), "value") == []


def test_whoever_is_away_has_no_habit() -> None:
    away = b.offender(community_status=CommunityStatus.CUSTODY)
    assert rows(INDEX, context(b.register(offenders=(away,), visits=MORNINGS)), "value") == []
