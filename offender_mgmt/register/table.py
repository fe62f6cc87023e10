"""From one CSV file to typed records with their line numbers; every fault of every cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import ValidationError

from offender_mgmt.errors import Fault
from offender_mgmt.files import unguard_cell
from offender_mgmt.register.cells import parse_ref
from offender_mgmt.register.csv_text import CsvText, Row, read_csv_text, rows_of_width
from offender_mgmt.register.date_styles import DateStyles
from offender_mgmt.register.header import column_names, faults_of_header, find_header
from offender_mgmt.register.records import Record
from offender_mgmt.register.register import RowCount

R = TypeVar("R", bound=Record)

__all__ = ["Line", "Table", "column_names", "parse_csv", "read_table", "without_repeats"]


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
    refused_refs
        Nominals that refused rows are about, so that what is left of them is not taken for all.
    repeated
        Rows equal in every cell to an earlier one, kept once.
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
    refused_refs: frozenset[str] = frozenset()
    repeated: int = 0
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
        return RowCount(self.name, self.read, len(self.lines), self.blank, len(self.refused), self.repeated)


def parse_csv(name: str, data: bytes) -> tuple[tuple[str, ...], tuple[Row, ...], tuple[Fault, ...]]:
    """Header, rows with their line numbers, and every fault of any CSV file, whatever its columns.

    Parameters
    ----------
    name
        Name of the file for the faults.

    Returns
    -------
    tuple
        Rows that are damaged (cells missing, quotes astray, not UTF-8) are left out and stand among the faults.
    """
    text = read_csv_text(name, data)
    if not text.whole or not text.rows:
        no_header = Fault(name, 0, "", "header-not-found", "There is no header line that can be read.")
        return (), (), tuple(text.faults) or (no_header,)
    header = tuple(cell.strip() for cell in text.rows[0].cells)
    header_faults = faults_of_header(name, text.rows[0].line, header)
    rows = rows_of_width(text, text.rows[1:], len(header))
    return header, tuple(rows), tuple(sorted([*header_faults, *text.faults]))


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
    found, faults = find_header(text, record_type)
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
    dates = DateStyles(text.name, record_type)
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
        refused_keys=_cells_of(rows, refused, fields, record_type.key_fields[0]),
        refused_refs=_cells_of(rows, refused, fields, "offender_ref"),
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


def _cells_of(rows: list[Row], refused: frozenset[int], fields: list[str], column: str) -> frozenset[str]:
    """What refused rows hold in one column."""
    if column not in fields:
        return frozenset()
    place = fields.index(column)
    return frozenset(unguard_cell(row.cells[place]).strip() for row in rows if row.line in refused)


def without_repeats(table: Table[R]) -> Table[R]:
    """The table with rows that are equal in every cell kept once, and a warning for each that was left."""
    first: dict[R, int] = {}
    kept: list[Line[R]] = []
    warnings: list[Fault] = []
    for line in table.lines:
        if first.setdefault(line.record, line.number) == line.number:
            kept.append(line)
        else:
            advice = f"The row is the same as line {first[line.record]} in every cell: it is kept once."
            warnings.append(Fault(table.name, line.number, "", "same-row-twice", advice))
    return replace(
        table, lines=tuple(kept), repeated=len(warnings), warnings=tuple(sorted([*table.warnings, *warnings]))
    )


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
