"""Reduced costs of every column of every window at once: one sparse product per class of windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.columns import Column, Objective
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.windows import RouteClass

Floats = npt.NDArray[np.float64]
BARRED = -1e12
TINY = 1e-6
ROUTES_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Priced:
    """Columns with their reduced costs, best first."""

    columns: list[Column]
    reduced: Floats


def improving(master: Master, objective: Objective, relaxed: Relaxed, most: int) -> Priced:
    """Columns that would improve the relaxation: the best few of each window, at most ``most`` in all."""
    columns: list[Column] = []
    reduced: list[float] = []
    windows = len(master.space.windows)
    each = max(2, 4 * most // max(1, windows))
    for routes, windows_here, table in _tables(master, objective, relaxed):
        keep = min(each, len(table))
        best = np.argpartition(-table, keep - 1, axis=0)[:keep]
        for position, window in enumerate(windows_here):
            for row in best[:, position]:
                if table[row, position] > TINY:
                    columns.append((window, int(routes + row)))
                    reduced.append(float(table[row, position]))
    order = np.argsort(-np.array(reduced), kind="stable")[:most]
    return Priced([columns[i] for i in order], np.array(reduced)[order])


def within(master: Master, objective: Objective, relaxed: Relaxed, gap: float, most: int) -> tuple[Priced, bool]:
    """Columns whose reduced cost is above ``-gap``, and whether these are all such columns."""
    columns: list[Column] = []
    reduced: list[float] = []
    total = 0
    for routes, windows_here, table in _tables(master, objective, relaxed):
        rows, positions = np.nonzero(table >= -gap - TINY)
        total += len(rows)
        values = table[rows, positions]
        if len(values) > most:
            top = np.argpartition(-values, most - 1)[:most]
            rows, positions, values = rows[top], positions[top], values[top]
        columns += [(windows_here[p], int(routes + r)) for r, p in zip(rows, positions, strict=True)]
        reduced += values.tolist()
    order = sorted(range(len(columns)), key=lambda i: (-reduced[i], columns[i]))[:most]
    return Priced([columns[i] for i in order], np.array([reduced[i] for i in order])), total <= most


def _tables(master: Master, objective: Objective, relaxed: Relaxed) -> Iterator[tuple[int, list[int], Floats]]:
    """Per class and slice of routes: number of its first route, its windows, reduced costs (routes, windows)."""
    space = master.space
    for route_class, windows_here in space.windows_of.items():
        routes = space.routes[route_class]
        if not len(routes):
            continue
        prices = _prices(master, objective, relaxed, route_class, windows_here)
        for begin in range(0, len(routes), ROUTES_AT_ONCE):
            part = slice(begin, begin + ROUTES_AT_ONCE)
            table = space.stops[route_class][part] @ prices.by_call
            table -= np.outer(space.counts[route_class][part], prices.per_stop)
            table -= np.outer(routes.block[part], prices.per_minute)
            table -= (objective.travel * routes.travel[part])[:, None]
            table -= prices.fixed[None, :]
            yield begin, windows_here, table


@dataclass(frozen=True, slots=True)
class _WindowPrices:
    by_call: Floats
    per_stop: Floats
    per_minute: Floats
    fixed: Floats


def _prices(
    master: Master, objective: Objective, relaxed: Relaxed, route_class: RouteClass, windows_here: list[int]
) -> _WindowPrices:
    space, rows, dual = master.space, master.rows, relaxed.prices
    worth = space.call_points @ np.array(objective.bands)
    by_call = np.repeat(worth[:, None], len(windows_here), axis=1)
    by_call += objective.continuity * space.continuity[windows_here].T
    by_call -= (rows.calls_by_window @ dual).reshape(len(space.windows), -1)[windows_here].T
    by_call[~space.may_call[windows_here].T] = BARRED
    shifts = [space.windows[w].shifts for w in windows_here]
    return _WindowPrices(
        by_call=by_call,
        per_stop=np.array([sum(dual[rows.visits[s]] for s in group) for group in shifts]),
        per_minute=np.array([sum(dual[rows.minutes[s]] for s in group) for group in shifts]),
        fixed=(rows.by_window @ dual)[windows_here],
    )
