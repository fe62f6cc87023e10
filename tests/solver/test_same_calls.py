"""Other crews and days for the calls of an outing: all of them, and nothing but them."""

from __future__ import annotations

from solver.instances import random_instance

from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.settings import Settings


def test_every_column_with_the_same_calls_and_no_other() -> None:
    """Counted column by column over the whole space of a small week."""
    space = column_space(random_instance(3, officers=4, calls=6, days=2, desk=0), Settings())
    chosen = greedy(space).columns
    wanted = {frozenset(space.calls_of(column)) for column in chosen}
    everything = {
        (w, route)
        for w, window in enumerate(space.windows)
        for route in range(len(space.routes[window.route_class]))
        if space.may_call[w, list(space.calls_of((w, route)))].all() and frozenset(space.calls_of((w, route))) in wanted
    }
    assert set(space.same_calls(chosen)) == everything
    assert set(chosen) <= everything
    assert len(everything) > len(chosen)


def test_no_columns_have_no_others() -> None:
    space = column_space(random_instance(3, officers=4, calls=6, days=2, desk=0), Settings())
    assert space.same_calls(()) == ()
