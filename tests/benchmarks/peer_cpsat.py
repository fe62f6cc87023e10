"""One monolithic CP-SAT model of a routing problem: a circuit for each vehicle, times, windows, limits.

By itself it finds no solution of a hundred points in a minute; so it starts from one made by insertion.
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.cores import CORES
from benchmarks.insertion import insertion
from benchmarks.routing_problem import Routes, RoutingProblem, Vehicle, alternatives, earliest_starts, latest_leaving
from ortools.sat.python import cp_model


def solve(problem: RoutingProblem, seconds: float, seed: int) -> Routes:
    """The best routes of the model in the time, a worker on each core."""
    model = _Model(problem)
    start = insertion(problem)
    model.hint(start)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = CORES
    solver.parameters.random_seed = seed
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start  # the time was over before the search began
    return model.routes(solver)


class _Model:
    def __init__(self, problem: RoutingProblem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.options = alternatives(problem)
        self.arcs: list[dict[tuple[int, int], cp_model.IntVar]] = []
        self.visits: list[tuple[dict[int, cp_model.IntVar], cp_model.IntVar]] = []
        self.times: list[tuple[cp_model.IntVar, cp_model.IntVar, dict[int, cp_model.IntVar], dict[int, int]]] = []
        self.done = [self.model.new_bool_var("") for _ in problem.jobs]
        visited: list[list[cp_model.IntVar]] = [[] for _ in problem.jobs]
        terms = [job.prize * done for job, done in zip(problem.jobs, self.done, strict=True)]
        for vehicle in problem.vehicles:
            terms += self._vehicle(vehicle, visited)
        for done, by in zip(self.done, visited, strict=True):
            self.model.add(sum(by) == done)
        for k, most in enumerate(problem.limits):
            self.model.add(sum(job.loads[k] * done for job, done in zip(problem.jobs, self.done, strict=True)) <= most)
        self.model.maximize(sum(terms))

    def _vehicle(self, vehicle: Vehicle, visited: list[list[cp_model.IntVar]]) -> list[cp_model.LinearExpr]:
        """One circuit through the base (node 0) and the alternatives the vehicle may visit."""
        model, problem = self.model, self.problem
        pause = vehicle.pause[0] if vehicle.pause else 0
        closes, longest = vehicle.closes - pause, vehicle.longest - pause
        leave, back = (model.new_int_var(vehicle.opens, max(vehicle.opens, closes), "") for _ in range(2))
        model.add(back - leave <= longest)
        reach = {n: self._reach(vehicle, n, closes) for n, option in enumerate(self.options) if option.suits(vehicle)}
        reach = {n: (early, late) for n, (early, late) in reach.items() if early <= late}
        nodes = {n: model.new_int_var(early, late, "") for n, (early, late) in reach.items()}
        here = {number: model.new_bool_var("") for number in nodes}
        idle = model.new_bool_var("")
        arcs: dict[tuple[int, int], cp_model.IntVar] = {}
        circuit = [(0, 0, idle), *((n + 1, n + 1, here[n].negated()) for n in nodes)]
        for a, start in nodes.items():
            job = problem.jobs[self.options[a].job]
            arcs[-1, a], arcs[a, -1] = model.new_bool_var(""), model.new_bool_var("")
            model.add(start >= leave + int(problem.travel[vehicle.base, job.place])).only_enforce_if(arcs[-1, a])
            home = job.minutes + int(problem.travel[job.place, vehicle.base])
            model.add(back >= start + home).only_enforce_if(arcs[a, -1])
            for b, after in nodes.items():
                other = problem.jobs[self.options[b].job]
                gap = job.minutes + int(problem.travel[job.place, other.place])
                if self.options[b].job != self.options[a].job and reach[a][0] + gap <= reach[b][1]:
                    arcs[a, b] = model.new_bool_var("")
                    model.add(after >= start + gap).only_enforce_if(arcs[a, b])
        circuit += [(a + 1, b + 1, literal) for (a, b), literal in arcs.items()]
        model.add_circuit(circuit)
        for number, literal in here.items():
            visited[self.options[number].job].append(literal)
            model.add_implication(literal, idle.negated())
        model.add(sum(here.values()) <= vehicle.most)
        self.arcs.append(arcs)
        self.visits.append((here, idle))
        self.times.append((leave, back, nodes, {n: early for n, (early, _) in reach.items()}))
        places = {number: problem.jobs[self.options[number].job].place for number in nodes} | {-1: vehicle.base}
        return [-int(problem.cost[places[a], places[b]]) * literal for (a, b), literal in arcs.items()]

    def _reach(self, vehicle: Vehicle, number: int, closes: int) -> tuple[int, int]:
        """Earliest and latest start of an alternative that this vehicle can keep."""
        option = self.options[number]
        job, travel = self.problem.jobs[option.job], self.problem.travel
        early = max(option.window[0], vehicle.opens + int(travel[vehicle.base, job.place]))
        return early, min(option.window[1], closes - job.minutes - int(travel[job.place, vehicle.base]))

    def hint(self, routes: Routes) -> None:
        """Start from some routes."""
        model, done = self.model, {j for route in routes for j in route}
        for job, literal in enumerate(self.done):
            model.add_hint(literal, job in done)
        for vehicle, route in enumerate(routes):
            (here, idle), arcs = self.visits[vehicle], self.arcs[vehicle]
            left, at = self._drive(self.problem.vehicles[vehicle], route)
            numbers = [self._at(here, j, t) for j, t in zip(route, at, strict=True)]
            used = set(zip([-1, *numbers], [*numbers, -1], strict=True)) if route else set()
            model.add_hint(idle, not route)
            self._hint_times(vehicle, left, dict(zip(numbers, at, strict=True)))
            for number, literal in here.items():
                model.add_hint(literal, number in numbers)
            for arc, literal in arcs.items():
                model.add_hint(literal, arc in used)

    def _drive(self, vehicle: Vehicle, route: list[int]) -> tuple[int, list[int]]:
        """Leaving and the start of each job."""
        left = latest_leaving(self.problem, vehicle, route) if route else vehicle.opens
        assert left is not None
        return left, earliest_starts(self.problem, vehicle, route, left) or []

    def _at(self, here: Iterable[int], job: int, start: int) -> int:
        """The alternative of a job that holds a start."""
        options = ((n, self.options[n]) for n in here)
        return next(n for n, o in options if o.job == job and o.window[0] <= start <= o.window[1])

    def _hint_times(self, vehicle: int, left: int, times: dict[int, int]) -> None:
        leave, back, starts, lows = self.times[vehicle]
        home = max([left, *(t + self._home(self.problem.vehicles[vehicle], n) for n, t in times.items())])
        self.model.add_hint(leave, left)
        self.model.add_hint(back, home)
        for n, start in starts.items():
            self.model.add_hint(start, times.get(n, lows[n]))

    def _home(self, vehicle: Vehicle, number: int) -> int:
        """Time from the start of an alternative until the vehicle is back from there."""
        job = self.problem.jobs[self.options[number].job]
        return job.minutes + int(self.problem.travel[job.place, vehicle.base])

    def routes(self, solver: cp_model.CpSolver) -> Routes:
        """Jobs of each vehicle in order."""
        routes: Routes = []
        for arcs in self.arcs:
            follows = {a: b for (a, b), literal in arcs.items() if solver.boolean_value(literal)}
            at, route = follows.get(-1, -1), []
            while at >= 0:
                route.append(self.options[at].job)
                at = follows[at]
            routes.append(route)
        return routes
