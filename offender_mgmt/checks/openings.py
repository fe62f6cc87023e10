"""When a crew or an officer could do a task in an otherwise empty week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache, cached_property

from offender_mgmt.calendars import moment
from offender_mgmt.checks.breaks import Round, allowed_span, break_fits, break_minutes
from offender_mgmt.checks.needs import Needs, needs_of, qualified_crews, qualified_officers
from offender_mgmt.checks.nominals import is_available, may_be_done, visiting_spans
from offender_mgmt.checks.spans import Span, free_spans
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import Task
from offender_mgmt.register.records import Offender, Officer

Crew = tuple[Officer, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """When a crew could start a visit: from the earliest to the latest minute, both included.

    Parameters
    ----------
    free
        Span of duty, free of events, that the crew has in common.
    before, after
        Minutes for which it is taken before the start of the visit and from that start on.
    """

    crew: Crew
    free: Span
    earliest: int
    latest: int
    before: int
    after: int

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the crew."""
        return tuple(officer.officer_id for officer in self.crew)

    def trip(self, start: int) -> Span:
        """When the crew is taken if the visit starts then."""
        return Span(start - self.before, start + self.after)

    def lengthened(self, before: int, after: int) -> Window:
        """The window of a crew that is also taken for some minutes before leaving and after the return."""
        earliest = max(self.earliest, self.free.start + before + self.before)
        latest = min(self.latest, self.free.end - after - self.after)
        return Window(self.crew, self.free, earliest, latest, before + self.before, after + self.after)


