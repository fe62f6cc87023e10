"""OR-Tools' routing library on a routing problem: guided local search, a penalty for each job left out.

A job with several windows is several nodes of which at most one is visited. A break on the road is a break interval;
limits over all vehicles together are a sum over the nodes visited.
"""

from __future__ import annotations

from benchmarks.routing_problem import Alternative, Routes, RoutingProblem, Vehicle, alternatives, by_job
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

FIRST = (
    routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION,
    routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC,
)


def solve(problem: RoutingProblem, seconds: float, seed: int) -> Routes:
    """The best routes of the library in the time; the seed chooses the first solution's strategy."""
    options = alternatives(problem)
    if not options or not problem.vehicles:
        return [[] for _ in problem.vehicles]
    model = _Model(problem, options)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = FIRST[seed % len(FIRST)]
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(1000 * seconds))
    return model.routes(model.routing.SolveWithParameters(parameters))


class _Model:
    """Nodes: one for each base a vehicle starts from, then one for each alternative."""

    def __init__(self, problem: RoutingProblem, options: list[Alternative]) -> None:
        self.problem, self.options = problem, options
        bases = sorted({vehicle.base for vehicle in problem.vehicles})
        self.first = len(bases)
        self.places = [*bases, *(problem.jobs[option.job].place for option in options)]
        self.minutes = [*(0 for _ in bases), *(problem.jobs[option.job].minutes for option in options)]
        starts = [bases.index(vehicle.base) for vehicle in problem.vehicles]
        self.manager = pywrapcp.RoutingIndexManager(len(self.places), len(starts), starts, starts)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._cost()
        self._time()
        self._jobs()
        self._limits()

    def _cost(self) -> None:
        cost = self.problem.cost
        places = self.places
        table = [[0 if a == b else int(cost[a, b]) for b in places] for a in places]
        self.routing.SetArcCostEvaluatorOfAllVehicles(self.routing.RegisterTransitMatrix(table))

    def _time(self) -> None:
        travel = self.problem.travel
        places = self.places
        table = [[self.minutes[i] + (0 if a == b else int(travel[a, b])) for b in places] for i, a in enumerate(places)]
        self.horizon = max(vehicle.closes for vehicle in self.problem.vehicles)
        transit = self.routing.RegisterTransitMatrix(table)
        self.routing.AddDimension(transit, self.horizon, self.horizon, False, "time")
        time = self.routing.GetDimensionOrDie("time")
        for number, vehicle in enumerate(self.problem.vehicles):
            for index in (self.routing.Start(number), self.routing.End(number)):
                time.CumulVar(index).SetRange(vehicle.opens, vehicle.closes)
            time.SetSpanUpperBoundForVehicle(min(vehicle.longest, vehicle.closes - vehicle.opens), number)
            if vehicle.pause:
                self._pause(time, number, vehicle)
        one = self.routing.RegisterUnaryTransitVector([*[0] * self.first, *[1] * len(self.options)])
        most = [min(vehicle.most, len(self.options)) for vehicle in self.problem.vehicles]
        self.routing.AddDimensionWithVehicleCapacity(one, 0, most, True, "jobs")

    def _pause(self, time: pywrapcp.RoutingDimension, number: int, vehicle: Vehicle) -> None:
        assert vehicle.pause is not None
        minutes, begin, end = vehicle.pause
        solver = self.routing.solver()
        pause = solver.FixedDurationIntervalVar(begin, end - minutes, minutes, False, f"pause {number}")
        visits = [0] * self.routing.Size()
        for node in range(self.first, len(self.places)):
            visits[self.manager.NodeToIndex(node)] = self.minutes[node]
        time.SetBreakIntervalsOfVehicle([pause], number, visits)

    def _jobs(self) -> None:
        time = self.routing.GetDimensionOrDie("time")
        for number, option in enumerate(self.options):
            index = self.manager.NodeToIndex(self.first + number)
            time.CumulVar(index).SetRange(option.window[0], min(option.window[1], self.horizon))
            able = [v for v, vehicle in enumerate(self.problem.vehicles) if option.suits(vehicle)]
            self.routing.VehicleVar(index).SetValues([-1, *able])
        for job, numbers in by_job(self.options).items():
            nodes = [self.manager.NodeToIndex(self.first + number) for number in numbers]
            self.routing.AddDisjunction(nodes, self.problem.jobs[job].prize)

    def _limits(self) -> None:
        solver = self.routing.solver()
        for k, most in enumerate(self.problem.limits):
            used = []
            for number, option in enumerate(self.options):
                load = self.problem.jobs[option.job].loads[k]
                if load:
                    used.append(self.routing.ActiveVar(self.manager.NodeToIndex(self.first + number)) * load)
            if used:
                solver.Add(solver.Sum(used) <= most)

    def routes(self, solution: pywrapcp.Assignment | None) -> Routes:
        """Jobs of each vehicle in order."""
        routes: Routes = [[] for _ in self.problem.vehicles]
        if solution is None:
            return routes
        for number in range(len(routes)):
            index = self.routing.Start(number)
            while not self.routing.IsEnd(index):
                node = self.manager.IndexToNode(index)
                if node >= self.first:
                    routes[number].append(self.options[node - self.first].job)
                index = solution.Value(self.routing.NextVar(index))
        return routes
