"""What must hold in every timetable, said in plain loops over minutes and spans."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from offender_mgmt.instance.model import Call, Instance, Span
from offender_mgmt.instance.shifts import overlap
from offender_mgmt.solver.timetable import Outing, Timetable


def assert_lawful(instance: Instance, table: Timetable) -> None:
    """Nobody is in two places; all work lies in tours; breaks, checks, entries and write-ups are in order."""
    busy = busy_spans(instance, table)
    for spans in busy.values():
        ordered = sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))
    for officer, spans in busy.items():
        tours = [s.span for s in instance.shifts if s.officer == officer]
        assert all(any(a <= start and end <= b for a, b in tours) for start, end in spans)
    for outing in table.outings:
        outing_lawful(instance, outing)
    breaks_kept(instance, table, busy)
    once_each(instance, table)
    write_ups_later(instance, table)
    entries_in_time(instance, table)


def busy_spans(instance: Instance, table: Timetable) -> dict[int, list[Span]]:
    """Everything each officer is busy with."""
    busy: dict[int, list[Span]] = {o: [] for o in range(len(instance.officers))}
    for shift in instance.shifts:
        busy[shift.officer] += shift.events
    for outing in table.outings:
        for officer in outing.crew:
            busy[officer].append((outing.leave, outing.back))
        for officer, _, span in (*outing.checks, *outing.entries):
            busy[officer].append(span)
    for work in table.desk:
        busy[work.officer] += work.parts
    assert all(start < end for spans in busy.values() for start, end in spans)
    return busy


def outing_lawful(instance: Instance, outing: Outing) -> None:
    calls = [instance.calls[s.call] for s in outing.stops]
    at, place = outing.leave, instance.officers[outing.crew[0]].base
    travel = 0
    for stop, call in zip(outing.stops, calls, strict=True):
        assert stop.travel == instance.travel[place, call.place]
        assert at + stop.travel <= stop.span[0]
        assert stop.span[1] - stop.span[0] == call.minutes
        assert any(s <= stop.span[0] and stop.span[1] <= e for s, e in call.spans)
        at, place, travel = stop.span[1], call.place, travel + stop.travel
        assert len(outing.crew) >= call.crew_size
        assert not call.excluded & set(outing.crew)
        assert all(call.skills_each <= instance.officers[o].skills for o in outing.crew)
    home = int(instance.travel[place, instance.officers[outing.crew[0]].base])
    assert (outing.back, outing.travel) == (at + home, travel + home)
    assert [c for _, c, _ in outing.checks] == [s.call for s in outing.stops if instance.calls[s.call].needs_check]
    assert all(o in outing.crew and span[1] <= outing.leave for o, _, span in outing.checks)
    assert all(o in outing.crew and span[0] >= outing.back for o, _, span in outing.entries)


def breaks_kept(instance: Instance, table: Timetable, busy: dict[int, list[Span]]) -> None:
    """Some break of full length in its time, free of all work, or between two stops of an outing."""
    for index, shift in enumerate(instance.shifts):
        minutes = shift.break_minutes
        inside = overlap(shift.span, shift.break_span)
        if not minutes or not any(overlap(shift.span, span) for span in busy[shift.officer]):
            continue
        assert inside is not None
        free = [m for m in range(*inside) if not any(start <= m < end for start, end in busy[shift.officer])]
        run = longest_run(free)
        here = [o for o in table.outings if index in o.shifts]
        run = max([run, *(longest_wait(o, shift.break_span) for o in here)])
        assert run >= minutes


def longest_run(minutes: list[int]) -> int:
    best = count = 0
    for k, minute in enumerate(minutes):
        count = count + 1 if k and minutes[k - 1] == minute - 1 else 1
        best = max(best, count)
    return best


def longest_wait(outing: Outing, allowed: Span) -> int:
    """Longest pause between two stops that lies in the time for the break, the drive before or after it."""
    waits = [0]
    for here, after in pairwise(outing.stops):
        first = (here.span[1], after.span[0] - after.travel)
        last = (here.span[1] + after.travel, after.span[0])
        for start, end in (first, last):
            waits.append(min(end, allowed[1]) - max(start, allowed[0]))
    return max(waits)


def once_each(instance: Instance, table: Timetable) -> None:
    """No nominal is seen twice, no desk task done twice, desk parts add up to the minutes, visits a day are kept."""
    calls = [instance.calls[s.call] for o in table.outings for s in o.stops]
    assert len({c.nominal for c in calls}) == len(calls)
    assert len({w.task for w in table.desk}) == len(table.desk)
    minutes = {d.task: d.minutes for d in instance.desk}
    minutes |= {w.task: w.minutes for w in instance.write_ups}
    minutes |= {c.entry_task: instance.entry.minutes for c in instance.calls}
    for work in table.desk:
        assert sum(end - start for start, end in work.parts) == minutes[work.task]
        assert list(work.parts) == sorted(work.parts)
    visits: Counter[int] = Counter()
    for outing in table.outings:
        visits.update(dict.fromkeys(outing.shifts, len(outing.stops)))
    assert all(count <= instance.visits_per_day for count in visits.values())


def write_ups_later(instance: Instance, table: Timetable) -> None:
    work = {w.task: w for w in table.desk}
    made = {instance.calls[s.call].write_up: o for o in table.outings for s in o.stops}
    for index, write_up in enumerate(instance.write_ups):
        assert (index in made) == (write_up.task in work)
        if index in made:
            done = work[write_up.task]
            assert done.officer in made[index].crew
            assert write_up.skills <= instance.officers[done.officer].skills
            day = instance.shifts[made[index].shifts[0]].day
            assert day_of(instance, done.officer, done.parts[0]) > day


def entries_in_time(instance: Instance, table: Timetable) -> None:
    """Every visit that needs an entry has one, after the return or on a later day that is not too late."""
    later = {w.task: w for w in table.desk}
    for outing in table.outings:
        at_once = {c for _, c, _ in outing.entries}
        day = instance.shifts[outing.shifts[0]].day
        for stop in outing.stops:
            call: Call = instance.calls[stop.call]
            if call.needs_entry and stop.call not in at_once:
                work = later[call.entry_task]
                assert work.officer in outing.crew
                assert day < day_of(instance, work.officer, work.parts[0]) <= instance.entry_by[day]


def day_of(instance: Instance, officer: int, span: Span) -> int:
    return next(s.day for s in instance.shifts if s.officer == officer and overlap(s.span, span))
