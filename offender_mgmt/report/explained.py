"""Why work is in a week or not, and what an officer carries: in words, as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from offender_mgmt.calendars import clock_text
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.explain.causes import Cause, Causes
from offender_mgmt.explain.changes import Offered, Tried
from offender_mgmt.explain.full import Blocking, InTheWay
from offender_mgmt.explain.officer import Carried
from offender_mgmt.explain.scheduled import Scheduled
from offender_mgmt.files import csv_bytes, json_bytes
from offender_mgmt.places.spot import Spot, urgency
from offender_mgmt.policy import Policy
from offender_mgmt.report.left_out import task_words
from offender_mgmt.report.one_task import needs_words
from offender_mgmt.report.table import counted_words, hours, table, wrapped
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Unassigned
from offender_mgmt.vocabulary import RiskLevel

SCHEMA = 1
COLUMNS = ("task_id", "what", "kind", "words", "tasks")
SHOWN = 3
"""Other places and crews shown; more are counted."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All that is known of a task that is not in the roster."""

    task: Task
    row: Unassigned | None
    causes: Causes
    tried: Tried


def task_head(task: Task, due: DueList) -> list[str]:
    """Why a task is due now, what it needs, how urgent it is."""
    sentences = (
        f"Why now ({task.rule}): {task.why}",
        f"It is due on {task.due_date}; its clock counts from {task.clock_start}.",
        f"Needs: {needs_words(task)}.",
        f"Priority: band {task.band + 1} ({due.bands[task.band]}), {task.points:,} risk points.",
    )
    return [task_words(task), *(line for words in sentences for line in wrapped(f"  {words}", "    "))]


def left_out_lines(found: LeftOut, due: DueList) -> list[str]:
    """Why a task is left out, each cause proved, and the smallest change that would fit it."""
    lines = task_head(found.task, due)
    if found.row is not None:
        reason = f"  The roster says ({found.row.reason}): {found.row.explanation or REASONS.get(found.row.reason, '')}"
        lines += wrapped(reason, "    ")
    lines += ["", "Why it is not planned"]
    if not found.causes.causes:
        fit = found.causes.fit
        lines += wrapped(f"It would fit as things stand: {_place(fit.spot) if fit else ''}.", "  ")
        return lines
    for number, cause in enumerate(found.causes.causes, start=1):
        also = "" if number == 1 else "And if that were not so: "
        lines += wrapped(f"{number}. {also}{cause_words(cause, found.task)}", "   ")
        if cause.blocking:
            lines += ["", *_in_the_way(cause.blocking, found.task)]
    lines += ["", *wrapped(_proof(found.causes), "")]
    return [*lines, "", "The smallest change that would fit it", *change_lines(found)]


def cause_words(cause: Cause, task: Task) -> str:
    """A cause in one or two sentences."""
    if cause.blocking is None:
        return cause.words
    who = counted_words(cause.blocking.crews, "crew") if task.kind.is_field else _officers(cause.blocking.crews)
    days = ", ".join(f"{day:%a %d %b}" for day in cause.blocking.days)
    least = cause.blocking.ways[0]
    less = [other for other in least.tasks if urgency(other) > urgency(task)]
    rank = f"; {len(less)} of them less urgent than it" if less else "; none of them is less urgent than it"
    return (
        f"Every place is taken. {who} could do it in an empty week ({days}). The least work in the way: "
        f"{counted_words(len(least.tasks), 'task')}{rank}."
    )


def _officers(count: int) -> str:
    return counted_words(count, "officer")


def _in_the_way(blocking: Blocking, task: Task) -> Iterator[str]:
    """Crew by crew and day by day, the least work that would have to go."""
    for way in blocking.ways[:SHOWN]:
        yield f"   {way.day:%a %d %b}, {' '.join(way.crew)}:"
        for other in way.tasks:
            mark = " (less urgent)" if urgency(other) > urgency(task) else ""
            mark = " (done by it as well)" if task.task_id in other.satisfied_by else mark
            yield from wrapped(
                f"     {task_words(other)[:-1]}; band {other.band + 1}, {other.points} points{mark}", " " * 7
            )
    if len(blocking.ways) > SHOWN:
        yield f"   And {len(blocking.ways) - SHOWN} more crews and days."


def _proof(causes: Causes) -> str:
    if causes.fit is None:
        return "Not proven: that it fits once this is taken away could not be shown in the effort given."
    spot = causes.fit.spot
    return f"Proved: with all of this taken away it fits ({_place(spot)}); that roster was checked, priorities apart."


def change_lines(found: LeftOut) -> list[str]:
    """The smallest change, or in plain words that none was found."""
    if found.tried.found:
        offered = found.tried.found[0]
        lines = wrapped(f"{offered.change.words}.", "  ")
        lines += wrapped(f"  Then: {_place(offered.fit.spot)}{_instead(offered.fit.spot)}.", "    ")
        return [*lines, *wrapped(f"  {_tried(found.tried)} All other work keeps its day and its officers.", "    ")]
    return wrapped(_none(found.tried), "")


