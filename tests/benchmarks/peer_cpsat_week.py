"""One monolithic CP-SAT model of a team week: who goes with whom, when, where, and all desk work, at once.

Each day has slots for outings. Shifts join slots in pairs, in one session or for a long outing beside an early or a
late break; calls join slots. Left out, and so not to be had here: a break on the road, entries made on a later day,
crews of three. Within a slot the order is a yes or no for each two calls. By itself it finds next
to nothing in time; so it starts from a roster made by insertion, with pairs in list order.
"""

from __future__ import annotations

from benchmarks.cores import CORES
from benchmarks.cpsat_outings import OutingsModel
from benchmarks.cpsat_start import first_roster
from benchmarks.week_assembly import Plan
from benchmarks.week_outings import BAND_RATIO, Room, Trip, call_weight
from benchmarks.week_trips import common, desk_shifts
from ortools.sat.python import cp_model

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.eligibility import may_do_desk, may_write_up
from offender_mgmt.solver.timetable import Outing, Timetable

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
SECONDS_TO_COMPLETE = 10.0
"""For the values that follow from the first roster."""


def solve_week(instance: Instance, seconds: float, seed: int) -> tuple[Plan, dict[int, int]]:
    """Trips with calls, and the shift of each desk task done."""
    model = _Week(instance)
    model.start_from(first_roster(instance))
    solver = _solver(seconds, seed)
    if solver.solve(model.model) not in FOUND:
        return [], {}
    return model.plan(solver), model.desk(solver)


def _solver(seconds: float, seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = CORES
    solver.parameters.random_seed = seed
    return solver


class _Week(OutingsModel):
    """The outings, all desk work, and the objective."""

    def __init__(self, instance: Instance) -> None:
        super().__init__(instance)
        self.done_desk = self._desk()
        self._one_visit_each()
        for s, shift in enumerate(instance.shifts):
            self.model.add(sum(self.load[s]) <= shift.free_minutes)
        self._objective()

    def _desk(self) -> dict[tuple[int, int], cp_model.IntVar]:
        """All desk work by task and shift; a write-up on a later day, by one of the crew, if its interview is made."""
        model, instance = self.model, self.instance
        made: dict[tuple[int, int], cp_model.IntVar] = {}
        for desk in instance.desk:
            able = [
                s
                for s, shift in enumerate(instance.shifts)
                if shift.day >= desk.first_day and may_do_desk(desk, shift.officer, instance.officers)
            ]
            for s in able:
                made[desk.task, s] = model.new_bool_var("")
                self.load[s].append(desk.minutes * made[desk.task, s])
            model.add(sum(made[desk.task, s] for s in able) <= 1)
        for number, write_up in enumerate(instance.write_ups):
            interviews = [
                (slot, x) for slot in self.slots for c, x in slot.calls.items() if instance.calls[c].write_up == number
            ]
            written = []
            for s, shift in enumerate(instance.shifts):
                if not may_write_up(write_up, instance.officers[shift.officer]):
                    continue
                literal = made[write_up.task, s] = model.new_bool_var("")
                written.append(literal)
                self.load[s].append(write_up.minutes * literal)
                for slot, interview in interviews:
                    went = [m for (t, _), m in slot.members.items() if instance.shifts[t].officer == shift.officer]
                    model.add(literal + interview <= 1 + (sum(went) if slot.day < shift.day else 0))
            model.add(sum(written) == sum(x for _, x in interviews))
        return made

    def _one_visit_each(self) -> None:
        by_nominal: dict[int, list[cp_model.IntVar]] = {}
        for slot in self.slots:
            for number, literal in slot.calls.items():
                by_nominal.setdefault(self.instance.calls[number].nominal, []).append(literal)
        for literals in by_nominal.values():
            self.model.add_at_most_one(literals)

    def _objective(self) -> None:
        instance = self.instance
        visits = [call_weight(instance, instance.calls[c]) * x for slot in self.slots for c, x in slot.calls.items()]
        desk = [
            instance.points[task] * BAND_RATIO ** (instance.bands - 1 - instance.band[task]) * literal
            for (task, _), literal in self.done_desk.items()
        ]
        self.model.maximize(sum(visits) + sum(desk))

    def start_from(self, first: Timetable) -> None:
        """Hint at a roster: what it decides is fixed once, and what follows from it becomes part of the hint."""
        for variable, value in self._decided(first).items():
            self.model.add_hint(variable, value)
        solver = _solver(SECONDS_TO_COMPLETE, 1)
        solver.parameters.fix_variables_to_their_hinted_value = True
        found = solver.solve(self.model) in FOUND
        self.model.clear_hints()
        if found:
            for index, value in enumerate(solver.response_proto.solution):
                self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def _decided(self, first: Timetable) -> dict[cp_model.IntVar, int]:
        """Crews, calls, times of the visits and desk work of a roster, as values of the model's variables."""
        values = {v: 0 for slot in self.slots for v in (slot.used, *slot.members.values(), *slot.calls.values())}
        values.update(dict.fromkeys(self.done_desk.values(), 0))
        free = list(self.slots)
        for outing in first.outings:
            slot = next(s for s in free if s.day == self.instance.shifts[outing.shifts[0]].day)
            free.remove(slot)
            values.update({slot.used: 1, slot.leave: outing.leave, slot.back: outing.back})
            values.update({slot.members[self._way(s, outing)]: 1 for s in outing.shifts})
            for stop in outing.stops:
                values.update({slot.calls[stop.call]: 1, self.starts[stop.call]: stop.span[0]})
        for task, shift in desk_shifts(self.instance, first).items():
            if (task, shift) in self.done_desk:
                values[self.done_desk[task, shift]] = 1
        return values

    def _way(self, s: int, outing: Outing) -> tuple[int, int]:
        """How a shift goes out on an outing."""
        pause, busy = outing.breaks[outing.shifts.index(s)], outing.busy()
        ways = enumerate(self.options[s])
        return s, next(o for o, (span, at, _) in ways if at == pause and span[0] <= busy[0] and busy[1] <= span[1])

    def plan(self, solver: cp_model.CpSolver) -> Plan:
        """The outings found, calls in order of time."""
        instance, plan = self.instance, []
        for slot in self.slots:
            calls = [c for c, literal in slot.calls.items() if solver.boolean_value(literal)]
            chosen = [key for key, member in slot.members.items() if solver.boolean_value(member)]
            if not calls:
                continue
            chosen.sort(key=lambda key: instance.shifts[key[0]].officer)
            ways = [self.options[s][option] for s, option in chosen]
            span = common([way[0] for way in ways])
            assert span is not None
            room = Room(span, tuple(way[1] for way in ways))
            shifts = tuple(s for s, _ in chosen)
            crew = tuple(instance.shifts[s].officer for s in shifts)
            trip = Trip(crew, shifts, slot.day, (room,), len(calls), span[1] - span[0])
            plan.append((trip, sorted(calls, key=lambda c: solver.value(self.starts[c]))))
        return plan

    def desk(self, solver: cp_model.CpSolver) -> dict[int, int]:
        """Shift of each desk task done."""
        return {task: s for (task, s), literal in self.done_desk.items() if solver.boolean_value(literal)}
