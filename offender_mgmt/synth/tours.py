"""The duty roster: early and late tours, some Saturdays, rest days, leave, sickness, training, court."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta

from offender_mgmt.calendars import WorkingDays, week_after, week_of
from offender_mgmt.register.records import Officer, Tour
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.vocabulary import Role, TourCode

WEEKS_BEFORE, WEEKS_AFTER = 4, 5
EARLY_TOURS = ((time(8), time(16)), (time(9), time(17)))
LATE_TOURS = ((time(12), time(20)), (time(14), time(22)))
SATURDAY_TOUR = (time(9), time(17))
SATURDAY_EVERY_WEEKS = 4
LEAVE_WEEK_PER_CENT, CHRISTMAS_LEAVE_PER_CENT = 13, 40
SICK_SPELL_PER_CENT = 9
DAY_CODES = ((TourCode.DUTY, 89.0), (TourCode.TRAINING, 5.0), (TourCode.COURT, 3.0), (TourCode.LEAVE, 3.0))
TUESDAY, WEDNESDAY, THURSDAY, SATURDAY = 1, 2, 3, 5

DutyTimes = tuple[time, time]
Duties = Mapping[tuple[str, date], DutyTimes]
"""Start and end of the tour by officer and day; only days on duty."""


def tour_days(settings: SynthSettings) -> tuple[date, date]:
    """First and last day of the duty roster."""
    monday = week_of(settings.extract_date).first_day
    return monday - timedelta(weeks=WEEKS_BEFORE), monday + timedelta(weeks=WEEKS_AFTER + 1, days=-1)


def make_tours(team: Team, settings: SynthSettings) -> tuple[Tour, ...]:
    """The duty roster of a team: one row per officer and day."""
    return tuple(
        tour
        for number, officer in enumerate(team.officers)
        for monday_number, monday in enumerate(_mondays(settings))
        for tour in _week(team, officer, number, monday_number, monday, settings)
    )


def duties(tours: tuple[Tour, ...]) -> dict[tuple[str, date], DutyTimes]:
    """Who is on duty when."""
    return {(t.officer_id, t.date): (t.start, t.end) for t in tours if t.start is not None and t.end is not None}


def _mondays(settings: SynthSettings) -> Iterator[date]:
    first, last = tour_days(settings)
    for week in range((last - first).days // 7 + 1):
        yield first + timedelta(weeks=week)


def _week(
    team: Team, officer: Officer, number: int, week: int, monday: date, settings: SynthSettings
) -> Iterator[Tour]:
    dice = Dice(settings.seed, "tours", officer.officer_id, monday.isoformat())
    working = _working_weekdays(team, officer, number, week)
    late_day = (TUESDAY, THURSDAY)[(number + week) % 2] if officer.role is not Role.SERGEANT else -1
    late_tour = LATE_TOURS[Dice(settings.seed, "lates", team.name, monday.isoformat()).between(0, 1)]
    early_tour = dice.pick(EARLY_TOURS)
    absences = _absences(monday, dice)
    if officer.role is Role.SERGEANT and monday == week_after(settings.extract_date).first_day:
        absences = {}  # one sergeant a team: away for that whole week, the example would show no reviews at all
    for weekday in range(7):
        day = monday + timedelta(days=weekday)
        times = late_tour if weekday == late_day else early_tour
        if weekday == SATURDAY:
            times = SATURDAY_TOUR
        elif weekday - 1 == late_day and late_tour is LATE_TOURS[1]:
            times = EARLY_TOURS[1]  # eleven hours after a tour that ends at ten in the evening
        yield _day(officer.officer_id, day, times, weekday in working, absences.get(weekday), dice)


def _working_weekdays(team: Team, officer: Officer, number: int, week: int) -> frozenset[int]:
    working = {0, 1, 2, 3, 4}
    if officer.role is not Role.SERGEANT and (number + week) % SATURDAY_EVERY_WEEKS == 0:
        working = {0, 1, 3, 4, SATURDAY}
    if officer.officer_id in team.part_timers:
        working -= {(0, 4)[number % 2]}
    return frozenset(working)


def _absences(monday: date, dice: Dice) -> dict[int, TourCode]:
    """Leave for a whole week, or a spell of sickness, by weekday."""
    friday = monday + timedelta(days=4)
    christmas = friday.month == 12 and friday.day >= 22
    if dice.chance(CHRISTMAS_LEAVE_PER_CENT if christmas else LEAVE_WEEK_PER_CENT):
        return dict.fromkeys(range(7), TourCode.LEAVE)
    if dice.chance(SICK_SPELL_PER_CENT):
        first = dice.between(0, 4)
        return dict.fromkeys(range(first, first + dice.between(1, 4)), TourCode.SICK)
    return {}


def _day(officer_id: str, day: date, times: DutyTimes, works: bool, absence: TourCode | None, dice: Dice) -> Tour:
    code = dice.weighted(DAY_CODES)
    if not works:
        code = TourCode.REST_DAY
    elif WorkingDays().is_bank_holiday(day):
        code = TourCode.BANK_HOLIDAY
    elif absence is not None:
        code = absence
    start, end = times if code is TourCode.DUTY else (None, None)
    return Tour(officer_id=officer_id, date=day, start=start, end=end, code=code)
