"""From the bytes of a CSV file to rows of text, strictly: a row that is damaged is refused, never guessed at.

RFC 4180 with commas and double quotes; any line end; UTF-8 with or without byte-order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from offender_mgmt.errors import Fault

LARGEST_FILE_BYTES = 100_000_000
MOST_ROWS = 1_000_000
LONGEST_CELL = 10_000

FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "This is a workbook or zip archive"),
    (b"PK\x05\x06", "This is a zip archive"),
    (b"\xd0\xcf\x11\xe0", "This is an old workbook"),
    (b"\x1f\x8b", "This is a gzip archive"),
    (b"BZh", "This is a bzip2 archive"),
    (b"7z\xbc\xaf", "This is a 7z archive"),
    (b"\xfd7zXZ", "This is an xz archive"),
    (b"%PDF", "This is a PDF"),
    (b"{\\rtf", "This is a word-processor document"),
    (b"SQLite format 3", "This is a database"),
    (b"PAR1", "This is a Parquet file"),
    (b"\x7fELF", "This is a program"),
    (b"\x89PNG", "This is an image"),
    (b"<", "This is a web page or XML"),
)
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_LINE_END = re.compile(r"(\r\n|\r|\n)")
_LINE_END_BYTES = re.compile(rb"\r\n|\r|\n")
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)("?)')
_PLAIN = re.compile(r'[^",]*')


class Row(NamedTuple):
    """The cells of one row and the line it starts on."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class CsvText:
    """What a CSV file says, before anyone asks what its columns mean.

    Parameters
    ----------
    rows
        Rows that are not blank and not refused, the header among them.
    refused
        Lines of refused rows.
    blank
        Rows of which every cell is blank.
    whole
        Whether the file as a whole could be read.
    last_line_ends
        Whether the last line has a line end.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    blank: int = 0
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True
    last_line_ends: bool = True

    def refuse(self, line: int, rule: str, advice: str) -> None:
        """Note a fault of one row and refuse the row."""
        self.refused.add(line)
        self.faults.append(Fault(self.name, line, "", rule, advice))


def read_csv_text(name: str, data: bytes, *, line_breaks: bool = True) -> CsvText:
    """Split the bytes of a CSV file into rows of cells.

    Parameters
    ----------
    line_breaks
        Whether a quoted cell may hold line breaks. Where it may not, every line is a row, so that
        a forgotten quote can never swallow the rows after it.
    """
    result = CsvText(name)
    if fault := _fault_of_file(name, data):
        return CsvText(name, faults=[fault], whole=False)
    text = _decoded(data, result)
    pieces = [*_LINE_END.split(text), ""]
    lines = list(zip(pieces[0::2], pieces[1::2], strict=True))
    if not lines[-1][0]:
        lines.pop()
    else:
        result.last_line_ends = False
    for row in _rows(lines, result, line_breaks):
        if any(cell.strip() for cell in row.cells):
            result.rows.append(row)
        else:
            result.blank += 1
    return result


def _fault_of_file(name: str, data: bytes) -> Fault | None:
    """What makes the whole file unreadable; checked before anything is parsed."""
    rows = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    kind = next((words for start, words in FIRST_BYTES if data.startswith(start)), None)
    if not data.strip():
        return Fault(name, 0, "", "file-empty", "The file is empty: export it again.")
    if len(data) > LARGEST_FILE_BYTES:
        return Fault(name, 0, "", "file-too-large", f"The limit is {LARGEST_FILE_BYTES:,} bytes.")
    if kind:
        return Fault(name, 0, "", "not-a-csv-file", f"{kind}: save the table as CSV UTF-8.")
    if data.startswith(UTF_16_MARKS):
        return Fault(name, 0, "", "utf-16", "The file is UTF-16 (Unicode text): save it as CSV UTF-8.")
    if rows > MOST_ROWS:
        return Fault(name, 0, "", "too-many-rows", f"The limit is {MOST_ROWS:,} rows.")
    return None


def _decoded(data: bytes, result: CsvText) -> str:
    """The text; lines that are not UTF-8 or hold a null are noted as refused."""
    if b"\0" in data:
        for line, _, raw in _numbered(data):
            if b"\0" in raw:
                result.refuse(line, "nul-byte", "The line holds a null byte: the file is damaged or not text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        for line, offset, raw in _numbered(data):
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError as error:
                where = f"Byte {offset + error.start} of the file is not UTF-8: save it as CSV UTF-8."
                result.refuse(line, "not-utf8", where)
        return data.decode("utf-8-sig", errors="replace")


def _numbered(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Line number, byte offset and bytes of every line."""
    start = 0
    line = 1
    for end in _LINE_END_BYTES.finditer(data):
        yield line, start, data[start : end.start()]
        start, line = end.end(), line + 1
    yield line, start, data[start:]


