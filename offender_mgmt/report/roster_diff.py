"""What changed between two rosters, in words: task by task, officer by officer, day by day, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from offender_mgmt import measures
from offender_mgmt.calendars import clock_text
from offender_mgmt.report.levels import Level, level_lines, verdict
from offender_mgmt.report.table import counted_words, heading, hours, table, wrapped
from offender_mgmt.roster.changes import Change, ChangeKind, Standing, by_day, by_officer
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.roster.rows import NEXT

TITLES: dict[ChangeKind, str] = {
    ChangeKind.DROPPED: "Dropped",
    ChangeKind.ADDED: "Added",
    ChangeKind.DAY: "Moved to another day",
    ChangeKind.CREW: "Another crew",
    ChangeKind.LEAD: "The same crew, other seats",
    ChangeKind.TIME: "Another time of the same day",
    ChangeKind.OUTING: "Another outing",
    ChangeKind.ORDER: "Another place in the outing",
    ChangeKind.REASON: "Left out for another reason",
    ChangeKind.LISTED: "Left out in one, not mentioned in the other",
    ChangeKind.DETAILS: "Only other columns differ",
}
COUNTED_ONLY = frozenset({ChangeKind.LISTED, ChangeKind.DETAILS})
"""Nobody's day is another for these: on a screen they are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that is told of two rosters.

    Parameters
    ----------
    names
        What to call the two.
    title
        Week and team.
    notes
        Sentences on how far the two can be compared.
    """

    marking: str
    title: str
    names: tuple[str, str]
    before: Roster
    after: Roster
    changes: tuple[Change, ...]
    levels: tuple[Level, ...]
    notes: tuple[str, ...] = ()


def diff_lines(found: Comparison) -> Iterator[str]:
    """Everything, at most 80 columns wide."""
    yield from _head(found)
    yield from _counts(found)
    if not found.changes:
        return
    yield from heading("What it did to bands and aims, each strictly before the next")
    yield from wrapped(verdict(found.levels, "the first roster", "the second roster"), indent="")
    yield from level_lines(found.levels, "first", "second")
    yield from change_lines(found.changes, is_short=True)
    if any(change.officers for change in found.changes):
        yield from _officers(found)
        yield from _days(found)


def diff_lines_of(found: Comparison, officer: str | None, day: date | None) -> Iterator[str]:
    """What is different for one officer, on one day, or for one officer on one day."""
    changes = [
        change
        for change in found.changes
        if officer in (None, *change.officers) and (day is None or day in change.days)
    ]
    whom = [f"for {officer}"] if officer else []
    when = [f"on {day:%a %d %b}"] if day else []
    yield from _head(found)
    words = " ".join([counted_words(len(changes), "task is", "tasks are"), "different", *whom, *when])
    yield f"{words}{':' if changes else '.'}"
    yield from change_lines(changes)


def _head(found: Comparison) -> Iterator[str]:
    yield found.marking
    yield from wrapped(f"What changed between two rosters of {found.title}")
    yield f"  first:  {found.names[0]}"
    yield f"  second: {found.names[1]}"
    for note in found.notes:
        yield from wrapped(note)
    yield ""


def _counts(found: Comparison) -> Iterator[str]:
    """How many tasks are different, and in which way."""
    both = measures.assigned_ids(found.before) & measures.assigned_ids(found.after)
    kept = len(both - {change.task_id for change in found.changes if change.main not in COUNTED_ONLY})
    if not found.changes:
        yield from wrapped(f"Nothing changed: all {len(both):,} tasks are as they were.", indent="")
        return
    rows = []
    for kind in ChangeKind:
        changes = [change for change in found.changes if change.main is kind]
        visits = sum(change.kind.is_field for change in changes)
        if changes:
            rows.append((TITLES[kind].lower(), f"{visits:,}", f"{len(changes) - visits:,}"))
    yield from table(("", "visits", "other work"), rows, right=(1, 2))
    yield ""
    yield from wrapped(f"{counted_words(kept, 'task keeps', 'tasks keep')} day, time, crew and outing.", indent="")


def change_lines(changes: Iterable[Change], *, is_short: bool = False) -> Iterator[str]:
    """Each task under the weightiest thing that is different about it; visits first.

    Parameters
    ----------
    is_short
        Whether what goes with a visit (check, entry, write-up) is counted only, if something of the visit is told.
    """
    told = list(changes)
    visited = {c.offender_ref for c in told if is_short and c.kind.is_field and c.main not in COUNTED_ONLY}
    for kind in ChangeKind:
        of_kind = sorted((change for change in told if change.main is kind), key=lambda c: not c.kind.is_field)
        if of_kind and kind not in COUNTED_ONLY:
            yield from heading(f"{TITLES[kind]} ({len(of_kind):,})")
            followers = [c for c in of_kind if c.offender_ref in visited and c.task_id.endswith(NEXT)]
            for change in of_kind:
                if change not in followers:
                    yield from _change(change)
            if followers:
                words = counted_words(len(followers), "task that goes", "tasks that go")
                yield f"{'And ' if len(followers) < len(of_kind) else ''}{words} with a visit."


def _change(change: Change) -> Iterator[str]:
    """Two lines that stand under each other: as it was, as it is."""
    name = f"{change.task_id:<22}"
    shows_outing = change.main in (ChangeKind.OUTING, ChangeKind.ORDER)
    yield from wrapped(f"{name}  {_stands(change.before, shows_outing)}", indent=" " * 26)
    yield from wrapped(f"{'->':>22}  {_stands(change.after, shows_outing)}", indent=" " * 26)


def _stands(standing: Standing, shows_outing: bool) -> str:
    if standing.rows:
        return "; ".join(_row(row, shows_outing) for row in standing.rows)
    if not standing.left_out:
        return "not in the roster"
    reasons = (f"left out ({row.reason}): {row.explanation}".removesuffix(": ") for row in standing.left_out)
    return "; ".join(reasons)


def _row(row: Assignment, shows_outing: bool) -> str:
    stop = f"  stop {row.position} of {row.outing}" if shows_outing and row.outing else ""
    return f"{_day(row.day)} {clock_text(row.start)}-{clock_text(row.end)}  {' '.join(row.crew)}{stop}"


def _day(day: date) -> str:
    return f"{day:%a %d %b}"


def _officers(found: Comparison) -> Iterator[str]:
    yield from heading("By officer")
    was, now = measures.work_minutes(found.before), measures.work_minutes(found.after)
    rows = []
    for officer, changes in by_officer(c for c in found.changes if c.officers).items():
        visits = (_visits(roster, officer) for roster in (found.before, found.after))
        gets = sum(officer not in change.before.crew for change in changes)
        gives = sum(officer not in change.after.crew for change in changes)
        counts = (gets, gives, len(changes) - gets - gives)
        work = (hours(minutes.get(officer, 0)) for minutes in (was, now))
        rows.append((officer, *(f"{n:,}" for n in visits), *work, *(f"{n:,}" for n in counts)))
    yield from table(("officer", *_OF_BOTH, "gets", "gives up", "keeps, changed"), rows, right=range(1, 8))
    yield from wrapped("Work without travel. One officer's changes, all of them: --officer REF", indent="")


_OF_BOTH = ("visits", "now", "work", "now")


def _visits(roster: Roster, officer: str) -> int:
    return sum(officer in row.crew for row in measures.outing_rows(roster))


def _days(found: Comparison) -> Iterator[str]:
    yield from heading("By day")
    rows = []
    for day, changes in by_day(found.changes).items():
        visits = (sum(row.day == day for row in measures.outing_rows(r)) for r in (found.before, found.after))
        comes = sum(day not in change.before.days for change in changes)
        goes = sum(day not in change.after.days for change in changes)
        counts = (comes, goes, len(changes) - comes - goes)
        rows.append((_day(day), *(f"{n:,}" for n in visits), *(f"{n:,}" for n in counts)))
    yield from table(("day", "visits", "now", "comes", "goes", "stays, changed"), rows, right=range(1, 6))
    yield from wrapped("One day's changes, all of them: --day DATE", indent="")


__all__ = ["TITLES", "Comparison", "change_lines", "diff_lines", "diff_lines_of"]
