"""When a crew or an officer could do a task in an otherwise empty week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property

from offender_mgmt.calendars import moment
from offender_mgmt.checks.breaks import Round, allowed_span, break_fits, break_minutes
from offender_mgmt.checks.needs import Needs, needs_of, qualified_crews, qualified_officers
from offender_mgmt.checks.nominals import deferral_of, is_available, is_put_off, visiting_spans
from offender_mgmt.checks.spans import Span, free_spans
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import Task
from offender_mgmt.register.records import Offender, Officer

Crew = tuple[Officer, ...]


@dataclass(frozen=True)
class Openings:
    """Answers about an empty week; what was worked out once for a crew is kept.

    Two answers are given to "would it fit?": *wide* asks for a common span of duty free of events that is long
    enough, *strict* also for the rest before the tour and the breaks in it. Between the two either reason is true.
    """

    week: Week
    _crews: dict[tuple[Needs, str], tuple[Crew, ...]] = field(default_factory=dict)
    _common: dict[tuple[tuple[str, ...], bool], tuple[Span, ...]] = field(default_factory=dict)

    def crews(self, task: Task, offender: Offender) -> tuple[Crew, ...]:
        """Every qualified crew of just the needed size."""
        key = (needs_of(self.week, task.kind, offender), offender.team)
        if key not in self._crews:
            self._crews[key] = qualified_crews(self.week, *key)
        return self._crews[key]

    def officers(self, task: Task, offender: Offender) -> tuple[Officer, ...]:
        """Every officer who may do a desk task."""
        return qualified_officers(self.week, needs_of(self.week, task.kind, offender), offender.team)

    def visit_fits(self, task: Task, offender: Offender, *, strict: bool) -> bool:
        """Whether some qualified crew could make this visit alone, on some day of the week."""
        hours = [span for day in self.days(task, offender) for span in visiting_spans(self.week, offender, day)]
        return any(self._crew_fits(crew, task, offender, hours, strict) for crew in self.crews(task, offender))

    def _crew_fits(self, crew: Crew, task: Task, offender: Offender, hours: list[Span], strict: bool) -> bool:
        ids = tuple(officer.officer_id for officer in crew)
        base, place = self.week.base_of(ids), self.week.place(offender)
        out, back = self.week.travel(base, place), self.week.travel(place, base)
        minutes = self.week.policy.durations.minutes[task.kind]
        for free in self._common_spans(ids, strict):
            for span in hours:
                earliest, latest = max(free.start + out, span.start), min(free.end - back, span.end) - minutes
                if earliest <= latest and (not strict or self._with_breaks(ids, earliest, latest, out, back + minutes)):
                    return True
        return False

    def _with_breaks(self, ids: Sequence[str], earliest: int, latest: int, out: int, back: int) -> bool:
        """Whether some start leaves everyone a break; only starts where a break just fits need be tried."""
        starts = {earliest, latest}
        for officer in ids:
            for tour in self.week.tours_of.get(officer, ()):
                minutes = break_minutes(tour, self.week.policy)
                for free in free_spans(allowed_span(tour, self.week.policy), self.week.event_spans(officer)):
                    starts |= {free.start + minutes + out, free.end - minutes - back}
        rounds = {start: Round(Span(start - out, start + back)) for start in starts if earliest <= start <= latest}
        return any(all(self._has_break(officer, trip) for officer in ids) for trip in rounds.values())

    def _has_break(self, officer: str, trip: Round) -> bool:
        events = self.week.event_spans(officer)
        tours = [tour for tour in self.week.tours_of.get(officer, ()) if tour.overlap(trip.span)]
        return all(break_fits(tour, self.week.policy, [trip], (), events) for tour in tours)

    def _common_spans(self, ids: tuple[str, ...], strict: bool) -> tuple[Span, ...]:
        """When all of a crew are on duty and at no event."""
        key = (ids, strict)
        if key not in self._common:
            spans = self.free_of[strict].get(ids[0], ())
            for officer in ids[1:]:
                spans = tuple(_common(spans, self.free_of[strict].get(officer, ())))
            self._common[key] = spans
        return self._common[key]

    @cached_property
    def free_of(self) -> Mapping[bool, Mapping[str, tuple[Span, ...]]]:
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
        days = [d for d in self.week.horizon.days() if self._may_be_done(task, d)]
        return any(
            self._desk_minutes(officer.officer_id, day, strict) >= minutes
            for officer in self.officers(task, offender)
            for day in days
        )

    def _desk_minutes(self, officer: str, day: date, strict: bool) -> int:
        today = Span(moment(day, time(0)), moment(day + timedelta(days=1), time(0)))
        spans = self.free_of[strict].get(officer, ())
        if not strict:
            return sum(span.overlap(today) for span in spans)
        tours = self.week.tours_of.get(officer, ())
        return max((self._in_tour(tour, spans, today) for tour in tours), default=0)

    def _in_tour(self, tour: Span, spans: Iterable[Span], today: Span) -> int:
        minutes = sum(span.overlap(today) for span in spans if tour.holds(span))
        return minutes - break_minutes(tour, self.week.policy)

    def days(self, task: Task, offender: Offender) -> list[date]:
        """Days of the week on which a nominal may be visited for a task."""
        return [d for d in self.week.horizon.days() if self._may_be_done(task, d) and is_available(offender, d)]

    def _may_be_done(self, task: Task, day: date) -> bool:
        decision = deferral_of(self.week, task)
        return task.release_date <= day and not (decision and is_put_off(decision, day))


def _common(ours: Iterable[Span], theirs: Sequence[Span]) -> Iterator[Span]:
    for one in ours:
        for other in theirs:
            if one.overlap(other):
                yield Span(max(one.start, other.start), min(one.end, other.end))
