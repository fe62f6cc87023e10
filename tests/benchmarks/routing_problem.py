"""What every peer is given: vehicles, jobs with prizes, windows and loads; and what it gives back, judged in one place.

Whole numbers only. A peer's adapter turns a problem into that engine's own terms; team weeks and public instances are
turned into problems elsewhere. So each engine has one adapter, and none is favoured by how an instance is put to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

Window = tuple[int, int]
"""Earliest and latest start of a job."""
Routes = list[list[int]]
"""Jobs in order, one list for each vehicle."""


class BoundedRoutes(list[list[int]]):
    """Routes of an engine that also proves something.

    Attributes
    ----------
    bound
        No routes win more prizes, whatever their travel costs; ``None`` where nothing is proven.
    """

    bound: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something a vehicle may do once.

    Parameters
    ----------
    prize
        What it is worth, in units of ``RoutingProblem.travel_cost`` times travel.
    priority
        The same from 0 to 100, for engines that know no other.
    windows
        Per day: when it may start; sorted, not overlapping.
    loads
        What it uses of each of the problem's limits.
    """

    place: int
    minutes: int
    prize: int
    priority: int
    windows: tuple[tuple[Window, ...], ...]
    loads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """One tour on one day.

    Parameters
    ----------
    longest
        Most time from leaving to being back.
    most
        Most jobs.
    able
        Jobs it may do.
    pause
        Length, earliest start and latest end of a break on the road; ``None`` for none.
    """

    day: int
    base: int
    opens: int
    closes: int
    longest: int
    most: int
    able: frozenset[int]
    pause: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingProblem:
    """Maximise the prizes won less the cost of travel.

    Parameters
    ----------
    travel
        Time from place to place.
    cost
        Cost of travel from place to place; the same as ``travel`` unless given apart.
    limits
        Most of each load over all vehicles together.
    pays_travel
        Whether travel is part of what an instance is scored by; if not, it only decides between equals.
    """

    travel: npt.NDArray[np.int64]
    cost: npt.NDArray[np.int64]
    jobs: tuple[Job, ...]
    vehicles: tuple[Vehicle, ...]
    limits: tuple[int, ...] = ()
    pays_travel: bool = False

    def value(self, routes: Routes) -> int:
        """Prizes of what is done less the cost of travel."""
        prizes = sum(self.jobs[j].prize for route in routes for j in route)
        return prizes - sum(self._cost(v, route) for v, route in zip(self.vehicles, routes, strict=True))

    def _cost(self, vehicle: Vehicle, route: Sequence[int]) -> int:
        places = [vehicle.base, *(self.jobs[j].place for j in route), vehicle.base]
        return sum(int(self.cost[a, b]) for a, b in pairwise(places)) if route else 0


@dataclass(frozen=True, slots=True)
class Alternative:
    """A job at one window of the day, for engines that know one window a job: its days, and which job it stands for."""

    job: int
    window: Window
    days: frozenset[int]

    def suits(self, vehicle: Vehicle) -> bool:
        """Whether a vehicle may do the job at this window, which meets the vehicle's hours."""
        meets = self.window[0] <= vehicle.closes and vehicle.opens <= self.window[1]
        return meets and vehicle.day in self.days and self.job in vehicle.able


def alternatives(problem: RoutingProblem) -> list[Alternative]:
    """Every job with every window it has on some day that a vehicle goes out, windows that agree taken together."""
    days = {vehicle.day for vehicle in problem.vehicles}
    found = []
    for number, job in enumerate(problem.jobs):
        by_window: dict[Window, set[int]] = {}
        for day in sorted(days):
            for window in job.windows[day] if day < len(job.windows) else ():
                by_window.setdefault(window, set()).add(day)
        made = [Alternative(number, w, frozenset(on)) for w, on in sorted(by_window.items())]
        found += [a for a in made if any(a.suits(vehicle) for vehicle in problem.vehicles)]
    return found


def by_job(options: Sequence[Alternative]) -> dict[int, list[int]]:
    """Numbers of each job's alternatives."""
    numbered = groupby(range(len(options)), key=lambda i: options[i].job)
    return {job: list(numbers) for job, numbers in numbered}


def is_driveable(problem: RoutingProblem, vehicle: Vehicle, route: Sequence[int]) -> bool:
    """Whether a vehicle can do these jobs in this order; breaks on the road and limits are judged elsewhere."""
    if len(route) > vehicle.most or not set(route) <= vehicle.able:
        return False
    if not route:
        return True
    latest = latest_leaving(problem, vehicle, route)
    if latest is None:
        return False
    back = _earliest_back(problem, vehicle, route, latest)
    return back is not None and back <= vehicle.closes and back - latest <= vehicle.longest


def earliest_starts(problem: RoutingProblem, vehicle: Vehicle, route: Sequence[int], leave: int) -> list[int] | None:
    """Earliest start of each job when the vehicle leaves then; ``None`` if one comes too late."""
    made: list[int] = []
    at, place = leave, vehicle.base
    for number in route:
        job = problem.jobs[number]
        arrive = at + int(problem.travel[place, job.place])
        starts = [max(arrive, early) for early, late in _windows(job, vehicle) if arrive <= late]
        if not starts:
            return None
        made.append(min(starts))
        at, place = made[-1] + job.minutes, job.place
    return made


def _earliest_back(problem: RoutingProblem, vehicle: Vehicle, route: Sequence[int], leave: int) -> int | None:
    starts = earliest_starts(problem, vehicle, route, leave)
    if starts is None:
        return None
    last = problem.jobs[route[-1]]
    return starts[-1] + last.minutes + int(problem.travel[last.place, vehicle.base])


def latest_leaving(problem: RoutingProblem, vehicle: Vehicle, route: Sequence[int]) -> int | None:
    """Latest leaving with the earliest return: the time of return cannot be bettered by leaving earlier."""
    soonest = _earliest_back(problem, vehicle, route, vehicle.opens)
    if soonest is None:
        return None
    by, place = soonest, vehicle.base
    for number in reversed(route):
        job = problem.jobs[number]
        latest = by - int(problem.travel[job.place, place]) - job.minutes
        starts = [min(latest, late) for early, late in _windows(job, vehicle) if early <= latest]
        by, place = max(starts), job.place
    return by - int(problem.travel[vehicle.base, place])


def _windows(job: Job, vehicle: Vehicle) -> tuple[Window, ...]:
    return job.windows[vehicle.day] if vehicle.day < len(job.windows) else ()
