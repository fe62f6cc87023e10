"""Whether a week that was planned again keeps what had begun, to the minute."""

from __future__ import annotations

from offender_mgmt.calendars import clock_text
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.roster.frozen import Mark, Replanned, mark_of


def frozen_kept(week: Week) -> Findings:
    """All that had begun before the moment is in the roster as published: task, time, crew, outing and place in it.

    Nothing else begins before that moment. Where it was not recorded what had begun, nothing can be compared.
    """
    before = _marks(week.replanned)
    if week.replanned is None or before is None:
        return
    now = {mark_of(row) for row in week.roster.assignments}
    for task_id, _ in sorted(before - now):
        yield (task_id,), f"{task_id} had begun, and does not stand in the roster as it was published."
    for row in week.roster.assignments:
        if id(row) in week.begun and mark_of(row) not in before:
            moment = clock_text(week.replanned.freeze_before)
            yield (row.task_id,), f"{row.task_id} is new and begins before {moment}, from when on the week is planned."


def _marks(replanned: Replanned | None) -> frozenset[Mark] | None:
    if replanned is None or replanned.frozen is None:
        return replanned.marks if replanned else None
    return frozenset(map(mark_of, replanned.frozen))
