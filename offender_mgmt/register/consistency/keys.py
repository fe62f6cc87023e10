"""Keys given twice, and references to what is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

from offender_mgmt.errors import Fault
from offender_mgmt.register.extract import Extract, fault_at, listed_in_turn
from offender_mgmt.register.records import (
    Assessment,
    Change,
    Deferral,
    Event,
    Offender,
    Officer,
    Record,
    Tour,
    Visit,
)
from offender_mgmt.register.table import Line

WITH_NOMINAL: tuple[type[Record], ...] = (Visit, Assessment, Change, Deferral, Event)


def key_given_twice(extract: Extract) -> Iterator[Fault]:
    """Two rows of a file with one key: both are refused, none wins."""
    for table in extract.tables:
        groups: dict[object, list[Line[Record]]] = defaultdict(list)
        key = attrgetter(*table.record_type.key_fields)
        for line in extract.lines_alike(table.record_type, *table.record_type.key_fields):
            groups[key(line.record)].append(line)
        for group in groups.values():
            for line in group:
                others = listed_in_turn([other.number for other in group if other is not line])
                advice = f"The same {' and '.join(table.record_type.key_fields)} stands on line {others}: keep one."
                yield fault_at(line, table.record_type.key_fields[0], "key-given-twice", advice)


def unknown_nominal(extract: Extract) -> Iterator[Fault]:
    """A row about a nominal who is not in offenders.csv."""
    known = extract.known_offenders
    if known is None:
        return
    for record_type in WITH_NOMINAL:
        for line in extract.lines_where(
            record_type, "offender_ref", is_odd=lambda ref: ref is not None and ref not in known
        ):
            advice = "No nominal of this reference is in offenders.csv: mend the reference or add the nominal."
            yield fault_at(line, "offender_ref", "unknown-nominal", advice)


def unknown_base(extract: Extract) -> Iterator[Fault]:
    """An officer whose station is not in bases.csv."""
    known = extract.known_bases
    for line in extract.lines(Officer) if known is not None else ():
        if known is not None and line.record.base not in known:
            advice = "No station of this name is in bases.csv: mend the name or add the station."
            yield fault_at(line, "base", "unknown-base", advice)


def unknown_officer_ahead(extract: Extract) -> Iterator[Fault]:
    """A tour or event after the extract of an officer who is not in officers.csv; in the past people have left."""
    known = extract.known_officers
    if known is None:
        return
    advice = "No officer of this id is in officers.csv: mend the id or add the officer."
    for tour in extract.lines(Tour):
        if tour.record.date > extract.extract_date and tour.record.officer_id not in known:
            yield fault_at(tour, "officer_id", "unknown-officer", advice)
    for event in extract.lines(Event):
        if event.record.date > extract.extract_date and not known.issuperset(event.record.officers):
            yield fault_at(event, "officers", "unknown-officer", advice)


def unknown_team(extract: Extract) -> Iterator[Fault]:
    """A tour lent to a team that no nominal and no officer belongs to."""
    if extract.known_offenders is None or extract.known_officers is None:
        return
    teams = {line.record.team for line in extract.lines(Offender)} | {o.team for o in extract.officers.values()}
    for line in extract.lines_where(Tour, "lent_to", is_odd=lambda team: team is not None and team not in teams):
        advice = "No nominal and no officer is of this team: mend the name, or leave the cell blank."
        yield fault_at(line, "lent_to", "unknown-team", advice)
