"""Improving long routes of one window, or the proof that there is none: the labels' search, asked until it is sure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.class_clock import (
    BEGIN,
    CHECK,
    END,
    ENTRY,
    HOME,
    LEAST_HOME,
    LEAST_LEG,
    MINUTES,
    NOMINAL,
    OUT,
    PAUSE,
    ClassClock,
    first_start,
    leave_late,
)
from offender_mgmt.solver.compiled import compiled
from offender_mgmt.solver.label_search import (
    EXACT,
    NONE,
    QUICK,
    WORD,
    Labels,
    Terms,
    grow_labels,
    join,
    new_labels,
    stops_of,
)
from offender_mgmt.solver.priced_search import WindowPrices

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NEAR = 8
"""Each call is remembered by so many near ones at first."""
MOST_ASKED = 60
AT_ONCE = 8
"""One search may make such a part of all comparisons."""


@dataclass
class Sought:
    """What a search came to.

    Parameters
    ----------
    orders
        Calls of each route in order, numbered as in the clock.
    worth
        The most each can be worth.
    most
        No route at all is worth more; infinite where that is not known.
    """

    orders: list[Ints] = field(default_factory=list)
    worth: list[float] = field(default_factory=list)
    most: float = np.inf


class LongSearch:
    """Searches of the windows of a class: what calls remember of each other stays from one to the next.

    Parameters
    ----------
    most_stops
        Most stops of a route.
    room
        Most labels of a search from one end; with more it gives up.
    effort
        Comparisons of labels that all searches together may make.
    """

    _remember_more = False

    def __init__(self, clock: ClassClock, most_stops: int, room: int, effort: int) -> None:
        self.clock, self._room = clock, room
        self._left, self._at_once = effort, effort // AT_ONCE
        self._longest = most_stops if most_stops < most_that_fit(clock) else 0
        nominals, self._bit = np.unique(clock.visit[:, NOMINAL], return_inverse=True)
        self._words = -(-max(1, len(nominals)) // WORD)
        self.keeps = self._near()
        self._middle = (int(clock.frame[BEGIN]) + int(clock.frame[END])) // 2

    def _near(self) -> Ints:
        """Bits that calls keep at first: their own nominal's and those of the nearest calls."""
        keeps = np.zeros((len(self.clock.ids), self._words), dtype=np.int64)
        nearest = np.argsort(self.clock.hop, axis=1, kind="stable")[:, :NEAR]
        for call in range(len(keeps)):
            for other in (call, *nearest[call]):
                self._keep(keeps, call, int(other))
        return keeps

    def _keep(self, keeps: Ints, call: int, other: int) -> None:
        bit = int(self._bit[other])
        keeps[call, bit // WORD] |= np.int64(1) << np.int64(bit % WORD)

    def improving(self, prices: WindowPrices, above: float, most: int, *, quick: bool) -> Sought:
        """Some routes worth more than ``above``; if none is found there is none, as long as there was room.

        Parameters
        ----------
        quick
            Whether to look for good ones first, of which nothing is known beyond that.
        """
        sought = self._found(prices, above, most, QUICK) if quick else Sought()
        for _ in range(MOST_ASKED):
            if sought.orders:
                break
            sought = self._found(prices, above, most, EXACT)
            if not self._remember_more:
                break
        return sought

    def _found(self, prices: WindowPrices, above: float, most: int, how: int) -> Sought:
        if self._left <= 0:
            self._remember_more = False
            return Sought()
        terms = self._terms(prices, how)
        front, back = (new_labels(len(self._bit), self._words, len(terms.odd), self._room) for _ in range(2))
        enough = grow_labels(self.clock, terms, front, True, self._middle, how)
        enough = enough and grow_labels(self.clock, terms, back, False, self._middle, how)
        if not enough and how == EXACT:
            self._left -= int(front.size[1] + back.size[1])
            self._remember_more = False
            return Sought()
        first, second, worth = join(self.clock, terms, front, back, above, most)
        self._left -= int(front.size[1] + back.size[1])
        if back.size[1] > 2 * terms.effort:
            how = QUICK  # good routes, but perhaps not the best
        return self._without_repeats(front, back, (first, second, worth), above, how)

    def _without_repeats(
        self, front: Labels, back: Labels, pairs: tuple[Ints, Ints, Floats], above: float, how: int
    ) -> Sought:
        """Routes that call on nobody twice; of the others, calls remember more from now on."""
        first, second, worth = pairs
        sought = Sought()
        if how == EXACT:
            sought.most = float(worth[0]) if len(worth) else above
        self._remember_more = False
        for label, other, value in zip(first, second, worth, strict=True):
            calls = stops_of(front, back, label, other)
            bits = self._bit[calls]
            if len(np.unique(bits)) == len(bits):
                sought.orders.append(calls)
                sought.worth.append(float(value))
            elif how == EXACT:
                self._remember(calls, bits)
        return sought

    def _remember(self, calls: Ints, bits: Ints) -> None:
        """Between two calls on one nominal, all calls keep its bit."""
        seen: dict[int, int] = {}
        for place, bit in enumerate(bits.tolist()):
            for between in range(seen.get(bit, place), place):
                before = self.keeps[calls[between]].copy()
                self._keep(self.keeps, int(calls[between]), int(calls[place]))
                self._remember_more |= bool((before != self.keeps[calls[between]]).any())
            seen[bit] = place

    def _terms(self, prices: WindowPrices, how: int) -> Terms:
        cuts = len(prices.cut_price)
        odd = np.zeros(max(1, -(-cuts // WORD)), dtype=np.int64)
        for cut in np.nonzero(prices.touched % 2)[0]:
            odd[cut // WORD] |= np.int64(1) << np.int64(cut % WORD)
        all_bits = np.full_like(self.keeps, (1 << WORD) - 1)
        return Terms(
            net=prices.net,
            calls=np.sort(prices.calls),
            bit=self._bit.astype(np.int64),
            keeps=all_bits if how == QUICK else self.keeps,
            fixed=prices.fixed,
            per_minute=prices.per_minute,
            cuts=prices.cuts,
            cut_price=prices.cut_price,
            odd=odd,
            longest=self._longest,
            effort=min(self._at_once, self._left),
        )


def most_that_fit(clock: ClassClock) -> int:
    """No route of the class has more stops."""
    if not len(clock.ids):
        return 0
    shortest = int((clock.visit[:, OUT] + clock.visit[:, MINUTES]).min())
    left = int(clock.frame[END] - clock.frame[BEGIN] - clock.frame[LEAST_HOME]) - shortest
    more = left // max(1, int(clock.frame[LEAST_LEG])) if left >= 0 else -1
    return min(len(np.unique(clock.visit[:, NOMINAL])), 1 + more)


def is_plain(clock: ClassClock) -> bool:
    """Whether nothing but travel and visits takes time: no break on the road, no checks, no entries."""
    return clock.frame[PAUSE] == 0 and not clock.visit[:, [CHECK, ENTRY]].any()


def detours_take_time(clock: ClassClock) -> bool:
    """Whether nobody is sooner anywhere for a visit on the way; tables of travel may be off by a rounding."""
    out, home, minutes = clock.visit[:, OUT], clock.visit[:, HOME], clock.visit[:, MINUTES]
    through = (out + minutes)[:, None] + clock.hop  # from the base by way of the row to the column
    back = clock.hop + (minutes + home)[None, :]
    np.fill_diagonal(through, out)
    np.fill_diagonal(back, home)
    if (through < out[None, :]).any() or (back < home[:, None]).any():
        return False
    return all(
        ((clock.hop[:, [k]] + minutes[k] + clock.hop[[k], :]) >= clock.hop)[~_at(len(out), k)].all()
        for k in range(len(out))
    )


def _at(size: int, number: int) -> npt.NDArray[np.bool_]:
    """A row and a column of a square."""
    flags = np.zeros((size, size), dtype=bool)
    flags[number, :] = flags[:, number] = True
    return flags


@compiled
def timed(clock: ClassClock, calls: Ints) -> tuple[int, int]:
    """Minutes of an outing that is back as early as it can be, leaving as late as that allows; minutes of travel.

    The first is -1 where the order cannot be driven.
    """
    stops = len(calls)
    starts = np.empty(stops, dtype=np.int64)
    ready, travel = clock.frame[BEGIN], 0
    for stop in range(stops):
        leg = clock.visit[calls[0], OUT] if stop == 0 else clock.hop[calls[stop - 1], calls[stop]]
        starts[stop] = first_start(clock, calls[stop], ready + leg)
        if starts[stop] < 0:
            return -1, 0
        ready = starts[stop] + clock.visit[calls[stop], MINUTES]
        travel += leg
    home = clock.visit[calls[stops - 1], HOME]
    if ready + home > clock.frame[END]:
        return -1, 0
    leave_late(clock, calls, starts, stops, NONE)
    return ready + home - starts[0] + clock.visit[calls[0], OUT], travel + home
