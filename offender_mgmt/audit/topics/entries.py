"""Attempts that were entered on the record late or not at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

import numpy as np
import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.places import attempt_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.calendars import WorkingDays
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Assessment, Visit
from offender_mgmt.vocabulary import AssessmentKind

LONGEST_HOLIDAY = timedelta(days=14)
"""Calendar days that surely hold a working day."""
NEVER = -1


class _Calendar:
    """Working days as numbers, so that many attempts are asked about at once."""

    def __init__(self, policy: Policy, first: date, last: date) -> None:
        duty = policy.duty
        days = WorkingDays(frozenset(duty.extra_bank_holidays), frozenset(duty.removed_bank_holidays))
        ahead = policy.assessments.record_entry_working_days * LONGEST_HOLIDAY
        span = range(first.toordinal(), (last + ahead).toordinal() + 1)
        self._working = np.array([n for n in span if days.is_working_day(date.fromordinal(n))], dtype=np.int64)

    def after(self, days: np.ndarray, number: int) -> np.ndarray:
        """The so manyth working day after each of these days."""
        found: np.ndarray = self._working[np.searchsorted(self._working, days, side="right") + number - 1]
        return found

    def between(self, days: np.ndarray, later: np.ndarray) -> np.ndarray:
        """Working days after each day, up to and with the later one."""
        upto, since = (np.searchsorted(self._working, each, side="right") for each in (later, days))
        return upto - since


class _Entries(NamedTuple):
    """The attempts of the period: when made, when an entry was due, when it was made (``NEVER`` if not)."""

    attempts: tuple[Visit, ...]
    due: np.ndarray
    made: np.ndarray
    took: np.ndarray


def _entries(context: Context) -> _Entries:
    attempts = context.attempts
    days = np.array([v.date.toordinal() for v in attempts], dtype=np.int64)
    entered = _entry_days(context)
    made = np.array([_first_from(entered.get(v.offender_ref, []), v.date) for v in attempts], dtype=np.int64)
    if not attempts:
        return _Entries(attempts, days, made, made)
    calendar = _Calendar(context.policy, attempts[0].date, context.day)
    due = calendar.after(days, context.policy.assessments.record_entry_working_days)
    return _Entries(attempts, due, made, calendar.between(days, made))


def _entry_days(context: Context) -> Mapping[str, list[date]]:
    """Days of record entries in the period, oldest first, by nominal with an attempt in it."""
    assessments_of = context.now.register.assessments_of
    refs = {v.offender_ref for v in context.attempts}
    return {ref: _entries_since(context.period_from, assessments_of.get(ref, ())) for ref in refs}


def _entries_since(day: date, oldest_first: Sequence[Assessment]) -> list[date]:
    """Days of the record entries on a day or later, oldest first."""
    since = takewhile(lambda a: a.date >= day, reversed(oldest_first))
    return [a.date for a in since if a.kind is AssessmentKind.RECORD_ENTRY][::-1]


def _first_from(days: list[date], day: date) -> int:
    place = bisect_left(days, day)
    return days[place].toordinal() if place < len(days) else NEVER


def _entries_late(context: Context) -> pd.DataFrame:
    entries = _entries(context)
    done = entries.made != NEVER
    attempts = [v for v, was_made in zip(entries.attempts, done, strict=True) if was_made]
    counted = (entries.made > entries.due)[done]
    return attempt_members(context, attempts, counted=counted, value=entries.took[done].astype(np.float64))


def _entries_missing(context: Context) -> pd.DataFrame:
    entries = _entries(context)
    asked = entries.due <= context.day.toordinal()
    attempts = [v for v, is_asked in zip(entries.attempts, asked, strict=True) if is_asked]
    return attempt_members(context, attempts, counted=(entries.made == NEVER)[asked])


_ENTRY = (
    "Attempts dated in the period, whatever their outcome. The entry of an attempt is the nominal's first record entry"
    " on its day or later, up to the audit's day. Working days are Monday to Friday less the bank holidays of England"
    " as the policy mends them."
)

TOPICS = (
    Topic(
        name="entries-late",
        group=Group.QUALITY,
        title="Visits entered on the record late",
        population="attempts in the period that were entered",
        counted="the entry is later than assessments.record_entry_working_days working days after the attempt",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        value="working days from the attempt to its entry",
        unit="working days",
        definition=_ENTRY,
        members=_entries_late,
    ),
    Topic(
        name="entries-missing",
        group=Group.QUALITY,
        title="Visits not entered on the record",
        population="attempts in the period whose entry was to be made on the audit's day or before it",
        counted="no entry was made",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=_ENTRY,
        members=_entries_missing,
    ),
)
