"""Which rows of a published roster are frozen at a moment: what had begun by then, to its end."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from offender_mgmt.register.pins import Pins
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.vocabulary import TaskKind

WITH_VISIT = frozenset({TaskKind.INTELLIGENCE_CHECK, TaskKind.RECORD_ENTRY, TaskKind.ARMS_WRITE_UP})
NEXT = "-NEXT"
"""How ids of tasks end that only exist because a visit is made."""


Mark = tuple[str, str]
"""A task, and the digest of one of its rows."""
MARK_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """What a week that was planned again is held to.

    Parameters
    ----------
    freeze_before
        Work that began before this moment stays, and nothing new begins before it.
    bands_first
        Priority bands that come before the fewest changes; the others come after them.
    frozen
        The rows that stay; ``None`` where only their marks are known.
    marks
        Task and mark of each of these rows (:func:`mark_of`); ``None`` where nobody recorded them.
    kept
        Ids of the tasks of these rows.
    excused
        Rule and references of each breach that is no fault of the plan: work that had begun, wrong only by what was
        told since, or an entry or a write-up that nobody is left to make.
    pins
        What people fixed, by task.
    """

    freeze_before: int
    bands_first: int
    frozen: tuple[Assignment, ...] | None = None
    marks: frozenset[Mark] | None = None
    kept: frozenset[str] = frozenset()
    excused: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    pins: Pins = field(default_factory=dict)


def mark_of(row: Assignment) -> Mark:
    """A row's task and a digest of all in the row that must stay; what the due list says of the task may change."""
    stays = (row.task_id, row.start, row.end, *row.crew, row.outing, row.position, row.part, row.done_with)
    return row.task_id, hashlib.sha256("\n".join(map(str, stays)).encode("utf-8")).hexdigest()[:MARK_DIGITS]


def frozen_rows(rows: Iterable[Assignment], before: int, undone: Collection[str] = ()) -> tuple[Assignment, ...]:
    """The rows that had begun before a moment, in their order; fixed events are left aside.

    A visit belongs to its outing, which begins with its first intelligence check or with leaving. An outing that has
    begun stays whole, with all that goes with its visits: checks, record entries, write-ups. Desk work that has begun
    stays with all its parts.

    Parameters
    ----------
    undone
        Tasks that were not done after all; the whole outing of such a visit was not.
    """
    rows = [row for row in rows if row.kind is not TaskKind.FIXED_EVENT and not row.done_with.startswith("EVENT-")]
    kept: set[int] = set()
    for group in _groups(rows):
        begun = min(row.start - row.travel_minutes for row in group) < before
        if begun and not any(row.task_id in undone for row in group if not goes_with_visit(row)):
            kept.update(id(row) for row in group if row.task_id not in undone)
    return tuple(row for row in rows if id(row) in kept)


def goes_with_visit(row: Assignment) -> bool:
    """Whether a row is only there because a visit of its nominal is made."""
    return row.kind in WITH_VISIT and row.task_id.endswith(NEXT)


def _groups(rows: Iterable[Assignment]) -> Iterator[list[Assignment]]:
    """Outings with what goes with their visits, and desk tasks with their parts."""
    rows = list(rows)
    outings: dict[tuple[str, date, frozenset[str]], list[Assignment]] = defaultdict(list)
    desk: dict[str, list[Assignment]] = defaultdict(list)
    companions: dict[str, list[Assignment]] = defaultdict(list)
    for row in rows:
        if row.kind.is_field:
            outings[row.outing, row.day, frozenset(row.crew)].append(row)
        elif goes_with_visit(row):
            companions[row.offender_ref].append(row)
        else:
            desk[row.task_id].append(row)
    for visits in outings.values():
        yield [*visits, *(row for ref in dict.fromkeys(v.offender_ref for v in visits) for row in companions[ref])]
    yield from desk.values()
