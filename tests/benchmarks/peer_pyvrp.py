"""PyVRP on a routing problem: iterated local search, prizes native; one window a client, so a job with several windows
is a group of clients of which at most one is visited. Which vehicle may do what, and the day, is in the profiles: a
place that a vehicle may not go to lies too far away.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.routing_problem import Alternative, Routes, RoutingProblem, alternatives, by_job

Ints = npt.NDArray[np.int64]
DAYS_AWAY = 2
"""A place that a vehicle may not go to is so many days away, whatever the unit of time."""


def solve(problem: RoutingProblem, seconds: float, seed: int) -> Routes:
    """The best routes PyVRP finds in the time; its own defaults otherwise, penalties as high as prizes."""
    import pyvrp
    from pyvrp.PenaltyManager import PenaltyParams
    from pyvrp.stop import MaxRuntime

    options = alternatives(problem)
    if not options or not problem.vehicles:
        return [[] for _ in problem.vehicles]
    # A penalty below the greatest prize would make it worth while to be late, and no feasible answer would be found.
    penalty = PenaltyParams(max_penalty=2.0 * max(job.prize for job in problem.jobs))
    data = _data(problem, options)
    params = pyvrp.SolveParams(penalty=penalty)
    result = pyvrp.solve(data, MaxRuntime(seconds), seed=seed, collect_stats=False, params=params)
    routes: Routes = [[] for _ in problem.vehicles]
    if not result.best.is_feasible():
        return routes
    for route in result.best.routes():
        routes[route.vehicle_type()] = [options[a.idx].job for a in route if a.is_client()]
    return routes


def _data(problem: RoutingProblem, options: list[Alternative]) -> Any:
    import pyvrp

    bases = sorted({vehicle.base for vehicle in problem.vehicles})
    places = [*bases, *(problem.jobs[option.job].place for option in options)]
    count = len(problem.limits) + 1
    groups = [pyvrp.ClientGroup(numbers, required=False) for numbers in by_job(options).values() if len(numbers) > 1]
    group_of = {number: g for g, group in enumerate(groups) for number in group.clients}
    clients = [
        pyvrp.Client(
            location=len(bases) + number,
            delivery=[1, *problem.jobs[option.job].loads],
            service_duration=problem.jobs[option.job].minutes,
            tw_early=option.window[0],
            tw_late=option.window[1],
            prize=problem.jobs[option.job].prize,
            required=False,
            group=group_of.get(number),
        )
        for number, option in enumerate(options)
    ]
    profiles: dict[tuple[bool, ...], int] = {}
    types = []
    for vehicle in problem.vehicles:
        suited = tuple(option.suits(vehicle) for option in options)
        types.append(
            pyvrp.VehicleType(
                capacity=[min(vehicle.most, len(options)), *problem.limits],
                start_depot=bases.index(vehicle.base),
                end_depot=bases.index(vehicle.base),
                tw_early=vehicle.opens,
                tw_late=vehicle.closes - (vehicle.pause[0] if vehicle.pause else 0),
                shift_duration=vehicle.longest - (vehicle.pause[0] if vehicle.pause else 0),
                profile=profiles.setdefault(suited, len(profiles)),
            )
        )
    assert all(len(client.delivery) == count for client in clients)
    cost, travel = problem.cost[np.ix_(places, places)], problem.travel[np.ix_(places, places)]
    for matrix in (cost, travel):
        np.fill_diagonal(matrix, 0)
    far = DAYS_AWAY * max(vehicle.closes for vehicle in problem.vehicles)
    return pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in places],
        clients,
        [pyvrp.Depot(number) for number in range(len(bases))],
        types,
        [cost for _ in profiles],
        [_beyond_reach(travel, suited, far) for suited in profiles],
        groups,
    )


def _beyond_reach(travel: Ints, suited: tuple[bool, ...], far: int) -> Ints:
    matrix = travel.copy()
    barred = np.nonzero(~np.array(suited, dtype=bool))[0] + len(matrix) - len(suited)
    matrix[barred, :] += far
    matrix[:, barred] += far
    np.fill_diagonal(matrix, 0)
    return matrix
