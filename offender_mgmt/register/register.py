"""The register: everything we were told about one or more teams, validated and frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from typing import Any, TypeVar

from offender_mgmt.errors import Fault
from offender_mgmt.register.records import (
    Assessment,
    BarrierPoint,
    Base,
    Change,
    Deferral,
    Event,
    Offender,
    Officer,
    Tour,
    TravelRow,
    Visit,
)
from offender_mgmt.vocabulary import ChangeField

T = TypeVar("T")
_MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows of a file were read, accepted, blank, refused, and equal to an earlier row and kept once.

    ``read`` is always the sum of the other four.
    """

    file: str
    read: int
    accepted: int
    blank: int
    refused: int = 0
    repeated: int = 0


@dataclass(frozen=True)
class Register:
    """A validated register folder.

    Parameters
    ----------
    extract_date
        The day the extract was made; facts are as on this day.
    digests
        SHA-256 of every file read, by file name.
    warnings
        What was accepted but should be looked at (possible duplicates, passed return dates, ...).
    rows
        Per file: rows read, accepted, blank, repeated; nothing is refused here.
    """

    extract_date: date
    offenders: tuple[Offender, ...] = ()
    officers: tuple[Officer, ...] = ()
    bases: tuple[Base, ...] = ()
    tours: tuple[Tour, ...] = ()
    visits: tuple[Visit, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    changes: tuple[Change, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    events: tuple[Event, ...] = ()
    travel: tuple[TravelRow, ...] = ()
    barriers: tuple[BarrierPoint, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    warnings: tuple[Fault, ...] = ()
    rows: tuple[RowCount, ...] = ()

    @cached_property
    def offender_by_ref(self) -> Mapping[str, Offender]:
        """Nominals by reference."""
        return {o.offender_ref: o for o in self.offenders}

    @cached_property
    def officer_by_id(self) -> Mapping[str, Officer]:
        """Officers by id."""
        return {o.officer_id: o for o in self.officers}

    @cached_property
    def base_by_name(self) -> Mapping[str, Base]:
        """Stations by name."""
        return {b.base: b for b in self.bases}

    @cached_property
    def visits_of(self) -> Mapping[str, tuple[Visit, ...]]:
        """Attempts by nominal, oldest first."""
        return _grouped(self.visits, lambda v: v.offender_ref, lambda v: (v.date, v.start or _MIDNIGHT, v.visit_id))

    @cached_property
    def assessments_of(self) -> Mapping[str, tuple[Assessment, ...]]:
        """Completed assessments by nominal, oldest first."""
        return _grouped(self.assessments, lambda a: a.offender_ref, lambda a: (a.date, a.kind))

    @cached_property
    def changes_of(self) -> Mapping[str, tuple[Change, ...]]:
        """Changes by nominal, oldest first."""
        return _grouped(self.changes, lambda c: c.offender_ref, lambda c: (c.date, c.field))

    @cached_property
    def deferrals_of(self) -> Mapping[str, tuple[Deferral, ...]]:
        """Deferrals by nominal, oldest decision first."""
        return _grouped(self.deferrals, lambda d: d.offender_ref, lambda d: (d.decided_on, d.task_kind))

    @cached_property
    def tours_of(self) -> Mapping[str, tuple[Tour, ...]]:
        """Duty-roster rows by officer, oldest first."""
        return _grouped(self.tours, lambda t: t.officer_id, lambda t: (t.date, t.start or _MIDNIGHT))

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """Names of all teams that manage a nominal or hold an officer, sorted."""
        return tuple(sorted({o.team for o in self.offenders} | {o.team for o in self.officers}))

    def of_team(self, team: str) -> Register:
        """The same register with one team's nominals and officers only (logs cut to match)."""
        refs = {o.offender_ref for o in self.offenders if o.team == team}
        ids = {o.officer_id for o in self.officers if o.team == team}
        return replace(
            self,
            offenders=tuple(o for o in self.offenders if o.offender_ref in refs),
            officers=tuple(o for o in self.officers if o.officer_id in ids),
            tours=tuple(t for t in self.tours if t.officer_id in ids),
            visits=tuple(v for v in self.visits if v.offender_ref in refs),
            assessments=tuple(a for a in self.assessments if a.offender_ref in refs),
            changes=tuple(c for c in self.changes if c.offender_ref in refs),
            deferrals=tuple(d for d in self.deferrals if d.offender_ref in refs),
            events=tuple(e for e in self.events if ids & set(e.officers)),
        )

    def as_at(self, day: date) -> Register:
        """The register as it stood at the end of ``day``, rebuilt from the logs.

        Later attempts, assessments and deferrals are cut off; later changes are undone, newest first;
        nominals registered later are left out. Facts that ``changes.csv`` does not cover stay as extracted.
        """
        offenders = [
            _rewound(o, self.changes_of.get(o.offender_ref, ()), day) for o in self.offenders if o.registered_on <= day
        ]
        refs = {o.offender_ref for o in offenders}
        return replace(
            self,
            extract_date=min(day, self.extract_date),
            offenders=tuple(offenders),
            visits=tuple(v for v in self.visits if v.date <= day and v.offender_ref in refs),
            assessments=tuple(a for a in self.assessments if a.date <= day and a.offender_ref in refs),
            changes=tuple(c for c in self.changes if c.date <= day and c.offender_ref in refs),
            deferrals=tuple(d for d in self.deferrals if d.decided_on <= day and d.offender_ref in refs),
        )


def _grouped(
    rows: Iterable[T], key: Callable[[T], str], order: Callable[[T], tuple[Any, ...]]
) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(sorted(group, key=order)) for name, group in groups.items()}


def _rewound(offender: Offender, changes: Iterable[Change], day: date) -> Offender:
    later = [c for c in changes if c.date > day]
    if not later:
        return offender
    values: dict[str, object] = {}
    for change in reversed(later):
        values[change.field.value] = change.value_from
        if change.field is ChangeField.COMMUNITY_STATUS:
            values["status_until"] = None
    if ChangeField.RISK_LEVEL.value in values:
        earlier = [c for c in changes if c.date <= day and c.field is ChangeField.RISK_LEVEL]
        values["risk_level_set_on"] = earlier[-1].date if earlier else offender.registered_on
    if ChangeField.COMMUNITY_STATUS.value in values:
        earlier = [c for c in changes if c.date <= day and c.field is ChangeField.COMMUNITY_STATUS]
        values["status_since"] = earlier[-1].date if earlier else None
    return offender.replace(**values)
