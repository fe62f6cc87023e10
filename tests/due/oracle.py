"""A second computation of the clocks, written from ``docs/reference/clocks.md`` and from nothing else.

It replays one nominal's life event by event, like a card index: each event changes what stands on the card
(``oracle_card.py``), and on the planned day the card is read (here). It uses only records and the policy, and counts
months, working days and bank holidays by itself (``oracle_calendar.py``).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from due.oracle_calendar import DAY, months_later, working_days_later
from due.oracle_card import Card, Life

from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Deferral

VISIT_KINDS = ("home_visit", "initial_visit", "repeat_visit")

Key = tuple[str, str, str]
"""Task kind, nominal, suffix (``""`` or ``"NEXT"``)."""
Line = tuple[str, date, date, str]
"""Rule, due date, release date, timing."""


class Answer(NamedTuple):
    """What is due, whether the nominal is listed as paused or ended, and the names of the flags."""

    tasks: dict[Key, Line]
    standing: str
    flags: frozenset[str]


class Reading:
    """The tasks of one nominal over one horizon."""

    def __init__(self, card: Card, policy: Policy, extract_date: date, first: date, last: date) -> None:
        self.card, self.policy, self.extract_date, self.first, self.last = card, policy, extract_date, first, last
        self.offender = card.life.offender
        self.level: str = card.level or self.offender.risk_level.value
        self.candidates: dict[str, list[tuple[date, int, str, date, date]]] = defaultdict(list)
        self.restart, self.start = card.restart, card.start
        self.seen, self.failures = card.seen_since_start, card.failures
        told = [v for v in card.life.tried if first <= v.date <= last]
        self.failures = self.failures + [(v.date, v.outcome.value) for v in told]
        self.last_attempt = (told[-1].date, told[-1].outcome.value) if told else card.last_attempt
        self.tried = told[-1].date if told else None
        self.asked_by = min((by for by in card.life.asked_for if first <= by <= last), default=None)
        self.away = self.offender.community_status.value != "community"
        until = self.offender.status_until
        self.back = until + DAY if self.away and until is not None and first <= until + DAY <= last else None
        if self.back is not None:
            self.restart = self.start = self.back
            self.seen, self.failures = False, [(v.date, v.outcome.value) for v in told if v.date >= self.back]

    def of_level(self, table: Any) -> int:
        """A policy number of the level in force."""
        return int(table[self.level])

    def propose(self, kind: str, rule: str, start: date, due: date, release: date | None = None) -> None:
        """One rule's due date; ``release`` only where it is not the look-ahead."""
        if release is None:
            release = due - timedelta(days=self.of_level(self.policy.visits.look_ahead_days))
        if self.tried is not None and kind in (*VISIT_KINDS, "arms_interview"):
            release = max(release, self.tried + DAY)
        moved = self.back is not None and kind in (*VISIT_KINDS, "arms_interview", "supervisory_review")
        if moved and self.back is not None:
            release = max(release, self.back)
        self.candidates[kind].append((due, len(self.candidates[kind]), rule, start, max(release, start)))

    def restarting(self, kind: str, rule: str, start: date, due: date, days: int) -> None:
        """The same, for work that a return to the community moves."""
        if self.restart is not None and due < self.restart:
            rule, start, due = "restarted", self.restart, self.restart + timedelta(days=days)
        self.propose(kind, rule, start, due)

    # visits

    def visit(self) -> None:
        kind, rule, start, due = self._visit()
        release = start
        if self.failures:
            failed = self.failures[-1][0]
            due = min(due, failed + timedelta(days=self.of_level(self.policy.visits.repeat_days)))
            rule, release = "repeat-attempt", failed + DAY
            kind = "repeat_visit" if self.seen else "initial_visit"
        if self.asked_by is not None:
            self.propose(kind, "asked-for", start, min(due, self.asked_by), release)
        else:
            ahead = timedelta(days=self.of_level(self.policy.visits.look_ahead_days))
            self.propose(kind, rule, start, due, max(due - ahead, release))

    def _visit(self) -> tuple[str, str, date, date]:
        if not self.seen:
            due = self.start + timedelta(days=self.of_level(self.policy.visits.initial_visit_days))
            rule = "release-expected" if self.back else "released" if self.restart else "initial-visit"
            return "initial_visit", rule, self.start, due
        seen, plan = self.card.last_seen, self.offender.visit_interval_days
        assert seen is not None
        if plan and not (self.offender.interval_until and self.offender.interval_until < self.first):
            return "home_visit", "plan-interval", seen, seen + timedelta(days=plan)
        months: Any = self.policy.visits.interval_months
        due = months_later(seen, months[self.level])
        if self.card.rise and self.card.rise[0] > seen:
            day, old_level = self.card.rise
            under_old_level = months_later(seen, months[old_level])
            if due < day and due < under_old_level:
                due = day if day < under_old_level else under_old_level
        return "home_visit", "visit-interval", seen, due

    # assessments

    def arms(self) -> None:
        if self.offender.cohort.value != "rso":
            return
        numbers, kind = self.policy.assessments, "arms_interview"
        arms, interview, rise = self.card.done.get("arms"), self.card.interview, self.card.rise
        if interview and (not arms or interview > arms):
            self.propose("arms_write_up", "arms-write-up", interview, interview + numbers.arms_write_up_days * DAY)
            return
        days = numbers.arms_trigger_days
        if arms:
            due = months_later(arms, numbers.arms_review_months)
            self.restarting(kind, "arms-review", arms, due, days)
        elif self.card.first_seen:
            due = months_later(self.card.first_seen, numbers.arms_initial_months)
            self.restarting(kind, "arms-initial", self.card.first_seen, due, days)
        if rise and ((arms and rise[0] > arms) or (not arms and self.card.first_seen)):
            self.restarting(kind, "arms-trigger", rise[0], rise[0] + days * DAY, days)

    def supervisory(self) -> None:
        numbers, kind = self.policy.assessments, "supervisory_review"
        days = numbers.supervisory_review_after_days
        since = self.card.done.get(kind) or self.offender.registered_on
        months = self.of_level(numbers.supervisory_review_months)
        self.restarting(kind, "supervisory-interval", since, months_later(since, months), days)
        for rule, day in (
            ("supervisory-after-arms", self.card.done.get("arms")),
            ("supervisory-after-change", self.card.level_changed),
        ):
            if day and day > since:
                self.restarting(kind, rule, day, day + days * DAY, days)

    def reactive(self) -> None:
        review, since = self.card.done.get("reactive_review"), self.card.reactive_since
        if review and since and review < since:
            review = None
        start = review or since or self.offender.registered_on
        due = months_later(start, self.policy.assessments.reactive_review_months)
        self.propose("reactive_review", "reactive-review", start, due)

    # desk

    def decision_called_for(self) -> date | None:
        counted = [day for day, outcome in self.failures if outcome in ("no_reply", "refused")]
        number = self.policy.visits.failed_attempts_for_decision
        if len(counted) < number:
            return None
        decided = self.card.done.get("no_reply_decision")
        return counted[number - 1] if decided is None or decided < counted[number - 1] else None

    def no_reply(self) -> None:
        if day := self.decision_called_for():
            due = day + self.policy.visits.decision_days * DAY
            self.propose("no_reply_decision", "no-reply-decision", day, due, day)

    def notification(self) -> None:
        if due := self.offender.notification_due:
            start = due - self.policy.assessments.notification_lead_days * DAY
            checked = self.card.done.get("notification_check")
            if not (checked and checked >= start):
                self.propose("notification_check", "notification", start, due, start)

    def status(self) -> None:
        until, since = self.offender.status_until, self.offender.status_since
        if not self.away:
            return
        if until and until < self.first:
            self.propose("status_check", "status-ended", until, until + DAY, until)
        if until is None:
            checked = self.card.done.get("status_check")
            if checked and since and checked < since:
                checked = None
            start = checked or since or self.offender.registered_on
            due = start + self.policy.assessments.status_check_days * DAY
            self.propose("status_check", "status-check", start, due, start)

    def address(self) -> None:
        known = self.offender.easting is not None and self.offender.northing is not None
        void = self.last_attempt is not None and self.last_attempt[1] == "address_void"
        if void or (not known and not self.offender.no_fixed_abode):
            due = self.extract_date + self.policy.assessments.address_check_days * DAY
            self.propose("address_check", "address-check", self.extract_date, due, self.extract_date)

    def record(self) -> None:
        if self.last_attempt is None:
            return
        day, entered = self.last_attempt[0], self.card.done.get("record_entry")
        if entered is None or entered < day:
            due = working_days_later(day, self.policy.assessments.record_entry_working_days)
            self.propose("record_entry", "record-outstanding", day, due, day)

    # all of it

    def timing(self, due: date) -> str:
        return "overdue" if due < self.first else "due" if due <= self.last else "look_ahead"

    def put_off(self, kind: str, start: date) -> Deferral | None:
        decision = self.card.decisions.get(kind)
        if decision is None or decision.decided_on < start:
            return None
        return decision if decision.until is None or decision.until >= self.first else None

    def tasks(self) -> dict[Key, Line]:
        """The earliest candidate of each kind, where it is listed, and what goes with the visits."""
        ref, found, visits = self.offender.offender_ref, {}, {}
        latest = self.last + timedelta(days=self.of_level(self.policy.visits.look_ahead_days))
        joint = any(self.first <= day <= self.last for day in self.card.life.joint_visit_days)
        for kind, candidates in self.candidates.items():
            due, _, rule, start, release = min(candidates)
            if due > latest or start > self.last:
                continue
            decision = self.put_off(kind, start)
            if decision and decision.until and decision.until <= self.last:
                release = max(release, decision.until + DAY)
            found[kind, ref, ""] = (rule, due, release, self.timing(due))
            off_all_week = decision is not None and (decision.until is None or decision.until >= self.last)
            if not off_all_week and (kind == "arms_interview" or (kind in VISIT_KINDS and not joint)):
                visits[kind] = (due, release)
        return found | self.companions(ref, visits)

    def companions(self, ref: str, visits: dict[str, tuple[date, date]]) -> dict[Key, Line]:
        if not visits:
            return {}
        numbers, found = self.policy.assessments, {}
        due = min(d for d, _ in visits.values())
        release = min(r for _, r in visits.values())
        checked = self.card.done.get("intelligence_check")
        if checked is None or checked + numbers.intelligence_check_valid_days * DAY < self.last:
            found["intelligence_check", ref, "NEXT"] = ("intelligence-before-visit", due, release, self.timing(due))
        entry = working_days_later(due, numbers.record_entry_working_days)
        found["record_entry", ref, "NEXT"] = ("record-after-visit", entry, release, self.timing(entry))
        if "arms_interview" in visits:
            interview_due, release = visits["arms_interview"]
            due = interview_due + numbers.arms_write_up_days * DAY
            found["arms_write_up", ref, "NEXT"] = ("write-up-after-interview", due, release, self.timing(due))
        return found

    def eligible(self) -> bool:
        o = self.offender
        long_enough = months_later(o.risk_level_set_on, 12 * self.policy.assessments.reactive_after_low_years)
        approved = o.reactive_approved_by is not None
        return (
            o.management_status.value == "reactive" and approved and self.level == "low" and long_enough <= self.first
        )


