"""Rows of a CSV file as text, and what became of those that are no rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from offender_mgmt.errors import Fault


class Row(NamedTuple):
    """The cells of one row and the line it starts on."""

    line: int
    cells: tuple[str, ...]


class Block(NamedTuple):
    """Many rows, split into cells."""

    numbers: Sequence[int]
    cells: list[list[str]]

    def rows(self) -> Iterator[Row]:
        """Row by row."""
        return map(Row, self.numbers, map(tuple, self.cells))


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


def refuse_misfits(text: CsvText, misfits: Iterable[tuple[int, int]], width: int, last: int) -> None:
    """Refuse rows that have more or fewer cells than the header: they are never shifted.

    Parameters
    ----------
    misfits
        Line and number of cells of each.
    last
        Line of the last row of the file.
    """
    for line, count in misfits:
        if count < width and line == last and not text.last_line_ends:
            text.refuse(line, "file-cut-off", "The file ends in the middle of this line: copy or export it again.")
        else:
            advice = f"The line has {count} cells and the header {width}: mend the line (quote a cell with a comma)."
            text.refuse(line, "cell-count", advice)
