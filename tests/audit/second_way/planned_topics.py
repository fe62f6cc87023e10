"""Plan against actual, and what coverage will be: members are tasks of a roster, visits and nominals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from audit.second_way.book import Person
from audit.second_way.rows import Members, Question, Row
from due.oracle import VISIT_KINDS
from due.oracle_calendar import DAY

from offender_mgmt.register.records import Visit
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.vocabulary import VisitOutcome, VisitType

LONDON = ZoneInfo("Europe/London")
CALLS = (*VISIT_KINDS, "arms_interview")


def day_of(row: Assignment) -> date:
    """Local day a piece of work starts."""
    return datetime.fromtimestamp(60 * row.start, LONDON).date()


def planned_done(q: Question) -> Iterator[Row]:
    if q.roster is None:
        return
    last_day: dict[tuple[str, str, str], date] = {}
    for a in q.roster.assignments:
        if a.kind.value not in ("fixed_event", "address_check"):
            what = (a.task_id, a.kind.value, a.offender_ref)
            last_day[what] = max(day_of(a), last_day.get(what, day_of(a)))
    for (task_id, kind, ref), day in last_day.items():
        if day <= q.day:
            split = _what_became(q, q.roster, kind, ref, day)
            yield Row(ref, task_id, split == "done that day", split=split)


def _what_became(q: Question, roster: Roster, kind: str, ref: str, day: date) -> str:
    def in_week(when: date) -> bool:
        return roster.horizon.first_day <= when <= min(roster.horizon.last_day, q.day)

    attempts = [v for v in q.now.register.visits if v.offender_ref == ref and in_week(v.date)]
    seen = [v for v in attempts if v.outcome.value == "successful"]
    if kind == "arms_interview":
        done = [v.date for v in seen if v.type.value == kind]
    elif kind in VISIT_KINDS:
        done = [v.date for v in seen if v.type in q.policy.visits.resets_clock]
    else:
        record = "arms" if kind == "arms_write_up" else kind
        rows = (a for a in q.now.register.assessments if a.offender_ref == ref and a.kind.value == record)
        done = [a.date for a in rows if in_week(a.date)]
    if day in done:
        return "done that day"
    if done:
        return "done on another day of the week"
    if kind not in CALLS:
        return "desk work not done"
    return "attempted, not seen" if attempts else "not attempted"


def done_unplanned(q: Question) -> Iterator[Row]:
    if q.roster is None:
        return
    planned = {a.offender_ref for a in q.roster.assignments if a.kind.value in CALLS}
    week = q.roster.horizon
    for v in q.now.register.visits:
        if v.outcome.value == "successful" and week.first_day <= v.date <= min(week.last_day, q.day):
            yield Row(v.offender_ref, v.visit_id, v.offender_ref not in planned)


def not_placed(q: Question) -> Iterator[Row]:
    if q.roster is None:
        return
    last = q.roster.horizon.last_day
    placed = {(a.offender_ref, a.task_id, a.due_date) for a in q.roster.assignments if a.kind.value != "fixed_event"}
    for ref, task_id, due in placed:
        if not task_id.endswith("-NEXT") and (due is None or due <= last):
            yield Row(ref, task_id, False)
    for u in q.roster.unassigned:
        if not u.task_id.endswith("-NEXT") and u.due_date <= last:
            yield Row(u.offender_ref, u.task_id, True, split=u.reason.replace("_", " "))


def outlook(q: Question) -> Iterator[tuple[Person, bool, bool]]:
    """Who is active at the end, and whether covered without and with the planned calls."""
    if q.roster is None:
        return
    end = max(q.roster.horizon.last_day, q.day)
    calls: dict[str, list[Visit]] = {}
    for a in q.roster.assignments:
        if a.kind.value in CALLS and day_of(a) > q.day:
            calls.setdefault(a.offender_ref, []).append(_as_visit(a))
    for p in q.active:
        without = Person(p.life, q.policy, p.extract_date, end + DAY)
        if without.active:
            made = (*p.life.visits, *calls.get(p.ref, ()))
            with_all = Person(p.life._replace(visits=made), q.policy, p.extract_date, end + DAY)
            yield p, _covered(without), _covered(with_all)


def _as_visit(a: Assignment) -> Visit:
    return Visit(
        visit_id=f"PLANNED-{a.task_id}-{a.start}",
        offender_ref=a.offender_ref,
        date=day_of(a),
        type=VisitType(a.kind.value),
        outcome=VisitOutcome.SUCCESSFUL,
    )


def _covered(p: Person) -> bool:
    return p.seen_since_start and p.days_overdue(p.visit_clock.due) <= 0


def coverage_if_all_done(q: Question) -> Iterator[Row]:
    return (Row(p.ref, "", with_all) for p, _, with_all in outlook(q))


def coverage_expected(q: Question) -> Iterator[Row]:
    reply = (100 - q.policy.audit.no_reply_percent) / 100
    for p, without, with_all in outlook(q):
        yield Row(p.ref, "", True, 1.0 if without else reply if with_all else 0.0, 0.01)


def _listed(function) -> Members:
    return lambda q: list(function(q))


PLANNED_TOPICS: dict[str, Members] = {
    name: _listed(function)
    for name, function in {
        "planned-done": planned_done,
        "done-unplanned": done_unplanned,
        "not-placed": not_placed,
        "coverage-if-all-done": coverage_if_all_done,
        "coverage-expected": coverage_expected,
    }.items()
}
