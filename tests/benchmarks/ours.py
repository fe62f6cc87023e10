"""Our solver on a public instance: a small adapter.

A tour is an officer who goes alone, with one session and no break, check, entry or desk work; a visit is a call.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

from benchmarks.cores import CORES
from benchmarks.ours_in_time import solve_in_time
from benchmarks.routing_problem import BoundedRoutes, RoutingProblem

from offender_mgmt.instance.model import Call, Instance, OfficerData, Shift, SideWork, Span, WeekLimit
from offender_mgmt.solver.settings import Settings
from offender_mgmt.vocabulary import Aim


def solve_public(problem: RoutingProblem, seconds: float, seed: int) -> BoundedRoutes:
    """Routes by our solver, and the most prizes that any have. Where travel is paid for, prizes come first."""
    answer = solve_in_time(as_instance(problem), Settings(seed=seed, strands=CORES), seconds)
    routes = BoundedRoutes([] for _ in problem.vehicles)
    for outing in sorted(answer.timetable.outings, key=lambda o: o.leave):
        routes[outing.crew[0]] += [stop.call for stop in outing.stops]
    bound = answer.proofs[0].bound
    routes.bound = None if bound is None else bound * _unit(problem)
    return routes


def _unit(problem: RoutingProblem) -> int:
    """What all prizes are multiples of."""
    return gcd(*(job.prize for job in problem.jobs))


def as_instance(problem: RoutingProblem) -> Instance:
    """The instance: an officer and a shift for each vehicle, a call for each job, one band."""
    length = max(vehicle.closes for vehicle in problem.vehicles) + 1
    everyone = range(len(problem.vehicles))
    days = 1 + max(vehicle.day for vehicle in problem.vehicles)
    unit = _unit(problem)
    return Instance(
        points=tuple(job.prize // unit for job in problem.jobs),
        band=(0,) * len(problem.jobs),
        bands=1,
        given=(),
        officers=tuple(
            OfficerData(skills=frozenset(), role=0, has_powers=True, drives=True, base=vehicle.base)
            for vehicle in problem.vehicles
        ),
        shifts=tuple(
            _shift(officer, vehicle.day, (vehicle.day * length + vehicle.opens, vehicle.day * length + vehicle.closes))
            for officer, vehicle in enumerate(problem.vehicles)
        ),
        calls=tuple(
            Call(
                nominal=number,
                tasks=(number,),
                place=job.place,
                minutes=job.minutes,
                spans=tuple(_spans(job.windows, job.minutes, length)),
                crew_size=1,
                excluded=frozenset(v for v in everyone if number not in problem.vehicles[v].able),
            )
            for number, job in enumerate(problem.jobs)
        ),
        desk=(),
        write_ups=(),
        check=SideWork(minutes=0),
        entry=SideWork(minutes=0),
        entry_by=tuple(range(days)),
        travel=problem.travel,
        days=days,
        visits_per_day=max(vehicle.most for vehicle in problem.vehicles),
        driver_needed=False,
        lead_points=0,
        deputy_points=0,
        limits=tuple(
            WeekLimit(loads=tuple(job.loads[k] for job in problem.jobs), most=most)
            for k, most in enumerate(problem.limits)
        ),
        aims=(Aim.TRAVEL,) if problem.pays_travel else (),
    )


def _spans(windows: Iterable[Iterable[Span]], minutes: int, length: int) -> Iterable[Span]:
    """Spans that hold the whole visit, from windows for its start, day after day."""
    for day, of_day in enumerate(windows):
        for early, late in of_day:
            yield day * length + early, day * length + late + minutes


def _shift(officer: int, day: int, span: Span) -> Shift:
    return Shift(
        officer=officer,
        day=day,
        span=span,
        events=(),
        break_minutes=0,
        break_span=(0, 0),
        default_break=None,
        early_break=None,
        late_break=None,
        sessions=(span,),
        whole=None,
        free_minutes=span[1] - span[0],
    )
