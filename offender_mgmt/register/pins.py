"""What people fixed of a task: officers, whole crew, day, time; each by itself, read from a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from offender_mgmt.calendars import local_day, moment
from offender_mgmt.errors import DataError, Fault
from offender_mgmt.files import unguard_cell
from offender_mgmt.register.cells import parse_date, parse_ref_list, parse_time
from offender_mgmt.register.table import parse_csv

Span = tuple[int, int]
NEVER = date.min
"""The day of pins that contradict each other: no week has it."""
COLUMNS = ("task", "what", "value")


class What(StrEnum):
    """What of a task a pin fixes."""

    OFFICER = "officer"
    """These officers are there, with or without others."""
    CREW = "crew"
    """These officers and nobody else."""
    DAY = "day"
    TIME = "time"
    """A visit starts at this local time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What people fixed of one task; each part by itself.

    Parameters
    ----------
    officers
        Officers who must be there.
    crew
        The whole crew: these officers and nobody else.
    start
        Local time at which the visit starts.
    """

    officers: frozenset[str] = frozenset()
    crew: frozenset[str] | None = None
    day: date | None = None
    start: time | None = None

    @property
    def all_officers(self) -> frozenset[str]:
        """Officers who must be there, by whichever part of the pin."""
        return self.officers | (self.crew or frozenset())

    def and_(self, other: Pin) -> Pin:
        """Both pins at once: officers add up; where two days, times or crews differ, no day is left."""
        pairs = ((self.day, other.day), (self.start, other.start), (self.crew, other.crew))
        clash = any(a is not None and b is not None and a != b for a, b in pairs)
        return Pin(
            officers=self.officers | other.officers,
            crew=self.crew if self.crew is not None else other.crew,
            day=NEVER if clash else self.day or other.day,
            start=self.start if self.start is not None else other.start,
        )

    def spans(self, spans: Iterable[Span], minutes: int) -> tuple[Span, ...]:
        """What is left of the spans in which a visit of so many minutes may lie."""
        kept = [span for span in spans if self.day is None or local_day(span[0]) == self.day]
        if self.start is None:
            return tuple(kept)
        starts = [(span, moment(local_day(span[0]), self.start)) for span in kept]
        return tuple((at, at + minutes) for span, at in starts if span[0] <= at and at + minutes <= span[1])

    def rows(self) -> list[tuple[str, str]]:
        """What and value of each part, as a file of pins has them."""
        crew = [(What.CREW.value, ";".join(sorted(self.crew)))] if self.crew is not None else []
        officers = [(What.OFFICER.value, ";".join(sorted(self.officers)))] if self.officers else []
        day = [(What.DAY.value, self.day.isoformat())] if self.day is not None else []
        return [*officers, *crew, *day, *([(What.TIME.value, f"{self.start:%H:%M}")] if self.start is not None else [])]

    def words(self) -> str:
        """The pin for people."""
        said = [f"officer {';'.join(sorted(self.officers))}"] if self.officers else []
        said += [f"crew {';'.join(sorted(self.crew))}"] if self.crew is not None else []
        said += [] if self.day is None else ["two days" if self.day == NEVER else f"day {self.day}"]
        said += [] if self.start is None else [f"time {self.start:%H:%M}"]
        return ", ".join(said)


Pins = Mapping[str, Pin]
"""Pins by id of the task, or by reference of the nominal for whichever visit is made to them."""


def read_pins(data: bytes, name: str) -> Pins:
    """Read a file of pins: columns task, what, value; several rows of one task add up.

    Raises
    ------
    DataError
        With every fault, each with line and column.
    """
    header, rows, found = parse_csv(name, data)
    columns = [column.casefold() for column in header]
    faults = list(found)
    faults += [Fault(name, 1, c, "missing-column", "Add this column.") for c in COLUMNS if header and c not in columns]
    pins: dict[str, Pin] = {}
    for row in rows if not faults else ():
        cells = {c: unguard_cell(cell).strip() for c, cell in zip(columns, row.cells, strict=True)}
        try:
            task, pin = cells["task"], _pin(cells["what"].casefold(), cells["value"])
            if not task:
                raise ValueError("task", "missing-value", "Name a task or a nominal.")
            pins[task] = pins.get(task, Pin()).and_(pin)
        except ValueError as fault:
            column, rule, advice = fault.args if len(fault.args) == 3 else ("value", "bad-pin", BAD_VALUE)
            faults.append(Fault(name, row.line, column, rule, advice))
    if faults:
        raise DataError(faults)
    return pins


BAD_VALUE = "Write officers as P1;P2, a day as 2026-12-01, a time as 10:00."


def pins_of_rows(rows: Iterable[tuple[str, str, str]]) -> Pins:
    """Pins as a record has them: task, what, value.

    Raises
    ------
    ValueError
        For what is no pin.
    """
    pins: dict[str, Pin] = {}
    for task, what, value in rows:
        pins[task] = pins.get(task, Pin()).and_(_pin(what, value))
    return pins


def _pin(what: str, value: str) -> Pin:
    if what not in list(What):
        raise ValueError("what", "unknown-pin", f"Pin one of: {', '.join(What)}.")
    if not value:
        raise ValueError("value", "missing-value", "Fill in the cell.")
    if what in (What.OFFICER, What.CREW):
        officers = frozenset(_list(value))
        return Pin(officers=officers) if what == What.OFFICER else Pin(crew=officers)
    return Pin(day=_day(value)) if what == What.DAY else Pin(start=_time(value))


def _list(value: str) -> Iterator[str]:
    found = parse_ref_list(value)
    assert isinstance(found, tuple)
    yield from found


def _day(value: str) -> date:
    found = parse_date(value)
    if not isinstance(found, date):
        raise ValueError("value", "bad-pin", BAD_VALUE)
    return found


def _time(value: str) -> time:
    found = parse_time(value)
    if not isinstance(found, time):
        raise ValueError("value", "bad-pin", BAD_VALUE)
    return found