def _tried(tried: Tried) -> str:
    smaller = tried.count - 1
    first = (
        "It was the first that was tried" if not smaller else f"{counted_words(smaller, 'smaller change')} did not do"
    )
    return f"{first}; this one was made, the task was put in, and the roster was checked."


def _none(tried: Tried) -> str:
    count = counted_words(tried.count, "change")
    if tried.all_of_them:
        return (
            f"None: of {count}, of one kind that policy names or for two officers on one day, none makes room while "
            "all other work keeps its day and its officers. Whether a new plan of the whole week would is not proven."
        )
    return f"Not proven: {count} were tried and none makes room; --effort tries more."


def _place(spot: Spot) -> str:
    return f"{spot.day:%a %d %b}, {clock_text(spot.start)}-{clock_text(spot.end)}, {' '.join(spot.crew)}"


def _instead(spot: Spot) -> str:
    return f", in the place of {spot.gives_way[0].task_id}, which it does as well" if spot.gives_way else ""


def scheduled_lines(found: Scheduled, due: DueList) -> list[str]:
    """Why a task is done when it is done, and by whom."""
    task, row = found.task, found.row
    lines = task_head(task, due)
    stop = f", stop {row.position} of {row.outing}" if row.outing else ""
    when = f"{row.day:%a %d %b}, {clock_text(row.start)}-{clock_text(row.end)}"
    lines += wrapped(f"  Planned: {when}, {' '.join(row.crew)}{stop}.", "    ")
    lines += ["", "Why this crew", *(line for words in _crew_words(found) for line in wrapped(words, "  "))]
    lines += ["", "Why this time", *(line for words in _time_words(found) for line in wrapped(words, "  "))]
    if found.others:
        header = ("day", "time", "duty", "travel", "crew")
        rows = [_other(spot) for spot in found.others[:SHOWN]]
        lines += ["", *table(header, rows, right=(2, 3))]
    return lines


def _crew_words(found: Scheduled) -> Iterator[str]:
    task, crew = found.task, found.row.crew
    for role, officer in (("lead", task.lead_officer), ("deputy", task.deputy_officer)):
        if officer:
            yield f"The {role} officer {officer} is{'' if officer in crew else ' not'} in the crew."
    what = "crew" if task.kind.is_field else "officer"
    yield f"{counted_words(found.crews, what)} of the team may do it; those who may take part: {', '.join(found.able)}."
    if found.barred:
        yield f"Who may not: {', '.join(f'{officer} ({why})' for officer, why in found.barred)}."


def _time_words(found: Scheduled) -> Iterator[str]:
    if found.hours:
        spans = ", ".join(f"{clock_text(span.start)}-{clock_text(span.end)}" for span in found.hours)
        yield f"The nominal can be seen that day {spans}."
    where = "crew or day" if found.task.kind.is_field else "officer or day"
    if not found.others:
        yield f"With all other work on its day and with its officers, it has no place with another {where}."
    else:
        count = counted_words(len(found.others), "other place")
        best = f"; the best {SHOWN}" if len(found.others) > SHOWN else ""
        yield f"With all other work on its day and with its officers, it has {count} with another {where}{best}:"


def _other(spot: Spot) -> tuple[str, ...]:
    time = f"{clock_text(spot.start)}-{clock_text(spot.end)}"
    return (
        f"{spot.day:%a %d %b}",
        time,
        hours(max(0, spot.duty_minutes)),
        hours(max(0, spot.travel_minutes)),
        " ".join(spot.crew),
    )


def officer_lines(found: Carried, due: DueList) -> list[str]:
    """What an officer carries and what limits it."""
    officer = found.officer
    skills = ", ".join(officer.skills) or "no accreditation"
    lines = wrapped(f"{officer.officer_id}: {officer.role.value.replace('_', ' ')}, {officer.base}, {skills}.", "  ")
    header = ("day", "tour", "out", "desk", "events", "free", "visits")
    rows = [
        (
            f"{day.day:%a %d %b}",
            f"{clock_text(day.tour.start)}-{clock_text(day.tour.end)}",
            *(hours(minutes) for minutes in (day.out, day.desk, day.events, day.free)),
            " ".join(day.visits),
        )
        for day in found.days
    ]
    lines += ["", *table(header, rows, right=(2, 3, 4, 5))] if rows else ["", "No tour of duty in the week."]
    lines += ["", "What it is", *(line for words in _carried_words(found, due) for line in wrapped(words, "  "))]
    return [*lines, "", "What limits it", *(line for words in _limits(found) for line in wrapped(words, "  "))]


def _carried_words(found: Carried, due: DueList) -> Iterator[str]:
    for name, count in zip(due.bands, found.bands, strict=True):
        if count:
            yield f"{counted_words(count, 'task')} of band {due.bands.index(name) + 1} ({name})."
    levels = ", ".join(f"{found.levels[level]} {level.words}" for level in RiskLevel if found.levels.get(level))
    if levels:
        yield f"Visits by risk level: {levels}."
    led, own = found.lead_of
    yield f"Leads nominals with {counted_words(led, 'due task')}; takes part in {own} of them."


