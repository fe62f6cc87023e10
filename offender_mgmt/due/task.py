"""A task is due: what, for whom, by when, why, and what it needs. Ready to plan, nothing left to look up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from offender_mgmt.calendars import Horizon
from offender_mgmt.register.records import Deferral, Event
from offender_mgmt.vocabulary import CommunityStatus, RiskLevel, Role, TaskKind, Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something the clocks make due for one nominal.

    Parameters
    ----------
    task_id
        ``CODE-REFERENCE``; a nominal has at most one open task of a kind. Tasks that only exist if a
        visit is planned end in ``-NEXT``.
    rule
        Name of the clock rule, see ``docs/reference/clocks.md``.
    why
        One sentence: by which rule and since when.
    clock_start
        The day the clock counts from (last successful visit, registration, release, ...).
    release_date
        Not before this day.
    not_after
        The day by which somebody asked for it: it is done by then, or left out.
    due_date
        Overdue the day after.
    days_overdue
        On the first day of the horizon; 0 when not overdue.
    band
        Index of the priority band.
    points
        Risk points: level weight times days (base plus lateness). 0 for a task that goes with another.
    minutes
        Work at the door or the desk, travel not included.
    crew_size
        Officers needed together; 1 for desk work.
    skills_each, skills_one
        Skills every officer, at least one officer must hold.
    roles
        Roles that may do it; empty means any.
    goes_with
        Ids of visits; the task exists if and only if one of them is assigned.
    satisfied_by
        Ids of tasks that, when assigned, do this one too (an ARMS interview is also a visit;
        ``EVENT-...`` for a joint visit that is already fixed).
    deferral
        The decision that puts it off, if one is in force on any day of the horizon.
    """

    task_id: str
    kind: TaskKind
    offender_ref: str
    team: str
    risk_level: RiskLevel
    rule: str
    why: str
    clock_start: date
    release_date: date
    due_date: date
    days_overdue: int
    timing: Timing
    band: int
    points: int
    minutes: int
    crew_size: int = 1
    skills_each: tuple[str, ...] = ()
    skills_one: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    constable_required: bool = False
    excluded_officers: tuple[str, ...] = ()
    lead_officer: str | None = None
    deputy_officer: str | None = None
    goes_with: tuple[str, ...] = ()
    satisfied_by: tuple[str, ...] = ()
    deferral: Deferral | None = None
    not_after: date | None = None

    @property
    def is_companion(self) -> bool:
        """Whether the task only exists together with a visit."""
        return bool(self.goes_with)

    def is_deferred_over(self, horizon: Horizon) -> bool:
        """Whether a deferral keeps it off every day of the horizon."""
        return self.deferral is not None and (self.deferral.until is None or self.deferral.until >= horizon.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A nominal whose clocks stand still, listed every week so that nobody is forgotten.

    Parameters
    ----------
    status
        Custody, hospital, abroad or missing; ``None`` when the register has ended for the nominal.
    until
        Last day it is expected to last, if known.
    """

    offender_ref: str
    team: str
    risk_level: RiskLevel
    status: CommunityStatus | None
    since: date | None
    until: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something about a nominal that a person must look at; it never stops a task."""

    offender_ref: str
    team: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due over a horizon, in stable order (band, points falling, task id)."""

    horizon: Horizon
    bands: tuple[str, ...]
    tasks: tuple[Task, ...] = ()
    events: tuple[Event, ...] = ()
    paused: tuple[Pause, ...] = ()
    flags: tuple[Flag, ...] = ()
    _by_id: dict[str, Task] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the tasks."""
        self._by_id.update({task.task_id: task for task in self.tasks})

    def task(self, task_id: str) -> Task | None:
        """The task of this id, if it is due."""
        return self._by_id.get(task_id)


def event_task_id(event: Event) -> str:
    """The id under which a fixed event stands in the roster."""
    return f"{TaskKind.FIXED_EVENT.code}-{event.event_id}"
