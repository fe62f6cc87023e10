"""Proves again why each left-out task is left out."""

from __future__ import annotations

from offender_mgmt.checks.desk_room import DeskRoom
from offender_mgmt.checks.nominals import deferral_of, is_put_off
from offender_mgmt.checks.openings import Openings
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.due.task import Task
from offender_mgmt.register.records import Offender
from offender_mgmt.roster.reasons import REASONS

MUST_BE_SAID = frozenset({"deferred", "not_released", "goes_with_visit"})
"""Reasons that can be read off the register and the roster; where one holds, nothing else will do."""


def reasons_hold(week: Week) -> Findings:
    """Each reason is one of the known ones and true of its task; a task that the roster does anyway has none.

    *deferred*: the decision in force covers the whole week. *not_released*: the release date lies after the week.
    *goes_with_visit*: none of the task's visits is made. *no_qualified_crew*: of all crews of the needed size that
    the team can form, none fulfils size, skills, role, constable, conflict, pairing, base and driver.
    *no_crew_when_seen*: no such crew has, on a day the nominal may be seen, a common span of duty free of events
    that is long enough to go, visit inside the hours and return. *no_time_for_desk_work*: one has, but the check
    before it, the entry after it or the write-up has no room then. *no_qualified_officer*, *no_time_on_duty*: the
    same of desk work by itself. *crews_full*: the contrary of all these. *not_placed* claims nothing: it will do
    unless one of the first three holds.

    Where it depends on the reading, each reason that one of them allows holds: whether a break or the rest before
    a tour stands in the way, and how far from its visit the desk work may lie (:mod:`offender_mgmt.checks.desk_room`).
    """
    openings = Openings(week)
    for row in week.roster.unassigned:
        task = week.due.task(row.task_id)
        offender = week.register.offender_by_ref.get(task.offender_ref) if task else None
        if task is None or offender is None:
            continue
        if row.reason not in REASONS:
            yield (row.task_id,), f"{row.task_id} is left out for a reason that does not exist."
            continue
        true = true_reasons(openings, task, offender)
        if row.reason not in true and not (row.reason == "not_placed" and true and not true & MUST_BE_SAID):
            instead = f"true would be: {', '.join(sorted(true))}" if true else "the roster does it in other work's time"
            yield (row.task_id, row.reason), f"{row.task_id} is not left out for this reason; {instead}."


def true_reasons(openings: Openings, task: Task, offender: Offender) -> frozenset[str]:
    """Reasons that are true of a task left out; none if other work of the roster does it too."""
    week = openings.week
    decision = deferral_of(week, task)
    reasons = set()
    if decision and is_put_off(decision, week.horizon.last_day):
        reasons.add("deferred")
    if task.release_date > week.horizon.last_day:
        reasons.add("not_released")
    if task.is_companion and not any(week.visited(visit) for visit in task.goes_with):
        reasons.add("goes_with_visit")
    if reasons:
        return frozenset(reasons)
    if is_done_anyway(week, task):
        return frozenset()
    if task.kind.is_field:
        return _of_visit(openings, task, offender)
    return _of_desk_work(openings, task, offender)


def is_done_anyway(week: Week, task: Task) -> bool:
    """Whether a visit of the roster or a fixed event does this task too."""
    return any(host in week.stop_ids or host in week.events for host in task.satisfied_by)


def _of_visit(openings: Openings, task: Task, offender: Offender) -> frozenset[str]:
    if not openings.crews(task, offender):
        return frozenset({"no_qualified_crew"})
    room = DeskRoom(openings, task, offender)
    if room.fits_tightly():
        return frozenset({"crews_full"})
    if not openings.visit_fits(task, offender, strict=False):
        return frozenset({"no_crew_when_seen"})
    reasons = {"no_time_for_desk_work"}
    if not openings.visit_fits(task, offender, strict=True):
        reasons.add("no_crew_when_seen")
    if room.fits_generously():
        reasons.add("crews_full")
    return frozenset(reasons)


def _of_desk_work(openings: Openings, task: Task, offender: Offender) -> frozenset[str]:
    if not openings.officers(task, offender):
        return frozenset({"no_qualified_officer"})
    if openings.desk_fits(task, offender, strict=True):
        return frozenset({"crews_full"})
    if openings.desk_fits(task, offender, strict=False):
        return frozenset({"crews_full", "no_time_on_duty"})
    return frozenset({"no_time_on_duty"})
