"""How people write down what has happened, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum

from offender_mgmt.errors import UsageError
from offender_mgmt.vocabulary import TASK_CODES, VisitOutcome


class Word(StrEnum):
    """What a disruption begins with; the name of its option on the command line."""

    SICK = "sick"
    COURT = "court"
    NO_CAR = "no-car"
    RELEASED = "released"
    RISK = "risk"
    ADD = "add"
    OUTCOME = "outcome"
    LEND = "lend"


SHAPES: Mapping[Word, str] = {
    Word.SICK: "OFFICER:DATE or OFFICER:DATE..DATE",
    Word.COURT: "OFFICER:DATE/HH:MM-HH:MM",
    Word.NO_CAR: "OFFICER or OFFICER:DATE..DATE",
    Word.RELEASED: "REF:DATE",
    Word.RISK: "REF:LEVEL",
    Word.ADD: "REF:DATE",
    Word.OUTCOME: "TASK:RESULT or TASK:RESULT:DATE",
    Word.LEND: "OFFICER:TEAM:DATE or OFFICER:TEAM:DATE..DATE",
}
"""What stands after each word."""
DONE, NOT_DONE = "done", "not_done"
FAILED = tuple(outcome.value for outcome in VisitOutcome if outcome is not VisitOutcome.SUCCESSFUL)
RESULTS = (DONE, NOT_DONE, *FAILED)
"""How a piece of work can have ended."""


def parted(text: str) -> tuple[str, str]:
    """What stands before the first colon, and what after it."""
    who, _, what = text.partition(":")
    return who, what


def nominal_of_task(task_id: str) -> str:
    """The reference of the nominal that a task's id names; a name that is no task's id as it is."""
    code, _, ref = task_id.partition("-")
    return ref.removesuffix("-NEXT") if code in TASK_CODES.values() else task_id


def read_date(word: Word, text: str) -> date:
    """A day as 2026-12-02.

    Raises
    ------
    UsageError
        For anything else.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise misread(word)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise misread(word) from None


def read_days(word: Word, text: str) -> tuple[date, date]:
    """First and last day of ``DATE`` or ``DATE..DATE``."""
    first, dots, last = text.partition("..")
    start = read_date(word, first)
    end = read_date(word, last) if dots else start
    if end < start:
        raise UsageError(f"--{word}: the last day lies before the first.")
    return start, end


def read_hours(word: Word, text: str) -> tuple[date, time, time]:
    """Day, start and end of ``DATE/HH:MM-HH:MM``."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})/(\d{2}:\d{2})-(\d{2}:\d{2})", text, re.ASCII)
    if found is None:
        raise misread(word)
    try:
        start, end = time.fromisoformat(found[2]), time.fromisoformat(found[3])
    except ValueError:
        raise misread(word) from None
    if end <= start:
        raise UsageError(f"--{word}: the end is not after the start.")
    return read_date(word, found[1]), start, end


def misread(word: Word) -> UsageError:
    """That a text cannot be read, and how to write it."""
    return UsageError(f"--{word}: cannot be read. Maybe: write it as {SHAPES[word]}, dates as 2026-12-02.")
