"""The oracle's index card of one nominal: each event changes what stands on it, and it only turns forward."""

from __future__ import annotations

from datetime import date, time
from typing import Any, NamedTuple

from offender_mgmt.register.records import Assessment, Change, Deferral, Offender, Visit

LEVELS = ["low", "medium", "high", "very_high"]


class Life(NamedTuple):
    """Everything recorded or told of one nominal, past and to come; joint visits by their day."""

    offender: Offender
    visits: tuple[Visit, ...]
    assessments: tuple[Assessment, ...]
    changes: tuple[Change, ...]
    deferrals: tuple[Deferral, ...]
    joint_visit_days: tuple[date, ...]
    tried: tuple[Visit, ...] = ()
    asked_for: tuple[date, ...] = ()


class Card:
    """What is known of one nominal up to a day; ``turn_to`` only goes forward."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.restart: date | None = None
        self.start: date = life.offender.registered_on
        self.seen_since_start = False
        self.first_seen: date | None = None
        self.last_seen: date | None = None
        self.failures: list[tuple[date, str]] = []
        self.interview: date | None = None
        self.last_attempt: tuple[date, str] | None = None
        self.done: dict[str, date] = {}
        self.decisions: dict[str, Deferral] = {}
        self.reactive_since: date | None = None
        self.level: str | None = None
        self.rise: tuple[date, str] | None = None
        self.level_changed: date | None = None
        self.unsigned = False
        self.events = sorted(self._events(), key=lambda event: event[:2], reverse=True)

    def _events(self) -> list[tuple[date, tuple[Any, ...], str, Any]]:
        life = self.life
        events: list[tuple[date, tuple[Any, ...], str, Any]] = [
            (life.offender.registered_on, (0,), "registered", None),
            *((c.date, (1, c.field.value), f"changed {c.field.value}", c) for c in life.changes),
            *((v.date, (2, v.start or time(0), v.visit_id), "attempted", v) for v in life.visits),
            *((a.date, (3, a.kind.value), "done", a) for a in life.assessments),
            *((d.decided_on, (4, d.task_kind.value), "put off", d) for d in life.deferrals),
        ]
        return events

    def turn_to(self, day: date, resets: set[str]) -> None:
        """Take in every event dated before ``day``."""
        while self.events and self.events[-1][0] < day:
            when, _, what, record = self.events.pop()
            if what == "registered":
                self.restart, self.start, self.seen_since_start, self.failures = None, when, False, []
            elif what == "attempted":
                self._attempted(when, record, resets)
            elif what == "done":
                self.done[record.kind.value] = when
            elif what == "put off":
                self.decisions[record.task_kind.value] = record
            elif what == "changed community_status" and record.value_to == "community":
                self.restart, self.start, self.seen_since_start, self.failures = when, when, False, []
            elif what == "changed management_status" and record.value_to == "reactive":
                self.reactive_since = when
            elif what == "changed risk_level":
                self._level_changed(when, record)

    def _attempted(self, when: date, visit: Visit, resets: set[str]) -> None:
        outcome = visit.outcome.value
        self.last_attempt = (when, outcome)
        if outcome == "successful" and visit.type.value == "arms_interview":
            self.interview = when
        if outcome == "successful" and visit.type.value in resets:
            self.first_seen = self.first_seen or when
            self.last_seen, self.seen_since_start, self.failures = when, True, []
        elif outcome != "successful" and when != self.last_seen:
            self.failures.append((when, outcome))

    def _level_changed(self, when: date, change: Change) -> None:
        if change.value_to not in LEVELS:
            return
        if self.level is None:
            self.level = change.value_from if change.value_from in LEVELS else change.value_to
        self.level_changed, self.unsigned = when, False
        old, new = LEVELS.index(self.level), LEVELS.index(change.value_to)
        if new > old:
            self.rise = (when, self.level)
        if new < old and change.signed_off_by is None:
            self.unsigned = True
        else:
            self.level = change.value_to
