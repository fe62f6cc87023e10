"""What a week that is planned again is held to, and what its frozen work leaves of tours and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from offender_mgmt.calendars import local_day
from offender_mgmt.instance.model import Span
from offender_mgmt.instance.shifts import overlap, without
from offender_mgmt.vocabulary import Aim


@dataclass(frozen=True, slots=True)
class FrozenStop:
    """A visit that stays: its task, when it starts, and its crew."""

    task_id: str
    start: int
    crew: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """One team's published week as the next instance needs it.

    Parameters
    ----------
    freeze_before
        Nothing new begins before this moment.
    bands_first
        Priority bands that come before the fewest changes.
    frozen
        Ids of all tasks that stay.
    visited
        References of nominals whose visit stays: no other call on them is made.
    stops
        Visits that stay.
    busy
        By officer: outings that stay, from the base back to it, and desk work that stays.
    pauses
        By officer: gaps between two stops of an outing that stays, with the travel in each.
    brought
        What the frozen work brings to each aim, as a cost.
    outings
        Tasks of each published outing that is not frozen, in order of the stops.
    """

    freeze_before: int
    bands_first: int
    frozen: frozenset[str] = frozenset()
    visited: frozenset[str] = frozenset()
    stops: tuple[FrozenStop, ...] = ()
    busy: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    pauses: Mapping[str, tuple[tuple[Span, int], ...]] = field(default_factory=dict)
    brought: Mapping[Aim, int] = field(default_factory=dict)
    outings: tuple[tuple[str, ...], ...] = ()

    def usable(self, span: Span) -> Span:
        """What is left of a usable part of a tour."""
        return max(span[0], self.freeze_before), span[1]

    def break_was_taken(self, officer: str, minutes: int, allowed: Span, events: Sequence[Span]) -> bool:
        """Whether the break of a tour lies before the moment, or between two stops of an outing that stays."""
        before = overlap(allowed, (allowed[0], self.freeze_before)) if allowed[0] < self.freeze_before else None
        busy = sorted((*self.busy.get(officer, ()), *events))
        if before and any(end - start >= minutes for start, end in without(before, busy)):
            return True
        return any(
            gap[1] - gap[0] - travel >= minutes
            and (inside := overlap(gap, allowed))
            and inside[1] - inside[0] >= minutes
            for gap, travel in self.pauses.get(officer, ())
        )

    def made(self, officer: str, day: object = None) -> list[str]:
        """Tasks of the visits that an officer has made or will in frozen work, on a day or in the week."""
        return [s.task_id for s in self.stops if officer in s.crew and day in (None, local_day(s.start))]
