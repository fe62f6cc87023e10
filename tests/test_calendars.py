"""Months, weeks, bank holidays and summer time against calendars that are not ours."""

from __future__ import annotations

import calendar
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from offender_mgmt.calendars import (
    LONDON,
    Horizon,
    WorkingDays,
    add_months,
    clock_text,
    local,
    local_day,
    local_time_exists,
    moment,
    parse_week,
    week_after,
    week_of,
)
from offender_mgmt.errors import UsageError

EVERY_DAY = [date(2000, 1, 1) + timedelta(days=n) for n in range((date(2101, 1, 1) - date(2000, 1, 1)).days)]


def last_sunday(year: int, month: int) -> date:
    """The rule of the Summer Time Order 2002, worked out without zone data."""
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() + 1) % 7)


@pytest.mark.parametrize("months", [1, 3, 6, 12, 13])
def test_d03_month_steps_agree_with_an_independent_calendar(months: int) -> None:
    import pandas as pd

    stamps = pd.Series(pd.to_datetime(EVERY_DAY)) + pd.DateOffset(months=months)
    assert [add_months(day, months) for day in EVERY_DAY] == list(stamps.dt.date)


@pytest.mark.parametrize("start", [date(2026, 1, 31), date(2026, 1, 30), date(2024, 2, 29)])
def test_d03_no_drift_over_24_repeats(start: date) -> None:
    for months in range(25):
        moved = add_months(start, months)
        assert (moved.year - start.year) * 12 + moved.month - start.month == months
        assert moved.day == min(start.day, calendar.monthrange(moved.year, moved.month)[1])
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), 2) == date(2026, 3, 31)


def test_d04_leap_day_plus_a_year_is_28_february() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert add_months(date(2096, 2, 29), 48) == date(2100, 2, 28)  # 2100 is no leap year


@pytest.mark.parametrize("year", range(2000, 2038))
def test_d05_clock_changes_fall_on_the_last_sundays(year: int) -> None:
    spring, autumn = last_sunday(year, 3), last_sunday(year, 10)
    lengths = {day: moment(day + timedelta(days=1), time(0)) - moment(day, time(0)) for day in (spring, autumn)}
    assert lengths == {spring: 23 * 60, autumn: 25 * 60}
    assert [at for at in range(24) if not local_time_exists(spring, time(at, 30))] == [1]
    assert all(local_time_exists(autumn, time(at, 30)) for at in range(24))
    # 01:00 UTC is the change on both days: 00:59 GMT + 1 minute is 02:00 BST; 01:59 BST + 1 minute is 01:00 GMT.
    assert clock_text(moment(spring, time(0, 59)) + 1) == "02:00"
    assert clock_text(moment(autumn, time(1, 59)) + 1) == "01:00"
    assert moment(autumn, time(1, 30)) == int(datetime(year, 10, autumn.day, 0, 30, tzinfo=UTC).timestamp()) // 60


@pytest.mark.parametrize("year", range(2000, 2038))
def test_d05_every_other_day_has_24_hours(year: int) -> None:
    changes = {last_sunday(year, 3), last_sunday(year, 10)}
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    lengths = {moment(day + timedelta(days=1), time(0)) - moment(day, time(0)) for day in days if day not in changes}
    assert lengths == {24 * 60}


def test_d06_tour_over_the_change_and_over_year_end_has_its_true_length() -> None:
    spring = date(2026, 3, 29)
    assert moment(spring, time(6)) - moment(spring - timedelta(days=1), time(22)) == 7 * 60
    autumn = date(2026, 10, 25)
    assert moment(autumn, time(6)) - moment(autumn - timedelta(days=1), time(22)) == 9 * 60
    assert moment(date(2027, 1, 1), time(6)) - moment(date(2026, 12, 31), time(22)) == 8 * 60
    assert local_day(moment(date(2026, 12, 31), time(23, 59)) + 1) == date(2027, 1, 1)
    assert local(moment(spring, time(12))) == datetime(2026, 3, 29, 12, tzinfo=LONDON)


def test_d07_every_date_is_in_exactly_one_week() -> None:
    for day in EVERY_DAY:
        week = week_of(day)
        assert day in week
        assert (week.first_day.weekday(), len(list(week.days()))) == (0, 7)
        iso = day.isocalendar()
        assert week.name == f"{iso.year}-W{iso.week:02d}"
        assert parse_week(week.name) == week == parse_week(day.isoformat())
        assert week_after(day).first_day == week.last_day + timedelta(days=1)


def test_d07_week_53_of_2026_and_week_1_in_december() -> None:
    assert parse_week("2026-W53") == Horizon(date(2026, 12, 28), date(2027, 1, 3))
    assert parse_week("2025-w01").first_day == date(2024, 12, 30)


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "2026-W54", "2026-13-01", "49", "", "2026-W٤٩", "0000-W01"])
def test_weeks_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_week(text)


def test_horizon_must_not_end_before_it_begins() -> None:
    with pytest.raises(UsageError):
        Horizon(date(2026, 12, 2), date(2026, 12, 1))
    assert Horizon(date(2026, 12, 2), date(2026, 12, 2)).name == "2026-12-02..2026-12-02"


@pytest.mark.parametrize("year", range(2019, 2029))
def test_d08_bank_holidays_are_those_of_gov_uk(shared: Path, year: int) -> None:
    listed = json.loads((shared / "corpora/uk-calendars/bank-holidays.json").read_text())
    published = {
        datetime.strptime(item["date"], "%d/%m/%Y").date()
        for item in listed["divisions"]["common.nations.england-and-wales_slug"][str(year)]
    }
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    ours = {day for day in days if day.year == year and WorkingDays().is_bank_holiday(day)}
    assert ours == published
    assert len(published) == {2022: 10, 2023: 9}.get(year, 8)


def test_d08_year_without_known_bank_holidays_is_loud() -> None:
    with pytest.raises(UsageError, match="2150"):
        WorkingDays().is_bank_holiday(date(2150, 1, 3))


def test_d08_policy_adds_and_removes_days() -> None:
    friday = date(2026, 11, 27)
    extra = WorkingDays(extra_holidays=frozenset({friday}))
    assert extra.is_bank_holiday(friday)
    assert not extra.is_working_day(friday)
    christmas = WorkingDays(removed_holidays=frozenset({date(2026, 12, 25)}))
    assert christmas.is_working_day(date(2026, 12, 25))


def test_working_days_skip_weekend_and_bank_holidays() -> None:
    days = WorkingDays()
    assert days.add(date(2026, 11, 27), 1) == date(2026, 11, 30)  # Friday to Monday
    # Thursday 24 December 2026: 25 is Christmas, 26 a Saturday, 28 the substitute for Boxing Day.
    assert days.add(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert days.add(date(2026, 11, 28), 0) == date(2026, 11, 28)
