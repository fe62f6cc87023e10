"""``export xlsx``: one workbook, an overview and a sheet for each officer; nothing hidden, no formula, no link."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from offender_mgmt.export.rows import REDACTED_COLUMNS, Export, Row, by_officer, rows_of, stops_of
from offender_mgmt.export.workbook_pen import FIRST_ROW, WIDTHS, Line, Pen
from offender_mgmt.report import figures
from offender_mgmt.report.table import counted_words
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.write import UNASSIGNED_COLUMNS, unassigned_cells

OVERVIEW, LEFT_OUT = "Overview", "Left out"
FULL_SHEET = (
    "status", "date", "start", "end", "task_type", "offender_ref", "locality", "risk_level", "crew", "position",
    "travel_minutes_before", "part", "due_date", "days_overdue", "why",
)  # fmt: skip
"""What an officer's sheet tells where a reason was given, in the order of a day; the CSV has all columns."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""In memory: no copy is left in a temporary folder."""


def workbook_files(export: Export) -> dict[str, bytes]:
    """The workbook by name of file."""
    return {export.marks.file_name("roster", "xlsx"): workbook_bytes(export)}


def workbook_bytes(export: Export) -> bytes:
    """The workbook; the same roster gives the same bytes."""
    held, marks = io.BytesIO(), export.marks
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        created = datetime.combine(marks.extract_date, time())
        book.set_properties({"title": marks.title, "subject": marks.marking, "created": created})
        pen = Pen(book, marks, export.dates)
        _overview(pen, export)
        for officer, rows in by_officer(rows_of(export)).items():
            _officer(pen, officer, rows)
        if marks.is_full:
            _left_out(pen, export)
    return held.getvalue()


def _officer(pen: Pen, officer: str, rows: Sequence[Row]) -> None:
    """One officer's sheet: that officer's rows only."""
    columns = FULL_SHEET if pen.marks.is_full else REDACTED_COLUMNS
    sheet = pen.sheet(officer, f"Officer {officer}", [WIDTHS[name] for name in columns])
    pen.table(sheet, columns, [Line(row.cells, row.work.day, row.work.due_date) for row in rows])


def _left_out(pen: Pen, export: Export) -> None:
    """What is not in the roster, each task with its reason."""
    sheet = pen.sheet(LEFT_OUT, LEFT_OUT, [WIDTHS[name] for name in UNASSIGNED_COLUMNS])
    rows = export.run.planned.roster.unassigned
    told = [Line(dict(zip(UNASSIGNED_COLUMNS, unassigned_cells(u), strict=True)), due=u.due_date) for u in rows]
    pen.table(sheet, UNASSIGNED_COLUMNS, told)


def _overview(pen: Pen, export: Export) -> None:
    """Visits of each officer on each day, due work by risk level, and why work is left out."""
    days = list(export.run.planned.due.horizon.days())
    sheet = pen.sheet(OVERVIEW, export.marks.title, [24, *[11] * (len(days) + 1)])
    row = _visits(pen, sheet, FIRST_ROW, export)
    row = _levels(pen, sheet, row + 2, export)
    _reasons(pen, sheet, row + 2, export)


def _visits(pen: Pen, sheet: Worksheet, row: int, export: Export) -> int:
    days = list(export.run.planned.due.horizon.days())
    pen.text(sheet, row, 0, "Visits of each officer", "section")
    row += 1
    names = ("officer", *(f"{day:%a} {day.day} {day:%b}" for day in days), "week")
    pen.head(sheet, row, names, range(1, len(names)))
    counts = Counter((officer, stop.work.day) for stop in stops_of(export) for officer in stop.work.crew)
    for officer in sorted({officer for officer, _ in counts}):
        row += 1
        _counts(pen, sheet, row, officer, [counts[officer, day] for day in days])
    return row


def _counts(pen: Pen, sheet: Worksheet, row: int, officer: str, of_days: Sequence[int]) -> None:
    pen.text(sheet, row, 0, officer, "text")
    for column, count in enumerate(of_days, 1):
        pen.number(sheet, row, column, count)
    pen.number(sheet, row, len(of_days) + 1, sum(of_days), "total")


def _levels(pen: Pen, sheet: Worksheet, row: int, export: Export) -> int:
    pen.text(sheet, row, 0, "Due this week or overdue", "section")
    row += 1
    pen.head(sheet, row, ("risk level", "due", "assigned", "left out"), range(1, 4))
    planned = export.run.planned
    levels = figures.by_level(planned.due, planned.roster)
    for name, counts in [*((x.level.words, x.counts) for x in levels), ("all", figures.sum_of(levels))]:
        row += 1
        pen.text(sheet, row, 0, name, "text")
        for column, count in enumerate((counts.due, counts.assigned, counts.left_out), 1):
            pen.number(sheet, row, column, count, "total" if name == "all" else "number")
    return row


def _reasons(pen: Pen, sheet: Worksheet, row: int, export: Export) -> None:
    planned = export.run.planned
    reasons = figures.reasons(planned.due, planned.roster)
    pen.text(sheet, row, 0, "Why work is left out, with what falls due later", "section")
    if not reasons:
        pen.text(sheet, row + 1, 0, "Nothing is left out.", "quiet")
    for number, (reason, count) in enumerate(reasons, row + 1):
        pen.text(sheet, number, 0, counted_words(count, "task"), "text")
        pen.text(sheet, number, 1, REASONS.get(reason, reason), "quiet")