def _rows(lines: list[tuple[str, str]], result: CsvText, line_breaks: bool) -> Iterator[Row]:
    unreadable = set(result.refused)
    index = 0
    while index < len(lines):
        line = index + 1
        if line in unreadable:
            index += 1
            continue
        try:
            cells, index = _row(lines, index, line_breaks)
        except _BadQuoteError as bad:
            result.refuse(bad.line, bad.rule, bad.advice)
            index = bad.line  # the line after: nothing further is swallowed
            continue
        if any(len(cell) > LONGEST_CELL for cell in cells):
            result.refuse(line, "cell-too-long", f"A cell is longer than {LONGEST_CELL:,} characters.")
        else:
            yield Row(line, tuple(cells))


class _BadQuoteError(Exception):
    """A quote that does not do what a quote does, with the line it stands on."""

    def __init__(self, index: int, rule: str, advice: str) -> None:
        super().__init__(rule)
        self.line, self.rule, self.advice = index + 1, rule, advice


def _row(lines: list[tuple[str, str]], index: int, line_breaks: bool) -> tuple[list[str], int]:
    """The cells of the row that starts at ``index``, and the index of the line after the row."""
    text = lines[index][0]
    if '"' not in text:
        return text.split(","), index + 1
    cells: list[str] = []
    position = 0
    while True:
        opened = index
        if text.startswith('"', position):
            text, index = _until_closed(lines, text, index, position, line_breaks)
            match = _match(_QUOTED, text, position)
            cells.append(match[1].replace('""', '"'))
        else:
            match = _match(_PLAIN, text, position)
            cells.append(match[0])
        position = match.end() + 1
        if match.end() == len(text):
            return cells, index + 1
        if text[match.end()] != ",":
            advice = 'A quote stands inside a cell: put the whole cell in quotes and double those inside it ("").'
            raise _BadQuoteError(opened, "stray-quote", advice)


def _until_closed(
    lines: list[tuple[str, str]], text: str, index: int, position: int, line_breaks: bool
) -> tuple[str, int]:
    """The text, with lines added until the quote that opens at ``position`` is closed, and the last line's index."""
    opened = index
    match = _match(_QUOTED, text, position)
    while not match[2]:
        index += 1
        if not line_breaks or index == len(lines) or len(match[1]) > LONGEST_CELL:
            raise _BadQuoteError(opened, "quote-not-closed", "A quote opens on this line and is not closed.")
        text += lines[index - 1][1] + lines[index][0]
        match = _match(_QUOTED, text, position)
    return text, index


def _match(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str]:
    match = pattern.match(text, position)
    assert match is not None  # both patterns match from here, if only the empty text
    return match


def rows_of_width(text: CsvText, rows: list[Row], width: int) -> list[Row]:
    """The rows that have as many cells as the header; the rest are refused, never shifted."""
    fitting = []
    last = rows[-1].line if rows else 0
    for row in rows:
        count = len(row.cells)
        if count == width:
            fitting.append(row)
        elif count < width and row.line == last and not text.last_line_ends:
            text.refuse(row.line, "file-cut-off", "The file ends in the middle of this line: copy or export it again.")
        else:
            advice = f"The line has {count} cells and the header {width}: mend the line (quote a cell with a comma)."
            text.refuse(row.line, "cell-count", advice)
    return fitting
