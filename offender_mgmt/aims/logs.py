"""The register's logs as the aims look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property

from offender_mgmt.calendars import Horizon, local, moment
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Tour
from offender_mgmt.vocabulary import TourCode

WEEKEND = frozenset({5, 6})


@dataclass(frozen=True)
class Logs:
    """What happened before the week, and who is on duty in it."""

    register: Register
    policy: Policy
    horizon: Horizon

    def was_there(self, officer: str, ref: str) -> bool:
        """Whether an officer was at one of the last attempts at a nominal."""
        last = self.register.visits_of.get(ref, ())[-self.policy.aims.second_seat_last_n :]
        return any(officer in visit.officers for visit in last)

    def is_like_before(self, start: int, ref: str) -> bool:
        """Whether a start has weekday and part of the day of one of the last attempts at a nominal."""
        at = local(start)
        last = self.register.visits_of.get(ref, ())[-self.policy.aims.vary_last_n :]
        return any(
            visit.date.weekday() == at.weekday() and self._part(visit.start) == self._part(at.time())
            for visit in last
            if visit.start is not None
        )

    def is_off_hours(self, start: int) -> bool:
        """Whether a visit starts in the evening or at a weekend."""
        at = local(start)
        return at.weekday() in WEEKEND or at.time() >= self.policy.aims.parts_of_day[-1]

    def _part(self, at: time) -> int:
        later = [n for n, begins in enumerate(self.policy.aims.parts_of_day, start=1) if at >= begins]
        return later[-1] if later else 0

    def on_duty(self, officer: str) -> bool:
        """Whether an officer has a tour of duty in the week."""
        return any(tour.date in self.horizon for tour in self._duty(officer))

    def minutes(self, officer: str) -> int:
        """Minutes on duty in the week and in the weeks before it that count."""
        return sum(_minutes(tour) for tour in self._duty(officer) if self._counts(tour.date))

    def load_before(self, officer: str) -> int:
        """Weight of the attempts of the weeks before, on days with a tour of duty."""
        days = {tour.date for tour in self._duty(officer)}
        attended = [v for v in self._attended.get(officer, []) if v[0] in days]
        return sum(weight for day, weight in attended if day < self.horizon.first_day and self._counts(day))

    def _counts(self, day: date) -> bool:
        earliest = self.horizon.first_day - timedelta(weeks=self.policy.aims.load_weeks)
        return earliest <= day <= self.horizon.last_day

    def _duty(self, officer: str) -> Iterator[Tour]:
        tours = self.register.tours_of.get(officer, ())
        return (t for t in tours if t.code is TourCode.DUTY and t.start is not None and t.end is not None)

    @cached_property
    def _attended(self) -> dict[str, list[tuple[date, int]]]:
        found: dict[str, list[tuple[date, int]]] = {}
        for visit in self.register.visits:
            offender = self.register.offender_by_ref.get(visit.offender_ref)
            if offender is not None and self._counts(visit.date):
                weight = self.policy.priorities.level_weights[offender.risk_level]
                for officer in dict.fromkeys(visit.officers):
                    found.setdefault(officer, []).append((visit.date, weight))
        return found


def _minutes(tour: Tour) -> int:
    assert tour.start is not None
    assert tour.end is not None
    overnight = tour.end <= tour.start
    return moment(tour.date + timedelta(days=overnight), tour.end) - moment(tour.date, tour.start)
