"""Large-neighbourhood search: never worse, always a roster, the same for the same seed; and what it frees."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pytest
from solver.instances import random_instance
from solver.test_cuts import used

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.bands import chosen_values, objective_value
from offender_mgmt.solver.believe import Counts
from offender_mgmt.solver.columns import Objective, column_space
from offender_mgmt.solver.generate import generate
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.large_search import LargeSearch, Solved
from offender_mgmt.solver.master import Chosen, Master
from offender_mgmt.solver.neighbourhoods import SMALLEST, Neighbourhoods
from offender_mgmt.solver.settings import Settings

OBJECTIVE = Objective((30.0, 1.0))


def week(seed: int) -> Instance:
    return random_instance(seed, officers=6, calls=14, days=3, desk=10, bands=2, tour_minutes=(300, 480))


def searched(seed: int, steps: int, floor: int | None = None, beside: int = 1) -> tuple[Master, Chosen, Chosen]:
    """The master, the greedy roster, and what so many steps make of it."""
    settings = Settings(seed=seed, beside=beside)
    space = column_space(week(seed), settings)
    master, start = Master(space), greedy(space)
    master.add(start.columns)
    if floor is not None:
        master.floors[0] = floor
    relaxed, _ = generate(master, OBJECTIVE, settings)
    return master, start, LargeSearch(master, OBJECTIVE, relaxed, start, settings).improve(steps)


@pytest.mark.parametrize("beside", [1, 3])
@pytest.mark.parametrize("seed", range(6))
def test_never_worse_and_within_every_row(seed: int, beside: int) -> None:
    master, start, found = searched(seed, 12, beside=beside)
    assert objective_value(master.space, found, OBJECTIVE) >= objective_value(master.space, start, OBJECTIVE)
    amounts, upper, lower = used(master, found), master.rows.upper, master.rows.lower
    assert all(lo - 1e-9 <= amount <= up + 1e-9 for amount, lo, up in zip(amounts, lower, upper, strict=True))
    assert found.value == pytest.approx(objective_value(master.space, found, OBJECTIVE))
    assert found.value <= found.bound + 1e-6


def test_it_finds_more_than_the_greedy_rule() -> None:
    gains = [
        objective_value(master.space, found, OBJECTIVE) - objective_value(master.space, start, OBJECTIVE)
        for master, start, found in (searched(seed, 12) for seed in range(4))
    ]
    assert sum(gain > 0 for gain in gains) >= 3


def test_no_step_gives_the_start() -> None:
    _, start, found = searched(1, 0)
    assert (set(found.columns), set(found.desk), set(found.write_ups)) == (
        set(start.columns),
        set(start.desk),
        set(start.write_ups),
    )


@pytest.mark.parametrize(
    ("better", "made"),
    [
        ((), 8),  # none helps: as many as were asked for
        ((1, 4), 8),  # after the fourth there are still the four to come
        ((5,), 9),  # four more after the fifth
        ((8, 12, 13), 17),
        (range(1, 100), 32),  # whatever helps, no more than four times as many
    ],
)
def test_the_search_goes_on_while_steps_better_the_roster(
    monkeypatch: pytest.MonkeyPatch, better: Collection[int], made: int
) -> None:
    """Eight steps of a large week are asked for; those with the numbers given make the roster better by one."""
    assert _steps_made(monkeypatch, better, Settings(most_routes=1)) == made
    assert _steps_made(monkeypatch, better, Settings()) == 8  # all routes are in the tables: no large week
    assert _steps_made(monkeypatch, better, Settings(most_routes=1), longer=False) == 8


@pytest.mark.parametrize(("better", "made"), [((), 3), ((1,), 4), ((3,), 6), ((3, 6), 8), (range(1, 9), 8)])
def test_a_search_that_may_be_idle_for_three_steps(
    monkeypatch: pytest.MonkeyPatch, better: Collection[int], made: int
) -> None:
    """Eight steps are asked for; those with the numbers given make the roster better by one."""
    assert _steps_made(monkeypatch, better, Settings(), idle=3) == made


def test_a_step_without_an_answer_is_not_counted_as_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """One too hard for its limit says nothing about what there is: the third answer is that of the fifth step."""
    assert _steps_made(monkeypatch, (), Settings(), idle=3, unanswered=(1, 3)) == 5


def _steps_made(
    monkeypatch: pytest.MonkeyPatch,
    better: Collection[int],
    settings: Settings,
    idle: int | None = None,
    unanswered: Collection[int] = (),
    *,
    longer: bool = True,
) -> int:
    space = column_space(week(1), settings)
    master, start = Master(space), greedy(space)
    master.add(start.columns)
    relaxed, _ = generate(master, OBJECTIVE, settings)
    search, steps = LargeSearch(master, OBJECTIVE, relaxed, start, settings), Counter[str]()

    def solve(self: LargeSearch, _free: frozenset[int], now: Counts) -> Solved | None:
        steps["made"] += 1
        return None if steps["made"] in unanswered else Solved(now, np.zeros(0, dtype=np.int64), easy=True)

    def take(self: LargeSearch, _solved: Solved, _value: float) -> None:
        worth = self._worth.copy()
        worth[np.nonzero(self._taken)[0][0]] += steps["made"] in better
        self._worth = worth

    monkeypatch.setattr(LargeSearch, "_solve", solve)
    monkeypatch.setattr(LargeSearch, "_take", take)
    monkeypatch.setattr(LargeSearch, "_is_open", lambda _: True)
    search.improve(8, idle=idle, longer=longer)
    return steps["made"]


@pytest.mark.parametrize(
    ("found", "is_better", "free", "sees", "left"),
    [
        (None, False, 10, 50, 5),  # no answer within the limit: smaller
        ({"easy": False}, False, 10, 50, 5),
        ({"easy": True}, False, 13, 100, 5),  # a part of the week was easy: larger
        ({"easy": True, "whole": True}, True, 13, 100, 5),
        ({"easy": True, "whole": True, "saw_all": False}, False, 8, 200, 5),  # half the shifts, twice the columns
        ({"easy": True, "whole": True, "saw_all": True}, False, 12, 100, 0),  # nothing better is anywhere
    ],
)
def test_what_the_next_steps_free_and_look_at(
    found: dict[str, bool] | None, is_better: bool, free: int, sees: int, left: int
) -> None:
    """Twelve of fifteen shifts were free, a hundred columns looked at, forty at first; five steps are left."""
    search = plans(0)[0]
    search.free, search._sees, search._left = 12, 100, 5
    search._settings = replace(search._settings, step_columns=40)
    assert len(search._master.space.instance.shifts) == 15
    solved = None if found is None else Solved(search._taken, np.zeros(0, dtype=np.int64), **found)
    search._adapt(solved, is_better=is_better)
    assert (search.free, search._sees, search._left) == (free, sees, left)


def test_once_everything_was_looked_at_the_search_is_over() -> None:
    """So small a week is soon solved whole: of a thousand steps next to none is made, though the bound leaves room."""
    settings, asked = Settings(), Counter[str]()
    space = column_space(random_instance(3, officers=3, calls=5, days=2, desk=4, bands=2), settings)
    master, start = Master(space), greedy(space)
    relaxed, _ = generate(master, OBJECTIVE, settings)
    search = LargeSearch(master, OBJECTIVE, replace(relaxed, value=np.inf), start, settings)
    solve = search._solve

    def counted(free: frozenset[int], now: Counts) -> Solved | None:
        asked["steps"] += 1
        return solve(free, now)

    search._solve = counted  # type: ignore[method-assign]
    search.improve(1_000)
    assert asked["steps"] < 60


def test_same_seed_same_roster() -> None:
    assert searched(3, 8)[2] == searched(3, 8)[2]


def plans(seed: int) -> tuple[LargeSearch, Solved, Solved, Solved]:
    """A search, and three steps from its greedy roster: one that finds more, one that goes back, one that does harm."""
    settings = Settings(seed=seed)
    space = column_space(week(seed), settings)
    master, start = Master(space), greedy(space)
    master.add(start.columns)
    relaxed, _ = generate(master, OBJECTIVE, settings)
    search = LargeSearch(master, OBJECTIVE, relaxed, start, settings)
    before = search._taken.copy()
    search.improve(12)
    everything = np.arange(len(before))
    more, back = (Solved(taken, everything, True) for taken in (search._taken.copy(), before))
    search._taken = before.copy()
    return search, more, back, Solved(np.ones_like(before), everything, True)


def test_a_step_that_finds_more_is_taken_and_one_that_goes_back_is_not() -> None:
    search, more, back, _ = plans(0)
    value = float(search._worth @ back.taken)
    search._take(more, value)
    reached = float(search._worth @ search._taken)
    assert reached > value
    search._take(back, reached)
    assert (search._taken == more.taken).all()


def test_two_steps_that_do_not_go_together_leave_the_better_one() -> None:
    """The second one began before the first was done: put together they break rows, by itself it is worth less."""
    search, more, back, harm = plans(0)
    half = np.nonzero(more.taken != back.taken)[0][:1]
    search._taken = more.taken.copy()
    value = float(search._worth @ search._taken)
    search._take(replace(harm, variables=half), value)
    search._take(harm, value)
    assert (search._taken == more.taken).all()


def test_what_another_step_took_meanwhile_stays_where_both_fit() -> None:
    search, more, back, _ = plans(0)
    nothing = Solved(back.taken, np.zeros(0, dtype=np.int64), True)
    search._taken = more.taken.copy()
    search._take(nothing, float(search._worth @ more.taken))
    assert (search._taken == more.taken).all()


def test_floors_of_the_master_are_kept() -> None:
    master, start, _ = searched(2, 0)
    floor = chosen_values(master.space, start)[0]
    master, _, found = searched(2, 12, floor)
    assert chosen_values(master.space, found)[0] >= floor


def test_search_stops_where_nothing_is_left_to_find() -> None:
    """With the bound met at once, no step is taken: the greedy roster does everything there is."""
    settings = Settings()
    instance = random_instance(5, officers=4, calls=2, days=2, desk=1, bands=2)
    space = column_space(instance, settings)
    master, start = Master(space), greedy(space)
    relaxed, _ = generate(master, OBJECTIVE, settings)
    assert objective_value(space, start, OBJECTIVE) == pytest.approx(relaxed.value)
    search = LargeSearch(master, OBJECTIVE, relaxed, start, settings)
    assert set(search.improve(1_000).columns) == set(start.columns)


@pytest.mark.parametrize("size", [SMALLEST, 7, 100])
def test_drawn_shifts(size: int) -> None:
    instance = week(4)
    draw = Neighbourhoods(instance, random.Random(1))
    for _ in range(40):
        free = draw.draw(size, left_out=[0, 3])
        assert len(free) == min(size, len(instance.shifts))
        assert free <= set(range(len(instance.shifts)))


def test_never_fewer_than_the_smallest() -> None:
    assert len(Neighbourhoods(week(4), random.Random(1)).draw(1, left_out=[])) == SMALLEST
