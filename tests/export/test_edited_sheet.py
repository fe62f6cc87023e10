"""What spreadsheets make of a roster is read as it is now; what is none of ours is left as it is."""

import csv
import io
import shutil
import subprocess

import pytest
from export_builders import export
from hypothesis import given, settings
from hypothesis import strategies as st
from rich_roster import rich_world

from offender_mgmt.errors import UsageError
from offender_mgmt.export.csv_sheets import csv_files
from offender_mgmt.export.edited_sheet import clock, edited_as_roster
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.write import order_in_file, roster_csv

WORLD = rich_world()
SHEET = next(iter(csv_files(export(reason="to edit")).values()))
WANTED = tuple(sorted(WORLD.roster.assignments, key=order_in_file))


def read(data):
    return read_roster(edited_as_roster(data), "sheet.csv", WORLD.roster.horizon).assignments


def lines_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def saved(lines, **how):
    text = io.StringIO(newline="")
    csv.writer(text, **how).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("08:30", "08:30"),
        ("8:30", "08:30"),
        ("08:30:00", "08:30"),
        ("08:30:00 AM", "08:30"),
        ("8:30 pm", "20:30"),
        ("12:05:00 AM", "00:05"),
        ("12:05 p.m.", "12:05"),
        ("08:30:01", "08:30:01"),
        ("13:00 PM", "13:00 PM"),
        ("0:30 AM", "0:30 AM"),
        ("half past", "half past"),
        ("", ""),
    ],
)
def test_times_as_spreadsheets_write_them(written, read_as):
    assert clock(written) == read_as


def test_a_sheet_that_was_only_saved_again_is_the_same_roster():
    assert read(SHEET) == WANTED
    assert read(saved(lines_of(SHEET), quoting=csv.QUOTE_ALL)) == WANTED
    assert read(saved(lines_of(SHEET), lineterminator="\n")) == WANTED


def test_a_roster_file_that_was_only_saved_again_is_the_same_roster():
    data = roster_csv(WORLD.roster)
    assert read(data) == WANTED
    assert read(saved(lines_of(data), quoting=csv.QUOTE_ALL)) == WANTED
    spaced = saved([*lines_of(data)[:2], [], *lines_of(data)[2:]])
    assert read(spaced) == WANTED


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_rows_in_any_order_some_taken_away_some_below_the_last_line(data):
    marks, header, *rows, last = lines_of(SHEET)
    kept = data.draw(st.permutations(rows))[data.draw(st.integers(0, 5)) :]
    at = data.draw(st.integers(0, len(kept)))
    found = read(saved([marks, header, *kept[:at], last, *kept[at:]]))
    ids = sorted(row[header.index("task_id")] for row in kept)
    assert sorted(row.task_id for row in found) == ids
    assert set(found) <= set(WANTED)


def test_columns_taken_away_are_blank():
    marks, header, *rows = lines_of(SHEET)
    at = header.index("why")
    cut = [[*line[:at], *line[at + 1 :]] for line in (marks, header, *rows)]
    assert {row.why for row in read(saved(cut))} == {""}


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"a,b\n1,2\n", b"\xff\xfe\x00", b'"', b"task_id,start,end\nx,1\n", b"task_id,start\nx,8:30\n"]
)
def test_what_is_no_roster_is_left_for_the_reader(data):
    assert edited_as_roster(data) == data


def test_a_redacted_and_a_cut_sheet_are_refused():
    with pytest.raises(UsageError, match="redacted"):
        edited_as_roster(next(iter(csv_files(export()).values())))
    with pytest.raises(UsageError, match="no last line"):
        edited_as_roster(saved(lines_of(SHEET)[:-1]))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["1033", "2057"], ids=["American", "British"])
def test_a_real_spreadsheet_opens_saves_and_loses_nothing(tmp_path, language):
    """LibreOffice takes dates, times and numbers for what they are, keeps the sheet, and writes it out its own way."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice: apt install libreoffice-calc")
    (tmp_path / "sheet.csv").write_bytes(SHEET)
    command = [office, f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless"]
    text = f"44,34,76,1,,{language},false,true,false"
    for source, how in (
        ("sheet.csv", [f"--infilter=CSV:{text}", "--convert-to", "ods"]),
        ("sheet.ods", ["--convert-to", f"csv:Text - txt - csv (StarCalc):{text}"]),
    ):
        subprocess.run(
            [*command, *how, "--outdir", str(tmp_path), str(tmp_path / source)],
            check=True,
            capture_output=True,
            timeout=120,
        )
    data = (tmp_path / "sheet.csv").read_bytes()
    assert data != SHEET
    assert read(data) == WANTED
