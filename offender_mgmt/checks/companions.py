"""Rules of work that goes with a visit, and of the minutes that work takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from offender_mgmt.calendars import WorkingDays, local_day
from offender_mgmt.checks.needs import has_skills_of_one, lacks_skill_of_each, needs_of
from offender_mgmt.checks.spans import Span, event_span
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Finding, Findings
from offender_mgmt.register.records import Offender
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.vocabulary import AssessmentKind, TaskKind


def write_up_follows_interview(week: Week) -> Findings:
    """Each ARMS interview has its write-up in the week, by an ARMS officer of its crew, after the outing is back."""
    for row, offender in _visits(week):
        if week.kind(row) is TaskKind.ARMS_INTERVIEW:
            written = week.rows_of.get(companion_id(TaskKind.ARMS_WRITE_UP, offender), ())
            if not written:
                yield (row.task_id,), f"{row.task_id} has no write-up."
            for part in written:
                yield from _write_up_findings(week, row, offender, part)
    yield from _without_visit(week, TaskKind.ARMS_WRITE_UP)


def _write_up_findings(week: Week, interview: Assignment, offender: Offender, part: Assignment) -> Iterator[Finding]:
    refs = (part.task_id, interview.task_id)
    if part.start < week.outing_of[id(interview)].span.end:
        yield refs, f"{part.task_id} starts before the outing of its interview is back."
    if not set(part.crew) <= set(interview.crew):
        yield refs, f"{part.task_id} is written by somebody who was not at the interview."
    needs = needs_of(week, TaskKind.ARMS_WRITE_UP, offender)
    writers = week.officers(part.crew, part.start)
    if not has_skills_of_one(writers, needs) or any(lacks_skill_of_each(writer, needs) for writer in writers):
        yield refs, f"{part.task_id} is written by somebody without the skill."


def intelligence_check_before_visit(week: Week) -> Findings:
    """A visit has a check that is over before the crew leaves and not older than policy allows on the visit's day.

    The check is one of the register, or one of the roster; where one is due with the visit it must be in the roster.
    """
    for row, offender in _visits(week):
        rows = week.rows_of.get(companion_id(TaskKind.INTELLIGENCE_CHECK, offender), ())
        leave = week.outing_of[id(row)].span.start
        for check in rows:
            if check.end > leave:
                yield (check.task_id, row.task_id), f"{check.task_id} is not over when the crew leaves."
        is_due = bool(week.companions(row.task_id, TaskKind.INTELLIGENCE_CHECK))
        days = [check.day for check in rows] + _checks_made(week, offender)
        if is_due and not rows:
            yield (row.task_id,), f"{row.task_id} has no intelligence check in the roster."
        elif not any(is_still_valid(week, day, row.day) for day in days):
            yield (row.task_id,), f"{row.task_id} has no intelligence check that is valid on {row.day}."
    yield from _without_visit(week, TaskKind.INTELLIGENCE_CHECK)


def _checks_made(week: Week, offender: Offender) -> list[date]:
    done = week.register.assessments_of.get(offender.offender_ref, ())
    kind, first_day = AssessmentKind.INTELLIGENCE_CHECK, week.horizon.first_day
    return [check.date for check in done if check.kind is kind and check.date < first_day]


def is_still_valid(week: Week, checked: date, visited: date) -> bool:
    """Whether an intelligence check of one day holds for a visit on another."""
    valid = timedelta(days=week.policy.assessments.intelligence_check_valid_days)
    return timedelta(0) <= visited - checked <= valid


def record_entry_after_visit(week: Week) -> Findings:
    """Each visit has its entry by an officer of its crew, after the visit, within the working days of policy."""
    for row, offender in _visits(week):
        entries = week.rows_of.get(companion_id(TaskKind.RECORD_ENTRY, offender), ())
        last_day = entry_deadline(week, row.day)
        if not entries:
            yield (row.task_id,), f"{row.task_id} has no entry on the record."
        for entry in entries:
            refs = (entry.task_id, row.task_id)
            if entry.start < row.end:
                yield refs, f"{entry.task_id} starts before the visit is over."
            if entry.day > last_day:
                yield refs, f"{entry.task_id} is made after {last_day}."
            if not set(entry.crew) <= set(row.crew):
                yield refs, f"{entry.task_id} is made by somebody who was not at the visit."
    yield from _without_visit(week, TaskKind.RECORD_ENTRY)


def entry_deadline(week: Week, visited: date) -> date:
    """Last day on which a visit of a day may be entered on the record."""
    duty = week.policy.duty
    working_days = WorkingDays(frozenset(duty.extra_bank_holidays), frozenset(duty.removed_bank_holidays))
    return working_days.add(visited, week.policy.assessments.record_entry_working_days)


def full_minutes(week: Week) -> Findings:
    """Visits and desk work have the minutes of policy; parts of desk work are one officer's, on one day, labelled k/n.

    A task done in another's time takes exactly the time of a task that does it too.
    """
    for task_id, rows in week.rows_of.items():
        own = [row for row in rows if not row.done_with and week.kind(row) is not TaskKind.FIXED_EVENT]
        for row in own if week.kind(rows[0]).is_field else ():
            yield from _minutes_findings(week, task_id, [row])
        if own and not week.kind(rows[0]).is_field:
            yield from _minutes_findings(week, task_id, own)
            yield from _parts_findings(task_id, own)
        for row in rows:
            if row.done_with and not _is_done_with(week, row):
                yield (task_id, row.done_with), f"{task_id} is not done in the time of {row.done_with}."


def _minutes_findings(week: Week, task_id: str, rows: list[Assignment]) -> Iterator[Finding]:
    needed = week.policy.durations.minutes[week.kind(rows[0])]
    minutes = sum(row.minutes for row in rows)
    if minutes != needed or any(row.minutes <= 0 for row in rows):
        yield (task_id,), f"{task_id} has {minutes} minute(s); policy gives it {needed}."


def _parts_findings(task_id: str, rows: list[Assignment]) -> Iterator[Finding]:
    if len({row.crew for row in rows}) > 1:
        yield (task_id,), f"The parts of {task_id} are done by different officers."
    if len({day for row in rows for day in (row.day, local_day(row.end - 1))}) > 1:
        yield (task_id,), f"{task_id} is done on more than one day."
    labels = [row.part for row in rows]
    count = len(rows)
    if labels != [f"{k}/{count}" for k in range(1, count + 1)] and labels != [""]:
        yield (task_id,), f"The parts of {task_id} are not labelled 1/{count} to {count}/{count} in order of time."


def _is_done_with(week: Week, row: Assignment) -> bool:
    task = week.due.task(row.task_id)
    if task is None or row.done_with not in task.satisfied_by:
        return False
    if event := week.events.get(row.done_with):
        return (row.start, row.end) == event_span(event)
    hosts = [host for host in week.rows_of.get(row.done_with, ()) if not host.done_with]
    return any(Span(row.start, row.end) == Span(host.start, host.end) for host in hosts)


def _visits(week: Week) -> Iterator[tuple[Assignment, Offender]]:
    for row in week.stops:
        offender = week.offender(row)
        if offender:
            yield row, offender


def companion_id(kind: TaskKind, offender: Offender) -> str:
    """Id of the task of a kind that goes with whichever visit is made to a nominal."""
    return f"{kind.code}-{offender.offender_ref}-NEXT"


def _without_visit(week: Week, kind: TaskKind) -> Iterator[Finding]:
    """Companions in the roster none of whose visits is made."""
    for row in week.desk_rows:
        task = week.due.task(row.task_id)
        if task and task.kind is kind and task.is_companion and not any(map(week.visited, task.goes_with)):
            yield (row.task_id,), f"{row.task_id} goes with a visit that is not made."
