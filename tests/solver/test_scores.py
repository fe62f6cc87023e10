"""What columns and desk work cost in each aim, by hand; and that a widest form is never above any way to drive."""

from __future__ import annotations

import numpy as np
import pytest
from solver.aim_instances import with_aims
from solver.brute_force_aims import _trips
from solver.instances import hours, random_instance, shift, small, visit

from offender_mgmt.instance.model import DeskTask, Instance
from offender_mgmt.solver.aims import aim_proofs, score_totals
from offender_mgmt.solver.columns import ColumnSpace, column_space
from offender_mgmt.solver.master import Chosen
from offender_mgmt.solver.scores import AimTerms, Term, seated, without_all
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve
from offender_mgmt.vocabulary import Aim

SETTINGS = Settings(effort=2)
TWO = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
"""08:00 to 16:00 with 45 minutes of break in the middle, 11:35 to 12:20."""


def space_of(instance: Instance) -> ColumnSpace:
    return column_space(instance, SETTINGS)


def costs(
    instance: Instance, *calls: int, desk: tuple[tuple[int, int], ...] = (), late: bool = False
) -> dict[Aim, int]:
    """What the first column that makes exactly these calls shows (the last one: the latest)."""
    space = space_of(instance)
    made = [
        (w, r)
        for w, window in enumerate(space.windows)
        for r, line in enumerate(space.routes[window.route_class].calls)
        if {int(c) for c in line if c >= 0} == set(calls)
    ]
    columns = ((made[-1] if late else made[0]),) if calls else ()
    return {p.aim: p.value for p in aim_proofs(space, Chosen(columns, desk, (), 0.0, 0.0))}


@pytest.mark.parametrize(("lead", "deputy", "points"), [(0, 1, 2), (2, 1, 1), (2, -1, 0), (-1, -1, 0)])
def test_continuity_ranks_lead_before_deputy_before_others(lead: int, deputy: int, points: int) -> None:
    instance = small([visit(0, lead=lead, deputy=deputy)], TWO, 3, aims=(Aim.CONTINUITY,))
    assert costs(instance, 0) == {Aim.CONTINUITY: points}


def test_continuity_at_the_desk_is_the_lead_officer_alone() -> None:
    desk = (DeskTask(task=1, minutes=60, first_day=0, lead=1),)
    instance = small([visit(0, lead=0)], TWO, 2, desk=desk, aims=(Aim.CONTINUITY,))
    assert costs(instance, 0, desk=((0, 1),)) == {Aim.CONTINUITY: 4}
    assert costs(instance, 0, desk=((0, 0),)) == {Aim.CONTINUITY: 2}


@pytest.mark.parametrize(
    ("lead", "deputy", "seats"), [(1, -1, (1, 0)), (2, 1, (1, 0)), (0, 1, (0, 1)), (-1, -1, (0, 1))]
)
def test_seats_are_lead_then_deputy_then_in_order(lead: int, deputy: int, seats: tuple[int, int]) -> None:
    assert seated((0, 1), visit(0, lead=lead, deputy=deputy)) == seats


@pytest.mark.parametrize(("recent", "again"), [({0}, 0), ({1}, 1), ({0, 1}, 1), ({2}, 0), (set(), 0)])
def test_second_seat_leaves_the_first_aside(recent: set[int], again: int) -> None:
    instance = small([visit(0, lead=0, recent=frozenset(recent))], TWO, 3, aims=(Aim.SECOND_SEAT,))
    assert costs(instance, 0) == {Aim.SECOND_SEAT: again}


def test_second_seat_of_one_is_nobody() -> None:
    instance = small([visit(0, crew_size=1, recent=frozenset({0}))], TWO[:1], 1, aims=(Aim.SECOND_SEAT,))
    assert costs(instance, 0) == {Aim.SECOND_SEAT: 0}


@pytest.mark.parametrize(("worn", "alike"), [((480, 491), 1), ((480, 490), 0), ((491, 600), 0), ((490, 491), 1)])
def test_variety_looks_at_the_start(worn: tuple[int, int], alike: int) -> None:
    """The crew leaves at 08:00 and drives ten minutes: the visit starts at 08:10, minute 490."""
    instance = small([visit(0, worn=(hours(0, *worn),))], TWO, 2, aims=(Aim.VARIETY,))
    assert costs(instance, 0) == {Aim.VARIETY: alike}


