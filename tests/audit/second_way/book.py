"""The second way's view of a register at the end of a day: one card per nominal, read by the oracle of the clocks.

Nothing of ``offender_mgmt.audit.topics`` or of ``offender_mgmt.due`` is used; the clocks are those of the oracle.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from audit.second_way.cutter import cut
from due.oracle import VISIT_KINDS, Reading
from due.oracle_calendar import DAY
from due.oracle_card import Card, Life

from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Offender, Visit

ACTIVE_CLOCKS = ("visit", "arms", "supervisory", "no_reply")
CODES = {
    "home_visit": "HV",
    "initial_visit": "HVI",
    "repeat_visit": "HVR",
    "arms_interview": "ARMSI",
    "arms_write_up": "ARMSW",
    "supervisory_review": "SUP",
    "reactive_review": "REACT",
    "intelligence_check": "INTEL",
    "record_entry": "ENTRY",
    "notification_check": "NOTIF",
    "status_check": "STATUS",
    "address_check": "ADDR",
    "no_reply_decision": "NRDEC",
}


class Clock(NamedTuple):
    """What one clock says: the earliest of its rules."""

    kind: str
    rule: str
    start: date
    due: date


class Person:
    """One nominal at the end of a day (``first`` is the day after)."""

    def __init__(self, life: Life, policy: Policy, extract_date: date, first: date) -> None:
        self.life, self.extract_date = life, extract_date
        self.offender: Offender = life.offender
        self.policy, self.first, self.day = policy, first, first - DAY
        self.card = Card(life)
        self.card.turn_to(first, {kind.value for kind in policy.visits.resets_clock})
        self.reading = Reading(self.card, policy, extract_date, first, first + 6 * DAY)
        self.ref = self.offender.offender_ref
        end = self.offender.register_end
        self.ended = end is not None and end < first
        self.away = self.offender.community_status.value != "community"
        self.paused = self.away and self.reading.back is None
        self.eligible = self.reading.eligible()
        self.in_community = not self.ended and not self.away
        self.active = self.in_community and not self.eligible
        self.level = self.reading.level
        self.visits: tuple[Visit, ...] = tuple(
            sorted((v for v in life.visits if v.date < first), key=lambda v: (v.date, v.start or time(0), v.visit_id))
        )
        self.seen = [v for v in self.visits if v.outcome.value == "successful"]
        self.resetting = [v for v in self.seen if v.type in policy.visits.resets_clock]

    @cached_property
    def clocks(self) -> dict[str, Clock]:
        """What each clock that runs says, whether listed this week or not."""
        if self.ended:
            return {}
        names = ["status"]
        if not self.paused:
            names += [*(("reactive",) if self.eligible else ACTIVE_CLOCKS), "notification", "address", "record"]
        for name in names:
            getattr(self.reading, name)()
        earliest = {kind: min(found) for kind, found in self.reading.candidates.items()}
        return {kind: Clock(kind, rule, start, due) for kind, (due, _, rule, start, _) in earliest.items()}

    @cached_property
    def visit_clock(self) -> Clock:
        """The one visit an active nominal is due."""
        return next(self.clocks[kind] for kind in VISIT_KINDS if kind in self.clocks)

    @cached_property
    def by_tier(self) -> Person:
        """The same nominal without an interval of the risk management plan."""
        plain = self.life._replace(offender=self.offender.replace(visit_interval_days=None))
        return Person(plain, self.policy, self.extract_date, self.first)

    @property
    def seen_since_start(self) -> bool:
        """Whether there was a successful visit since the registration or the return."""
        return bool(self.reading.seen)

    @property
    def failures(self) -> list[tuple[date, str]]:
        """Attempts that failed since the start and the last successful visit."""
        return self.reading.failures

    @cached_property
    def tasks(self) -> dict[str, tuple[str, str, date]]:
        """Id of each task listed: kind, rule, due date."""
        assert self.clocks is not None  # the clocks are read first
        lines = self.reading.tasks()
        suffixed = {
            "-".join(filter(None, (CODES[kind], ref, suffix))): (kind, line[0], line[1])
            for (kind, ref, suffix), line in lines.items()
        }
        return dict(sorted(suffixed.items()))

    def goes_with(self, task_id: str) -> list[date]:
        """Due dates of the visits that a task goes with; none unless it exists only together with a visit."""
        if not task_id.endswith("-NEXT"):
            return []
        joint = any(self.first <= day <= self.first + 6 * DAY for day in self.life.joint_visit_days)
        found = []
        for kind, _, due in self.tasks.values():
            is_interview = kind == "arms_interview"
            if not is_interview and (kind not in VISIT_KINDS or joint or task_id.startswith(CODES["arms_write_up"])):
                continue
            decision = self.put_off(kind)
            if decision is None or (decision.until is not None and decision.until < self.first + 6 * DAY):
                found.append(due)
        return found

    def put_off(self, kind: str) -> Any:
        """The decision in force on this clock's task, if any."""
        clock = self.clocks.get(kind)
        return self.reading.put_off(kind, clock.start) if clock else None

    def days_overdue(self, due: date) -> int:
        """Days from the due date to the day after the audit's; 0 or less when not overdue."""
        return (self.first - due).days

    def points(self, due: date) -> int:
        """Risk points as ``clocks.md`` has them."""
        numbers, levels = self.policy.priorities, {level.value: n for level, n in self._weights()}
        return levels[self.level] * (numbers.base_days + min(self.days_overdue(due), numbers.lateness_cap_days))

    def _weights(self) -> Any:
        return self.policy.priorities.level_weights.items()

    def hours(self, kind: str) -> float:
        """Officer hours of a task at the door or the desk."""
        minutes = next(m for k, m in self.policy.durations.minutes.items() if k.value == kind)
        if kind not in (*VISIT_KINDS, "arms_interview"):
            return minutes / 60
        crews = self.policy.crews
        sizes = [next(n for level, n in crews.size.items() if level.value == self.level), self.offender.crew_size or 0]
        sizes += [crews.size_by_marker.get(marker, 0) for marker in self.offender.markers]
        return minutes * max(sizes) / 60