def read(card: Card, policy: Policy, extract_date: date, first: date, last: date, teams: dict[str, str]) -> Answer:
    """Read a card on the planned days; ``teams`` gives each officer's team."""
    offender = card.life.offender
    if offender.registered_on >= first:
        return Answer({}, "", frozenset())
    card.turn_to(first, {kind.value for kind in policy.visits.resets_clock})
    if offender.register_end is not None and offender.register_end < first:
        return Answer({}, "ended", frozenset())
    reading = Reading(card, policy, extract_date, first, last)
    paused = reading.away and reading.back is None
    clocks = [reading.status]
    if not paused:
        clocks += [reading.notification, reading.address, reading.record]
        if reading.eligible():
            clocks += [reading.reactive, reading.visit] if reading.asked_by else [reading.reactive]
        else:
            clocks += [reading.visit, reading.arms, reading.supervisory, reading.no_reply]
    for clock in clocks:
        clock()
    flags = {
        "lowered-without-sign-off": card.unsigned,
        "reactive-not-eligible": offender.management_status.value == "reactive" and not reading.eligible(),
        "no-lead-officer": offender.lead_officer is None,
        "lead-not-in-team": offender.lead_officer is not None and teams.get(offender.lead_officer) != offender.team,
        "paused-without-end": reading.away and offender.status_until is None,
        "pause-ended": reading.away and offender.status_until is not None and offender.status_until < first,
        "two-failed-attempts": reading.no_reply in clocks and reading.decision_called_for() is not None,
    }
    return Answer(reading.tasks(), "paused" if paused else "", frozenset(f for f, stands in flags.items() if stands))


def answer_for_day(
    life: Life, policy: Policy, extract_date: date, first: date, last: date, teams: dict[str, str]
) -> Answer:
    """One nominal on one day, from an empty card."""
    return read(Card(life), policy, extract_date, first, last, teams)
