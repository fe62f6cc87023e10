"""Registers that tell a published story: so many nominals of a level, each overdue by so many days.

Every nominal has an up-to-date supervisory review, record entry and (unless said) ARMS, so that only what the
story is about is overdue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import builders as b
from due.oracle_calendar import DAY, months_later

from offender_mgmt.register import Register
from offender_mgmt.register.records import Assessment, Deferral, Offender, Visit
from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus, RiskLevel, TaskKind

EXTRACT = b.EXTRACT_DAY
"""Friday 27 November 2026: overdue is what was due that day or before."""
MONTHS = {RiskLevel.VERY_HIGH: 1, RiskLevel.HIGH: 3, RiskLevel.MEDIUM: 6, RiskLevel.LOW: 12}


def last_day_before(due: date, months: int) -> date:
    """A day whose visit or ARMS is due on that day, so many months later."""
    day = next(d for d in (due - n * DAY for n in range(32 * months)) if months_later(d, months) <= due)
    assert months_later(day, months) == due
    return day


@dataclass
class Force:
    """A force under construction."""

    offenders: list[Offender] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    deferrals: list[Deferral] = field(default_factory=list)
    officers: tuple[Any, ...] = (b.officer(), b.officer(officer_id="P2"))
    numbers: Any = field(default_factory=lambda: count(1))

    def add(
        self, number: int, level: RiskLevel, *, days_overdue: int = 0, arms_overdue: int = 0, **facts: Any
    ) -> list[str]:
        """Nominals of a level whose visit (and ARMS) is overdue by so many days; 0: seen the day before the extract."""
        return [self._one(level, days_overdue, arms_overdue, facts) for _ in range(number)]

    def _one(self, level: RiskLevel, days_overdue: int, arms_overdue: int, facts: dict[str, Any]) -> str:
        ref = f"RSO-{next(self.numbers):06d}"
        yesterday, tomorrow = EXTRACT - DAY, EXTRACT + DAY
        self.offenders.append(b.offender(offender_ref=ref, risk_level=level, **facts))
        seen = yesterday if not days_overdue else last_day_before(tomorrow - days_overdue * DAY, MONTHS[level])
        arms = yesterday if not arms_overdue else last_day_before(tomorrow - arms_overdue * DAY, 12)
        self.visits.append(b.visit(visit_id=f"V-{ref}", offender_ref=ref, date=seen))
        done = {
            AssessmentKind.ARMS: arms,
            AssessmentKind.SUPERVISORY_REVIEW: yesterday,
            AssessmentKind.RECORD_ENTRY: yesterday,
        }
        self.assessments += [b.assessment(kind=kind, offender_ref=ref, date=day) for kind, day in done.items()]
        return ref

    def in_custody(self, number: int) -> None:
        """Nominals in custody, to an end that is known."""
        for _ in range(number):
            ref = f"RSO-{next(self.numbers):06d}"
            away = {"community_status": CommunityStatus.CUSTODY, "status_since": EXTRACT - timedelta(days=300)}
            self.offenders.append(b.offender(offender_ref=ref, **away, status_until=EXTRACT + timedelta(days=300)))

    def cancel(self, refs: Iterable[str], reason: str, authoriser: str = "S1") -> None:
        """Cancel the home visits of these nominals."""
        for ref in refs:
            self.deferrals.append(
                b.deferral(
                    task_kind=TaskKind.HOME_VISIT,
                    offender_ref=ref,
                    decided_on=EXTRACT,
                    until=None,
                    reason=reason,
                    authoriser=authoriser,
                )
            )

    def led_by(self, caseloads: dict[str, int]) -> None:
        """Share the nominals out, in order of their references."""
        leads = [officer for officer, number in caseloads.items() for _ in range(number)]
        assert len(leads) == len(self.offenders)
        pairs = zip(self.offenders, leads, strict=True)
        self.offenders = [offender.replace(lead_officer=lead) for offender, lead in pairs]

    def register(self) -> Register:
        """The register as extracted."""
        return b.register(
            offenders=tuple(self.offenders),
            officers=self.officers,
            visits=tuple(self.visits),
            assessments=tuple(self.assessments),
            deferrals=tuple(self.deferrals),
        )
