"""Random registers for the second way: synthetic teams, then disturbed in every way an audit must notice.

Nothing here is likely; everything is possible: the same seed gives the same register.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

from offender_mgmt.errors import Fault
from offender_mgmt.register import Register
from offender_mgmt.register.records import Assessment, Change, Deferral, Event, Offender, Officer, Tour, Visit
from offender_mgmt.synth.make import make_register
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    Cohort,
    CommunityStatus,
    EventKind,
    ManagementStatus,
    RiskLevel,
    TaskKind,
    TourCode,
    VisitOutcome,
    VisitType,
)

DAY = timedelta(days=1)
UNKNOWN_OFFICER = "P9999"


@lru_cache(maxsize=8)
def wild_register(seed: int, offenders: int = 60) -> Register:
    """A synthetic register of two teams, disturbed."""
    settings = SynthSettings(seed=seed, offenders=offenders, officers=10, teams=2, history_days=900)
    return Disturbed(make_register(settings), random.Random(seed)).register()


class Disturbed:
    """Disturbs one register, log by log."""

    def __init__(self, calm: Register, rng: random.Random) -> None:
        self.calm, self.rng, self.extract = calm, rng, calm.extract_date
        self.chains: dict[tuple[str, ChangeField], list[Change]] = defaultdict(list)
        for change in calm.changes:
            self.chains[change.offender_ref, change.field].append(change)
        self.officer_ids = [o.officer_id for o in calm.officers]

    def register(self) -> Register:
        """The disturbed register; its logs are in no particular order."""
        offenders = tuple(self.nominal(o) for o in self.calm.offenders)
        refs = [o.offender_ref for o in offenders]
        self.hard_to_find = {ref: self.day(200) for ref in refs if self.chance(0.2)}
        self.always_tuesday = {ref for ref in refs if self.chance(0.25)}
        rows: dict[str, list[Any]] = {
            "visits": [v for visit in self.calm.visits for v in self.visit(visit)],
            "assessments": [a for row in self.calm.assessments for a in self.assessment(row)],
            "changes": [change for chain in self.chains.values() for change in chain],
            "deferrals": [*self.calm.deferrals, *self.put_off(offenders)],
            "events": [*self.calm.events, *self.joint_visits(offenders)],
            "tours": [self.tour(t) for t in self.calm.tours],
        }
        keyed = {name: tuple(_first_of_key(self.shuffled(of_name))) for name, of_name in rows.items()}
        warnings = tuple(sorted(self.warnings(offenders)))
        return replace(self.calm, offenders=offenders, officers=self.officers(), warnings=warnings, **keyed)

    def warnings(self, offenders: tuple[Offender, ...]) -> Iterator[Fault]:
        """As reading the files would give them."""
        for _ in range(6):
            ref = self.rng.choice((*offenders[:3], *offenders[:3])).offender_ref
            yield Fault("offenders.csv", self.rng.randint(0, 90), "team", self.rng.choice("ab"), "Look at it.", ref)
        yield Fault("officers.csv", 3, "caseload_limit", "over", "Look at it.", self.officer_ids[0])
        yield Fault("visits.csv", 4, "officers", "unknown", "Look at it.", UNKNOWN_OFFICER)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def shuffled(self, rows: list[Any]) -> list[Any]:
        self.rng.shuffle(rows)
        return rows

    def day(self, back: int, ahead: int = 0) -> date:
        return self.extract + self.rng.randint(-back, ahead) * DAY

    # facts

    def nominal(self, offender: Offender) -> Offender:
        values: dict[str, Any] = {}
        if self.chance(0.1):
            values["lead_officer"] = self.rng.choice((None, UNKNOWN_OFFICER, *self.officer_ids))
        if self.chance(0.1):
            values["cohort"] = self.rng.choice(list(Cohort))
        if self.chance(0.15):
            values["notification_due"] = self.day(40, 20)
        if self.chance(0.15):
            values["register_end"] = self.day(200, 400)
        if self.chance(0.15):
            values["order_end"] = self.day(50, 300)
        if self.chance(0.1):
            values |= {"easting": None, "northing": None, "no_fixed_abode": self.chance(0.5)}
        if self.chance(0.1):
            values |= {"crew_size": self.rng.choice((1, 2, 3)), "markers": ("violent",)}
        if self.chance(0.15):
            until = self.day(100, 100) if self.chance(0.5) else None
            values |= {"visit_interval_days": self.rng.choice((20, 60, 400)), "interval_until": until}
        if self.chance(0.1):
            values["registered_on"] = self.day(500)
        if self.chance(0.15):
            values |= {"management_status": ManagementStatus.REACTIVE}
            values["reactive_approved_by"] = self.rng.choice((None, self.officer_ids[0]))
            values["risk_level_set_on"] = self.day(2500)
        changed = offender.replace(**values)
        for disturb in (self.levels, self.custody, self.other_changes):
            changed = disturb(changed)
        return changed

    def levels(self, offender: Offender) -> Offender:
        """A chain of levels, some lowered without sign-off."""
        if not self.chance(0.3):
            return offender
        level, chain = self.rng.choice(list(RiskLevel)), []
        for day in self.days(self.rng.randint(1, 4)):
            before, level = level, self.rng.choice([other for other in RiskLevel if other is not level])
            signed = self.officer_ids[0] if self.chance(0.5) else None
            chain.append(self.change(offender, day, ChangeField.RISK_LEVEL, before, level, signed))
        self.chains[offender.offender_ref, ChangeField.RISK_LEVEL] = chain
        return offender.replace(risk_level=level, risk_level_set_on=chain[-1].date)

    def custody(self, offender: Offender) -> Offender:
        """In and out, ending anywhere."""
        if not self.chance(0.25):
            return offender
        status, chain = CommunityStatus.COMMUNITY, []
        for day in self.days(self.rng.randint(1, 4)):
            before = status
            status = self.rng.choice([s for s in CommunityStatus if s is not status]) if self.chance(0.4) else status
            status = status if status is not before else _other_side(before)
            chain.append(self.change(offender, day, ChangeField.COMMUNITY_STATUS, before, status, None))
        self.chains[offender.offender_ref, ChangeField.COMMUNITY_STATUS] = chain
        away = status is not CommunityStatus.COMMUNITY
        until = self.rng.choice((None, self.day(30, 10))) if away else None
        return offender.replace(community_status=status, status_since=chain[-1].date, status_until=until)

    def other_changes(self, offender: Offender) -> Offender:
        """Of lead, of plan interval, of management."""
        ref = offender.offender_ref
        for field, values in (
            (ChangeField.LEAD_OFFICER, ("", *self.officer_ids)),
            (ChangeField.VISIT_INTERVAL_DAYS, ("", "30", "90", "500")),
            (ChangeField.MANAGEMENT_STATUS, tuple(ManagementStatus)),
        ):
            if self.chance(0.1):
                now = str(getattr(offender, field.value) or "")
                before = self.rng.choice([v for v in values if str(v) != now])
                day = self.day(600)
                self.chains[ref, field] = [self.change(offender, day, field, before, now, None)]
        return offender

    def days(self, number: int) -> list[date]:
        return sorted({self.day(700) for _ in range(number)})

    def change(self, offender: Offender, day: date, field: ChangeField, *values: Any) -> Change:
        before, after, signed = values
        return Change(
            offender_ref=offender.offender_ref,
            date=day,
            field=field,
            value_from=str(before),
            value_to=str(after),
            signed_off_by=signed,
        )

    def officers(self) -> tuple[Officer, ...]:
        return tuple(self.officer(o) for o in self.calm.officers)

    def officer(self, officer: Officer) -> Officer:
        values: dict[str, Any] = {}
        if self.chance(0.3):
            values["contract_hours"] = self.rng.choice((16, 20, 30, 40))
        if self.chance(0.2):
            values["skills"] = self.rng.choice(((), ("ARMS",), ("MOSOVO",)))
        return officer.replace(**values)

    # logs

    def visit(self, visit: Visit) -> Iterator[Visit]:
        if self.chance(0.04):
            return
        values: dict[str, Any] = {}
        if self.chance(0.1):
            values["officers"] = self.rng.choice(((), visit.officers[:1], (UNKNOWN_OFFICER, *visit.officers[:1])))
            values["single_crew_authorised_by"] = self.officer_ids[0] if self.chance(0.4) else None
        if self.chance(0.1):
            values["start"], values["end"] = None, None
        elif self.chance(0.1):
            hour = self.rng.randint(7, 20)
            values["start"], values["end"] = time(hour, self.rng.choice((0, 30, 59))), time(hour + 1, 59)
        if self.chance(0.1):
            values["announced"] = not visit.announced
        if self.chance(0.1):
            values["outcome"] = self.rng.choice(list(VisitOutcome))
        if self.chance(0.1):
            values["type"] = self.rng.choice(list(VisitType))
        yield self.in_habit(visit.replace(**values))

    def in_habit(self, visit: Visit) -> Visit:
        """Some do not answer from a day on; some are always seen on Tuesday morning, but once in a while."""
        since = self.hard_to_find.get(visit.offender_ref)
        if since is not None and visit.date > since:
            visit = visit.replace(outcome=self.rng.choice((VisitOutcome.NO_REPLY, VisitOutcome.ABORTED)))
        if visit.offender_ref in self.always_tuesday and self.chance(0.9):
            tuesday = visit.date - (visit.date.weekday() - 1) % 7 * DAY
            visit = visit.replace(date=tuesday, start=time(10), end=time(11))
        return visit

    def assessment(self, row: Assessment) -> Iterator[Assessment]:
        if self.chance(0.08):
            return
        if self.chance(0.08) and row.date < self.extract - 10 * DAY:
            row = row.replace(date=row.date + self.rng.randint(1, 10) * DAY)
        yield row
        if row.kind is AssessmentKind.RECORD_ENTRY and self.chance(0.01):
            yield row.replace(kind=self.rng.choice(list(AssessmentKind)))

    def put_off(self, offenders: tuple[Offender, ...]) -> Iterator[Deferral]:
        kinds = [kind for kind in TaskKind if kind is not TaskKind.FIXED_EVENT]
        kinds += 5 * [TaskKind.HOME_VISIT, TaskKind.REPEAT_VISIT, TaskKind.SUPERVISORY_REVIEW]
        for offender in offenders:
            for _ in range(self.rng.choice((0, 0, 1, 4))):
                decided = self.day(200)
                until = None if self.chance(0.4) else decided + self.rng.randint(0, 250) * DAY
                reason = self.rng.choice(("low risk", "no officers", "a long reason, " * 6 + "and its end"))
                yield Deferral(
                    task_kind=self.rng.choice(kinds),
                    offender_ref=offender.offender_ref,
                    decided_on=decided,
                    until=until,
                    reason=reason,
                    authoriser=self.rng.choice(self.officer_ids[:2]),
                )

    def joint_visits(self, offenders: tuple[Offender, ...]) -> Iterator[Event]:
        for number in range(4):
            yield Event(
                event_id=f"E-JOINT-{number}",
                kind=EventKind.JOINT_VISIT,
                date=self.day(10, 7),
                start=time(10),
                end=time(12),
                officers=(self.rng.choice(self.officer_ids),),
                offender_ref=self.rng.choice(offenders).offender_ref,
            )

    def tour(self, tour: Tour) -> Tour:
        if tour.code is TourCode.DUTY and self.chance(0.1):
            return tour.replace(code=self.rng.choice(list(TourCode)[1:]), start=None, end=None)
        return tour


def _other_side(status: CommunityStatus) -> CommunityStatus:
    return CommunityStatus.CUSTODY if status is CommunityStatus.COMMUNITY else CommunityStatus.COMMUNITY


def _first_of_key(rows: list[Any]) -> Iterator[Any]:
    seen = set()
    for row in rows:
        key = tuple(str(getattr(row, name)) for name in row.key_fields)
        if key not in seen:
            seen.add(key)
            yield row
