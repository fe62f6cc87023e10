"""The committed whole force does not contradict itself: tours, events, attempts, changes, places."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from builders import policy

from offender_mgmt.synth import SynthSettings
from offender_mgmt.synth.places import is_ashore
from offender_mgmt.synth.tours import tour_days
from offender_mgmt.vocabulary import ChangeField, CommunityStatus, TourCode, VisitOutcome

pytestmark = pytest.mark.many_cases

FIRST_TOURS, LAST_TOURS = tour_days(SynthSettings())


@pytest.fixture(scope="module")
def duty(essex):
    """Start and end by officer and day."""
    return {(t.officer_id, t.date): (t.start, t.end) for t in essex.tours if t.code is TourCode.DUTY}


def test_the_duty_roster_runs_from_four_weeks_before_to_five_weeks_after():
    # The extract is made in the week of Monday 23 November 2026.
    assert (date(2026, 10, 26), date(2027, 1, 3)) == (FIRST_TOURS, LAST_TOURS)


def test_every_officer_has_one_row_a_day(essex):
    days = (LAST_TOURS - FIRST_TOURS).days + 1
    rows = {(t.officer_id, t.date) for t in essex.tours}
    assert len(rows) == len(essex.tours) == days * len(essex.officers)


def test_only_days_on_duty_have_times(essex):
    for tour in essex.tours:
        assert (tour.start is not None) == (tour.end is not None) == (tour.code is TourCode.DUTY)


def test_there_are_eleven_hours_between_tours(essex):
    for rows in essex.tours_of.values():
        on_duty = [t for t in rows if t.code is TourCode.DUTY]
        for earlier, later in pairwise(on_duty):
            rest = datetime.combine(later.date, later.start) - datetime.combine(earlier.date, earlier.end)
            assert rest >= timedelta(hours=policy().duty.rest_between_tours_hours)


def test_two_rest_days_a_week_at_least(essex):
    rest = defaultdict(int)
    for tour in essex.tours:
        rest[tour.officer_id, tour.date.isocalendar()[:2]] += tour.code in (TourCode.REST_DAY, TourCode.BANK_HOLIDAY)
    assert min(rest.values()) >= 2


def test_events_lie_inside_tours_and_do_not_overlap(essex, duty):
    taken = defaultdict(list)
    for event in essex.events:
        for officer in event.officers:
            start, end = duty[officer, event.date]
            assert start <= event.start < event.end <= end
            assert all(event.end <= s or e <= event.start for s, e in taken[officer, event.date])
            taken[officer, event.date].append((event.start, event.end))


def test_attempts_lie_inside_the_officers_tours_and_do_not_overlap(essex, duty):
    taken = defaultdict(list)
    for visit in essex.visits:
        for officer in visit.officers:
            if visit.date >= FIRST_TOURS:
                start, end = duty[officer, visit.date]
                assert start <= visit.start < visit.end <= end
            assert all(visit.end <= s or e <= visit.start for s, e in taken[officer, visit.date])
            taken[officer, visit.date].append((visit.start, visit.end))


def test_crews_respect_accreditation_conflicts_and_constables(essex):
    for visit in essex.visits:
        nominal = essex.offender_by_ref[visit.offender_ref]
        crew = [essex.officer_by_id[officer] for officer in visit.officers]
        assert all("MOSOVO" in officer.skills and officer.team == nominal.team for officer in crew)
        assert not {officer.officer_id for officer in crew} & set(nominal.excluded_officers)
        if nominal.constable_required:
            assert any(officer.role.has_constable_powers for officer in crew)


def away_spells(changes):
    spells, start = [], None
    for change in changes:
        if change.field is ChangeField.COMMUNITY_STATUS:
            if change.value_to != "community":
                start = change.date
            else:
                spells.append((start, change.date))
                start = None
    return [*spells, (start, date.max)] if start else spells


def test_nobody_was_visited_while_away(essex):
    for ref, changes in essex.changes_of.items():
        for start, back in away_spells(changes):
            assert not [v for v in essex.visits_of.get(ref, ()) if start <= v.date < back]


def test_changes_chain_up_to_the_present_value(essex):
    for ref, changes in essex.changes_of.items():
        nominal = essex.offender_by_ref[ref]
        for field in ChangeField:
            rows = [c for c in changes if c.field is field]
            for earlier, later in pairwise(rows):
                assert earlier.value_to == later.value_from
            if rows:
                value = getattr(nominal, field.value)
                assert rows[-1].value_to == ("" if value is None else str(getattr(value, "value", value)))
                assert rows[-1].value_from != rows[-1].value_to
                assert rows[0].date >= nominal.registered_on


def test_whoever_is_away_has_a_change_that_says_since_when(essex):
    for nominal in essex.offenders:
        if nominal.community_status is not CommunityStatus.COMMUNITY:
            rows = [c for c in essex.changes_of[nominal.offender_ref] if c.field is ChangeField.COMMUNITY_STATUS]
            assert rows[-1].date == nominal.status_since


def test_nothing_happened_before_registration_or_after_the_extract(essex):
    for record in (*essex.visits, *essex.assessments):
        assert essex.offender_by_ref[record.offender_ref].registered_on <= record.date <= essex.extract_date


def test_every_nominal_who_was_long_active_at_home_has_been_seen(essex):
    year_ago = essex.extract_date - timedelta(days=365)
    seen = {v.offender_ref for v in essex.visits if v.outcome is VisitOutcome.SUCCESSFUL}
    unseen = [
        o.offender_ref
        for o in essex.offenders
        if o.registered_on < year_ago and o.community_status is CommunityStatus.COMMUNITY and o.offender_ref not in seen
    ]
    assert len(unseen) <= 5


def test_positions_are_ashore_in_the_force_area_to_100_metres(essex):
    west, south, east, north = policy().register_checks.force_area
    known = [o for o in essex.offenders if o.easting is not None]
    assert len(known) > 1_800
    for nominal in known:
        assert is_ashore((nominal.easting, nominal.northing))
        assert west < nominal.easting < east
        assert south < nominal.northing < north
        assert nominal.easting % 100 == nominal.northing % 100 == 0


def test_a_past_day_can_be_rebuilt(essex):
    year_ago = essex.extract_date - timedelta(days=365)
    before = essex.as_at(year_ago)
    assert 1_600 < len(before.offenders) < len(essex.offenders)
    assert max(v.date for v in before.visits) <= year_ago
