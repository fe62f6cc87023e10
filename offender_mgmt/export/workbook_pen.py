"""Writing into a workbook: sheets with their marks, text that stays text, columns that look as what they hold."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from offender_mgmt.calendars import DateStyle
from offender_mgmt.errors import UsageError
from offender_mgmt.export.marks import Marks
from offender_mgmt.files import guard_cell

LONGEST_NAME, LONGEST_TEXT = 31, 32_767
RESERVED = ("history",)
"""Names that Excel keeps for itself."""
A4 = 9
LINE_HEIGHT = 14
LETTERS = 1.25
"""Letters of a text that fit into a unit of width, which is that of a figure."""
FIRST_ROW = 5
"""Row of the column headings; above it stand marking, title, status and detail."""
NUMBERS = frozenset(("position", "days_overdue", "travel_minutes_before"))
DATES, TIMES = frozenset(("date", "due_date")), frozenset(("start", "end"))
WORDS, LONG = frozenset(("task_type", "risk_level")), frozenset(("why", "explanation"))
WIDTHS = {
    "status": 11, "offender_ref": 14, "locality": 19, "date": 15, "time_band": 12, "outing": 31, "position": 7,
    "task_id": 26, "task_type": 19, "risk_level": 11, "band": 24, "due_date": 15, "days_overdue": 9, "start": 7,
    "end": 7, "crew": 15, "travel_minutes_before": 8, "part": 6, "why": 64, "reason": 20, "explanation": 70,
}  # fmt: skip
HEADINGS = {
    "offender_ref": "nominal", "time_band": "part of day", "position": "stop", "days_overdue": "days overdue",
    "travel_minutes_before": "travel before", "task_id": "task", "task_type": "kind", "risk_level": "risk level",
    "due_date": "due",
}  # fmt: skip
INK, QUIET, RULE, TINT, ACCENT, MARKING = "#1b2430", "#55606e", "#d5d9de", "#eef2f6", "#123f6d", "#7a1020"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its cells as text by column, its day and the day it is due."""

    cells: Mapping[str, str]
    day: date | None = None
    due: date | None = None


