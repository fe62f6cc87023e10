"""The header line of a CSV file: where it is, and what is wrong with its column names."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from offender_mgmt.errors import Fault
from offender_mgmt.register.csv_rows import CsvText, Row
from offender_mgmt.register.records import Record

MOST_COLUMNS = 200
HEADER_SEARCH_ROWS = 50


def column_names(record_type: type[Record]) -> tuple[str, ...]:
    """Names of the columns of a file, in the order they are written."""
    return tuple(info.alias or name for name, info in record_type.model_fields.items())


def faults_of_header(name: str, line: int, header: tuple[str, ...]) -> list[Fault]:
    """Blank, repeated and too many column names, and another delimiter than the comma."""
    if len(header) > MOST_COLUMNS:
        return [Fault(name, line, "", "too-many-columns", f"The limit is {MOST_COLUMNS} columns.")]
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        return [Fault(name, line, "", "other-delimiter", "Part the columns by commas, not by semicolons or tabs.")]
    faults = []
    names = [cell.casefold() for cell in header]
    for number, column in enumerate(names, start=1):
        if not column:
            advice = "Give this column a name, or remove it."
            faults.append(Fault(name, line, f"column {number}", "column-without-name", advice))
        elif column in names[: number - 1]:
            advice = f"Column {names.index(column) + 1} has the same name: remove one of the two."
            faults.append(Fault(name, line, f"column {number}", "column-twice", advice))
    return faults


def find_header(text: CsvText, record_type: type[Record]) -> tuple[Row | None, list[Fault]]:
    """The first row, if it is the header; else what is wrong with it."""
    expected = [column.casefold() for column in column_names(record_type)]
    if not text.rows:
        return None, [Fault(text.name, 0, "", "header-not-found", "There is no header line that can be read.")]
    first = text.rows[0]
    header = tuple(cell.strip() for cell in first.cells)
    if any(line < first.line for line in text.refused):
        return None, []  # the header itself is among the refused lines, which says enough
    if faults := [f for f in faults_of_header(text.name, first.line, header) if f.rule == "other-delimiter"]:
        return first, faults
    if not _known(header, expected):
        return None, [_no_header(text, expected)]
    faults = faults_of_header(text.name, first.line, header)
    if all(cell.startswith("'") and cell.endswith("'") for cell in header):
        advice = "Quote cells with double quotes, not with apostrophes."
        return first, [Fault(text.name, first.line, "", "other-quotes", advice)]
    optional = {column.casefold() for column in record_type.optional_columns}
    return first, faults + _column_faults(text.name, first.line, header, expected, optional)


def _known(header: tuple[str, ...], expected: list[str]) -> bool:
    """Whether a row is meant as the header: it holds at least half of the columns, spelt well or nearly so."""
    names = {cell.strip("'").casefold() for cell in header}
    near = [c for c in expected if c in names or difflib.get_close_matches(c, names, n=1, cutoff=0.8)]
    return 2 * len(near) >= len(expected)


def _no_header(text: CsvText, expected: list[str]) -> Fault:
    for row in text.rows[1:HEADER_SEARCH_ROWS]:
        if _known(tuple(cell.strip() for cell in row.cells), expected):
            advice = f"The header seems to be on line {row.line}: remove the lines above it."
            return Fault(text.name, text.rows[0].line, "", "header-not-first", advice)
    advice = "The first line does not name the columns of this file: see docs/reference/files.md."
    return Fault(text.name, text.rows[0].line, "", "header-not-found", advice)


def _column_faults(
    name: str, line: int, header: tuple[str, ...], expected: list[str], optional: Collection[str]
) -> list[Fault]:
    """Columns that are missing or not known; the advice names known columns only."""
    names = [cell.casefold() for cell in header]
    missing = [column for column in expected if column not in names]
    faults = []
    for number, column in enumerate(names, start=1):
        if column and column not in expected:
            near = difflib.get_close_matches(column, missing or expected, n=1)
            advice = f"Did you mean {near[0]}?" if near else "This file has no such column: remove it."
            faults.append(Fault(name, line, f"column {number}", "unknown-column", advice))
    advice = "Add this column; leave its cells blank where nothing is known."
    return faults + [
        Fault(name, line, column, "missing-column", advice) for column in missing if column not in optional
    ]
