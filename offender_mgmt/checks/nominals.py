"""Rules of when a nominal may be seen and a task may be done."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from offender_mgmt.calendars import moment
from offender_mgmt.checks.spans import Span
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.due.task import Task
from offender_mgmt.register.records import Deferral, Offender
from offender_mgmt.vocabulary import CommunityStatus


def offender_available(week: Week) -> Findings:
    """On the day of a visit the nominal is in the community, or was away until a day before it."""
    for row in week.stops:
        offender = week.offender(row)
        if offender and not is_available(offender, row.day):
            sentence = f"The nominal of {row.task_id} is {offender.community_status.value} on {row.day}."
            yield (row.task_id, offender.offender_ref), sentence


def visiting_hours(week: Week) -> Findings:
    """A visit lies inside the nominal's visiting hours of that weekday.

    Blank hours mean policy's hours on any day; hours on some weekdays only mean that the others are none.
    """
    for row in week.stops:
        offender = week.offender(row)
        hours = visiting_spans(week, offender, row.day) if offender else ()
        if offender and not any(span.holds(Span(row.start, row.end)) for span in hours):
            yield (row.task_id, offender.offender_ref), f"{row.task_id} lies outside the nominal's visiting hours."


def not_before_release(week: Week) -> Findings:
    """Work starts no earlier than the task's release date; a fixed event that does a visit is not moved by it."""
    for row in week.worked_rows:
        task = week.due.task(row.task_id)
        if task and row.day < task.release_date:
            yield (row.task_id,), f"{row.task_id} is done on {row.day}, before {task.release_date}."


def not_while_deferred(week: Week) -> Findings:
    """No work on a task lies on a day for which the last decision on it, since its clock started, puts it off."""
    for row in week.worked_rows:
        task = week.due.task(row.task_id)
        decision = deferral_of(week, task) if task else None
        if decision and is_put_off(decision, row.day):
            until = f"until {decision.until}" if decision.until else "altogether"
            yield (row.task_id,), f"{row.task_id} is done on {row.day} though put off {until}."


def not_after_asked(week: Week) -> Findings:
    """A visit that somebody asked for is made by that day; a fixed event that does it is not moved by it."""
    for row in (*week.stops, *(row for row in week.rows if row.done_with and row.done_with not in week.events)):
        task = week.due.task(row.task_id)
        if task and task.not_after is not None and row.day > task.not_after:
            yield (row.task_id,), f"{row.task_id} is made on {row.day}, and was asked for by {task.not_after}."


def one_visit_per_nominal(week: Week) -> Findings:
    """A nominal is called on by at most one stop of the week."""
    visits: dict[str, list[str]] = defaultdict(list)
    for row in week.stops:
        if offender := week.offender(row):
            visits[offender.offender_ref].append(row.task_id)
    for ref, task_ids in visits.items():
        if len(task_ids) > 1:
            yield (ref, *sorted(task_ids)), f"The nominal is visited {len(task_ids)} times."


def is_available(offender: Offender, day: date) -> bool:
    """Whether a nominal is in the community on a day, as far as is known."""
    if offender.community_status is CommunityStatus.COMMUNITY:
        return True
    return offender.status_until is not None and offender.status_until < day


def visiting_spans(week: Week, offender: Offender, day: date) -> tuple[Span, ...]:
    """When a nominal can be seen on a day; spans that touch are one."""
    policy = week.policy.visits
    if offender.visiting_hours:
        hours = sorted((start, end) for weekday, start, end in offender.visiting_hours if weekday == day.weekday())
    else:
        hours = [(policy.hours_from, policy.hours_to)]
    spans: list[Span] = []
    for start, end in hours:
        span = Span(moment(day, start), moment(day, end))
        if spans and span.start <= spans[-1].end:
            span = Span(spans[-1].start, max(span.end, spans.pop().end))
        spans.append(span)
    return tuple(spans)


def deferral_of(week: Week, task: Task) -> Deferral | None:
    """The decision in force on a task: the last one on this kind and nominal, made before the week and since its clock.

    A task that goes with a visit is put off with its visit, not by itself.
    """
    if task.is_companion:
        return task.deferral
    decisions = [
        decision
        for decision in week.register.deferrals_of.get(task.offender_ref, ())
        if decision.task_kind is task.kind and task.clock_start <= decision.decided_on < week.horizon.first_day
    ]
    return decisions[-1] if decisions and is_put_off(decisions[-1], week.horizon.first_day) else None


def is_put_off(decision: Deferral, day: date) -> bool:
    """Whether a decision covers a day; one without an end covers all."""
    return decision.until is None or decision.until >= day


def may_be_done(week: Week, task: Task, day: date) -> bool:
    """Whether a day is not before the task's release, nor put off by a decision, nor after the day asked for."""
    if task.not_after is not None and day > task.not_after:
        return False
    decision = deferral_of(week, task)
    return task.release_date <= day and not (decision and is_put_off(decision, day))
