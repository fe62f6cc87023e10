"""Plain text tables for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
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


def wrapped(text: str, indent: str = "  ") -> list[str]:
    """The text in lines of at most 80 columns, those after the first indented; references are never cut."""
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def hours(minutes: int) -> str:
    """``7:05`` for 425 minutes, a dash for none."""
    return f"{minutes // 60:,}:{minutes % 60:02}" if minutes else "-"


def counted_words(count: int, word: str, words: str = "") -> str:
    """``1 task``, ``2 tasks``; ``words`` where the plural is made in another way."""
    return f"{count:,} {word if count == 1 else words or f'{word}s'}"


def heading(text: str) -> list[str]:
    """A heading with its line below and a blank line above."""
    return ["", text, "-" * len(text)]
