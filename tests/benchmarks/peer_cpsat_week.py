"""One monolithic CP-SAT model of a team week: who goes with whom, when, where, and all desk work, at once.

Each day has slots for outings. Shifts join slots in pairs, in one session or for a long outing beside an early or a
late break; calls join slots. Left out, and so not to be had here: a break on the road, entries made on a later day,
crews of three. Within a slot the order is a yes or no for each two calls. Starts from the empty roster.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from benchmarks.week_assembly import Plan
from benchmarks.week_outings import BAND_RATIO, Room, Trip, call_weight
from benchmarks.week_trips import CREW, common
from ortools.sat.python import cp_model

from offender_mgmt.instance.model import Instance, Span
from offender_mgmt.solver.eligibility import crew_may_call, crew_may_form, may_do_desk, may_write_up

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


class _Slot:
    """An outing that may be made on a day."""

    def __init__(self, model: cp_model.CpModel, day: int, span: Span) -> None:
        self.day = day
        self.used = model.new_bool_var("")
        self.leave, self.back = (model.new_int_var(span[0], span[1], "") for _ in range(2))
        self.members: dict[tuple[int, int], cp_model.IntVar] = {}
        self.calls: dict[int, cp_model.IntVar] = {}
        self.checks: cp_model.LinearExprT = 0
        self.entries: cp_model.LinearExprT = 0


class _Week:
    def __init__(self, instance: Instance) -> None:
        self.instance, self.model = instance, cp_model.CpModel()
        self.options = [list(self._options(s)) for s in range(len(instance.shifts))]
        self.starts = [self._start(number) for number in range(len(instance.calls))]
        self.slots = [slot for day in range(instance.days) for slot in self._slots_of(day)]
        self.load: list[list[cp_model.LinearExprT]] = [[] for _ in instance.shifts]
        for slot in self.slots:
            self._crew(slot)
            self._time(slot)
        self._sessions()
        self._orders()
        self.done_desk = self._desk()
        self._one_visit_each()
        for s, shift in enumerate(instance.shifts):
            self.model.add(sum(self.load[s]) <= shift.free_minutes)
        self._objective()

    def _options(self, s: int) -> Iterator[tuple[Span, Span | None, tuple[int, ...]]]:
        """Span, break and sessions taken of every way a shift can go out."""
        shift = self.instance.shifts[s]
        for number, span in enumerate(shift.sessions):
            yield span, shift.default_break, (number,)
        if shift.whole and shift.early_break and shift.late_break:
            everything = tuple(range(len(shift.sessions)))
            yield (max(shift.whole[0], shift.early_break[1]), shift.whole[1]), shift.early_break, everything
            yield (shift.whole[0], min(shift.whole[1], shift.late_break[0])), shift.late_break, everything

    def _start(self, number: int) -> cp_model.IntVar:
        call = self.instance.calls[number]
        spans = [(begin, end - call.minutes) for begin, end in call.spans]
        return self.model.new_int_var_from_domain(cp_model.Domain.from_intervals([list(s) for s in spans]), "")

    def _slots_of(self, day: int) -> Iterator[_Slot]:
        shifts = [s for s, shift in enumerate(self.instance.shifts) if shift.day == day]
        for _ in range(2 * (len(shifts) // CREW)):
            spans = [self.instance.shifts[s].span for s in shifts]
            slot = _Slot(self.model, day, (min(a for a, _ in spans), max(b for _, b in spans)))
            for s in shifts:
                for option in range(len(self.options[s])):
                    slot.members[s, option] = self.model.new_bool_var("")
            for number, call in enumerate(self.instance.calls):
                if call.crew_size == CREW and any(
                    common([span, slot_span]) for slot_span in spans for span in call.spans
                ):
                    slot.calls[number] = self.model.new_bool_var("")
            yield slot

    def _crew(self, slot: _Slot) -> None:
        """Two who may go together, and may make every call of the slot."""
        model, instance = self.model, self.instance
        model.add(sum(slot.members.values()) == CREW * slot.used)
        people = sorted({instance.shifts[s].officer for s, _ in slot.members})
        goes = {o: sum(m for (s, _), m in slot.members.items() if instance.shifts[s].officer == o) for o in people}
        for number in goes.values():
            model.add(number <= 1)
        pairs = [p for p in combinations(people, CREW) if crew_may_form(p, instance.officers, instance.driver_needed)]
        for pair in combinations(people, CREW):
            if pair not in pairs:
                model.add(sum(goes[o] for o in pair) <= 1)
        for number, literal in slot.calls.items():
            model.add_implication(literal, slot.used)
            fit = [p for p in pairs if crew_may_call(instance.calls[number], p, instance.officers)]
            able = {o for pair in fit for o in pair}
            for officer in set(people) - able:
                model.add(goes[officer] + literal <= 1)
            for pair in pairs:
                if set(pair) <= able and pair not in fit:
                    model.add(sum(goes[o] for o in pair) + literal <= CREW)

    def _time(self, slot: _Slot) -> None:
        """Checks, the outing, entries: inside the member's span, and off the member's minutes."""
        model, instance = self.model, self.instance
        base = instance.officers[0].base
        count = sum(slot.calls.values())
        for number, literal in slot.calls.items():
            call, start = instance.calls[number], self.starts[number]
            model.add(start >= slot.leave + int(instance.travel[base, call.place])).only_enforce_if(literal)
            home = call.minutes + int(instance.travel[call.place, base])
            model.add(slot.back >= start + home).only_enforce_if(literal)
        slot.checks = instance.check.minutes * self._rounds(slot, [c.needs_check for c in instance.calls])
        slot.entries = instance.entry.minutes * self._rounds(slot, [c.needs_entry for c in instance.calls])
        busy = slot.back + slot.entries - (slot.leave - slot.checks)
        for s in {s for s, _ in slot.members}:
            shift = instance.shifts[s]
            goes = sum(m for (t, _), m in slot.members.items() if t == s)
            taken = model.new_int_var(0, shift.span[1] - shift.span[0], "")
            model.add(taken >= busy - (shift.span[1] - shift.span[0] + 10_000) * (1 - goes))
            self.load[s].append(taken)
        for (s, option), member in slot.members.items():
            begin, end = self.options[s][option][0]
            model.add(slot.leave - slot.checks >= begin).only_enforce_if(member)
            model.add(slot.back + slot.entries <= end).only_enforce_if(member)
        model.add(count <= instance.visits_per_day)

    def _rounds(self, slot: _Slot, needs: list[bool]) -> cp_model.IntVar:
        rounds = self.model.new_int_var(0, self.instance.visits_per_day, "")
        self.model.add(CREW * rounds >= sum(literal for number, literal in slot.calls.items() if needs[number]))
        return rounds

    def _sessions(self) -> None:
        """One outing in each session; so many visits a day."""
        model, instance = self.model, self.instance
        for s, shift in enumerate(instance.shifts):
            slots = [slot for slot in self.slots if slot.day == shift.day]
            for session in range(len(shift.sessions)):
                taking = [o for o, (_, _, sessions) in enumerate(self.options[s]) if session in sessions]
                model.add(sum(slot.members[s, o] for slot in slots for o in taking) <= 1)
            visits = []
            for slot in slots:
                made = model.new_int_var(0, instance.visits_per_day, "")
                goes = sum(slot.members[s, o] for o in range(len(self.options[s])))
                model.add(made >= sum(slot.calls.values()) - instance.visits_per_day * (1 - goes))
                visits.append(made)
            model.add(sum(visits) <= instance.visits_per_day)

    def _orders(self) -> None:
        """Of two calls in a slot one comes first, and there is time to travel between."""
        model, calls, travel = self.model, self.instance.calls, self.instance.travel
        for a, b in combinations(range(len(calls)), 2):
            shared = [slot for slot in self.slots if a in slot.calls and b in slot.calls]
            if not shared or calls[a].nominal == calls[b].nominal:
                continue
            together, first = model.new_bool_var(""), model.new_bool_var("")
            for slot in shared:
                model.add_bool_or(slot.calls[a].negated(), slot.calls[b].negated(), together)
            for one, other, when in ((a, b, first), (b, a, first.negated())):
                gap = calls[one].minutes + int(travel[calls[one].place, calls[other].place])
                model.add(self.starts[other] >= self.starts[one] + gap).only_enforce_if(together, when)

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

    def _literals(self, slot: _Slot) -> list[cp_model.IntVar]:
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
