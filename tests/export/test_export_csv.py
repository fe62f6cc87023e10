"""Sheets: marked, counted, guarded; what is read back is what was written, or it is refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, time

import pytest
from export_builders import approved, checked, export, in_parts, with_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from offender_mgmt.calendars import DateStyle, moment
from offender_mgmt.errors import UsageError
from offender_mgmt.export.csv_sheets import as_roster, csv_files, held, read_sheet, sheet_bytes, unheld
from offender_mgmt.export.marks import Approval
from offender_mgmt.export.rows import FULL_COLUMNS, REDACTED_COLUMNS, sheets_of, time_band
from offender_mgmt.files import FORMULA_SIGNS
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.write import roster_csv

REASON = {"reason": "briefing"}
WHOLE = "OFFICIAL-SENSITIVE_DRAFT_2026-W49_whole-roster.csv"


def lines_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_columns_are_these_and_no_others():
    """A list of what may go out: whoever adds a column changes this test, and says why."""
    assert REDACTED_COLUMNS == ("status", "offender_ref", "locality", "date", "time_band", "outing", "position")
    assert (
        *("status", "task_id", "task_type", "offender_ref", "locality", "risk_level", "band", "due_date"),
        *("days_overdue", "date", "start", "end", "lead", "crew", "outing", "position", "travel_minutes_before"),
        *("part", "done_with", "why"),
    ) == FULL_COLUMNS
    assert {tuple(lines_of(data)[1]) for data in csv_files(export()).values()} == {REDACTED_COLUMNS}
    assert {tuple(lines_of(data)[1]) for data in csv_files(export(**REASON)).values()} == {FULL_COLUMNS}


def test_a_redacted_sheet_word_by_word():
    """Two visits on Monday by P1 and P2, one interview on Tuesday by P3 and P1; what it does too is no stop."""
    data = csv_files(export())["OFFICIAL-SENSITIVE_DRAFT_2026-W49_officer-P2.csv"]
    body, _, last = data.decode().removesuffix("\r\n").rpartition("\r\n")
    assert body.split("\r\n") == [
        'OFFICIAL-SENSITIVE,"DRAFT, a proposal that nobody has approved","Roster of 2026-W49, 2 teams",'
        '"register of 2026-11-27, offender-mgmt 0.1.0",roster 0123456789ab,redacted,',
        "status,offender_ref,locality,date,time_band,outing,position",
        "DRAFT,RSO-000001,Witham,2026-11-30,morning,Mon-1,1",
        "DRAFT,RSO-000002,Braintree,2026-11-30,morning,Mon-1,2",
    ]
    assert last.startswith("END OF SHEET,2 rows,sha256 ")
    assert last.endswith(",OFFICIAL-SENSITIVE,,,")


def test_there_is_a_sheet_of_all_of_each_day_and_of_each_officer():
    names = [name.removeprefix("OFFICIAL-SENSITIVE_DRAFT_2026-W49_") for name in csv_files(export())]
    officers = [f"officer-{name}.csv" for name in ("P1", "P2", "P3")]
    assert names == ["whole-roster.csv", "day-2026-11-30.csv", "day-2026-12-01.csv", *officers]


def test_full_sheets_hold_every_row_of_the_roster():
    sheet = read_sheet(csv_files(export(**REASON))[WHOLE])
    assert len(sheet.rows) == len(checked().planned.roster.assignments) == 18
    assert sheet.marks[5] == "full: briefing"
    write_ups = [row for row in sheet.rows if row[1] == "ARMSW-RSO-000003-NEXT"]
    assert [row[FULL_COLUMNS.index("part")] for row in write_ups] == ["1/2", "2/2"]


def test_a_version_says_who_approved_it_and_what_it_makes_void():
    files = csv_files(export(approval=approved()))
    data = files["OFFICIAL-SENSITIVE_VERSION-2_2026-W49_whole-roster.csv"]
    assert lines_of(data)[0][1] == "VERSION 2, approved by S1, replaces version 1"
    assert {line[0] for line in lines_of(data)[2:-1]} == {"VERSION 2"}


def test_what_is_wrong_with_a_roster_stands_on_its_sheets():
    run = checked(violations=("one",), changes=("roster.csv was changed after the roster was planned",))
    first = lines_of(csv_files(export(run, despite="court asked"))[WHOLE])[0]
    assert first[1] == (
        "DRAFT, a proposal that nobody has approved; breaks rules in 1 place(s), let out because: court asked; "
        "roster.csv was changed after the roster was planned"
    )


def test_dates_and_byte_order_mark_are_as_asked():
    british = replace(export(**REASON), dates=DateStyle.UK)
    data = csv_files(british, bom=True)[WHOLE]
    assert data.startswith(b"\xef\xbb\xbfOFFICIAL-SENSITIVE,")
    sheet = read_sheet(data)
    assert {row[FULL_COLUMNS.index("date")] for row in sheet.rows[:3]} == {"30/11/2026"}
    assert "23/11/2026" not in csv_files(export(**REASON))[WHOLE].decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"Witham", b"Maldon"),
        lambda data: data.replace(b"DRAFT,RSO-000001,Witham,2026-11-30,morning,Mon-1,1\r\n", b""),
        lambda data: data.replace(b"2 rows", b"3 rows"),
        lambda data: data[: data.index(b"END")],
        lambda data: data[:-70],
        lambda data: data + b"x",
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: b"\xff" + data,
        lambda _: b"",
    ],
)
def test_a_sheet_that_was_changed_or_cut_short_is_refused(change):
    data = csv_files(export())["OFFICIAL-SENSITIVE_DRAFT_2026-W49_officer-P2.csv"]
    assert len(read_sheet(data).rows) == 2
    with pytest.raises(UsageError, match="Maybe: export the roster again"):
        read_sheet(change(data))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0123", "'0123"), ("1/2", "'1/2"), ("1e5", "'1e5"), ("12.50", "'12.50"), ("P0123", "P0123"), ("'1", "''1")],
)
def test_text_that_looks_like_a_number_is_held_as_text(text, shown):
    assert held(text) == shown
    assert unheld(shown) == text


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.text()] * 7), max_size=5))
def test_what_is_written_is_read_back_and_no_cell_starts_a_formula(rows):
    columns = REDACTED_COLUMNS
    rows = [tuple(cell.encode("utf-8", "replace").decode() for cell in row) for row in rows]
    data = sheet_bytes(export().marks, columns, rows)
    assert read_sheet(data).rows == tuple(rows)
    cells = [cell for line in lines_of(data) for cell in line]
    assert not any(cell.lstrip().startswith(tuple(FORMULA_SIGNS)) for cell in cells)
    assert not any(cell.startswith(("\t", "\r", "\n", "\0")) for cell in cells)


@pytest.mark.parametrize("asked", [{}, REASON])
def test_hard_strings_come_back_as_they_were(hard_strings, asked):
    column = "why" if asked else "locality"
    for texts in in_parts(hard_strings):
        sheet = read_sheet(csv_files(export(with_texts(texts), **asked))[WHOLE])
        assert {row[sheet.columns.index(column)] for row in sheet.rows} == set(texts)


def test_a_changed_roster_cannot_choose_a_path():
    roster = checked().planned.roster
    rows = tuple(replace(row, crew=("../P1",)) for row in roster.assignments)
    with pytest.raises(UsageError, match="no name for a file"):
        csv_files(export(checked(roster=replace(roster, assignments=rows))))


def test_an_empty_roster_has_one_empty_sheet():
    roster = replace(checked().planned.roster, assignments=())
    assert sheets_of(()) == {"whole-roster": []}
    assert read_sheet(csv_files(export(checked(roster=roster)))[WHOLE]).rows == ()


@pytest.mark.parametrize(
    ("start", "band"),
    [("08:00", "morning"), ("11:59", "morning"), ("12:00", "afternoon"), ("16:59", "afternoon"), ("17:00", "evening")],
)
@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 7, 1)])
def test_the_day_has_three_parts(day, start, band):
    assert time_band(moment(day, time.fromisoformat(start))) == band


@pytest.mark.parametrize(("version", "by", "replaces"), [(2, "", 1), (2, "S1", 2), (1, "S 1", None), (2, "=S1", None)])
def test_a_version_that_nobody_stands_for_is_refused(version, by, replaces):
    with pytest.raises(UsageError):
        Approval(version, by, replaces)


@pytest.mark.parametrize("dates", DateStyle)
@pytest.mark.parametrize("bom", [False, True])
def test_a_full_sheet_is_the_roster_it_was_made_from(dates, bom):
    """Through the sheet and back: not a row lost, doubled or changed."""
    roster = checked().planned.roster
    sheet = csv_files(replace(export(**REASON), dates=dates), bom=bom)[WHOLE]
    found = read_roster(as_roster(sheet), "sheet.csv", roster.horizon)
    assert found == read_roster(roster_csv(roster), "roster.csv", roster.horizon)
    assert len(found.assignments) == len(roster.assignments)


def test_a_roster_file_is_left_as_it_is_and_a_redacted_sheet_is_refused():
    data = roster_csv(checked().planned.roster)
    assert as_roster(data) == data
    assert as_roster(b"\xff") == b"\xff"
    with pytest.raises(UsageError, match="A redacted sheet cannot be checked"):
        as_roster(csv_files(export())[WHOLE])
    with pytest.raises(UsageError, match="was changed after it was written"):
        as_roster(csv_files(export(**REASON))[WHOLE].replace(b"Witham", b"Maldon"))
