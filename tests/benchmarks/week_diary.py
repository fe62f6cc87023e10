"""What is taken so far while a timetable is put together from a peer's plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.week_outings import Trip, best_outing

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.eligibility import crew_may_call
from offender_mgmt.solver.timetable import Outing


@dataclass
class Diary:
    """Free minutes and visits by shift, outings made, nominals seen, and task and minutes of desk work by shift."""

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

    def may_join(self, trip: Trip, number: int) -> bool:
        """Whether a call may be made by the crew and is not made already or barred."""
        call = self.instance.calls[number]
        barred = self.banned & {*call.tasks, call.check_task, call.entry_task}
        return call.nominal not in self.seen and not barred and crew_may_call(call, trip.crew, self.instance.officers)

    def fitting(self, trip: Trip, calls: Sequence[int]) -> Outing | None:
        """The outing that makes all these calls; its entries later if they do not fit right after it."""
        if any(self.visits[s] + len(calls) > self.instance.visits_per_day for s in trip.shifts):
            return None
        for later in (False, True):
            outing = best_outing(self.instance, trip, calls, later)
            if outing is None or any(self.free[s] < taken for s, taken in self.minutes(trip, outing).items()):
                continue
            if not later or self.entry_shift(trip, outing) is not None:
                return outing
        return None

    def minutes(self, trip: Trip, outing: Outing) -> dict[int, int]:
        """Free minutes that an outing takes of each shift; an officer's own break on the road is not among them."""
        start, end = outing.busy()
        shifts = self.instance.shifts
        on_road = dict(zip(outing.shifts, outing.breaks, strict=True))
        return {s: end - start - (0 if on_road[s] else shifts[s].break_minutes) for s in trip.shifts}

    def entries_later(self, outing: Outing) -> list[int]:
        """Tasks of the entries that an outing leaves for a later tour."""
        calls = [self.instance.calls[stop.call] for stop in outing.stops]
        return [] if outing.entries else [call.entry_task for call in calls if call.needs_entry]

    def entry_shift(self, trip: Trip, outing: Outing) -> int | None:
        """A later shift of one of the crew with room for all entries of an outing."""
        instance = self.instance
        entries = self.entries_later(outing)
        minutes = len(entries) * instance.entry.minutes
        preferred = {self.prefer.get(task) for task in entries}
        for s, shift in sorted(enumerate(instance.shifts), key=lambda item: (item[0] not in preferred, item[0])):
            person = instance.officers[shift.officer]
            able = instance.entry.skills <= person.skills
            in_time = trip.day < shift.day <= instance.entry_by[trip.day]
            if shift.officer in trip.crew and able and in_time and minutes <= self.free[s]:
                return s
        return None

    def enter(self, trip: Trip, outing: Outing, sign: int = 1) -> None:
        """Put an outing into the diary, or take it out again before any desk work is there."""
        for s, taken in self.minutes(trip, outing).items():
            self.free[s] -= sign * taken
            self.visits[s] += sign * len(outing.stops)
        nominals = {self.instance.calls[stop.call].nominal for stop in outing.stops}
        later = self.entries_later(outing)
        if sign < 0:
            self.made.remove((trip, outing))
            self.seen -= nominals
            for s, work in self.desk.items():
                gone = [item for item in work if item[0] in later]
                self.free[s] += sum(minutes for _, minutes in gone)
                self.desk[s] = [item for item in work if item not in gone]
            return
        shift = self.entry_shift(trip, outing) if later else None
        self.made.append((trip, outing))
        self.seen |= nominals
        for task in later:
            assert shift is not None
            self.put(shift, task, self.instance.entry.minutes)

    def put(self, shift: int, task: int, minutes: int) -> None:
        """Put desk work into a shift."""
        self.desk.setdefault(shift, []).append((task, minutes))
        self.free[shift] -= minutes

    def room(self, task: int, minutes: int, may: Callable[[int], bool], lead: int = -1) -> int | None:
        """The shift for a piece of desk work: the preferred one, else the lead officer's first, else anybody's."""
        shifts = self.instance.shifts
        fitting = [s for s in range(len(shifts)) if self.free[s] >= minutes and may(s)]
        preferred = self.prefer.get(task, -1)
        return min(fitting, key=lambda s: (s != preferred, shifts[s].officer != lead, shifts[s].day, s), default=None)
