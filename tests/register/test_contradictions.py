"""What cannot be true across rows and files is refused, with file, line, column and rule: three sides per rule."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import builders as b
import pytest
from folders import faults_in, folder_of, places, put_rows, rows_of, set_cell, spotless

from offender_mgmt.register.consistency import CONTRADICTIONS
from offender_mgmt.register.consistency.nominals import longest_days
from offender_mgmt.register.read import read_folder
from offender_mgmt.vocabulary import ChangeField, EventKind, TaskKind, TourCode, VisitOutcome

Place = tuple[str, int, str, str]


def found(tmp_path: Path, **changes: object) -> list[Place]:
    """Places of the faults of a spotless register with some files changed."""
    return places(faults_in(folder_of(tmp_path, spotless(**changes))))


def test_every_contradiction_has_a_sentence() -> None:
    assert all(rule.__doc__ for rule in CONTRADICTIONS)
    assert len({rule.__name__ for rule in CONTRADICTIONS}) == len(CONTRADICTIONS)


def test_b02_same_reference_twice_refuses_both_and_names_both_lines(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    rows = rows_of(folder, "offenders.csv")
    again = [*rows[2][:2], "low", *rows[2][3:]]
    put_rows(folder, "offenders.csv", [*rows, again])
    faults = faults_in(folder)
    expected = [("offenders.csv", line, "offender_ref", "key-given-twice") for line in (3, 5)]
    assert places(faults) == expected
    assert [fault.ref for fault in faults] == ["RSO-000002"] * 2
    assert "line 5" in faults[0].advice
    assert "line 3" in faults[1].advice


def test_b02_three_of_one_key_name_each_other(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    rows = rows_of(folder, "bases.csv")
    put_rows(folder, "bases.csv", [*rows, rows[1], rows[1]])
    faults = faults_in(folder)
    assert [fault.line for fault in faults] == [2, 3, 4]
    assert "line 2 and 4" in faults[1].advice


def test_b04_last_visit_in_the_future_is_refused(tmp_path: Path) -> None:
    # The extract date is 27 November 2026.
    assert found(tmp_path, visits=()) == []
    assert found(tmp_path, visits=(b.visit(date=date(2026, 11, 27)),)) == []
    late = b.visit(date=date(2026, 11, 28))
    assert found(tmp_path, visits=(late,)) == [("visits.csv", 2, "date", "date-after-extract")]


def test_b04_any_log_row_in_the_future_is_refused(tmp_path: Path) -> None:
    day = date(2026, 11, 28)
    places_found = found(
        tmp_path,
        assessments=(b.assessment(date=day),),
        changes=(b.change(date=day),),
        deferrals=(b.deferral(decided_on=day),),
    )
    assert places_found == [
        ("assessments.csv", 2, "date", "date-after-extract"),
        ("changes.csv", 2, "date", "date-after-extract"),
        ("deferrals.csv", 2, "decided_on", "date-after-extract"),
    ]


def test_b04_visit_before_registration_is_refused(tmp_path: Path) -> None:
    # The nominal of the builder was registered on 1 June 2023.
    assert found(tmp_path, visits=(b.visit(date=date(2023, 6, 1)),)) == []
    early = b.visit(date=date(2023, 5, 31))
    assert found(tmp_path, visits=(early,)) == [("visits.csv", 2, "date", "before-registration")]


@pytest.mark.parametrize("column", ["risk_level_set_on", "registered_on", "status_since"])
def test_b04_fact_in_the_future_is_refused(tmp_path: Path, column: str) -> None:
    none = {"visits": (), "assessments": (), "changes": (), "deferrals": ()}
    today = b.offender(**{column: date(2026, 11, 27)})
    assert found(tmp_path, offenders=(today,), **none) == []
    tomorrow = b.offender(**{column: date(2026, 11, 28)})
    assert found(tmp_path, offenders=(tomorrow,), **none) == [("offenders.csv", 2, column, "date-after-extract")]


def test_register_or_status_that_ends_before_it_begins(tmp_path: Path) -> None:
    none = {"visits": (), "assessments": (), "changes": (), "deferrals": ()}
    same_day = b.offender(register_end=date(2023, 6, 1))
    assert found(tmp_path, offenders=(same_day,), **none) == []
    before = b.offender(register_end=date(2023, 5, 31), status_since=date(2026, 1, 2), status_until=date(2026, 1, 1))
    assert found(tmp_path, offenders=(before,), **none) == [
        ("offenders.csv", 2, "register_end", "ends-before-it-begins"),
        ("offenders.csv", 2, "status_until", "ends-before-it-begins"),
    ]


def test_b06_successful_visit_needs_officers(tmp_path: Path) -> None:
    assert found(tmp_path, visits=(b.visit(outcome=VisitOutcome.NO_REPLY, officers=()),)) == []
    nobody = b.visit(officers=())
    expected = [("visits.csv", 2, "officers", "successful-visit-without-officers")]
    assert found(tmp_path, visits=(nobody,)) == expected


def test_b07_longest_days_of_a_tier_by_hand() -> None:
    # One month: 31; three: July to September 92; six: March to August or July to December 184; twelve: a leap year.
    assert [longest_days(months) for months in (1, 3, 6, 12)] == [31, 92, 184, 366]


def test_b07_longer_interval_needs_authoriser_and_end(tmp_path: Path) -> None:
    def of(**changes: object) -> list[Place]:
        nominal = b.offender(visit_interval_days=changes.pop("days"), **changes)
        return found(tmp_path, offenders=(nominal,), visits=(b.visit(),), changes=())

    assert of(days=184) == []  # medium: six months, at most 184 days
    column = "longer-interval-not-authorised"
    both = [("offenders.csv", 2, name, column) for name in ("interval_authorised_by", "interval_until")]
    assert of(days=185) == both
    assert of(days=185, interval_authorised_by="S1") == both[1:]
    assert of(days=185, interval_until=date(2027, 6, 1)) == both[:1]
    assert of(days=185, interval_authorised_by="S1", interval_until=date(2027, 6, 1)) == []


def test_b10_change_to_a_word_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    set_cell(folder, "changes.csv", 2, "to", "highest")
    set_cell(folder, "changes.csv", 2, "from", "")
    assert places(faults_in(folder)) == [
        ("changes.csv", 2, "from", "bad-change-value"),
        ("changes.csv", 2, "to", "bad-change-value"),
    ]


def test_b10_last_change_must_agree_with_the_nominal(tmp_path: Path) -> None:
    # RSO-000001 is high in the file; the change is from medium to high.
    assert found(tmp_path) == []
    assert found(tmp_path, changes=(b.change(value_to="HIGH"),)) == []
    wrong = b.change(value_to="very_high")
    assert found(tmp_path, changes=(wrong,)) == [("changes.csv", 2, "to", "change-disagrees")]


def test_b10_changes_must_follow_from_each_other(tmp_path: Path) -> None:
    first = b.change(date=date(2026, 1, 5), value_from="low", value_to="medium")
    assert found(tmp_path, changes=(b.change(), first)) == []  # order of rows does not matter
    gap = first.replace(value_to="very_high")
    assert found(tmp_path, changes=(b.change(), gap)) == [("changes.csv", 2, "from", "change-chain-broken")]


def test_b10_values_are_kept_as_offenders_csv_writes_them(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, spotless(changes=(b.change(value_from=" Very High", value_to="HIGH"),)))
    change = read_folder(folder).register.changes[0]
    assert (change.value_from, change.value_to) == ("very_high", "high")


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        (ChangeField.LEAD_OFFICER, "P9", "P1"),
        (ChangeField.LEAD_OFFICER, "", "P1"),
        (ChangeField.VISIT_INTERVAL_DAYS, "30", ""),
        (ChangeField.MANAGEMENT_STATUS, "reactive", "active"),
        (ChangeField.COMMUNITY_STATUS, "custody", "community"),
    ],
)
def test_b10_changes_of_every_field_are_compared_with_the_nominal(
    tmp_path: Path, field: ChangeField, before: str, after: str
) -> None:
    change = b.change(field=field, value_from=before, value_to=after)
    assert found(tmp_path, changes=(change,)) == []
    reverse = b.change(field=field, value_from=after, value_to=before)
    assert found(tmp_path, changes=(reverse,)) == [("changes.csv", 2, "to", "change-disagrees")]


def test_b10_chain_with_a_refused_row_is_not_blamed(tmp_path: Path) -> None:
    first = b.change(date=date(2026, 1, 5), value_from="low", value_to="medium")
    folder = folder_of(tmp_path, spotless(changes=(first, b.change())))
    set_cell(folder, "changes.csv", 3, "date", "x")
    assert places(faults_in(folder)) == [("changes.csv", 3, "date", "bad-date")]


@pytest.mark.parametrize("file", ["visits.csv", "assessments.csv", "changes.csv", "deferrals.csv", "events.csv"])
def test_b23_row_about_an_unknown_nominal_is_refused(tmp_path: Path, file: str) -> None:
    folder = folder_of(tmp_path)
    set_cell(folder, file, 2, "offender_ref", "RSO-000009")
    assert places(faults_in(folder)) == [(file, 2, "offender_ref", "unknown-nominal")]


def test_b23_equal_visit_is_kept_once_and_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    rows = rows_of(folder, "visits.csv")
    put_rows(folder, "visits.csv", [*rows, rows[1]])
    register = read_folder(folder).register
    assert len(register.visits) == 2
    assert places(register.warnings) == [("visits.csv", 4, "", "same-row-twice")]
    visits = next(count for count in register.rows if count.file == "visits.csv")
    assert (visits.read, visits.accepted, visits.repeated) == (3, 2, 1)


def test_b23_same_visit_id_with_other_data_is_refused(tmp_path: Path) -> None:
    other = b.visit(outcome=VisitOutcome.NO_REPLY)
    expected = [("visits.csv", line, "visit_id", "key-given-twice") for line in (2, 3)]
    assert found(tmp_path, visits=(b.visit(), other)) == expected


def test_officer_at_an_unknown_station_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    set_cell(folder, "officers.csv", 3, "base", "Nowhere")
    assert places(faults_in(folder)) == [("officers.csv", 3, "base", "unknown-base")]


def test_b15_tour_or_event_ahead_of_an_unknown_officer_is_refused(tmp_path: Path) -> None:
    tours = (b.tour(), b.tour(officer_id="P9"))
    events = (b.event(officers=("P1", "P9")),)
    assert found(tmp_path, tours=tours, events=events) == [
        ("events.csv", 2, "officers", "unknown-officer"),
        ("tours.csv", 3, "officer_id", "unknown-officer"),
    ]
    past = date(2026, 11, 27)
    gone = {"tours": (b.tour(), b.tour(officer_id="P9", date=past)), "events": (b.event(officers=("P9",), date=past),)}
    assert found(tmp_path, **gone) == []


def test_officer_not_to_be_paired_with_self_is_refused(tmp_path: Path) -> None:
    officers = (b.officer(not_paired_with=("P1",)), b.officer(officer_id="P2", not_paired_with=("P1",)))
    expected = [("officers.csv", 2, "not_paired_with", "paired-with-self")]
    assert found(tmp_path, officers=officers, tours=(b.tour(),)) == expected


def test_deferral_until_before_its_decision_is_refused(tmp_path: Path) -> None:
    same = b.deferral(until=date(2026, 11, 20))
    assert found(tmp_path, deferrals=(same, b.deferral(task_kind=TaskKind.RECORD_ENTRY, until=None))) == []
    before = b.deferral(until=date(2026, 11, 19))
    assert found(tmp_path, deferrals=(before,)) == [("deferrals.csv", 2, "until", "ends-before-it-begins")]


def test_b15_tour_longer_than_policy_is_refused(tmp_path: Path) -> None:
    # The example policy's longest tour is 14 hours: 08:00 to 22:00.
    assert found(tmp_path, tours=(b.tour(end=time(22)),)) == []
    assert found(tmp_path, tours=(b.tour(end=time(22, 1)),)) == [("tours.csv", 2, "end", "tour-too-long")]


def test_b15_tour_that_ends_before_it_starts_ends_the_next_day(tmp_path: Path) -> None:
    assert found(tmp_path, tours=(b.tour(start=time(22), end=time(6)),)) == []  # 8 hours
    # 08:00 to 07:00 would be 23 hours, 08:00 to 08:00 would be 24.
    for end in (time(7), time(8)):
        assert found(tmp_path, tours=(b.tour(end=end),)) == [("tours.csv", 2, "end", "tour-too-long")]


def test_b15_tours_that_overlap_are_refused_on_the_later_line(tmp_path: Path) -> None:
    night = b.tour(date=date(2026, 11, 29), start=time(22), end=time(6))
    assert found(tmp_path, tours=(night, b.tour(start=time(6)))) == []
    early = b.tour(start=time(5, 59))
    assert found(tmp_path, tours=(early, night)) == [("tours.csv", 2, "start", "tours-overlap")]


def test_b15_short_absence_within_a_tour_overlaps_the_tour_that_lasts_longer(tmp_path: Path) -> None:
    long = b.tour(start=time(8), end=time(20))
    court = b.tour(code=TourCode.COURT, start=time(9), end=time(10))
    training = b.tour(code=TourCode.TRAINING, start=time(11), end=time(12))
    expected = [("tours.csv", line, "start", "tours-overlap") for line in (3, 4)]
    assert found(tmp_path, tours=(long, court, training)) == expected


def test_b15_two_tours_of_duty_on_one_day_are_refused(tmp_path: Path) -> None:
    late = b.tour(start=time(18), end=time(22))
    assert found(tmp_path, tours=(b.tour(), late)) == [("tours.csv", 3, "date", "on-duty-twice")]
    assert found(tmp_path, tours=(b.tour(), late.replace(officer_id="P2"))) == []


def test_b15_the_same_tour_twice_is_told_once_per_line(tmp_path: Path) -> None:
    expected = [("tours.csv", line, "officer_id", "key-given-twice") for line in (2, 3)]
    assert found(tmp_path, tours=(b.tour(), b.tour(end=time(17)))) == expected


@pytest.mark.parametrize("code", [code for code in TourCode if code is not TourCode.DUTY])
def test_b15_duty_and_absence_on_one_day_are_refused(tmp_path: Path, code: TourCode) -> None:
    off = b.tour(code=code, start=None, end=None)
    assert found(tmp_path, tours=(b.tour(), off)) == [("tours.csv", 3, "code", "duty-and-absence")]
    assert found(tmp_path, tours=(b.tour(), off.replace(date=date(2026, 12, 2)))) == []


def test_b15_court_in_the_morning_and_duty_after_it_may_both_stand(tmp_path: Path) -> None:
    court = b.tour(code=TourCode.COURT, start=time(9), end=time(12))
    assert found(tmp_path, tours=(court, b.tour(start=time(12), end=time(20)))) == []
    overlap = b.tour(start=time(11), end=time(20))
    assert found(tmp_path, tours=(court, overlap)) == [("tours.csv", 3, "start", "tours-overlap")]


def test_b15_duty_without_times_and_half_a_time(tmp_path: Path) -> None:
    leave = b.tour(code=TourCode.LEAVE, start=None, end=None)
    assert found(tmp_path, tours=(leave,)) == []
    assert found(tmp_path, tours=(b.tour(start=None, end=None),)) == [("tours.csv", 2, "start", "duty-without-times")]
    assert found(tmp_path, tours=(b.tour(end=None),)) == [("tours.csv", 2, "end", "half-a-time")]
    assert found(tmp_path, tours=(leave.replace(end=time(9)),)) == [("tours.csv", 2, "start", "half-a-time")]


def test_events_need_times_in_order(tmp_path: Path) -> None:
    assert found(tmp_path, events=(b.event(start=time(9), end=time(9, 1)),)) == []
    assert found(tmp_path, events=(b.event(start=time(9), end=time(9)),)) == [
        ("events.csv", 2, "end", "ends-before-start")
    ]
    assert found(tmp_path, events=(b.event(start=None, end=None),)) == [
        ("events.csv", 2, "end", "event-without-times"),
        ("events.csv", 2, "start", "event-without-times"),
    ]


def test_visit_must_not_end_before_it_starts(tmp_path: Path) -> None:
    assert found(tmp_path, visits=(b.visit(start=time(10), end=time(10)),)) == []
    assert found(tmp_path, visits=(b.visit(start=time(10), end=None),)) == []
    assert found(tmp_path, visits=(b.visit(start=time(10), end=time(9, 59)),)) == [
        ("visits.csv", 2, "end", "ends-before-start")
    ]


def test_joint_visit_names_its_nominal(tmp_path: Path) -> None:
    joint = b.event(kind=EventKind.JOINT_VISIT)
    assert found(tmp_path, events=(joint.replace(offender_ref="RSO-000001"),)) == []
    assert found(tmp_path, events=(joint,)) == [("events.csv", 2, "offender_ref", "joint-visit-without-nominal")]


def test_d05_local_time_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    # On 29 March 2026 the clocks go from 01:00 to 02:00.
    spring, before = date(2026, 3, 29), date(2026, 3, 28)
    tours = (
        b.tour(date=spring, start=time(1, 30), end=time(9)),
        b.tour(officer_id="P2", date=before, start=time(18), end=time(1, 59)),
        b.tour(officer_id="S1", date=before, start=time(18), end=time(2)),
    )
    visits = (b.visit(date=spring, start=time(0, 59), end=time(1)),)
    events = (b.event(date=spring, start=time(1), end=time(2)),)
    assert found(tmp_path, tours=tours, visits=visits, events=events) == [
        ("events.csv", 2, "start", "no-such-local-time"),
        ("tours.csv", 2, "start", "no-such-local-time"),
        ("tours.csv", 3, "end", "no-such-local-time"),
        ("visits.csv", 2, "end", "no-such-local-time"),
    ]


def test_d06_length_of_a_tour_over_the_clock_change_is_in_real_hours(tmp_path: Path) -> None:
    # 17:00 to 08:00 is 15 hours on the clock: 14 real ones over the change in spring, 16 in autumn.
    spring = b.tour(date=date(2026, 3, 28), start=time(17), end=time(8))
    assert found(tmp_path, tours=(spring,)) == []
    # 18:00 to 08:00 is 14 hours on the clock and 15 real ones over the change in autumn.
    autumn = b.tour(date=date(2026, 10, 24), start=time(18), end=time(8))
    assert found(tmp_path, tours=(autumn,)) == [("tours.csv", 2, "end", "tour-too-long")]


def test_d06_tour_across_year_end_overlaps_the_next_day(tmp_path: Path) -> None:
    eve = b.tour(date=date(2026, 12, 31), start=time(22), end=time(6))
    assert found(tmp_path, tours=(eve, b.tour(date=date(2027, 1, 1), start=time(5)))) == [
        ("tours.csv", 3, "start", "tours-overlap")
    ]
