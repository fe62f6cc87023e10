"""Public technician instances with team building (STRSP): read and scored as their README says.

Distances are of double precision. Engines that know whole numbers only get thousandths; the score never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from pathlib import Path

import numpy as np
from benchmarks.public_points import RuleBrokenError
from benchmarks.routing_problem import Job, Routes, RoutingProblem, Vehicle

PARTS = 1000
"""Parts of a unit of length and time that engines of whole numbers see."""
LATE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Technicians:
    """An instance. Row 0 of everything by task is the depot; task ``n`` of the file is row ``n - 1``.

    Parameters
    ----------
    needs
        Per task, domain and level: people needed with at least that level.
    levels
        Per technician: level in each domain.
    """

    name: str
    places: tuple[tuple[float, float], ...]
    ready: tuple[int, ...]
    due: tuple[int, ...]
    minutes: tuple[int, ...]
    price: tuple[int, ...]
    needs: tuple[tuple[tuple[int, ...], ...], ...]
    levels: tuple[tuple[int, ...], ...]

    def distance(self, a: int, b: int) -> float:
        """Euclidean distance of two tasks."""
        (ax, ay), (bx, by) = self.places[a], self.places[b]
        return hypot(ax - bx, ay - by)

    def serves(self, team: tuple[int, ...], task: int) -> bool:
        """Whether a team of technicians has the people that a task needs."""
        return all(
            sum(self.levels[t][domain] >= level for t in team) >= count
            for domain, by_level in enumerate(self.needs[task])
            for level, count in enumerate(by_level, start=1)
        )


def read_technicians(tasks: Path, technicians: Path, first_tasks: int) -> Technicians:
    """The first so many tasks of a file, with all the technicians that the other file counts."""
    levels = _levels(technicians)
    domains = len(levels[0])
    rows = [line.split() for line in tasks.read_text("ascii").splitlines()[4:] if line.strip()][: first_tasks + 1]
    numbers = [[float(cell) for cell in row] for row in rows]
    depth = (len(rows[0]) - 8) // domains
    needs = [
        tuple(tuple(int(n) for n in row[8 + d * depth : 8 + (d + 1) * depth]) for d in range(domains))
        for row in numbers
    ]
    return Technicians(
        name=f"{tasks.stem} {first_tasks}",
        places=tuple((row[1], row[2]) for row in numbers),
        ready=tuple(int(row[4]) for row in numbers),
        due=tuple(int(row[5]) for row in numbers),
        minutes=tuple(int(row[6]) for row in numbers),
        price=tuple(int(row[7]) for row in numbers),
        needs=tuple(needs),
        levels=levels,
    )


def _levels(path: Path) -> tuple[tuple[int, ...], ...]:
    lines = path.read_text("ascii").splitlines()
    count = int(lines[1].split(":")[1])
    rows = [line.split() for line in lines[3:] if line.strip() and line.split()[0].isdigit()]
    return tuple(tuple(int(cell) for cell in row[1:]) for row in rows[:count])


def score(instance: Technicians, teams: list[tuple[int, ...]], routes: Routes) -> float:
    """Length of all routes plus the price of the tasks not done; the less the better.

    Raises
    ------
    RuleBrokenError
        When a rule is broken.
    """
    people = [t for team in teams for t in team]
    stops = [task for route in routes for task in route]
    if len(set(people)) != len(people) or len(set(stops)) != len(stops) or len(teams) != len(routes) or 0 in stops:
        raise RuleBrokenError("each technician in one team, each task at most once, the depot is no task")
    length = 0.0
    for team, route in zip(teams, routes, strict=True):
        length += _drive(instance, team, route)
    return length + sum(price for task, price in enumerate(instance.price) if task and task not in stops)


def _drive(instance: Technicians, team: tuple[int, ...], route: list[int]) -> float:
    at, here = float(instance.ready[0]), 0
    for task in route:
        at = max(at + instance.distance(here, task), float(instance.ready[task]))
        if at > instance.due[task] + LATE:
            raise RuleBrokenError(f"task {task + 1} is reached too late")
        if not instance.serves(team, task):
            raise RuleBrokenError(f"the team lacks what task {task + 1} needs")
        at, here = at + instance.minutes[task], task
    if at + instance.distance(here, 0) > instance.due[0] + LATE:
        raise RuleBrokenError("a team is back too late")
    return sum(instance.distance(a, b) for a, b in pairwise([0, *route, 0])) if route else 0.0


def read_solution(path: Path) -> tuple[list[tuple[int, ...]], Routes]:
    """Teams and routes of a solution file of the set."""
    arcs, members, _ = path.read_text("ascii").split("---")
    follows: dict[tuple[int, int], list[int]] = {}
    for line in arcs.split():
        start, end, _, team = (int(cell) for cell in line.split(";"))
        follows.setdefault((team, start), []).append(end)
    teams: dict[int, list[int]] = {}
    for line in members.split():
        technician, _, team = (int(cell) for cell in line.split(";"))
        teams.setdefault(team, []).append(technician - 1)
    made, routes = [], []
    for team in sorted(teams):
        for first in follows.get((team, 1), []):
            route, at = [], first
            while at != 1:
                route.append(at - 1)
                at = follows[team, at][0]
            made.append(tuple(teams[team]))
            routes.append(route)
    return made, routes


def routing_problem(instance: Technicians, teams: list[tuple[int, ...]]) -> RoutingProblem:
    """The instance with given teams as vehicles, for engines that cannot form them. Job = task row - 1."""
    count = len(instance.places)
    # Rounded up, so that what an engine of whole numbers finds in time is in time.
    table = [[-int(-instance.distance(a, b) * PARTS // 1) for b in range(count)] for a in range(count)]
    travel = np.array(table, dtype=np.int64)
    dearest = max(instance.price)
    return RoutingProblem(
        travel=travel,
        cost=travel,
        pays_travel=True,
        jobs=tuple(
            Job(
                place=task,
                minutes=PARTS * instance.minutes[task],
                prize=PARTS * instance.price[task],
                priority=100 * instance.price[task] // dearest,
                windows=(((PARTS * instance.ready[task], PARTS * instance.due[task]),),),
            )
            for task in range(1, count)
        ),
        vehicles=tuple(
            Vehicle(
                day=0,
                base=0,
                opens=PARTS * instance.ready[0],
                closes=PARTS * instance.due[0],
                longest=PARTS * (instance.due[0] - instance.ready[0]),
                most=count - 1,
                able=frozenset(task - 1 for task in range(1, count) if instance.serves(team, task)),
            )
            for team in teams
        ),
    )
