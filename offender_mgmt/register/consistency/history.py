"""Rows of the logs (visits, assessments, changes, deferrals) that cannot be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from operator import lt

from offender_mgmt.errors import Fault
from offender_mgmt.register.extract import Extract, fault_at
from offender_mgmt.register.records import Assessment, Change, Deferral, Event, Record, Visit
from offender_mgmt.vocabulary import VisitOutcome

LOG_DATES: tuple[tuple[type[Record], str], ...] = (
    (Visit, "date"),
    (Assessment, "date"),
    (Change, "date"),
    (Deferral, "decided_on"),
)


def row_after_extract(extract: Extract) -> Iterator[Fault]:
    """Something on record that lies after the day the extract was made."""
    for record_type, column in LOG_DATES:
        for line in extract.lines_where(record_type, column, is_odd=lambda day: bool(day > extract.extract_date)):
            advice = "The day lies after the extract date: mend it, or the extract_date in register.toml."
            yield fault_at(line, column, "date-after-extract", advice)


def visit_before_registration(extract: Extract) -> Iterator[Fault]:
    """An attempt before the nominal was registered or transferred in."""
    table = extract.table(Visit)
    if table is None:
        return
    registered = {ref: offender.registered_on for ref, offender in extract.offenders.items()}
    since = (registered.get(visit.offender_ref, visit.date) for visit in table.records)
    for line in table.lines_chosen(map(lt, (visit.date for visit in table.records), since)):
        advice = "The attempt lies before the nominal's registration: mend one of the two days."
        yield fault_at(line, "date", "before-registration", advice)


def successful_visit_by_nobody(extract: Extract) -> Iterator[Fault]:
    """A visit that is said to have succeeded but names no officer: it would reset the clock unseen."""
    for line in extract.lines_where(Visit, "officers", is_odd=lambda officers: not officers):
        if line.record.outcome is VisitOutcome.SUCCESSFUL:
            advice = "Name the officers who made the visit, or mend the outcome."
            yield fault_at(line, "officers", "successful-visit-without-officers", advice)


def deferred_until_before_decision(extract: Extract) -> Iterator[Fault]:
    """Work put off until a day before the decision."""
    for line in extract.lines(Deferral):
        if line.record.until is not None and line.record.until < line.record.decided_on:
            advice = "The day lies before decided_on: mend one of the two."
            yield fault_at(line, "until", "ends-before-it-begins", advice)


def _ends_before(times: tuple[time | None, time | None]) -> bool:
    start, end = times
    return start is not None and end is not None and end < start


def ends_before_start(extract: Extract) -> Iterator[Fault]:
    """An attempt or an event that ends before it starts; an aborted attempt may take no time at all."""
    for line in extract.lines_where(Visit, "start", "end", is_odd=_ends_before):
        yield fault_at(line, "end", "ends-before-start", "Mend one of the two times.")
    for event in extract.lines(Event):
        start, end = event.record.start, event.record.end
        if start is not None and end is not None and end <= start:
            yield fault_at(event, "end", "ends-before-start", "Mend one of the two times.")
