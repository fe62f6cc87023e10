"""Why a task is left out, found from the columns: could any crew, any officer, do it by itself?"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from offender_mgmt.instance.model import Call, DeskTask, Instance
from offender_mgmt.solver.columns import ColumnSpace
from offender_mgmt.solver.eligibility import crew_may_call, crew_may_form, may_do_desk
from offender_mgmt.solver.master import Chosen


def left_out_reasons(space: ColumnSpace, chosen: Chosen) -> tuple[tuple[int, str, int], ...]:
    """For every task with a way to do it that was not chosen: task, reason code, crews or officers that could.

    Tasks that no call and no desk work stands for (deferred, not released, companions) are not listed.
    """
    instance = space.instance
    done = {t for c in chosen.columns for call in space.calls_of(c) for t in instance.calls[call].tasks}
    done |= {instance.desk[d].task for d, _ in chosen.desk}
    found: dict[int, tuple[str, int]] = {}
    for index, call in enumerate(instance.calls):
        for task in set(call.tasks) - done:
            reason = _call_reason(space, index, call)
            found[task] = max(found.get(task, reason), reason, key=lambda r: (r[0] == "crews_full", r[1]))
    for desk in instance.desk:
        if desk.task not in done:
            found[desk.task] = _desk_reason(instance, desk)
    return tuple((task, *found[task]) for task in sorted(found))


def _call_reason(space: ColumnSpace, index: int, call: Call) -> tuple[str, int]:
    alone = {w.crew for i, w in enumerate(space.windows) if space.may_call[i, index] and _drivable(space, i, index)}
    if alone:
        return "crews_full", len(alone)
    instance = space.instance
    people = range(len(instance.officers))
    qualified = sum(
        crew_may_form(crew, instance.officers, instance.driver_needed) and crew_may_call(call, crew, instance.officers)
        for crew in combinations(people, call.crew_size)
    )
    return ("no_crew_when_seen", qualified) if qualified else ("no_qualified_crew", 0)


def _drivable(space: ColumnSpace, window: int, call: int) -> bool:
    routes = space.routes[space.windows[window].route_class].calls
    return bool(np.any((routes[:, 0] == call) & (routes[:, 1:] < 0).all(axis=1)))


def _desk_reason(instance: Instance, desk: DeskTask) -> tuple[str, int]:
    able = {o for o in range(len(instance.officers)) if may_do_desk(desk, o, instance.officers)}
    if not able:
        return "no_qualified_officer", 0
    in_time = {
        shift.officer
        for shift in instance.shifts
        if shift.officer in able and shift.day >= desk.first_day and shift.free_minutes >= desk.minutes
    }
    return ("crews_full", len(in_time)) if in_time else ("no_time_on_duty", len(able))
