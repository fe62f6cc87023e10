"""Desk tasks that nothing tells apart: a search counts how many of a kind go into a shift, not which ones.

Reviews of the same length, worth the same, that anybody may do on any day can change places in every roster. A search
that knew them one by one would spend its effort on exchanging them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.rows import Rows

Ints = npt.NDArray[np.int64]


class AlikeDesk:
    """The choices of desk task and shift, those of tasks that are alike taken together.

    Parameters
    ----------
    rows
        Tell what each choice counts in.

    Attributes
    ----------
    kinds
        Tasks of each kind; a pinned one is a kind of its own.
    choices
        One for each kind and shift: the number of its first task's choice in :attr:`Rows.desk_choices`.
    most
        How many tasks of its kind each of these could hold.
    """

    def __init__(self, rows: Rows) -> None:
        numbers: dict[int, list[int]] = defaultdict(list)
        for number, (desk, _) in enumerate(rows.desk_choices):
            numbers[desk].append(number)
        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for desk, own in numbers.items():
            alike[_told_by(rows, desk, own)].append(desk)
        self.kinds = list(alike.values())
        self.choices: Ints = np.array([n for kind in self.kinds for n in numbers[kind[0]]], dtype=np.int64)
        self.most: Ints = np.array([len(kind) for kind in self.kinds for _ in numbers[kind[0]]], dtype=np.int64)
        self._kind = {desk: number for number, kind in enumerate(self.kinds) for desk in kind}
        self._place = [(self._kind[rows.desk_choices[n][0]], rows.desk_choices[n][1]) for n in self.choices]

    def counted(self, desk: Iterable[tuple[int, int]]) -> Ints:
        """How many tasks of each kind a choice has in each shift."""
        there = Counter((self._kind[d], shift) for d, shift in desk)
        return np.array([there[place] for place in self._place], dtype=np.int64)

    def told_apart(self, counts: Ints) -> list[tuple[int, int]]:
        """Tasks and shifts for so many of each kind in each shift: the first of a kind in its first shift."""
        done = [iter(kind) for kind in self.kinds]
        return sorted((next(done[kind]), s) for (kind, s), n in zip(self._place, counts, strict=True) for _ in range(n))


def _told_by(rows: Rows, desk: int, choices: list[int]) -> tuple[object, ...]:
    """What tells a desk task from others: its shifts, and the rows it counts in there beside its own."""
    own = rows.desk[desk]
    told = tuple(
        (rows.desk_choices[n][1], *(entry for entry in rows.of_desk(rows.desk_choices[n]) if entry[0] != own))
        for n in choices
    )
    return (desk, told) if rows.space.instance.desk[desk].is_pinned else (told,)
