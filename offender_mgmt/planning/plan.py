"""The recipe of the weekly plan: due, instance, solve, read back, check."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from offender_mgmt import measures
from offender_mgmt.aims import AimFigures, aim_figures, joined, published_tasks, with_bounds
from offender_mgmt.calendars import Horizon
from offender_mgmt.checks import Violation, check_roster
from offender_mgmt.due import DueList, due_list
from offender_mgmt.errors import UsageError
from offender_mgmt.instance.build import Names, build_instance
from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.decode import TeamRoster, decode, event_assignments
from offender_mgmt.planning.left_out import REASONS_RULE, without_unproven_reasons
from offender_mgmt.planning.teams import solve_teams
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Assignment, BandFigures, Roster, Unassigned
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, SolveStatus, solve_greedily
from offender_mgmt.travel import Travel

Progress = Callable[[str], None]
FARTHEST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamResult:
    """How one team's part was reached.

    Parameters
    ----------
    fault
        What went wrong, if the fallback roster is used; else empty.
    nobody_on_duty
        Whether the team has work due and no tour at all to do it in.
    """

    team: str
    status: SolveStatus
    bands: tuple[BandFigures, ...]
    aims: tuple[AimFigures, ...] = ()
    fault: str = ""
    nobody_on_duty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A checked roster with how it was reached.

    Parameters
    ----------
    bands
        Over all teams; a band's bound is the sum of the teams' bounds, since nobody works for another team.
    aims
        What is reached of the aims after the bands, over all teams.
    violations
        What the independent check found wrong; a roster with any must not be written.
    seconds
        Wall time; for people only, never part of what must repeat.
    """

    roster: Roster
    due: DueList
    bands: tuple[BandFigures, ...]
    aims: tuple[AimFigures, ...]
    teams: tuple[TeamResult, ...]
    violations: tuple[Violation, ...]
    travel_method: str
    seconds: float

    @property
    def degraded(self) -> bool:
        """Whether any team has the fallback roster, or work and nobody on duty to do it."""
        return any(team.status is SolveStatus.FALLBACK or team.nobody_on_duty for team in self.teams)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said loudly."""
        fallbacks = [f"{t.team}: fallback roster used, {t.fault}." for t in self.teams if t.fault]
        idle = [f"{t.team}: nobody is on duty; all its work is left out." for t in self.teams if t.nobody_on_duty]
        return (*fallbacks, *idle)


def plan(
    register: Register,
    policy: Policy,
    horizon: Horizon,
    settings: Settings | None = None,
    *,
    published: Roster | None = None,
    workers: int = 2,
    progress: Progress = lambda _: None,
    done: Callable[[int], None] = lambda _: None,
) -> PlanResult:
    """Plan a week for every team of a register.

    Parameters
    ----------
    published
        A roster of the same week that people have seen, if changes against it are to be few.
    workers
        Teams solved at the same time; the roster does not depend on it.
    progress
        Called with a sentence now and then.
    done
        Called with the number of teams that are planned.

    Raises
    ------
    UsageError
        For a week that ends before the extract, or starts more than a year after it.
    """
    refuse_week(register, horizon)
    began = time.monotonic()
    settings = settings or Settings()
    due = due_list(register, policy, horizon)
    travel = Travel(register, policy)
    progress(f"{len(due.tasks)} tasks on the due list")
    before = published_tasks(published, due) if published is not None else None
    teams = {team: build_instance(register, policy, due, team, travel, before) for team in register.teams}
    parts = _solve(register, policy, due, teams, settings, workers, progress, done)
    roster = _joined(horizon, register, due, [part for _, part in parts.values()])
    results = tuple(result for result, _ in parts.values())
    bands = _sum_of_bands(due, roster, results)
    figures = aim_figures(register, policy, due, roster, travel, before)
    results = tuple(replace(r, aims=with_bounds(figures[r.team], {a.aim: a.bound for a in r.aims})) for r in results)
    aims = joined(result.aims for result in results)
    progress("check")
    violations = check_roster(register, policy, due, roster, bands, aims, before)
    if any(violation.rule == REASONS_RULE for violation in violations):
        roster = without_unproven_reasons(roster, violations)
        violations = check_roster(register, policy, due, roster, bands, aims, before)
    return PlanResult(
        roster=roster,
        due=due,
        bands=bands,
        aims=aims,
        teams=results,
        violations=violations,
        travel_method=travel.method,
        seconds=time.monotonic() - began,
    )


def refuse_week(register: Register, horizon: Horizon) -> None:
    """Refuse a week that is over, and one so far ahead that what is due in it cannot be known."""
    if horizon.last_day <= register.extract_date:
        raise UsageError(f"{horizon.name} ends before the extract of {register.extract_date}: plan a later week.")
    if (horizon.first_day - register.extract_date).days > FARTHEST_DAYS:
        raise UsageError(f"{horizon.name} starts more than a year after the extract: plan an earlier week.")


def _solve(
    register: Register,
    policy: Policy,
    due: DueList,
    teams: dict[str, tuple[Instance, Names]],
    settings: Settings,
    workers: int,
    progress: Progress,
    done: Callable[[int], None],
) -> dict[str, tuple[TeamResult, TeamRoster]]:
    """Every team's result, in order of name; a team whose roster fails the check gets the greedy one."""
    parts = {}
    instances = {team: instance for team, (instance, _) in teams.items()}
    for team, answer, fault in solve_teams(instances, settings, workers):
        instance, names = teams[team]
        part = decode(instance, names, due, answer)
        if not fault and _breaks_rules(register, policy, due, team, part):
            fault = "the optimiser's roster broke a rule"
            answer = solve_greedily(instance, settings)
            part = decode(instance, names, due, answer)
        result = _team_result(team, due, answer, part, fault)
        parts[team] = replace(result, nobody_on_duty=bool(names.tasks) and not instance.shifts), part
        progress(f"{team}: {answer.status.value}, {len(parts)} of {len(teams)} teams")
        done(len(parts))
    return dict(sorted(parts.items()))


