"""Coverage, overdue visits, contact, assessments, dates and reactive cohort: one member is a nominal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta

from audit.second_way.book import Clock, Person
from audit.second_way.rows import Members, Question, Row
from due.oracle import VISIT_KINDS
from due.oracle_calendar import months_later

NOT_A_NUMBER = math.nan


def population(q: Question) -> Iterator[Row]:
    for p in q.now.people:
        if p.ended:
            split = "register ended"
        elif p.away:
            split = p.offender.community_status.value
        else:
            split = "reactive" if p.eligible else "active in the community"
        yield Row(p.ref, "", True, split=split)


def coverage(q: Question, by_tier: bool) -> Iterator[Row]:
    for p in q.active:
        clock = (p.by_tier if by_tier else p).visit_clock
        days = float((q.day - p.card.last_seen).days) if p.card.last_seen else NOT_A_NUMBER
        overdue = p.days_overdue(clock.due) > 0
        split = "overdue" if overdue else "covered" if p.seen_since_start else "not yet seen, in time"
        yield Row(p.ref, "", split == "covered", days, split=split)


def _overdue(p: Person, clock: Clock | None, split: str) -> Row:
    days = p.days_overdue(clock.due) if clock else 0
    return Row(p.ref, "", True, float(days), split=split) if days > 0 else Row(p.ref, "", False)


def visits_overdue(q: Question, by_tier: bool) -> Iterator[Row]:
    for p in q.active:
        clock = (p.by_tier if by_tier else p).visit_clock
        yield _overdue(p, clock, clock.kind.replace("_", " "))


def visits_overdue_risk(q: Question) -> Iterator[Row]:
    for p in q.active:
        if p.days_overdue(p.visit_clock.due) > 0:
            yield Row(p.ref, "", True, float(p.points(p.visit_clock.due)))


def overdue_again(q: Question) -> Iterator[Row]:
    for p in q.active:
        days = p.days_overdue(p.visit_clock.due)
        if days <= 0 or not p.seen_since_start or p.card.last_seen is None:
            continue
        was_late = was_made_late(q, p, p.card.last_seen) > 0
        yield Row(p.ref, "", was_late, float(days) if was_late else NOT_A_NUMBER)


def due_at_eve(q: Question, p: Person, day: date, kinds: tuple[str, ...]) -> Clock | None:
    """What a clock said on the eve of a day, if the nominal was active in the community then."""
    eve = q.now.eve_of(p.ref, day)
    if eve is None or not eve.active:
        return None
    return next((eve.clocks[kind] for kind in kinds if kind in eve.clocks), None)


def was_made_late(q: Question, p: Person, day: date) -> int:
    """Days after its due date that a visit was made; 0 if in time or not due at all."""
    clock = due_at_eve(q, p, day, VISIT_KINDS)
    return max(0, (day - clock.due).days) if clock else 0


def never_seen(q: Question) -> Iterator[Row]:
    for p in q.active:
        if p.seen_since_start:
            yield Row(p.ref, "", False)
        else:
            yield Row(p.ref, "", True, float((q.day - p.reading.start).days))


def long_unseen(q: Question) -> Iterator[Row]:
    for p in q.active:
        if p.card.last_seen is not None:
            days = (q.day - p.card.last_seen).days
            yield Row(p.ref, "", days > q.policy.audit.unseen_days, float(days))


def no_reply_chains(q: Question) -> Iterator[Row]:
    for p in q.active:
        tries = len(p.failures)
        words = "3 or more" if tries > 2 else str(tries)
        yield Row(p.ref, "", True, float(tries), split=words) if tries else Row(p.ref, "", False)


def undecided_no_replies(q: Question) -> Iterator[Row]:
    needed = q.policy.visits.failed_attempts_for_decision
    for p in q.active:
        unanswered = [day for day, outcome in p.failures if outcome in ("no_reply", "refused")]
        if len(unanswered) >= needed:
            open_ = p.reading.decision_called_for() is not None
            yield Row(p.ref, "", open_, float((q.day - unanswered[needed - 1]).days) if open_ else NOT_A_NUMBER)


ARMS_WORDS = {
    "arms-initial": "initial",
    "arms-review": "review",
    "arms-trigger": "after a rise in risk",
    "restarted": "after a return",
}
REVIEW_WORDS = {
    "supervisory-interval": "by interval",
    "supervisory-after-arms": "after an ARMS",
    "supervisory-after-change": "after a change of level",
    "restarted": "after a return",
}


def arms_overdue(q: Question) -> Iterator[Row]:
    for p in q.active:
        if p.offender.cohort.value == "rso":
            clock = p.clocks.get("arms_interview")
            yield _overdue(p, clock, ARMS_WORDS[clock.rule] if clock else "")


def arms_write_ups_overdue(q: Question) -> Iterator[Row]:
    for p in q.active:
        if clock := p.clocks.get("arms_write_up"):
            yield _overdue(p, clock, "")


def supervisory_reviews_overdue(q: Question) -> Iterator[Row]:
    for p in q.active:
        clock = p.clocks["supervisory_review"]
        yield _overdue(p, clock, REVIEW_WORDS[clock.rule])


def lowered_without_sign_off(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        change = _last_lowering(p)
        if change is not None:
            unsigned = change.signed_off_by is None
            yield Row(p.ref, "", unsigned, float((q.day - change.date).days) if unsigned else NOT_A_NUMBER)


def _last_lowering(p: Person):
    """The last change of level, if it was a lowering against the level in force at that point."""
    ranks = ["low", "medium", "high", "very_high"]
    steps = sorted((c for c in p.life.changes if c.field.value == "risk_level" and c.value_to in ranks), key=_by_day)
    if not steps:
        return None
    in_force = steps[0].value_from if steps[0].value_from in ranks else steps[0].value_to
    last = None
    for change in steps:
        lowered = ranks.index(change.value_to) < ranks.index(in_force)
        last = change if lowered else None
        in_force = in_force if lowered and change.signed_off_by is None else change.value_to
    return last


def _by_day(row):
    return row.date


def notifications_overdue(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        due = p.offender.notification_due
        late = due is not None and due <= q.day and not _checked(q, p)
        yield Row(p.ref, "", late, float(p.days_overdue(due)) if late else NOT_A_NUMBER)


def _checked(q: Question, p: Person) -> bool:
    start = p.offender.notification_due - timedelta(days=q.policy.assessments.notification_lead_days)
    done = p.card.done.get("notification_check")
    return done is not None and done >= start


def notifications_due(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        due = p.offender.notification_due
        if due is not None and 1 <= (due - q.day).days <= 7 and not _checked(q, p):
            yield Row(p.ref, "", True)


def no_fixed_abode(q: Question) -> Iterator[Row]:
    return (Row(p.ref, "", p.offender.no_fixed_abode) for p in q.on_register if not p.away)


def ending(q: Question, column: str) -> Iterator[Row]:
    until = months_later(q.day, q.policy.audit.ending_within_months)
    for p in q.on_register:
        end = getattr(p.offender, column)
        if end is not None and q.day < end <= until:
            yield Row(p.ref, "", True, float((end - q.day).days))


def reactive(q: Question) -> Iterator[Row]:
    return (Row(p.ref, "", p.eligible) for p in q.now.people if p.in_community)


def reactive_not_eligible(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        if p.offender.management_status.value == "reactive":
            yield Row(p.ref, "", not p.eligible, split="" if p.eligible else _why_not(q, p))


def _why_not(q: Question, p: Person) -> str:
    if p.level != "low":
        return "risk level not low"
    low_for = months_later(p.offender.risk_level_set_on, 12 * q.policy.assessments.reactive_after_low_years)
    return "not low for long enough" if low_for > q.now.first else "no approver"


def reactive_reviews_overdue(q: Question) -> Iterator[Row]:
    for p in q.now.people:
        if clock := p.clocks.get("reactive_review"):
            yield _overdue(p, clock, "")


def reactive_triggers(q: Question) -> Iterator[Row]:
    for p in q.on_register:
        if p.offender.management_status.value == "reactive":
            found = _trigger(p)
            yield (
                Row(p.ref, "", True, float((q.day - found[0]).days), split=found[1]) if found else Row(p.ref, "", False)
            )


def _trigger(p: Person):
    since = p.card.reactive_since or p.offender.registered_on
    review = p.card.done.get("reactive_review")
    since = max(since, review) if review else since
    events = []
    if p.card.rise and p.card.rise[0] > since:
        events.append((p.card.rise[0], "rise in risk"))
    if p.card.restart and p.card.restart > since:
        events.append((p.card.restart, "return to the community"))
    if p.card.last_attempt and p.card.last_attempt[1] == "address_void" and p.card.last_attempt[0] > since:
        events.append((p.card.last_attempt[0], "address void"))
    return min(events) if events else None


def _listed(function) -> Members:
    return lambda q: list(function(q))


NOMINAL_TOPICS: dict[str, Members] = {
    "population": _listed(population),
    "coverage-by-plan": _listed(lambda q: coverage(q, by_tier=False)),
    "coverage-by-tier": _listed(lambda q: coverage(q, by_tier=True)),
    "visits-overdue": _listed(lambda q: visits_overdue(q, by_tier=False)),
    "visits-overdue-by-tier": _listed(lambda q: visits_overdue(q, by_tier=True)),
    "visits-overdue-risk": _listed(visits_overdue_risk),
    "overdue-again": _listed(overdue_again),
    "never-seen": _listed(never_seen),
    "long-unseen": _listed(long_unseen),
    "no-reply-chains": _listed(no_reply_chains),
    "undecided-no-replies": _listed(undecided_no_replies),
    "arms-overdue": _listed(arms_overdue),
    "arms-write-ups-overdue": _listed(arms_write_ups_overdue),
    "supervisory-reviews-overdue": _listed(supervisory_reviews_overdue),
    "lowered-without-sign-off": _listed(lowered_without_sign_off),
    "notifications-overdue": _listed(notifications_overdue),
    "notifications-due": _listed(notifications_due),
    "no-fixed-abode": _listed(no_fixed_abode),
    "register-ending": _listed(lambda q: ending(q, "register_end")),
    "orders-ending": _listed(lambda q: ending(q, "order_end")),
    "reactive": _listed(reactive),
    "reactive-not-eligible": _listed(reactive_not_eligible),
    "reactive-reviews-overdue": _listed(reactive_reviews_overdue),
    "reactive-triggers": _listed(reactive_triggers),
}
