"""What the difference of two rosters means to people: each task once, with everything that is different about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from offender_mgmt.roster.diff import RosterDiff, diff
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.vocabulary import TaskKind


class ChangeKind(StrEnum):
    """What can be different about a task, the weightiest first."""

    DROPPED = "dropped"
    ADDED = "added"
    DAY = "day"
    CREW = "crew"
    LEAD = "lead"
    TIME = "time"
    OUTING = "outing"
    ORDER = "order"
    REASON = "reason"
    LISTED = "listed"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands in one roster.

    Parameters
    ----------
    rows
        Its rows in order of time; more than one where desk work is in parts.
    left_out
        Its rows among what is left out.
    """

    rows: tuple[Assignment, ...] = ()
    left_out: tuple[Unassigned, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Its days in order, each once."""
        return tuple(sorted({row.day for row in self.rows}))

    @property
    def crew(self) -> tuple[str, ...]:
        """Its officers, each once, lead first."""
        return tuple(dict.fromkeys(officer for row in self.rows for officer in row.crew))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Codes of why it is left out."""
        return tuple(row.reason for row in self.left_out)


@dataclass(frozen=True, slots=True)
class Change:
    """One task that is not as it was.

    Parameters
    ----------
    kinds
        All that is different, the weightiest first; never empty.
    details
        Names of the other columns that differ.
    """

    task_id: str
    kind: TaskKind
    offender_ref: str
    kinds: tuple[ChangeKind, ...]
    before: Standing
    after: Standing
    details: tuple[str, ...] = ()

    @property
    def main(self) -> ChangeKind:
        """The weightiest difference, under which the task is listed."""
        return self.kinds[0]

    @property
    def officers(self) -> frozenset[str]:
        """Everyone it concerns: who had it and who has it."""
        return frozenset((*self.before.crew, *self.after.crew))

    @property
    def days(self) -> frozenset[date]:
        """Every day it concerns."""
        return frozenset((*self.before.days, *self.after.days))


def changes_of(before: Roster, after: Roster, difference: RosterDiff | None = None) -> tuple[Change, ...]:
    """Every task that is different, in order of its main difference, its first time and its id.

    Rows that only stand in another order in the file are no change.

    Parameters
    ----------
    difference
        That of the two rosters, if it is known already.

    Raises
    ------
    UsageError
        When the two are of different weeks.
    """
    found = diff(before, after) if difference is None else difference
    touched = {row.task_id for edit in (found.assignments, found.unassigned) for _, row in (*edit.taken, *edit.put)}
    was, now = _standings(before), _standings(after)
    outings = _Outings(before, after)
    changes = (_change(task_id, was.get(task_id, NOWHERE), now.get(task_id, NOWHERE), outings) for task_id in touched)
    return tuple(sorted((change for change in changes if change), key=_order))


NOWHERE = Standing()


def _order(change: Change) -> tuple[int, int, str]:
    rows = change.after.rows or change.before.rows
    return list(ChangeKind).index(change.main), rows[0].start if rows else 0, change.task_id


def _standings(roster: Roster) -> dict[str, Standing]:
    rows: dict[str, list[Assignment]] = defaultdict(list)
    left_out: dict[str, list[Unassigned]] = defaultdict(list)
    for row in roster.assignments:
        rows[row.task_id].append(row)
    for entry in roster.unassigned:
        left_out[entry.task_id].append(entry)
    ids = rows.keys() | left_out.keys()
    return {
        i: Standing(
            tuple(sorted(rows[i], key=lambda r: (r.start, r.end, r.crew, repr(r)))),
            tuple(sorted(left_out[i], key=repr)),
        )
        for i in ids
    }


def _change(task_id: str, before: Standing, after: Standing, outings: _Outings) -> Change | None:
    if before == after:  # only its place in the file is another
        return None
    details = tuple(_details(before, after))
    kinds = tuple(_kinds(task_id, before, after, outings)) or ((ChangeKind.DETAILS,) if details else ())
    if not kinds:
        return None
    known = (after.rows or before.rows or after.left_out or before.left_out)[0]
    return Change(task_id, known.kind, known.offender_ref, kinds, before, after, details)


def _kinds(task_id: str, before: Standing, after: Standing, outings: _Outings) -> Iterator[ChangeKind]:
    if before.rows and not after.rows:
        yield ChangeKind.DROPPED
    elif after.rows and not before.rows:
        yield ChangeKind.ADDED
    else:
        if before.rows:
            yield from _moves(task_id, before, after, outings)
        if before.left_out and after.left_out and before.reasons != after.reasons:
            yield ChangeKind.REASON
        if bool(before.left_out) != bool(after.left_out):
            yield ChangeKind.LISTED


def _moves(task_id: str, before: Standing, after: Standing, outings: _Outings) -> Iterator[ChangeKind]:
    """What is different about a task that both rosters do."""
    is_other_crew = Counter(before.crew) != Counter(after.crew)
    if before.days != after.days:
        yield ChangeKind.DAY
    if is_other_crew:
        yield ChangeKind.CREW
    if not is_other_crew and [row.crew for row in before.rows] != [row.crew for row in after.rows]:
        yield ChangeKind.LEAD
    if before.days == after.days and _times(before) != _times(after):
        yield ChangeKind.TIME
    if before.days == after.days and not is_other_crew:
        if outings.is_another(task_id):
            yield ChangeKind.OUTING
        elif task_id in outings.reordered:
            yield ChangeKind.ORDER


def _times(standing: Standing) -> list[tuple[int, int]]:
    return [(row.start, row.end) for row in standing.rows]


NOT_DETAILS = frozenset({"task_id", "start", "end", "crew", "reason"})


def _details(before: Standing, after: Standing) -> Iterator[str]:
    """Other columns that differ between two lists of rows that can be compared one by one."""
    for was, now in ((before.rows, after.rows), (before.left_out, after.left_out)):
        if was and now:
            names = [field.name for field in fields(was[0]) if field.name not in NOT_DETAILS]
            yield from (
                name for name in names if [getattr(row, name) for row in was] != [getattr(row, name) for row in now]
            )


class _Outings:
    """Which outing of one roster is which of the other, whatever their names: the two that share most tasks."""

    def __init__(self, before: Roster, after: Roster) -> None:
        self._was, self._now = _outing_of(before), _outing_of(after)
        self._stops = _stops(before), _stops(after)
        shared = Counter((self._was[task], self._now[task]) for task in self._was.keys() & self._now.keys())
        self._partner = _pairs(shared)
        self.reordered = frozenset(self._reordered())

    def is_another(self, task_id: str) -> bool:
        """Whether a task is in one outing before, and not in the same one after."""
        was, now = self._was.get(task_id), self._now.get(task_id)
        return (was is None) != (now is None) or (was is not None and self._partner.get(was) != now)

    def _reordered(self) -> Iterator[str]:
        """Tasks that are not the first, second, ... of those that stay in their outing as before."""
        for was, now in self._partner.items():
            first, second = self._stops[0][was], self._stops[1][now]
            kept = set(first) & set(second)
            pairs = zip((t for t in first if t in kept), (t for t in second if t in kept), strict=True)
            yield from (task for one, other in pairs if one != other for task in (one, other))


Outing = tuple[date, str, frozenset[str]]


def _outing_of(roster: Roster) -> dict[str, Outing]:
    return {task: outing for outing, stops in _stops(roster).items() for task in stops}


def _stops(roster: Roster) -> Mapping[Outing, tuple[str, ...]]:
    """Tasks of each outing in order; like a check, by day, name and crew."""
    groups: dict[Outing, list[Assignment]] = defaultdict(list)
    for row in roster.assignments:
        if row.kind.is_field and not row.done_with:
            groups[row.day, row.outing, frozenset(row.crew)].append(row)
    ordered = {outing: sorted(rows, key=lambda r: (r.start, r.position, r.task_id)) for outing, rows in groups.items()}
    return {outing: tuple(dict.fromkeys(row.task_id for row in rows)) for outing, rows in ordered.items()}


def _pairs(shared: Mapping[tuple[Outing, Outing], int]) -> dict[Outing, Outing]:
    """Each outing with at most one other, the two that share most tasks first."""
    partner: dict[Outing, Outing] = {}
    taken: set[Outing] = set()
    for (was, now), _ in sorted(shared.items(), key=lambda item: (-item[1], _name(item[0][0]), _name(item[0][1]))):
        if was not in partner and now not in taken:
            partner[was] = now
            taken.add(now)
    return partner


def _name(outing: Outing) -> tuple[date, str, list[str]]:
    day, name, crew = outing
    return day, name, sorted(crew)


def by_officer(changes: Iterable[Change]) -> dict[str, tuple[Change, ...]]:
    """What is different for each officer, officers in order."""
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for officer in change.officers:
            groups[officer].append(change)
    return {officer: tuple(groups[officer]) for officer in sorted(groups)}


def by_day(changes: Iterable[Change]) -> dict[date, tuple[Change, ...]]:
    """What is different on each day, days in order."""
    groups: dict[date, list[Change]] = defaultdict(list)
    for change in changes:
        for day in change.days:
            groups[day].append(change)
    return {day: tuple(groups[day]) for day in sorted(groups)}
