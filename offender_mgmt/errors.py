"""Faults in what we are given: where, which rule, what to do. Never the value that was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with an input.

    Parameters
    ----------
    file
        Name of the file inside the register folder, without its path.
    line
        Line in the file, the first line being 1; 0 when the fault is of the whole file.
    column
        Column or key; empty when the fault is of a whole line or file.
    rule
        Short stable code, e.g. ``unknown-risk-level``; documented in ``docs/reference/faults.md``.
    advice
        What to do about it, one sentence, no value from the data in it.
    ref
        Reference of the record (a nominal's or officer's reference, never a name); may be empty.
    """

    file: str
    line: int
    column: str
    rule: str
    advice: str
    ref: str = ""

    def __str__(self) -> str:
        """One line for a person: place, rule, what to do."""
        place = self.file + (f":{self.line}" if self.line else "")
        column = f" [{self.column}]" if self.column else ""
        ref = f" ({self.ref})" if self.ref else ""
        return f"{place}{column}{ref} {self.rule}: {self.advice}"


class OffenderMgmtError(Exception):
    """Base of every error this package raises on purpose; its text is safe to print."""


class DataError(OffenderMgmtError):
    """The input is refused; carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__(f"{len(self.faults)} fault(s) in the input")


class UsageError(OffenderMgmtError):
    """The command was asked for something it cannot do; the text says what to do instead."""
