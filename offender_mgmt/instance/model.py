"""The solver's instance: frozen values of numbers only, no reference, name or place that could leak.

Times are moments (minutes since the epoch, UTC). A span ``(start, end)`` contains ``start`` and not ``end``.
Officers, tasks, nominals, skills, roles, days and places are indices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from offender_mgmt.vocabulary import Aim

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerData:
    """What the rules ask of an officer.

    Parameters
    ----------
    exposed
        Per exposure limit: visits of the week that count and are made already; empty for none.
    """

    skills: frozenset[int]
    role: int
    has_powers: bool
    drives: bool
    base: int
    not_paired_with: frozenset[int] = frozenset()
    exposed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One officer's tour as the plan may use it.

    Parameters
    ----------
    day
        Index of the local day the tour starts.
    span
        Usable part of the tour: after the rest since the tour before, inside the horizon.
    events
        Fixed events inside the span, sorted, not overlapping.
    break_minutes, break_span
        Length of the refreshment break (0 if the tour is too short for one) and where it may lie.
    default_break
        Where the break is taken unless a long outing moves it; ``None`` if there is none.
    early_break, late_break
        The earliest and the latest place for it, for long outings after it and before it.
    sessions
        Spans free of events and of the default break: an officer goes on at most one outing in each.
    whole
        Longest span free of events, for long outings: they take up every session of the shift.
    free_minutes
        Minutes of the span less events and break.
    visits_made, exposed
        Visits of the tour that are made already in frozen work, all of them and per exposure limit.
    """

    officer: int
    day: int
    span: Span
    events: tuple[Span, ...]
    break_minutes: int
    break_span: Span
    default_break: Span | None
    early_break: Span | None
    late_break: Span | None
    sessions: tuple[Span, ...]
    whole: Span | None
    free_minutes: int
    visits_made: int = 0
    exposed: tuple[int, ...] = ()

    @property
    def break_left(self) -> int:
        """Minutes that the default break takes of the span: fewer than its length where it has begun."""
        pause = self.default_break or (0, 0)
        return max(0, min(pause[1], self.span[1]) - max(pause[0], self.span[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One way to call on a nominal: which tasks it does, when, and what it asks of the crew.

    Parameters
    ----------
    nominal
        Index of the nominal; at most one call of a nominal is made.
    tasks
        Tasks the call does.
    spans
        Spans that must hold the whole visit.
    check_task, entry_task
        The intelligence check that goes before, the record entry that goes after; -1 if none.
    write_up
        Index of the write-up that follows; -1 if none.
    lead, deputy
        Officers who know the nominal best; -1 if none.
    recent
        Officers who were at one of the last attempts.
    worn
        Spans of the week in which a start would be on the weekday and in the part of the day of one of them.
    weight
        What the visit counts in an officer's load.
    address
        The same number for all calls at one address; -1 where it is not known.
    published
        Day and crew of this call in the published roster; ``None`` if it is not there.
    is_pinned, pinned
        Whether people fixed something of it, and officers who must be there; who must not be is excluded.
    """

    nominal: int
    tasks: tuple[int, ...]
    place: int
    minutes: int
    spans: tuple[Span, ...]
    crew_size: int
    skills_each: frozenset[int] = frozenset()
    skills_one: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    constable_required: bool = False
    excluded: frozenset[int] = frozenset()
    check_task: int = -1
    entry_task: int = -1
    write_up: int = -1
    lead: int = -1
    deputy: int = -1
    recent: frozenset[int] = frozenset()
    worn: tuple[Span, ...] = ()
    weight: int = 0
    address: int = -1
    published: tuple[int, frozenset[int]] | None = None
    is_pinned: bool = False
    pinned: frozenset[int] = frozenset()

    @property
    def needs_check(self) -> bool:
        """Whether an intelligence check goes before the visit."""
        return self.check_task >= 0

    @property
    def needs_entry(self) -> bool:
        """Whether a record entry goes after the visit."""
        return self.entry_task >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTask:
    """Desk work by one officer on one day; it may be interrupted by outings, breaks and events.

    Parameters
    ----------
    last_day
        Not after this day; ``None`` for any day of the week.
    published
        Day and officer of this task in the published roster; ``None`` if it is not there.
    is_pinned
        Whether people fixed its day or officer.
    """

    task: int
    minutes: int
    first_day: int
    skills: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    lead: int = -1
    published: tuple[int, int] | None = None
    last_day: int | None = None
    is_pinned: bool = False

    def may_be_on(self, day: int) -> bool:
        """Whether the work may be done on a day."""
        return day >= self.first_day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteUp:
    """Desk work that exists if its interview is made: on a later day, by an officer of the crew."""

    task: int
    minutes: int
    skills: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWork:
    """Work that goes with every visit that needs it, done by the crew at the base, shared among them."""

    minutes: int
    skills: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Most of these calls that an officer makes in a shift, in the week; ``None`` for no such limit."""

    calls: frozenset[int]
    most_a_day: int | None
    most_a_week: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLimit:
    """Something of which each call made uses so much, and the most of it over all crews and days."""

    loads: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedOuting:
    """An outing of the published roster, for the search to begin with; it forbids nothing.

    Parameters
    ----------
    calls
        All with the same day and crew in ``Call.published``.
    span
        From its first intelligence check to its last record entry of that day.
    entered
        Day and officer of its record entries, if they are made on a later day.
    written_up
        Write-up, day and officer of each that follows from it.
    """

    calls: tuple[int, ...]
    span: Span
    entered: tuple[int, int] | None = None
    written_up: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One team's week.

    Parameters
    ----------
    points, band
        Per task: risk points and index of the priority band.
    bands
        Number of bands.
    given
        Tasks that fixed events or frozen work do already.
    travel
        Minutes from place to place, parking at the target included; shape (places, places).
    check, entry
        Intelligence check before and record entry after a visit.
    entry_by
        Per day: index of the last day on which a visit of that day may be entered on the record.
    lead_points, deputy_points
        Continuity of a visit by a crew with the lead officer, with the deputy but not the lead.
    exposure
        How much of some kind of call an officer may have.
    limits
        What is to be had only once for all; no rule of a policy makes any, public instances do.
    aims
        What counts after the bands, strictly in this order.
    off_hours, off_percent
        Evenings and weekends of the week, and how many visits in a hundred are to start in them.
    load_before, duty
        Per officer: load of the last weeks, and minutes of duty of these weeks and the planned one; no minutes
        for those who have no tour of duty in the planned week.
    published
        Number of tasks of the published roster that may change; ``None`` if there is none.
    bands_first
        Priority bands that come before the fewest changes, the others after them; ``None`` for all of them.
    brought
        What frozen work brings to each aim, as a cost in the unit of its score.
    outings_before
        Published outings that may still be made.
    """

    points: tuple[int, ...]
    band: tuple[int, ...]
    bands: int
    given: tuple[int, ...]
    officers: tuple[OfficerData, ...]
    shifts: tuple[Shift, ...]
    calls: tuple[Call, ...]
    desk: tuple[DeskTask, ...]
    write_ups: tuple[WriteUp, ...]
    check: SideWork
    entry: SideWork
    entry_by: tuple[int, ...]
    travel: npt.NDArray[np.int64]
    days: int
    visits_per_day: int
    driver_needed: bool
    lead_points: int
    deputy_points: int
    exposure: tuple[Exposure, ...] = ()
    limits: tuple[WeekLimit, ...] = ()
    aims: tuple[Aim, ...] = (Aim.CONTINUITY, Aim.TRAVEL)
    off_hours: tuple[Span, ...] = ()
    off_percent: int = 0
    load_before: tuple[int, ...] = ()
    duty: tuple[int, ...] = ()
    published: int | None = None
    bands_first: int | None = None
    brought: tuple[tuple[Aim, int], ...] = ()
    outings_before: tuple[PublishedOuting, ...] = ()

    def visits_left(self, shift: int) -> int:
        """Visits that an officer may still make in a shift."""
        return max(0, self.visits_per_day - self.shifts[shift].visits_made)

    def exposure_left(self, limit: int, officer: int, shift: int) -> int | None:
        """Calls of an exposure limit that an officer may still make in a shift (-1: in the week)."""
        most = self.exposure[limit].most_a_week if shift < 0 else self.exposure[limit].most_a_day
        if most is None:
            return None
        made = self.officers[officer].exposed if shift < 0 else self.shifts[shift].exposed
        return max(0, most - (made[limit] if made else 0))

    def band_points(self, tasks: Iterable[int]) -> tuple[int, ...]:
        """Risk points of some tasks, by band."""
        totals = [0] * self.bands
        for task in tasks:
            totals[self.band[task]] += self.points[task]
        return tuple(totals)
