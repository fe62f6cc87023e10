"""From the text of one cell to a typed value, strictly; a refusal says what to do, never what was there.

Values that are not text (a record built in code) pass through to the ordinary type check.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from offender_mgmt.calendars import WEEKDAYS

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_TEXT = 200
Span = tuple[int, time, time]
"""Weekday (0 = Monday), from, to."""
_SPREADSHEET = re.compile(
    r"\d+(\.\d+)?[eE][+-]?\d+"  # 1.23E+12
    r"|\d{1,2}-[A-Z][a-z]{2}(-\d{2,4})?"  # 3-Apr, 3-Apr-26
    r"|[A-Z][a-z]{2}-\d{2,4}",  # Mar-26
    re.ASCII,
)
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}", re.ASCII)
is_sound_ref = re.compile(rf"(?!(?:{_SPREADSHEET.pattern})\Z){_REF.pattern}", re.ASCII).fullmatch
"""Whether a text is a reference just as it stands: nothing to clean, nothing to refuse."""


def refuse(rule: str, advice: str) -> PydanticCustomError:
    """The error a cell raises: a stable rule code and what to do."""
    return PydanticCustomError(rule, advice)


def looks_changed_by_spreadsheet(text: str) -> bool:
    """Whether a reference looks like one that a spreadsheet turned into a number or a date."""
    return bool(_SPREADSHEET.fullmatch(text))


def clean_text(value: object) -> object:
    """Trim, normalise to NFC, refuse control characters and cells that are too long."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).strip()
    if not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise refuse("control-character", "Remove control characters and line breaks from the cell.")
    if "\N{REPLACEMENT CHARACTER}" in text:
        raise refuse("lost-character", "A character was lost when the file was saved: save it as CSV UTF-8.")
    if len(text) > LONGEST_TEXT:
        raise refuse("text-too-long", "Shorten the cell to at most 200 characters.")
    return text


def parse_ref(value: object) -> object:
    """A reference: text without spaces, list separators or path signs, kept exactly as written."""
    if type(value) is str and is_sound_ref(value):
        return value
    text = clean_text(value)
    if not isinstance(text, str):
        return text
    if not text:
        raise refuse("missing-value", "Fill in the cell.")
    if looks_changed_by_spreadsheet(text):
        raise refuse("changed-by-spreadsheet", "The reference looks changed by a spreadsheet: export it as text.")
    if not _REF.fullmatch(text):
        raise refuse("bad-reference", "Use letters, digits, dot, dash and underscore only, at most 64 of them.")
    return text


def parse_ref_list(value: object) -> object:
    """References parted by semicolons; blank is none; a double is refused."""
    if not isinstance(value, str):
        return value
    parts = [part for part in (p.strip() for p in value.split(";")) if part]
    refs = tuple(parse_ref(part) for part in parts)
    if len(set(refs)) < len(refs):
        raise refuse("listed-twice", "List each reference once.")
    return refs


def parse_word(words: type[StrEnum]) -> Callable[[object], object]:
    """One word of a closed list; case, spaces and dashes are forgiven, an unknown word is not."""
    known = {word.value: word for word in words}

    def parse(value: object) -> object:
        if not isinstance(value, str) or isinstance(value, words):
            return value
        text = clean_text(value)
        assert isinstance(text, str)
        if not text:
            raise refuse("missing-value", "Fill in the cell.")
        word = known.get(re.sub(r"[\s\-]+", "_", text.lower()))
        if word is None:
            raise refuse(f"unknown-{_kebab(words.__name__)}", f"Use one of: {', '.join(known)}.")
        return word

    return parse


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def parse_date(value: object) -> object:
    """An ISO date, or day first with slashes (``31/03/2026``); the month is never guessed first."""
    text = clean_text(value)
    if not isinstance(text, str):
        return text
    if not text:
        raise refuse("missing-value", "Fill in the cell.")
    if re.fullmatch(r"\d{5}(\.\d+)?", text, re.ASCII):
        raise refuse("changed-by-spreadsheet", "The date looks changed by a spreadsheet: write it as 2026-03-31.")
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII):
        year, month, day = (int(g) for g in match.groups())
    elif match := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text, re.ASCII):
        day, month, year = (int(g) for g in match.groups())
    else:
        raise refuse("bad-date", "Write the date as 2026-03-31 or, day first, as 31/03/2026.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refuse("date-out-of-range", "Use a year from 1900 to 2100.")
    try:
        return date(year, month, day)
    except ValueError:
        raise refuse("no-such-date", "That day does not exist in the calendar.") from None


def parse_time(value: object) -> object:
    """A local 24-hour time ``HH:MM``, without an offset."""
    text = clean_text(value)
    if not isinstance(text, str):
        return text
    if re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?\s*([+-]\d{2}:?\d{2}|[Zz])", text, re.ASCII):
        raise refuse("time-with-offset", "Write local time without an offset, e.g. 09:30.")
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text, re.ASCII)
    if not match:
        raise refuse("bad-time", "Write the time as HH:MM on the 24-hour clock, e.g. 09:30.")
    return time(int(match[1]), int(match[2]))


