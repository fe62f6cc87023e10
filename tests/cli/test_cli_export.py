"""`export csv`: least data by default; what goes out is counted; a changed roster cannot choose a path."""

from __future__ import annotations

import csv
import io

import pytest

from offender_mgmt.export import refuse_short, time_band
from offender_mgmt.files import csv_bytes


@pytest.fixture
def run(cli, folder, tmp_path):
    assert cli("plan", folder, "--out", tmp_path / "run").code == 0
    return tmp_path / "run"


@pytest.fixture
def sheets(tmp_path):
    return tmp_path / "sheets"


def test_redacted_sheets_hold_visits_with_reference_day_and_part_of_the_day(cli, run, sheets):
    """One visit, on Monday 30 November, by P1 and P2."""
    ended = cli("export", "csv", run, "--out", sheets)
    assert ended.code == 0
    assert ended.out == "".join(
        f"     1 rows  {sheets / name}\n"
        for name in ("whole-roster.csv", "day-2026-11-30.csv", "officer-P1.csv", "officer-P2.csv")
    )
    header, row = (sheets / "officer-P2.csv").read_text("utf-8").splitlines()
    assert header == "offender_ref,date,time_band,outing,position"
    reference, day, band, _, position = row.split(",")
    assert (reference, day, position) == ("RSO-000001", "2026-11-30", "1")
    assert band in ("morning", "afternoon", "evening")
    assert {path.stat().st_mode & 0o777 for path in sheets.iterdir()} == {0o600}


def test_a_stop_at_which_two_tasks_are_done_is_one_row(cli, run, sheets):
    """The visit that an ARMS interview does too is no stop of its own."""
    roster = run / "roster.csv"
    rows = list(csv.DictReader(io.StringIO(roster.read_text("utf-8"))))
    visit = next(row for row in rows if row["task_id"].startswith("HVI-"))
    rows.append({**visit, "task_id": "HV-RSO-000001", "done_with": visit["task_id"]})
    roster.write_bytes(csv_bytes(tuple(visit), [tuple(row.values()) for row in rows]))
    assert cli("export", "csv", run, "--out", sheets).out.startswith("     1 rows")


def test_full_sheets_hold_the_rows_as_planned_and_ask_for_a_reason(cli, run, sheets):
    refused = cli("export", "csv", run, "--out", sheets, "--full")
    assert refused.code == 2
    assert "Maybe: add --reason" in refused.err
    assert not sheets.exists()
    ended = cli("export", "csv", run, "--out", sheets, "--full", "--reason", "briefing")
    assert ended.code == 0
    assert ended.err == "All columns were written. Reason given: briefing\n"
    assert (sheets / "whole-roster.csv").read_bytes() == (run / "roster.csv").read_bytes()


def test_existing_sheets_are_not_overwritten(cli, run, sheets):
    cli("export", "csv", run, "--out", sheets)
    ended = cli("export", "csv", run, "--out", sheets)
    assert ended.code == 2
    assert "exists already" in ended.err


@pytest.mark.parametrize("crew", ["../P1", "P1;..", "/etc/x", "", "P 1"])
def test_a_changed_roster_cannot_choose_a_path(cli, run, sheets, crew):
    roster = run / "roster.csv"
    roster.write_bytes(roster.read_bytes().replace(b",P1;P2,", f",{crew},".encode()))
    ended = cli("export", "csv", run, "--out", sheets)
    assert ended.code == 2
    assert "is not a roster that this program wrote" in ended.err
    assert not sheets.exists()


@pytest.mark.parametrize("data", [b"", b"task_id\r\n", b"\xff\xfe", b'"open'])
def test_what_is_no_roster_is_refused(cli, run, sheets, data):
    (run / "roster.csv").write_bytes(data)
    assert cli("export", "csv", run, "--out", sheets).code == 2


def test_a_folder_without_a_roster_is_one_line(cli, tmp_path, sheets):
    ended = cli("export", "csv", tmp_path, "--out", sheets)
    assert (ended.code, ended.err) == (2, f"Error: {tmp_path / 'roster.csv'} does not exist.\n")


@pytest.mark.parametrize(
    ("start", "band"),
    [("08:00", "morning"), ("11:59", "morning"), ("12:00", "afternoon"), ("16:59", "afternoon"), ("17:00", "evening")],
)
def test_the_day_has_three_parts(start, band):
    assert time_band(start) == band


def test_a_sheet_that_lost_a_row_on_the_disk_is_found_when_it_is_read_back(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(csv_bytes(("a", "b"), [("1", "x\ny"), ("2", "")]))
    refuse_short(sheet, 2)
    sheet.write_bytes(sheet.read_bytes().removesuffix(b"2,\r\n"))
    with pytest.raises(OSError, match="does not hold the 2 rows"):
        refuse_short(sheet, 2)
