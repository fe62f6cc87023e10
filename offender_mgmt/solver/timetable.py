"""From chosen columns and desk work to times: who is busy with what, minute by minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from offender_mgmt.instance.model import Instance, SideWork, Span
from offender_mgmt.instance.shifts import without
from offender_mgmt.solver.class_clock import side_minutes
from offender_mgmt.solver.columns import Column, ColumnSpace
from offender_mgmt.solver.eligibility import Crew, sharers
from offender_mgmt.solver.master import Chosen
from offender_mgmt.solver.windows import Window


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit of an outing: its call, when it starts and ends, and the travel to it."""

    call: int
    span: Span
    travel: int


@dataclass(frozen=True, slots=True)
class Outing:
    """A crew's outing, from leaving the base to being back, with the work at the desk that frames it.

    Parameters
    ----------
    shifts
        Shift of each of the crew.
    checks, entries
        Officer, call and time of each intelligence check before and record entry after.
    breaks
        Per officer: where the break is taken; ``None`` for between two stops.
    """

    crew: Crew
    shifts: tuple[int, ...]
    stops: tuple[Stop, ...]
    leave: int
    back: int
    travel: int
    checks: tuple[tuple[int, int, Span], ...]
    entries: tuple[tuple[int, int, Span], ...]
    breaks: tuple[Span | None, ...]

    def busy(self) -> Span:
        """From the first check to the last entry."""
        start = min([self.leave, *(span[0] for _, _, span in self.checks)])
        return start, max([self.back, *(span[1] for _, _, span in self.entries)])


@dataclass(frozen=True, slots=True)
class DeskWork:
    """One officer's desk work on one day, in one part or more.

    Parameters
    ----------
    task
        Index of the instance's task.
    """

    task: int
    officer: int
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """All work of a solution with its times."""

    outings: tuple[Outing, ...]
    desk: tuple[DeskWork, ...]


def timetable(space: ColumnSpace, chosen: Chosen) -> Timetable:
    """Times for all that was chosen."""
    outings = tuple(outing(space, column) for column in sorted(chosen.columns))
    work = _desk_by_shift(space, chosen)
    desk: list[DeskWork] = []
    for shift in sorted(work):
        desk += _place(space.instance, shift, work[shift], outings)
    return Timetable(outings, tuple(desk))


def outing(space: ColumnSpace, column: Column) -> Outing:
    """The outing of a column: it leaves as late as its visits allow."""
    instance = space.instance
    window = space.windows[column[0]]
    rc = window.route_class
    calls = space.calls_of(column)
    starts = [int(s) for s in space.routes[rc].starts_of(np.array([column[1]]))[0, : len(calls)]]
    stops, place = [], rc.base
    for call, start in zip(calls, starts, strict=True):
        to = instance.calls[call].place
        stops.append(Stop(call, (start, start + instance.calls[call].minutes), int(instance.travel[place, to])))
        place = to
    leave = starts[0] - stops[0].travel
    home = int(instance.travel[place, rc.base])
    back = stops[-1].span[1] + home
    return Outing(
        crew=window.crew,
        shifts=window.shifts,
        stops=tuple(stops),
        leave=leave,
        back=back,
        travel=sum(stop.travel for stop in stops) + home,
        checks=intelligence_check_before_visit(instance, window.crew, calls, leave),
        entries=record_entry_after_visit(instance, window, calls, back),
        breaks=window.breaks,
    )


def intelligence_check_before_visit(
    instance: Instance, crew: Crew, calls: Sequence[int], leave: int
) -> tuple[tuple[int, int, Span], ...]:
    """The crew shares the checks of its calls and is done with them when it leaves."""
    needing = [call for call in calls if instance.calls[call].needs_check]
    able = sharers(instance.check, crew, instance.officers)
    start = leave - (side_minutes(instance.check, len(needing), len(able)) if needing else 0)
    return tuple(_shared(instance.check, able, needing, start))


def record_entry_after_visit(
    instance: Instance, window: Window, calls: Sequence[int], back: int
) -> tuple[tuple[int, int, Span], ...]:
    """The crew shares the record entries of its visits when it is back, unless they are made on a later day."""
    if window.entry_shift >= 0:
        return ()
    needing = [call for call in calls if instance.calls[call].needs_entry]
    able = sharers(instance.entry, window.crew, instance.officers)
    return tuple(_shared(instance.entry, able, needing, back))


def _shared(work: SideWork, able: Crew, calls: Sequence[int], start: int) -> Iterator[tuple[int, int, Span]]:
    for position, call in enumerate(calls):
        begin = start + position // len(able) * work.minutes
        yield able[position % len(able)], call, (begin, begin + work.minutes)


def _desk_by_shift(space: ColumnSpace, chosen: Chosen) -> dict[int, list[tuple[int, int]]]:
    """Task and minutes of the desk work of each shift, record entries of earlier days included."""
    instance = space.instance
    work: dict[int, list[tuple[int, int]]] = {}
    for column in chosen.columns:
        later = space.windows[column[0]].entry_shift
        for call in space.calls_of(column):
            if later >= 0 and instance.calls[call].needs_entry:
                work.setdefault(later, []).append((instance.calls[call].entry_task, instance.entry.minutes))
    for d, shift in chosen.desk:
        work.setdefault(shift, []).append((instance.desk[d].task, instance.desk[d].minutes))
    for w, shift in chosen.write_ups:
        work.setdefault(shift, []).append((instance.write_ups[w].task, instance.write_ups[w].minutes))
    return work


def _place(
    instance: Instance, index: int, work: list[tuple[int, int]], outings: Iterable[Outing]
) -> Iterator[DeskWork]:
    """Longest work first, each in the tightest gap that holds it whole; what fits nowhere whole is split."""
    shift = instance.shifts[index]
    here = [o for o in outings if index in o.shifts]
    taken = [*shift.events, *(o.busy() for o in here)]
    breaks = {o.breaks[o.shifts.index(index)] for o in here} or {shift.default_break}
    taken += [pause for pause in breaks if pause]
    gaps = without(shift.span, sorted(taken))
    split = []
    for task, minutes in sorted(work, key=lambda item: (-item[1], item[0])):
        fitting = [gap for gap in gaps if gap[1] - gap[0] >= minutes]
        if fitting:
            gap = min(fitting, key=lambda g: (g[1] - g[0], g))
            yield DeskWork(task, shift.officer, ((gap[0], gap[0] + minutes),))
            gaps = _less(gaps, gap, minutes)
        else:
            split.append((task, minutes))
    for task, minutes in split:
        parts = []
        for gap in list(gaps):
            part = min(minutes, gap[1] - gap[0])
            if part:
                parts.append((gap[0], gap[0] + part))
                gaps = _less(gaps, gap, part)
                minutes -= part
        yield DeskWork(task, shift.officer, tuple(parts))


def _less(gaps: list[Span], gap: Span, minutes: int) -> list[Span]:
    """The gaps when the first minutes of one are taken."""
    left = [(g[0] + minutes, g[1]) if g == gap else g for g in gaps]
    return [g for g in left if g[0] < g[1]]
