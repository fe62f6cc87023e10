"""Rows of a CSV file that hold quotes: a quote that does not do what a quote does refuses the row."""

from __future__ import annotations

import re

LONGEST_CELL = 10_000

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)("?)')
_PLAIN = re.compile(r'[^",]*')
_ALL_QUOTED = re.compile(r'"[^",]*+"(?:,"[^",]*+")*+')
"""A row of which every cell is quoted and none holds a quote or a comma: many programs write all rows so."""


class BadQuoteError(Exception):
    """A quote that does not do what a quote does, with the line it stands on."""

    def __init__(self, index: int, rule: str, advice: str) -> None:
        super().__init__(rule)
        self.line, self.rule, self.advice = index + 1, rule, advice


def quoted_row(lines: list[str], ends: list[str], index: int, line_breaks: bool) -> tuple[list[str], int]:
    """The cells of the row that starts at ``index``, and the index of the line after the row."""
    text = lines[index]
    if _ALL_QUOTED.fullmatch(text):
        return text[1:-1].split('","'), index + 1
    cells: list[str] = []
    position = 0
    while True:
        opened = index
        if text.startswith('"', position):
            text, index = _until_closed(lines, ends, text, index, position, line_breaks)
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
            raise BadQuoteError(opened, "stray-quote", advice)


def _until_closed(
    lines: list[str], ends: list[str], text: str, index: int, position: int, line_breaks: bool
) -> tuple[str, int]:
    """The text, with lines added until the quote that opens at ``position`` is closed, and the last line's index."""
    opened = index
    match = _match(_QUOTED, text, position)
    while not match[2]:
        index += 1
        if not line_breaks or index == len(lines) or len(match[1]) > LONGEST_CELL:
            raise BadQuoteError(opened, "quote-not-closed", "A quote opens on this line and is not closed.")
        text += ends[index - 1] + lines[index]
        match = _match(_QUOTED, text, position)
    return text, index


def _match(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str]:
    match = pattern.match(text, position)
    assert match is not None  # both patterns match from here, if only the empty text
    return match
