"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Finding = tuple[tuple[str, ...], str]
"""References (tasks, nominals, officers, events, outings) and one sentence; the rule is the function's name."""
Findings = Iterable[Finding]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach of one rule.

    Parameters
    ----------
    rule
        Name in :mod:`offender_mgmt.rules`.
    refs
        References of what is concerned: tasks, nominals, officers, events, outings.
    sentence
        What is wrong, in one sentence, without a person's data.
    """

    rule: str
    refs: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.rule} ({', '.join(self.refs)}): {self.sentence}"
