"""Which decision puts a task off, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from offender_mgmt.calendars import Horizon
from offender_mgmt.due.facts import ONE_DAY
from offender_mgmt.register.records import Deferral
from offender_mgmt.vocabulary import TaskKind


def deferral_in_force(
    kind: TaskKind, clock_start: date, deferrals: Iterable[Deferral], horizon: Horizon
) -> Deferral | None:
    """The last decision on this kind of task since its clock started, unless it has run out."""
    first_day = horizon.first_day
    decisions = [d for d in deferrals if d.task_kind is kind and clock_start <= d.decided_on < first_day]
    if not decisions:
        return None
    last = decisions[-1]
    return last if last.until is None or last.until >= first_day else None


def released_after(deferral: Deferral | None, release_date: date, horizon: Horizon) -> date:
    """The release date, moved to the day after a deferral that ends inside the horizon."""
    if deferral is None or deferral.until is None or deferral.until > horizon.last_day:
        return release_date
    return max(release_date, deferral.until + ONE_DAY)
