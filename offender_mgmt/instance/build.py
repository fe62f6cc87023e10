"""From one team's register and due list to an instance, and the names to read its answer with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict

from offender_mgmt.barriers import Point
from offender_mgmt.calendars import WorkingDays
from offender_mgmt.due.task import DueList, Task, event_task_id
from offender_mgmt.instance.again import Again, OutingBefore
from offender_mgmt.instance.calls import call_days, call_spans, not_after_asked, not_before_release, not_while_deferred
from offender_mgmt.instance.history import load_before, minutes_of_duty, off_hours, recent_officers, worn_spans
from offender_mgmt.instance.model import (
    Call,
    DeskTask,
    Exposure,
    Instance,
    OfficerData,
    PublishedOuting,
    Shift,
    SideWork,
    Span,
    WriteUp,
)
from offender_mgmt.instance.shifts import (
    break_minutes,
    event_span,
    fixed_events_kept,
    make_shift,
    merged,
    rest_between_tours,
    tour_span,
    within_tour,
)
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.pins import Pin, Pins
from offender_mgmt.register.records import Event, Offender, Officer
from offender_mgmt.travel import Place, Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import FIELD_KINDS, Aim, RiskLevel, Role, TaskKind, TourCode


@dataclass(frozen=True, slots=True)
class Names:
    """What the indices of an instance stand for; kept out of the solver."""

    team: str
    tasks: tuple[Task, ...]
    officers: tuple[str, ...]


Published = Mapping[str, tuple[date, frozenset[str]]]


def build_instance(
    register: Register,
    policy: Policy,
    due: DueList,
    team: str,
    travel: Travel,
    published: Published | None = None,
    again: Again | None = None,
) -> tuple[Instance, Names]:
    """The instance of one team over the due list's horizon.

    Parameters
    ----------
    register
        May hold other teams too; only this team's nominals and officers are used (rule ``own_team``).
    published
        Day and officers of each task of a published roster, if changes against it are to be few.
    again
        What stays of that roster, if the week is planned again.
    """
    return _Builder(register, policy, due, team, travel, published, again).build()


def own_team(register: Register, team: str) -> tuple[Officer, ...]:
    """Officers who may work on the team's nominals, those lent to it included, in order of id."""
    return register.lending.officers_of(team)


class _Aims(TypedDict):
    """Fields of the instance that the aims read."""

    aims: tuple[Aim, ...]
    off_hours: tuple[Span, ...]
    off_percent: int
    load_before: tuple[int, ...]
    duty: tuple[int, ...]
    published: int | None


class _Again(TypedDict):
    """Fields of the instance of a week that is planned again."""

    bands_first: int | None
    brought: tuple[tuple[Aim, int], ...]
    outings_before: tuple[PublishedOuting, ...]


