"""Valid small objects: say only what matters to the test."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from offender_mgmt.policy import Policy, example_policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import (
    Assessment,
    Base,
    Change,
    Deferral,
    Event,
    Offender,
    Officer,
    Tour,
    Visit,
)
from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    Cohort,
    CommunityStatus,
    EventKind,
    ManagementStatus,
    RiskLevel,
    Role,
    TaskKind,
    TourCode,
    VisitOutcome,
    VisitType,
)

EXTRACT_DAY = date(2026, 11, 27)
"""A Friday; the week planned after it is 2026-W49, Monday 30 November to Sunday 6 December."""
MONDAY = date(2026, 11, 30)


def policy() -> Policy:
    """The example policy."""
    return example_policy().policy


def offender(**changes: Any) -> Offender:
    """A medium-risk nominal of team north, seen at home in Chelmsford, led by P1."""
    values: dict[str, Any] = {
        "offender_ref": "RSO-000001",
        "cohort": Cohort.RSO,
        "risk_level": RiskLevel.MEDIUM,
        "risk_level_set_on": date(2024, 1, 10),
        "management_status": ManagementStatus.ACTIVE,
        "community_status": CommunityStatus.COMMUNITY,
        "lead_officer": "P1",
        "team": "north",
        "easting": 571_000,
        "northing": 207_000,
        "locality": "Chelmsford",
        "registered_on": date(2023, 6, 1),
    }
    return Offender(**{**values, **changes})


def officer(**changes: Any) -> Officer:
    """A detective of team north at Chelmsford, accredited for MOSOVO and ARMS, who drives."""
    values: dict[str, Any] = {
        "officer_id": "P1",
        "role": Role.DETECTIVE,
        "skills": ("MOSOVO", "ARMS"),
        "team": "north",
        "base": "Chelmsford",
    }
    return Officer(**{**values, **changes})


def base(**changes: Any) -> Base:
    """Chelmsford station."""
    values: dict[str, Any] = {"base": "Chelmsford", "easting": 570_900, "northing": 206_900}
    return Base(**{**values, **changes})


def tour(**changes: Any) -> Tour:
    """Monday 30 November 2026, 08:00 to 16:00, by P1."""
    values: dict[str, Any] = {
        "officer_id": "P1",
        "date": MONDAY,
        "start": time(8),
        "end": time(16),
        "code": TourCode.DUTY,
    }
    return Tour(**{**values, **changes})


def visit(**changes: Any) -> Visit:
    """A successful home visit by P1 and P2 on 1 June 2026."""
    values: dict[str, Any] = {
        "visit_id": "V-1",
        "offender_ref": "RSO-000001",
        "date": date(2026, 6, 1),
        "start": time(10),
        "end": time(11),
        "type": VisitType.HOME_VISIT,
        "outcome": VisitOutcome.SUCCESSFUL,
        "officers": ("P1", "P2"),
    }
    return Visit(**{**values, **changes})


def assessment(**changes: Any) -> Assessment:
    """An ARMS completed on 1 June 2026 by P1."""
    values: dict[str, Any] = {
        "kind": AssessmentKind.ARMS,
        "offender_ref": "RSO-000001",
        "date": date(2026, 6, 1),
        "officer": "P1",
    }
    return Assessment(**{**values, **changes})


def change(**changes: Any) -> Change:
    """A rise from medium to high on 2 November 2026, signed off."""
    values: dict[str, Any] = {
        "offender_ref": "RSO-000001",
        "date": date(2026, 11, 2),
        "field": ChangeField.RISK_LEVEL,
        "value_from": "medium",
        "value_to": "high",
        "signed_off_by": "S1",
    }
    return Change(**{**values, **changes})


def deferral(**changes: Any) -> Deferral:
    """A home visit put off until 31 December 2026 by S1."""
    values: dict[str, Any] = {
        "task_kind": TaskKind.HOME_VISIT,
        "offender_ref": "RSO-000001",
        "decided_on": date(2026, 11, 20),
        "until": date(2026, 12, 31),
        "reason": "hospital outpatient",
        "authoriser": "S1",
    }
    return Deferral(**{**values, **changes})


def event(**changes: Any) -> Event:
    """Court for P1 on Tuesday 1 December 2026, 09:00 to 12:00."""
    values: dict[str, Any] = {
        "event_id": "E-1",
        "kind": EventKind.COURT,
        "date": date(2026, 12, 1),
        "start": time(9),
        "end": time(12),
        "officers": ("P1",),
    }
    return Event(**{**values, **changes})


def register(**changes: Any) -> Register:
    """One nominal, two detectives P1 and P2, one base, both on duty on Monday."""
    values: dict[str, Any] = {
        "extract_date": EXTRACT_DAY,
        "offenders": (offender(),),
        "officers": (officer(), officer(officer_id="P2")),
        "bases": (base(),),
        "tours": (tour(), tour(officer_id="P2")),
    }
    return Register(**{**values, **changes})
