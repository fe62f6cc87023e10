"""Caseload, capacity, clearance, lead officers and roster days: members are officers, tasks, tours and nominals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from audit.second_way.book import Person
from audit.second_way.rows import Members, Question, Row
from due.oracle import VISIT_KINDS
from due.oracle_calendar import DAY

LONDON, UTC = ZoneInfo("Europe/London"), ZoneInfo("UTC")


def full_time_share(q: Question, officer_id: str) -> float:
    """Contracted hours by the hours of full time."""
    officer = next((o for o in q.now.register.officers if o.officer_id == officer_id), None)
    hours = officer.contract_hours if officer else None
    return (hours if hours is not None else q.policy.audit.full_time_hours) / q.policy.audit.full_time_hours


def led(q: Question) -> dict[str, list[Person]]:
    """Nominals on the register by the officer who leads them."""
    by_lead: dict[str, list[Person]] = defaultdict(list)
    for p in q.on_register:
        if p.offender.lead_officer:
            by_lead[p.offender.lead_officer].append(p)
    return dict(sorted(by_lead.items()))


def caseload_per_fte(q: Question) -> Iterator[Row]:
    for officer, people in led(q).items():
        share = full_time_share(q, officer)
        over = len(people) / share > q.policy.audit.caseload_per_fte
        split = f"{'over' if over else 'within'}"
        yield Row(officer, "", True, float(len(people)), share, split)


def caseload_over(q: Question) -> Iterator[Row]:
    for officer, people in led(q).items():
        ratio = len(people) / full_time_share(q, officer)
        yield Row(officer, "", ratio > q.policy.audit.caseload_per_fte, ratio)


def caseload_of_officers(q: Question) -> Iterator[Row]:
    for officer, people in led(q).items():
        yield Row(officer, "", True, len(people) / full_time_share(q, officer))


def weighted_caseload(q: Question) -> Iterator[Row]:
    weights = {level.value: weight for level, weight in q.policy.audit.caseload_weights.items()}
    for officer, people in led(q).items():
        total = sum(q.policy.audit.reactive_weight if p.eligible else weights[p.level] for p in people)
        yield Row(officer, "", True, total, full_time_share(q, officer))


def hours_of_tasks(q: Question, last_due: date) -> Iterator[Row]:
    """Hours of the tasks due by a day, and of what goes with the visits among them, whenever that is due itself.

    A visit that an ARMS interview among them does too costs nothing more.
    """
    for p in q.now.people:
        by_then = {i: task for i, task in p.tasks.items() if min([*p.goes_with(i)] or [task[2]]) <= last_due}
        interview = any(kind == "arms_interview" for kind, _, _ in by_then.values())
        for task_id, (kind, _, _) in by_then.items():
            if not (interview and kind in VISIT_KINDS):
                yield Row(p.ref, task_id, True, p.hours(kind), split=kind_words(kind))


def demand_hours(q: Question) -> Iterator[Row]:
    return hours_of_tasks(q, q.day + 7 * DAY)


def kind_words(kind: str) -> str:
    return kind.replace("_", " ").replace("arms", "ARMS")


def backlog_hours(q: Question) -> Iterator[Row]:
    return hours_of_tasks(q, q.day)


def minute(day: date, at) -> int:
    """Minutes since the epoch of a local time."""
    return int(datetime.combine(day, at, LONDON).astimezone(UTC).timestamp()) // 60


def duty_minutes(q: Question, tour) -> float:
    """Minutes of a tour less its break and the fixed events of the officer inside it."""
    start = minute(tour.date, tour.start)
    end = minute(tour.date if tour.end > tour.start else tour.date + DAY, tour.end)
    rest = 0
    for step in q.policy.duty.breaks:
        if step.tour_hours_from * 60 <= end - start:
            rest = step.break_minutes
    busy: set[int] = set()
    for e in q.now.register.events:
        if tour.officer_id in e.officers and e.start and e.end:
            to = minute(e.date if e.end > e.start else e.date + DAY, e.end)
            busy |= set(range(max(start, minute(e.date, e.start)), min(end, to)))
    return max(0, end - start - rest - len(busy))


def capacity_hours(q: Question) -> Iterator[Row]:
    for t in q.now.register.tours:
        if t.code.value == "duty" and q.day < t.date <= q.day + 7 * DAY:
            yield Row(t.officer_id, "", True, duty_minutes(q, t) / 60)


def abstraction(q: Question) -> Iterator[Row]:
    for t in q.now.register.tours:
        if q.period_from <= t.date <= q.day and t.code.value not in ("rest_day", "bank_holiday"):
            away = t.code.value != "duty"
            yield Row(t.officer_id, "", away, split=t.code.value if away else "")


def no_lead_officer(q: Question) -> Iterator[Row]:
    return (Row(p.ref, "", p.offender.lead_officer is None) for p in q.on_register)


def lead_not_in_team(q: Question) -> Iterator[Row]:
    teams = {o.officer_id: o.team for o in q.now.register.officers}
    for p in q.on_register:
        lead = p.offender.lead_officer
        yield Row(p.ref, "", lead is not None and teams.get(lead) != p.offender.team)


def no_position(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        unknown = p.offender.easting is None or p.offender.northing is None
        yield Row(p.ref, "", unknown and not p.offender.no_fixed_abode)


def pauses_without_end(q: Question) -> Iterator[Row]:
    return (Row(p.ref, "", p.away and p.offender.status_until is None) for p in q.on_register)


def pauses_ended(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        until = p.offender.status_until
        yield Row(p.ref, "", p.away and until is not None and until <= q.day)


def address_void(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        void = p.card.last_attempt is not None and p.card.last_attempt[1] == "address_void"
        yield Row(p.ref, "", void)


def warnings(q: Question) -> Iterator[Row]:
    known = {p.ref for p in q.now.people} | {o.officer_id for o in q.now.register.officers}
    for fault in q.full.warnings:
        where = f"{fault.file} line {fault.line}" if fault.line else fault.file
        yield Row(fault.ref if fault.ref in known else "", where, True, split=fault.rule)


def _listed(function) -> Members:
    return lambda q: list(function(q))


WORK_TOPICS: dict[str, Members] = {
    name: _listed(function)
    for name, function in {
        "caseload-per-fte": caseload_per_fte,
        "caseload-over": caseload_over,
        "caseload-of-officers": caseload_of_officers,
        "weighted-caseload-per-fte": weighted_caseload,
        "demand-hours": demand_hours,
        "capacity-hours": capacity_hours,
        "abstraction": abstraction,
        "backlog-hours": backlog_hours,
        "no-lead-officer": no_lead_officer,
        "lead-not-in-team": lead_not_in_team,
        "no-position": no_position,
        "pauses-without-end": pauses_without_end,
        "pauses-ended": pauses_ended,
        "address-void": address_void,
        "warnings": warnings,
    }.items()
}
