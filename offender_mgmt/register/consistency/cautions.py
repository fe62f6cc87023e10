"""What is accepted, planned and shown, but needs a person's look. Nothing here ever drops a nominal.

These rules are asked only of an extract without contradictions: all of its rows could be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from offender_mgmt.calendars import add_months
from offender_mgmt.errors import Fault
from offender_mgmt.register.consistency.duty import MINUTES_AN_HOUR
from offender_mgmt.register.consistency.nominals import is_longer_than_tier
from offender_mgmt.register.extract import Extract, fault_at
from offender_mgmt.register.records import Assessment, Base, Change, Event, Offender, Officer, Record, Tour, Visit
from offender_mgmt.register.table import Line
from offender_mgmt.register.tour_times import tour_span
from offender_mgmt.vocabulary import ChangeField, CommunityStatus, ManagementStatus, RiskLevel, TourCode

MONTHS_A_YEAR = 12


def possible_duplicate(extract: Extract) -> Iterator[Fault]:
    """Two references at one position with the same days of registration and of the risk level: both are kept."""
    groups: dict[tuple[object, ...], list[Line[Offender]]] = defaultdict(list)
    for line in extract.lines(Offender):
        o = line.record
        if o.easting is not None and o.northing is not None:
            groups[o.easting, o.northing, o.registered_on, o.risk_level_set_on].append(line)
    for group in groups.values():
        for line in group if len(group) > 1 else ():
            others = ", ".join(other.record.offender_ref for other in group if other is not line)
            yield fault_at(line, "offender_ref", "possible-duplicate", f"Is this the same person as {others}?")


def possible_duplicate_visit(extract: Extract) -> Iterator[Fault]:
    """Two attempts at one nominal at the same time with the same outcome: both are kept."""
    first: dict[tuple[object, ...], Line[Visit]] = {}
    for line in extract.lines_alike(Visit, "offender_ref", "date", "start"):
        v = line.record
        earlier = first.setdefault((v.offender_ref, v.date, v.start, v.outcome), line)
        if earlier is not line:
            advice = f"Is this the attempt of line {earlier.number}, recorded twice?"
            yield fault_at(line, "visit_id", "possible-duplicate-visit", advice)


def lead_not_usable(extract: Extract) -> Iterator[Fault]:
    """A nominal without a lead, or whose lead is unknown, of another team, or has a declared conflict."""
    for line in extract.lines(Offender):
        lead = line.record.lead_officer
        officer = extract.officers.get(lead or "")
        if lead is None:
            yield fault_at(line, "lead_officer", "no-lead-officer", "Name an offender manager; work is planned anyway.")
        elif officer is None:
            yield fault_at(line, "lead_officer", "lead-unknown", "The lead is not in officers.csv: name another.")
        elif officer.team != line.record.team:
            yield fault_at(line, "lead_officer", "lead-not-in-team", "The lead is of another team: mend either.")
        if lead is not None and lead in line.record.excluded_officers:
            yield fault_at(line, "lead_officer", "lead-has-conflict", "The lead has a declared conflict: name another.")


def officer_unknown(extract: Extract) -> Iterator[Fault]:
    """Officers named who are not in officers.csv (people leave): told once for each file, column and officer."""
    yield from _unknown_in(extract, Visit, "officers")
    yield from _unknown_in(extract, Assessment, "officer")
    yield from _unknown_in(extract, Offender, "deputy_officer")
    yield from _unknown_in(extract, Offender, "excluded_officers")
    yield from _unknown_in(extract, Officer, "not_paired_with")
    yield from _unknown_in(extract, Tour, "officer_id")
    yield from _unknown_in(extract, Event, "officers")


def _unknown_in(extract: Extract, record_type: type[Record], column: str) -> Iterator[Fault]:
    def unknown(value: str | tuple[str, ...] | None) -> list[str]:
        named = (value,) if isinstance(value, str) else value or ()
        return [officer for officer in named if officer not in extract.officers]

    found: dict[str, list[Line[Record]]] = defaultdict(list)
    for line in extract.lines_where(record_type, column, is_odd=lambda value: bool(unknown(value))):
        for officer in unknown(getattr(line.record, column)):
            found[officer].append(line)
    for officer, where in found.items():
        advice = f"{len(where)} row(s) name this officer, who is not in officers.csv: left, or misspelt?"
        yield Fault(where[0].record.file_name, where[0].number, column, "officer-not-listed", advice, officer)


def team_without_officers(extract: Extract) -> Iterator[Fault]:
    """A team that manages nominals but has no officer: all its work will be left out."""
    staffed = {officer.team for officer in extract.officers.values()}
    lent = extract.lines_where(Tour, "lent_to", is_odd=bool)
    staffed |= {line.record.lent_to for line in lent if line.record.lent_to}
    told: set[str] = set()
    for line in extract.lines(Offender):
        team = line.record.team
        if team not in staffed | told:
            told.add(team)
            advice = "No officer of this team is in officers.csv: nothing can be planned for it."
            yield fault_at(line, "team", "team-without-officers", advice)


def position_doubtful(extract: Extract) -> Iterator[Fault]:
    """A nominal without position, or with one that is swapped or outside the force's area: planned all the same."""
    west, south, east, north = extract.policy.register_checks.force_area
    for line in extract.lines(Offender):
        o = line.record
        if o.easting is None or o.northing is None:
            if not o.no_fixed_abode:
                advice = "Give easting and northing; until then travel is taken as unknown."
                yield fault_at(line, "easting", "position-missing", advice)
        elif west <= o.easting <= east and south <= o.northing <= north:
            continue
        elif west <= o.northing <= east and south <= o.easting <= north:
            yield fault_at(line, "easting", "position-swapped", "Easting and northing look swapped: mend them.")
        else:
            yield fault_at(line, "easting", "position-outside", "The position is outside the force's area: check it.")


