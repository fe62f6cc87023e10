"""Visits overdue, worked out by hand; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, one_member, verdict

from offender_mgmt.audit.figures import figures_of
from offender_mgmt.audit.topics.overdue import TOPICS
from offender_mgmt.register.records import Visit
from offender_mgmt.vocabulary import ChangeField, CommunityStatus, RiskLevel, VisitOutcome

VISITS, BY_TIER, RISK, AGAIN = TOPICS


def seen_on(*days: date) -> tuple[Visit, ...]:
    """Successful visits."""
    return tuple(b.visit(visit_id=f"V-{number}", date=day) for number, day in enumerate(days))


def no_reply(day: date) -> Visit:
    """An attempt at which nobody answered."""
    return b.visit(visit_id=f"N-{day}", date=day, outcome=VisitOutcome.NO_REPLY)


@pytest.mark.parametrize(
    ("seen", "days"),
    [(date(2026, 5, 28), 0), (date(2026, 5, 27), 1), (date(2026, 5, 21), 7), (date(2025, 11, 27), 185)],
)
def test_overdue_from_the_day_after_the_due_date(seen: date, days: int) -> None:
    # Every 6 months: due on 28, 27 and 21 November, and on 27 May, 185 days before 28 November.
    for topic in (VISITS, BY_TIER):
        row = one_member(topic, context(b.register(visits=seen_on(seen))))
        assert row is not None
        assert row["counted"] is (days > 0)
        assert not days or (row["value"], row["split"]) == (days, "home visit")


@pytest.mark.parametrize(
    ("tried", "expected"),
    [(date(2026, 11, 20), (True, 1, "repeat visit")), (date(2026, 11, 21), None)],
)
def test_repeat_after_a_failed_attempt(tried: date, expected: tuple[bool, float, str] | None) -> None:
    # Seen on 28 May, due on 28 November; the repeat is due 7 days after the attempt: on the 27th, or the 28th.
    register = b.register(visits=(*seen_on(date(2026, 5, 28)), no_reply(tried)))
    found = verdict(VISITS, context(register))
    assert found == expected if expected else found is not None and not found[0]


def test_first_visit() -> None:
    # Registered on 11 November: within 15 days, so on the 26th.
    register = b.register(offenders=(b.offender(registered_on=date(2026, 11, 11)),))
    assert verdict(VISITS, context(register)) == (True, 2, "initial visit")


@pytest.mark.parametrize("until", [None, date(2027, 6, 30)])
def test_put_off_or_cancelled_is_still_overdue(until: date | None) -> None:
    visits = seen_on(date(2026, 5, 27))
    register = b.register(visits=visits, deferrals=(b.deferral(until=until),))
    assert verdict(VISITS, context(register)) == (True, 1, "home visit")


@pytest.mark.parametrize(
    ("level", "seen", "points"),
    [
        (RiskLevel.MEDIUM, date(2026, 5, 27), 16),  # 2 x (7 + 1)
        (RiskLevel.HIGH, date(2025, 11, 27), 756),  # due on 27 February, 274 days: 4 x (7 + 182, the cap)
        (RiskLevel.MEDIUM, date(2026, 5, 28), None),
    ],
)
def test_risk_points_of_the_backlog(level: RiskLevel, seen: date, points: int | None) -> None:
    register = b.register(offenders=(b.offender(risk_level=level),), visits=seen_on(seen))
    found = verdict(RISK, context(register))
    assert found == (None if points is None else (True, points, ""))


@pytest.mark.parametrize(
    ("registered", "before", "again"),
    [
        # The last visit was on 27 May 2026 and is overdue again by a day; when was it due itself?
        (date(2023, 6, 1), [date(2025, 11, 26)], True),  # on 26 May
        (date(2023, 6, 1), [date(2025, 11, 27)], False),  # on 27 May
        (date(2026, 5, 11), [], True),  # first visit within 15 days, on 26 May
        (date(2026, 5, 12), [], False),
        (date(2026, 5, 27), [], False),  # not registered on the eve
    ],
)
def test_overdue_again(registered: date, before: list[date], again: bool) -> None:
    offender = b.offender(registered_on=registered)
    register = b.register(offenders=(offender,), visits=seen_on(*before, date(2026, 5, 27)))
    found = verdict(AGAIN, context(register))
    assert found is not None
    assert found[0] is again
    assert not again or found[1] == 1


def test_overdue_again_needs_a_visit_before() -> None:
    assert verdict(AGAIN, context(b.register())) is None


def test_visit_on_the_day_of_release_was_not_late() -> None:
    returned = b.change(
        date=date(2026, 5, 27), field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="community"
    )
    register = b.register(visits=seen_on(date(2024, 1, 1), date(2026, 5, 27)), changes=(returned,))
    found = verdict(AGAIN, context(register))
    assert found is not None
    assert not found[0]


def test_figures_of_three_nominals_and_one_away() -> None:
    """Overdue by 1 and 7 days of three in the community; the worst of all is in custody and no figure's."""
    days = {"A": date(2026, 5, 27), "B": date(2026, 5, 21), "C": date(2026, 5, 28), "D": date(2020, 1, 1)}
    away = {"community_status": CommunityStatus.CUSTODY}
    offenders = tuple(b.offender(offender_ref=ref, **(away if ref == "D" else {})) for ref in days)
    visits = tuple(b.visit(visit_id=ref, offender_ref=ref, date=day) for ref, day in days.items())
    asked = context(b.register(offenders=offenders, visits=visits))
    figures = figures_of(VISITS, VISITS.members(asked), b.policy())
    told: dict[str, Any] = {
        row.measure: row.words for row in figures.itertuples() if row.by == "force" and not row.split
    }
    assert told == {
        "number": "2 of 3",
        "share": "66.7 %",
        "median": "4 days",
        "90th percentile": "7 days",
        "most": "7 days",
    }


def test_member_says_who_where_and_why() -> None:
    row = one_member(VISITS, context(b.register(visits=seen_on(date(2026, 5, 27)))))
    assert row is not None
    assert {name: row[name] for name in ("officer", "team", "tier", "district", "date", "item")} == {
        "officer": "P1",
        "team": "north",
        "tier": "medium",
        "district": "Chelmsford",
        "date": DAY.isoformat(),
        "item": "",
    }
    assert row["detail"] == "Medium risk: seen every 6 months; last successful visit 2026-05-27."
