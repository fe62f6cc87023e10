"""From what a clock says to a task that is ready to plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.deferrals import deferral_in_force, released_after
from offender_mgmt.due.facts import ONE_DAY, Facts
from offender_mgmt.due.needs import needs_of
from offender_mgmt.due.points import band_of, days_overdue, is_listed, points_of, timing_of
from offender_mgmt.due.rule_names import ASKED_FOR
from offender_mgmt.due.task import Task
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Deferral


def task_of(result: ClockResult, facts: Facts, policy: Policy, deferrals: Iterable[Deferral]) -> Task | None:
    """The task, if it is listed in this horizon."""
    horizon, level, kind = facts.horizon, facts.level, result.kind
    if not is_listed(result.clock_start, result.due_date, level, policy, horizon):
        return None
    offender, needs = facts.offender, needs_of(kind, facts, policy)
    timing, overdue = timing_of(result.due_date, horizon), days_overdue(result.due_date, horizon)
    deferral = deferral_in_force(kind, result.clock_start, deferrals, horizon)
    return Task(
        task_id=f"{kind.code}-{offender.offender_ref}",
        kind=kind,
        offender_ref=offender.offender_ref,
        team=offender.team,
        risk_level=level,
        rule=result.rule,
        why=result.why,
        clock_start=result.clock_start,
        release_date=released_after(deferral, _release_date(result, facts, policy), horizon),
        due_date=result.due_date,
        days_overdue=overdue,
        timing=timing,
        band=policy.band_asked_for if result.rule == ASKED_FOR else band_of(kind, level, timing, policy),
        points=points_of(level, overdue, policy),
        minutes=needs.minutes,
        crew_size=needs.crew_size,
        skills_each=needs.skills_each,
        skills_one=needs.skills_one,
        roles=needs.roles,
        constable_required=needs.constable_required,
        excluded_officers=offender.excluded_officers,
        lead_officer=offender.lead_officer,
        deputy_officer=offender.deputy_officer,
        deferral=deferral,
        not_after=result.not_after,
    )


def _release_date(result: ClockResult, facts: Facts, policy: Policy) -> date:
    ahead = timedelta(days=policy.visits.look_ahead_days[facts.level])
    released = result.clock_start if result.may_be_done_at_once else result.due_date - ahead
    released = max(released, result.clock_start, result.not_before or result.clock_start)
    # At a door where nobody answered in the running week, nothing is tried again that day, an interview neither.
    return max(released, facts.tried_on + ONE_DAY) if result.kind.is_field and facts.tried_on else released
