"""Routes that break a rule are mended by leaving jobs out, and what is left out is counted; never silently accepted."""

from __future__ import annotations

from benchmarks.routing_problem import Routes, RoutingProblem, is_driveable


def repaired(problem: RoutingProblem, routes: Routes) -> tuple[Routes, int]:
    """Routes that break no rule, and how many jobs had to be dropped for it: always the one worth least."""
    given = sum(len(route) for route in routes)
    seen: set[int] = set()
    kept: Routes = []
    for vehicle, route in zip(problem.vehicles, routes, strict=True):
        order = [j for j in dict.fromkeys(route) if j not in seen]
        while not is_driveable(problem, vehicle, order):
            order.remove(min(order, key=lambda j: (j in vehicle.able, problem.jobs[j].prize, j)))
        seen.update(order)
        kept.append(order)
    while _over(problem, kept):
        worst = min((j for route in kept for j in route), key=lambda j: (-_relief(problem, kept, j), j))
        kept = [[j for j in route if j != worst] for route in kept]
    return kept, given - sum(len(route) for route in kept)


def _over(problem: RoutingProblem, routes: Routes) -> list[int]:
    """By how much each limit is passed, if any is."""
    used = [sum(problem.jobs[j].loads[k] for route in routes for j in route) for k in range(len(problem.limits))]
    over = [max(0, u - most) for u, most in zip(used, problem.limits, strict=True)]
    return over if any(over) else []


def _relief(problem: RoutingProblem, routes: Routes, job: int) -> float:
    """How much of what is too much would go with a job, for each unit of prize."""
    over, loads = _over(problem, routes), problem.jobs[job].loads
    share = sum(min(o, load) / o for o, load in zip(over, loads, strict=True) if o)
    return share / max(1, problem.jobs[job].prize)
