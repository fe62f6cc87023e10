"""What has happened to officers: sick leave, court, a car off the road, days with another team."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from offender_mgmt.errors import UsageError
from offender_mgmt.register.records import Event, Officer, Tour
from offender_mgmt.register.register import Register
from offender_mgmt.register.told_texts import Word, parted, read_days, read_hours
from offender_mgmt.vocabulary import EventKind, TourCode


def sick(register: Register, officer: str, days: str) -> Register:
    """An officer is on sick leave: the tours of those days are free of work."""
    _officer(register, Word.SICK, officer)
    start, end = read_days(Word.SICK, days)

    def is_off(tour_date: date, code: TourCode) -> bool:
        return start <= tour_date <= end and code is TourCode.DUTY

    if not any(is_off(tour.date, tour.code) for tour in register.tours_of.get(officer, ())):
        raise UsageError(f"--{Word.SICK}: the officer has no tour of duty on these days.")
    tours = tuple(
        tour.replace(code=TourCode.SICK, start=None, end=None)
        if tour.officer_id == officer and is_off(tour.date, tour.code)
        else tour
        for tour in register.tours
    )
    return replace(register, tours=tours)


def court(register: Register, officer: str, hours: str) -> Register:
    """An officer is at court, the way there and back included: a fixed event."""
    _officer(register, Word.COURT, officer)
    day, start, end = read_hours(Word.COURT, hours)
    for event in register.events:
        is_same_time = event.start is not None and event.end is not None and event.start < end and start < event.end
        if officer in event.officers and event.date == day and is_same_time:
            raise UsageError(f"--{Word.COURT}: the officer has a fixed event at that time already.")
    taken = {event.event_id for event in register.events}
    name = next(n for k in range(1, len(taken) + 2) if (n := f"TOLD-{k}") not in taken)
    row = {"event_id": name, "kind": EventKind.COURT, "date": day, "start": start, "end": end, "officers": (officer,)}
    return replace(register, events=(*register.events, Event.model_validate(row)))


def no_car(register: Register, officer: str, days: str) -> Register:
    """An officer does not drive; who drives is known by the week only, so the days do not narrow it."""
    found = _officer(register, Word.NO_CAR, officer)
    if days:
        read_days(Word.NO_CAR, days)
    if not found.driver:
        raise UsageError(f"--{Word.NO_CAR}: the officer does not drive anyway.")
    officers = (o.replace(driver=False) if o.officer_id == officer else o for o in register.officers)
    return replace(register, officers=tuple(officers))


def lend(register: Register, officer: str, what: str) -> Register:
    """An officer works for another team on some days; for the own one again, if that is the team named."""
    found = _officer(register, Word.LEND, officer)
    team, days = parted(what)
    start, end = read_days(Word.LEND, days)
    if team not in register.teams:
        raise UsageError(f"--{Word.LEND}: the register has no such team. Maybe: " + ", ".join(register.teams))
    lent_to = None if team == found.team else team

    def is_lent(tour: Tour) -> bool:
        return tour.officer_id == officer and tour.code is TourCode.DUTY and start <= tour.date <= end

    tours = tuple(tour.replace(lent_to=lent_to) if is_lent(tour) else tour for tour in register.tours)
    if not any(map(is_lent, register.tours)):
        raise UsageError(f"--{Word.LEND}: the officer has no tour of duty on these days.")
    return replace(register, tours=tours)


def _officer(register: Register, word: Word, officer: str) -> Officer:
    if officer not in register.officer_by_id:
        raise UsageError(f"--{word}: the register has no such officer.")
    return register.officer_by_id[officer]
