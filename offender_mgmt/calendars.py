"""Days, weeks and minutes: ISO weeks, month arithmetic, working days, English bank holidays, local time.

All durations are counted in real minutes. A moment is a whole number of minutes since
1970-01-01 00:00 UTC, so that a night with a clock change has its true length.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from offender_mgmt.errors import UsageError

LONDON = ZoneInfo("Europe/London")
MINUTES_A_DAY = 24 * 60
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class DateStyle(StrEnum):
    """How a date is written."""

    ISO = "iso"
    UK = "uk"

    def of(self, day: date) -> str:
        """``2026-11-30`` or ``30/11/2026``."""
        return day.isoformat() if self is DateStyle.ISO else f"{day:%d/%m/%Y}"


@dataclass(frozen=True, slots=True, order=True)
class Horizon:
    """The days being planned, first and last both included."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        """Refuse an empty horizon."""
        if self.last_day < self.first_day:
            raise UsageError("The last day of the plan lies before its first day.")

    def days(self) -> Iterator[date]:
        """Every day, in order."""
        for offset in range((self.last_day - self.first_day).days + 1):
            yield self.first_day + timedelta(days=offset)

    def __contains__(self, day: date) -> bool:
        """Whether the day is planned."""
        return self.first_day <= day <= self.last_day

    @property
    def name(self) -> str:
        """ISO week name such as ``2026-W49`` for a Monday-to-Sunday week, else ``FIRST..LAST``."""
        iso = self.first_day.isocalendar()
        if iso.weekday == 1 and (self.last_day - self.first_day).days == 6:
            return f"{iso.year}-W{iso.week:02d}"
        return f"{self.first_day}..{self.last_day}"


def week_of(day: date) -> Horizon:
    """Monday to Sunday of the ISO week that holds ``day``."""
    monday = day - timedelta(days=day.weekday())
    return Horizon(monday, monday + timedelta(days=6))


def week_after(day: date) -> Horizon:
    """The ISO week that follows the one that holds ``day``."""
    return week_of(day + timedelta(days=7))


def parse_week(text: str) -> Horizon:
    """Read ``2026-W49`` or an ISO date (the week that holds it).

    Raises
    ------
    UsageError
        For anything else, and for a week the year does not have.
    """
    if match := re.fullmatch(r"(\d{4})-[Ww](\d{2})", text, re.ASCII):
        try:
            return week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except (ValueError, OverflowError):
            raise UsageError("That year has no such week: give a week such as 2026-W49.") from None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return week_of(date.fromisoformat(text))
        except (ValueError, OverflowError):
            pass
    raise UsageError("Give the week as 2026-W49 or as a date such as 2026-11-30.")


def add_months(day: date, months: int) -> date:
    """``day`` moved by whole calendar months; past the month's end it is clamped to its last day.

    31 January plus one month is 28 (or 29) February, plus two is 31 March: no drift.
    """
    index = day.year * 12 + (day.month - 1) + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def _computed_bank_holidays(year: int) -> frozenset[date]:
    import holidays  # heavy: only where a bank holiday is asked for

    found = holidays.country_holidays("GB", subdiv="ENG", years=year)
    if not found:  # no year is without bank holidays: this one is not known
        raise UsageError(f"The bank holidays of {year} are not known: plan an earlier day.")
    # The library also lists the weekend day that a substitute stands for; only weekdays matter here.
    return frozenset(day for day in found if day.weekday() < 5)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days of England: Monday to Friday less bank holidays.

    Parameters
    ----------
    extra_holidays, removed_holidays
        Proclaimed or moved days that the policy adds to or takes from the computed list.
    """

    extra_holidays: frozenset[date] = frozenset()
    removed_holidays: frozenset[date] = frozenset()

    def is_bank_holiday(self, day: date) -> bool:
        """Whether ``day`` is a bank holiday in England (a weekday one)."""
        if day in self.extra_holidays:
            return True
        return day in _computed_bank_holidays(day.year) and day not in self.removed_holidays

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is a weekday and no bank holiday."""
        return day.weekday() < 5 and not self.is_bank_holiday(day)

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; ``day`` itself does not count."""
        while count > 0:
            day += timedelta(days=1)
            if self.is_working_day(day):
                count -= 1
        return day


def local_time_exists(day: date, at: time) -> bool:
    """Whether the local time exists: it does not in the hour skipped when summer time starts."""
    local = datetime.combine(day, at, LONDON)
    return local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == local.replace(tzinfo=None)


def moment(day: date, at: time) -> int:
    """Minutes since the epoch (UTC) of a local time; the first of the two in a repeated hour."""
    return int(datetime.combine(day, at, LONDON).timestamp()) // 60


def local(minutes: int) -> datetime:
    """Local date and time (aware) of a moment."""
    return datetime.fromtimestamp(minutes * 60, LONDON)


def local_day(minutes: int) -> date:
    """Local calendar day of a moment."""
    return local(minutes).date()


def clock_text(minutes: int) -> str:
    """Local clock time of a moment as ``HH:MM``."""
    return f"{local(minutes):%H:%M}"
