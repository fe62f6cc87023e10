"""From a solver's answer in indices to assignments with references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offender_mgmt.calendars import local_day
from offender_mgmt.due.task import DueList, Task, event_task_id
from offender_mgmt.instance.build import Names
from offender_mgmt.instance.model import Instance, Span
from offender_mgmt.instance.shifts import event_span
from offender_mgmt.planning.left_out import unassigned_of
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Assignment, Unassigned
from offender_mgmt.solver.solve import Answer
from offender_mgmt.solver.timetable import Outing
from offender_mgmt.vocabulary import TaskKind


@dataclass(frozen=True, slots=True)
class TeamRoster:
    """One team's part of the roster."""

    assignments: tuple[Assignment, ...]
    unassigned: tuple[Unassigned, ...]


def decode(
    instance: Instance, names: Names, due: DueList, answer: Answer, frozen: Sequence[Assignment] = ()
) -> TeamRoster:
    """The team's assignments and what it leaves out, fixed events not included.

    Parameters
    ----------
    frozen
        The team's rows that stay from a published roster.
    """
    reader = _Reader(instance, names, due, frozen)
    assignments = [*frozen, *reader.given(), *reader.outings(answer), *reader.desk(answer)]
    done = {a.task_id for a in assignments}
    unassigned = unassigned_of(names, due, answer, done)
    return TeamRoster(tuple(assignments), unassigned)


def event_assignments(register: Register, due: DueList) -> Iterator[Assignment]:
    """Fixed events as they stand, with those of their officers that the register knows."""
    for event in due.events:
        crew = tuple(officer for officer in event.officers if officer in register.officer_by_id)
        start, end = event_span(event)
        if crew:
            yield Assignment(
                task_id=event_task_id(event),
                kind=TaskKind.FIXED_EVENT,
                offender_ref=event.offender_ref or "",
                start=start,
                end=end,
                crew=crew,
                why=f"Fixed event: {event.kind.value.replace('_', ' ')}.",
            )


class _Reader:
    """Knows what the indices stand for."""

    def __init__(self, instance: Instance, names: Names, due: DueList, frozen: Sequence[Assignment]) -> None:
        self.instance, self.names, self.due = instance, names, due
        self.frozen = {row.task_id for row in frozen}
        self.taken = {row.outing for row in frozen}

    def given(self) -> Iterator[Assignment]:
        """Visits that a fixed joint visit does."""
        events = {event_task_id(event): event for event in self.due.events}
        for index in self.instance.given:
            task = self.names.tasks[index]
            if task.task_id in self.frozen:
                continue
            event_id = next(i for i in task.satisfied_by if i in events)
            crew = tuple(o for o in events[event_id].officers if o in self.names.officers)
            yield self._row(task, event_span(events[event_id]), crew, done_with=event_id)

    def outings(self, answer: Answer) -> Iterator[Assignment]:
        """Visits with the checks before and the entries after them."""
        counts: dict[str, int] = {}
        for outing in sorted(answer.timetable.outings, key=lambda o: (o.leave, o.crew)):
            day = local_day(outing.leave).isoformat()
            name = self._next_name(day, counts)
            yield from self._outing(outing, name)

    def _next_name(self, day: str, counts: dict[str, int]) -> str:
        """The next name of an outing of a day that no frozen one has."""
        while True:
            counts[day] = counts.get(day, 0) + 1
            name = f"{self.names.team}-{day}-{counts[day]}"
            if name not in self.taken:
                return name

    def _outing(self, outing: Outing, name: str) -> Iterator[Assignment]:
        for position, stop in enumerate(outing.stops, start=1):
            call = self.instance.calls[stop.call]
            crew = self._seats(outing.crew, call.lead, call.deputy)
            main, *others = (self.names.tasks[index] for index in call.tasks)
            visit = replace(
                self._row(main, stop.span, crew), outing=name, position=position, travel_minutes=stop.travel
            )
            yield visit
            for other in others:
                done_too = self._row(other, stop.span, crew, done_with=main.task_id)
                yield replace(done_too, outing=name, position=position, travel_minutes=stop.travel)
        for officer, call_index, span in outing.checks:
            yield self._side(self.instance.calls[call_index].check_task, officer, span)
        for officer, call_index, span in outing.entries:
            yield self._side(self.instance.calls[call_index].entry_task, officer, span)

    def _seats(self, crew: tuple[int, ...], lead: int, deputy: int) -> tuple[str, ...]:
        """The crew with the lead officer first, else the deputy, else in order of id."""
        order = sorted(crew, key=lambda o: (o != lead, o != deputy, o))
        return tuple(self.names.officers[o] for o in order)

    def _side(self, task: int, officer: int, span: Span) -> Assignment:
        return self._row(self.names.tasks[task], span, (self.names.officers[officer],))

    def desk(self, answer: Answer) -> Iterator[Assignment]:
        """Desk work, in parts where it is interrupted."""
        for work in answer.timetable.desk:
            task = self.names.tasks[work.task]
            for number, span in enumerate(work.parts, start=1):
                part = f"{number}/{len(work.parts)}" if len(work.parts) > 1 else ""
                yield self._row(task, span, (self.names.officers[work.officer],), part=part)

    def _row(
        self,
        task: Task,
        span: Span,
        crew: tuple[str, ...],
        *,
        part: str = "",
        done_with: str = "",
    ) -> Assignment:
        return Assignment(
            task_id=task.task_id,
            kind=task.kind,
            offender_ref=task.offender_ref,
            start=span[0],
            end=span[1],
            crew=crew,
            risk_level=task.risk_level,
            band=self.due.bands[task.band],
            due_date=task.due_date,
            days_overdue=task.days_overdue,
            part=part,
            done_with=done_with,
            why=task.why,
        )
