"""Cuts: every roster keeps them, fractions break them, and they are priced as the rows count them."""

from __future__ import annotations

import random
from itertools import combinations, combinations_with_replacement

import numpy as np
import pytest
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.columns import Objective, column_space
from offender_mgmt.solver.cuts import Cut, FullShiftCut, HalfCut, StepShiftCut
from offender_mgmt.solver.generate import generate, tightened
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.large_search import LargeSearch
from offender_mgmt.solver.master import Chosen, Master, Relaxed
from offender_mgmt.solver.pricing import within
from offender_mgmt.solver.separate import broken_cuts
from offender_mgmt.solver.settings import Settings

SETTINGS = Settings(effort=4)
FIRST = Objective((1.0, 0.0))


def week(seed: int) -> Instance:
    return random_instance(seed, officers=5, calls=9, days=2, desk=5, bands=2, tour_minutes=(300, 480))


def some_cuts(master: Master, seed: int) -> list[Cut]:
    """Cuts at random, of every kind: sessions, nominals, both, full shifts, and shifts in steps."""
    rng = random.Random(seed)
    instance = master.space.instance
    sessions = [(s, k) for s, own in enumerate(instance.shifts) for k in range(len(own.sessions))]
    nominals = sorted({call.nominal for call in instance.calls})
    found: list[Cut] = []
    for _ in range(12):
        found.append(HalfCut(sessions=tuple(sorted(rng.sample(sessions, rng.choice((3, 5)))))))
        found.append(HalfCut(nominals=tuple(sorted(rng.sample(nominals, 3)))))
        found.append(HalfCut((rng.choice(sessions),), tuple(sorted(rng.sample(nominals, 2)))))
        s = rng.randrange(len(instance.shifts))
        found.append(FullShiftCut(s, instance.shifts[s].free_minutes, rng.randrange(1, 6)))
        found.append(StepShiftCut(s, instance.shifts[s].free_minutes, rng.choice((7, 10, 20, 45))))
    return found


def used(master: Master, chosen: Chosen) -> np.ndarray:
    """How much a roster uses of every row, cuts included."""
    which = master.numbers(chosen.columns)
    flags = [1.0] * len(which)
    flags += [float(choice in chosen.desk) for choice in master.rows.desk_choices]
    flags += [float(choice in chosen.write_ups) for choice in master.rows.write_up_choices]
    return np.asarray(master.matrix(which).T @ np.array(flags))


@pytest.mark.parametrize("seed", range(12))
def test_every_roster_keeps_every_cut(seed: int) -> None:
    """Rosters of the greedy rule and of a search, against cuts at random and cuts that were looked for."""
    space = column_space(week(seed), SETTINGS)
    master, start = Master(space), greedy(space)
    master.add(start.columns)
    relaxed, _ = tightened(master, FIRST, SETTINGS)
    better = LargeSearch(master, FIRST, relaxed, start, SETTINGS).improve(10)
    master.add_cuts(some_cuts(master, seed))
    for chosen in (start, better):
        assert (used(master, chosen) <= np.array(master.rows.upper) + 1e-9).all()


def test_one_of_three_officers_is_left_over() -> None:
    """Three officers with time for a visit each: half of each pair goes out in the fraction, one pair in truth."""
    officers = tuple(shift(o, 0, 480, 600) for o in range(3))
    space = column_space(small([visit(0), visit(1), visit(2)], officers, 3), SETTINGS)
    master = Master(space)
    master.add(greedy(space).columns)
    master.rows.upper[master.rows.pairs[0, 0]] = np.inf  # what says the same for all officers of the day
    relaxed, _ = generate(master, Objective((1.0,)), SETTINGS)
    assert relaxed.value == pytest.approx(15.0)
    cuts = broken_cuts(master, relaxed, 10)
    assert HalfCut(sessions=((0, 0), (1, 0), (2, 0))) in cuts
    relaxed, exact = tightened(master, Objective((1.0,)), SETTINGS)
    assert (relaxed.value, exact) == (pytest.approx(10.0), True)


