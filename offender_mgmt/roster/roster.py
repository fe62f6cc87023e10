"""A roster holds assignments: which task, when, by which crew, on which outing. Decided, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offender_mgmt.calendars import Horizon, local_day
from offender_mgmt.vocabulary import RiskLevel, TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One task (or one part of a desk task) at a time, with its crew.

    Parameters
    ----------
    start, end
        Moments (minutes since the epoch, UTC); ``end`` is the first minute after the work.
    crew
        Officer ids, lead first. Desk work has one officer.
    outing
        Name of the outing a visit belongs to; empty for desk work and fixed events.
    position
        1 for the first stop of the outing, 2 for the next, ...; 0 off an outing.
    travel_minutes
        Minutes of travel to this stop from the one before (from the base for the first).
    part
        ``1/2``, ``2/2`` where desk work is interrupted by an outing, a break or an event; else empty.
    done_with
        Id of the task in whose time this one is done too (a visit done by the ARMS interview).
    """

    task_id: str
    kind: TaskKind
    offender_ref: str
    start: int
    end: int
    crew: tuple[str, ...]
    risk_level: RiskLevel | None = None
    band: str = ""
    due_date: date | None = None
    days_overdue: int | None = None
    outing: str = ""
    position: int = 0
    travel_minutes: int = 0
    part: str = ""
    done_with: str = ""
    why: str = ""

    @property
    def lead(self) -> str:
        """The officer in the first seat."""
        return self.crew[0]

    @property
    def day(self) -> date:
        """Local day the work starts."""
        return local_day(self.start)

    @property
    def minutes(self) -> int:
        """Length of the work."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Unassigned:
    """A due task that is not in the roster, and why.

    Parameters
    ----------
    reason
        Short stable code, see :data:`offender_mgmt.roster.reasons.REASONS`.
    explanation
        One sentence with references and numbers.
    """

    task_id: str
    kind: TaskKind
    offender_ref: str
    risk_level: RiskLevel
    band: str
    due_date: date
    days_overdue: int
    reason: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Every due task is in exactly one of the two lists."""

    horizon: Horizon
    assignments: tuple[Assignment, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BandFigures:
    """What was done in one priority band; only tasks with points of their own are counted.

    Parameters
    ----------
    due, scheduled
        Numbers of tasks.
    value_due, value
        Risk points of all that is due, of what is scheduled.
    bound
        No roster that does as much in the bands before can have a greater value here; ``None`` where
        no bound was proven.
    """

    name: str
    due: int
    scheduled: int
    value_due: int
    value: int
    bound: int | None

    @property
    def beats_bound(self) -> bool:
        """Whether there is more than any roster is said to have."""
        return self.bound is not None and self.value > self.bound
