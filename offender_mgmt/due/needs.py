"""What a task needs: minutes, officers, skills, roles, and who must not do it."""

from __future__ import annotations

from dataclasses import dataclass

from offender_mgmt.due.facts import Facts
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Offender
from offender_mgmt.vocabulary import RiskLevel, Role, TaskKind


@dataclass(frozen=True, slots=True)
class Needs:
    """What one kind of task needs for one nominal; the fields are those of a task."""

    minutes: int
    crew_size: int
    skills_each: tuple[str, ...]
    skills_one: tuple[str, ...]
    roles: tuple[Role, ...]
    constable_required: bool


def crew_size(offender: Offender, level: RiskLevel, policy: Policy) -> int:
    """Officers at a visit: the most that policy, a marker or the risk management plan asks for."""
    by_marker = policy.crews.size_by_marker
    return max(policy.crews.size[level], offender.crew_size or 0, *(by_marker.get(m, 0) for m in offender.markers))


def needs_of(kind: TaskKind, facts: Facts, policy: Policy) -> Needs:
    """What this kind of task needs for this nominal; desk work is one officer's."""
    offender, crews = facts.offender, policy.crews
    skills_each = crews.skills_each.get(kind, ())
    if kind.is_field:
        skills_each = tuple(dict.fromkeys((*skills_each, *offender.required_skills)))
    return Needs(
        minutes=policy.durations.minutes[kind],
        crew_size=crew_size(offender, facts.level, policy) if kind.is_field else 1,
        skills_each=skills_each,
        skills_one=crews.skills_one.get(kind, ()),
        roles=crews.roles.get(kind, ()),
        constable_required=kind.is_field and offender.constable_required,
    )
