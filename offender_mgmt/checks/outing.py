"""What takes an officer's time: outings, and rows of desk work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from offender_mgmt.checks.spans import Span
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.travel import Place


@dataclass(frozen=True, slots=True)
class Outing:
    """A crew's round from its base to one or more nominals and back.

    Parameters
    ----------
    label
        Name of the outing; crew, day and number where the roster gives none.
    stops
        Its visits in order of time.
    legs
        Minutes from the base to the first stop, between stops, and from the last back to the base.
    """

    label: str
    day: date
    crew: tuple[str, ...]
    stops: tuple[Assignment, ...]
    places: tuple[Place, ...]
    base: Place
    legs: tuple[int, ...]

    @property
    def span(self) -> Span:
        """From leaving the base to being back."""
        return Span(self.stops[0].start - self.legs[0], self.stops[-1].end + self.legs[-1])

    @property
    def core(self) -> Span:
        """From the start of the first visit to the end of the last."""
        return Span(self.stops[0].start, self.stops[-1].end)


class Work(NamedTuple):
    """Something planned that takes an officer's time: an outing, or a row of desk work."""

    span: Span
    label: str
    outing: Outing | None
