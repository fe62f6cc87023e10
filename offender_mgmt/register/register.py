"""The register: everything we were told about one or more teams, validated and frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from typing import Any

from offender_mgmt.errors import Fault
from offender_mgmt.register.collector import without_collector
from offender_mgmt.register.lending import Lending
from offender_mgmt.register.past import Log, Rewinder, by_fields, grouped, in_order_of_time
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
from offender_mgmt.vocabulary import AssessmentKind

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
    asked_for
        Nominals that must be seen by a day because somebody asked for it; told, in no file of the folder.
    tried
        Visits of the running week that failed; told, in no file of the folder.
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
    asked_for: tuple[tuple[str, date], ...] = ()
    tried: tuple[Visit, ...] = ()
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
        return grouped(self.visits, "offender_ref", in_order_of_time)

    @cached_property
    def assessments_of(self) -> Mapping[str, tuple[Assessment, ...]]:
        """Completed assessments by nominal, oldest first."""
        return grouped(self.assessments, "offender_ref", by_fields("date", "kind"))

    @cached_property
    def days_done_of(self) -> Mapping[str, Mapping[AssessmentKind, tuple[date, ...]]]:
        """Days of the completed assessments by nominal and kind, oldest first."""
        return {ref: _days_by_kind(done) for ref, done in self.assessments_of.items()}

    @cached_property
    def changes_of(self) -> Mapping[str, tuple[Change, ...]]:
        """Changes by nominal, oldest first."""
        return grouped(self.changes, "offender_ref", by_fields("date", "field"))

    @cached_property
    def deferrals_of(self) -> Mapping[str, tuple[Deferral, ...]]:
        """Deferrals by nominal, oldest decision first."""
        return grouped(self.deferrals, "offender_ref", by_fields("decided_on", "task_kind"))

    @cached_property
    def tours_of(self) -> Mapping[str, tuple[Tour, ...]]:
        """Duty-roster rows by officer, oldest first."""
        return grouped(self.tours, "officer_id", lambda of_one: sorted(of_one, key=_start_of_tour))

    @cached_property
    def lending(self) -> Lending:
        """Officers lent to another team for whole tours."""
        return Lending(self.officers, self.tours)

    def station_of(self, officer: str, minute: int) -> Base:
        """The station that a known officer starts from in the tour of duty at a moment."""
        return self.base_by_name[self.lending.officer_at(self.officer_by_id[officer], minute).base]

    def station_at(self, officer: str, minute: int) -> Base | None:
        """The same; ``None`` where officer or station is not known."""
        known = self.officer_by_id.get(officer)
        return self.base_by_name.get(self.lending.officer_at(known, minute).base) if known else None

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """Names of all teams that manage a nominal or hold an officer, sorted."""
        return tuple(sorted({o.team for o in self.offenders} | {o.team for o in self.officers}))

    @property
    def teams_in_words(self) -> str:
        """The one team by its name, or how many there are."""
        return teams_in_words(self.teams)

    def of_team(self, team: str) -> Register:
        """The same register with one team's nominals and officers only (logs cut to match).

        Who is lent to the team belongs to it there, and is lent to the own team in all other tours.
        """
        return self._cut(team, *self.lending.of_team(team))

    def own_of_team(self, team: str) -> Register:
        """As :meth:`of_team`, with its own officers alone; of those lent to it there are the lent tours."""
        officers = tuple(o for o in self.officers if o.team == team)
        ids = {o.officer_id for o in officers}
        return self._cut(team, officers, tuple(t for t in self.tours if t.officer_id in ids or t.lent_to == team))

    def _cut(self, team: str, officers: tuple[Officer, ...], tours: tuple[Tour, ...]) -> Register:
        refs = {o.offender_ref for o in self.offenders if o.team == team}
        ids = {t.officer_id for t in tours}.union(o.officer_id for o in officers)
        return replace(
            self,
            offenders=tuple(o for o in self.offenders if o.offender_ref in refs),
            officers=officers,
            tours=tours,
            visits=tuple(v for v in self.visits if v.offender_ref in refs),
            assessments=tuple(a for a in self.assessments if a.offender_ref in refs),
            changes=tuple(c for c in self.changes if c.offender_ref in refs),
            deferrals=tuple(d for d in self.deferrals if d.offender_ref in refs),
            events=tuple(e for e in self.events if ids & set(e.officers)),
            asked_for=tuple(asked for asked in self.asked_for if asked[0] in refs),
            tried=tuple(v for v in self.tried if v.offender_ref in refs),
        )

    def as_at(self, day: date) -> Register:
        """The register as it stood at the end of ``day``, rebuilt from the logs.

        Rebuilt are the logs (later attempts, assessments, changes and decisions to put work off are cut off), who
        was registered, and each fact that ``changes.csv`` logs: risk level, management and community status, lead
        officer and visit interval, later changes being undone newest first. ``risk_level_set_on`` and
        ``status_since`` follow from the last change before; without one they are the day of registration and
        unknown. ``status_until`` of a status undone is unknown: nobody logged what was expected.

        All else stays as extracted, because no log tells when it became so: who has left the register since; who
        authorised an interval and until when (``interval_*``); who approved reactive management; notification and
        end dates, position, hours, crew and markers; until when earlier work was put off, even if decided anew;
        officers and stations; the duty roster and the fixed events, also those after the day; travel; warnings,
        digests and row counts of the reading. A day after the extract gives the register of the extract.

        The logs are grouped once for all days asked for, and the result has its groups (``visits_of`` and the like)
        from the start.
        """
        with without_collector():
            return self._as_at(day)

    def _as_at(self, day: date) -> Register:
        offenders = [self._rewinder.rewound(o, day) for o in self.offenders if o.registered_on <= day]
        refs = {o.offender_ref for o in offenders}
        logs = {name: log.until(day, refs) for name, log in self._logs.items()}
        rows: dict[str, Any] = {name: of_log for name, (of_log, _) in logs.items()}
        past = replace(self, extract_date=min(day, self.extract_date), offenders=tuple(offenders), **rows)
        groups = {f"{name}_of": groups for name, (_, groups) in logs.items()}
        # Where cached properties keep their values: what is known here need not be found again.
        vars(past).update(groups, tours_of=self.tours_of, officer_by_id=self.officer_by_id)
        return past

    @cached_property
    def _rewinder(self) -> Rewinder:
        return Rewinder(self.changes_of)

    @cached_property
    def _logs(self) -> Mapping[str, Log[Any]]:
        """The logs of nominals, by field."""
        return {
            "visits": Log(self.visits, self.visits_of, "date"),
            "assessments": Log(self.assessments, self.assessments_of, "date"),
            "changes": Log(self.changes, self.changes_of, "date"),
            "deferrals": Log(self.deferrals, self.deferrals_of, "decided_on"),
        }


def teams_in_words(teams: Sequence[str]) -> str:
    """The one team by its name, or how many there are."""
    return teams[0] if len(teams) == 1 else f"{len(teams)} teams"


def _days_by_kind(done: Iterable[Assessment]) -> Mapping[AssessmentKind, tuple[date, ...]]:
    days: dict[AssessmentKind, list[date]] = defaultdict(list)
    for assessment in done:
        days[assessment.kind].append(assessment.date)
    return {kind: tuple(of_kind) for kind, of_kind in days.items()}


def _start_of_tour(tour: Tour) -> tuple[date, time]:
    return tour.date, tour.start or _MIDNIGHT
