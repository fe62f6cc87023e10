"""Work put off or cancelled, on time over the period, trend: what a bulk cancellation must not hide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from audit.second_way.book import by_nominal, weeks_back
from audit.second_way.nominal_topics import due_at_eve
from audit.second_way.rows import Members, Question, Row
from due.oracle import VISIT_KINDS

from offender_mgmt.register.records import Deferral

LONGEST_REASON = 60


def decisions_in_force(q: Question) -> Iterator[Deferral]:
    """The last decision of each kind and nominal, unless it has run out."""
    for _, rows in sorted(by_nominal(q.now.register.deferrals).items()):
        last: dict[str, Deferral] = {}
        for d in sorted(rows, key=lambda d: d.decided_on):
            last[d.task_kind.value] = d
        yield from (d for d in last.values() if d.until is None or d.until > q.day)


def put_off_or_cancelled(q: Question) -> Iterator[Row]:
    for d in decisions_in_force(q):
        yield Row(d.offender_ref, d.task_kind.value, True, split="put off" if d.until else "cancelled")


def put_off_by_authoriser(q: Question) -> Iterator[Row]:
    return (Row(d.offender_ref, d.task_kind.value, True, split=d.authoriser) for d in decisions_in_force(q))


def put_off_by_reason(q: Question) -> Iterator[Row]:
    for d in decisions_in_force(q):
        reason = d.reason if len(d.reason) <= LONGEST_REASON else d.reason[: LONGEST_REASON - 1] + "…"
        yield Row(d.offender_ref, d.task_kind.value, True, split=reason)


def overdue_but_put_off(q: Question) -> Iterator[Row]:
    for p in q.now.people:
        for task_id, (kind, _, due) in p.tasks.items():
            if due <= q.day and not task_id.endswith("NEXT"):
                off = p.put_off(kind)
                split = "" if off is None else "put off" if off.until else "cancelled"
                yield Row(p.ref, task_id, off is not None, float(p.days_overdue(due)), split=split)


def on_time(q: Question) -> Iterator[Row]:
    for v in q.attempts:
        if v.outcome.value == "successful" and v.type in q.policy.visits.resets_clock:
            yield from _timely(q, v.offender_ref, v.visit_id, v.date, VISIT_KINDS)
    yield from _fell_due_and_not_made(q, *VISIT_KINDS)


def arms_on_time(q: Question) -> Iterator[Row]:
    kinds = ("arms_write_up", "arms_interview")
    for a in q.now.register.assessments:
        if a.kind.value == "arms" and q.period_from <= a.date <= q.day:
            yield from _timely(q, a.offender_ref, f"{a.date}", a.date, kinds)
    yield from _fell_due_and_not_made(q, *kinds)


def supervisory_on_time(q: Question) -> Iterator[Row]:
    for a in q.now.register.assessments:
        if a.kind.value == "supervisory_review" and q.period_from <= a.date <= q.day:
            yield from _timely(q, a.offender_ref, f"{a.date}", a.date, ("supervisory_review",))
    yield from _fell_due_and_not_made(q, "supervisory_review")


def _fell_due_and_not_made(q: Question, *kinds: str) -> Iterator[Row]:
    """Who was not seen at all must not vanish from the share on time."""
    for p in q.active:
        clock = next((p.clocks[kind] for kind in kinds if kind in p.clocks), None)
        if clock is not None and q.period_from <= clock.due <= q.day:
            yield Row(p.ref, "", False, float(p.days_overdue(clock.due)))


def _timely(q: Question, ref: str, item: str, day: date, kinds: tuple[str, ...]) -> Iterator[Row]:
    clock = due_at_eve(q, q.now.person[ref], day, kinds)
    if clock is not None:
        late = max(0, (day - clock.due).days)
        yield Row(ref, item, late == 0, float(late))


def trend(q: Question, *kinds: str) -> Iterator[Row]:
    for day in weeks_back(q.day, q.policy.audit.trend_weeks):
        for p in q.book(day).active:
            clock = next((p.clocks[kind] for kind in kinds if kind in p.clocks), None)
            days = p.days_overdue(clock.due) if clock else 0
            yield Row(p.ref, "", days > 0, float(days) if days > 0 else float("nan"), split=day.isoformat())


def _listed(function) -> Members:
    return lambda q: list(function(q))


DECISION_TOPICS: dict[str, Members] = {
    name: _listed(function)
    for name, function in {
        "put-off-or-cancelled": put_off_or_cancelled,
        "put-off-by-authoriser": put_off_by_authoriser,
        "put-off-by-reason": put_off_by_reason,
        "overdue-but-put-off": overdue_but_put_off,
        "on-time": on_time,
        "arms-on-time": arms_on_time,
        "supervisory-on-time": supervisory_on_time,
        "trend": lambda q: trend(q, *VISIT_KINDS),
        "trend-arms": lambda q: trend(q, "arms_interview"),
        "trend-supervisory": lambda q: trend(q, "supervisory_review"),
    }.items()
}
