"""The published roster as far as it still can be kept, completed greedily: what a week planned again begins with."""

from __future__ import annotations

from dataclasses import replace

from offender_mgmt.instance.model import PublishedOuting
from offender_mgmt.solver.columns import ColumnSpace
from offender_mgmt.solver.greedy import Diary, completed, place_call, place_desk, place_desk_in, place_outing
from offender_mgmt.solver.master import Chosen


def repaired(space: ColumnSpace) -> Chosen:
    """What is pinned, then published outings whole and desk work where it was, what is left of both, and all else."""
    instance = space.instance
    diary = Diary(space)
    numbers = {(shift.day, shift.officer): s for s, shift in enumerate(instance.shifts)}
    wished = ((w, numbers.get((day, who))) for o in instance.outings_before for w, day, who in o.written_up)
    diary.wished = {w: shift for w, shift in wished if shift is not None}
    outings = _pins_first(diary)
    broken = [o for o in outings if not place_outing(diary, o.calls, _windows(space, o))]
    placed = {d for d, _ in diary.desk}
    for index, task in enumerate(instance.desk):
        if task.published and index not in placed:
            there = [s for s, shift in enumerate(instance.shifts) if (shift.day, shift.officer) == task.published]
            place_desk_in(diary, index, there)
    for outing in broken:
        for call in (c for c in outing.calls if instance.calls[c].nominal not in diary.nominals):
            place_call(diary, call, _windows(space, outing))
    return completed(diary)


def _pins_first(diary: Diary) -> list[PublishedOuting]:
    """Place what people pinned, outings that are pinned as published whole; the outings that are left to be placed.

    Of a pinned call that cannot be where it was, the outing it was in goes without it.
    """
    space, instance = diary.space, diary.space.instance
    left: list[PublishedOuting] = []
    for outing in instance.outings_before:
        windows = _windows(space, outing)
        stays = tuple(c for c in outing.calls if not instance.calls[c].is_pinned or space.may_call[windows, c].any())
        here = replace(outing, calls=stays)
        has_pins = any(instance.calls[c].is_pinned for c in stays)
        if stays and not (has_pins and place_outing(diary, stays, windows)):
            left.append(here)
    for index, call in enumerate(instance.calls):
        if call.is_pinned and call.nominal not in diary.nominals:
            place_call(diary, index)
    for index, task in enumerate(instance.desk):
        if task.is_pinned:
            place_desk(diary, index)
    return left


def _windows(space: ColumnSpace, outing: PublishedOuting) -> list[int]:
    """Windows of the day and crew of an outing: first those that hold its own time, as small as may be."""
    published = space.instance.calls[outing.calls[0]].published
    if published is None:
        return []

    def apart(n: int) -> tuple[bool, int, int, int]:
        window = space.windows[n]
        start, end = window.route_class.span
        outside = max(0, start - outing.span[0]) + max(0, outing.span[1] - end)
        entry = space.instance.shifts[window.entry_shift] if window.entry_shift >= 0 else None
        entered = (entry.day, entry.officer) if entry else None
        return entered != outing.entered, outside, sum(map(len, window.sessions)), n

    day, crew = published
    found = (n for n, w in enumerate(space.windows) if w.route_class.day == day and frozenset(w.crew) == crew)
    return sorted(found, key=apart)
