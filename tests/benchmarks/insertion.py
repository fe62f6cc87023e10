"""Routes by insertion: job after job, the dearest first, where it costs least. The greedy rule; a start for CP-SAT."""

from __future__ import annotations

from benchmarks.routing_problem import Routes, RoutingProblem, is_driveable


def solve(problem: RoutingProblem, seconds: float, seed: int) -> Routes:
    """The same as an engine; it needs no time and draws no lots."""
    del seconds, seed
    return insertion(problem)


def insertion(problem: RoutingProblem) -> Routes:
    """Routes that break no rule; a job that fits nowhere stays out."""
    routes: Routes = [[] for _ in problem.vehicles]
    left = list(problem.limits)
    for number in sorted(range(len(problem.jobs)), key=lambda j: (-problem.jobs[j].prize, j)):
        loads = problem.jobs[number].loads[: len(left)]
        if any(load > most for load, most in zip(loads, left, strict=True)):
            continue
        best = min(_places(problem, routes, number), default=None)
        if best is not None:
            _, vehicle, position = best
            routes[vehicle].insert(position, number)
            left = [most - load for most, load in zip(left, loads, strict=True)]
    return routes


def _places(problem: RoutingProblem, routes: Routes, number: int) -> list[tuple[int, int, int]]:
    """Extra travel, vehicle and position of every place that holds the job."""
    found = []
    here = problem.jobs[number].place
    for v, (vehicle, route) in enumerate(zip(problem.vehicles, routes, strict=True)):
        if number not in vehicle.able or len(route) >= vehicle.most:
            continue
        way = [vehicle.base, *(problem.jobs[j].place for j in route), vehicle.base]
        for position in range(len(route) + 1):
            a, b = way[position], way[position + 1]
            more = int(problem.travel[a, here] + problem.travel[here, b] - problem.travel[a, b])
            if is_driveable(problem, vehicle, [*route[:position], number, *route[position:]]):
                found.append((more, v, position))
    return found