class _Builder:
    """Holds the indices while the parts are put together."""

    def __init__(
        self,
        register: Register,
        policy: Policy,
        due: DueList,
        team: str,
        travel: Travel,
        published: Published | None,
        again: Again | None,
    ) -> None:
        self.register, self.policy, self.due, self.team, self.travel = register, policy, due, team, travel
        self.has_published, self.published = published is not None, dict(published or {})
        self.again = again
        self.frozen = again.frozen if again else frozenset[str]()
        self.pins: Pins = again.pins if again else {}
        self.officers = own_team(register, team)
        self.officer_index = {o.officer_id: i for i, o in enumerate(self.officers)}
        self.tasks = tuple(t for t in due.tasks if t.team == team)
        self.task_index = {t.task_id: i for i, t in enumerate(self.tasks)}
        self.skill_index: dict[str, int] = {}
        self.place_index: dict[Place, int] = {}
        self.address_index: dict[Point, int] = {}
        self.events = {event_task_id(e): e for e in due.events}
        self.write_ups: list[WriteUp] = []

    def build(self) -> tuple[Instance, Names]:
        """Put the parts together."""
        officers = tuple(self._officer(o) for o in self.officers)
        given = [t for t in self.tasks if t.task_id in self.frozen or any(i in self.events for i in t.satisfied_by)]
        calls = self._calls({t.task_id for t in given})
        desk = tuple(self._desk(t) for t in self.tasks if self._is_desk(t) and t.task_id not in self.frozen)
        instance = Instance(
            points=tuple(t.points for t in self.tasks),
            band=tuple(t.band for t in self.tasks),
            bands=len(self.due.bands),
            given=tuple(self.task_index[t.task_id] for t in given),
            officers=officers,
            shifts=tuple(self._shifts()),
            calls=tuple(calls),
            desk=desk,
            write_ups=tuple(self.write_ups),
            check=self._side_work(TaskKind.INTELLIGENCE_CHECK),
            entry=self._side_work(TaskKind.RECORD_ENTRY),
            entry_by=self._entry_by(),
            travel=self.travel.matrix(list(self.place_index)),
            days=len(list(self.due.horizon.days())),
            visits_per_day=self.policy.visits.visits_per_day,
            driver_needed=self.policy.crews.driver_needed,
            lead_points=self.policy.priorities.lead_points,
            deputy_points=self.policy.priorities.deputy_points,
            exposure=tuple(self._exposure(calls)),
            **self._again(calls),
            **self._aims(),
        )
        return instance, Names(self.team, self.tasks, tuple(o.officer_id for o in self.officers))

    def _exposure(self, calls: Sequence[Call]) -> Iterator[Exposure]:
        for limit in self.policy.crews.exposure_limits:
            main = [self.tasks[call.tasks[0]] for call in calls]
            counted = frozenset(c for c, task in enumerate(main) if limit.counts(task.kind, task.risk_level))
            yield Exposure(calls=counted, most_a_day=limit.most_a_day, most_a_week=limit.most_a_week)

    def _aims(self) -> _Aims:
        """What the aims ask of the whole week."""
        aims, horizon = self.policy.aims, self.due.horizon
        weights = self.policy.priorities.level_weights
        return _Aims(
            aims=aims.order,
            off_hours=off_hours(aims, horizon),
            off_percent=aims.evening_weekend_percent,
            load_before=self._load_before(weights),
            duty=minutes_of_duty(self.register, self.officer_index, aims.load_weeks, horizon),
            published=sum(t in self.task_index and t not in self.frozen for t in self.published)
            if self.has_published
            else None,
        )

    def _load_before(self, weights: dict[RiskLevel, int]) -> tuple[int, ...]:
        """Load of the last weeks, and of the frozen visits of this one."""
        aims = self.policy.aims
        before = load_before(self.register, self.officer_index, weights, aims.load_weeks, self.due.horizon)
        made = [self._made(officer) for officer in self.officers]
        return tuple(b + sum(weights[t.risk_level] for t in of_one) for b, of_one in zip(before, made, strict=True))

    def _made(self, officer: Officer, day: date | None = None) -> list[Task]:
        """Visits that an officer makes in frozen work, on a day or in the week."""
        ids = self.again.made(officer.officer_id, day) if self.again else []
        return [task for task in map(self.due.task, ids) if task is not None]

    def _exposed(self, made: Sequence[Task]) -> tuple[int, ...]:
        """How many visits count for each exposure limit."""
        limits = self.policy.crews.exposure_limits
        return tuple(sum(limit.counts(t.kind, t.risk_level) for t in made) for limit in limits) if made else ()

    def _again(self, calls: Sequence[Call]) -> _Again:
        """What a week that is planned again begins with."""
        if self.again is None:
            return _Again(bands_first=None, brought=(), outings_before=())
        by_id = {self.tasks[call.tasks[0]].task_id: c for c, call in enumerate(calls) if call.published}
        outings = (self._outing_before(outing, by_id) for outing in self.again.outings)
        return _Again(
            bands_first=self.again.bands_first,
            brought=tuple(sorted(self.again.brought.items())),
            outings_before=tuple(outing for outing in outings if outing.calls),
        )

    def _outing_before(self, outing: OutingBefore, by_id: Mapping[str, int]) -> PublishedOuting:
        write_ups = {self.tasks[w.task].task_id: n for n, w in enumerate(self.write_ups)}
        written_up = ((write_ups[i], self._there(*at)) for i, at in outing.written_up.items() if i in write_ups)
        return PublishedOuting(
            calls=tuple(by_id[i] for i in outing.tasks if i in by_id),
            span=outing.span,
            entered=self._there(*outing.entered) if outing.entered else None,
            written_up=tuple((n, *at) for n, at in written_up),
        )

    def _there(self, day: date, officer: str) -> tuple[int, int]:
        return (day - self.due.horizon.first_day).days, self.officer_index.get(officer, -1)

    def _published(self, task: Task) -> tuple[int, frozenset[int]] | None:
        """Day and crew of a task in the published roster, if all of the crew are still here."""
        day, crew = self.published.get(task.task_id, (None, frozenset()))
        if day is None or not crew <= self.officer_index.keys() or day not in self.due.horizon:
            return None
        return (day - self.due.horizon.first_day).days, self._indices(crew)

    def _published_desk(self, task: Task) -> tuple[int, int] | None:
        there = self._published(task)
        return (there[0], next(iter(there[1]))) if there is not None and len(there[1]) == 1 else None

    def _officer(self, officer: Officer) -> OfficerData:
        base = self.register.base_by_name[officer.base]
        barred = frozenset(self.officer_index[i] for i in officer.not_paired_with if i in self.officer_index)
        return OfficerData(
            skills=self._skills(officer.skills),
            role=list(Role).index(officer.role),
            has_powers=officer.role.has_constable_powers,
            drives=officer.driver,
            base=self._place(place_of_base(base)),
            not_paired_with=barred,
            exposed=self._exposed_in_week(officer),
        )

    def _exposed_in_week(self, officer: Officer) -> tuple[int, ...]:
        """What counts for each limit already, and what of a limit of the week is left to the officer's other teams."""
        limits, made = self.policy.crews.exposure_limits, self._made(officer)
        counted = self._exposed(made) or (0,) * len(limits)
        kept = [0 if n.most_a_week is None else n.most_a_week - self._share(officer, n.most_a_week) for n in limits]
        most = [0 if limit.most_a_week is None else limit.most_a_week for limit in limits]
        exposed = tuple(c + min(k, max(0, m - c)) for c, k, m in zip(counted, kept, most, strict=True))
        return exposed if any(exposed) else ()

    def _share(self, officer: Officer, limit: int) -> int:
        """Of a limit of the week what a lent officer's work here may use: by tours; what is over, with the most."""
        lending, horizon = self.register.lending, self.due.horizon
        tours = [t for t in self.register.tours_of.get(officer.officer_id, ()) if t.code is TourCode.DUTY]
        counts = Counter(str(lending.team_of(t)) for t in tours if t.date in horizon)
        if len(counts) < 2:
            return limit
        shares = {team: limit * count // counts.total() for team, count in counts.items()}
        shares[min(counts, key=lambda team: (-counts[team], team))] += limit - sum(shares.values())
        return shares.get(self.team, 0)

    def _shifts(self) -> list[Shift]:
        shifts = []
        for index, officer in enumerate(self.officers):
            tours = self.register.tours_of.get(officer.officer_id, ())
            duty = [tour_span(t) for t in tours if t.code is TourCode.DUTY]
            events = [e for e in self.due.events if officer.officer_id in e.officers]
            own = [tour for tour in tours if self.register.lending.team_of(tour) == self.team]
            for day, tour in within_tour(own, self.due.horizon):
                usable = rest_between_tours(tour, duty, self.policy.duty.rest_between_tours_hours)
                full = next(d for d in duty if d[0] == tour[0])
                shift = self._shift(index, day, full, usable, events)
                if shift is not None:
                    shifts.append(shift)
        return sorted(shifts, key=lambda s: (s.day, s.officer, s.span))

    def _shift(self, index: int, day: int, full: Span, usable: Span, events: Sequence[Event]) -> Shift | None:
        """The shift of a tour; of a week that is planned again what is left of it."""
        again, officer, duty = self.again, self.officers[index], self.policy.duty
        if again is None:
            return make_shift(index, day, full, usable, fixed_events_kept(usable, events), duty)
        who, left, spans = officer.officer_id, again.usable(usable), [event_span(event) for event in events]
        stays = merged(left, again.busy.get(who, ()))
        minutes, allowed = break_minutes(full, merged(full, spans), duty)
        places = again.breaks_left(who, usable, minutes, allowed, spans) if minutes else []
        if places is None:
            return None
        # Of a tour that has begun, the break keeps clear of what is still to come of the published roster.
        ahead = again.ahead.get(who, ()) if stays or left != usable else ()
        busy = merged(left, (*spans, *stays))
        shift = make_shift(index, day, full, left, busy, duty, places=places, ahead=ahead)
        made = self._made(officer, self.due.horizon.first_day + timedelta(days=day))
        return shift and replace(shift, visits_made=len(made), exposed=self._exposed(made))

    def _calls(self, given: set[str]) -> list[Call]:
        calls: list[Call] = []
        by_nominal: dict[str, list[Task]] = {}
        for task in self.tasks:
            visited = self.again is not None and task.offender_ref in self.again.visited
            if task.kind in FIELD_KINDS and task.task_id not in given and not visited:
                by_nominal.setdefault(task.offender_ref, []).append(task)
        for nominal, (ref, tasks) in enumerate(sorted(by_nominal.items())):
            offender = self.register.offender_by_ref[ref]
            pinned = self.pins.keys() & {task.task_id for task in tasks}
            for group, days in _ways(tasks, offender, self.due):
                if not pinned <= {task.task_id for task in group}:
                    continue  # what is pinned is done
                call = self._call(nominal, group, days, offender)
                if call.spans:
                    calls.append(call)
        return calls

    def _call(self, nominal: int, tasks: tuple[Task, ...], days: list[date], offender: Offender) -> Call:
        main = tasks[0]
        visits = self.register.visits_of.get(offender.offender_ref, ())
        aims = self.policy.aims
        pin = self._pin(tasks)
        spans = pin.spans(call_spans(days, offender, self.policy.visits, main.minutes), main.minutes)
        return Call(
            nominal=nominal,
            tasks=tuple(self.task_index[t.task_id] for t in tasks),
            place=self._place(place_of_offender(offender)),
            minutes=main.minutes,
            spans=spans,
            crew_size=max(*(t.crew_size for t in tasks), len(pin.crew or ())),
            skills_each=self._skills(s for t in tasks for s in t.skills_each),
            skills_one=self._skills(main.skills_one),
            roles=_roles(main.roles),
            constable_required=any(t.constable_required for t in tasks),
            excluded=self._indices(main.excluded_officers) | self._not_in(pin.crew),
            check_task=self._companion_index(main, TaskKind.INTELLIGENCE_CHECK),
            entry_task=self._companion_index(main, TaskKind.RECORD_ENTRY),
            write_up=self._write_up(main),
            lead=self.officer_index.get(main.lead_officer or "", -1),
            deputy=self.officer_index.get(main.deputy_officer or "", -1),
            recent=self._indices(recent_officers(visits, aims)),
            worn=worn_spans(visits, aims, self.due.horizon),
            published=self._published(main),
            weight=self.policy.priorities.level_weights[main.risk_level],
            address=self._address(place_of_offender(offender).point),
            is_pinned=bool(pin.rows()),
            pinned=frozenset(self.officer_index.get(officer, -1) for officer in pin.all_officers),
        )

    def _pin(self, tasks: tuple[Task, ...]) -> Pin:
        """The pins of the tasks that a call does, taken together."""
        whole = Pin()
        for task in tasks:
            whole = whole.and_(self.pins.get(task.task_id, Pin()))
        return whole

    def _not_in(self, crew: frozenset[str] | None) -> frozenset[int]:
        """Officers whom a pinned crew leaves out."""
        return frozenset(self.officer_index.values()) - self._indices(crew) if crew else frozenset()

    def _companion(self, visit: Task, kind: TaskKind) -> Task | None:
        task = self.due.task(f"{kind.code}-{visit.offender_ref}-NEXT")
        return task if task is not None and visit.task_id in task.goes_with else None

    def _companion_index(self, visit: Task, kind: TaskKind) -> int:
        task = self._companion(visit, kind)
        return self.task_index[task.task_id] if task else -1

    def _write_up(self, interview: Task) -> int:
        if interview.kind is not TaskKind.ARMS_INTERVIEW:
            return -1
        task = self._companion(interview, TaskKind.ARMS_WRITE_UP)
        if task is None:
            return -1
        index = self.task_index[task.task_id]
        for known, write_up in enumerate(self.write_ups):
            if write_up.task == index:
                return known
        skills = self._skills((*task.skills_each, *task.skills_one))
        self.write_ups.append(WriteUp(task=index, minutes=task.minutes, skills=skills))
        return len(self.write_ups) - 1

    def _is_desk(self, task: Task) -> bool:
        days = self.due.horizon.days()
        return (
            task.kind not in FIELD_KINDS
            and not task.is_companion
            and any(not_before_release(task, day) and not_while_deferred(task, day) for day in days)
        )

    def _desk(self, task: Task) -> DeskTask:
        first = next(
            n
            for n, day in enumerate(self.due.horizon.days())
            if not_before_release(task, day) and not_while_deferred(task, day)
        )
        pin = self.pins.get(task.task_id, Pin())
        day = None if pin.day is None else (pin.day - self.due.horizon.first_day).days
        return DeskTask(
            task=self.task_index[task.task_id],
            minutes=task.minutes,
            first_day=first if day is None else max(first, day),
            last_day=day,
            is_pinned=bool(pin.rows()),
            skills=self._skills((*task.skills_each, *task.skills_one)),
            roles=_roles(task.roles),
            excluded=self._indices(task.excluded_officers) | self._not_in(pin.all_officers),
            lead=self.officer_index.get(task.lead_officer or "", -1),
            published=self._published_desk(task),
        )

    def _side_work(self, kind: TaskKind) -> SideWork:
        crews = self.policy.crews
        skills = (*crews.skills_each.get(kind, ()), *crews.skills_one.get(kind, ()))
        return SideWork(
            minutes=self.policy.durations.minutes[kind],
            skills=self._skills(skills),
            roles=_roles(crews.roles.get(kind, ())),
        )

    def _entry_by(self) -> tuple[int, ...]:
        duty = self.policy.duty
        calendar = WorkingDays(frozenset(duty.extra_bank_holidays), frozenset(duty.removed_bank_holidays))
        count = self.policy.assessments.record_entry_working_days
        return tuple((calendar.add(day, count) - self.due.horizon.first_day).days for day in self.due.horizon.days())

    def _skills(self, names: Iterable[str]) -> frozenset[int]:
        return frozenset(self.skill_index.setdefault(name, len(self.skill_index)) for name in names)

    def _place(self, place: Place) -> int:
        return self.place_index.setdefault(place, len(self.place_index))

    def _address(self, point: Point | None) -> int:
        return -1 if point is None else self.address_index.setdefault(point, len(self.address_index))

    def _indices(self, officers: Iterable[str]) -> frozenset[int]:
        return frozenset(self.officer_index[i] for i in officers if i in self.officer_index)


def _roles(roles: Iterable[Role]) -> frozenset[int]:
    return frozenset(list(Role).index(role) for role in roles)


def _ways(tasks: list[Task], offender: Offender, due: DueList) -> list[tuple[tuple[Task, ...], list[date]]]:
    """The ways to call on a nominal: each task by itself, with the visits that it does as well.

    The task itself comes first: it gives the call its length and its days. A visit done by an interview is not
    held to its own release date (the nominal is seen), but a supervisor's decision to put it off stands, and so does
    the day by which somebody asked for it.
    """
    ways = []
    for task in tasks:
        done_too = [t for t in tasks if task.task_id in t.satisfied_by and not t.is_deferred_over(due.horizon)]
        days = [d for d in call_days(task, offender, due.horizon) if all(not_after_asked(t, d) for t in done_too)]
        ways.append(((task, *done_too), days))
    return [(group, days) for group, days in ways if days]
