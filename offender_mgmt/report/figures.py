"""Figures that the summary shows, counted from the roster itself; no claim of the solver is repeated here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from offender_mgmt import measures
from offender_mgmt.calendars import moment
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.register.records import Tour
from offender_mgmt.register.register import Register
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.travel import Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import RiskLevel, TaskKind, Timing, TourCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers of tasks; those that go with a visit and deferred ones are not counted.

    Parameters
    ----------
    due, assigned
        Overdue or due by the end of the week.
    ahead, ahead_assigned
        Look-ahead: due after the week.
    """

    due: int
    assigned: int
    ahead: int
    ahead_assigned: int

    @property
    def left_out(self) -> int:
        """Due tasks that are not in the roster."""
        return self.due - self.assigned

    @property
    def ahead_left_out(self) -> int:
        """Look-ahead tasks that are not in the roster."""
        return self.ahead - self.ahead_assigned


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """Due work of one risk level."""

    level: RiskLevel
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerFigures:
    """What one officer carries in the week, in minutes; travel is the officer's own.

    Parameters
    ----------
    duty
        Minutes of the officer's tours of duty, the refreshment breaks included.
    """

    officer_id: str
    visits: int = 0
    door: int = 0
    desk: int = 0
    events: int = 0
    travel: int = 0
    duty: int = 0

    @property
    def total(self) -> int:
        """All minutes of work and travel."""
        return self.door + self.desk + self.events + self.travel


def by_level(due: DueList, roster: Roster) -> tuple[LevelFigures, ...]:
    """Due and assigned by risk level, gravest first."""
    done = measures.assigned_ids(roster)
    counted_tasks = [task for task in due.tasks if measures.is_counted(task, due)]
    levels = ((level, [t for t in counted_tasks if t.risk_level is level]) for level in RiskLevel)
    return tuple(LevelFigures(level, _counts(tasks, done)) for level, tasks in levels)


def by_team(due: DueList, roster: Roster) -> tuple[tuple[str, Counts], ...]:
    """Due and assigned by team, teams in order of name."""
    done = measures.assigned_ids(roster)
    counted_tasks = [task for task in due.tasks if measures.is_counted(task, due)]
    teams = sorted({task.team for task in counted_tasks})
    return tuple((team, _counts([t for t in counted_tasks if t.team == team], done)) for team in teams)


def _counts(tasks: list[Task], done: frozenset[str]) -> Counts:
    now = [task.task_id in done for task in tasks if task.timing is not Timing.LOOK_AHEAD]
    later = [task.task_id in done for task in tasks if task.timing is Timing.LOOK_AHEAD]
    return Counts(due=len(now), assigned=sum(now), ahead=len(later), ahead_assigned=sum(later))


def sum_of(levels: Sequence[LevelFigures]) -> Counts:
    """Over all risk levels."""
    return Counts(
        due=sum(x.counts.due for x in levels),
        assigned=sum(x.counts.assigned for x in levels),
        ahead=sum(x.counts.ahead for x in levels),
        ahead_assigned=sum(x.counts.ahead_assigned for x in levels),
    )


def due_left_out(due: DueList, roster: Roster) -> int:
    """Counted tasks left out that are due by the end of the week; look-ahead tasks are not due yet."""
    return sum_of(by_level(due, roster)).left_out


def reasons(due: DueList, roster: Roster) -> tuple[tuple[str, int], ...]:
    """Reasons for leaving counted tasks out, with how many; most frequent first."""
    tasks = ((u.reason, due.task(u.task_id)) for u in roster.unassigned)
    counts = Counter(reason for reason, task in tasks if task and measures.is_counted(task, due))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def outings(roster: Roster) -> dict[str, tuple[Assignment, ...]]:
    """Stops of each outing in order; a task done in the time of another is no stop of its own."""
    stops: dict[str, list[Assignment]] = defaultdict(list)
    for row in measures.outing_rows(roster):
        stops[row.outing].append(row)
    return {name: tuple(sorted(stops[name], key=lambda a: (a.start, a.position))) for name in sorted(stops)}


def minutes_back(register: Register, roster: Roster, travel: Travel) -> dict[str, int]:
    """Minutes from the last stop of each outing to the base of its crew."""
    return {name: _back(stops[-1], register, travel) for name, stops in outings(roster).items()}


def _back(last: Assignment, register: Register, travel: Travel) -> int:
    base = place_of_base(register.station_of(last.lead, last.start))
    return travel.minutes(place_of_offender(register.offender_by_ref[last.offender_ref]), base)


def total_travel(register: Register, roster: Roster, travel: Travel) -> int:
    """Minutes on the road of all outings, each crew counted once."""
    return measures.travel_minutes(roster, minutes_back(register, roster, travel))


def by_officer(register: Register, roster: Roster, travel: Travel) -> tuple[OfficerFigures, ...]:
    """What every officer of the register carries, those without work included."""
    minutes: dict[str, Counter[str]] = {o.officer_id: Counter() for o in register.officers}
    for row in roster.assignments:
        for officer_id in () if row.done_with else row.crew:
            minutes.setdefault(officer_id, Counter()).update(_carried(row))
    for tour in register.tours:
        minutes.setdefault(tour.officer_id, Counter())["duty"] += _duty(tour) if tour.date in roster.horizon else 0
    back = minutes_back(register, roster, travel)
    for name, stops in outings(roster).items():
        for officer_id in stops[0].crew:
            minutes[officer_id]["travel"] += back[name] + sum(stop.travel_minutes for stop in stops)
    return tuple(OfficerFigures(officer_id=name, **minutes[name]) for name in sorted(minutes))


def _duty(tour: Tour) -> int:
    """Length of a tour of duty in real minutes; an end that is not after the start lies on the next day."""
    if tour.code is not TourCode.DUTY or tour.start is None or tour.end is None:
        return 0
    last_day = tour.date if tour.end > tour.start else tour.date + timedelta(days=1)
    return moment(last_day, tour.end) - moment(tour.date, tour.start)


def _carried(row: Assignment) -> Counter[str]:
    if row.kind is TaskKind.FIXED_EVENT:
        return Counter(events=row.minutes)
    if row.kind.is_field:
        return Counter(visits=1, door=row.minutes)
    return Counter(desk=row.minutes)


def counted(words: Iterable[str]) -> str:
    """``3 custody, 1 hospital``: how often each word occurs, most frequent first."""
    counts = Counter(words)
    return ", ".join(f"{count:,} {word}" for word, count in sorted(counts.items(), key=lambda i: (-i[1], i[0])))
