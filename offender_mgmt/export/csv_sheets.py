"""``export csv``: the whole roster, each day, each officer; marked, counted, and read back from the disk."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from offender_mgmt.errors import UsageError
from offender_mgmt.export.marks import Marks
from offender_mgmt.export.rows import FULL_COLUMNS, Export, Row, columns_of, rows_of, sheets_of
from offender_mgmt.files import csv_bytes, unguard_cell
from offender_mgmt.report.record import digest
from offender_mgmt.roster.write import ROSTER_COLUMNS

PLAIN_COLUMNS = frozenset(("date", "due_date", "days_overdue", "start", "end", "position", "travel_minutes_before"))
"""Columns whose cells a spreadsheet may take for the dates, times and numbers they are; all others are text."""
BOM = b"\xef\xbb\xbf"
END = "END OF SHEET"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is read back: what is said of it, its columns and its rows, guards taken off."""

    marks: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def csv_files(export: Export, *, bom: bool = False) -> dict[str, bytes]:
    """Every sheet of the roster by name of file, the whole roster first."""
    sheets = sheets_of(rows_of(export))
    return {export.marks.file_name(name, "csv"): _counted(export.marks, rows, bom) for name, rows in sheets.items()}


def _counted(marks: Marks, rows: Sequence[Row], bom: bool) -> bytes:
    """A sheet that was read back, so that no visit can be lost on the way into it."""
    lines = [tuple(row.cells.values()) for row in rows]
    data = sheet_bytes(marks, columns_of(marks), lines, bom=bom)
    if read_sheet(data).rows != tuple(lines):
        raise RuntimeError("a sheet does not read back as it was written")
    return data


def sheet_bytes(marks: Marks, columns: Sequence[str], rows: Sequence[Sequence[str]], *, bom: bool = False) -> bytes:
    """One sheet: a line of marks, the columns, the rows, and a last line with their number and digest.

    Every line has as many cells as there are columns, so that a spreadsheet takes it for one table.

    Parameters
    ----------
    bom
        Whether to begin with the mark by which Excel knows UTF-8.
    """
    width = len(columns)
    body = csv_bytes(_padded(marks.cells, width), [columns, *(_each(held, row, columns) for row in rows)])
    last = _padded((END, f"{len(rows)} rows", f"sha256 {digest(body)}", marks.marking), width)
    return (BOM if bom else b"") + body + csv_bytes(last, [])


def _each(change: Callable[[str], str], row: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """The row with its cells of text changed."""
    named = zip(row, columns, strict=True)
    return tuple(cell if column in PLAIN_COLUMNS else change(cell) for cell, column in named)


def held(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would make a number or a date of it: ``0123``, ``1/2``.

    Text that looks held already gets one more, so that :func:`unheld` gives back exactly this text.
    """
    return "'" + text if _is_like_number(text) else text


def unheld(text: str) -> str:
    """The exact inverse of :func:`held`."""
    return text[1:] if text.startswith("'") and _is_like_number(text) else text


def _is_like_number(text: str) -> bool:
    return re.fullmatch(r"[\s']*\d[\d\s.,:/eE+\-]*%?", text) is not None


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def read_sheet(data: bytes) -> Sheet:
    """A sheet of ours, counted and compared with its digest; the exact inverse of :func:`sheet_bytes`.

    Raises
    ------
    UsageError
        When it is none of ours, is cut short, or was changed since.
    """
    body = data.removeprefix(BOM)
    head, found, tail = body.rpartition(END.encode())
    try:
        lines = [tuple(map(unguard_cell, line)) for line in _lines(head)]
        (_, count, stated, *_), *more = _lines(END.encode() + tail)
    except (UnicodeDecodeError, ValueError, csv.Error):
        raise _not_ours("is no sheet of this program, or it is cut short") from None
    if not found or len(lines) < 2 or more:
        raise _not_ours("is no sheet of this program, or it is cut short")
    marks, columns, *rows = lines
    if (count, stated) != (f"{len(rows)} rows", f"sha256 {digest(head)}"):
        raise _not_ours("was changed after it was written: count or digest do not fit")
    return Sheet(marks, columns, tuple(_each(unheld, row, columns) for row in rows))


def as_roster(data: bytes) -> bytes:
    """A full sheet of the whole roster as the roster file it was made from; anything else is left as it is.

    Raises
    ------
    UsageError
        For a sheet that was changed or cut short, and for one that does not tell all.
    """
    if f"\n{END}," not in data.decode("utf-8", "replace"):
        return data
    sheet = read_sheet(data)
    if sheet.columns != FULL_COLUMNS:
        raise UsageError("A redacted sheet cannot be checked. Maybe: give the roster.csv of the run.")
    kept = [FULL_COLUMNS.index(column) for column in ROSTER_COLUMNS]
    return csv_bytes(ROSTER_COLUMNS, [[row[i] for i in kept] for row in sheet.rows])


def _lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def _not_ours(what: str) -> UsageError:
    return UsageError(f"The file {what}. Maybe: export the roster again.")
