"""From the bytes of a CSV file to rows of text, strictly: a row that is damaged is refused, never guessed at.

RFC 4180 with commas and double quotes; any line end; UTF-8 with or without byte-order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress, islice
from operator import itemgetter

from offender_mgmt.errors import Fault
from offender_mgmt.register.csv_rows import Block, CsvText
from offender_mgmt.register.quotes import LONGEST_CELL, BadQuoteError, quoted_row

LARGEST_FILE_BYTES = 100_000_000
MOST_ROWS = 1_000_000
BLOCK_ROWS, LEAST_ROWS = 4096, 1024
"""Lines split at once, and rows that each block holds at least, but for the last."""

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


def read_csv_text(name: str, data: bytes, *, line_breaks: bool = True) -> CsvText:
    """Split the bytes of a CSV file into rows of cells.

    Parameters
    ----------
    line_breaks
        Whether a quoted cell may hold line breaks. Where it may not, every line is a row, so that
        a forgotten quote can never swallow the rows after it.
    """
    text = CsvText(name)
    for block in split_blocks(text, data, line_breaks=line_breaks):
        text.rows += block.rows()
    return text


def split_blocks(text: CsvText, data: bytes, *, line_breaks: bool) -> Iterator[Block]:
    """The rows that are neither blank nor refused, split as they are asked for.

    What is refused or blank is noted in ``text``: before the first row comes, what stands above it, and at the end of
    the blocks all of it.
    """
    if fault := _fault_of_file(text.name, data):
        text.faults.append(fault)
        text.whole = False
        return
    content = _decoded(data, text)
    is_plain = '"' not in content and not text.refused
    lines, ends = _split_lines(content)
    del content
    if lines[-1]:
        text.last_line_ends = False
    else:
        lines.pop()
    if is_plain and max(map(len, lines), default=0) <= LONGEST_CELL:
        yield from _plain_blocks(lines, text)
    else:
        rows = _rows(lines, ends, text, line_breaks)
        while chunk := list(islice(rows, BLOCK_ROWS)):
            yield Block([line for line, _ in chunk], [cells for _, cells in chunk])


def _plain_blocks(lines: list[str], text: CsvText) -> Iterator[Block]:
    """Rows of a file without quotes, refused lines or long cells: every line is a row, split at its commas."""
    waiting = Block([], [])
    for start in range(0, len(lines), BLOCK_ROWS):
        cells = [line.split(",") for line in lines[start : start + BLOCK_ROWS]]
        numbers: Sequence[int] = range(start + 1, start + 1 + len(cells))
        if not all(map(str.strip, map(itemgetter(0), cells))):  # perhaps blank: look at the other cells too
            filled = [any(map(str.strip, row)) for row in cells]
            numbers, cells = list(compress(numbers, filled)), list(compress(cells, filled))
            text.blank += filled.count(False)
        waiting = Block([*waiting.numbers, *numbers], [*waiting.cells, *cells])
        if len(waiting.cells) >= LEAST_ROWS:
            yield waiting
            waiting = Block([], [])
    if waiting.cells:
        yield waiting


def _split_lines(text: str) -> tuple[list[str], list[str]]:
    """Every line and the line end after it; the last has none."""
    returns, feeds = text.count("\r"), text.count("\n")
    if returns and not returns == feeds == text.count("\r\n"):
        pieces = [*_LINE_END.split(text), ""]
        return pieces[0::2], pieces[1::2]
    end = "\r\n" if returns else "\n"
    lines = text.split(end)
    return lines, [end] * (len(lines) - 1) + [""]


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


def _rows(lines: list[str], ends: list[str], result: CsvText, line_breaks: bool) -> Iterator[tuple[int, list[str]]]:
    unreadable = set(result.refused)
    index = 0
    while index < len(lines):
        text, start = lines[index], index + 1
        index += 1
        if start in unreadable:
            continue
        if '"' not in text:
            cells = text.split(",")
        else:
            try:
                cells, index = quoted_row(lines, ends, start - 1, line_breaks)
            except BadQuoteError as bad:
                result.refuse(bad.line, bad.rule, bad.advice)
                index = bad.line  # the line after: nothing further is swallowed
                continue
        if not any(map(str.strip, cells)):
            result.blank += 1
            continue
        may_be_long = len(text) > LONGEST_CELL or index > start
        if may_be_long and any(len(cell) > LONGEST_CELL for cell in cells):
            result.refuse(start, "cell-too-long", f"A cell is longer than {LONGEST_CELL:,} characters.")
        else:
            yield start, cells
