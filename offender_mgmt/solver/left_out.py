"""Why a task is left out, found from the columns: could any crew, any officer, do it by itself?"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from offender_mgmt.instance.model import Call, DeskTask, Instance
from offender_mgmt.solver.columns import ColumnSpace, column_space
from offender_mgmt.solver.eligibility import crew_may_call, crew_may_form, may_do_desk, may_write_up
from offender_mgmt.solver.master import Chosen
from offender_mgmt.solver.settings import Settings

NEAREST = ("no_qualified_crew", "no_crew_when_seen", "no_time_for_desk_work", "crews_full")
"""From farthest to nearest to fitting: of a task's several ways, the nearest gives the reason."""


class Reasons:
    """Why tasks are left out; what crews and officers could do is found once for all rosters of a week.

    Parameters
    ----------
    known
        Found with other columns of the same instance: a call that is the only stop is among the columns of all.
    """

    def __init__(self, space: ColumnSpace, known: Reasons | None = None) -> None:
        self._space = space
        self.of_call: dict[int, tuple[str, int]] = {} if known is None else known.of_call

    def of(self, chosen: Chosen) -> tuple[tuple[int, str, int], ...]:
        """For every task with a way to do it that was not chosen: task, reason code, crews or officers that could.

        Tasks that no call and no desk work stands for (deferred, not released, companions) are not listed.
        """
        space, instance = self._space, self._space.instance
        done = {t for c in chosen.columns for call in space.calls_of(c) for t in instance.calls[call].tasks}
        done |= {instance.desk[d].task for d, _ in chosen.desk}
        found: dict[int, tuple[str, int]] = {}
        for index, call in enumerate(instance.calls):
            for task in set(call.tasks) - done:
                reason = self._call(index)
                found[task] = max(found.get(task, reason), reason, key=lambda r: (NEAREST.index(r[0]), r[1]))
        for desk in instance.desk:
            if desk.task not in done:
                found[desk.task] = _desk_reason(instance, desk)
        return tuple((task, *found[task]) for task in sorted(found))

    def _call(self, index: int) -> tuple[str, int]:
        if index not in self.of_call:
            self.of_call[index] = _call_reason(self._space, index, self._space.instance.calls[index])
        return self.of_call[index]


def _call_reason(space: ColumnSpace, index: int, call: Call) -> tuple[str, int]:
    """Whether some crew could make the call with all that goes with it; without that work; or not at all."""
    able = {space.windows[w].crew for w in _windows_for(space, index) if _write_up_fits(space, w, call)}
    if able:
        return "crews_full", len(able)
    bare = replace(call, check_task=-1, entry_task=-1, write_up=-1)
    alone = column_space(replace(space.instance, calls=(bare,)), Settings())
    able = {alone.windows[w].crew for w in _windows_for(alone, 0)}
    if able:
        return "no_time_for_desk_work", len(able)
    officers = space.instance.officers
    qualified = sum(
        crew_may_form(crew, officers, space.instance.driver_needed) and crew_may_call(call, crew, officers)
        for crew in combinations(range(len(officers)), call.crew_size)
    )
    return ("no_crew_when_seen", qualified) if qualified else ("no_qualified_crew", 0)


def _windows_for(space: ColumnSpace, call: int) -> list[int]:
    """Windows in which the call could be the only stop."""
    classes = {
        rc
        for rc, routes in space.routes.items()
        if np.any((routes.calls[:, 0] == call) & (routes.calls[:, 1:] < 0).all(axis=1))
    }
    return [w for w, window in enumerate(space.windows) if window.route_class in classes and space.may_call[w, call]]


def _write_up_fits(space: ColumnSpace, window: int, call: Call) -> bool:
    """Whether one of the window's crew has a later shift with room for the write-up, if there is one."""
    if call.write_up < 0:
        return True
    instance, write_up = space.instance, space.instance.write_ups[call.write_up]
    crew, day = space.windows[window].crew, space.windows[window].route_class.day
    return any(
        shift.officer in crew
        and shift.day > day
        and shift.free_minutes >= write_up.minutes
        and may_write_up(write_up, instance.officers[shift.officer])
        for shift in instance.shifts
    )


def _desk_reason(instance: Instance, desk: DeskTask) -> tuple[str, int]:
    able = {o for o in range(len(instance.officers)) if may_do_desk(desk, o, instance.officers)}
    if not able:
        return "no_qualified_officer", 0
    in_time = {
        shift.officer
        for shift in instance.shifts
        if shift.officer in able and desk.may_be_on(shift.day) and shift.free_minutes >= desk.minutes
    }
    return ("crews_full", len(in_time)) if in_time else ("no_time_on_duty", len(able))
