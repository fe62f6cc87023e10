"""One monolithic CP-SAT model of a team week: who goes with whom, when, where, and all desk work, at once.

Each day has slots for outings. Shifts join slots in pairs, in one session or for a long outing beside an early or a
late break; calls join slots. Left out, and so not to be had here: a break on the road, entries made on a later day,
crews of three. Within a slot the order is a yes or no for each two calls. Starts from the empty roster.
"""

from __future__ import annotations

from benchmarks.cpsat_outings import OutingsModel, Slot
from benchmarks.week_assembly import Plan
from benchmarks.week_outings import BAND_RATIO, Room, Trip, call_weight
from benchmarks.week_trips import common
from ortools.sat.python import cp_model

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.eligibility import may_do_desk, may_write_up

WORKERS = 2


def solve_week(instance: Instance, seconds: float, seed: int) -> tuple[Plan, dict[int, int]]:
    """Trips with calls, and the shift of each desk task done."""
    model = _Week(instance)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = seed
    if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [], {}
    return model.plan(solver), model.desk(solver)


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
        for variable in (*self.done_desk.values(), *(v for slot in self.slots for v in self._literals(slot))):
            self.model.add_hint(variable, 0)

    def _literals(self, slot: Slot) -> list[cp_model.IntVar]:
        return [slot.used, *slot.members.values(), *slot.calls.values()]

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
