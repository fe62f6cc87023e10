"""The rule teams use today: most pressing first, the nearest free crew. There is always a roster before the solver.

It serves as fallback, as first roster and as a sanity check: the optimiser must never be worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, fields

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.columns import Column, ColumnSpace
from offender_mgmt.solver.eligibility import may_do_desk, may_write_up
from offender_mgmt.solver.master import Chosen


@dataclass
class Diary:
    """What is taken so far.

    Parameters
    ----------
    wished
        The shift in which a write-up is done if it can be, before others are looked at.
    """

    space: ColumnSpace
    columns: dict[int, Column] = field(default_factory=dict)
    desk: list[tuple[int, int]] = field(default_factory=list)
    write_ups: dict[int, int] = field(default_factory=dict)
    minutes: dict[int, int] = field(default_factory=dict)
    visits: dict[int, int] = field(default_factory=dict)
    sessions: set[tuple[int, int]] = field(default_factory=set)
    nominals: set[int] = field(default_factory=set)
    exposed: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    wished: dict[int, int] = field(default_factory=dict)

    def copy(self) -> Diary:
        """The diary as it is now."""
        kept = {f.name: copy(getattr(self, f.name)) for f in fields(self) if f.name != "space"}
        return Diary(self.space, **kept)

    def restore(self, other: Diary) -> None:
        """Make it hold what another holds."""
        for f in fields(self):
            setattr(self, f.name, getattr(other, f.name))


def greedy(space: ColumnSpace) -> Chosen:
    """A roster made task by task, most pressing first."""
    return completed(Diary(space))


def completed(diary: Diary) -> Chosen:
    """What a diary holds, and all else that fits, most pressing first."""
    instance = diary.space.instance
    placed = {d for d, _ in diary.desk}
    for kind, index in _in_order(instance):
        if kind == "desk":
            if index not in placed:
                place_desk(diary, index)
        elif instance.calls[index].nominal not in diary.nominals:
            place_call(diary, index)
    return Chosen(
        columns=tuple(sorted(diary.columns.values())),
        desk=tuple(sorted(diary.desk)),
        write_ups=tuple(sorted(diary.write_ups.items())),
        value=0.0,
        bound=float("inf"),
    )


def _in_order(instance: Instance) -> list[tuple[str, int]]:
    """Calls and desk tasks: by band, most points first, calls that do more tasks first."""

    def urgency(tasks: tuple[int, ...]) -> tuple[int, int]:
        band = min(instance.band[t] for t in tasks)
        return band, -sum(instance.points[t] for t in tasks if instance.band[t] == band)

    calls = [(urgency(call.tasks), "call", i) for i, call in enumerate(instance.calls)]
    desk = [(urgency((task.task,)), "desk", i) for i, task in enumerate(instance.desk)]
    return [(kind, index) for _, kind, index in sorted(calls + desk)]


def place_call(diary: Diary, call: int, among: Iterable[int] | None = None) -> None:
    """Join an outing or start one, in some windows or any: the least extra travel, then the earliest window."""
    space = diary.space
    best: tuple[tuple[int, int, int], int, Column, int | None] | None = None
    for window in range(len(space.windows)) if among is None else among:
        if not space.may_call[window, call] or _is_too_much(diary, window, call):
            continue
        old = diary.columns.get(window)
        if old is None and not _sessions_free(diary, window):
            continue
        calls = {call, *(space.calls_of(old) if old else ())}
        route = space.route_of(space.windows[window].route_class, tuple(calls))
        if route is None:
            continue
        new = (window, route)
        shift = _write_up_shift(diary, window, call, new)
        if not _fits(diary, old, new) or shift is None:
            continue
        lead = int(space.instance.calls[call].lead in space.windows[window].crew)
        key = (_travel(space, new) - (_travel(space, old) if old else 0), -lead, window)
        if best is None or key < best[0]:
            best = key, window, new, shift
    if best is not None:
        _take(diary, best[1], best[2], call, best[3])


def _is_too_much(diary: Diary, window: int, call: int) -> bool:
    """Whether a limit is passed with the call: of all crews together, or of someone of the crew."""
    for limit in diary.space.instance.limits:
        made = (c for column in diary.columns.values() for c in diary.space.calls_of(column))
        if limit.loads[call] and sum(limit.loads[c] for c in made) + limit.loads[call] > limit.most:
            return True
    for n, officer, s in _exposed(diary.space, window, call):
        most = diary.space.instance.exposure_left(n, officer, s)
        if most is not None and diary.exposed[n, officer, s] >= most:
            return True
    return False


def _exposed(space: ColumnSpace, window: int, call: int) -> Iterator[tuple[int, int, int]]:
    """Limit, officer and shift (-1: the week) that a call counts for."""
    w = space.windows[window]
    for n, limit in enumerate(space.instance.exposure):
        if call in limit.calls:
            for officer, s in zip(w.crew, w.shifts, strict=True):
                yield from ((n, officer, s), (n, officer, -1))


def place_outing(diary: Diary, calls: Sequence[int], windows: Iterable[int]) -> bool:
    """Put a whole outing into the first of some windows in which it can be driven and fits; whether it did."""
    space = diary.space
    for window in windows:
        crew_may = all(space.may_call[window, call] for call in calls)
        if not crew_may or window in diary.columns or not _sessions_free(diary, window):
            continue
        route = space.route_of(space.windows[window].route_class, tuple(sorted(calls)))
        if route is not None and _fits(diary, None, (window, route)) and _take_all(diary, window, route):
            return True
    return False


def _take_all(diary: Diary, window: int, route: int) -> bool:
    """Take a route call by call, so that limits and write-ups are kept as for any; if one is not, take nothing."""
    space, new = diary.space, (window, route)
    before = diary.copy()
    for call in space.calls_of(new):
        shift = _write_up_shift(diary, window, call, new)
        if shift is None or _is_too_much(diary, window, call) or not _fits(diary, diary.columns.get(window), new):
            diary.restore(before)
            return False
        _take(diary, window, new, call, shift)
    return True


def place_desk_in(diary: Diary, index: int, shifts: Iterable[int]) -> bool:
    """Put a desk task into the first of some shifts that has room; whether one had."""
    instance = diary.space.instance
    task = instance.desk[index]
    for s in shifts:
        shift = instance.shifts[s]
        able = may_do_desk(task, shift.officer, instance.officers) and task.may_be_on(shift.day)
        if able and diary.minutes.get(s, 0) + task.minutes <= shift.free_minutes:
            diary.desk.append((index, s))
            diary.minutes[s] = diary.minutes.get(s, 0) + task.minutes
            return True
    return False


def _sessions_free(diary: Diary, window: int) -> bool:
    w = diary.space.windows[window]
    pairs = zip(w.shifts, w.sessions, strict=True)
    return not any((s, k) in diary.sessions for s, sessions in pairs for k in sessions)


def _travel(space: ColumnSpace, column: Column) -> int:
    return int(space.routes[space.windows[column[0]].route_class].travel[column[1]])


def _extra_minutes(space: ColumnSpace, old: Column | None, new: Column) -> dict[int, int]:
    """Minutes more than before, by shift."""
    before = space.minutes_of(old) if old else {}
    return {s: minutes - before.get(s, 0) for s, minutes in space.minutes_of(new).items()}


def _fits(diary: Diary, old: Column | None, new: Column) -> bool:
    space = diary.space
    more_visits = len(space.calls_of(new)) - (len(space.calls_of(old)) if old else 0)
    extra = _extra_minutes(space, old, new).items()
    return all(diary.minutes.get(s, 0) + more <= space.instance.shifts[s].free_minutes for s, more in extra) and all(
        diary.visits.get(s, 0) + more_visits <= space.instance.visits_left(s) for s in space.windows[new[0]].shifts
    )


def _write_up_shift(diary: Diary, window: int, call: int, new: Column) -> int | None:
    """A later shift of one of the crew for the write-up; -1 if the call has none, ``None`` if none fits."""
    instance = diary.space.instance
    index = instance.calls[call].write_up
    if index < 0:
        return -1
    write_up = instance.write_ups[index]
    w = diary.space.windows[window]
    day = instance.shifts[w.shifts[0]].day
    more = _extra_minutes(diary.space, diary.columns.get(window), new)
    wished = diary.wished.get(index, -1)
    for s in sorted(range(len(instance.shifts)), key=lambda s: s != wished):
        shift = instance.shifts[s]
        able = shift.officer in w.crew and may_write_up(write_up, instance.officers[shift.officer])
        taken = diary.minutes.get(s, 0) + more.get(s, 0)
        if able and shift.day > day and taken + write_up.minutes <= shift.free_minutes:
            return s
    return None


def _take(diary: Diary, window: int, new: Column, call: int, write_up_shift: int | None) -> None:
    space = diary.space
    w = space.windows[window]
    old = diary.columns.get(window)
    for s, more in _extra_minutes(space, old, new).items():
        diary.minutes[s] = diary.minutes.get(s, 0) + more
    for s, sessions in zip(w.shifts, w.sessions, strict=True):
        diary.visits[s] = diary.visits.get(s, 0) + 1
        diary.sessions.update((s, k) for k in sessions)
    diary.columns[window] = new
    diary.exposed.update(_exposed(space, window, call))
    diary.nominals.add(space.instance.calls[call].nominal)
    index = space.instance.calls[call].write_up
    if index >= 0 and write_up_shift is not None:
        diary.write_ups[index] = write_up_shift
        minutes = space.instance.write_ups[index].minutes
        diary.minutes[write_up_shift] = diary.minutes.get(write_up_shift, 0) + minutes


def place_desk(diary: Diary, index: int) -> None:
    """The lead officer's first shift with room, else anybody's."""
    instance = diary.space.instance
    task = instance.desk[index]
    fitting = [
        (shift.officer != task.lead, shift.day, s)
        for s, shift in enumerate(instance.shifts)
        if task.may_be_on(shift.day)
        and may_do_desk(task, shift.officer, instance.officers)
        and diary.minutes.get(s, 0) + task.minutes <= shift.free_minutes
    ]
    if fitting:
        s = min(fitting)[2]
        diary.desk.append((index, s))
        diary.minutes[s] = diary.minutes.get(s, 0) + task.minutes
