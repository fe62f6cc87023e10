"""A full sheet of ``export csv`` edited in a spreadsheet: its rows as they are now, whatever its digest says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from offender_mgmt.errors import UsageError
from offender_mgmt.export.csv_sheets import BOM, END, PLAIN_COLUMNS, unheld
from offender_mgmt.files import csv_bytes, unguard_cell
from offender_mgmt.roster.write import ROSTER_COLUMNS

CUT_SHORT = (
    f"The sheet has no last line ({END}): it may be cut short. Maybe: save it again, or take away its first line too."
)
REDACTED = "A redacted sheet does not tell who does what. Maybe: edit a full one (export csv --full --reason TEXT)."


def edited_as_roster(data: bytes) -> bytes:
    """A sheet of the whole roster as a roster file; anything else is left as it is.

    Rows may be changed, added (also below the last line), taken away and sorted; columns may be taken away. Every row
    keeps its line, so that faults name the line of the sheet.

    Raises
    ------
    UsageError
        For a sheet that is cut short, and for one that does not tell all.
    """
    lines = _lines(data)
    if len(lines) < 2 or not _is_head(lines[1]):
        return data
    header = lines[1]
    if "task_id" not in header:
        raise UsageError(REDACTED)
    if not any(_is_end(line) for line in lines[2:]):
        raise UsageError(CUT_SHORT)
    columns = [column for column in ROSTER_COLUMNS if column in header]
    rows = (_row(line, header, columns) for line in lines[2:])
    return csv_bytes(columns, [("",) * len(columns), *rows])


def _lines(data: bytes) -> list[list[str]]:
    try:
        text = data.removeprefix(BOM).decode("utf-8")
        return [list(map(unguard_cell, line)) for line in csv.reader(io.StringIO(text, newline=""))]
    except (UnicodeDecodeError, csv.Error):
        return []


def _is_head(line: Sequence[str]) -> bool:
    """Whether a line is that of the columns of a sheet; no roster file has one called status."""
    return line[:2] in (["status", "task_id"], ["status", "offender_ref"])


def _is_end(line: Sequence[str]) -> bool:
    return bool(line) and line[0] == END


def _row(line: Sequence[str], header: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row that a roster has; those of the last line are blank, and so it is passed over."""
    if _is_end(line):
        return ("",) * len(columns)
    return tuple(_cells(dict(zip(header, line, strict=False)), columns))


def _cells(named: dict[str, str], columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        cell = named.get(column, "")
        yield cell if column in PLAIN_COLUMNS else unheld(cell)
