"""The rows under a header, gathered as records in chunks; what is wrong with a row is told cell by cell."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, Generic, TypeVar

from offender_mgmt.errors import Fault
from offender_mgmt.files import unguard_cell
from offender_mgmt.register.columns import REFUSED, Column, records_of
from offender_mgmt.register.csv_rows import Block, Row
from offender_mgmt.register.date_styles import DateStyles
from offender_mgmt.register.records import Record
from offender_mgmt.register.row_faults import faults_of_cells

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Harvest(Generic[R]):
    """What the rows under a header came to.

    Parameters
    ----------
    numbers
        The line each of the records stands on.
    refused
        Cells of the rows that are as wide as the header and are refused, by line.
    misfits
        Line and number of cells of rows that are wider or narrower.
    last
        Line of the last row.
    mixed_dates
        Whether a column writes its dates in two styles.
    """

    name: str
    record_type: type[R]
    records: list[R] = field(default_factory=list)
    numbers: array[int] = field(default_factory=lambda: array("L"))
    refused: dict[int, Sequence[str]] = field(default_factory=dict)
    misfits: list[tuple[int, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    read: int = 0
    last: int = 0
    mixed_dates: bool = False


def gather(blocks: Iterable[Block], fields: Sequence[str], name: str, record_type: type[R]) -> Harvest[R]:
    """Records of the rows whose cells all hold what their columns ask for.

    Parameters
    ----------
    fields
        Fields of the record type, in the order of the cells.
    name
        Name of the file for the faults.
    """
    columns = {column: Column(record_type, column) for column in fields}
    harvest = Harvest(name, record_type)
    for block in blocks:
        harvest.read += len(block.cells)
        harvest.last = block.numbers[-1] if block.cells else harvest.last
        fitting = _fitting(block, len(fields), harvest)
        if fitting.cells:
            _add(fitting, columns, harvest)
    harvest.mixed_dates = any(len(column.date_styles) > 1 for column in columns.values())
    return harvest


def _fitting(block: Block, width: int, harvest: Harvest[Any]) -> Block:
    """The rows that are as wide as the header."""
    if set(map(len, block.cells)) == {width}:
        return block
    fits = [len(cells) == width for cells in block.cells]
    rows = zip(block.numbers, block.cells, strict=True)
    harvest.misfits += [(line, len(cells)) for line, cells in rows if len(cells) != width]
    return _selected(block, fits)


def _selected(block: Block, chosen: list[bool]) -> Block:
    return Block(list(compress(block.numbers, chosen)), list(compress(block.cells, chosen)))


def _add(block: Block, columns: dict[str, Column], harvest: Harvest[R]) -> None:
    """Add the records of rows that are all as wide as the header."""
    texts = zip(*block.cells, strict=True)
    values = {name: columns[name].values_of(column) for name, column in zip(columns, texts, strict=True)}
    if any(column.has_refused for column in columns.values()):
        accepted = [REFUSED not in row for row in zip(*values.values(), strict=True)]
        for line, row in zip(*_selected(block, [not whole for whole in accepted]), strict=True):
            harvest.refused[line] = row
            harvest.faults += _faults(line, row, columns, harvest)
        block = _selected(block, accepted)
        values = {name: list(compress(column, accepted)) for name, column in values.items()}
        for column in columns.values():
            column.has_refused = False
    harvest.numbers.extend(block.numbers)
    harvest.records += records_of(harvest.record_type, values)


def _faults(line: int, row: Sequence[str], columns: dict[str, Column], harvest: Harvest[Any]) -> list[Fault]:
    cells = dict(zip(columns, map(unguard_cell, row), strict=True))
    refusals = ((columns[name].name, item) for name, cell in cells.items() for item in columns[name].refusals(cell))
    return faults_of_cells(refusals, harvest.name, line, cells, harvest.record_type)


def refuse_mixed_dates(harvest: Harvest[R], rows: Iterable[Row], fields: Sequence[str]) -> None:
    """Refuse every row that writes a date in another style than the first of its column.

    Parameters
    ----------
    rows
        The rows under the header once more: only a file of two styles pays for this.
    """
    styles = DateStyles(harvest.name, harvest.record_type)
    for line, row in rows:
        if len(row) == len(fields):
            faults = styles.faults(line, dict(zip(fields, map(unguard_cell, row), strict=True)))
            if faults:
                harvest.faults += faults
                harvest.refused[line] = row
    accepted = [number not in harvest.refused for number in harvest.numbers]
    harvest.records = list(compress(harvest.records, accepted))
    harvest.numbers = array("L", compress(harvest.numbers, accepted))
