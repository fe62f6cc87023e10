"""The difference of two rosters as a value: applied to the first it gives the second, turned round the first again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from offender_mgmt.errors import UsageError
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned

T = TypeVar("T", Assignment, Unassigned)
NOT_OF_THIS_ROSTER = "The difference is of another roster than this one."


@dataclass(frozen=True, slots=True)
class Edit(Generic[T]):
    """What one list of rows needs to become another.

    Parameters
    ----------
    taken
        Rows that go, each with its place in the list before, in order of place.
    put
        Rows that come, each with its place in the list after, in order of place.
    """

    taken: tuple[tuple[int, T], ...] = ()
    put: tuple[tuple[int, T], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing goes and nothing comes."""
        return not (self.taken or self.put)

    def reversed(self) -> Edit[T]:
        """The way back."""
        return Edit(self.put, self.taken)

    def applied_to(self, rows: tuple[T, ...]) -> tuple[T, ...]:
        """The list after.

        Raises
        ------
        UsageError
            When a row that should go does not stand in its place.
        """
        if any(place >= len(rows) or rows[place] != row for place, row in self.taken):
            raise UsageError(NOT_OF_THIS_ROSTER)
        gone = {place for place, _ in self.taken}
        after = [row for place, row in enumerate(rows) if place not in gone]
        for place, row in self.put:
            if place > len(after):
                raise UsageError(NOT_OF_THIS_ROSTER)
            after.insert(place, row)
        return tuple(after)


@dataclass(frozen=True, slots=True)
class RosterDiff:
    """The difference of two rosters of one week.

    It keeps every column of every row and the order of the rows, so that :func:`apply` gives exactly the other roster.
    What of it matters to people is told by :func:`offender_mgmt.roster.changes.changes_of`.
    """

    assignments: Edit[Assignment] = Edit()
    unassigned: Edit[Unassigned] = Edit()

    @property
    def is_empty(self) -> bool:
        """Whether the two rosters are the same."""
        return self.assignments.is_empty and self.unassigned.is_empty

    def reversed(self) -> RosterDiff:
        """The difference the other way round."""
        return RosterDiff(self.assignments.reversed(), self.unassigned.reversed())


def diff(before: Roster, after: Roster) -> RosterDiff:
    """What makes the second roster out of the first.

    Raises
    ------
    UsageError
        When the two are of different weeks.
    """
    if before.horizon != after.horizon:
        raise UsageError(
            f"The rosters are of different weeks, {before.horizon.name} and {after.horizon.name}: "
            "only rosters of one week can be held against each other."
        )
    return RosterDiff(_edit(before.assignments, after.assignments), _edit(before.unassigned, after.unassigned))


def apply(before: Roster, difference: RosterDiff) -> Roster:
    """The roster that a difference makes out of the one it starts from.

    Raises
    ------
    UsageError
        When the difference starts from another roster.
    """
    return Roster(
        before.horizon,
        difference.assignments.applied_to(before.assignments),
        difference.unassigned.applied_to(before.unassigned),
    )


def _edit(before: Sequence[T], after: Sequence[T]) -> Edit[T]:
    numbers: dict[T, int] = {}
    old, new = ([numbers.setdefault(row, len(numbers)) for row in rows] for rows in (before, after))
    taken: list[tuple[int, T]] = []
    put: list[tuple[int, T]] = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            taken += [(place, before[place]) for place in range(start, end)]
            put += [(place, after[place]) for place in range(new_start, new_end)]
    return Edit(tuple(taken), tuple(put))
