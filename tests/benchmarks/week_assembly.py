"""From the routes a peer proposes to a whole timetable: outings with times, then the desk, by one routine for all.

What cannot be kept is dropped, the call of least weight first, and counted. Then the desk: entries made later,
write-ups, other desk work by band and points. Each piece goes to the shift that was preferred (where the minutes were
reserved), else to the lead officer's first with room, else to anybody's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.week_diary import Diary
from benchmarks.week_outings import Trip, call_weight

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver import timetable as solver_timetable
from offender_mgmt.solver.eligibility import may_do_desk, may_write_up
from offender_mgmt.solver.timetable import DeskWork, Timetable

Plan = Sequence[tuple[Trip, Sequence[int]]]
"""Trips with calls in order."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A timetable and how many of the calls proposed are not in it."""

    timetable: Timetable
    dropped: int


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
    diary = Diary(instance, prefer, banned)
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


def _make(diary: Diary, trip: Trip, calls: Sequence[int]) -> None:
    """Make as many of the calls as can be made, the weightiest if not all."""
    instance = diary.instance
    by_nominal = {instance.calls[number].nominal: number for number in calls if diary.may_join(trip, number)}
    left = [number for number in dict.fromkeys(calls) if number in by_nominal.values()]
    while left:
        outing = diary.fitting(trip, left)
        if outing is not None:
            diary.enter(trip, outing)
            return
        left.remove(min(left, key=lambda c: (call_weight(instance, instance.calls[c]), c)))


def _fill(diary: Diary, trips: Sequence[Trip], spare: Sequence[int]) -> None:
    """Calls left out, the weightiest first, join the first trip that has room for them."""
    for number in sorted(spare, key=lambda c: (-call_weight(diary.instance, diary.instance.calls[c]), c)):
        for trip in trips:
            if diary.may_join(trip, number) and _join(diary, trip, number):
                break


def _join(diary: Diary, trip: Trip, number: int) -> bool:
    now = next((outing for known, outing in diary.made if known == trip), None)
    calls = [stop.call for stop in now.stops] if now else []
    if now:
        diary.enter(trip, now, sign=-1)
    wider = diary.fitting(trip, [*calls, number]) if len(calls) < trip.most else None
    if wider is not None and wider.busy()[1] - wider.busy()[0] <= trip.longest:
        diary.enter(trip, wider)
        return True
    if now:
        diary.enter(trip, now)
    return False


def _write_ups(diary: Diary) -> None:
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
        shift = diary.room(
            write_up.task,
            write_up.minutes,
            lambda s, trip=trip, write_up=write_up: (
                instance.shifts[s].officer in trip.crew
                and instance.shifts[s].day > trip.day
                and may_write_up(write_up, instance.officers[instance.shifts[s].officer])
            ),
        )
        if shift is not None:
            diary.put(shift, write_up.task, write_up.minutes)
            placed.add(instance.calls[number].write_up)
            continue
        diary.enter(trip, outing, sign=-1)
        _make(diary, trip, _with_plain_visit(instance, [stop.call for stop in outing.stops], number))


def _with_plain_visit(instance: Instance, calls: list[int], interview: int) -> list[int]:
    nominal = instance.calls[interview].nominal
    plain = [i for i, call in enumerate(instance.calls) if call.nominal == nominal and call.write_up < 0]
    return [c for c in calls if c != interview] + plain[:1]


def _desk(diary: Diary) -> None:
    instance = diary.instance
    for desk in sorted(instance.desk, key=lambda d: (instance.band[d.task], -instance.points[d.task], d.task)):
        if desk.task in diary.banned:
            continue
        shift = diary.room(
            desk.task,
            desk.minutes,
            lambda s, desk=desk: (
                instance.shifts[s].day >= desk.first_day
                and may_do_desk(desk, instance.shifts[s].officer, instance.officers)
            ),
            desk.lead,
        )
        if shift is not None:
            diary.put(shift, desk.task, desk.minutes)