@pytest.mark.parametrize(
    ("parts", "work", "count"),
    [(1, 217, 0.0), (1, 218, 1.0), (2, 145, 1.0), (2, 144, 0.0), (2, 290, 4 / 3), (2, 291, 2.0), (1, 435, 1.0)],
)
def test_what_work_counts_in_a_full_shift(parts: int, work: int, count: float) -> None:
    """435 free minutes: half is 217.5, a third is 145 exactly and counts its share, two thirds are 290."""
    expected = parts * work / 435 if (parts + 1) * work % 435 == 0 else count
    assert FullShiftCut(0, 435, parts).count(work) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("work", "count"),
    [(10, 1.0), (40, 4.0), (133, 13.0), (135, 13.0), (136, 13.2), (137, 13.4), (139, 13.8), (140, 14.0), (435, 43.0)],
)
def test_what_work_counts_in_steps_of_a_shift(work: int, count: float) -> None:
    """435 free minutes are 43 steps of ten and a rest of 5: such a rest is free, each minute above it a 5th."""
    cut = StepShiftCut(0, 435, 10)
    assert (cut.upper, cut.rest) == (43, 5)
    assert cut.count(work) == pytest.approx(count)
    assert (work - 5) / 10 <= cut.count(work) <= work / 10


@pytest.mark.parametrize("step", [1, 7, 10, 11, 25, 60, 61])
def test_pieces_that_fit_together_never_count_more_than_the_steps(step: int) -> None:
    """All ways to fill a shift of 64 minutes with up to four pieces."""
    cut = StepShiftCut(0, 64, step)
    sizes = [1, 3, 6, 9, 10, 13, 17, 20, 24, 31, 37, 40, 50, 64]
    for pieces in (p for n in range(1, 5) for p in combinations_with_replacement(sizes, n) if sum(p) <= 64):
        assert sum(cut.count(size) for size in pieces) <= cut.upper + 1e-9


def test_an_outing_that_leaves_less_than_a_step_takes_the_step_from_desk_work() -> None:
    """A shift of 65 minutes, an outing of 37, desk tasks of 20: with the outing there is room for one.

    As fractions, 37 minutes out leave 28: a task and 0.4 of one. In steps of 20, 65 are 3 and a rest of 5; the outing
    counts 1 + 12/15 = 1.8, so that 1.2 of the tasks are left.
    """
    cut = StepShiftCut(0, 65, 20)
    assert (cut.upper, cut.count(37), cut.count(20)) == (3, pytest.approx(1.8), 1.0)


def test_pieces_that_fit_together_never_count_more_than_the_limit() -> None:
    """All ways to fill a shift of 60 minutes with pieces of 5 to 60 minutes, four at most, for seven functions."""
    sizes = range(5, 61, 5)
    for parts in range(1, 8):
        cut = FullShiftCut(0, 60, parts)
        for pieces in (p for n in range(1, 5) for p in combinations([*sizes, *sizes, *sizes], n) if sum(p) <= 60):
            assert sum(cut.count(size) for size in pieces) <= cut.upper + 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_cuts_are_priced_as_the_rows_count_them(seed: int) -> None:
    """Reduced costs from the table, for whatever prices, are worth less prices times entries."""
    master = Master(column_space(week(seed), SETTINGS))
    master.add_cuts(some_cuts(master, seed))
    prices = np.random.default_rng(seed).uniform(0, 1, len(master.rows.lower))
    priced, everything = within(master, FIRST, Relaxed(0.0, prices), 1e6, 10**6)
    assert everything
    which = [master.numbers([column])[0] for column in priced.columns[::7]]
    worth = master.space.worths([master.pool[i] for i in which], FIRST)
    paid = (master.matrix(which) @ prices)[: len(which)]
    assert priced.reduced[::7] == pytest.approx(worth - paid)


@pytest.mark.parametrize("seed", range(6))
def test_entries_of_many_columns_are_those_of_each(seed: int) -> None:
    master = Master(column_space(week(seed), SETTINGS))
    relaxed = Relaxed(0.0, np.zeros(len(master.rows.lower)))
    columns = within(master, FIRST, relaxed, 1e6, 10**6)[0].columns[::5]
    matrix = master.rows.matrix(columns)
    for line, column in enumerate(columns):
        expected = np.zeros(master.rows.without_cuts)
        for row, value in master.rows.of_column(column):
            expected[row] += value
        assert matrix[[line]].toarray().ravel() == pytest.approx(expected)
        assert master.space.worths([column], FIRST)[0] == pytest.approx(master.space.worth(column, FIRST))


@pytest.mark.parametrize("seed", range(8))
def test_cuts_never_raise_the_bound(seed: int) -> None:
    master = Master(column_space(week(seed), SETTINGS))
    before, _ = generate(master, FIRST, SETTINGS)
    after, exact = tightened(master, FIRST, SETTINGS)
    assert exact
    assert after.value <= before.value + 1e-6
