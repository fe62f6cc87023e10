"""The workbook, as a second library reads it: an overview and a sheet for each officer, nothing hidden, no formula."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace
from datetime import datetime, time

import openpyxl
import pytest
from export_builders import checked, export, with_texts

from offender_mgmt.calendars import DateStyle
from offender_mgmt.errors import UsageError
from offender_mgmt.export.workbook import FULL_SHEET, workbook_bytes
from offender_mgmt.export.workbook_pen import FIRST_ROW

REASON = {"reason": "Briefing"}
HEAD = FIRST_ROW + 1
"""Row of the headings, counted from 1 as the second library does."""


def book(run=None, dates=DateStyle.ISO, **asked):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(replace(export(run, **asked), dates=dates))))


def table(sheet):
    rows = list(sheet.iter_rows(min_row=HEAD, values_only=True))
    return rows[0], rows[1:]


def test_there_is_an_overview_and_a_sheet_for_each_officer():
    assert book().sheetnames == ["Overview", "P1", "P2", "P3"]
    assert book(**REASON).sheetnames == ["Overview", "P1", "P2", "P3", "P7", "P8", "S1", "Left out"]


def test_the_columns_are_these_and_no_others():
    columns, _ = table(book()["P1"])
    assert columns == ("status", "nominal", "locality", "date", "part of day", "outing", "stop")
    assert (
        *("status", "date", "start", "end", "task_type", "offender_ref", "locality", "risk_level", "crew", "position"),
        *("travel_minutes_before", "part", "due_date", "days_overdue", "why"),
    ) == FULL_SHEET
    assert len(table(book(**REASON)["P1"])[0]) == len(FULL_SHEET)


def test_an_officers_sheet_holds_that_officers_rows_only():
    _, rows = table(book()["P2"])
    monday = datetime(2026, 11, 30)
    assert rows == [
        ("DRAFT", "RSO-000001", "Witham", monday, "morning", "Mon-1", 1),
        ("DRAFT", "RSO-000002", "Braintree", monday, "morning", "Mon-1", 2),
    ]
    _, rows = table(book(**REASON)["P3"])
    assert [(row[2], row[4], row[11]) for row in rows[-2:]] == [
        (time(11), "arms write up", "1/2"),
        (time(14), "arms write up", "2/2"),
    ]


def test_the_overview_counts_visits_due_work_and_reasons():
    """P1 goes out twice on Monday and once on Tuesday; two of what is due are left out."""
    values = [row for row in book()["Overview"].iter_rows(values_only=True) if row[0]]
    by_name = {row[0]: row[1:] for row in values}
    assert by_name["P1"] == (2, 1, None, None, None, None, None, 3)
    assert by_name["P2"] == (2, None, None, None, None, None, None, 2)
    assert by_name["P3"] == (None, 1, None, None, None, None, None, 1)
    assert by_name["all"][2] == 2
    assert sum(1 for row in values if row[0] == "1 task") == 3


def test_nothing_is_hidden_linked_or_computed():
    data = workbook_bytes(export(**REASON))
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" or cell.comment or cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "external" in name.lower() or "vba" in name.lower()]
        core = parts.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core  # nobody's name
    assert "2026-11-27T00:00:00Z" in core


def test_every_sheet_prints_with_its_marking_on_a4():
    for sheet in book():
        assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text
        assert "OFFICIAL-SENSITIVE" in sheet.oddFooter.center.text
        assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
        assert sheet["A1"].value == "OFFICIAL-SENSITIVE"
    assert book()["P1"].print_title_rows == f"${HEAD}:${HEAD}"


@pytest.mark.parametrize(("style", "shown"), [(DateStyle.ISO, "yyyy-mm-dd"), (DateStyle.UK, "ddd dd/mm/yyyy")])
def test_dates_are_dates_in_the_style_asked_for(style, shown):
    cell = book(dates=style)["P1"].cell(HEAD + 1, 4)
    assert (cell.value, cell.number_format) == (datetime(2026, 11, 30), shown)


def test_officers_whose_names_do_not_fit_have_sheets_of_their_own():
    """Names of sheets have 31 characters at most, whatever their case, and some are taken."""
    roster = checked().planned.roster
    names = {"P1": "x" * 40 + "1", "P2": "X" * 40 + "2", "P3": "History"}
    rows = tuple(replace(row, crew=tuple(names.get(o, o) for o in row.crew)) for row in roster.assignments)
    found = book(checked(roster=replace(roster, assignments=rows)))
    assert found.sheetnames == ["Overview", "History~2", "X" * 31, "x" * 29 + "~2"]
    assert [sheet["A2"].value for sheet in found][1:] == [f"Officer {name}" for name in sorted(names.values())]


def test_a_text_longer_than_a_cell_is_refused_not_cut():
    with pytest.raises(UsageError, match="longer than a cell"):
        workbook_bytes(export(with_texts(["x" * 40_000]), **REASON))


def test_no_copy_is_left_in_a_temporary_folder(monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    assert workbook_bytes(export(**REASON))
