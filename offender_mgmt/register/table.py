"""From one CSV file to typed records with their line numbers; every fault of every cell."""

from __future__ import annotations

import difflib
import types
import typing
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from pydantic import ValidationError

from offender_mgmt.errors import Fault
from offender_mgmt.files import unguard_cell
from offender_mgmt.register.cells import parse_ref
from offender_mgmt.register.csv_text import (
    CsvText,
    Row,
    faults_of_header,
    parse_csv,
    read_csv_text,
    rows_of_width,
)
from offender_mgmt.register.records import Record
from offender_mgmt.register.register import RowCount

R = TypeVar("R", bound=Record)
HEADER_SEARCH_ROWS = 50

__all__ = ["Line", "Table", "column_names", "parse_csv", "read_table"]


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A record and the line of the file it stands on."""

    number: int
    record: R


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """One file of the register folder, as far as it could be read.

    Parameters
    ----------
    read
        Rows under the header: accepted, refused and blank ones.
    refused
        Lines of the refused rows.
    refused_keys
        Keys that refused rows state, so that other files may name them without a second fault.
    complete
        Whether the header was understood; without it nothing can be said about the rows.
    """

    name: str
    record_type: type[R]
    lines: tuple[Line[R], ...] = ()
    read: int = 0
    blank: int = 0
    refused: frozenset[int] = frozenset()
    refused_keys: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    complete: bool = False

    @property
    def records(self) -> tuple[R, ...]:
        """The accepted records, in order of the file."""
        return tuple(line.record for line in self.lines)

    @property
    def count(self) -> RowCount:
        """Rows read, accepted, blank and refused."""
        return RowCount(self.name, self.read, len(self.lines), self.blank, len(self.refused))


def column_names(record_type: type[Record]) -> tuple[str, ...]:
    """Names of the columns of a file, in the order they are written."""
    return tuple(info.alias or name for name, info in record_type.model_fields.items())


def read_table(name: str, data: bytes, record_type: type[R], *, allow_empty: bool = False) -> Table[R]:
    """Read one file of the register.

    Parameters
    ----------
    name
        Name of the file for the faults.
    allow_empty
        Whether a header without rows is accepted.

    Returns
    -------
    Table
        Never raises for what the file holds: its faults are all in the table.
    """
    text = read_csv_text(name, data, line_breaks=False)
    if not text.whole:
        return Table(name, record_type, faults=tuple(text.faults))
    found, faults = _find_header(text, record_type)
    if found is None or faults:
        refused = frozenset(text.refused)
        return Table(name, record_type, refused=refused, faults=tuple(sorted([*faults, *text.faults])))
    header = [cell.strip().casefold() for cell in found.cells]
    if not (text.rows[1:] or text.refused or allow_empty):
        text.faults.append(Fault(name, 0, "", "header-only", "The file has a header and no rows: export it again."))
    rows = rows_of_width(text, text.rows[1:], len(header))
    return _converted(text, header, rows, record_type)


def _converted(text: CsvText, header: list[str], rows: list[Row], record_type: type[R]) -> Table[R]:
    columns = {(info.alias or name).casefold(): name for name, info in record_type.model_fields.items()}
    fields = [columns[column] for column in header]
    faults = list(text.faults)
    lines: list[Line[R]] = []
    dates = _DateStyles(text.name, record_type)
    for row in rows:
        cells = {field: unguard_cell(cell) for field, cell in zip(fields, row.cells, strict=True)}
        faults += dates.faults(row.line, cells)
        try:
            lines.append(Line(row.line, record_type.model_validate(_without_defaults(cells, record_type))))
        except ValidationError as error:
            faults += faults_of_record(error, text.name, row.line, cells, record_type)
    refused = frozenset(text.refused | {fault.line for fault in faults if fault.line})
    return Table(
        text.name,
        record_type,
        lines=tuple(line for line in lines if line.number not in refused),
        read=len(text.rows) - 1 + len(text.refused - {row.line for row in text.rows}) + text.blank,
        blank=text.blank,
        refused=refused,
        refused_keys=_keys_of(rows, refused, fields, record_type),
        faults=tuple(sorted(faults)),
        warnings=_warnings(text),
        complete=True,
    )


def _warnings(text: CsvText) -> tuple[Fault, ...]:
    if text.last_line_ends:
        return ()
    advice = "The last line has no line end: check that the file is whole."
    return (Fault(text.name, 0, "", "no-line-end", advice),)


def _without_defaults(cells: dict[str, str], record_type: type[Record]) -> dict[str, str]:
    """The cells by their input names; a blank cell takes the column's default."""
    fields = record_type.model_fields
    return {
        fields[name].alias or name: cell for name, cell in cells.items() if cell.strip() or fields[name].is_required()
    }


def _keys_of(rows: list[Row], refused: frozenset[int], fields: list[str], record_type: type[Record]) -> frozenset[str]:
    if len(record_type.key_fields) != 1:
        return frozenset()
    place = fields.index(record_type.key_fields[0])
    return frozenset(unguard_cell(row.cells[place]).strip() for row in rows if row.line in refused)


def faults_of_record(
    error: ValidationError, name: str, line: int, cells: dict[str, str], record_type: type[Record]
) -> list[Fault]:
    """Every cell that was refused, as faults; nothing of what the cells hold but the record's own reference."""
    faults = []
    ref = _ref_of(cells, record_type)
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        column = str(item["loc"][0]) if item["loc"] else ""
        rule, advice = item["type"], item["msg"]
        if rule in ("string_too_short", "too_short", "missing"):
            rule, advice = "missing-value", "Fill in the cell."
        elif "_" in rule:
            rule, advice = "bad-value", "The cell does not hold what the column asks for: see docs/reference/files.md."
        faults.append(Fault(name, line, column, rule, advice, ref))
    return faults


def _ref_of(cells: dict[str, str], record_type: type[Record]) -> str:
    """The reference a record is known by, if it can be read."""
    for field in (*record_type.key_fields, "offender_ref", "officer_id"):
        if field in cells and record_type.model_fields[field].annotation is str and field not in _NOT_REFS:
            try:
                return str(parse_ref(cells[field]))
            except ValueError:
                return ""
    return ""


_NOT_REFS = frozenset({"from_place", "to_place", "barrier"})


class _DateStyles:
    """Notices when one column writes its dates in both styles: then the day and month cannot be trusted."""

    def __init__(self, name: str, record_type: type[Record]) -> None:
        self._name = name
        self._columns = [field for field, info in record_type.model_fields.items() if _is_date(info.annotation)]
        self._first: dict[str, tuple[str, int]] = {}

    def faults(self, line: int, cells: dict[str, str]) -> list[Fault]:
        """Faults of the dates of one row, given the rows before it."""
        faults = []
        for column in self._columns:
            sign = next((sign for sign in "/-" if sign in cells[column]), None)
            if sign is None:
                continue
            style, first = self._first.setdefault(column, (sign, line))
            if style != sign:
                advice = f"Line {first} writes the dates of this column in another style: use one style throughout."
                faults.append(Fault(self._name, line, column, "mixed-date-styles", advice))
        return faults


def _is_date(annotation: object) -> bool:
    if isinstance(annotation, types.UnionType):
        return date in typing.get_args(annotation)
    return annotation is date


def _find_header(text: CsvText, record_type: type[Record]) -> tuple[Row | None, list[Fault]]:
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
    return first, faults + _column_faults(text.name, first.line, header, expected)


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


def _column_faults(name: str, line: int, header: tuple[str, ...], expected: list[str]) -> list[Fault]:
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
    return faults + [Fault(name, line, column, "missing-column", advice) for column in missing]
