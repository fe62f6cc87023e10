"""The week laid out for checking: rows, outings, tours and events of each officer, in whole minutes.

Everything here is worked out from the register, the policy and the rows; nothing in it judges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from offender_mgmt.aims import AimFigures, Published
from offender_mgmt.calendars import Horizon
from offender_mgmt.checks.near import events_near, near_span, tours_near
from offender_mgmt.checks.outing import Outing, Work
from offender_mgmt.checks.spans import Span, event_span
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Event, Offender, Officer
from offender_mgmt.roster.frozen import Replanned, frozen_rows
from offender_mgmt.roster.roster import Assignment, BandFigures, Roster, Unassigned
from offender_mgmt.travel import Place, Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import TaskKind


@dataclass(frozen=True)
class Week:
    """All that a rule may look at."""

    register: Register
    policy: Policy
    due: DueList
    roster: Roster
    bands: Sequence[BandFigures] | None = None
    aims: Sequence[AimFigures] | None = None
    published: Published | None = None
    replanned: Replanned | None = None
    _minutes: dict[tuple[Place, Place], int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def all_rows(self) -> tuple[Assignment | Unassigned, ...]:
        """All that the roster names, assigned or left out, as it stands there."""
        return (*self.roster.assignments, *self.roster.unassigned)

    @cached_property
    def begun(self) -> frozenset[int]:
        """Rows, by identity, that had begun when the week was planned again; none of a week that was planned once."""
        if self.replanned is None:
            return frozenset()
        had_begun = frozen_rows(self.roster.assignments, self.replanned.freeze_before)
        kept = (row for row in self.roster.assignments if row.task_id in self.replanned.kept)
        return frozenset(map(id, (*had_begun, *kept)))

    @property
    def horizon(self) -> Horizon:
        """The planned days, as the due list has them."""
        return self.due.horizon

    @cached_property
    def journeys(self) -> Travel:
        """Minutes of travel as the policy has them estimated."""
        return Travel(self.register, self.policy)

    def travel(self, here: Place, there: Place) -> int:
        """Minutes of travel between two places."""
        if (here, there) not in self._minutes:
            self._minutes[here, there] = self.journeys.minutes(here, there)
        return self._minutes[here, there]

    @cached_property
    def near(self) -> Span:
        """The week with a margin on both sides; rows further away are reported and otherwise left aside."""
        return near_span(self.horizon)

    @cached_property
    def rows(self) -> tuple[Assignment, ...]:
        """The rows in order of time, without those far outside the week."""
        inside = [r for r in self.roster.assignments if self._is_near(r.start) and self._is_near(r.end)]
        return tuple(sorted(inside, key=lambda r: (r.start, r.end, r.task_id, r.crew)))

    def _is_near(self, minute: int) -> bool:
        return self.near.start <= minute < self.near.end

    @cached_property
    def strays(self) -> tuple[Assignment, ...]:
        """Rows far outside the week."""
        near = set(map(id, self.rows))
        return tuple(row for row in self.roster.assignments if id(row) not in near)

    def kind(self, row: Assignment) -> TaskKind:
        """Kind of a row's task: as due; for an unknown task as the row says."""
        task = self.due.task(row.task_id)
        return task.kind if task else row.kind

    def offender(self, row: Assignment) -> Offender | None:
        """The nominal of a row's task, if the register has one."""
        task = self.due.task(row.task_id)
        return self.register.offender_by_ref.get(task.offender_ref if task else row.offender_ref)

    def officers(self, crew: Sequence[str], minute: int) -> tuple[Officer, ...]:
        """The known officers of a crew, each once, as of the team they work for at a moment."""
        known = (self.register.officer_by_id[o] for o in dict.fromkeys(crew) if o in self.register.officer_by_id)
        return tuple(self.register.lending.officer_at(officer, minute) for officer in known)

    def officers_of(self, outing: Outing) -> tuple[Officer, ...]:
        """The known officers of an outing."""
        return self.officers(outing.crew, outing.stops[0].start)

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[Assignment, ...]]:
        """Rows of each task, in order of time."""
        groups: dict[str, list[Assignment]] = defaultdict(list)
        for row in self.rows:
            groups[row.task_id].append(row)
        return {task_id: tuple(rows) for task_id, rows in groups.items()}

    @cached_property
    def stops(self) -> tuple[Assignment, ...]:
        """Visits that take time of their own."""
        return tuple(row for row in self.rows if self.kind(row).is_field and not row.done_with)

    @cached_property
    def desk_rows(self) -> tuple[Assignment, ...]:
        """Desk work that takes time of its own."""
        return tuple(row for row in self.rows if self._is_desk(row) and not row.done_with)

    def is_desk_task(self, task_id: str) -> bool:
        """Whether a task is desk work, as far as is known."""
        return all(self._is_desk(row) for row in self.rows_of.get(task_id, ()))

    def _is_desk(self, row: Assignment) -> bool:
        return not self.kind(row).is_field and self.kind(row) is not TaskKind.FIXED_EVENT

    @cached_property
    def worked_rows(self) -> tuple[Assignment, ...]:
        """Visits and desk work that take time of their own."""
        return self.stops + self.desk_rows

    @cached_property
    def outings(self) -> tuple[Outing, ...]:
        """Stops by name of the outing, day and crew; stops without a name by day and crew, parted at the base."""
        groups: dict[tuple[date, str, frozenset[str]], list[Assignment]] = defaultdict(list)
        for row in self.stops:
            groups[row.day, row.outing, frozenset(row.crew)].append(row)
        parted = [(name, [rows] if name else self._parted(rows)) for (_, name, _), rows in groups.items()]
        return tuple(self._outing(name, n, part) for name, parts in parted for n, part in enumerate(parts, start=1))

    def _parted(self, stops: list[Assignment]) -> list[list[Assignment]]:
        parts = [stops[:1]]
        for here, there in pairwise(stops):
            if self._was_back(here, there):
                parts.append([])
            parts[-1].append(there)
        return parts

    def _was_back(self, here: Assignment, there: Assignment) -> bool:
        """Whether the crew could be at the base between two stops, and position or work at the base says it was."""
        base = self.base_of(self.officers(here.crew, here.start))
        last, first = self.place(self.offender(here)), self.place(self.offender(there))
        at_base = Span(here.end + self.travel(last, base), there.start - self.travel(base, first))
        if at_base.start > at_base.end:
            return False
        if there.position:
            return there.position == 1
        return any(at_base.overlap(span) for span in self._at_base(here, there))

    def _at_base(self, here: Assignment, there: Assignment) -> Iterator[Span]:
        """Desk work of a crew or on the nominals of two of its stops, and fixed events of the crew."""
        for officer in here.crew:
            yield from self.event_spans(officer)
        for row in self.desk_rows:
            if set(row.crew) & set(here.crew) or row.offender_ref in (here.offender_ref, there.offender_ref):
                yield Span(row.start, row.end)

    def _outing(self, name: str, number: int, stops: list[Assignment]) -> Outing:
        crew, day = tuple(dict.fromkeys(stops[0].crew)), stops[0].day
        base = self.base_of(self.officers(crew, stops[0].start))
        places = tuple(self.place(self.offender(row)) for row in stops)
        way = (base, *places, base)
        legs = tuple(self.travel(here, there) for here, there in pairwise(way))
        label = name or f"{'+'.join(crew)} on {day}" + (f" ({number})" if number > 1 else "")
        return Outing(label, day, crew, tuple(stops), places, base, legs)

    @cached_property
    def outing_of(self) -> Mapping[int, Outing]:
        """The outing of each stop, by identity of the row."""
        return {id(row): outing for outing in self.outings for row in outing.stops}

    def base_of(self, crew: Sequence[Officer]) -> Place:
        """Where a crew starts: the base of its first officer who has a known one."""
        names = [officer.base for officer in crew]
        bases = [self.register.base_by_name[name] for name in names if name in self.register.base_by_name]
        return place_of_base(bases[0]) if bases else Place("", None, None)

    def place(self, offender: Offender | None) -> Place:
        """Where a nominal can be seen; an unknown place for an unknown nominal."""
        return place_of_offender(offender) if offender else Place("", None, None)

    @cached_property
    def work_of(self) -> Mapping[str, tuple[Work, ...]]:
        """Planned work of each officer in order of time; fixed events apart."""
        groups: dict[str, list[Work]] = defaultdict(list)
        for outing in self.outings:
            for officer in outing.crew:
                groups[officer].append(Work(outing.span, outing.label, outing))
        for row in self.desk_rows:
            for officer in dict.fromkeys(row.crew):
                groups[officer].append(Work(Span(row.start, row.end), row.task_id, None))
        return {o: tuple(sorted(work, key=lambda w: (w.span, w.label))) for o, work in sorted(groups.items())}

    @cached_property
    def tours_of(self) -> Mapping[str, tuple[Span, ...]]:
        """Tours of duty of each officer near the week, in order of time."""
        return tours_near(self.register, self.horizon)

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Fixed events near the week by the id under which they stand in the roster."""
        return events_near(self.register, self.horizon)

    @cached_property
    def events_of(self) -> Mapping[str, tuple[tuple[Span, str], ...]]:
        """Fixed events of each officer: when, and under which id."""
        groups: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for task_id, event in self.events.items():
            for officer in event.officers:
                groups[officer].append((event_span(event), task_id))
        return {officer: tuple(sorted(found)) for officer, found in groups.items()}

    def event_spans(self, officer: str) -> tuple[Span, ...]:
        """When an officer is at fixed events."""
        return tuple(span for span, _ in self.events_of.get(officer, ()))

    def attending(self, event: Event) -> tuple[str, ...]:
        """Officers of the register who attend an event, in the event's order."""
        return tuple(o for o in event.officers if o in self.register.officer_by_id)

    def visited(self, task_id: str) -> bool:
        """Whether a visit is made on an outing of the roster, by itself or in another visit's time."""
        return task_id in self.stop_ids or bool(self.hosts(task_id) & self.stop_ids)

    @cached_property
    def stop_ids(self) -> frozenset[str]:
        """Ids of the tasks that are stops."""
        return frozenset(row.task_id for row in self.stops)

    def hosts(self, task_id: str) -> frozenset[str]:
        """Ids of the tasks in whose time this one is done according to the roster."""
        return frozenset(row.done_with for row in self.rows_of.get(task_id, ()) if row.done_with)

    @cached_property
    def guests_of(self) -> Mapping[str, frozenset[str]]:
        """Ids of the tasks done in the time of another, by that other's id."""
        groups: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            if row.done_with:
                groups[row.done_with].add(row.task_id)
        return {host: frozenset(guests) for host, guests in groups.items()}

    def companions(self, visit_id: str, kind: TaskKind) -> tuple[Task, ...]:
        """Due tasks of a kind that go with a visit."""
        return tuple(t for t in self.tasks_going_with.get(visit_id, ()) if t.kind is kind)

    @cached_property
    def tasks_going_with(self) -> Mapping[str, tuple[Task, ...]]:
        """Companion tasks by visit."""
        groups: dict[str, list[Task]] = defaultdict(list)
        for task in self.due.tasks:
            for visit_id in task.goes_with:
                groups[visit_id].append(task)
        return {visit_id: tuple(tasks) for visit_id, tasks in groups.items()}

    @cached_property
    def left_out(self) -> tuple[Task, ...]:
        """Due tasks that the roster says are left out."""
        found = (self.due.task(u.task_id) for u in self.roster.unassigned)
        return tuple(task for task in found if task)
