"""What a task needs of its officers, worked out afresh from register and policy, and who fulfils it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from offender_mgmt.checks.timeline import Week
from offender_mgmt.register.records import Offender, Officer
from offender_mgmt.vocabulary import ChangeField, RiskLevel, Role, TaskKind


@dataclass(frozen=True, slots=True)
class Needs:
    """Officers together, skills of each and of one, roles that may, a constable, and who must not."""

    size: int
    skills_each: frozenset[str]
    skills_one: frozenset[str]
    roles: frozenset[Role]
    constable: bool
    excluded: frozenset[str]


def needs_of(week: Week, kind: TaskKind, offender: Offender) -> Needs:
    """What a kind of task needs for a nominal; markers, constable and skills of the plan concern visits only."""
    crews = week.policy.crews
    at_the_door = kind.is_field
    of_the_plan = offender.required_skills if at_the_door else ()
    return Needs(
        size=_crew_size(week, offender) if at_the_door else 1,
        skills_each=frozenset(crews.skills_each.get(kind, ())) | frozenset(of_the_plan),
        skills_one=frozenset(crews.skills_one.get(kind, ())),
        roles=frozenset(crews.roles.get(kind, ())),
        constable=offender.constable_required and at_the_door,
        excluded=frozenset(offender.excluded_officers),
    )


def _crew_size(week: Week, offender: Offender) -> int:
    crews = week.policy.crews
    sizes = [crews.size[level_in_force(week, offender)], offender.crew_size or 1]
    return max(sizes + [crews.size_by_marker[marker] for marker in offender.markers if marker in crews.size_by_marker])


def level_in_force(week: Week, offender: Offender) -> RiskLevel:
    """The risk level before the week: a rise counts at once, a fall only when it is signed off."""
    changes = week.register.changes_of.get(offender.offender_ref, ())
    steps = [c for c in changes if c.field is ChangeField.RISK_LEVEL and c.date < week.horizon.first_day]
    words = {level.value for level in RiskLevel}
    if not steps or any(c.value_from not in words or c.value_to not in words for c in steps):
        return offender.risk_level
    level = RiskLevel(steps[0].value_from)
    for step in steps:
        new = RiskLevel(step.value_to)
        if new.rank < level.rank or step.signed_off_by:
            level = new
    return level


def lacks_skill_of_each(officer: Officer, needs: Needs) -> bool:
    """Whether the officer misses a skill that everybody on the task needs."""
    return not needs.skills_each <= set(officer.skills)


def has_skills_of_one(crew: Sequence[Officer], needs: Needs) -> bool:
    """Whether each skill that one of the crew needs is held by somebody."""
    return all(any(skill in officer.skills for officer in crew) for skill in needs.skills_one)


def lacks_role(officer: Officer, needs: Needs) -> bool:
    """Whether the officer's role may not do the task."""
    return bool(needs.roles) and officer.role not in needs.roles


def must_not_pair(one: Officer, other: Officer) -> bool:
    """Whether either of the two must not be crewed with the other."""
    return other.officer_id in one.not_paired_with or one.officer_id in other.not_paired_with


def may_take_part(officer: Officer, needs: Needs, team: str) -> bool:
    """Whether an officer by himself breaks no rule of the task."""
    return (
        officer.team == team
        and officer.officer_id not in needs.excluded
        and not lacks_skill_of_each(officer, needs)
        and not lacks_role(officer, needs)
    )


def is_qualified(week: Week, crew: Sequence[Officer], needs: Needs, team: str) -> bool:
    """Whether a crew may make a visit with these needs to a nominal of the team."""
    return (
        len(crew) >= needs.size
        and all(may_take_part(officer, needs, team) for officer in crew)
        and has_skills_of_one(crew, needs)
        and (not needs.constable or any(officer.role.has_constable_powers for officer in crew))
        and len({officer.base for officer in crew}) == 1
        and not any(must_not_pair(one, other) for one, other in combinations(crew, 2))
        and (not week.policy.crews.driver_needed or any(officer.driver for officer in crew))
    )


def qualified_crews(week: Week, needs: Needs, team: str) -> tuple[tuple[Officer, ...], ...]:
    """Every crew of just the needed size; for desk work every officer who may do it."""
    able = [officer for officer in week.register.lending.officers_of(team) if may_take_part(officer, needs, team)]
    return tuple(crew for crew in combinations(able, needs.size) if is_qualified(week, crew, needs, team))


def qualified_officers(week: Week, needs: Needs, team: str) -> tuple[Officer, ...]:
    """Every officer who may do a piece of desk work."""
    able = [officer for officer in week.register.lending.officers_of(team) if may_take_part(officer, needs, team)]
    return tuple(officer for officer in able if has_skills_of_one((officer,), needs))
