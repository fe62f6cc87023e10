"""The outings of the whole-week CP-SAT model: slots that shifts join in pairs, and calls join."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from benchmarks.week_trips import CREW, common
from ortools.sat.python import cp_model

from offender_mgmt.instance.model import Instance, Span
from offender_mgmt.solver.eligibility import crew_may_call, crew_may_form


class Slot:
    """An outing that may be made on a day."""

    def __init__(self, model: cp_model.CpModel, day: int, span: Span) -> None:
        self.day = day
        self.used = model.new_bool_var("")
        self.leave, self.back = (model.new_int_var(span[0], span[1], "") for _ in range(2))
        self.members: dict[tuple[int, int], cp_model.IntVar] = {}
        self.calls: dict[int, cp_model.IntVar] = {}
        self.checks: cp_model.LinearExprT = 0
        self.entries: cp_model.LinearExprT = 0


class OutingsModel:
    """Slots with their crews, times and calls; ``load`` holds what each shift's minutes go to."""

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

    def _slots_of(self, day: int) -> Iterator[Slot]:
        shifts = [s for s, shift in enumerate(self.instance.shifts) if shift.day == day]
        for _ in range(2 * (len(shifts) // CREW)):
            spans = [self.instance.shifts[s].span for s in shifts]
            slot = Slot(self.model, day, (min(a for a, _ in spans), max(b for _, b in spans)))
            for s in shifts:
                for option in range(len(self.options[s])):
                    slot.members[s, option] = self.model.new_bool_var("")
            for number, call in enumerate(self.instance.calls):
                if call.crew_size == CREW and any(
                    common([span, slot_span]) for slot_span in spans for span in call.spans
                ):
                    slot.calls[number] = self.model.new_bool_var("")
            yield slot

    def _crew(self, slot: Slot) -> None:
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

    def _time(self, slot: Slot) -> None:
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

    def _rounds(self, slot: Slot, needs: list[bool]) -> cp_model.IntVar:
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
