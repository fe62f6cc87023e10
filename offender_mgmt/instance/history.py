"""What the logs say about the aims of the week: who was there last, when, and what every officer carried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, time, timedelta

from offender_mgmt.calendars import Horizon, moment
from offender_mgmt.instance.model import Span
from offender_mgmt.instance.shifts import tour_span
from offender_mgmt.policy.model import AimPolicy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Visit
from offender_mgmt.vocabulary import RiskLevel, TourCode

SATURDAY = 5


def recent_officers(visits: Sequence[Visit], policy: AimPolicy) -> frozenset[str]:
    """Officers who were at one of the last attempts; attempts oldest first."""
    return frozenset(officer for visit in visits[-policy.second_seat_last_n :] for officer in visit.officers)


def worn_spans(visits: Sequence[Visit], policy: AimPolicy, horizon: Horizon) -> tuple[Span, ...]:
    """When in the week a visit would start on the weekday and in the part of the day of one of the last attempts.

    An attempt without a start wears nothing: its part of the day is not known.
    """
    starts = [(v.date.weekday(), v.start) for v in visits[-policy.vary_last_n :] if v.start is not None]
    worn = {(weekday, _part_of(start, policy)) for weekday, start in starts}
    spans = [
        span
        for day in horizon.days()
        for number, span in enumerate(_parts(day, policy))
        if (day.weekday(), number) in worn
    ]
    return tuple(spans)


def off_hours(policy: AimPolicy, horizon: Horizon) -> tuple[Span, ...]:
    """Evenings and weekends of the week."""
    spans = []
    for day in horizon.days():
        parts = _parts(day, policy)
        spans.append((parts[0][0], parts[-1][1]) if day.weekday() >= SATURDAY else parts[-1])
    return tuple(spans)


def _part_of(start: time, policy: AimPolicy) -> int:
    return sum(first <= start for first in policy.parts_of_day)


def _parts(day: date, policy: AimPolicy) -> list[Span]:
    """The parts of a day as spans; the last ends at midnight."""
    starts = [moment(day, start) for start in (time.min, *policy.parts_of_day)]
    return list(zip(starts, [*starts[1:], moment(day + timedelta(days=1), time.min)], strict=True))


def load_before(
    register: Register, officers: Iterable[str], weights: dict[RiskLevel, int], weeks: int, horizon: Horizon
) -> tuple[int, ...]:
    """What every officer's attempts of the last weeks weigh; only days on duty count, as only their minutes do."""
    days = {officer: set(_days_on_duty(register, officer, _past(weeks, horizon))) for officer in officers}
    load: Counter[str] = Counter()
    for visit in register.visits:
        offender = register.offender_by_ref.get(visit.offender_ref)
        for officer in set(visit.officers):
            if offender is not None and visit.date in days.get(officer, ()):
                load[officer] += weights[offender.risk_level]
    return tuple(load[officer] for officer in days)


def minutes_of_duty(register: Register, officers: Iterable[str], weeks: int, horizon: Horizon) -> tuple[int, ...]:
    """Minutes of every officer's tours of duty in the planned week and the weeks before it that count.

    0 for an officer who has no tour of duty in the planned week: nothing can change that officer's load.
    """
    minutes = []
    for officer in officers:
        tours = register.tours_of.get(officer, ())
        on_duty = [t for t in tours if t.code is TourCode.DUTY]
        past = _past(weeks, horizon)
        spans = [tour_span(t) for t in on_duty if t.date in horizon or t.date in past]
        here = any(t.date in horizon for t in on_duty)
        minutes.append(sum(end - start for start, end in spans) if here else 0)
    return tuple(minutes)


def _past(weeks: int, horizon: Horizon) -> Collection[date]:
    return frozenset(horizon.first_day - timedelta(days=n + 1) for n in range(7 * weeks))


def _days_on_duty(register: Register, officer: str, days: Collection[date]) -> list[date]:
    tours = register.tours_of.get(officer, ())
    return [tour.date for tour in tours if tour.code is TourCode.DUTY and tour.date in days]
