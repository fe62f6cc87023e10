"""A roster written and read back is the same roster; a hand-typed one needs five columns; all faults come at once."""

from datetime import date, time

import pytest
from builders import MONDAY

from offender_mgmt.calendars import moment, week_of
from offender_mgmt.errors import DataError
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.roster.rows import RosterRow
from offender_mgmt.roster.write import ROSTER_COLUMNS, UNASSIGNED_COLUMNS, roster_csv, unassigned_csv
from offender_mgmt.vocabulary import RiskLevel, TaskKind

WEEK = week_of(MONDAY)
SATURDAY = date(2026, 12, 5)


def _visit(**changes):
    values = {
        "task_id": "HV-RSO-000001",
        "kind": TaskKind.HOME_VISIT,
        "offender_ref": "RSO-000001",
        "start": moment(MONDAY, time(10)),
        "end": moment(MONDAY, time(11)),
        "crew": ("P1", "P2"),
        "risk_level": RiskLevel.MEDIUM,
        "band": "due this week",
        "due_date": date(2026, 12, 1),
        "days_overdue": 0,
        "outing": "Mon-1",
        "position": 1,
        "travel_minutes": 10,
        "why": "Due 1 December, six months after the last visit.",
    }
    return Assignment(**{**values, **changes})


def _late_desk_work():
    """Saturday 23:30 to Sunday 00:10: its end lies on the next day."""
    return _visit(
        task_id="SUP-0007",
        kind=TaskKind.SUPERVISORY_REVIEW,
        offender_ref="0007",
        start=moment(SATURDAY, time(23, 30)),
        end=moment(date(2026, 12, 6), time(0, 10)),
        crew=("0123",),
        outing="",
        position=0,
        travel_minutes=0,
        part="1/2",
    )


def _event():
    return Assignment(
        task_id="EVENT-E-1",
        kind=TaskKind.FIXED_EVENT,
        offender_ref="",
        start=moment(date(2026, 12, 1), time(9)),
        end=moment(date(2026, 12, 1), time(12)),
        crew=("P1",),
    )


def _left_out(**changes):
    values = {
        "task_id": "HV-RSO-000002",
        "kind": TaskKind.HOME_VISIT,
        "offender_ref": "RSO-000002",
        "risk_level": RiskLevel.LOW,
        "band": "due this week",
        "due_date": date(2026, 12, 1),
        "days_overdue": 0,
        "reason": "crews_full",
        "explanation": "Full, as a sentence.",
    }
    return Unassigned(**{**values, **changes})


def _rules(data, unassigned=None):
    with pytest.raises(DataError) as refused:
        read_roster(data, "roster.csv", WEEK, unassigned)
    return [(f.file, f.line, f.column, f.rule) for f in refused.value.faults]


def test_written_and_read_back_it_is_the_same_roster():
    roster = Roster(WEEK, (_visit(), _event(), _late_desk_work()), (_left_out(),))
    again = read_roster(roster_csv(roster), "roster.csv", WEEK, (unassigned_csv(roster), "unassigned.csv"))
    assert again == roster


def test_an_empty_roster_reads_back_empty():
    roster = Roster(WEEK)
    assert read_roster(roster_csv(roster), "roster.csv", WEEK, (unassigned_csv(roster), "unassigned.csv")) == roster


def test_columns_are_those_of_the_reference():
    first_line = roster_csv(Roster(WEEK)).decode().splitlines()[0]
    assert first_line == ",".join(ROSTER_COLUMNS)
    assert unassigned_csv(Roster(WEEK)).decode().splitlines()[0] == ",".join(UNASSIGNED_COLUMNS)


def test_the_order_of_the_rows_does_not_matter():
    rows = (_visit(), _event(), _late_desk_work())
    assert roster_csv(Roster(WEEK, rows)) == roster_csv(Roster(WEEK, rows[::-1]))


def test_a_cell_that_starts_a_formula_is_guarded_and_reads_back():
    roster = Roster(WEEK, (_visit(why="=1+1"),))
    data = roster_csv(roster)
    assert b",=1+1" not in data
    assert read_roster(data, "roster.csv", WEEK) == roster


