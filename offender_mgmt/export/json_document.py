"""``export json``: one document with a published schema, for other programs; refused where it does not fit it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from offender_mgmt.calendars import local
from offender_mgmt.export.marks import Marks
from offender_mgmt.export.rows import Export, TimeBand, locality, stops_of
from offender_mgmt.report import figures
from offender_mgmt.roster.roster import Assignment, BandFigures, Unassigned
from offender_mgmt.roster.write import order_in_file
from offender_mgmt.vocabulary import RiskLevel, TaskKind

SCHEMA = "offender-mgmt/roster/1"
"""Name and version of the form; a change that a reader would notice raises the number."""


class Part(BaseModel):
    """Base of every part: nothing that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Band(Part):
    """What is done in one priority band, and what no roster that does as much in the bands before can exceed."""

    name: str
    due: int = Field(ge=0, description="Tasks.")
    scheduled: int = Field(ge=0, description="Tasks of them in the roster.")
    value_due: int = Field(ge=0, description="Risk points of all that is due.")
    value: int = Field(ge=0, description="Risk points of what is in the roster.")
    bound: int | None = Field(description="Proven limit of the value; null where none was proven.")


class Aim(Part):
    """What is reached of one aim after the bands, and what no roster that does as much before can better."""

    aim: str
    value: int
    bound: int | None = Field(description="Proven limit of the value; null where none was proven.")


class Level(Part):
    """Work of one risk level that is overdue or due by the end of the week."""

    risk_level: RiskLevel
    due: int = Field(ge=0, description="Tasks.")
    assigned: int = Field(ge=0, description="Tasks of them in the roster.")


class Reason(Part):
    """How many tasks are left out for one reason, those that fall due later included."""

    reason: str = Field(description="See docs/reference/rules.md.")
    tasks: int = Field(ge=1)


class Stop(Part):
    """A visit, as told by default."""

    offender_ref: str
    locality: str = Field(description="Town or ward; blank where the register has none.")
    date: date
    time_band: TimeBand
    outing: str
    position: int = Field(ge=0, description="1 for the first stop of the outing.")


class Work(Part):
    """Any work of the roster, with all that is known of it."""

    task_id: str
    task_type: TaskKind
    offender_ref: str
    locality: str
    risk_level: RiskLevel | None
    band: str
    due_date: date | None
    days_overdue: int | None
    start: datetime = Field(description="With its offset from UTC.")
    end: datetime
    crew: tuple[str, ...] = Field(description="Officers, the lead first.")
    outing: str
    position: int
    travel_minutes_before: int
    part: str
    done_with: str
    why: str


class LeftOut(Part):
    """A task that is due and not in the roster."""

    task_id: str
    task_type: TaskKind
    offender_ref: str
    risk_level: RiskLevel
    band: str
    due_date: date
    days_overdue: int
    reason: str
    explanation: str


class RosterDocument(Part):
    """A roster for other programs. Redacted: `stops` only. Full: `work` and `left_out` in their place."""

    form: Literal["offender-mgmt/roster/1"] = Field(alias="schema")
    marking: str
    status: str = Field(description="DRAFT, or VERSION and a number.")
    status_words: str
    version: int | None
    replaces: int | None
    warnings: tuple[str, ...]
    week: str
    first_day: date
    last_day: date
    teams: tuple[str, ...]
    extract_date: date
    roster_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    made_from: str
    detail: Literal["redacted", "full"]
    reason: str = Field(description="Why all is told; blank when it is redacted.")
    bands: tuple[Band, ...]
    aims: tuple[Aim, ...]
    levels: tuple[Level, ...]
    reasons: tuple[Reason, ...]
    stops: tuple[Stop, ...] | None = None
    work: tuple[Work, ...] | None = None
    left_out: tuple[LeftOut, ...] | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, serialize_by_alias=True)


def json_files(export: Export) -> dict[str, bytes]:
    """The document by name of file, read back before it goes out."""
    made = document(export)
    data = json_bytes(made.model_dump(mode="json", exclude_unset=True))
    if RosterDocument.model_validate_json(data) != made:
        raise RuntimeError("the document does not read back as it was written")
    return {export.marks.file_name("roster", "json"): data}


def json_bytes(values: dict[str, Any]) -> bytes:
    """JSON with its keys sorted, so that the same roster gives the same bytes."""
    return (json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def schema_text() -> str:
    """The published schema (JSON Schema, draft 2020-12)."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **RosterDocument.model_json_schema()}
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def document(export: Export) -> RosterDocument:
    """The roster as a document."""
    planned = export.run.planned
    told = _full(export) if export.marks.is_full else {"stops": tuple(_stops(export))}
    return RosterDocument(
        **_marks(export.marks),
        first_day=planned.due.horizon.first_day,
        last_day=planned.due.horizon.last_day,
        teams=planned.register.teams,
        bands=tuple(_band(band) for band in planned.bands),
        aims=tuple(Aim(aim=aim.aim.value, value=aim.value, bound=aim.bound) for aim in planned.aims),
        levels=tuple(_level(level) for level in figures.by_level(planned.due, planned.roster)),
        reasons=tuple(Reason(reason=r, tasks=n) for r, n in figures.reasons(planned.due, planned.roster)),
        **told,
    )


def _marks(marks: Marks) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "marking": marks.marking,
        "status": marks.status,
        "status_words": marks.status_words,
        "version": marks.approval.version if marks.approval else None,
        "replaces": marks.approval.replaces if marks.approval else None,
        "warnings": marks.warnings,
        "week": marks.week,
        "extract_date": marks.extract_date,
        "roster_sha256": marks.digest,
        "made_from": marks.made_from,
        "detail": marks.detail,
        "reason": marks.reason,
    }


def _band(band: BandFigures) -> Band:
    return Band(**{name: getattr(band, name) for name in Band.model_fields})


def _level(level: figures.LevelFigures) -> Level:
    return Level(risk_level=level.level, due=level.counts.due, assigned=level.counts.assigned)


def _stops(export: Export) -> Iterator[Stop]:
    for row in stops_of(export):
        told = {name: row.cells[name] for name in Stop.model_fields}
        yield Stop.model_validate({**told, "date": row.work.day})


def _full(export: Export) -> dict[str, Any]:
    roster, register = export.run.planned.roster, export.run.planned.register
    rows = sorted(roster.assignments, key=order_in_file)
    return {
        "work": tuple(_work(row, locality(row, register)) for row in rows),
        "left_out": tuple(_left_out(row) for row in roster.unassigned),
    }


def _work(row: Assignment, where: str) -> Work:
    return Work(
        task_id=row.task_id,
        task_type=row.kind,
        offender_ref=row.offender_ref,
        locality=where,
        risk_level=row.risk_level,
        band=row.band,
        due_date=row.due_date,
        days_overdue=row.days_overdue,
        start=local(row.start),
        end=local(row.end),
        crew=row.crew,
        outing=row.outing,
        position=row.position,
        travel_minutes_before=row.travel_minutes,
        part=row.part,
        done_with=row.done_with,
        why=row.why,
    )


def _left_out(row: Unassigned) -> LeftOut:
    same = ("task_id", "offender_ref", "risk_level", "band", "due_date", "days_overdue", "reason", "explanation")
    return LeftOut(task_type=row.kind, **{name: getattr(row, name) for name in same})
