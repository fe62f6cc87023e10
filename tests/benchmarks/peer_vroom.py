"""VROOM on a routing problem: priorities from 0 to 100 instead of prizes, several windows a job and breaks native.

Days follow one another on one axis of time. Which vehicle may do what is said in skills, one for each job. VROOM knows
no limit over all vehicles together and none on the length of a tour: the end of the tour comes forward instead.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
from benchmarks.cores import CORES
from benchmarks.routing_problem import Routes, RoutingProblem, Vehicle

EXPLORATION = 5


def solve(problem: RoutingProblem, seconds: float, seed: int) -> Routes:
    """The routes VROOM finds at its highest exploration level; there are no lots drawn, so the seed is not used."""
    import vroom

    del seed
    day_length = 2 * max((vehicle.closes for vehicle in problem.vehicles), default=0)
    given = vroom.Input()
    given.set_durations_matrix("car", problem.travel.astype(np.uint32))
    alone = len(problem.vehicles) == 1
    for number, job in enumerate(problem.jobs):
        windows = [
            vroom.TimeWindow(day * day_length + early, day * day_length + late)
            for day, of_day in enumerate(job.windows)
            for early, late in of_day
        ]
        if not windows:
            continue
        given.add_job(
            vroom.Job(
                number + 1,
                location=job.place,
                default_service=job.minutes,
                delivery=vroom.Amount(list(job.loads) if alone else []),
                skills={number},
                priority=job.priority,
                time_windows=windows,
            )
        )
    for number, vehicle in enumerate(problem.vehicles):
        offset = vehicle.day * day_length
        closes = min(vehicle.closes, vehicle.opens + vehicle.longest)
        given.add_vehicle(
            vroom.Vehicle(
                number + 1,
                start=vehicle.base,
                end=vehicle.base,
                capacity=vroom.Amount(list(problem.limits) if alone else []),
                skills=set(vehicle.able),
                time_window=vroom.TimeWindow(offset + vehicle.opens, offset + closes),
                max_tasks=vehicle.most,
                breaks=_breaks(number, vehicle, closes, offset),
            )
        )
    solution = given.solve(EXPLORATION, CORES, timeout=timedelta(seconds=seconds))
    routes: Routes = [[] for _ in problem.vehicles]
    steps = solution.routes
    for vehicle, job, kind in zip(steps["vehicle_id"], steps["id"], steps["type"], strict=True):
        if kind == "job":
            routes[int(vehicle) - 1].append(int(job) - 1)
    return routes


def _breaks(number: int, vehicle: Vehicle, closes: int, offset: int) -> list[Any]:
    """The break, where the hours that are left hold one: VROOM refuses a vehicle whose break cannot lie in them."""
    import vroom

    if vehicle.pause is None:
        return []
    minutes, begin, end = vehicle.pause
    first, last = max(begin, vehicle.opens), min(end, closes) - minutes
    if first > last:
        return []
    return [vroom.Break(number + 1, [vroom.TimeWindow(offset + first, offset + last)], service=minutes)]
