"""Plain text tables for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 80


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Lines of a table, columns two spaces apart; the columns numbered in ``right`` end flush.

    The last column is cut to what fits into 80 columns.
    """
    lines = [header, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    return [_line(line, widths, right) for line in lines]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = [c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))]
    line = "  ".join(padded).rstrip()
    return line if len(line) <= WIDTH else line[: WIDTH - 3].rstrip() + "..."


def heading(text: str) -> list[str]:
    """A heading with its line below and a blank line above."""
    return ["", text, "-" * len(text)]
