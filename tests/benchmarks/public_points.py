"""Public orienteering instances: TOPTW and MCTOPMTW, read and scored exactly as their README says, in whole numbers.

Times are in tenths (c, r, rc) or hundredths (pr), because distances are cut off there. A file that does not fit into
that is refused, never rounded.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from pathlib import Path

import numpy as np
import numpy.typing as npt
from benchmarks.routing_problem import Job, Routes, RoutingProblem, Vehicle, Window

TYPES = 10


class RuleBrokenError(Exception):
    """The routes break a rule of the instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointInstance:
    """Points to visit in ``tours`` tours. Point 0 is start and end; routes name points by their place in the file.

    Parameters
    ----------
    windows
        Per point and tour: when the visit may start.
    loads, limits
        Per point what it uses of each limit, and the most over all tours together.
    """

    name: str
    tours: int
    travel: npt.NDArray[np.int64]
    minutes: tuple[int, ...]
    profit: tuple[int, ...]
    windows: tuple[tuple[tuple[Window, ...], ...], ...]
    opens: int
    closes: int
    loads: tuple[tuple[int, ...], ...]
    limits: tuple[int, ...]


def scale_of(base: str) -> int:
    """Parts of a unit of time that are kept: tenths, or hundredths for the instances of Cordeau."""
    return 100 if base.startswith("pr") else 10


def whole(text: str, scale: int) -> int:
    """A number of the file in parts of a unit."""
    value = Fraction(text) * scale
    if value.denominator != 1:
        raise ValueError(f"{text} is no whole number of parts of 1/{scale}")
    return value.numerator


