"""What was told now, held against the published roster: outcomes get their day, and what cannot be is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from offender_mgmt.errors import UsageError
from offender_mgmt.planning.again import Before, Replan
from offender_mgmt.register.disruptions import Told, named, outcomes
from offender_mgmt.register.told_texts import Word, read_date
from offender_mgmt.roster.frozen import frozen_rows
from offender_mgmt.roster.roster import Roster


def with_days(texts: Sequence[str], published: Roster, before: Before) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts, each outcome with the day on which the roster has the work; and a line for each that cannot be."""
    begun = {row.task_id: row for row in frozen_rows(published.assignments, before.moment)}
    begun |= {row.task_id: row for row in published.assignments if row.task_id in before.kept}
    days = {row.task_id: row.day for row in begun.values() if not row.done_with}
    known = {row.task_id: row.done_with for row in published.assignments}
    found, faults, ids = [], [], set[str]()
    for text in texts:
        try:
            told = next(iter(outcomes([text])), None)
            _refuse_outside(text, published)
            found.append(text if told is None else replace(told, day=_day(told, known, days, ids)).text)
        except UsageError as fault:
            faults.append(str(fault))
    return tuple(found), tuple(faults)


def _refuse_outside(text: str, published: Roster) -> None:
    """Refuse an urgent visit by a day of another week."""
    word, _, rest = text.partition(" ")
    if word == Word.ADD and read_date(Word.ADD, rest.partition(":")[2]) not in published.horizon:
        raise UsageError(f"--{Word.ADD}: the day is not in {published.horizon.name}.")


def _day(told: Told, known: Mapping[str, str], days: Mapping[str, date], ids: set[str]) -> date:
    """The day on which work that was told of is in the roster."""
    day = days.get(told.task_id)
    if told.task_id not in known:
        raise UsageError(f"--{Word.OUTCOME}: the roster has no such task.")
    if known[told.task_id]:
        raise UsageError(f"--{Word.OUTCOME}: the work is done in other work's time. Maybe: tell how that ended.")
    if day is None:
        raise UsageError(f"--{Word.OUTCOME}: the work had not begun. Maybe: a later --freeze-before.")
    if told.day not in (None, day):
        raise UsageError(f"--{Word.OUTCOME}: the roster has the work on another day.")
    if told.task_id in ids:
        raise UsageError(f"--{Word.OUTCOME}: two results of one task.")
    ids.add(told.task_id)
    return day


def refuse_visited(again: Replan, news: Sequence[str]) -> None:
    """Refuse an urgent visit to somebody who has been visited this week: one visit a week is made.

    Raises
    ------
    UsageError
        In one line.
    """
    visited = {row.offender_ref for row in again.replanned.frozen or () if row.kind.is_field}
    if visited & set(named(news, Word.ADD)):
        raise UsageError(
            f"--{Word.ADD}: a visit to the nominal had begun this week. Maybe: tell its --outcome, or enter an event."
        )
