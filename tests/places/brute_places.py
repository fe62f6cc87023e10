"""Every place for one more task, found by plain loops over officers, days, outings, positions and minutes.

Written from the rules and the page on ``suggest`` with nothing of the engine: minutes are counted in sets of ticks of
five, desk work is laid out tick by tick.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import combinations, product

from places.random_weeks import RandomWeek

from offender_mgmt.calendars import WorkingDays, local_day, moment
from offender_mgmt.due.task import Task
from offender_mgmt.travel import Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import CommunityStatus, TaskKind, TourCode

TICK = 5


@dataclass(frozen=True)
class Outing:
    name: str
    day: date
    crew: tuple[str, ...]
    stops: tuple[tuple[str, int, int], ...]
    """Task, start and minutes of each."""


def ticks(start: int, end: int) -> frozenset[int]:
    assert start % TICK == end % TICK == 0, "the data are not in ticks of five minutes"
    return frozenset(range(start, end, TICK))


class Brute:
    """One week without one set of tasks, and one task to find places for."""

    def __init__(self, week: RandomWeek, task: Task, gone: frozenset[str] = frozenset()) -> None:
        self.week, self.task, self.register, self.policy = week, task, week.register, week.policy
        self.journeys = Travel(week.register, week.policy)
        self.known: dict[object, int] = {}
        self.rows = [row for row in week.roster.assignments if row.task_id not in gone]
        self.outings = self._outings()
        self.nominal = self.register.offender_by_ref[task.offender_ref]
        self.minutes = self.policy.durations.minutes
        self.tours = {o.officer_id: self._tours(o.officer_id) for o in self.register.officers}

    def _outings(self) -> list[Outing]:
        groups: dict[str, list[object]] = {}
        for row in self.rows:
            if row.kind.is_field and not row.done_with:
                groups.setdefault(row.outing, []).append(row)
        found = []
        for name, rows in groups.items():
            rows = sorted(rows, key=lambda r: r.start)
            stops = tuple((r.task_id, r.start, r.end - r.start) for r in rows)
            found.append(Outing(name, local_day(rows[0].start), tuple(sorted(rows[0].crew)), stops))
        return found

    def _tours(self, officer: str) -> list[tuple[int, int, int]]:
        """Start, end and first moment of work of each tour of the week."""
        spans = []
        for tour in self.register.tours_of.get(officer, ()):
            if tour.code is TourCode.DUTY:
                last = tour.date if tour.end > tour.start else tour.date + timedelta(days=1)
                spans.append((moment(tour.date, tour.start), moment(last, tour.end), tour.date))
        rest = 60 * self.policy.duty.rest_between_tours_hours
        found = []
        for start, end, day in sorted(spans):
            earlier = [e + rest for s, e, _ in spans if s < start]
            if day in self.week.due.horizon:
                found.append((start, end, max([start, *earlier])))
        return found

    def place(self, ref: str):
        return place_of_offender(self.register.offender_by_ref[ref])

    def minutes_between(self, here, there) -> int:
        if (here, there) not in self.known:
            self.known[here, there] = self.journeys.minutes(here, there)
        return self.known[here, there]

    def base(self, crew):
        return place_of_base(self.register.base_by_name[self.register.officer_by_id[crew[0]].base])

    def legs(self, crew, tasks) -> list[int]:
        refs = [self.week.due.task(t).offender_ref for t in tasks]
        way = [self.base(crew), *(self.place(ref) for ref in refs), self.base(crew)]
        return [self.minutes_between(way[i], way[i + 1]) for i in range(len(way) - 1)]

    def span(self, outing: Outing) -> tuple[int, int]:
        legs = self.legs(outing.crew, [s[0] for s in outing.stops])
        return outing.stops[0][1] - legs[0], outing.stops[-1][1] + outing.stops[-1][2] + legs[-1]

    def events(self, officer: str) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        for row in self.rows:
            if row.kind is TaskKind.FIXED_EVENT and officer in row.crew:
                found |= ticks(row.start, row.end)
        return found

    # who

    def may_go(self, crew) -> bool:
        people = [self.register.officer_by_id[o] for o in crew]
        guests = [t for t in self.week.due.tasks if self.task.task_id in t.satisfied_by and t.deferral is None]
        for task in [self.task, *guests]:
            if len(crew) < task.crew_size or any(p.officer_id in self.nominal.excluded_officers for p in people):
                return False
            if any(skill not in p.skills for p in people for skill in task.skills_each):
                return False
            if any(all(skill not in p.skills for p in people) for skill in task.skills_one):
                return False
            if task.roles and any(p.role not in task.roles for p in people):
                return False
            if task.constable_required and not any(p.role.has_constable_powers for p in people):
                return False
        if self.policy.crews.driver_needed and not any(p.driver for p in people):
            return False
        if any(b.officer_id in a.not_paired_with for a in people for b in people):
            return False
        return len({p.base for p in people}) == 1

    def crews(self):
        for crew in combinations(sorted(o.officer_id for o in self.register.officers), self.task.crew_size):
            if self.may_go(crew):
                yield crew

    def seen_on(self, day: date) -> list[tuple[int, int]]:
        away = self.nominal.community_status is not CommunityStatus.COMMUNITY
        if away and (self.nominal.status_until is None or self.nominal.status_until >= day):
            return []
        if day < self.task.release_date:
            return []
        put_off = self.task.deferral
        if put_off is not None and (put_off.until is None or put_off.until >= day):
            return []
        if not self.nominal.visiting_hours:
            return [(moment(day, self.policy.visits.hours_from), moment(day, self.policy.visits.hours_to))]
        own = [(a, b) for weekday, a, b in self.nominal.visiting_hours if weekday == day.weekday()]
        return [(moment(day, a), moment(day, b)) for a, b in own]

    def hours_of(self, task_id: str, day: date) -> list[tuple[int, int]]:
        other = Brute.__new__(Brute)
        task = self.week.due.task(task_id)
        other.__dict__.update(self.__dict__, task=task, nominal=self.register.offender_by_ref[task.offender_ref])
        return other.seen_on(day)

    # when

    def visits(self) -> dict[tuple[object, ...], tuple[int, ...]]:
        """Each place with its cost: minutes out, minutes moved, starts."""
        found = {}
        visited = {self.week.due.task(s[0]).offender_ref for outing in self.outings for s in outing.stops}
        if self.task.offender_ref in visited:
            return found
        for day in self.week.due.horizon.days():
            if not self.seen_on(day):
                continue
            for outing in self.outings:
                if outing.day == day and self.may_go(outing.crew):
                    found |= self._joined(outing, day)
            for crew in self.crews():
                found |= self._new(crew, day)
        return found

    def _joined(self, outing: Outing, day: date):
        span, found = self.span(outing), {}
        tours = [next((t for t in self.tours[o] if t[2] <= span[0] and span[1] <= t[1]), None) for o in outing.crew]
        if None in tours:
            return found
        for run in self._runs(outing.crew, tours, outing):
            if run[0] <= span[0] and span[1] <= run[1]:
                for position in range(len(outing.stops) + 1):
                    cost = self._best(outing.crew, tours, run, outing, position, day)
                    if cost is not None:
                        found[outing.crew, day, outing.name, position] = cost
        return found

    def _new(self, crew, day: date):
        found = {}
        first, last = moment(day, time(0)), moment(day + timedelta(days=1), time(0))
        for tours in product(*([t for t in self.tours[o] if t[0] < last and first < t[1]] for o in crew)):
            for run in self._runs(crew, tours, None):
                cost = self._best(crew, tours, run, None, 0, day)
                if cost is not None:
                    found[crew, day, run[0], 0] = cost
        return found

    def _runs(self, crew, tours, but: Outing | None) -> list[tuple[int, int]]:
        """Spans in which all of the crew are free of events and other outings."""
        free = None
        for officer, (_, end, usable) in zip(crew, tours, strict=True):
            own = set(ticks(usable, end)) - self.events(officer) if usable < end else set()
            for outing in self.outings:
                if outing is not but and officer in outing.crew:
                    own -= ticks(*self.span(outing))
            free = own if free is None else free & own
        runs: list[list[int]] = []
        for tick in sorted(free or ()):
            if runs and runs[-1][1] == tick:
                runs[-1][1] = tick + TICK
            else:
                runs.append([tick, tick + TICK])
        return [(a, b) for a, b in runs]

    def _best(self, crew, tours, run, outing: Outing | None, position: int, day: date):
        if self._over_limits(crew, day):
            return None
        old = outing.stops if outing else ()
        tasks = [s[0] for s in old]
        tasks.insert(position, self.task.task_id)
        lengths = [self.minutes[self.week.due.task(t).kind] for t in tasks]
        legs = self.legs(crew, tasks)
        pause = max(self._pause(o, tour) for o, tour in zip(crew, tours, strict=True))
        ways = set()
        for leave in range(run[0], run[1], TICK):
            for rest in [0, *(range(1, len(tasks)) if pause else ())]:
                starts, now = [], leave
                for i, task_id in enumerate(tasks):
                    now += legs[i] + (pause if rest and i == rest else 0)
                    hours = self.hours_of(task_id, day)
                    can = [max(now, a) for a, b in hours if max(now, a) + lengths[i] <= b]
                    if not can:
                        starts = []
                        break
                    starts.append(min(can))
                    now = starts[-1] + lengths[i]
                if starts and now + legs[-1] <= run[1]:
                    was = {s[0]: s[1] for s in old}
                    moved = sum(abs(s - was[t]) for s, t in zip(starts, tasks, strict=True) if t in was)
                    ways.add((now + legs[-1] - (starts[0] - legs[0]), moved, *starts))
        for way in sorted(ways):
            if self._desk_fits(crew, tours, outing, tasks, way[2:], lengths, legs, day):
                return way
        return None

    def _over_limits(self, crew, day: date) -> bool:
        for officer in crew:
            stops = [(o.day, self.week.due.task(s[0])) for o in self.outings if officer in o.crew for s in o.stops]
            if sum(d == day for d, _ in stops) + 1 > self.policy.visits.visits_per_day:
                return True
            for limit in self.policy.crews.exposure_limits:
                if limit.counts(self.task.kind, self.task.risk_level):
                    days = [d for d, t in stops if limit.counts(t.kind, t.risk_level)]
                    if limit.most_a_week is not None and len(days) + 1 > limit.most_a_week:
                        return True
                    if limit.most_a_day is not None and days.count(day) + 1 > limit.most_a_day:
                        return True
        return False

    # the desk

    def _pause(self, officer: str, tour) -> int:
        start, end, _ = tour
        duty = self.policy.duty
        minutes = duty.break_minutes(end - start)
        if end - start <= duty.break_from_minutes + minutes:
            return 0
        allowed = ticks(start + duty.break_from_minutes, min(start + duty.break_to_minutes, end))
        for row in self.rows:
            if row.kind is TaskKind.FIXED_EVENT and officer in row.crew and allowed <= ticks(row.start, row.end):
                return 0
        return minutes

    def _desk_fits(self, crew, tours, outing, tasks, starts, lengths, legs, day) -> bool:
        out = starts[0] - legs[0], starts[-1] + lengths[-1] + legs[-1]
        new = {
            self.week.due.task(t).offender_ref: (out, s, s + n) for t, s, n in zip(tasks, starts, lengths, strict=True)
        }
        companions = [t for t in self.week.due.tasks if self.task.task_id in t.goes_with]
        options = [list(self._options(t, crew, tours, day)) for t in companions]
        roads = [(starts[i] + lengths[i], starts[i + 1], legs[i + 1]) for i in range(len(starts) - 1)]
        for row in self.rows:
            if row.task_id.endswith("-NEXT") and row.offender_ref in new and not self._is_laid(row, crew, tours):
                first, last = self._limits(row.task_id, row.kind, row.offender_ref, local_day(row.start), new)
                if row.start < first or row.end > last:
                    return False
        for choice in product(*options):
            touched = {(o, tour) for o, tour in zip(crew, tours, strict=True)} | {(o, tour) for o, tour, _ in choice}
            if all(
                self._tour_fits(o, tour, crew, tours, outing, out, roads, companions, choice, new)
                for o, tour in sorted(touched)
            ):
                return True
        return False

    def _is_laid(self, row, crew, tours) -> bool:
        return any(row.crew[0] == o and t[0] <= row.start < t[1] for o, t in zip(crew, tours, strict=True))

    def _options(self, companion: Task, crew, tours, day: date):
        for officer in crew:
            person = self.register.officer_by_id[officer]
            if any(s not in person.skills for s in (*companion.skills_each, *companion.skills_one)):
                continue
            if companion.roles and person.role not in companion.roles:
                continue
            for tour in self.tours[officer]:
                for on in {local_day(tour[0]), local_day(tour[1] - 1)}:
                    if on < day or on < companion.release_date or on not in self.week.due.horizon:
                        continue
                    if on == day and tour not in tours:
                        continue
                    if companion.kind is TaskKind.INTELLIGENCE_CHECK and on != day:
                        continue
                    if companion.kind is TaskKind.RECORD_ENTRY and on > self._entered_by(day):
                        continue
                    yield officer, tour, on

    def _entered_by(self, day: date) -> date:
        return WorkingDays().add(day, self.policy.assessments.record_entry_working_days)

    def _limits(self, task_id: str, kind: TaskKind, ref: str, on: date, new) -> tuple[int, int]:
        first, last = moment(on, time(0)), moment(on + timedelta(days=1), time(0))
        if not task_id.endswith("-NEXT"):
            return first, last
        if ref in new:
            out, _, end = new[ref]
        else:
            outing, _, end = next(
                (o, s[1], s[1] + s[2])
                for o in self.outings
                for s in o.stops
                if self.week.due.task(s[0]).offender_ref == ref
            )
            out = self.span(outing)
        if kind is TaskKind.INTELLIGENCE_CHECK:
            return first, min(last, out[0])
        return max(first, end if kind is TaskKind.RECORD_ENTRY else out[1]), last

    def _tour_fits(self, officer, tour, crew, tours, outing, out, roads, companions, choice, new) -> bool:
        start, end, usable = tour
        free = set(ticks(usable, end)) - self.events(officer)
        gaps = []
        for other in self.outings:
            if other is not outing and officer in other.crew and start <= self.span(other)[0] < end:
                free -= ticks(*self.span(other))
                legs = self.legs(other.crew, [s[0] for s in other.stops])
                for i in range(len(other.stops) - 1):
                    gaps.append((other.stops[i][1] + other.stops[i][2], other.stops[i + 1][1], legs[i + 1]))
        if (officer, tour) in list(zip(crew, tours, strict=True)):
            free -= ticks(*out)
            gaps += roads
        jobs = []
        work: dict[str, list[object]] = {}
        for row in self.rows:
            is_desk = row.kind is not TaskKind.FIXED_EVENT and not row.kind.is_field
            if is_desk and row.crew[0] == officer and start <= row.start < end:
                work.setdefault(row.task_id, []).append(row)
        for task_id, rows in work.items():
            limits = self._limits(task_id, rows[0].kind, rows[0].offender_ref, local_day(rows[0].start), new)
            jobs.append([*limits, sum(r.end - r.start for r in rows)])
        for companion, (who, when, on) in zip(companions, choice, strict=True):
            if (who, when) == (officer, tour):
                limits = self._limits(companion.task_id, companion.kind, companion.offender_ref, on, new)
                jobs.append([*limits, self.minutes[companion.kind]])
        return self.laid(officer, tour, free, gaps, jobs)

    def laid(self, officer, tour, free, gaps, jobs) -> bool:
        """Whether the work and the break fit into the free ticks of a tour."""
        if not _filled(sorted(free), jobs):
            return False
        pause = self._pause(officer, tour)
        duty, (start, end, _) = self.policy.duty, tour
        first, last = start + duty.break_from_minutes, min(start + duty.break_to_minutes, end)
        if not pause:
            return True
        for a, b, travel in gaps:
            if b - a - travel >= pause and min(b, last) - max(a, first) >= pause:
                return True
        whole = set(ticks(start, end)) - self.events(officer)
        busy_out = {t for t in whole if t not in free and t >= tour[2]}
        for begin in range(first, last - pause + 1, TICK):
            rest = ticks(begin, begin + pause)
            if rest <= whole - busy_out and _filled(sorted(free - rest), jobs):
                return True
        return False

    def desk(self) -> set[tuple[str, date]]:
        """Officers and days for a piece of desk work."""
        found = set()
        for person in self.register.officers:
            officer = person.officer_id
            if officer in self.nominal.excluded_officers or (self.task.roles and person.role not in self.task.roles):
                continue
            if any(s not in person.skills for s in (*self.task.skills_each, *self.task.skills_one)):
                continue
            for tour in self.tours[officer]:
                for on in {local_day(tour[0]), local_day(tour[1] - 1)}:
                    put_off = self.task.deferral
                    if on < self.task.release_date or on not in self.week.due.horizon:
                        continue
                    if put_off is not None and (put_off.until is None or put_off.until >= on):
                        continue
                    if self._desk_task_fits(officer, tour, on):
                        found.add((officer, on))
        return found

    def _desk_task_fits(self, officer, tour, on) -> bool:
        companion = [self.task]
        return self._tour_fits(officer, tour, (), (), None, (0, 0), [], companion, [(officer, tour, on)], {})


def _filled(free: list[int], jobs) -> bool:
    """Tick by tick, of what may be done the job with the nearest deadline."""
    left = [minutes for _, _, minutes in jobs]
    for tick in free:
        ready = [i for i, (first, last, _) in enumerate(jobs) if left[i] > 0 and first <= tick]
        if ready:
            chosen = min(ready, key=lambda i: jobs[i][1])
            if tick + TICK > jobs[chosen][1]:
                return False
            left[chosen] -= TICK
    return all(minutes <= 0 for minutes in left)
