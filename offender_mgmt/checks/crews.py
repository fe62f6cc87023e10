"""Rules of who goes and who works on what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from offender_mgmt.checks.needs import (
    Needs,
    has_skills_of_one,
    lacks_role,
    lacks_skill_of_each,
    must_not_pair,
    needs_of,
)
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.register.records import Offender, Officer
from offender_mgmt.roster.roster import Assignment


def crew_size(week: Week) -> Findings:
    """A visit has at least as many different known officers as policy, marker or plan ask for; desk work has one."""
    for row, needs, _, crew in _staffed(week):
        is_desk = not week.kind(row).is_field
        if len(crew) < needs.size or (is_desk and len(crew) > 1):
            yield (row.task_id,), f"{row.task_id} needs {needs.size} officer(s) and has {len(crew)}."


def crew_skills(week: Week) -> Findings:
    """Each officer holds the skills needed of each, and the crew those needed of one."""
    for row, needs, _, crew in _staffed(week):
        for officer in crew:
            if lacks_skill_of_each(officer, needs):
                yield (row.task_id, officer.officer_id), f"{officer.officer_id} lacks a skill that {row.task_id} needs."
        if not has_skills_of_one(crew, needs):
            yield (row.task_id,), f"Nobody in the crew holds a skill that {row.task_id} needs of one officer."


def crew_role(week: Week) -> Findings:
    """Each officer's role may do this kind of task."""
    for row, needs, _, crew in _staffed(week):
        for officer in crew:
            if lacks_role(officer, needs):
                yield (row.task_id, officer.officer_id), f"The role of {officer.officer_id} may not do {row.task_id}."


def constable_present(week: Week) -> Findings:
    """A nominal for whom a constable is required is visited by a crew with one."""
    for row, needs, _, crew in _staffed(week):
        if needs.constable and not any(officer.role.has_constable_powers for officer in crew):
            yield (row.task_id,), f"{row.task_id} needs a constable in the crew."


def driver_present(week: Week) -> Findings:
    """Every outing has an officer who may drive, where policy asks for it."""
    for outing in week.outings:
        drives = any(officer.driver for officer in week.officers_of(outing))
        if week.policy.crews.driver_needed and not drives:
            yield (outing.label,), "Nobody in the crew may drive."


def no_declared_conflict(week: Week) -> Findings:
    """No officer visits or works on a nominal who excludes them."""
    for row, needs, _, crew in _staffed(week):
        for officer in crew:
            if officer.officer_id in needs.excluded:
                sentence = f"{officer.officer_id} has a declared conflict with the nominal of {row.task_id}."
                yield (row.task_id, officer.officer_id), sentence


def officers_may_pair(week: Week) -> Findings:
    """No two officers of a crew exclude each other, whichever of them says so."""
    for outing in week.outings:
        for one, other in combinations(week.officers_of(outing), 2):
            if must_not_pair(one, other):
                ids = (one.officer_id, other.officer_id)
                yield (outing.label, *ids), f"{ids[0]} and {ids[1]} must not be paired."


def crew_shares_base(week: Week) -> Findings:
    """All officers of an outing have the same base."""
    for outing in week.outings:
        bases = sorted({officer.base for officer in week.officers_of(outing)})
        if len(bases) > 1:
            yield (outing.label,), f"The crew comes from different bases: {', '.join(bases)}."


def own_team(week: Week) -> Findings:
    """Officers visit and work on nominals of their own team only, or of the one that the tour is lent to."""
    for row, _, offender, crew in _staffed(week):
        for officer in crew:
            if officer.team != offender.team:
                sentence = f"{officer.officer_id} is not of the team that manages the nominal of {row.task_id}."
                yield (row.task_id, officer.officer_id), sentence


def _staffed(week: Week) -> Iterator[tuple[Assignment, Needs, Offender, tuple[Officer, ...]]]:
    """Visits and desk work of known nominals, with what they need and the known officers on them."""
    for row in week.worked_rows:
        offender = week.offender(row)
        if offender:
            yield row, needs_of(week, week.kind(row), offender), offender, week.officers(row.crew, row.start)
