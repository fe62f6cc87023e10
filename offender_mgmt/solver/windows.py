"""Windows: when a crew could be out together, and the classes of windows that share their routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    """

    day: int
    base: int
    span: Span
    break_minutes: int
    break_span: Span
    check_sharers: int
    entry_sharers: int


@dataclass(frozen=True, slots=True)
class Window:
    """A crew, and a span of a day in which it can make one outing.

    Parameters
    ----------
    shifts
        Shift of each officer of the crew, in the crew's order.
    sessions
        Per officer: sessions of the shift that the outing takes up.
    """

    crew: Crew
    shifts: tuple[int, ...]
    sessions: tuple[tuple[int, ...], ...]
    route_class: RouteClass


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
    """Every window of every crew: half-day outings between breaks, whole-tour outings with the break on the road."""
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
    return list(found.values())


def _of_shifts(instance: Instance, crew: Crew, shifts: tuple[int, ...], shortest: int) -> Iterator[Window]:
    tours = [instance.shifts[s] for s in shifts]
    for choice in product(*(range(len(t.sessions)) for t in tours)):
        span = _common([t.sessions[k] for t, k in zip(tours, choice, strict=True)])
        if span and span[1] - span[0] > shortest:
            taken = tuple((k,) for k in choice)
            yield Window(crew, shifts, taken, _route_class(instance, crew, tours[0].day, span, 0, (0, 0)))
    whole = _common([t.whole for t in tours if t.whole]) if all(t.whole for t in tours) else None
    allowed = _common([t.break_span for t in tours]) if whole else None
    minutes = max(t.break_minutes for t in tours)
    if whole and allowed and allowed[1] - allowed[0] >= minutes and whole[1] - whole[0] > 2 * shortest + minutes:
        touched = tuple(_touched(t, whole) for t in tours)
        yield Window(crew, shifts, touched, _route_class(instance, crew, tours[0].day, whole, minutes, allowed))


def _common(spans: list[Span]) -> Span | None:
    common: Span | None = spans[0]
    for span in spans[1:]:
        common = overlap(common, span) if common else None
    return common


def _touched(shift: Shift, span: Span) -> tuple[int, ...]:
    return tuple(k for k, session in enumerate(shift.sessions) if overlap(session, span))


def _route_class(
    instance: Instance, crew: Crew, day: int, span: Span, break_minutes: int, break_span: Span
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