class Pen:
    """Writes the sheets of one workbook, one after the other."""

    def __init__(self, book: xlsxwriter.Workbook, marks: Marks, dates: DateStyle) -> None:
        self.book, self.marks = book, marks
        self.names: set[str] = set()
        self.formats: dict[str, Format] = {name: book.add_format(look) for name, look in _looks(dates).items()}

    def sheet(self, name: str, title: str, widths: Sequence[int]) -> Worksheet:
        """A new sheet with its marks, ready for print."""
        sheet = self.book.add_worksheet(self._free_name(name))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, len(widths) - 1, "", self.formats["marking"])
        self.text(sheet, 0, 0, self.marks.marking, "marking")
        sheet.set_row(1, 24)
        self.text(sheet, 1, 0, title, "title")
        self.text(sheet, 2, 0, "; ".join((self.marks.status_words, *self.marks.warnings)), "status")
        words = (self.marks.title, self.marks.made_from, self.marks.roster_words, self.marks.detail_words)
        self.text(sheet, 3, 0, "; ".join(words), "quiet")
        self._set_paper(sheet)
        return sheet

    def _set_paper(self, sheet: Worksheet) -> None:
        marking = self.marks.marking.replace("&", "&&")
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f'&C&"Arial,Bold"{marking}')
        sheet.set_footer(f"&L{self.marks.status}&C{marking}&R&P / &N")

    def _free_name(self, name: str) -> str:
        """A name of at most 31 characters that no other sheet has, whatever the case of its letters."""
        short, number = name[:LONGEST_NAME], 2
        while short.casefold() in self.names or short.casefold() in RESERVED:
            ending = f"~{number}"
            short, number = name[: LONGEST_NAME - len(ending)] + ending, number + 1
        self.names.add(short.casefold())
        return short

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: str) -> None:
        """Text as text: never a formula, a link or a number; cut off nowhere."""
        guarded = guard_cell(text)
        if len(guarded) > LONGEST_TEXT:
            raise UsageError("A text is longer than a cell of a workbook can hold. Maybe: use csv or json.")
        if guarded:
            sheet.write_string(row, column, guarded, self.formats[look])
        else:
            sheet.write_blank(row, column, None, self.formats[look])

    def number(self, sheet: Worksheet, row: int, column: int, number: int, look: str = "number") -> None:
        """A number; none is left blank, so that the others stand out."""
        if number:
            sheet.write_number(row, column, number, self.formats[look])
        else:
            sheet.write_blank(row, column, None, self.formats[look])

    def head(self, sheet: Worksheet, row: int, names: Iterable[str], numbers: Container[int] = ()) -> None:
        """A line of column headings; those over numbers are set flush right, as the numbers are."""
        for column, name in enumerate(names):
            self.text(sheet, row, column, name, "head number" if column in numbers else "head")

    def table(self, sheet: Worksheet, columns: Sequence[str], lines: Sequence[Line]) -> None:
        """Lines under their headings, each other day tinted, the headings kept on screen and on every printed page."""
        numbers = [i for i, name in enumerate(columns) if name in NUMBERS]
        self.head(sheet, FIRST_ROW, (HEADINGS.get(name, name) for name in columns), numbers)
        days = {day: number for number, day in enumerate(dict.fromkeys(line.day for line in lines))}
        for row, line in enumerate(lines, FIRST_ROW + 1):
            sheet.set_row(row, LINE_HEIGHT * _lines(columns, line))
            for column, name in enumerate(columns):
                self._cell(sheet, row, column, name, line, " tinted" if days[line.day] % 2 else "")
        sheet.freeze_panes(FIRST_ROW + 1, 0)
        sheet.repeat_rows(FIRST_ROW)
        sheet.autofilter(FIRST_ROW, 0, FIRST_ROW + max(len(lines), 1), len(columns) - 1)

    def _cell(self, sheet: Worksheet, row: int, column: int, name: str, line: Line, tint: str) -> None:
        text, day = line.cells[name], line.due if name == "due_date" else line.day
        if name in DATES and text and day:
            sheet.write_datetime(row, column, datetime.combine(day, time()), self.formats[f"date{tint}"])
        elif name in TIMES and text:
            sheet.write_datetime(row, column, time.fromisoformat(text), self.formats[f"time{tint}"])
        elif name in NUMBERS and text:
            sheet.write_number(row, column, int(text), self.formats[f"number{tint}"])
        else:
            words = text.replace("_", " ") if name in WORDS else text
            self.text(sheet, row, column, words, ("long" if name in LONG else "text") + tint)


def _lines(columns: Sequence[str], line: Line) -> int:
    """Lines of type that the longest text of a row takes up; a spreadsheet does not find out by itself."""
    lengths = (len(line.cells[name]) / (WIDTHS[name] * LETTERS) for name in columns if name in LONG)
    return max(1, *map(math.ceil, lengths), 1)


def _looks(dates: DateStyle) -> dict[str, dict[str, Any]]:
    """Every look of a cell by name."""
    plain = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top"}
    head = {**plain, "bold": True, "bottom": 2, "bottom_color": ACCENT, "text_wrap": True, "valign": "bottom"}
    cell = {**plain, "bottom": 1, "bottom_color": RULE}
    day = "yyyy-mm-dd" if dates is DateStyle.ISO else "ddd dd/mm/yyyy"
    cells = {
        "text": cell,
        "long": {**cell, "text_wrap": True, "indent": 1},
        "number": {**cell, "align": "right"},
        "date": {**cell, "num_format": day, "align": "left"},
        "time": {**cell, "num_format": "hh:mm", "align": "left"},
    }
    return {
        "marking": {**plain, "bold": True, "font_color": "#ffffff", "bg_color": MARKING, "align": "center"},
        "title": {**plain, "bold": True, "font_size": 16, "font_color": ACCENT},
        "section": {**plain, "bold": True, "font_size": 12, "font_color": ACCENT},
        "status": {**plain, "bold": True},
        "quiet": {**plain, "font_color": QUIET},
        "head": head,
        "head number": {**head, "align": "right"},
        "total": {**cell, "bold": True, "align": "right"},
        **cells,
        **{f"{name} tinted": {**look, "bg_color": TINT} for name, look in cells.items()},
    }
