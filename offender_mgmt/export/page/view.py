"""What every part of the page looks at, and the words they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from offender_mgmt.calendars import clock_text
from offender_mgmt.checks.spans import Span
from offender_mgmt.export.marks import Marks
from offender_mgmt.export.outlines import NO_OUTLINES, Outlines
from offender_mgmt.export.rows import Export
from offender_mgmt.register.records import Event
from offender_mgmt.report.days import OfficerDay, officer_days
from offender_mgmt.report.summary import Planned
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.vocabulary import RiskLevel


@dataclass(frozen=True)
class View:
    """The export, laid out by officer and day."""

    export: Export
    outlines: Outlines = NO_OUTLINES

    @property
    def marks(self) -> Marks:
        """What stands on the page."""
        return self.export.marks

    @property
    def is_full(self) -> bool:
        """Whether all is told."""
        return self.marks.is_full

    @property
    def planned(self) -> Planned:
        """The roster with its register."""
        return self.export.run.planned

    @property
    def square_metres(self) -> int:
        """Side of the squares to which positions are coarsened."""
        return self.planned.policy_file.policy.exports.coarse_metres

    @cached_property
    def days_of(self) -> dict[str, tuple[OfficerDay, ...]]:
        """The days of every officer, team by team."""
        days = officer_days(self.planned)
        return {officer: days[officer] for officer in sorted(days, key=lambda officer: (self.team(officer), officer))}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the week."""
        return tuple(self.planned.due.horizon.days())

    def team(self, officer_id: str) -> str:
        """The team of an officer; blank for one the register does not know."""
        officer = self.planned.register.officer_by_id.get(officer_id)
        return officer.team if officer else ""

    def teams(self, days: Sequence[OfficerDay]) -> str:
        """The teams that an officer works for on some days, the own one first, as the filter reads them."""
        own = self.team(days[0].officer_id)
        return " ".join(dict.fromkeys([own, *(day.lent_to or own for day in days)]))

    def team_of(self, outing: Sequence[Assignment]) -> str:
        """The team that the first officer of an outing works for."""
        register = self.planned.register
        officer = register.officer_by_id.get(outing[0].lead)
        return register.lending.officer_at(officer, outing[0].start).team if officer else ""

    def level(self, row: Assignment) -> RiskLevel | None:
        """The risk level of a row's nominal."""
        task = self.planned.due.task(row.task_id)
        return task.risk_level if task else row.risk_level

    def levels(self, rows: tuple[Assignment, ...]) -> str:
        """The risk levels of some visits, gravest first, as the filter reads them."""
        found = {self.level(row) for row in rows} - {None}
        return " ".join(level.value for level in RiskLevel if level in found)


def sheet_name(day: OfficerDay) -> str:
    """Name of a day's sheet inside the page."""
    return f"sheet-{day.officer_id}-{day.day}"


def day_words(day: date) -> str:
    """``Monday 30 November``."""
    return f"{day:%A} {day.day} {day:%B}"


def short_day(day: date) -> str:
    """``Mon 30 Nov``."""
    return f"{day:%a} {day.day} {day:%b}"


def event_words(event: Event) -> str:
    """``MAPPA meeting``."""
    return event.kind.value.replace("_", " ").replace("mappa", "MAPPA")


def span_words(span: Span) -> str:
    """``08:00-16:00``, with the sign that stands between numbers."""
    return f"{clock_text(span.start)}\N{EN DASH}{clock_text(span.end)}"