def base_without_position(extract: Extract) -> Iterator[Fault]:
    """A station without position: travel from it is taken as unknown unless travel.csv gives it."""
    for line in extract.lines(Base):
        if line.record.easting is None or line.record.northing is None:
            yield fault_at(line, "easting", "position-missing", "Give easting and northing of the station.")


def no_fixed_abode(extract: Extract) -> Iterator[Fault]:
    """A nominal without sole or main residence: planned with travel unknown where no position is given."""
    for line in extract.lines(Offender):
        if line.record.no_fixed_abode:
            yield fault_at(line, "no_fixed_abode", "no-fixed-abode", "Check where the nominal can be found this week.")


def reactive_not_eligible(extract: Extract) -> Iterator[Fault]:
    """Reactive management of a nominal who is not low, not low for long enough, or without approval."""
    years = extract.policy.assessments.reactive_after_low_years
    for line in extract.lines(Offender):
        o = line.record
        low_since = add_months(o.risk_level_set_on, years * MONTHS_A_YEAR)
        eligible = o.risk_level is RiskLevel.LOW and low_since <= extract.extract_date and o.reactive_approved_by
        if o.management_status is ManagementStatus.REACTIVE and not eligible:
            advice = f"Not eligible (low for {years} years, with approval): visits are planned as if active."
            yield fault_at(line, "management_status", "reactive-not-eligible", advice)


def pause_open_or_over(extract: Extract) -> Iterator[Fault]:
    """A pause (custody, hospital, ...) without an end, or whose end has passed."""
    for line in extract.lines(Offender):
        o = line.record
        if o.community_status is CommunityStatus.COMMUNITY:
            continue
        if o.status_until is None:
            yield fault_at(line, "status_until", "pause-without-end", "Paused, check: no end of it is known.")
        elif o.status_until < extract.extract_date:
            yield fault_at(line, "status_until", "pause-end-passed", "Paused, check: its end has passed.")


def lowered_without_sign_off(extract: Extract) -> Iterator[Fault]:
    """A risk level lowered without a supervisor's sign-off: it does not count until signed."""
    ranks = {level.value: level.rank for level in RiskLevel}
    for line in extract.lines(Change):
        c = line.record
        before, after = ranks.get(c.value_from.lower()), ranks.get(c.value_to.lower())
        if c.field is not ChangeField.RISK_LEVEL or c.signed_off_by or before is None or after is None:
            continue
        if after > before:
            advice = "The lower level does not count until a supervisor has signed it off."
            yield fault_at(line, "signed_off_by", "lowered-without-sign-off", advice)


def longer_interval_authorised(extract: Extract) -> Iterator[Fault]:
    """An authorised interval longer than the tier's: allowed, and said aloud."""
    for line in extract.lines(Offender):
        o = line.record
        if o.interval_authorised_by and o.interval_until and is_longer_than_tier(o, extract.policy):
            advice = "The risk management plan lets more time pass than the tier: check that it still should."
            yield fault_at(line, "visit_interval_days", "longer-interval", advice)


def caseload_over_limit(extract: Extract) -> Iterator[Fault]:
    """An officer who leads more nominals than the officer's own or the policy's limit."""
    leads = Counter(o.lead_officer for o in extract.offenders.values())
    for line in extract.lines(Officer):
        limit = line.record.caseload_limit or extract.policy.register_checks.caseload_limit
        count = leads[line.record.officer_id]
        if count > limit:
            advice = f"The officer leads {count} nominals and the limit is {limit}."
            yield fault_at(line, "caseload_limit", "caseload-over-limit", advice)


def rest_too_short(extract: Extract) -> Iterator[Fault]:
    """Less rest between two tours of duty than policy asks for, in real hours."""
    rest = extract.policy.duty.rest_between_tours_hours
    tours: dict[str, list[tuple[int, int, Line[Tour]]]] = defaultdict(list)
    for line in extract.lines(Tour):
        span = tour_span(line.record)
        if span and line.record.code is TourCode.DUTY:
            tours[line.record.officer_id].append((*span, line))
    for spans in tours.values():
        for earlier, later in pairwise(sorted(spans, key=lambda span: span[0])):
            if later[0] - earlier[1] < rest * MINUTES_AN_HOUR:
                advice = f"Less than {rest} hours of rest since the tour on line {earlier[2].number}."
                yield fault_at(later[2], "start", "rest-too-short", advice)
