"""The published roster as far as it still can be kept, completed greedily: what a week planned again begins with."""

from __future__ import annotations

from collections.abc import Sequence

from offender_mgmt.solver.columns import ColumnSpace
from offender_mgmt.solver.greedy import Diary, completed, place_desk_in, place_outing
from offender_mgmt.solver.master import Chosen


def repaired(space: ColumnSpace) -> Chosen:
    """Each published outing whole, else its visits one by one, each desk task where it was; then all else that fits."""
    instance = space.instance
    diary = Diary(space)
    broken = [calls for calls in instance.outings_before if not place_outing(diary, calls, _windows(space, calls))]
    for call in (call for calls in broken for call in calls):
        place_outing(diary, [call], _windows(space, [call]))
    for index, task in enumerate(instance.desk):
        if task.published:
            there = [s for s, shift in enumerate(instance.shifts) if (shift.day, shift.officer) == task.published]
            place_desk_in(diary, index, there)
    return completed(diary)


def _windows(space: ColumnSpace, calls: Sequence[int]) -> list[int]:
    """Windows of the day and crew of some calls: record entries made at once, and half a tour, before others."""
    published = space.instance.calls[calls[0]].published
    if published is None:
        return []
    day, crew = published
    found = [n for n, w in enumerate(space.windows) if w.route_class.day == day and frozenset(w.crew) == crew]
    return sorted(found, key=lambda n: (space.windows[n].entry_shift >= 0, sum(map(len, space.windows[n].sessions)), n))
