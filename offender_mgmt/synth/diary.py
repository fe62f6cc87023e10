"""Who made an attempt when: officers' time is booked once, and inside their tours where the duty roster is known."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time

from offender_mgmt.register.records import Offender, Officer
from offender_mgmt.synth import shares
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.teams import Team
from offender_mgmt.synth.tours import Duties, DutyTimes
from offender_mgmt.vocabulary import Role

MOST_VISITS_A_DAY = 4
QUARTERS = 15
BEFORE_AND_AFTER = 30
DAY_TOUR, EVENING_TOUR = (time(8), time(16)), (time(13), time(21))
TRIES = 12

Attendance = tuple[time, time, tuple[str, ...]]
"""Start and end of an attempt, and the officers, lead first."""


class Diary:
    """Bookings of one team's officers.

    Parameters
    ----------
    duties
        Tours of duty; on days before ``known_from`` all officers are taken to be at work.
    """

    def __init__(self, team: Team, duties: Duties, known_from: date) -> None:
        self._team = team
        self._duties = duties
        self._known_from = known_from
        self._booked: dict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)

    def book(self, nominal: Offender, lead: str | None, day: date, length: int, dice: Dice) -> Attendance | None:
        """Time and crew for an attempt on a day; ``None`` if nobody can go."""
        single = dice.chance(shares.SINGLE_CREWED)
        order = self._order(nominal, lead, dice)
        for _ in range(TRIES):
            start = self._start(nominal, day, length, dice)
            free = [officer for officer in order if self._is_free(officer, day, start, start + length)]
            crew = _crew(free, self._team, nominal, single)
            if crew:
                for officer in crew:
                    self._booked[officer, day].append((start, start + length))
                return _clock(start), _clock(start + length), crew
        return None

    def _order(self, nominal: Offender, lead: str | None, dice: Dice) -> list[str]:
        """The lead, the deputy if there is no lead, then the others in turn by chance."""
        others = dice.shuffled([o.officer_id for o in self._team.visitors])
        first = [o for o in (lead,) if o in others]
        order = first + [officer for officer in others if officer not in first]
        return [officer for officer in order if officer not in nominal.excluded_officers]

    def _start(self, nominal: Offender, day: date, length: int, dice: Dice) -> int:
        """A start in minutes of the day: in the nominal's hours if there are any, else in the day or the evening."""
        evening = dice.chance(shares.EVENING_START)
        first, last = (16 * 60, 20 * 60) if evening else (9 * 60, 15 * 60)
        spans = [span for span in nominal.visiting_hours if span[0] == day.weekday()]
        if spans:
            _, opens, closes = dice.pick(spans)
            first, last = _minute(opens), _minute(closes) - length
        return dice.between(first // QUARTERS, max(first, last) // QUARTERS) * QUARTERS

    def _is_free(self, officer: str, day: date, start: int, end: int) -> bool:
        tour = self._tour(officer, day, start)
        if tour is None or start < _minute(tour[0]) + BEFORE_AND_AFTER or end > _minute(tour[1]) - BEFORE_AND_AFTER:
            return False
        booked = self._booked.get((officer, day), [])
        apart = all(end + BEFORE_AND_AFTER <= s or e + BEFORE_AND_AFTER <= start for s, e in booked)
        return apart and len(booked) < MOST_VISITS_A_DAY

    def _tour(self, officer: str, day: date, start: int) -> DutyTimes | None:
        if day >= self._known_from:
            return self._duties.get((officer, day))
        return DAY_TOUR if start < 15 * 60 else EVENING_TOUR


def _crew(free: list[str], team: Team, nominal: Offender, single: bool) -> tuple[str, ...]:
    """The crew from the free officers in order of preference; empty if too few or no constable where one is needed."""
    powers = {o.officer_id for o in team.officers if _is_constable(o)}
    crew = free[: 1 if single else nominal.crew_size or 2]
    if nominal.constable_required and not powers & set(crew):
        crew = [*crew[:-1], *(officer for officer in free if officer in powers)][: len(crew)]
    enough = len(crew) >= (1 if single else min(nominal.crew_size or 2, len(team.visitors)))
    fit = not nominal.constable_required or bool(powers & set(crew))
    return tuple(crew) if crew and enough and fit and _may_pair(crew, team) else ()


def _may_pair(crew: list[str], team: Team) -> bool:
    return not any(set(o.not_paired_with) & set(crew) for o in team.officers if o.officer_id in crew)


def _is_constable(officer: Officer) -> bool:
    return officer.role is not Role.POLICE_STAFF


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
