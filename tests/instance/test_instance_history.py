"""What the logs say of the last attempts and of what officers carried; by hand."""

from __future__ import annotations

from datetime import date, time

import builders as b
import pytest

from offender_mgmt.calendars import moment, week_of
from offender_mgmt.instance.history import load_before, minutes_of_duty, off_hours, recent_officers, worn_spans
from offender_mgmt.policy.model import AimPolicy
from offender_mgmt.vocabulary import RiskLevel, TourCode

WEEK = week_of(b.MONDAY)
WEIGHTS = {RiskLevel.VERY_HIGH: 8, RiskLevel.HIGH: 4, RiskLevel.MEDIUM: 2, RiskLevel.LOW: 1}


def policy(**changes: object) -> AimPolicy:
    """Two last attempts for the second seat, four for days and hours; parts of the day from 12:00 and 18:00."""
    return b.policy().aims.model_copy(update=changes)


def span(day: date, start: int, end: int) -> tuple[int, int]:
    """A span of a day in whole hours; 24 for midnight."""
    first = moment(day, time(start))
    return first, first + 60 * (end - start)


def test_recent_officers_are_those_of_the_last_attempts() -> None:
    visits = [b.visit(officers=(f"P{n}", "P9")) for n in range(4)]
    assert recent_officers(visits, policy()) == {"P2", "P3", "P9"}
    assert recent_officers(visits, policy(second_seat_last_n=50)) == {"P0", "P1", "P2", "P3", "P9"}
    assert recent_officers([], policy()) == frozenset()


@pytest.mark.parametrize(
    ("start", "hours"),
    [(time(0), (0, 12)), (time(11, 59), (0, 12)), (time(12), (12, 18)), (time(18), (18, 24)), (time(23, 59), (18, 24))],
)
def test_worn_is_the_weekday_and_the_part_of_the_day(start: time, hours: tuple[int, int]) -> None:
    """A Tuesday of June wears the same part of Tuesday 1 December."""
    visit = b.visit(date=date(2026, 6, 2), start=start, end=None)
    assert worn_spans([visit], policy(), WEEK) == (span(date(2026, 12, 1), *hours),)


def test_only_the_last_attempts_wear_and_each_span_once() -> None:
    mondays = [b.visit(date=date(2026, 6, 1)), b.visit(date=date(2026, 6, 8))]
    sunday = b.visit(date=date(2026, 6, 14), start=time(19))
    silent = b.visit(date=date(2026, 6, 17), start=None, end=None)
    both = (span(b.MONDAY, 0, 12), span(date(2026, 12, 6), 18, 24))
    assert worn_spans([*mondays, sunday, silent], policy(), WEEK) == both
    assert worn_spans([*mondays, sunday, silent], policy(vary_last_n=2), WEEK) == both[1:]
    assert worn_spans([], policy(), WEEK) == ()


def test_off_hours_are_evenings_and_whole_weekends() -> None:
    spans = off_hours(policy(), WEEK)
    assert spans[0] == span(b.MONDAY, 18, 24)
    assert spans[5:] == (span(date(2026, 12, 5), 0, 24), span(date(2026, 12, 6), 0, 24))
    assert len(spans) == 7


def test_load_counts_attempts_of_the_last_weeks_on_days_on_duty() -> None:
    """P1: on duty on 2 and 26 November, not on the 27th. A high-risk attempt weighs 4, a medium one 2."""
    offenders = (b.offender(), b.offender(offender_ref="RSO-2", risk_level=RiskLevel.HIGH))
    days = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 26))
    tours = (*(b.tour(date=day) for day in days), b.tour(date=date(2026, 11, 27), code=TourCode.LEAVE, start=None))
    visits = (
        b.visit(visit_id="V-0", date=days[0]),  # the day before the four weeks
        b.visit(visit_id="V-1", date=days[1]),
        b.visit(visit_id="V-2", date=days[2], offender_ref="RSO-2", outcome="no_reply", officers=("P1",)),
        b.visit(visit_id="V-3", date=date(2026, 11, 27), officers=("P1",)),
        b.visit(visit_id="V-4", date=days[2], offender_ref="RSO-9", officers=("P1",)),  # no longer on the register
    )
    register = b.register(offenders=offenders, tours=tours, visits=visits)
    assert load_before(register, ["P1", "P2"], WEIGHTS, 4, WEEK) == (6, 0)
    assert load_before(register, ["P1"], WEIGHTS, 5, WEEK) == (8,)
    assert load_before(register, ["P1"], WEIGHTS, 0, WEEK) == (0,)


def test_minutes_of_duty_are_those_of_the_week_and_the_weeks_that_count() -> None:
    """Eight hours on the Monday of the week, a night of eight before it; none for who is not there in the week."""
    night = b.tour(date=date(2026, 11, 26), start=time(22), end=time(6))
    court = b.tour(date=date(2026, 12, 1), code=TourCode.COURT)
    register = b.register(tours=(b.tour(), night, court, b.tour(officer_id="P2", date=date(2026, 11, 26))))
    assert minutes_of_duty(register, ["P1", "P2", "P3"], 4, WEEK) == (960, 0, 0)
    assert minutes_of_duty(register, ["P1"], 0, WEEK) == (480,)
