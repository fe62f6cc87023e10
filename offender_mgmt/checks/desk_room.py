"""Whether a visit fits into an otherwise empty week together with the desk work that is due with it.

Two readings, as of the visit alone. *Generous*: whatever the rules allow, where only the minutes of a break are
counted and not its place, and the rest before a tour is left aside. *Tight*: the crew makes the check just before
it leaves, the entry just after its return or on a later day, and the write-up on a later day, with rest and breaks.
What fits tightly fits; what does not fit generously does not fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple

from offender_mgmt.calendars import local_day
from offender_mgmt.checks.breaks import allowed_span, break_minutes
from offender_mgmt.checks.companions import entry_deadline, is_still_valid
from offender_mgmt.checks.openings import Openings, Window, whole_day
from offender_mgmt.checks.spans import Span
from offender_mgmt.due.task import Task
from offender_mgmt.register.records import Offender, Officer
from offender_mgmt.vocabulary import TaskKind


class Choice(NamedTuple):
    """Desk work given to an officer on a day."""

    officer: str
    day: date
    task: Task


@dataclass(frozen=True)
class DeskRoom:
    """Answers about one visit."""

    openings: Openings
    visit: Task
    offender: Offender

    def fits_tightly(self) -> bool:
        """Whether some crew could make the visit and do its desk work close to it."""
        windows = self.openings.windows(self.visit, self.offender, strict=True)
        return any(self._is_tight(window) for window in windows)

    def _is_tight(self, window: Window) -> bool:
        checks = self._due(TaskKind.INTELLIGENCE_CHECK)
        day = local_day(window.earliest)
        if not all(self.openings.may_be_done(t, day) and self._able(t, window.crew) for t in checks):
            return False
        lengths = [window.lengthened(self._minutes(checks), after) for after in self._entries_after(window, day)]
        return any(longer.earliest <= longer.latest and self.openings.leaves_breaks(longer) for longer in lengths)

    def _entries_after(self, window: Window, day: date) -> Iterator[int]:
        """Minutes of entries just after the return, where all the rest has room on later days."""
        entries, written = self._due(TaskKind.RECORD_ENTRY), self._due(TaskKind.ARMS_WRITE_UP)
        if self._have_later_room(window, day, written) and all(self._able(t, window.crew) for t in entries):
            yield self._minutes(entries)
        if entries and self._have_later_room(window, day, (*entries, *written)):
            yield 0

    def _have_later_room(self, window: Window, day: date, tasks: Sequence[Task]) -> bool:
        options = [[c for c in self._choices(task, window.crew, day) if c.day > day] for task in tasks]
        return any(self._later_days_hold(choices, window.free.end) for choices in product(*options))

    def _later_days_hold(self, choices: Iterable[Choice], not_before: int) -> bool:
        loads = Counter[tuple[str, date]]()
        for choice in choices:
            loads[choice.officer, choice.day] += self._minutes((choice.task,))
        return all(
            self.openings.minutes_in_a_tour(officer, self.offender.team, day, not_before) >= load
            for (officer, day), load in loads.items()
        )

    def fits_generously(self) -> bool:
        """Whether some crew could make the visit and all its desk work be done as the rules ask."""
        windows = self.openings.windows(self.visit, self.offender, strict=False)
        return any(self._is_wide(window) for window in windows)

    def _is_wide(self, window: Window) -> bool:
        """Later starts leave less room after the return: they are tried only where the check needs them."""
        if not all(self._single(t, window, window.earliest) for t in self._due(*AFTER)):
            return False
        return any(self._holds_all(window, start) for start in self._starts(window))

    def _starts(self, window: Window) -> Iterator[int]:
        """The earliest, then those before which an officer has just the minutes for the check on that day."""
        yield window.earliest
        day = whole_day(local_day(window.earliest))
        officers = {o for task in self._due(TaskKind.INTELLIGENCE_CHECK) for o in self._officers(task)}
        needed = self._minutes(self._due(TaskKind.INTELLIGENCE_CHECK))
        ready = {_when_reached(self._free(officer.officer_id, day), needed) for officer in officers}
        yield from sorted(m + window.before for m in ready if window.earliest < m + window.before <= window.latest)

    def _holds_all(self, window: Window, start: int) -> bool:
        options = [self._single(task, window, start) for task in self._due(*AFTER)]
        for task in self._due(TaskKind.INTELLIGENCE_CHECK):
            checks = self._single(task, window, start)
            others = [choice for choice in checks if choice.officer not in window.ids]
            options.append(others[:1] or checks)  # nothing else of this visit takes the time of another officer
        return any(self._days_hold(choices, window, start) for choices in product(*options))

    def _single(self, task: Task, window: Window, start: int) -> list[Choice]:
        """Choices for one piece of desk work that have room with the visit alone."""
        officers = self._officers(task) if task.kind is TaskKind.INTELLIGENCE_CHECK else window.crew
        choices = self._choices(task, officers, local_day(start))
        return [choice for choice in choices if self._days_hold([choice], window, start)]

    def _days_hold(self, choices: Sequence[Choice], window: Window, start: int) -> bool:
        keys = {(choice.officer, choice.day) for choice in choices}
        return all(self._day_holds([c for c in choices if c[:2] == key], window.trip(start), window) for key in keys)

    def _day_holds(self, choices: Sequence[Choice], trip: Span, window: Window) -> bool:
        """Whether an officer's day has the minutes before leaving, after the return, and for the break."""
        officer, day, _ = choices[0]
        if officer not in window.ids:
            trip = Span(trip.start, trip.start)
        spans = self._free(officer, whole_day(day))
        before = sum(max(0, min(span.end, trip.start) - span.start) for span in spans)
        after = sum(max(0, span.end - max(span.start, trip.end)) for span in spans)
        needed = self._minutes([c.task for c in choices])
        checks = self._minutes([c.task for c in choices if c.task.kind is TaskKind.INTELLIGENCE_CHECK])
        return before >= checks and after >= needed - checks and before + after >= needed + self._pause(officer, day)

    def _pause(self, officer: str, day: date) -> int:
        """Minutes of the break on a day with one tour that does not go beyond it; else none are counted."""
        week, today = self.openings.week, whole_day(day)
        tours = [tour for tour in week.tours_of.get(officer, ()) if tour.overlap(today)]
        if len(tours) != 1 or not today.holds(tours[0]):
            return 0
        allowed = allowed_span(tours[0], week.policy)
        covered = any(event.holds(allowed) for event in week.event_spans(officer))
        return 0 if covered else break_minutes(tours[0], week.policy)

    def _choices(self, task: Task, officers: Iterable[Officer], visited: date) -> list[Choice]:
        """Who of some officers may do a piece of desk work, and on which days, for a visit on a day."""
        days = [day for day in self.openings.week.horizon.days() if self._is_day_for(task, day, visited)]
        return [Choice(o.officer_id, day, task) for o in self._able(task, officers) for day in days]

    def _is_day_for(self, task: Task, day: date, visited: date) -> bool:
        week = self.openings.week
        if not self.openings.may_be_done(task, day):
            return False
        if task.kind is TaskKind.INTELLIGENCE_CHECK:
            return is_still_valid(week, day, visited)
        return visited <= day and (task.kind is not TaskKind.RECORD_ENTRY or day <= entry_deadline(week, visited))

    def _able(self, task: Task, officers: Iterable[Officer]) -> list[Officer]:
        able = {officer.officer_id for officer in self._officers(task)}
        return [officer for officer in officers if officer.officer_id in able]

    def _officers(self, task: Task) -> tuple[Officer, ...]:
        return self.openings.officers(task, self.offender)

    def _due(self, *kinds: TaskKind) -> tuple[Task, ...]:
        week = self.openings.week
        return tuple(task for kind in kinds for task in week.companions(self.visit.task_id, kind))

    def _minutes(self, tasks: Iterable[Task]) -> int:
        return sum(self.openings.week.policy.durations.minutes[task.kind] for task in tasks)

    def _free(self, officer: str, within: Span) -> list[Span]:
        spans = self.openings.free(officer, self.offender.team, strict=False)
        return [Span(max(s.start, within.start), min(s.end, within.end)) for s in spans if s.overlap(within)]


AFTER = (TaskKind.RECORD_ENTRY, TaskKind.ARMS_WRITE_UP)


def _when_reached(spans: Iterable[Span], minutes: int) -> int:
    """The moment at which spans have lasted for some minutes together; the epoch if they never do."""
    for span in spans:
        if span.end - span.start >= minutes:
            return span.start + minutes
        minutes -= span.end - span.start
    return 0
