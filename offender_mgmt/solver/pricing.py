"""Reduced costs of every column of every window at once: one sparse product per class of windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.columns import Column, Objective
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.windows import RouteClass

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
BARRED = -1e12
NO_CREW = -1e10
"""Below it lies only what the crew may not do."""
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
                    columns.append((window, int(routes[row])))
                    reduced.append(float(table[row, position]))
    order = np.argsort(-np.array(reduced), kind="stable")[:most]
    return Priced([columns[i] for i in order], np.array(reduced)[order])


def to_pay(master: Master, columns: Sequence[Column], reduced: Iterable[float], rest: float) -> float:
    """By how much the prices of all sessions together must be raised until no column would help.

    A column pays all sessions of its window, so each of them needs to pay its part only.

    Parameters
    ----------
    columns, reduced
        Columns that would help, with their reduced costs.
    rest
        None that is not among them helps by more.
    """
    if not columns and rest <= 0:
        return 0.0
    worst = np.full(len(master.space.windows), rest)
    for (index, _), value in zip(columns, reduced, strict=True):
        worst[index] = max(worst[index], value)
    raised: dict[tuple[int, int], float] = {}
    for index, value in enumerate(worst):
        window = master.space.windows[index]
        taken = [(s, k) for s, sessions in zip(window.shifts, window.sessions, strict=True) for k in sessions]
        for session in taken:
            raised[session] = max(raised.get(session, 0.0), float(value) / len(taken))
    return sum(raised.values())


def within(master: Master, objective: Objective, relaxed: Relaxed, gap: float, most: int) -> tuple[Priced, bool]:
    """Columns whose reduced cost is above ``-gap``, and whether these are all such columns."""
    windows: list[Ints] = [np.zeros(0, dtype=np.int64)]
    routes_there: list[Ints] = [np.zeros(0, dtype=np.int64)]
    reduced: list[Floats] = [np.zeros(0)]
    total = 0
    for routes, windows_here, table in _tables(master, objective, relaxed):
        rows, positions = np.nonzero(table >= max(-gap - TINY, NO_CREW))
        total += len(rows)
        values = table[rows, positions]
        if len(values) > most:
            top = np.argpartition(-values, most - 1)[:most]
            rows, positions, values = rows[top], positions[top], values[top]
        windows.append(np.array(windows_here, dtype=np.int64)[positions])
        routes_there.append(routes[rows])
        reduced.append(values)
    window, route, worth = np.concatenate(windows), np.concatenate(routes_there), np.concatenate(reduced)
    order = np.lexsort((route, window, -worth))[:most]
    columns = list(zip(window[order].tolist(), route[order].tolist(), strict=True))
    return Priced(columns, worth[order]), total <= most


def _tables(master: Master, objective: Objective, relaxed: Relaxed) -> Iterator[tuple[Ints, list[int], Floats]]:
    """Per class and part of its routes: their numbers, windows, reduced costs (routes, windows)."""
    space = master.space
    prices = Prices(master, objective, relaxed)
    for route_class, windows_here in space.windows_of.items():
        routes = space.routes[route_class]
        close = master.close[route_class] if master.close is not None else None
        windows_here = windows_here if close is None else close.windows
        numbers = np.arange(len(routes)) if close is None else close.routes
        if not len(numbers) or not windows_here:
            continue
        by_call = prices.by_call(windows_here)
        for begin in range(0, len(numbers), ROUTES_AT_ONCE):
            here = slice(begin, begin + ROUTES_AT_ONCE)
            part = here if close is None else numbers[here]
            table = space.stops[route_class][part] @ by_call
            table -= np.outer(space.counts[route_class][part], prices.per_stop[windows_here])
            table -= np.outer(routes.block[part], prices.per_minute[windows_here])
            table += prices.by_route(route_class, part)[:, None]
            table -= prices.fixed[windows_here]
            prices.cuts.charge(table, part, route_class, windows_here)
            if close is not None:
                table[close.far[here]] = BARRED
            yield numbers[here], windows_here, table


class Prices:
    """What everything costs under the prices of the relaxation: per window, per stop, per minute, per call."""

    def __init__(self, master: Master, objective: Objective, relaxed: Relaxed) -> None:
        self._space = master.space
        dual = relaxed.prices[: master.rows.without_cuts]
        self.cuts = master.cuts.prices(relaxed.prices)
        self._scores = _score_weights(master, objective, dual)
        self._exposure = [(counts, rows @ dual) for counts, rows in master.rows.exposure_of_window]
        self.per_stop = master.rows.visits_of_window @ dual
        self.per_minute = master.rows.minutes_of_window @ dual
        self.fixed = master.rows.by_window @ dual + self.cuts.by_window
        self._entry = master.rows.entry_minutes @ dual
        self._call = master.space.call_points @ np.array(objective.bands) - master.rows.by_call @ dual
        self._interview = {call: order @ dual for call, order in master.rows.by_interview.items()}

    def by_call(self, windows: list[int]) -> Floats:
        """Worth of each call for each window less its prices; shape (calls, windows)."""
        space = self._space
        table = self._call[:, None] - np.outer(space.needs_entry, self._entry[windows])
        for counts, price in self._exposure:
            table = table - np.outer(counts, price[windows])
        for number, weight in self._scores:
            score = space.scores[number]
            if score.by_window is not None:
                table = table + weight * score.by_window[windows].T
            if score.seats is not None:
                table = table + weight * np.outer(score.seats[1], score.seats[0][windows])
        for call, order in self._interview.items():
            table[call] -= order[windows]
        table[~space.may_call[windows].T] = BARRED
        return np.asarray(table)

    @property
    def depend_on_order(self) -> bool:
        """Whether a score by route has a weight: what a route is worth is then more than its calls and minutes."""
        return any(self._space.scores[number].by_route is not None for number, _ in self._scores)

    def entries_later(self, window: int, count: int) -> float:
        """What cuts charge for so many entries made in a later shift, beside what each call pays for its own."""
        return self.cuts.by_entries(window, count)

    def by_route(self, route_class: RouteClass, part: slice | Ints) -> Floats:
        """Worth of a part of the routes of a class, whoever drives them."""
        total = np.zeros(len(self._space.routes[route_class]))[part]
        for number, weight in self._scores:
            if self._space.scores[number].by_route is not None:
                total += weight * self._space.route_score(number, route_class)[part]
        return total


def _score_weights(master: Master, objective: Objective, dual: Floats) -> list[tuple[int, float]]:
    """What each unit of a score is worth: its weight less the price of its row."""
    weights = dict(objective.scores)
    worth = [(n, weights.get(n, 0.0) - float(dual[row])) for n, row in enumerate(master.rows.score)]
    return [(number, weight) for number, weight in worth if weight]
