"""A week planned again on tiny instances: bands, and fewest changes among them, as trying everything finds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from solver.brute_force import best_values
from solver.instances import hours, random_instance, shift, small, visit
from solver.test_brute_force import tiny

from offender_mgmt.instance.model import Instance, PublishedOuting
from offender_mgmt.solver.changes import changes_level
from offender_mgmt.solver.close import Moves
from offender_mgmt.solver.columns import ColumnSpace, column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.master import Chosen, Master
from offender_mgmt.solver.repaired import repaired
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, rank, solve
from offender_mgmt.vocabulary import Aim

CASES = 120


@cache
def sick(seed: int) -> Instance:
    """A tiny week with a greedy roster published, and then one tour less; changes come after none to three bands."""
    instance = tiny(seed)
    space = column_space(instance, Settings())
    again = published(space, greedy(space), seed % 4)
    gone = seed // 4 % max(1, len(instance.shifts))
    return replace(again, shifts=again.shifts[:gone] + again.shifts[gone + 1 :])


def published(space: ColumnSpace, roster: Chosen, bands_first: int) -> Instance:
    """The instance with a roster published."""
    instance, outings = space.instance, []
    calls, desk = list(instance.calls), list(instance.desk)
    for column in roster.columns:
        window, made = space.windows[column[0]], space.calls_of(column)
        for call in made:
            calls[call] = replace(calls[call], published=(window.route_class.day, frozenset(window.crew)))
        outings.append(PublishedOuting(calls=made, span=window.route_class.span))
    for task, s in roster.desk:
        tour = instance.shifts[s]
        desk[task] = replace(desk[task], published=(tour.day, tour.officer))
    return replace(
        instance,
        calls=tuple(calls),
        desk=tuple(desk),
        published=sum(x.published is not None for x in (*calls, *desk)),
        bands_first=bands_first,
        outings_before=tuple(outings),
        aims=(Aim.FEWEST_CHANGES,),
    )


@cache
def answered(seed: int) -> Answer:
    return solve(sick(seed), Settings())


@pytest.mark.parametrize("seed", range(CASES))
def test_solver_reaches_and_proves_the_fewest_changes_in_their_place(seed: int) -> None:
    best = best_values(sick(seed))
    answer = answered(seed)
    assert rank(sick(seed), answer) == best
    (changes,) = answer.aims
    assert changes.bound == changes.value == -best[seed % 4]


@cache
def pinned(seed: int) -> Instance:
    """The same with the first call pinned to two officers, to a time, or to both."""
    instance = sick(seed)
    first = instance.calls[0]
    start = first.spans[0][0] + 45 + 5 * (seed % 18)
    others = frozenset(range(2, len(instance.officers)))
    spans = ((start, start + first.minutes),) if seed % 3 else first.spans
    crew = frozenset({0, 1}) if seed % 3 != 1 else frozenset[int]()
    excluded = first.excluded | (others if crew else frozenset())
    call = replace(first, spans=spans, pinned=crew, is_pinned=True, excluded=excluded)
    return replace(instance, calls=(call, *instance.calls[1:]))


@pytest.mark.parametrize("seed", range(60))
def test_what_is_pinned_comes_first_and_the_rest_is_the_best_beside_it(seed: int) -> None:
    instance = pinned(seed)
    answer = solve(instance, Settings())
    at = {stop.call: (stop.span, set(o.crew)) for o in answer.timetable.outings for stop in o.stops}
    if 0 in at:
        span, crew = at[0]
        assert instance.calls[0].pinned <= crew
        assert any(start <= span[0] and span[1] <= end for start, end in instance.calls[0].spans)
    assert rank(instance, answer) == best_values(instance, frozenset({0} & at.keys()))


def test_some_pins_can_be_kept_and_some_cannot() -> None:
    kept = sum(
        any(0 in space.calls_of(column) for column in repaired(space).columns)
        for space in (column_space(pinned(seed), Settings()) for seed in range(60))
    )
    assert 5 <= kept <= 50


def test_cases_are_not_trivial() -> None:
    """In a good part of them more must change than what the missing tour makes impossible."""
    more = 0
    for seed in range(CASES):
        master = Master(column_space(sick(seed), Settings()))
        level = changes_level(master.space)
        assert level is not None
        more += answered(seed).aims[0].value > Moves(master, level).least
    assert more >= 10


def test_a_visit_that_is_only_made_with_another_can_stay() -> None:
    """A visit from 11:45 to 15:30: out from 11:35 to 15:40, too early for an early break and too late for a late one.

    The tours of eight hours from 9:00 have 45 minutes of break between 11:00 and 16:00. With a stop before it the
    break lies on the road, from 11:00 to 11:45. So no outing makes this visit alone, and yet nothing need change.
    """
    noon = visit(0, minutes=225, spans=(hours(0, 705, 930),))
    early = visit(1, minutes=60, spans=(hours(0, 540, 660),))
    space = column_space(small([noon, early], [shift(0, 0, 540, 1020), shift(1, 0, 540, 1020)], 2), Settings())
    assert all(space.route_of(rc, [0]) is None for rc in space.routes)
    routes = [(w, space.route_of(window.route_class, [0, 1])) for w, window in enumerate(space.windows)]
    (both,) = [(w, route) for w, route in routes if route is not None]
    instance = published(space, Chosen((both,), (), (), 0.0, 0.0), 0)
    master = Master(column_space(instance, Settings()))
    level = changes_level(master.space)
    assert level is not None
    assert Moves(master, level).least == 0
    answer = solve(instance, Settings())
    assert (answer.aims[0].value, answer.aims[0].bound) == (0, 0)


def test_with_nothing_gone_all_stays() -> None:
    """Changes first: whatever else could be done, nothing moves."""
    space = column_space(random_instance(5, officers=4, calls=14, days=3), Settings())
    instance = published(space, greedy(space), 0)
    answer = solve(instance, Settings())
    assert (answer.aims[0].value, answer.aims[0].bound) == (0, 0)