def test_a_hand_typed_roster_takes_kind_and_nominal_from_the_task_id():
    data = b"task_id,date,start,end,crew\nHV-RSO-000001,2026-11-30,10:00,11:00,P1;P2\n"
    expected = Assignment(
        task_id="HV-RSO-000001",
        kind=TaskKind.HOME_VISIT,
        offender_ref="RSO-000001",
        start=moment(MONDAY, time(10)),
        end=moment(MONDAY, time(11)),
        crew=("P1", "P2"),
    )
    assert read_roster(data, "typed.csv", WEEK).assignments == (expected,)


def test_a_companion_task_belongs_to_the_nominal_without_the_ending():
    data = b"task_id,date,start,end,crew\nINTEL-RSO-000001-NEXT,2026-11-30,09:00,09:20,P1\n"
    row = read_roster(data, "typed.csv", WEEK).assignments[0]
    assert (row.kind, row.offender_ref) == (TaskKind.INTELLIGENCE_CHECK, "RSO-000001")


def test_columns_may_stand_in_any_order_and_case():
    data = b"Crew,END,start,date,Task_ID\nP1,09:20,09:00,2026-11-30,INTEL-RSO-000001-NEXT\n"
    assert read_roster(data, "typed.csv", WEEK).assignments[0].crew == ("P1",)


def test_all_faults_of_all_rows_come_at_once():
    data = (
        b"task_id,date,start,end,crew,part\n"
        b"XX-RSO-000001,2026-11-30,10:00,11:00,P1,\n"
        b"HV-RSO-000001,2026-11-31,10:00,11:00,P1;P1,\n"
        b"HV-RSO-000001,2026-11-30,25:00,,,2-Jan\n"
    )
    assert _rules(data) == [
        ("roster.csv", 2, "task_id", "bad-task-id"),
        ("roster.csv", 3, "crew", "listed-twice"),
        ("roster.csv", 3, "date", "no-such-date"),
        ("roster.csv", 4, "crew", "missing-value"),
        ("roster.csv", 4, "end", "missing-value"),
        ("roster.csv", 4, "part", "bad-part"),
        ("roster.csv", 4, "start", "bad-time"),
    ]


def test_faults_of_both_files_come_together():
    bad = b"task_id,date,start,end,crew\nHV-1,2026-11-30,1000,11:00,P1\n"
    other = b"task_id,risk_level,band,due_date,days_overdue,reason\nHV-2,grave,b,2026-12-01,-1,crews_full\n"
    assert _rules(bad, (other, "unassigned.csv")) == [
        ("roster.csv", 2, "start", "bad-time"),
        ("unassigned.csv", 2, "days_overdue", "bad-number"),
        ("unassigned.csv", 2, "risk_level", "unknown-risk-level"),
    ]


def test_a_task_id_that_is_no_text_is_refused():
    with pytest.raises(ValueError, match="task_id"):
        RosterRow(task_id=7, date=MONDAY, start=time(10), end=time(11), crew=("P1",))


def test_missing_and_unknown_columns_are_named():
    data = b"task_id,date,start,end,crews\nHV-1,2026-11-30,10:00,11:00,P1\n"
    assert _rules(data) == [
        ("roster.csv", 1, "column 5", "unknown-column"),
        ("roster.csv", 1, "crew", "missing-column"),
    ]


def test_an_empty_file_is_refused():
    assert _rules(b"") == [("roster.csv", 0, "", "file-empty")]


def test_a_lead_who_is_not_first_in_the_crew_is_refused():
    data = b"task_id,date,start,end,crew,lead\nHV-1,2026-11-30,10:00,11:00,P1;P2,P2\n"
    assert [rule for *_, rule in _rules(data)] == ["lead-not-first"]


def test_a_time_skipped_by_summer_time_is_refused():
    """On 29 March 2026 the clock goes from 01:00 to 02:00."""
    data = b"task_id,date,start,end,crew\nSUP-1,2026-03-29,01:30,02:30,P1\n"
    assert [rule for *_, rule in _rules(data)] == ["no-such-time"]


def test_the_value_never_stands_in_a_fault():
    data = b"task_id,date,start,end,crew\nHV-1,2026-11-30,10:00,11:00,SECRET NAME\n"
    with pytest.raises(DataError) as refused:
        read_roster(data, "roster.csv", WEEK)
    assert "SECRET" not in " ".join(map(str, refused.value.faults))
