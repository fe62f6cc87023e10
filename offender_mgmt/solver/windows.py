"""Windows: when a crew could be out together, and the classes of windows that share their routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from offender_mgmt.instance.model import Instance, Shift, Span
from offender_mgmt.instance.shifts import overlap
from offender_mgmt.solver.eligibility import Crew, crew_may_call, crew_may_form, sharers


@dataclass(frozen=True, slots=True, order=True)
class RouteClass:
    """All that decides which routes are feasible; windows of one class share their routes.

    Parameters
    ----------
    span
        The crew leaves its desks not before, and is done with its record entries not after.
    break_minutes, break_span
        A break to take between two stops; 0 minutes for none.
    check_sharers, entry_sharers
        Officers who share the intelligence checks and record entries; 0 if nobody may do them.
    entries_later
        Whether the record entries are made on a later day, so that the outing may fill the tour to its end.
    """

    day: int
    base: int
    span: Span
    break_minutes: int
    break_span: Span
    check_sharers: int
    entry_sharers: int
    entries_later: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A crew, and a span of a day in which it can make one outing.

    Parameters
    ----------
    shifts
        Shift of each officer of the crew, in the crew's order.
    sessions
        Per officer: sessions of the shift that the outing takes up.
    breaks
        Per officer: where the break is then taken; ``None`` for on the road, or for none at all.
    entry_shift
        Shift of one of the crew in which the record entries are made later; -1 if right after the outing.
    """

    crew: Crew
    shifts: tuple[int, ...]
    sessions: tuple[tuple[int, ...], ...]
    breaks: tuple[Span | None, ...]
    route_class: RouteClass
    entry_shift: int = -1


def longer_pause(window: Window, instance: Instance, shift: int) -> int:
    """Minutes by which the break of a window takes more of a shift than the default break does.

    On the road it is as long as the longest of the crew. Elsewhere it differs only where the default break has begun.
    """
    tour, own = instance.shifts[shift], window.breaks[window.shifts.index(shift)]
    inside = overlap(own, tour.span) if own else None
    minutes = inside[1] - inside[0] if inside else window.route_class.break_minutes
    return minutes - tour.break_left


def crews(instance: Instance) -> list[Crew]:
    """Crews that may form, of every size that some call needs and nobody could do with fewer."""
    sizes = sorted({call.crew_size for call in instance.calls})
    people = range(len(instance.officers))
    return [
        crew
        for size in sizes
        for crew in combinations(people, size)
        if crew_may_form(crew, instance.officers, instance.driver_needed)
        and any(call.crew_size == size and crew_may_call(call, crew, instance.officers) for call in instance.calls)
    ]


def windows(instance: Instance) -> list[Window]:
    """Every window of every crew: half-day outings beside the break, long ones before, after or round it."""
    if not instance.calls:
        return []
    shortest = min(call.minutes for call in instance.calls)
    by_officer_day: dict[tuple[int, int], list[int]] = {}
    for index, shift in enumerate(instance.shifts):
        by_officer_day.setdefault((shift.officer, shift.day), []).append(index)
    found: dict[tuple[Crew, tuple[int, ...], RouteClass], Window] = {}
    for crew in crews(instance):
        for day in range(instance.days):
            options = [by_officer_day.get((officer, day), []) for officer in crew]
            for shifts in product(*options):
                for window in _of_shifts(instance, crew, shifts, shortest):
                    found.setdefault((crew, shifts, window.route_class), window)
                    later = replace(window.route_class, entries_later=True)
                    for entry_shift in _entry_shifts(instance, crew, day):
                        other = replace(window, route_class=later, entry_shift=entry_shift)
                        found.setdefault((crew, (*shifts, entry_shift), later), other)
    return list(found.values())


def _of_shifts(instance: Instance, crew: Crew, shifts: tuple[int, ...], shortest: int) -> Iterator[Window]:
    tours = [instance.shifts[s] for s in shifts]
    for choice in product(*(range(len(t.sessions)) for t in tours)):
        span = _common([t.sessions[k] for t, k in zip(tours, choice, strict=True)])
        if span and span[1] - span[0] > shortest:
            taken, breaks = tuple((k,) for k in choice), tuple(t.default_break for t in tours)
            yield Window(crew, shifts, taken, breaks, _route_class(instance, crew, tours[0].day, span))
    if all(t.whole for t in tours):
        yield from _long(instance, crew, shifts, shortest)


def _long(instance: Instance, crew: Crew, shifts: tuple[int, ...], shortest: int) -> Iterator[Window]:
    """Long outings: before a late break, after an early one, and with the break on the road."""
    tours = [instance.shifts[s] for s in shifts]
    day = tours[0].day
    if not any(t.break_minutes for t in tours):
        return  # when all breaks are over, a session holds all that is left
    before = _common([(t.whole[0], min(t.whole[1], _first(t.late_break, t.whole))) for t in tours if t.whole])
    after = _common([(max(t.whole[0], _last(t.early_break, t.whole)), t.whole[1]) for t in tours if t.whole])
    for span, breaks in ((before, [t.late_break for t in tours]), (after, [t.early_break for t in tours])):
        if span and span[1] - span[0] > shortest:
            rc = _route_class(instance, crew, day, span)
            yield Window(crew, shifts, _all_sessions(tours), tuple(breaks), rc)
    whole = _common([t.whole for t in tours if t.whole])
    allowed = _common([t.break_span for t in tours if t.break_minutes])
    minutes = max(t.break_minutes for t in tours)
    if whole and allowed and overlap(whole, allowed) and whole[1] - whole[0] > 2 * shortest + minutes:
        rc = _route_class(instance, crew, day, whole, minutes, allowed)
        yield Window(crew, shifts, _all_sessions(tours), (None,) * len(crew), rc)


def _first(pause: Span | None, whole: Span) -> int:
    """When an officer must be back for the break; at the end of the tour if it is over."""
    return pause[0] if pause else whole[1]


def _last(pause: Span | None, whole: Span) -> int:
    """When an officer is free again after the break; from the start of the tour if it is over."""
    return pause[1] if pause else whole[0]


def _common(spans: list[Span]) -> Span | None:
    common: Span | None = spans[0]
    for span in spans[1:]:
        common = overlap(common, span) if common else None
    return common if common and common[0] < common[1] else None


def _entry_shifts(instance: Instance, crew: Crew, day: int) -> list[int]:
    """Later shifts in which one of the crew may still enter that day's visits on the record."""
    able = sharers(instance.entry, crew, instance.officers)
    return [
        s
        for s, shift in enumerate(instance.shifts)
        if shift.officer in able and day < shift.day <= instance.entry_by[day]
    ]


def _all_sessions(tours: list[Shift]) -> tuple[tuple[int, ...], ...]:
    """A long outing takes up every session, so that nobody has two breaks planned on one tour."""
    return tuple(tuple(range(len(tour.sessions))) for tour in tours)


def _route_class(
    instance: Instance, crew: Crew, day: int, span: Span, break_minutes: int = 0, break_span: Span = (0, 0)
) -> RouteClass:
    return RouteClass(
        day=day,
        base=instance.officers[crew[0]].base,
        span=span,
        break_minutes=break_minutes,
        break_span=break_span,
        check_sharers=len(sharers(instance.check, crew, instance.officers)),
        entry_sharers=len(sharers(instance.entry, crew, instance.officers)),
    )
