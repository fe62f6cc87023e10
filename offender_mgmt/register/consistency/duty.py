"""Tours and fixed events that cannot be worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import chain
from typing import Any

from offender_mgmt.calendars import MINUTES_A_DAY, local_time_exists, moment
from offender_mgmt.errors import Fault
from offender_mgmt.register.extract import Extract, fault_at
from offender_mgmt.register.records import Event, Record, Tour, Visit
from offender_mgmt.register.table import Line
from offender_mgmt.register.tour_times import tour_span
from offender_mgmt.vocabulary import EventKind, TourCode

MINUTES_AN_HOUR = 60
WITH_TIMES: tuple[type[Record], ...] = (Tour, Visit, Event)


def times_incomplete(extract: Extract) -> Iterator[Fault]:
    """A tour of duty without times, or any tour with one time and not the other."""
    for line in extract.lines(Tour):
        tour = line.record
        if tour.start is None and tour.end is None:
            if tour.code is TourCode.DUTY:
                yield fault_at(line, "start", "duty-without-times", "Give the start and the end of the tour.")
        elif tour.start is None or tour.end is None:
            column = "start" if tour.start is None else "end"
            yield fault_at(line, column, "half-a-time", "Give both the start and the end, or neither.")


def time_that_does_not_exist(extract: Extract) -> Iterator[Fault]:
    """A local time in the hour that is skipped when summer time starts."""
    rows = chain.from_iterable(extract.lines_where(kind, "date", is_odd=_touches_clock_change) for kind in WITH_TIMES)
    for line in rows:
        record: Any = line.record
        over_night = record.start and record.end and record.end <= record.start and isinstance(record, Tour)
        days = {"start": record.date, "end": record.date + timedelta(days=1 if over_night else 0)}
        for column, day in days.items():
            at: time | None = getattr(record, column)
            if at is not None and not local_time_exists(day, at):
                advice = "The clocks go forward over this time: it does not exist on that day."
                yield fault_at(line, column, "no-such-local-time", advice)


def _touches_clock_change(day: date) -> bool:
    """Whether an hour is skipped on the day or on the next, which a tour over night reaches."""
    return any(_length(day + timedelta(days=later)) < MINUTES_A_DAY for later in (0, 1))


def _length(day: date) -> int:
    midnight = time(0, 0)
    return moment(day + timedelta(days=1), midnight) - moment(day, midnight)


def tour_too_long(extract: Extract) -> Iterator[Fault]:
    """A tour longer than policy's longest; an end not after the start means the next day."""
    longest = extract.policy.duty.longest_tour_hours
    for start, end, line in _spans(extract):
        if end - start > longest * MINUTES_AN_HOUR:
            advice = f"The tour is longer than {longest} hours: mend its start or its end."
            yield fault_at(line, "end", "tour-too-long", advice)


def two_tours_in_a_day(extract: Extract) -> Iterator[Fault]:
    """An officer with two tours of duty that start on one day, at different times."""
    first: dict[tuple[str, date], Line[Tour]] = {}
    for line in extract.lines(Tour):
        if line.record.code is TourCode.DUTY:
            earlier = first.setdefault((line.record.officer_id, line.record.date), line)
            if earlier.record.start != line.record.start:
                advice = f"Line {earlier.number} has the officer on duty on the same day: keep one of the two."
                yield fault_at(line, "date", "on-duty-twice", advice)


def tours_overlap(extract: Extract) -> Iterator[Fault]:
    """A tour that starts before the officer's tour of an earlier day, or another absence with times, is over."""
    latest: dict[str, tuple[int, Line[Tour]]] = {}
    for start, end, line in sorted(_spans(extract), key=lambda span: (span[0], span[2].number)):
        officer = line.record.officer_id
        before = latest.get(officer)
        if before and start < before[0] and not _is_told_already(before[1].record, line.record):
            advice = f"The officer's tour on line {before[1].number} is not over then: mend one of the two."
            yield fault_at(line, "start", "tours-overlap", advice)
        if not before or end > before[0]:
            latest[officer] = (end, line)


def _is_told_already(earlier: Tour, later: Tour) -> bool:
    """Whether another rule names the pair: the same key, or two tours of duty in a day."""
    if earlier.date != later.date:
        return False
    return earlier.start == later.start or earlier.code is later.code is TourCode.DUTY


def duty_and_absence(extract: Extract) -> Iterator[Fault]:
    """A whole day's absence (leave, sickness, rest day, ...) on a day the officer is also on duty."""
    days: dict[tuple[str, date], list[Line[Tour]]] = defaultdict(list)
    for line in extract.lines(Tour):
        days[line.record.officer_id, line.record.date].append(line)
    for lines in days.values():
        on_duty = [line for line in lines if line.record.code is TourCode.DUTY]
        for line in lines if on_duty else ():
            if line.record.code is not TourCode.DUTY and line.record.start is None:
                advice = f"Line {on_duty[0].number} has the officer on duty on the same day: keep one of the two."
                yield fault_at(line, "code", "duty-and-absence", advice)


def event_without_times(extract: Extract) -> Iterator[Fault]:
    """A fixed event without its start or its end."""
    for line in extract.lines(Event):
        for column in ("start", "end"):
            if getattr(line.record, column) is None:
                yield fault_at(line, column, "event-without-times", "Give the start and the end of the event.")


def joint_visit_of_nobody(extract: Extract) -> Iterator[Fault]:
    """A joint visit that does not say whom it visits."""
    for line in extract.lines(Event):
        if line.record.kind is EventKind.JOINT_VISIT and line.record.offender_ref is None:
            advice = "Give the reference of the nominal who is visited."
            yield fault_at(line, "offender_ref", "joint-visit-without-nominal", advice)


def _spans(extract: Extract) -> Iterator[tuple[int, int, Line[Tour]]]:
    """Start and end moments of every tour that has both."""
    for line in extract.lines(Tour):
        if span := tour_span(line.record):
            yield *span, line
