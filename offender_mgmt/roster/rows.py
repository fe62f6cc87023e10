"""The columns of ``roster.csv`` and ``unassigned.csv`` as checked records; the descriptions are their dictionary."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from offender_mgmt.calendars import local_time_exists
from offender_mgmt.register.cells import (
    CellDate,
    OptionalDate,
    OptionalRef,
    RefList,
    Text,
    clean_text,
    parse_ref,
    parse_time,
    parse_whole_number,
    refuse,
    whole_number,
    word,
)
from offender_mgmt.register.records import Record
from offender_mgmt.vocabulary import TASK_CODES, RiskLevel, TaskKind

KIND_OF_CODE = {code: kind for kind, code in TASK_CODES.items()}
NEXT = "-NEXT"
"""Ends the id of a task that only exists together with a visit."""


def parse_task_id(value: object) -> object:
    """An id such as ``HV-RSO-000123``: the code of a kind of task, a dash, a reference."""
    text = clean_text(value)
    if not isinstance(text, str):
        return text
    code, _, ref = text.partition("-")
    if code not in KIND_OF_CODE:
        raise refuse("bad-task-id", f"Start the task's id with one of: {', '.join(KIND_OF_CODE)}; then a dash.")
    parse_ref(ref.removesuffix(NEXT))
    return text


def kind_and_ref(task_id: str) -> tuple[TaskKind, str]:
    """Kind of task and reference of the nominal (of the event, for a fixed event) that a task's id states."""
    code, _, ref = task_id.partition("-")
    return KIND_OF_CODE[code], ref.removesuffix(NEXT)


def _parse_part(value: object) -> object:
    text = clean_text(value)
    if isinstance(text, str) and not re.fullmatch(r"[1-9]\d?/[1-9]\d?", text, re.ASCII):
        raise refuse("bad-part", "Write the part as 1/2 (text, not a date), or leave it blank.")
    return text


TaskId = Annotated[str, BeforeValidator(parse_task_id)]
OptionalNumber = Annotated[int | None, BeforeValidator(parse_whole_number(0, 100_000))]
ClockTime = Annotated[time, BeforeValidator(parse_time)]


class RosterRow(Record):
    """One row of ``roster.csv``; a hand-typed roster needs only task_id, date, start, end and crew."""

    file_name: ClassVar[str] = "roster.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("task_id",)

    task_id: TaskId = Field(description="Task, e.g. HV-RSO-000123.")
    task_type: Annotated[TaskKind | None, word(TaskKind)] = Field(default=None, description="Blank: as the task's id.")
    offender_ref: OptionalRef = Field(default=None, description="Nominal; blank: as the task's id.")
    risk_level: Annotated[RiskLevel | None, word(RiskLevel)] = Field(default=None, description="Risk level.")
    band: Text = Field(default="", description="Priority band.")
    due_date: OptionalDate = Field(default=None, description="Overdue the day after.")
    days_overdue: OptionalNumber = Field(default=None, description="On the first day of the week; 0: not overdue.")
    date: CellDate = Field(description="Local day the work starts.")
    start: ClockTime = Field(description="Local start time.")
    end: ClockTime = Field(description="Local end time; not after the start means the next day.")
    lead: OptionalRef = Field(default=None, description="Officer in the first seat: the first of the crew.")
    crew: RefList = Field(description="All officers, lead first.", min_length=1)
    outing: Text = Field(
        default="", description="Outing of a visit; blank: all of a crew's day, or as its time at the base parts it."
    )
    position: Annotated[int, whole_number(1, 99)] = Field(default=0, description="1 for the first stop, and so on.")
    travel_minutes_before: Annotated[int, whole_number(0, 1440)] = Field(
        default=0, description="Minutes of travel from the stop before, from the base for the first."
    )
    part: Annotated[str, BeforeValidator(_parse_part)] = Field(default="", description="1/2, 2/2 of one desk task.")
    done_with: TaskId | None = Field(default=None, description="Task in whose time this is done.")
    why: str = Field(default="", description="Why it is due now.")

    @model_validator(mode="after")
    def _consistent(self) -> RosterRow:
        if self.lead is not None and self.lead != self.crew[0]:
            raise refuse("lead-not-first", "List the lead first in the crew.")
        if not (local_time_exists(self.date, self.start) and local_time_exists(self.date, self.end)):
            raise refuse("no-such-time", "That time is skipped when summer time starts.")
        return self


class UnassignedRow(Record):
    """One row of ``unassigned.csv``."""

    file_name: ClassVar[str] = "unassigned.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("task_id",)

    task_id: TaskId = Field(description="Task, e.g. HV-RSO-000123.")
    task_type: Annotated[TaskKind | None, word(TaskKind)] = Field(default=None, description="Blank: as the task's id.")
    offender_ref: OptionalRef = Field(default=None, description="Nominal; blank: as the task's id.")
    risk_level: Annotated[RiskLevel, word(RiskLevel)] = Field(description="Risk level.")
    band: Text = Field(description="Priority band.")
    due_date: CellDate = Field(description="Overdue the day after.")
    days_overdue: Annotated[int, whole_number(0, 100_000)] = Field(description="On the first day of the week.")
    reason: Text = Field(description="Code of the reason, see docs/reference/rules.md.", min_length=1)
    explanation: str = Field(default="", description="The reason in a sentence.")


__all__ = ["NEXT", "RosterRow", "UnassignedRow", "kind_and_ref", "parse_task_id"]
