"""The check: every rule over a roster, all violations, whoever made it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from offender_mgmt.aims import AimFigures, Published
from offender_mgmt.checks.aims import aims_agree
from offender_mgmt.checks.companions import (
    full_minutes,
    intelligence_check_before_visit,
    record_entry_after_visit,
    write_up_follows_interview,
)
from offender_mgmt.checks.crews import (
    constable_present,
    crew_role,
    crew_shares_base,
    crew_size,
    crew_skills,
    driver_present,
    no_declared_conflict,
    officers_may_pair,
    own_team,
)
from offender_mgmt.checks.duty import (
    break_taken,
    exposure_limits,
    fixed_events_kept,
    one_place_at_a_time,
    rest_between_tours,
    travel_time_allowed,
    visits_per_day,
    within_tour,
)
from offender_mgmt.checks.form import (
    bands_agree,
    each_task_once,
    every_task_accounted_for,
    figures_agree,
    known_references,
    one_crew_per_outing,
    within_week,
)
from offender_mgmt.checks.frozen import frozen_kept
from offender_mgmt.checks.nominals import (
    not_after_asked,
    not_before_release,
    not_while_deferred,
    offender_available,
    one_visit_per_nominal,
    visiting_hours,
)
from offender_mgmt.checks.pins import pins_kept
from offender_mgmt.checks.priority import priority_order
from offender_mgmt.checks.reasons import reasons_hold
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings, Violation
from offender_mgmt.due.task import DueList
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.frozen import Replanned
from offender_mgmt.roster.roster import BandFigures, Roster
from offender_mgmt.vocabulary import TaskKind

Rule = Callable[[Week], Findings]

HARD: tuple[Rule, ...] = (
    within_tour,
    break_taken,
    rest_between_tours,
    one_place_at_a_time,
    travel_time_allowed,
    crew_size,
    crew_skills,
    crew_role,
    constable_present,
    driver_present,
    no_declared_conflict,
    officers_may_pair,
    crew_shares_base,
    own_team,
    offender_available,
    visiting_hours,
    not_before_release,
    not_while_deferred,
    not_after_asked,
    fixed_events_kept,
    visits_per_day,
    exposure_limits,
    one_visit_per_nominal,
    write_up_follows_interview,
    intelligence_check_before_visit,
    record_entry_after_visit,
    full_minutes,
    pins_kept,
)
"""The hard rules, in the order of :data:`offender_mgmt.rules.HARD_RULES`; each is named as there."""

FORM: tuple[Rule, ...] = (
    known_references,
    within_week,
    each_task_once,
    every_task_accounted_for,
    one_crew_per_outing,
    figures_agree,
    bands_agree,
    aims_agree,
    reasons_hold,
    priority_order,
    frozen_kept,
)
"""The rules of form, in the order of :data:`offender_mgmt.rules.FORM_RULES`."""


def check_roster(
    register: Register,
    policy: Policy,
    due: DueList,
    roster: Roster,
    bands: Sequence[BandFigures] | None = None,
    aims: Sequence[AimFigures] | None = None,
    published: Published | None = None,
    replanned: Replanned | None = None,
) -> tuple[Violation, ...]:
    """Every violation of every rule, sorted; none for a roster that may be used.

    Takes any roster, also one typed by hand, never raises for what it holds and never changes it. What a task
    needs is worked out from the register and the policy, not taken from the due list.

    Parameters
    ----------
    bands, aims
        Figures stated with the roster, to be compared with those recomputed.
    published
        Tasks of the published roster that the stated changes are counted against.
    replanned
        What a week that was planned again is held to; a breach it excuses is none, if it is of what had begun.
    """
    week = Week(register, policy, due, roster, bands, aims, published, replanned)
    found = _found(week, (*HARD, *FORM))
    if replanned is not None and replanned.excused:
        found -= _excused(week, replanned.excused)
    return tuple(sorted(found))


def had_begun(week: Week) -> tuple[Violation, ...]:
    """What is wrong, by hard rules, with the work alone that had begun when a week was planned again."""
    rows = (row for row in week.roster.assignments if id(row) in week.begun or row.kind is TaskKind.FIXED_EVENT)
    alone = Roster(week.roster.horizon, tuple(rows))
    return tuple(sorted(_found(Week(week.register, week.policy, week.due, alone), HARD)))


def _excused(week: Week, recorded: Collection[tuple[str, tuple[str, ...]]]) -> set[Violation]:
    """Breaches that were recorded when the week was planned again, and are of what had begun, taken by itself."""
    return {violation for violation in had_begun(week) if (violation.rule, violation.refs) in recorded}


def _found(week: Week, rules: Iterable[Rule]) -> set[Violation]:
    return {Violation(rule.__name__, refs, sentence) for rule in rules for refs, sentence in rule(week)}
