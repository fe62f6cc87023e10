"""Whether a week that was planned again keeps what had begun, to the minute."""

from __future__ import annotations

from offender_mgmt.calendars import clock_text
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.roster.roster import Assignment


def frozen_kept(week: Week) -> Findings:
    """All that had begun before the moment is in the roster as published: task, time, crew, outing and place in it.

    Nothing else begins before that moment. Where the published roster is not known, nothing can be compared.
    """
    if week.replanned is None or week.replanned.frozen is None:
        return
    now = {_what_stays(row) for row in week.roster.assignments}
    before = {_what_stays(row) for row in week.replanned.frozen}
    for row in week.replanned.frozen:
        if _what_stays(row) not in now:
            yield (row.task_id,), f"{row.task_id} had begun, and does not stand in the roster as it was published."
    for row in week.roster.assignments:
        if id(row) in week.begun and _what_stays(row) not in before:
            moment = clock_text(week.replanned.freeze_before)
            yield (row.task_id,), f"{row.task_id} is new and begins before {moment}, from when on the week is planned."


def _what_stays(row: Assignment) -> tuple[object, ...]:
    return row.task_id, row.start, row.end, row.crew, row.outing, row.position, row.part, row.done_with
