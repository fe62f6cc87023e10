"""What a week that is planned again is held to, and what its frozen work leaves of tours and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from offender_mgmt.calendars import local_day
from offender_mgmt.instance.model import Span
from offender_mgmt.instance.shifts import break_taken, merged, overlap
from offender_mgmt.register.pins import Pins
from offender_mgmt.vocabulary import Aim


@dataclass(frozen=True, slots=True)
class FrozenStop:
    """A visit that stays: its task, when it starts, and its crew."""

    task_id: str
    start: int
    crew: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutingBefore:
    """A published outing that has not begun: where the search begins. It forbids nothing.

    Parameters
    ----------
    tasks
        In order of the stops.
    span
        From its first intelligence check to its last record entry of that day.
    entered
        Day and officer of its record entries, if they are made on a later day.
    written_up
        Day and officer of each write-up that follows from it, by task.
    """

    tasks: tuple[str, ...]
    span: Span
    entered: tuple[date, str] | None = None
    written_up: Mapping[str, tuple[date, str]] = field(default_factory=dict)


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
        Published outings that are not frozen.
    ahead
        By officer: when those outings keep them busy, checks and record entries included.
    pins
        What people fixed, by task.
    """

    freeze_before: int
    bands_first: int
    frozen: frozenset[str] = frozenset()
    visited: frozenset[str] = frozenset()
    stops: tuple[FrozenStop, ...] = ()
    busy: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    pauses: Mapping[str, tuple[tuple[Span, int], ...]] = field(default_factory=dict)
    brought: Mapping[Aim, int] = field(default_factory=dict)
    outings: tuple[OutingBefore, ...] = ()
    ahead: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    pins: Pins = field(default_factory=dict)

    def usable(self, span: Span) -> Span:
        """What is left of a usable part of a tour."""
        return max(span[0], self.freeze_before), span[1]

    def breaks_left(
        self, officer: str, usable: Span, minutes: int, allowed: Span, events: Sequence[Span]
    ) -> list[Span] | None:
        """Where the break of a tour may lie beside what stays; none if it is over, ``None`` if there is no room left.

        It is over if it had room before the moment, or has some between two stops of an outing that stays. One that
        the moment falls into goes on.
        """
        busy = merged(usable, (*self.busy.get(officer, ()), *events))
        places = break_taken(usable, allowed, minutes, busy)
        pauses = self.pauses.get(officer, ())
        if any(place[1] <= self.freeze_before for place in places):
            return []
        if any(_holds_break(gap, travel, minutes, allowed) for gap, travel in pauses):
            return []
        return places or None

    def made(self, officer: str, day: object = None) -> list[str]:
        """Tasks of the visits that an officer has made or will in frozen work, on a day or in the week."""
        return [s.task_id for s in self.stops if officer in s.crew and day in (None, local_day(s.start))]


def _holds_break(gap: Span, travel: int, minutes: int, allowed: Span) -> bool:
    inside = overlap(gap, allowed)
    return inside is not None and gap[1] - gap[0] - travel >= minutes and inside[1] - inside[0] >= minutes
