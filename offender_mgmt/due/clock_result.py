"""What one clock says: a task of this kind is due on this day, by this rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offender_mgmt.vocabulary import TaskKind


@dataclass(frozen=True, slots=True)
class ClockResult:
    """A due date and where it comes from.

    Parameters
    ----------
    may_be_done_at_once
        Released with the clock's start; otherwise the look-ahead before the due date.
    not_before
        A further day before which the task is not released.
    not_after
        The last day on which the task is of use.
    """

    kind: TaskKind
    rule: str
    clock_start: date
    due_date: date
    why: str
    may_be_done_at_once: bool = False
    not_before: date | None = None
    not_after: date | None = None


def earliest(results: list[ClockResult]) -> ClockResult | None:
    """The result due first; of two due on one day, the one given first."""
    return min(results, key=lambda result: result.due_date, default=None)
