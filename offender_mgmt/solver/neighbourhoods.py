"""Which shifts to free next: the part of the week that a search solves again while the rest is held."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from offender_mgmt.instance.model import Instance
from offender_mgmt.instance.shifts import overlap

SMALLEST = 4
"""Fewer shifts hold next to nothing to exchange."""


class Neighbourhoods:
    """Draws sets of shifts: some days, some officers, some shifts at random, or those around work left out.

    Parameters
    ----------
    rng
        The only source of chance, so that one seed gives one search.
    """

    def __init__(self, instance: Instance, rng: random.Random) -> None:
        self._instance, self._rng = instance, rng
        self._shifts = range(len(instance.shifts))
        self._kinds: tuple[Callable[[int, Iterable[int]], list[int]], ...] = (
            self._by_days,
            self._by_officers,
            self._at_random,
            self._around,
        )

    def draw(self, size: int, left_out: Iterable[int]) -> frozenset[int]:
        """About so many shifts to free.

        Parameters
        ----------
        left_out
            Calls that nobody makes at present.
        """
        kind = self._rng.choice(self._kinds)
        order = kind(size, left_out)
        return frozenset(order[: max(SMALLEST, size)])

    def _by_days(self, size: int, _: Iterable[int]) -> list[int]:
        return self._by_groups([shift.day for shift in self._instance.shifts])

    def _by_officers(self, size: int, _: Iterable[int]) -> list[int]:
        return self._by_groups([shift.officer for shift in self._instance.shifts])

    def _by_groups(self, group: list[int]) -> list[int]:
        """All shifts, group after group in random order, shuffled inside each."""
        groups = sorted(set(group))
        self._rng.shuffle(groups)
        order: list[int] = []
        for name in groups:
            own = [s for s in self._shifts if group[s] == name]
            self._rng.shuffle(own)
            order += own
        return order

    def _at_random(self, size: int, _: Iterable[int]) -> list[int]:
        order = list(self._shifts)
        self._rng.shuffle(order)
        return order

    def _around(self, size: int, left_out: Iterable[int]) -> list[int]:
        """Shifts in which a call that is left out could be made come first, the rest at random after them."""
        calls = sorted(left_out)
        order = self._at_random(size, ())
        if not calls:
            return order
        spans = self._instance.calls[self._rng.choice(calls)].spans
        near = {s for s in order if any(overlap(self._instance.shifts[s].span, span) for span in spans)}
        return sorted(order, key=lambda s: s not in near)