@dataclass(frozen=True)
class Openings:
    """Answers about an empty week; what was worked out once for a crew is kept.

    Two answers are given to "would it fit?": *wide* asks for a common span of duty free of events that is long
    enough, *strict* also for the rest before the tour and the breaks in it. Between the two either reason is true.
    """

    week: Week
    _crews: dict[tuple[Needs, str], tuple[Crew, ...]] = field(default_factory=dict)
    _officers: dict[tuple[Needs, str], Crew] = field(default_factory=dict)
    _common: dict[tuple[tuple[str, ...], str, bool], tuple[Span, ...]] = field(default_factory=dict)

    def crews(self, task: Task, offender: Offender) -> tuple[Crew, ...]:
        """Every qualified crew of just the needed size."""
        key = (needs_of(self.week, task.kind, offender), offender.team)
        if key not in self._crews:
            self._crews[key] = qualified_crews(self.week, *key)
        return self._crews[key]

    def officers(self, task: Task, offender: Offender) -> Crew:
        """Every officer who may do a desk task."""
        key = (needs_of(self.week, task.kind, offender), offender.team)
        if key not in self._officers:
            self._officers[key] = qualified_officers(self.week, *key)
        return self._officers[key]

    def visit_fits(self, task: Task, offender: Offender, *, strict: bool) -> bool:
        """Whether some qualified crew could make this visit alone, on some day of the week."""
        windows = self.windows(task, offender, strict=strict)
        return any(not strict or self.leaves_breaks(window) for window in windows)

    def windows(self, task: Task, offender: Offender, *, strict: bool) -> Iterator[Window]:
        """When each qualified crew could start this visit, breaks apart."""
        hours = [span for day in self.days(task, offender) for span in visiting_spans(self.week, offender, day)]
        for crew in self.crews(task, offender):
            yield from self._crew_windows(crew, task, offender, hours, strict)

    def _crew_windows(
        self, crew: Crew, task: Task, offender: Offender, hours: list[Span], strict: bool
    ) -> Iterator[Window]:
        ids = tuple(officer.officer_id for officer in crew)
        base, place = self.week.base_of(crew), self.week.place(offender)
        out, back = self.week.travel(base, place), self.week.travel(place, base)
        minutes = self.week.policy.durations.minutes[task.kind]
        for free in self._common_spans(ids, offender.team, strict):
            for span in hours:
                earliest, latest = max(free.start + out, span.start), min(free.end - back, span.end) - minutes
                if earliest <= latest:
                    yield Window(crew, free, earliest, latest, out, minutes + back)

    def leaves_breaks(self, window: Window) -> bool:
        """Whether some start leaves everyone a break; only starts where a break just fits need be tried."""
        earliest, latest, before, after = window.earliest, window.latest, window.before, window.after
        starts = {earliest, latest}
        for officer in window.ids:
            for tour in self.week.tours_of.get(officer, ()):
                minutes = break_minutes(tour, self.week.policy)
                for free in free_spans(allowed_span(tour, self.week.policy), self.week.event_spans(officer)):
                    starts |= {free.start + minutes + before, free.end - minutes - after}
        trips = (Round(window.trip(start)) for start in sorted(starts) if earliest <= start <= latest)
        return any(all(self._has_break(officer, trip) for officer in window.ids) for trip in trips)

    def _has_break(self, officer: str, trip: Round) -> bool:
        events = self.week.event_spans(officer)
        tours = [tour for tour in self.week.tours_of.get(officer, ()) if tour.overlap(trip.span)]
        return all(break_fits(tour, self.week.policy, [trip], (), events) for tour in tours)

    def _common_spans(self, ids: tuple[str, ...], team: str, strict: bool) -> tuple[Span, ...]:
        """When all of a crew are on duty for the team and at no event."""
        key = (ids, team, strict)
        if key not in self._common:
            spans = self.free(ids[0], team, strict=strict)
            for officer in ids[1:]:
                spans = tuple(_common(spans, self.free(officer, team, strict=strict)))
            self._common[key] = spans
        return self._common[key]

    def free(self, officer: str, team: str, *, strict: bool) -> tuple[Span, ...]:
        """Spans of duty for a team, free of events; if strict, less the rest after the tour before."""
        spans = self._free_of[strict].get(officer, ())
        if officer not in self.week.register.lending.lent:
            return spans
        return tuple(s for s in spans if any(o.team == team for o in self.week.officers((officer,), s.start)))

    @cached_property
    def _free_of(self) -> Mapping[bool, Mapping[str, tuple[Span, ...]]]:
        """Spans of duty free of events, by officer; under ``True`` less the rest after the tour before."""
        return {
            strict: {officer: tuple(self._free(officer, strict)) for officer in self.week.tours_of}
            for strict in (False, True)
        }

    def _free(self, officer: str, strict: bool) -> Iterator[Span]:
        rest = self.week.policy.duty.rest_between_tours_hours * 60
        rested = 0
        for tour in self.week.tours_of[officer]:
            start = max(tour.start, rested) if strict else tour.start
            if start < tour.end:
                yield from free_spans(Span(start, tour.end), self.week.event_spans(officer))
            rested = max(rested, tour.end + rest)

    def desk_fits(self, task: Task, offender: Offender, *, strict: bool) -> bool:
        """Whether some officer who may do a desk task has time for it on one day."""
        minutes = self.week.policy.durations.minutes[task.kind]
        days = [d for d in self.week.horizon.days() if self.may_be_done(task, d)]
        return any(
            self._desk_minutes(officer, day, strict) >= minutes
            for officer in self.officers(task, offender)
            for day in days
        )

    def _desk_minutes(self, officer: Officer, day: date, strict: bool) -> int:
        if strict:
            return self.minutes_in_a_tour(officer.officer_id, officer.team, day)
        spans = self.free(officer.officer_id, officer.team, strict=False)
        return sum(span.overlap(whole_day(day)) for span in spans)

    def minutes_in_a_tour(self, officer: str, team: str, day: date, not_before: int = 0) -> int:
        """Most minutes of a day that one tour for a team leaves for desk work, rest and break apart.

        Parameters
        ----------
        not_before
            Only tours from this moment on.
        """
        spans = self.free(officer, team, strict=True)
        tours = [tour for tour in self.week.tours_of.get(officer, ()) if tour.start >= not_before]
        return max((self._in_tour(tour, spans, whole_day(day)) for tour in tours), default=0)

    def _in_tour(self, tour: Span, spans: Iterable[Span], today: Span) -> int:
        minutes = sum(span.overlap(today) for span in spans if tour.holds(span))
        return minutes - break_minutes(tour, self.week.policy)

    def days(self, task: Task, offender: Offender) -> list[date]:
        """Days of the week on which a nominal may be visited for a task."""
        return [d for d in self.week.horizon.days() if self.may_be_done(task, d) and is_available(offender, d)]

    def may_be_done(self, task: Task, day: date) -> bool:
        """Whether a day is not before the task's release, nor put off by a decision, nor after the day asked for."""
        return may_be_done(self.week, task, day)


@cache
def whole_day(day: date) -> Span:
    """A local day from midnight to midnight."""
    return Span(moment(day, time(0)), moment(day + timedelta(days=1), time(0)))


def _common(ours: Iterable[Span], theirs: Sequence[Span]) -> Iterator[Span]:
    for one in ours:
        for other in theirs:
            if one.overlap(other):
                yield Span(max(one.start, other.start), min(one.end, other.end))
