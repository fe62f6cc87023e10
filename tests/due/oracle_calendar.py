"""Months, working days and bank holidays of England, counted for the oracle without the package's calendars."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)


@cache
def months_later(day: date, months: int) -> date:
    """Step month by month, then go back from the 31st to a day that exists."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def easter_sunday(year: int) -> date:
    """The anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England: eight a year, moved to the next free weekday, and what was proclaimed in 2020, 2022 and 2023."""
    easter = easter_sunday(year)
    days = {easter - 2 * DAY, easter + DAY}
    new_year = date(year, 1, 1)
    while new_year.weekday() >= 5:
        new_year += DAY
    days.add(new_year)
    first_in_may = next(date(year, 5, n) for n in range(1, 8) if date(year, 5, n).weekday() == 0)
    last_in_may = next(date(year, 5, n) for n in range(31, 24, -1) if date(year, 5, n).weekday() == 0)
    last_in_august = next(date(year, 8, n) for n in range(31, 24, -1) if date(year, 8, n).weekday() == 0)
    days |= {first_in_may, last_in_may, last_in_august}
    for christmas in (date(year, 12, 25), date(year, 12, 26)):
        while christmas.weekday() >= 5 or christmas in days:
            christmas += DAY
        days.add(christmas)
    if year == 2020:
        days = days - {date(2020, 5, 4)} | {date(2020, 5, 8)}
    if year == 2022:
        days = days - {date(2022, 5, 30)} | {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}
    if year == 2023:
        days.add(date(2023, 5, 8))
    return frozenset(days)


@cache
def working_days_later(day: date, count: int) -> date:
    """Day by day; Saturdays, Sundays and bank holidays do not count."""
    left = count
    while left:
        day += DAY
        if day.isoweekday() not in (6, 7) and day not in bank_holidays(day.year):
            left -= 1
    return day
