"""Seeded chance that gives the same answers on every machine, whatever order things are made in."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of chance of its own for each purpose.

    Only ``Random.random`` is used: it is the one method whose numbers Python promises to keep.

    Parameters
    ----------
    seed
        Seed of the register.
    purpose
        What the stream is for, e.g. ``"tours", "P1001"``: what one stream gives does not depend on any other.
    """

    def __init__(self, seed: int, *purpose: str) -> None:
        self._random = Random(":".join((str(seed), *purpose)))  # noqa: S311 (made-up data, no secret)

    def chance(self, per_cent: float) -> bool:
        """True in so many of a hundred cases."""
        return self._random.random() * 100 < per_cent

    def between(self, lowest: int, highest: int) -> int:
        """A whole number, both ends possible, each equally likely."""
        return lowest + int(self._random.random() * (highest - lowest + 1))

    def middling(self, lowest: int, highest: int) -> int:
        """A whole number, those in the middle likelier (mean of three)."""
        return round(sum(self.between(lowest, highest) for _ in range(3)) / 3)

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each equally likely."""
        return choices[self.between(0, len(choices) - 1)]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of the choices, by their weights."""
        point = self._random.random() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            point -= weight
            if point < 0:
                return choice
        return choices[-1][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in some other order."""
        left = list(items)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(len(left))]
