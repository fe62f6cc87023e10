"""What each team has to do, and what it can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.workload import (
    full_time_share,
    in_community,
    task_hours,
    tasks_due_by,
    weekly_capacity,
    weekly_hours,
)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a team has to do and what it can do.

    Parameters
    ----------
    backlog
        Hours.
    inflow, capacity
        Hours a week.
    officers
        Full-time equivalents.
    """

    backlog: float
    inflow: float
    capacity: float
    officers: float

    def said(self) -> str:
        """The balance in one sentence."""
        week = f"{self.inflow:.1f} hours come in a week and {self.capacity:.1f} are on duty"
        return f"Backlog {self.backlog:.1f} hours; {week}; {self.officers:.1f} full-time officers."


def balances_of(context: Context) -> dict[str, Balance]:
    """By team, teams in order."""
    register, policy = context.now.register, context.policy
    team_of = {ref: facts.offender.team for ref, facts in context.now.facts.items()}
    backlog = _summed((team_of[t.offender_ref], task_hours(t)) for t in tasks_due_by(context.now, context.day))
    inflow = _summed((s.offender.team, weekly_hours(s, policy)) for s in in_community(context))
    capacity = _summed((duty.team, duty.hours) for duty in weekly_capacity(context))
    shares = ((o.team, full_time_share(register, o.officer_id, policy)) for o in register.officers)
    officers = _summed(shares)
    teams = sorted({*backlog, *inflow, *capacity, *officers})
    return {team: Balance(backlog[team], inflow[team], capacity[team], officers[team]) for team in teams}


def _summed(pairs: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for name, number in pairs:
        sums[name] += number
    return sums