def test_the_widest_form_of_variety_knows_a_later_start() -> None:
    """In the morning a visit of an hour can start from 08:10 to 10:25, in time for the break at 11:35.

    Worn until 10:25 it could start there unworn; worn until 10:26 it could not.
    """
    for end, least in ((625, 0.0), (626, 1.0)):
        space = space_of(small([visit(0, worn=(hours(0, 480, end),))], TWO, 2, aims=(Aim.VARIETY,)))
        morning = next((w, 0) for w, x in enumerate(space.windows) if x.sessions == ((0,), (0,)))
        exact, widest = score_totals(space, Chosen((morning,), (), (), 0.0, 0.0))
        assert (exact, widest) == (1.0, least)


def test_evenings_short_of_a_share() -> None:
    """Half of two visits, both in the morning: one short. Of one visit, started at 08:10 in off hours: none."""
    off = (hours(0, 480, 500),)
    two = small([visit(0), visit(1)], TWO, 2, aims=(Aim.EVENINGS_AND_WEEKENDS,), off_percent=50)
    assert costs(two, 0, 1) == {Aim.EVENINGS_AND_WEEKENDS: 1}
    one = small([visit(0)], TWO, 2, aims=(Aim.EVENINGS_AND_WEEKENDS,), off_percent=50, off_hours=off)
    assert costs(one, 0) == {Aim.EVENINGS_AND_WEEKENDS: 0}
    assert costs(small([visit(0)], TWO, 2, aims=(Aim.EVENINGS_AND_WEEKENDS,)), 0) == {}


def test_even_load_is_the_highest_of_those_on_duty() -> None:
    """Weight 4 for both of the crew: 10 + 4 in 2,400 minutes is 350 in 1,000 hours, 0 + 4 in 600 is 400.

    The third officer has 99 from before and is not on duty.
    """
    instance = small([visit(0, weight=4)], TWO, 3, aims=(Aim.EVEN_LOAD,), load_before=(10, 0, 99), duty=(2400, 600, 0))
    assert costs(instance, 0) == {Aim.EVEN_LOAD: 400}
    assert costs(instance) == {Aim.EVEN_LOAD: 250}


def test_changes_are_what_does_not_stay_on_its_day_with_its_crew() -> None:
    desk = (DeskTask(task=1, minutes=60, first_day=0, published=(0, 1)),)
    stays = visit(0, published=(0, frozenset({0, 1})))
    instance = small([stays], TWO, 2, desk=desk, aims=(Aim.FEWEST_CHANGES,), published=3)
    assert costs(instance, 0, desk=((0, 1),)) == {Aim.FEWEST_CHANGES: 1}
    assert costs(instance, 0, desk=((0, 0),)) == {Aim.FEWEST_CHANGES: 2}
    moved = small([visit(0, published=(0, frozenset({0, 2})))], TWO, 3, aims=(Aim.FEWEST_CHANGES,), published=1)
    assert costs(moved, 0) == {Aim.FEWEST_CHANGES: 1}
    assert costs(small([visit(0)], TWO, 2, aims=(Aim.FEWEST_CHANGES,)), 0) == {}


def test_travel_in_any_order() -> None:
    """Place 2 opens at 08:00 only and place 1 later: the way round is longer than the other way would be."""
    early, late = visit(1, spans=(hours(0, 480, 600),)), visit(0, spans=(hours(0, 540, 1260),))
    instance = small([late, early], TWO, 2, aims=(Aim.TRAVEL,))
    instance.travel[:3, :3] = [[0, 10, 30], [30, 0, 10], [10, 40, 0]]  # base, place 1, place 2
    space = space_of(instance)
    pair = next(
        (w, r)
        for w, window in enumerate(space.windows)
        for r, line in enumerate(space.routes[window.route_class].calls)
        if set(line.tolist()) >= {0, 1}
    )
    exact, widest = score_totals(space, Chosen((pair,), (), (), 0.0, 0.0))
    assert exact == 30 + 40 + 30  # base, place 2, place 1, base
    assert widest == 10 + 10 + 10  # base, place 1, place 2, base


@pytest.mark.parametrize(
    ("addresses", "again"), [((0, 0, 0), 2), ((0, 0, 1), 1), ((0, 1, 0), 1), ((0, 1, 2), 0), ((-1, -1, -1), 0)]
)
@pytest.mark.parametrize("aim", [Aim.ONE_ADDRESS_TOGETHER, Aim.ONE_ADDRESS_APART])
def test_visits_at_an_address_beyond_the_first_in_an_outing(addresses: tuple[int, ...], again: int, aim: Aim) -> None:
    instance = small([visit(n, address=at) for n, at in enumerate(addresses)], TWO, 2, aims=(aim,))
    assert costs(instance, 0, 1, 2) == {aim: again}
    assert costs(instance, 0) == {aim: 0}


