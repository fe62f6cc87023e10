"""From one CSV file to typed records with their line numbers; every fault of every cell."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice, starmap
from typing import Generic, TypeVar

from offender_mgmt.errors import Fault
from offender_mgmt.files import unguard_cell
from offender_mgmt.register.csv_rows import Block, CsvText, Row, refuse_misfits
from offender_mgmt.register.csv_text import read_csv_text, split_blocks
from offender_mgmt.register.harvest import Harvest, gather, refuse_mixed_dates
from offender_mgmt.register.header import HEADER_SEARCH_ROWS, column_names, faults_of_header, find_header
from offender_mgmt.register.records import Record
from offender_mgmt.register.register import RowCount
from offender_mgmt.register.row_faults import faults_of_record

R = TypeVar("R", bound=Record)

__all__ = ["Line", "Table", "column_names", "faults_of_record", "parse_csv", "read_table"]


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
    records
        The accepted records, in order of the file.
    numbers
        The line each of them stands on.
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
    records: tuple[R, ...] = ()
    numbers: Sequence[int] = ()
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
    def lines(self) -> Iterator[Line[R]]:
        """The accepted records with their lines, in order of the file."""
        return map(Line, self.numbers, self.records)

    def lines_chosen(self, chosen: Iterable[bool]) -> Iterator[Line[R]]:
        """Those of the records that are chosen, with their lines."""
        return starmap(Line, compress(zip(self.numbers, self.records, strict=True), chosen))

    @property
    def count(self) -> RowCount:
        """Rows read, accepted, blank and refused."""
        return RowCount(self.name, self.read, len(self.records), self.blank, len(self.refused), self.repeated)


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
    rows = tuple(row for row in text.rows[1:] if len(row.cells) == len(header))
    misfits = [(row.line, len(row.cells)) for row in text.rows[1:] if len(row.cells) != len(header)]
    refuse_misfits(text, misfits, len(header), text.rows[-1].line)
    return header, rows, tuple(sorted([*header_faults, *text.faults]))


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
    text = CsvText(name)
    blocks = split_blocks(text, data, line_breaks=False)
    first = next(blocks, Block([], []))
    text.rows += islice(first.rows(), HEADER_SEARCH_ROWS)
    if not text.whole:
        return Table(name, record_type, faults=tuple(text.faults))
    found, faults = find_header(text, record_type)
    if found is None or faults:
        deque(blocks, maxlen=0)  # what is wrong with the other rows is told too
        refused = frozenset(text.refused)
        return Table(name, record_type, refused=refused, faults=tuple(sorted([*faults, *text.faults])))
    columns = {(info.alias or name).casefold(): name for name, info in record_type.model_fields.items()}
    fields = [columns[cell.strip().casefold()] for cell in found.cells]
    under_header = Block(first.numbers[1:], first.cells[1:])
    harvest = gather(chain([under_header], blocks), fields, name, record_type)
    if not (harvest.read or text.refused or allow_empty):
        text.faults.append(Fault(name, 0, "", "header-only", "The file has a header and no rows: export it again."))
    if harvest.mixed_dates:
        again = chain.from_iterable(block.rows() for block in split_blocks(CsvText(name), data, line_breaks=False))
        refuse_mixed_dates(harvest, islice(again, 1, None), fields)
    return _table(text, harvest, fields, record_type)


def _table(text: CsvText, harvest: Harvest[R], fields: list[str], record_type: type[R]) -> Table[R]:
    """The records of a file and what became of its other rows."""
    read = harvest.read + len(text.refused) + text.blank
    refuse_misfits(text, harvest.misfits, len(fields), harvest.last)
    return Table(
        text.name,
        record_type,
        records=tuple(harvest.records),
        numbers=harvest.numbers,
        read=read,
        blank=text.blank,
        refused=frozenset(text.refused | harvest.refused.keys()),
        refused_keys=_cells_of(harvest.refused.values(), fields, record_type.key_fields[0]),
        refused_refs=_cells_of(harvest.refused.values(), fields, "offender_ref"),
        faults=tuple(sorted([*text.faults, *harvest.faults])),
        warnings=_warnings(text),
        complete=True,
    )


def _warnings(text: CsvText) -> tuple[Fault, ...]:
    if text.last_line_ends:
        return ()
    advice = "The last line has no line end: check that the file is whole."
    return (Fault(text.name, 0, "", "no-line-end", advice),)


def _cells_of(rows: Iterable[Sequence[str]], fields: list[str], column: str) -> frozenset[str]:
    """What refused rows hold in one column."""
    if column not in fields:
        return frozenset()
    place = fields.index(column)
    return frozenset(unguard_cell(cells[place]).strip() for cells in rows)
