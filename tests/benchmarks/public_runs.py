"""Every engine on public instances that nobody here wrote, beside the best known values that lie with them."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import public_points, public_strsp
from benchmarks.engines import Engine, run_engine
from benchmarks.routing_problem import BoundedRoutes, Routes, RoutingProblem
from benchmarks.routing_repair import repaired

SHARED = Path(os.environ.get("OFFENDER_MGMT_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FOLDER = SHARED / "benchmarks"
"""Beside the checkout; the instances are not ours to copy into it."""
HEADER = ("instance", "tours", "engine", "value", "bound", "best known", "gap", "seconds", "MiB", "dropped")
FAMILIES = ("toptw", "mctopmtw", "strsp")
SOLOMON_SETS = ("c1", "r1", "rc1", "c2", "r2", "rc2")
MOST_TOURS = 4
MCTOPMTW = ("MCTOPMTW-1-r103", "MCTOPMTW-2-c104", "MCTOPMTW-4-rc101")
STRSP = (("C201_5x4_noTeam", 25), ("RC101_5x4_noTeam", 50))
PUBLISHED = "C201_6x6_Team"
TASKS, PEOPLE = 50, "C2/technicians_6x6_Team_short.txt"


@dataclass(frozen=True, slots=True)
class Public:
    """A public instance as everybody gets it, and the scorer of its own family.

    Parameters
    ----------
    best
        Best known value; ``None`` where no table has one.
    sense
        1 where more is better, -1 where less is.
    prize
        Prize of one of value, for bounds; 0 where value is not won by prizes alone.
    """

    name: str
    tours: int
    problem: RoutingProblem
    score: Callable[[Routes], float]
    best: float | None
    sense: int
    prize: int = 0

    def is_of(self, families: Sequence[str]) -> bool:
        """Whether it is of one of some families of :data:`FAMILIES`."""
        return self.name.lower().startswith(tuple(families))

    def bound(self, answer: Routes) -> str:
        """What an answer proves in terms of value; a hyphen for nothing."""
        bound = answer.bound if isinstance(answer, BoundedRoutes) else None
        return "-" if bound is None or not self.prize else f"{bound / self.prize:.6g}"


def best_known(folder: Path) -> dict[tuple[str, str], float]:
    """Values to measure a gap against, by instance and variant."""
    with (folder / "best_known.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["instance"], row["variant"]): float(row["best_known"]) for row in rows if row["primary"] == "yes"}


def toptw(folder: Path, wanted: Sequence[tuple[str, int]]) -> Iterator[Public]:
    """Team orienteering with time windows."""
    known = best_known(folder / "toptw")
    for base, tours in wanted:
        instance = public_points.read_toptw(folder / "toptw" / "instances" / f"{base}.txt", tours)
        yield _points(f"toptw {base}", instance, known.get((base, f"m={tours}")))


def spread(folder: Path) -> Iterator[tuple[str, int]]:
    """One instance of each of Solomon's six sets for each number of tours, evenly spread over the set's list.

    A rule and no choice of ours: of n in a set, the one at n (2 m - 1) / 8 for m tours.
    """
    files = sorted(path.stem for path in (folder / "toptw" / "instances").glob("*.txt"))
    for tours in range(1, MOST_TOURS + 1):
        for name in SOLOMON_SETS:
            bases = [base for base in files if base[:-2] == name]
            yield bases[len(bases) * (2 * tours - 1) // (2 * MOST_TOURS)], tours


def mctopmtw(folder: Path, wanted: Sequence[str]) -> Iterator[Public]:
    """The same with a budget, limits by type, and windows that differ from tour to tour."""
    known = best_known(folder / "mctopmtw")
    for name in wanted:
        instance = public_points.read_mctopmtw(folder / "mctopmtw" / "instances" / f"{name}.txt")
        yield _points(name, instance, known.get((name, f"m={instance.tours}")))


def _points(name: str, instance: public_points.PointInstance, best: float | None) -> Public:
    def score(routes: Routes) -> float:
        return public_points.score(instance, public_points.points_of(routes))

    return Public(
        name, instance.tours, public_points.routing_problem(instance), score, best, 1, public_points.prize_of(instance)
    )


def strsp(folder: Path, wanted: Sequence[tuple[str, int]]) -> Iterator[Public]:
    """Technicians who go alone; the version with teams needs engines that form them."""
    for base, tasks in wanted:
        files = folder / "strsp_kovacs" / "tasks_noTeam", folder / "strsp_kovacs" / "technicians_noTeam"
        instance = public_strsp.read_technicians(files[0] / f"{base}.txt", files[1] / f"technicians_{base}.txt", tasks)
        yield _technicians(instance.name, instance, [(one,) for one in range(len(instance.levels))], None)


def strsp_with_teams(folder: Path) -> Iterator[Public]:
    """The one instance with a published solution: its teams as vehicles, its cost as the value to reach."""
    strsp = folder / "strsp_kovacs"
    tasks, people = strsp / "tasks_Team" / f"{PUBLISHED}.txt", strsp / "techniciansReduced_Team" / PEOPLE
    instance = public_strsp.read_technicians(tasks, people, TASKS)
    for solution in sorted((strsp / "example_solutions").iterdir()):
        teams, routes = public_strsp.read_solution(solution)
        best = public_strsp.score(instance, teams, routes)
        yield _technicians(f"{instance.name}, published teams", instance, teams, best)


def _technicians(
    name: str, instance: public_strsp.Technicians, teams: list[tuple[int, ...]], best: float | None
) -> Public:
    def score(routes: Routes) -> float:
        return public_strsp.score(instance, teams, public_points.points_of(routes))

    problem = public_strsp.routing_problem(instance, teams)
    return Public(f"strsp {name}", len(teams), problem, score, best, -1)


def every(folder: Path) -> Iterator[Public]:
    """All that lies there and has a best known value, then the technicians."""
    known = best_known(folder / "toptw")
    yield from toptw(folder, [(base, int(variant.removeprefix("m="))) for base, variant in sorted(known)])
    yield from mctopmtw(folder, sorted(path.stem for path in (folder / "mctopmtw" / "instances").glob("*.txt")))
    bases = sorted(path.stem for path in (folder / "strsp_kovacs" / "tasks_noTeam").glob("*.txt"))
    yield from strsp(folder, [(base, tasks) for base in bases for tasks in (25, 50, 100)])
    yield from strsp_with_teams(folder)


def chosen(folder: Path) -> Iterator[Public]:
    """The instances of the page: some of each family, small and large, with narrow and wide windows."""
    yield from toptw(folder, spread(folder))
    yield from mctopmtw(folder, MCTOPMTW)
    yield from strsp(folder, STRSP)
    yield from strsp_with_teams(folder)


def public_rows(public: Public, seconds: float, engines: Iterable[Engine]) -> Iterator[list[object]]:
    """One row for each of some engines that is installed."""
    for engine in engines:
        if not engine.version:
            continue
        outcome = run_engine(engine, public.problem, seconds)
        times = f"{outcome.seconds:.1f}", outcome.mib
        best = "-" if public.best is None else f"{public.best:.6g}"
        if outcome.answer is None:
            yield [public.name, public.tours, engine.name, outcome.fault, "-", best, "-", *times, "-"]
            continue
        routes, dropped = repaired(public.problem, outcome.answer)
        value = public.score(routes)
        gap = "-" if public.best is None else f"{100 * public.sense * (public.best - value) / public.best:.1f} %"
        yield [
            public.name,
            public.tours,
            engine.name,
            f"{value:.6g}",
            public.bound(outcome.answer),
            best,
            gap,
            *times,
            dropped,
        ]