def cut_distances(places: Sequence[tuple[str, str]], scale: int) -> npt.NDArray[np.int64]:
    """Euclidean distances cut off (not rounded) after the last decimal that is kept."""
    exact = [(Fraction(x), Fraction(y)) for x, y in places]
    unit = lcm(*(number.denominator for point in exact for number in point))
    points = [(int(x * unit), int(y * unit)) for x, y in exact]
    table = np.zeros((len(points), len(points)), dtype=np.int64)
    for i, (ax, ay) in enumerate(points):
        for j, (bx, by) in enumerate(points[:i]):
            square = ((ax - bx) ** 2 + (ay - by) ** 2) * scale * scale
            table[i, j] = table[j, i] = isqrt(square // (unit * unit))
    return table


def read_toptw(path: Path, tours: int) -> PointInstance:
    """An instance of TOPTW for a number of tours."""
    base = path.stem
    scale = scale_of(base)
    rows = [line.split() for line in path.read_text("ascii").splitlines()[2:] if line.strip()]
    opens, closes = whole(rows[0][-2], scale), whole(rows[0][-1], scale)
    windows = [((whole(row[-2], scale), whole(row[-1], scale)),) for row in rows]
    return PointInstance(
        name=base,
        tours=tours,
        travel=cut_distances([(row[1], row[2]) for row in rows], scale),
        minutes=tuple(whole(row[3], scale) for row in rows),
        profit=tuple(whole(row[4], 1) for row in rows),
        windows=tuple((window,) * tours for window in windows),
        opens=opens,
        closes=closes,
        loads=((),) * len(rows),
        limits=(),
    )


def read_mctopmtw(path: Path) -> PointInstance:
    """An instance of MCTOPMTW; points are numbered from 1 in the order of the file."""
    scale = scale_of(path.stem.split("-")[-1])
    head, depot, *rows = (line.split() for line in path.read_text("ascii").splitlines() if line.strip())
    tours = int(head[0])
    return PointInstance(
        name=path.stem,
        tours=tours,
        travel=cut_distances([(row[1], row[2]) for row in (depot, *rows)], scale),
        minutes=tuple(whole(row[3], scale) for row in (depot, *rows)),
        profit=tuple(whole(row[4], 1) for row in (depot, *rows)),
        windows=(((),) * tours, *(_open_windows(row, tours, scale) for row in rows)),
        opens=whole(depot[5], scale),
        closes=whole(depot[6], scale),
        loads=((0,) * (TYPES + 1), *(tuple(whole(cell, 1) for cell in row[11 : 12 + TYPES]) for row in rows)),
        limits=tuple(whole(cell, 1) for cell in head[2:]),
    )


def _open_windows(row: Sequence[str], tours: int, scale: int) -> tuple[tuple[Window, ...], ...]:
    """Of four adjoining windows, the first and third are open in every other tour, the rest in the others."""
    edges = [whole(cell, scale) for cell in row[5:10]]
    all_four = list(itertools.pairwise(edges))
    first_and_third_when = 1 if row[10] == "1" else 0
    return tuple(tuple(all_four[(tour % 2 != first_and_third_when) :: 2]) for tour in range(1, tours + 1))


def score(instance: PointInstance, routes: Routes) -> int:
    """Profit of some routes, one for each tour, after every rule was looked at.

    Raises
    ------
    RuleBrokenError
        When a rule is broken.
    """
    stops = [point for route in routes for point in route]
    if len(routes) != instance.tours or len(set(stops)) != len(stops) or 0 in stops:
        raise RuleBrokenError("each tour once, each point at most once, the start is no visit")
    for tour, route in enumerate(routes):
        at, here = instance.opens, 0
        for point in route:
            arrive = at + int(instance.travel[here, point])
            starts = [max(arrive, opens) for opens, closes in instance.windows[point][tour] if arrive <= closes]
            if not starts:
                raise RuleBrokenError(f"point {point} is reached too late")
            at, here = min(starts) + instance.minutes[point], point
        if at + int(instance.travel[here, 0]) > instance.closes:
            raise RuleBrokenError(f"tour {tour + 1} is back too late")
    for k, most in enumerate(instance.limits):
        if sum(instance.loads[point][k] for point in stops) > most:
            raise RuleBrokenError(f"limit {k} is passed")
    return sum(instance.profit[point] for point in stops)


def prize_of(instance: PointInstance) -> int:
    """Prize of one of profit: more than the longest detour."""
    return 2 * int(instance.travel.max()) + 1


def routing_problem(instance: PointInstance) -> RoutingProblem:
    """The instance as every engine gets it: no visit is worth less than the longest detour. Job = point - 1.

    Tours that are alike stand on one day; where windows differ from tour to tour, each has a day of its own.
    """
    alike = all(len(set(of_tours)) == 1 for of_tours in instance.windows[1:])
    points = range(1, len(instance.profit))
    unit = prize_of(instance)
    priority = max(1, -(-max(instance.profit) // 100))
    return RoutingProblem(
        travel=instance.travel,
        cost=instance.travel,
        jobs=tuple(
            Job(
                place=p,
                minutes=instance.minutes[p],
                prize=unit * instance.profit[p],
                priority=instance.profit[p] // priority,
                windows=instance.windows[p][:1] if alike else instance.windows[p],
                loads=instance.loads[p],
            )
            for p in points
        ),
        vehicles=tuple(
            Vehicle(
                day=0 if alike else tour,
                base=0,
                opens=instance.opens,
                closes=instance.closes,
                longest=instance.closes - instance.opens,
                most=len(points),
                able=frozenset(range(len(points))),
            )
            for tour in range(instance.tours)
        ),
        limits=instance.limits,
    )


def points_of(routes: Routes) -> Routes:
    """Jobs back to points."""
    return [[job + 1 for job in route] for route in routes]


def checked_solutions(folder: Path) -> Iterator[tuple[PointInstance, int, Routes]]:
    """Solutions that lie beside the TOPTW instances, with the score stated."""
    for row in json.loads((folder / "checked_solutions.json").read_text("ascii")):
        routes = [*row["routes"], *([] for _ in range(row["m"] - len(row["routes"])))]
        yield read_toptw(folder / "instances" / f"{row['instance']}.txt", row["m"]), row["score"], routes