def parse_whole_number(smallest: int, largest: int) -> Callable[[object], object]:
    """ASCII digits only, within bounds; no sign, no point, no exponent, no underscore."""

    def parse(value: object) -> object:
        text = clean_text(value)
        if not isinstance(text, str):
            return text
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not smallest <= int(text) <= largest:
            raise refuse("bad-number", f"Write a whole number from {smallest} to {largest}, digits only.")
        return int(text)

    return parse


def parse_yes_no(value: object) -> object:
    """``Y`` or ``N`` (also yes, no); blank takes the column's default."""
    text = clean_text(value)
    if not isinstance(text, str):
        return text
    if text.lower() in ("y", "yes"):
        return True
    if text.lower() in ("n", "no"):
        return False
    raise refuse("bad-yes-no", "Write Y or N.")


def parse_visiting_hours(value: object) -> object:
    """``Mon 09:00-12:00, 17:00-20:00; Tue 10:00-16:00`` to spans sorted by weekday and time."""
    text = clean_text(value)
    if not isinstance(text, str):
        return text
    spans: list[Span] = []
    for part in (p.strip() for p in text.split(";")):
        if part:
            spans += _day_spans(part)
    spans.sort()
    for earlier, later in pairwise(spans):
        if earlier[0] == later[0] and later[1] < earlier[2]:
            raise refuse("overlapping-hours", "Visiting hours of one day must not overlap.")
    return tuple(spans)


def _day_spans(part: str) -> list[Span]:
    day, _, hours = part.partition(" ")
    if day.capitalize() not in WEEKDAYS or not hours.strip():
        raise refuse("bad-visiting-hours", "Write visiting hours as: Mon 09:00-12:00; Tue 10:00-16:00.")
    weekday = WEEKDAYS.index(day.capitalize())
    spans: list[Span] = []
    for span in hours.split(","):
        match = re.fullmatch(r"(\d{2}:\d{2})-(\d{2}:\d{2})", span.strip(), re.ASCII)
        if not match:
            raise refuse("bad-visiting-hours", "Write visiting hours as: Mon 09:00-12:00; Tue 10:00-16:00.")
        start, end = parse_time(match[1]), parse_time(match[2])
        assert isinstance(start, time)
        assert isinstance(end, time)
        if end <= start:
            raise refuse("bad-visiting-hours", "Visiting hours must end after they start, on the same day.")
        spans.append((weekday, start, end))
    return spans


def _blank_to(default: object, parse: Callable[[object], object]) -> Callable[[object], object]:
    def parse_or_default(value: object) -> object:
        if isinstance(value, str) and not value.strip():
            return default
        return parse(value)

    return parse_or_default


def _on_national_grid(smallest: int, largest: int) -> Callable[[object], object]:
    return _blank_to(None, parse_whole_number(smallest, largest))


def word(words: type[StrEnum]) -> BeforeValidator:
    """Validator of a cell that holds one word of a closed list."""
    return BeforeValidator(parse_word(words))


def whole_number(smallest: int, largest: int) -> BeforeValidator:
    """Validator of a cell that must hold a whole number within bounds."""
    return BeforeValidator(parse_whole_number(smallest, largest))


Ref = Annotated[str, BeforeValidator(parse_ref)]
OptionalRef = Annotated[str | None, BeforeValidator(_blank_to(None, parse_ref))]
RefList = Annotated[tuple[str, ...], BeforeValidator(parse_ref_list)]
Text = Annotated[str, BeforeValidator(clean_text)]
CellDate = Annotated[date, BeforeValidator(parse_date)]
OptionalDate = Annotated[date | None, BeforeValidator(_blank_to(None, parse_date))]
CellTime = Annotated[time | None, BeforeValidator(_blank_to(None, parse_time))]
OptionalPositiveInt = Annotated[int | None, BeforeValidator(_blank_to(None, parse_whole_number(1, 100_000)))]
ContractHours = Annotated[int | None, BeforeValidator(_blank_to(None, parse_whole_number(1, 80)))]
YesNo = Annotated[bool, BeforeValidator(parse_yes_no)]
Easting = Annotated[int | None, BeforeValidator(_on_national_grid(0, 700_000))]
Northing = Annotated[int | None, BeforeValidator(_on_national_grid(0, 1_300_000))]
VisitingHours = Annotated[tuple[Span, ...], BeforeValidator(parse_visiting_hours)]
