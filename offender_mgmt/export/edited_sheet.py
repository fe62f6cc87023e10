"""A roster as a spreadsheet saved it: a full sheet of ``export csv`` or a roster file, times in its own way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from offender_mgmt.errors import UsageError
from offender_mgmt.export.csv_sheets import BOM, END, PLAIN_COLUMNS, unheld
from offender_mgmt.files import csv_bytes, unguard_cell
from offender_mgmt.roster.write import ROSTER_COLUMNS

CUT_SHORT = (
    f"The sheet has no last line ({END}): it may be cut short. Maybe: save it again, or take away its first line too."
)
REDACTED = "A redacted sheet does not tell who does what. Maybe: edit a full one (export csv --full --reason TEXT)."
TIMES = frozenset(("start", "end"))
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?:\s?([AaPp])\.?[Mm]\.?)?", re.ASCII)


def edited_as_roster(data: bytes) -> bytes:
    """What a spreadsheet saved as a roster file, whatever the digest of the sheet says; anything else as it is.

    Rows may be changed, added (also below the last line), taken away and sorted; columns may be taken away. Times
    may be written as 8:30, 08:30:00 or 08:30:00 AM. Every row keeps its line, so that faults name the line of the file.

    Raises
    ------
    UsageError
        For a sheet that is cut short, and for one that does not tell all.
    """
    lines = _lines(data)
    if len(lines) < 2:
        return data
    if _is_head(lines[1]):
        return _sheet(lines[1], lines[2:])
    header = [column.strip().casefold() for column in lines[0]]
    is_misfit = any(line and len(line) != len(header) for line in lines)
    return data if is_misfit or not set(header) >= TIMES else csv_bytes(header, _plain(lines[1:], header))


def _lines(data: bytes) -> list[list[str]]:
    try:
        text = data.removeprefix(BOM).decode("utf-8")
        return [list(map(unguard_cell, line)) for line in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except (UnicodeDecodeError, csv.Error):
        return []


def _is_head(line: Sequence[str]) -> bool:
    """Whether a line is that of the columns of a sheet; no roster file has one called status."""
    return list(line[:2]) in (["status", "task_id"], ["status", "offender_ref"])


def _sheet(header: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    if "task_id" not in header:
        raise UsageError(REDACTED)
    if not any(line and line[0] == END for line in lines):
        raise UsageError(CUT_SHORT)
    columns = [column for column in ROSTER_COLUMNS if column in header]
    return csv_bytes(columns, [("",) * len(columns), *(_row(line, header, columns) for line in lines)])


def _row(line: Sequence[str], header: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row that a roster has; those of the last line are blank, and so it is passed over."""
    named = {} if line and line[0] == END else dict(zip(header, line, strict=False))
    return tuple(_cell(column, named.get(column, "")) for column in columns)


def _cell(column: str, cell: str) -> str:
    if column in TIMES:
        return clock(cell)
    return cell if column in PLAIN_COLUMNS else unheld(cell)


def _plain(lines: Sequence[Sequence[str]], header: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Rows of a roster file; blank lines stay where they are."""
    for line in lines:
        cells = zip(header, line or [""] * len(header), strict=True)
        yield tuple(clock(cell) if column in TIMES else cell for column, cell in cells)


def clock(text: str) -> str:
    """``08:30`` for a time as spreadsheets write it; anything else is left for the reader to refuse."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return text
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return text
    return f"{hour % 12 + 12 * (half == 'p') if half else hour:02}:{found[2]}"
