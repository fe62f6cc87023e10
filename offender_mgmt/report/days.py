"""Each officer's days laid out: tours, outings, desk work, events, and where the refreshment break has room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from offender_mgmt.calendars import local_day, moment
from offender_mgmt.checks.breaks import allowed_span, break_minutes, round_of
from offender_mgmt.checks.outing import Outing
from offender_mgmt.checks.spans import Span, free_spans
from offender_mgmt.checks.timeline import Week
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Event, Officer
from offender_mgmt.report.summary import Planned
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.vocabulary import TourCode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Break:
    """Where a refreshment break has room; on the road it lies between two stops of an outing."""

    span: Span
    on_the_road: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerDay:
    """One day of one officer; work belongs to the day on which its tour starts.

    Parameters
    ----------
    tours
        Spans on duty.
    codes
        What else the duty roster says of the day: leave, sick, ...
    lent_to, station
        The other team that the tour is worked for, and from where; blank on a day with the own team.
    """

    officer_id: str
    day: date
    tours: tuple[Span, ...] = ()
    codes: tuple[TourCode, ...] = ()
    outings: tuple[Outing, ...] = ()
    desk: tuple[Assignment, ...] = ()
    events: tuple[tuple[Span, Event], ...] = ()
    breaks: tuple[Break, ...] = ()
    lent_to: str = ""
    station: str = ""

    @property
    def lent(self) -> str:
        """``, for south from Grays``; nothing on a day with the own team."""
        return f", for {self.lent_to} from {self.station}" if self.lent_to else ""

    @property
    def stops(self) -> tuple[Assignment, ...]:
        """The visits, in order of time."""
        return tuple(stop for outing in self.outings for stop in outing.stops)

    @property
    def has_work(self) -> bool:
        """Whether anything is planned on it."""
        return bool(self.outings or self.desk or self.events)

    @property
    def travel(self) -> int:
        """Minutes on the road."""
        return sum(sum(outing.legs) for outing in self.outings)

    @property
    def at_doors(self) -> int:
        """Minutes of visits."""
        return sum(stop.minutes for stop in self.stops)

    @property
    def at_desk(self) -> int:
        """Minutes of desk work."""
        return sum(row.minutes for row in self.desk)

    @property
    def at_events(self) -> int:
        """Minutes of fixed events."""
        return sum(span.end - span.start for span, _ in self.events)

    @property
    def on_duty(self) -> int:
        """Minutes of tours, breaks included."""
        return sum(span.end - span.start for span in self.tours)


def officer_days(planned: Planned) -> dict[str, tuple[OfficerDay, ...]]:
    """Every day of the week of every officer, officers in order."""
    register, horizon = planned.register, planned.due.horizon
    week = Week(register, planned.policy_file.policy, planned.due, planned.roster)
    desk: dict[str, list[Assignment]] = defaultdict(list)
    for row in week.desk_rows:
        for officer in row.crew:
            desk[officer].append(row)
    officers = sorted(register.officer_by_id.keys() | week.work_of.keys())
    return {o: tuple(_days(o, week, desk[o], list(horizon.days()))) for o in officers}


def _days(officer: str, week: Week, desk: Sequence[Assignment], days: Sequence[date]) -> Iterable[OfficerDay]:
    tours = week.tours_of.get(officer, ())
    outings = [work.outing for work in week.work_of.get(officer, ()) if work.outing]
    codes = defaultdict(list)
    for tour in week.register.tours_of.get(officer, ()):
        if tour.code is not TourCode.DUTY:
            codes[tour.date].append(tour.code)
    by_tour = _by_day(((tour, tour) for tour in tours), tours)
    by_outing = _by_day(((outing.span, outing) for outing in outings), tours)
    by_desk = _by_day(((Span(row.start, row.end), row) for row in desk), tours)
    lent = _lent(week, officer)
    known = week.events_of.get(officer, ())
    by_event = _by_day(((span, (span, week.events[task_id])) for span, task_id in known), tours)
    for day in days:
        yield _with_breaks(
            OfficerDay(
                officer_id=officer,
                day=day,
                tours=tuple(by_tour.get(day, ())),
                codes=tuple(codes.get(day, ())),
                outings=tuple(by_outing.get(day, ())),
                desk=tuple(by_desk.get(day, ())),
                events=tuple(by_event.get(day, ())),
                lent_to=lent[day].team if day in lent else "",
                station=lent[day].base if day in lent else "",
            ),
            week.policy,
        )


def _lent(week: Week, officer: str) -> Mapping[date, Officer]:
    """The officer on days of tours that are lent to another team."""
    tours = week.register.lending.lent.get(officer, ())
    starts = ((tour.date, tour.start) for tour in tours if tour.start is not None)
    return {day: one for day, start in starts for one in week.officers((officer,), moment(day, start))}


def _by_day(things: Iterable[tuple[Span, T]], tours: Sequence[Span]) -> Mapping[date, list[T]]:
    groups: dict[date, list[T]] = defaultdict(list)
    for span, thing in things:
        tour = next((tour for tour in tours if tour.start <= span.start < tour.end), span)
        groups[local_day(tour.start)].append(thing)
    return groups


def _with_breaks(day: OfficerDay, policy: Policy) -> OfficerDay:
    found = (break_of(tour, day, policy) for tour in day.tours) if day.has_work else ()
    return replace(day, breaks=tuple(pause for pause in found if pause))


def break_of(tour: Span, day: OfficerDay, policy: Policy) -> Break | None:
    """The break of a tour, as near to its middle as the work allows; none where it needs or has none."""
    minutes, allowed = break_minutes(tour, policy), allowed_span(tour, policy)
    middle = (tour.start + tour.end - minutes) // 2
    events = [span for span, _ in day.events]
    if not minutes or any(event.holds(allowed) for event in events):
        return None
    busy = [*(outing.span for outing in day.outings), *(Span(row.start, row.end) for row in day.desk), *events]
    starts = [_near(middle, free, minutes) for free in free_spans(allowed, busy) if free.end - free.start >= minutes]
    if starts:
        start = min(starts, key=lambda at: abs(at - middle))
        return Break(Span(start, start + minutes))
    for outing in day.outings:
        for gap, travel in round_of(outing).gaps:
            if gap.end - gap.start - travel >= minutes and gap.overlap(allowed) >= minutes:
                start = max(gap.start, allowed.start)
                return Break(Span(start, start + minutes), on_the_road=True)
    return None


def _near(middle: int, free: Span, minutes: int) -> int:
    """The start in a free span that is nearest to the middle of the tour."""
    return max(free.start, min(middle, free.end - minutes))