@pytest.mark.parametrize(
    ("aims", "outings"),
    [((Aim.ONE_ADDRESS_TOGETHER,), [{0, 2}, {1, 3}]), ((Aim.ONE_ADDRESS_APART, Aim.TRAVEL), [{0, 1}, {2, 3}])],
)
def test_two_hostels_on_two_days_are_called_on_together_or_apart(
    aims: tuple[Aim, ...], outings: list[set[int]]
) -> None:
    """Two visits fit in a tour of four hours; all are made either way. Apart, the short way is 0 and 1, 2 and 3."""
    days = (0, 1)
    spans = tuple(hours(day, 480, 720) for day in days)
    calls = [visit(n, address=n % 2, spans=spans) for n in range(4)]
    shifts = [shift(officer, day, 480, 720) for day in days for officer in (0, 1)]
    instance = small(calls, shifts, 2, aims=aims)
    instance.travel[:] = 30
    for here, there in ((1, 2), (3, 4)):
        instance.travel[here, there] = instance.travel[there, here] = 5
    answer = solve(instance, Settings())
    made = [{stop.call for stop in outing.stops} for outing in answer.timetable.outings]
    assert sorted(map(sorted, made)) == sorted(map(sorted, outings))
    assert all(proof.bound == proof.value for proof in answer.aims)


BY_CLOCK = (Aim.VARIETY, Aim.EVENINGS_AND_WEEKENDS, Aim.TRAVEL)


def least_widest(space: ColumnSpace) -> dict[tuple[object, ...], list[float]]:
    """The least widest forms of the outings of each crew, set of calls and sessions."""
    found: dict[tuple[object, ...], list[float]] = {}
    for w, window in enumerate(space.windows):
        halves = frozenset((s, k) for s, ks in zip(window.shifts, window.sessions, strict=True) for k in ks)
        for r, line in enumerate(space.routes[window.route_class].calls):
            calls = frozenset(int(c) for c in line if c >= 0)
            totals = score_totals(space, Chosen(((w, r),), (), (), 0.0, 0.0))
            widest = [float(totals[aim.terms[0].widest]) for aim in space.aims]
            key = (window.crew, calls, halves)
            found[key] = [min(pair) for pair in zip(widest, found.get(key, widest), strict=True)]
    return found


def test_widest_forms_are_never_above_any_way_to_drive() -> None:
    """By brute force over orders, pauses and minutes of leaving of every outing of some tiny weeks."""
    compared = 0
    for seed in range(8):
        made = random_instance(seed, officers=3, calls=3, days=1, desk=0, bands=2, tour_minutes=(300, 480))
        instance = with_aims(made, seed, BY_CLOCK)
        widest = least_widest(space_of(instance))
        for trip in _trips(instance, BY_CLOCK):
            known = widest.get((trip.crew, trip.calls, trip.halves))
            if known is not None:
                short = instance.off_percent * len(trip.calls) - 100 * trip.off
                costs = (trip.worn, short, trip.travel)
                assert all(least <= cost for least, cost in zip(known, costs, strict=True))
                compared += 1
    assert compared >= 60


@pytest.mark.parametrize(("value", "most"), [(0, -10), (250, 0), (251, 0), (374, 4), (375, 5)])
def test_a_term_and_the_greatest_sum_that_keeps_it(value: int, most: int) -> None:
    """10 from before in 2,400 minutes: 250 in 1,000 hours; each more makes 25 more."""
    term = Term(score=0, widest=0, base=10, scale=60_000, unit=2400)
    assert term.most(value) == most
    assert term.value(most) <= value < term.value(most + 1)


def test_an_aim_reads_as_people_read_it() -> None:
    assert AimTerms(Aim.CONTINUITY, (Term(0, 0),)).shown(-7) == 7
    assert AimTerms(Aim.TRAVEL, (Term(0, 0),)).shown(7) == 7


def test_what_is_left_of_a_span() -> None:
    assert without_all((0, 10), [(8, 20), (-5, 2), (4, 5)]) == [(2, 4), (5, 8)]
    assert without_all((0, 10), [(0, 10)]) == []


def test_routes_that_come_in_later_are_scored_too() -> None:
    """A table that grows keeps the scores it has, and works out those of the new routes only."""
    space = space_of(small([visit(0), visit(1)], TWO, 2, aims=(Aim.TRAVEL,)))
    rc, whole = next((rc, routes) for rc, routes in space.routes.items() if len(routes) >= 3)
    number = space.aims[0].terms[0].score
    assert space.route_score(number, rc).tolist() == whole.travel.tolist()
    grown = space_of(space.instance)
    grown.routes[rc] = whole.rows(np.arange(1))
    assert len(grown.route_score(number, rc)) == 1
    grown.routes[rc] = whole
    assert grown.route_score(number, rc).tolist() == whole.travel.tolist()
