"""From the routes a peer proposes to a whole timetable: outings with times, then the desk, by one routine for all.

What cannot be kept is dropped, the call of least weight first, and counted. Then the desk: entries made later,
write-ups, other desk work by band and points. Each piece goes to the shift that was preferred (where the minutes were
reserved), else to the lead officer's first with room, else to anybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.week_outings import Trip, best_outing, call_weight

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver import timetable as solver_timetable
from offender_mgmt.solver.eligibility import crew_may_call, may_do_desk, may_write_up
from offender_mgmt.solver.timetable import DeskWork, Outing, Timetable

Plan = Sequence[tuple[Trip, Sequence[int]]]
"""Trips with calls in order."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A timetable and how many of the calls proposed are not in it."""

    timetable: Timetable
    dropped: int


@dataclass
class _Diary:
    instance: Instance
    prefer: Mapping[int, int]
    banned: frozenset[int]
    free: list[int] = field(init=False)
    visits: list[int] = field(init=False)
    made: list[tuple[Trip, Outing]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    desk: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.free = [shift.free_minutes for shift in self.instance.shifts]
        self.visits = [0] * len(self.instance.shifts)


def assemble(
    instance: Instance, plan: Plan, prefer: Mapping[int, int], banned: frozenset[int], spare: Sequence[int] = ()
) -> Assembled:
    """Make the timetable of a plan.

    Parameters
    ----------
    prefer
        Shift that desk work is done in if there is room, by task.
    banned
        Tasks that must stay out because the check said so; a call is out with its visit.
    spare
        Calls that join trips of the plan afterwards where there is still room beside the minutes reserved.
    """
    diary = _Diary(instance, prefer, banned)
    by_weight = sorted(plan, key=lambda item: -sum(call_weight(instance, instance.calls[c]) for c in item[1]))
    for trip, calls in by_weight:
        _make(diary, trip, calls)
    _fill(diary, [trip for trip, _ in by_weight], spare)
    _write_ups(diary)
    _desk(diary)
    done = tuple(outing for _, outing in sorted(diary.made, key=lambda item: (item[1].leave, item[1].crew)))
    work: list[DeskWork] = []
    for shift in sorted(diary.desk):
        work += solver_timetable._place(instance, shift, diary.desk[shift], done)
    made = {stop.call for outing in done for stop in outing.stops}
    dropped = sum(call not in made for _, calls in plan for call in calls)
    return Assembled(Timetable(done, tuple(work)), dropped)


def _make(diary: _Diary, trip: Trip, calls: Sequence[int]) -> None:
    """Make as many of the calls as can be made, the weightiest if not all."""
    instance = diary.instance
    by_nominal = {instance.calls[number].nominal: number for number in calls if _may_join(diary, trip, number)}
    left = [number for number in dict.fromkeys(calls) if number in by_nominal.values()]
    while left:
        outing = _fitting(diary, trip, left)
        if outing is not None:
            _enter(diary, trip, outing)
            return
        left.remove(min(left, key=lambda c: (call_weight(instance, instance.calls[c]), c)))


def _may_join(diary: _Diary, trip: Trip, number: int) -> bool:
    """Whether a call may be made by the crew and is not made already or barred."""
    call = diary.instance.calls[number]
    barred = diary.banned & {*call.tasks, call.check_task, call.entry_task}
    return call.nominal not in diary.seen and not barred and crew_may_call(call, trip.crew, diary.instance.officers)


def _fill(diary: _Diary, trips: Sequence[Trip], spare: Sequence[int]) -> None:
    """Calls left out, the weightiest first, join the first trip that has room for them."""
    for number in sorted(spare, key=lambda c: (-call_weight(diary.instance, diary.instance.calls[c]), c)):
        for trip in trips:
            if _may_join(diary, trip, number) and _join(diary, trip, number):
                break


def _join(diary: _Diary, trip: Trip, number: int) -> bool:
    now = next((outing for known, outing in diary.made if known == trip), None)
    calls = [stop.call for stop in now.stops] if now else []
    if now:
        _enter(diary, trip, now, sign=-1)
    wider = _fitting(diary, trip, [*calls, number]) if len(calls) < trip.most else None
    if wider is not None and wider.busy()[1] - wider.busy()[0] <= trip.longest:
        _enter(diary, trip, wider)
        return True
    if now:
        _enter(diary, trip, now)
    return False


def _fitting(diary: _Diary, trip: Trip, calls: Sequence[int]) -> Outing | None:
    if any(diary.visits[s] + len(calls) > diary.instance.visits_per_day for s in trip.shifts):
        return None
    for later in (False, True):
        outing = best_outing(diary.instance, trip, calls, later)
        if outing is None or any(diary.free[s] < taken for s, taken in _minutes(diary, trip, outing).items()):
            continue
        if not later or _entry_shift(diary, trip, outing) is not None:
            return outing
    return None


def _minutes(diary: _Diary, trip: Trip, outing: Outing) -> dict[int, int]:
    """Free minutes that an outing takes of each shift; an officer's own break on the road is not among them."""
    start, end = outing.busy()
    shifts = diary.instance.shifts
    on_road = dict(zip(outing.shifts, outing.breaks, strict=True))
    return {s: end - start - (0 if on_road[s] else shifts[s].break_minutes) for s in trip.shifts}


def _entries_later(diary: _Diary, outing: Outing) -> list[int]:
    calls = [diary.instance.calls[stop.call] for stop in outing.stops]
    return [] if outing.entries else [call.entry_task for call in calls if call.needs_entry]


def _entry_shift(diary: _Diary, trip: Trip, outing: Outing) -> int | None:
    """A later shift of one of the crew with room for all entries of an outing."""
    instance = diary.instance
    entries = _entries_later(diary, outing)
    minutes = len(entries) * instance.entry.minutes
    preferred = {diary.prefer.get(task) for task in entries}
    for s, shift in sorted(enumerate(instance.shifts), key=lambda item: (item[0] not in preferred, item[0])):
        person = instance.officers[shift.officer]
        able = instance.entry.skills <= person.skills
        in_time = trip.day < shift.day <= instance.entry_by[trip.day]
        if shift.officer in trip.crew and able and in_time and minutes <= diary.free[s]:
            return s
    return None


def _enter(diary: _Diary, trip: Trip, outing: Outing, sign: int = 1) -> None:
    """Put an outing into the diary, or take it out again before any desk work is there."""
    for s, taken in _minutes(diary, trip, outing).items():
        diary.free[s] -= sign * taken
        diary.visits[s] += sign * len(outing.stops)
    nominals = {diary.instance.calls[stop.call].nominal for stop in outing.stops}
    later = _entries_later(diary, outing)
    if sign < 0:
        diary.made.remove((trip, outing))
        diary.seen -= nominals
        for s, work in diary.desk.items():
            gone = [item for item in work if item[0] in later]
            diary.free[s] += sum(minutes for _, minutes in gone)
            diary.desk[s] = [item for item in work if item not in gone]
        return
    shift = _entry_shift(diary, trip, outing) if later else None
    diary.made.append((trip, outing))
    diary.seen |= nominals
    for task in later:
        assert shift is not None
        _put(diary, shift, task, diary.instance.entry.minutes)


def _put(diary: _Diary, shift: int, task: int, minutes: int) -> None:
    diary.desk.setdefault(shift, []).append((task, minutes))
    diary.free[shift] -= minutes


def _write_ups(diary: _Diary) -> None:
    """A later shift of one of the crew for each write-up; an interview without one is a plain visit, or nothing."""
    instance = diary.instance
    placed: set[int] = set()
    while True:
        waiting = [
            (call_weight(instance, call), stop.call, trip, outing)
            for trip, outing in diary.made
            for stop in outing.stops
            if (call := instance.calls[stop.call]).write_up >= 0 and call.write_up not in placed
        ]
        if not waiting:
            return
        _, number, trip, outing = max(waiting, key=lambda item: item[:2])
        write_up = instance.write_ups[instance.calls[number].write_up]
        shift = _room(
            diary,
            write_up.task,
            write_up.minutes,
            lambda s, trip=trip, write_up=write_up: (
                instance.shifts[s].officer in trip.crew
                and instance.shifts[s].day > trip.day
                and may_write_up(write_up, instance.officers[instance.shifts[s].officer])
            ),
        )
        if shift is not None:
            _put(diary, shift, write_up.task, write_up.minutes)
            placed.add(instance.calls[number].write_up)
            continue
        _enter(diary, trip, outing, sign=-1)
        _make(diary, trip, _with_plain_visit(instance, [stop.call for stop in outing.stops], number))


def _with_plain_visit(instance: Instance, calls: list[int], interview: int) -> list[int]:
    nominal = instance.calls[interview].nominal
    plain = [i for i, call in enumerate(instance.calls) if call.nominal == nominal and call.write_up < 0]
    return [c for c in calls if c != interview] + plain[:1]


def _room(diary: _Diary, task: int, minutes: int, may: Callable[[int], bool], lead: int = -1) -> int | None:
    shifts = diary.instance.shifts
    fitting = [s for s in range(len(shifts)) if diary.free[s] >= minutes and may(s)]
    preferred = diary.prefer.get(task, -1)
    return min(fitting, key=lambda s: (s != preferred, shifts[s].officer != lead, shifts[s].day, s), default=None)


def _desk(diary: _Diary) -> None:
    instance = diary.instance
    for desk in sorted(instance.desk, key=lambda d: (instance.band[d.task], -instance.points[d.task], d.task)):
        if desk.task in diary.banned:
            continue
        shift = _room(
            diary,
            desk.task,
            desk.minutes,
            lambda s, desk=desk: (
                instance.shifts[s].day >= desk.first_day
                and may_do_desk(desk, instance.shifts[s].officer, instance.officers)
            ),
            desk.lead,
        )
        if shift is not None:
            _put(diary, shift, desk.task, desk.minutes)
