"""Team weeks: a synthetic Essex team of eight officers whose register holds exactly so many nominals to call on.

The whole pipeline makes them: the generator, the clocks, the instance. The generator is asked for more nominals than
needed; the same eight officers then had more to visit in the made-up past than they could, which is where a backlog
comes from. Of the nominals with a call this week a fair draw stays; the others leave the register with all their rows.
Nominals with desk work only stay. The same size and seed give the same week.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from offender_mgmt.calendars import week_after
from offender_mgmt.due import DueList, due_list
from offender_mgmt.instance import Instance, build_instance
from offender_mgmt.instance.build import Names
from offender_mgmt.policy import Policy, example_policy
from offender_mgmt.register import Register
from offender_mgmt.synth.make import make_register
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.travel import Travel

OFFICERS = 8
SIZES = (40, 60, 100, 200)
SEEDS = tuple(range(1, 11))
NOMINALS_A_CALL = 7
"""Nominals asked of the generator for each one to call on; a tenth more until there are enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWeek:
    """One team's week with all that is needed to judge a roster of it."""

    name: str
    register: Register
    policy: Policy
    due: DueList
    instance: Instance
    names: Names


def team_week(candidates: int, seed: int) -> TeamWeek:
    """The week of a team with exactly so many nominals to call on."""
    policy = example_policy().policy
    asked = NOMINALS_A_CALL * candidates
    while True:
        register = make_register(SynthSettings(seed=seed, offenders=asked, officers=OFFICERS, teams=1))
        whole = _week("", register, policy)
        callable_ = sorted(_called_on(whole))
        if len(callable_) >= candidates:
            break
        asked += max(1, asked // 10)
    stay = set(random.Random(seed).sample(callable_, candidates))
    return _week(f"{candidates} calls, seed {seed}", without(register, set(callable_) - stay), policy)


def weeks_of(register: Register, policy: Policy) -> Iterator[TeamWeek]:
    """The week of each team of a register, judged by that team's own due list."""
    due = due_list(register, policy, week_after(register.extract_date))
    for team in register.teams:
        own = replace(due, tasks=tuple(task for task in due.tasks if task.team == team))
        yield _of_team(team, team, register, policy, own)


def without(register: Register, refs: set[str]) -> Register:
    """The register without some nominals: none of their rows stays, nor a fixed event about them."""
    return replace(
        register,
        offenders=tuple(row for row in register.offenders if row.offender_ref not in refs),
        visits=tuple(row for row in register.visits if row.offender_ref not in refs),
        assessments=tuple(row for row in register.assessments if row.offender_ref not in refs),
        changes=tuple(row for row in register.changes if row.offender_ref not in refs),
        deferrals=tuple(row for row in register.deferrals if row.offender_ref not in refs),
        events=tuple(row for row in register.events if row.offender_ref not in refs),
    )


def _week(name: str, register: Register, policy: Policy) -> TeamWeek:
    (team,) = register.teams
    due = due_list(register, policy, week_after(register.extract_date))
    return _of_team(name, team, register, policy, due)


def _of_team(name: str, team: str, register: Register, policy: Policy, due: DueList) -> TeamWeek:
    instance, names = build_instance(register, policy, due, team, Travel(register, policy))
    return TeamWeek(name=name, register=register, policy=policy, due=due, instance=instance, names=names)


def _called_on(week: TeamWeek) -> set[str]:
    """References of the nominals that can be called on."""
    return {week.names.tasks[call.tasks[0]].offender_ref for call in week.instance.calls}