class Book:
    """All nominals at the end of a day."""

    def __init__(self, register: Register, policy: Policy, day: date) -> None:
        self.full, self.policy, self.day = register, policy, day
        self.first = day + DAY
        self.register = cut(register, day)

    @cached_property
    def people(self) -> list[Person]:
        """Everybody registered by the day, by reference."""
        lives = lives_of(self.register)
        return [Person(lives[ref], self.policy, self.register.extract_date, self.first) for ref in sorted(lives)]

    @cached_property
    def person(self) -> dict[str, Person]:
        """The same by reference."""
        return {person.ref: person for person in self.people}

    @property
    def active(self) -> list[Person]:
        """Those managed actively in the community."""
        return [person for person in self.people if person.active]

    def eve_of(self, ref: str, day: date) -> Person | None:
        """One nominal as at the end of the day before; ``None`` if not registered yet."""
        eve = cut(self._alone(ref), day - DAY)
        lives = lives_of(eve)
        return Person(lives[ref], self.policy, eve.extract_date, day) if ref in lives else None

    def _alone(self, ref: str) -> Register:
        register = self.register
        parts = {name: self._rows[name].get(ref, ()) for name in LOGS}
        return type(register)(extract_date=register.extract_date, offenders=(self.person[ref].offender,), **parts)

    @cached_property
    def _rows(self) -> dict[str, dict[str, tuple[Any, ...]]]:
        return {name: by_nominal(getattr(self.register, name)) for name in LOGS}


LOGS = ("visits", "assessments", "changes", "deferrals")


def by_nominal(rows: Any) -> dict[str, tuple[Any, ...]]:
    """Rows of a log by reference."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.offender_ref].append(row)
    return {ref: tuple(group) for ref, group in groups.items()}


def lives_of(register: Register) -> dict[str, Life]:
    """The oracle's view of each nominal."""
    rows = {name: by_nominal(getattr(register, name)) for name in LOGS}
    joint = defaultdict(list)
    for event in register.events:
        if event.kind.value == "joint_visit" and event.offender_ref:
            joint[event.offender_ref].append(event.date)
    return {
        o.offender_ref: Life(o, *(rows[name].get(o.offender_ref, ()) for name in LOGS), tuple(joint[o.offender_ref]))
        for o in register.offenders
    }


def weeks_back(day: date, number: int) -> list[date]:
    """The day, and the same weekday of the weeks before it."""
    return [day - timedelta(days=7 * n) for n in range(number)]