def _breaks_rules(register: Register, policy: Policy, due: DueList, team: str, part: TeamRoster) -> bool:
    roster = _joined(due.horizon, register, due, [part])
    violations = check_roster(register, policy, _of_team(due, team), roster)
    return any(violation.rule != REASONS_RULE for violation in violations)


def _of_team(due: DueList, team: str) -> DueList:
    return replace(due, tasks=tuple(task for task in due.tasks if task.team == team))


def _team_result(team: str, due: DueList, answer: Answer, part: TeamRoster, fault: str) -> TeamResult:
    roster = Roster(due.horizon, part.assignments, part.unassigned)
    figures = measures.band_figures(_of_team(due, team), roster, [proof.bound for proof in answer.proofs])
    aims = tuple(AimFigures(aim=proof.aim, value=proof.value, bound=proof.bound) for proof in answer.aims)
    return TeamResult(team=team, status=answer.status, bands=figures, aims=aims, fault=fault)


def _joined(horizon: Horizon, register: Register, due: DueList, parts: Sequence[TeamRoster]) -> Roster:
    """One roster in stable order, fixed events included."""
    assignments = [*event_assignments(register, due), *(a for part in parts for a in part.assignments)]
    unassigned = [u for part in parts for u in part.unassigned]
    return Roster(horizon, tuple(sorted(assignments, key=_place)), tuple(sorted(unassigned, key=_urgency(due))))


def _place(row: Assignment) -> tuple[object, ...]:
    return row.start, row.crew, row.outing, row.position, row.task_id, row.part


def _urgency(due: DueList) -> Callable[[Unassigned], tuple[int, int, str]]:
    def key(left: Unassigned) -> tuple[int, int, str]:
        task = due.task(left.task_id)
        assert task is not None
        return task.band, -task.points, task.task_id

    return key


def _sum_of_bands(due: DueList, roster: Roster, teams: tuple[TeamResult, ...]) -> tuple[BandFigures, ...]:
    bounds: list[int | None] = []
    for index in range(len(due.bands)):
        of_teams = [team.bands[index].bound for team in teams]
        known = [bound for bound in of_teams if bound is not None]
        bounds.append(sum(known) if len(known) == len(of_teams) else None)
    return measures.band_figures(due, roster, bounds)
