"""Random nominals, seeded: registers whose logs hit every rule and corner of the clocks over 2024-2028."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from builders import assessment, base, change, deferral, event, offender, officer, policy, visit
from due.oracle_card import Life

from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Assessment, Change, Deferral, Event, Offender, Visit
from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    Cohort,
    CommunityStatus,
    EventKind,
    ManagementStatus,
    RiskLevel,
    TaskKind,
    VisitOutcome,
    VisitType,
)

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2028, 12, 31)
SEED = 20260601
TEAMS = {"P1": "north", "P2": "north", "S1": "south"}

CORNER_DAYS = (
    date(2023, 12, 29),
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2024, 3, 28),
    date(2024, 8, 31),
    date(2024, 12, 24),
    date(2025, 2, 28),
    date(2025, 10, 31),
    date(2026, 4, 2),
    date(2026, 11, 30),
    date(2027, 12, 24),
    date(2028, 1, 30),
    date(2028, 2, 29),
    date(2028, 5, 31),
)
"""Month ends, leap days, days before Easter and Christmas."""


class Group(NamedTuple):
    """Some nominals in one register, under one policy."""

    register: Register
    policy: Policy
    lives: tuple[Life, ...]


@lru_cache(maxsize=2)
def groups(number: int = 50, size: int = 40, seed: int = SEED) -> tuple[Group, ...]:
    """``number`` registers of ``size`` nominals each, the same for the same seed."""
    policies = _policies(random.Random(seed))
    return tuple(_group(index, size, policies[index % len(policies)], seed) for index in range(number))


def _group(index: int, size: int, rules: Policy, seed: int) -> Group:
    rng = random.Random(f"{seed}-{index}")
    makers = [_Maker(rng, f"RSO-{index:03d}{place:03d}") for place in range(size)]
    rows: dict[str, Any] = {
        name: tuple(row for maker in makers for row in getattr(maker, name))
        for name in ("visits", "assessments", "changes", "deferrals", "events")
    }
    register = Register(
        extract_date=_day(rng, date(2023, 12, 1), LAST_DAY),
        offenders=tuple(maker.offender for maker in makers),
        officers=tuple(officer(officer_id=name, team=team) for name, team in TEAMS.items()),
        bases=(base(),),
        tried=tuple(v for maker in makers for v in maker.tried),
        asked_for=tuple((maker.ref, by) for maker in makers for by in maker.asked_for),
        **rows,
    )
    return Group(register, rules, tuple(maker.life() for maker in makers))


def _policies(rng: random.Random) -> list[Policy]:
    """The example policy and three with other numbers, one in which not every visit resets the clock."""
    found = [policy()]
    for failed, resets in ((3, list(VisitType)), (2, ["home_visit", "initial_visit", "repeat_visit"]), (1, None)):
        values = policy().model_dump()
        visits, assessments = values["visits"], values["assessments"]
        visits["failed_attempts_for_decision"] = failed
        visits["resets_clock"] = resets or visits["resets_clock"]
        for table in ("initial_visit_days", "repeat_days", "look_ahead_days"):
            visits[table] = {level: rng.randint(1, 40) for level in RiskLevel}
        visits["interval_months"] = dict(zip(RiskLevel, sorted(rng.sample(range(1, 25), 4)), strict=True))
        for key, number in assessments.items():
            if isinstance(number, int):
                assessments[key] = rng.randint(max(1, number // 2), number + 4)
        values["duty"]["extra_bank_holidays"] = []
        found.append(Policy.model_validate(values))
    return found


def _day(rng: random.Random, first: date, last: date) -> date:
    """Any day of the span; one in eight is a corner day."""
    if rng.random() < 0.125:
        inside = [day for day in CORNER_DAYS if first <= day <= last]
        if inside:
            return rng.choice(inside)
    return first + timedelta(days=rng.randint(0, (last - first).days))


class _Maker:
    """Draws one nominal's facts and logs."""

    def __init__(self, rng: random.Random, ref: str) -> None:
        self.rng, self.ref = rng, ref
        self.registered = _day(rng, date(2020, 1, 1), date(2028, 6, 1))
        self.offender: Offender = self._offender()
        self.changes: list[Change] = list(self._changes())
        self.visits: list[Visit] = list(self._visits())
        self.assessments: list[Assessment] = list(self._assessments())
        self.deferrals: list[Deferral] = list(self._deferrals())
        self.events: list[Event] = list(self._events())
        self.told = random.Random(ref)  # of its own, so that all else is drawn as ever
        self.tried = tuple(self._tried())
        self.asked_for = tuple(_day(self.told, FIRST_DAY, LAST_DAY) for _ in range(self.told.choice((0,) * 19 + (8,))))

    def life(self) -> Life:
        """The nominal as the oracle takes it."""
        joint = tuple(e.date for e in self.events if e.kind is EventKind.JOINT_VISIT)
        return Life(
            self.offender,
            tuple(self.visits),
            tuple(self.assessments),
            tuple(self.changes),
            tuple(self.deferrals),
            joint,
            self.tried,
            self.asked_for,
        )

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def any_day(self) -> date:
        return _day(self.rng, date(2022, 6, 1), LAST_DAY)

    def maybe_day(self, share: float) -> date | None:
        return self.any_day() if self.chance(share) else None

    def level(self) -> RiskLevel:
        return self.rng.choices(list(RiskLevel), (2, 3, 3, 4))[0]

    def _offender(self) -> Offender:
        rng = self.rng
        reactive, away = self.chance(0.35), self.chance(0.35)
        level = RiskLevel.LOW if reactive and self.chance(0.8) else self.level()
        return offender(
            offender_ref=self.ref,
            cohort=Cohort.RSO if self.chance(0.85) else rng.choice(list(Cohort)),
            risk_level=level,
            risk_level_set_on=_day(rng, date(2019, 1, 1), date(2025, 12, 31)),
            management_status=ManagementStatus.REACTIVE if reactive else ManagementStatus.ACTIVE,
            reactive_approved_by="S1" if self.chance(0.85) else None,
            community_status=rng.choice(list(CommunityStatus)[1:]) if away else CommunityStatus.COMMUNITY,
            status_since=self.maybe_day(0.7) if away else None,
            status_until=_day(rng, FIRST_DAY, LAST_DAY) if self.chance(0.8 if away else 0.05) else None,
            lead_officer=rng.choice(("P1", "P2", "S1", "P9", None)),
            easting=None if self.chance(0.25) else 571_000,
            northing=None if self.chance(0.1) else 207_000,
            no_fixed_abode=self.chance(0.15),
            registered_on=self.registered,
            register_end=_day(rng, FIRST_DAY, date(2032, 1, 1)) if self.chance(0.2) else None,
            visit_interval_days=rng.choice((1, 30, 45, 90, 400)) if self.chance(0.25) else None,
            interval_until=self.maybe_day(0.5),
            notification_due=self.maybe_day(0.6),
        )

    def _changes(self) -> Iterator[Change]:
        reactive_like = self.offender.management_status is ManagementStatus.REACTIVE and self.chance(0.7)
        for day in self._days((0, 0, 1) if reactive_like else (0, 1, 2, 4)):
            before = self.rng.choice(("", "unknown", *RiskLevel))
            to = self.rng.choice(list(RiskLevel)) if self.chance(0.97) else self.rng.choice(("", "graver"))
            signed = "S1" if self.chance(0.7) else None
            yield self._change(day, ChangeField.RISK_LEVEL, before, to, signed)
        status = CommunityStatus.COMMUNITY
        for day in self._days((0, 0, 1, 2, 3)):
            before, status = status, self.rng.choice([s for s in CommunityStatus if s is not status])
            yield self._change(day, ChangeField.COMMUNITY_STATUS, before, status, None)
        for day in self._days((0, 0, 1, 2)):
            to_status = self.rng.choice(list(ManagementStatus))
            yield self._change(day, ChangeField.MANAGEMENT_STATUS, "", to_status, None)

    def _days(self, numbers: tuple[int, ...]) -> list[date]:
        """Different days, sorted; now and then the day of registration is one."""
        days = {self.any_day() for _ in range(self.rng.choice(numbers))}
        if days and self.chance(0.1):
            days.add(self.registered)
        return sorted(days)

    def _change(self, day: date, field: ChangeField, before: str, to: str, signed: str | None) -> Change:
        return change(
            offender_ref=self.ref, date=day, field=field, value_from=str(before), value_to=str(to), signed_off_by=signed
        )

    def _visits(self) -> Iterator[Visit]:
        """Seen often, seldom, or never; successes and failures in runs, now and then two on one day."""
        rng, day, number = self.rng, self.any_day(), 0
        success, gap = rng.choice((0.0, 0.3, 0.6, 0.9)), rng.choice((8, 40, 90, 200))
        last = _day(rng, FIRST_DAY, LAST_DAY)
        while day <= last and number < 40:
            number += 1
            seen = self.chance(success)
            yield visit(
                visit_id=f"V-{self.ref}-{number}",
                offender_ref=self.ref,
                date=day,
                start=rng.choice((None, time(9), time(14, 30))),
                end=None,
                type=rng.choices(list(VisitType), (6, 2, 3, 1, 1, 1))[0],
                outcome=VisitOutcome.SUCCESSFUL if seen else rng.choice(list(VisitOutcome)[1:]),
            )
            day += timedelta(days=0 if self.chance(0.1) else rng.randint(1, 2 * gap))

    def _assessments(self) -> Iterator[Assessment]:
        for kind in AssessmentKind:
            days = {self.any_day() for _ in range(self.rng.choice((0, 1, 2, 5)))}
            if kind is AssessmentKind.RECORD_ENTRY:  # many attempts are on the record
                days |= {attempt.date for attempt in self.visits if self.chance(0.5)}
            for day in sorted(days):
                yield assessment(kind=kind, offender_ref=self.ref, date=day)

    def _deferrals(self) -> Iterator[Deferral]:
        decisions = {(self.rng.choice(list(TaskKind)[:-1]), self.any_day()) for _ in range(self.rng.choice((0, 4, 12)))}
        for kind, day in sorted(decisions):
            until = None if self.chance(0.2) else day + timedelta(days=self.rng.randint(0, 200))
            yield deferral(task_kind=kind, offender_ref=self.ref, decided_on=day, until=until)

    def _tried(self) -> Iterator[Visit]:
        days = sorted(_day(self.told, FIRST_DAY, LAST_DAY) for _ in range(self.told.choice((0,) * 6 + (12,))))
        for number, day in enumerate(days):
            outcome = self.told.choice(list(VisitOutcome)[1:])
            yield visit(visit_id=f"T-{self.ref}-{number}", offender_ref=self.ref, date=day, outcome=outcome)

    def _events(self) -> Iterator[Event]:
        for number, day in enumerate(self._days((0, 2, 8))):
            kind = EventKind.JOINT_VISIT if self.chance(0.9) else EventKind.MAPPA_MEETING
            yield event(event_id=f"E-{self.ref}-{number}", kind=kind, date=day, offender_ref=self.ref)