def _limits(found: Carried) -> Iterator[str]:
    free = sum(day.free for day in found.days)
    yield f"Free in all: {hours(free)} hours of {counted_words(len(found.days), 'tour')}, breaks not counted."
    if found.off:
        yield f"Not on duty: {_on_days(found.off)}."
    if found.lent:
        yield f"Works for another team: {_on_days(found.lent)}."
    for skill, count in found.lacking:
        yield f"Without {skill}, which {counted_words(count, 'due task')} of the team ask for."
    if found.conflicts:
        yield f"Declared conflicts with {counted_words(len(found.conflicts), 'nominal')} who have work due."
    if found.officer.not_paired_with:
        yield f"Not to be crewed with {', '.join(found.officer.not_paired_with)}."
    if not found.officer.driver:
        yield "Does not drive."


def _on_days(days: Sequence[tuple[date, str]]) -> str:
    return ", ".join(f"{day:%a %d %b} ({words})" for day, words in days)


def explained_csv(found: LeftOut) -> bytes:
    """Causes and changes of a task that is left out, one a row."""
    return csv_bytes(COLUMNS, list(_rows(found)))


def _rows(found: LeftOut) -> Iterator[tuple[str, ...]]:
    task_id = found.task.task_id
    for cause in found.causes.causes:
        tasks = [t.task_id for t in cause.blocking.ways[0].tasks] if cause.blocking else []
        yield task_id, "cause", cause.kind.value, cause_words(cause, found.task), ";".join(tasks)
    for offered in found.tried.found:
        kinds = ";".join(kind.value for kind in offered.change.kinds)
        yield task_id, "change", kinds, f"{offered.change.words}: {_place(offered.fit.spot)}", ""
    if not found.tried.found and found.causes.causes:
        yield task_id, "change", "", _none(found.tried), ""


def explained_json(found: LeftOut, due: DueList, policy: Policy) -> bytes:
    """All that is known of a task that is left out."""
    document = {
        **_head(found.task, due, policy),
        "reason": found.row.reason if found.row else "",
        "causes": [_cause(cause, found.task) for cause in found.causes.causes],
        "proved": found.causes.fit is not None,
        "changes_tried": found.tried.count,
        "all_changes_tried": found.tried.all_of_them,
        "changes": [_change(offered) for offered in found.tried.found],
    }
    return _json(document)


def scheduled_json(found: Scheduled, due: DueList, policy: Policy) -> bytes:
    """All that is known of a task in the roster."""
    document = {
        **_head(found.task, due, policy),
        "date": found.row.day.isoformat(),
        "start": clock_text(found.row.start),
        "end": clock_text(found.row.end),
        "crew": list(found.row.crew),
        "crews_that_may": found.crews,
        "officers_who_may": list(found.able),
        "officers_who_may_not": [{"officer": officer, "why": why} for officer, why in found.barred],
        "other_places": [_spot(spot) for spot in found.others],
    }
    return _json(document)


def officer_json(found: Carried, due: DueList, policy: Policy) -> bytes:
    """All that is known of an officer's week."""
    days = [
        {"date": d.day.isoformat(), "out_minutes": d.out, "desk_minutes": d.desk, "event_minutes": d.events}
        | {"free_minutes": d.free, "visits": list(d.visits)}
        for d in found.days
    ]
    document = {
        "schema": SCHEMA,
        "marking": policy.register_checks.marking,
        "week": due.horizon.name,
        "officer": found.officer.officer_id,
        "days": days,
        "lent": [{"date": day.isoformat(), "team": team} for day, team in found.lent],
        "tasks": [task.task_id for task in found.tasks],
    }
    return _json(document)


def _head(task: Task, due: DueList, policy: Policy) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "marking": policy.register_checks.marking,
        "week": due.horizon.name,
        "task": task.task_id,
        "rule": task.rule,
        "why": task.why,
        "due_date": task.due_date.isoformat(),
        "band": task.band + 1,
        "points": task.points,
    }


def _cause(cause: Cause, task: Task) -> dict[str, object]:
    ways = [_way(way) for way in cause.blocking.ways] if cause.blocking else []
    return {"kind": cause.kind.value, "words": cause_words(cause, task), "in_the_way": ways}


def _way(way: InTheWay) -> dict[str, object]:
    return {"date": way.day.isoformat(), "crew": list(way.crew), "tasks": [task.task_id for task in way.tasks]}


def _change(offered: Offered) -> dict[str, object]:
    kinds = [kind.value for kind in offered.change.kinds]
    return {"kinds": kinds, "words": offered.change.words, "place": _spot(offered.fit.spot)}


def _spot(spot: Spot) -> dict[str, object]:
    place = {"date": spot.day.isoformat(), "start": clock_text(spot.start), "end": clock_text(spot.end)}
    return {**place, "crew": list(spot.crew)}


def _json(document: dict[str, object]) -> bytes:
    return json_bytes(document)
