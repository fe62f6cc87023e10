"""What makes a roster a roster: known names, the right week, each task once, figures that agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Finding, Findings
from offender_mgmt.due.task import Task
from offender_mgmt.measures import band_figures
from offender_mgmt.roster.roster import Assignment, BandFigures, Unassigned


def known_references(week: Week) -> Findings:
    """Every task is due, every fixed event given, every officer and nominal in the register.

    A fixed event may be about a nominal of another team, who is not in the register of one team alone.
    """
    known = {task.task_id for task in week.due.tasks} | set(week.events)
    named = [row.task_id for row in week.all_rows]
    named += [row.done_with for row in week.roster.assignments if row.done_with]
    for task_id in sorted(set(named) - known):
        yield (task_id,), f"{task_id} is not due and no fixed event."
    officers = {officer for row in week.roster.assignments for officer in row.crew}
    for officer in sorted(officers - set(week.register.officer_by_id)):
        yield (officer,), f"{officer} is not among the officers."
    given = {(task_id, event.offender_ref) for task_id, event in week.events.items()}
    rows = [row for row in week.all_rows if (row.task_id, row.offender_ref) not in given]
    refs = {row.offender_ref for row in rows if row.offender_ref}
    for ref in sorted(refs - set(week.register.offender_by_ref)):
        yield (ref,), f"{ref} is not on the register."


def within_week(week: Week) -> Findings:
    """The roster is for the week of the due list, and every row starts on a day of it."""
    if week.roster.horizon != week.horizon:
        yield (), f"The roster is not for {week.horizon.name}."
    for row in week.strays:
        yield (row.task_id,), f"{row.task_id} lies far outside the week."
    for row in week.rows:
        if row.day not in week.horizon:
            yield (row.task_id,), f"{row.task_id} lies on {row.day}, outside the week."


def each_task_once(week: Week) -> Findings:
    """A task has one row (desk work in parts: one row for each part) and is not left out as well."""
    assigned = Counter(row.task_id for row in week.roster.assignments)
    left_out = Counter(row.task_id for row in week.roster.unassigned)
    for task_id, count in sorted(assigned.items()):
        parts = [row.part for row in week.roster.assignments if row.task_id == task_id] if count > 1 else []
        if count > 1 and not (week.is_desk_task(task_id) and all(parts) and len(set(parts)) == count):
            yield (task_id,), f"{task_id} stands {count} times in the roster."
    for task_id, count in sorted(left_out.items()):
        if count > 1:
            yield (task_id,), f"{task_id} is left out {count} times."
        if task_id in assigned:
            yield (task_id,), f"{task_id} is both assigned and left out."


def every_task_accounted_for(week: Week) -> Findings:
    """Every due task is either assigned or left out with a reason."""
    named = {row.task_id for row in week.all_rows}
    for task in week.due.tasks:
        if task.task_id not in named:
            yield (task.task_id,), f"{task.task_id} is neither assigned nor left out."


def one_crew_per_outing(week: Week) -> Findings:
    """All stops of a named outing have one crew and positions 1, 2, 3 in order of time; only visits are on outings.

    Where no position of an outing is filled in, the order of time stands for it. A task done in another's time
    has that task's crew, outing and position.
    """
    groups: dict[tuple[str, date], list[Assignment]] = defaultdict(list)
    for row in week.stops:
        if row.outing:
            groups[row.outing, row.day].append(row)
    for (name, day), stops in groups.items():
        if len({frozenset(row.crew) for row in stops}) > 1:
            yield (name,), f"The stops of {name} on {day} have different crews."
        positions = [row.position for row in stops]
        if any(positions) and positions != list(range(1, len(stops) + 1)):
            yield (name,), f"The positions of {name} on {day} are not 1 to {len(stops)} in order of time."
    for row in week.desk_rows:
        if row.outing or row.position:
            yield (row.task_id,), f"{row.task_id} is desk work and no stop of an outing."
    for row in week.rows:
        if row.done_with and not _shares_place(week, row):
            yield (row.task_id, row.done_with), f"{row.task_id} has not the crew and place of {row.done_with}."


def _shares_place(week: Week, row: Assignment) -> bool:
    if event := week.events.get(row.done_with):
        return set(row.crew) == set(week.attending(event)) and not row.outing and not row.position
    hosts = week.rows_of.get(row.done_with, ())
    place = (set(row.crew), row.outing, row.position)
    return any(place == (set(host.crew), host.outing, host.position) for host in hosts if not host.done_with)


def figures_agree(week: Week) -> Findings:
    """What a row states of its task (kind, nominal, level, band, dates) and of its travel is as recomputed.

    What a row leaves blank is not compared; nor is the travel of a stop without a position.
    """
    for row in week.all_rows:
        task = week.due.task(row.task_id)
        if task:
            for name in _wrong_figures(week, row, task):
                yield (row.task_id,), f"{row.task_id} has another {name} than the due list."
    for row in week.rows:
        event = week.events.get(row.task_id)
        if event and row.offender_ref not in ("", event.offender_ref):
            yield (row.task_id,), f"{row.task_id} has another nominal than the event."
    for outing in week.outings:
        for row, minutes in zip(outing.stops, outing.legs, strict=False):
            if row.position and row.travel_minutes != minutes:
                yield (row.task_id,), f"{row.task_id} is {minutes} minute(s) of travel away, not as stated."


def _wrong_figures(week: Week, row: Assignment | Unassigned, task: Task) -> Iterator[str]:
    overdue = max(0, (week.horizon.first_day - task.due_date).days)
    if row.kind is not task.kind:
        yield "type"
    if row.offender_ref != task.offender_ref:
        yield "nominal"
    if row.risk_level not in (None, task.risk_level):
        yield "risk level"
    if row.band not in ("", week.due.bands[task.band]):
        yield "band"
    if row.due_date not in (None, task.due_date):
        yield "due date"
    if row.days_overdue not in (None, overdue):
        yield "number of days overdue"


def bands_agree(week: Week) -> Findings:
    """Due, scheduled and value of each band are as recomputed from the roster, and no value is above its bound."""
    if week.bands is None:
        return
    stated = {figures.name: figures for figures in week.bands}
    if [figures.name for figures in week.bands] != list(week.due.bands):
        yield (), "The bands stated are not the bands of the policy."
    for figures in band_figures(week.due, week.roster):
        if figures.name in stated:
            yield from _band_findings(stated[figures.name], figures)


def _band_findings(stated: BandFigures, recomputed: BandFigures) -> Iterator[Finding]:
    for name in ("due", "scheduled", "value_due", "value"):
        if getattr(stated, name) != getattr(recomputed, name):
            sentence = f"{name} of band '{stated.name}' is {getattr(recomputed, name)}, not {getattr(stated, name)}."
            yield (stated.name,), sentence
    if stated.bound is not None and recomputed.value > stated.bound:
        yield (stated.name,), f"The value {recomputed.value} of band '{stated.name}' is above its bound {stated.bound}."
