"""The recipe of the weekly plan: due, instance, solve, read back, check."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from offender_mgmt import measures
from offender_mgmt.aims import AimFigures, aim_figures, joined, published_tasks, with_bounds
from offender_mgmt.calendars import Horizon
from offender_mgmt.checks import Violation, check_roster
from offender_mgmt.due import DueList, due_list
from offender_mgmt.errors import UsageError
from offender_mgmt.instance.build import Names, build_instance
from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.accept import Judge
from offender_mgmt.planning.again import Replan, again_of
from offender_mgmt.planning.decode import TeamRoster, event_assignments
from offender_mgmt.planning.left_out import REASONS_RULE, without_unproven_reasons
from offender_mgmt.planning.outcome import Ending, Outcome
from offender_mgmt.planning.teams import Limits, Watch, solve_teams
from offender_mgmt.planning.watch import Stop
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Assignment, BandFigures, Roster, Unassigned
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import SolveStatus
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Aim

Progress = Callable[[str], None]
Planner = Callable[..., "PlanResult"]
"""The recipe, :func:`plan`, perhaps with some of what it is given settled already."""
FARTHEST_DAYS = 366
AIMS_RULE = "aims_agree"
FALSE_AIM_BOUND = "a bound of the optimiser was worse than what is reached"


HOW_CUT = {
    Ending.TIME: "its time was over before it was finished",
    Ending.STOPPED: "it was stopped before it was finished",
}
LABELS = {
    Ending.FAULT: "after a fault: may differ if run again",
    Ending.TIME: "time-limited: may differ if run again",
    Ending.STOPPED: "stopped: the best rosters so far, may differ if run again",
}
"""What must stand on a roster that another run of the same kind need not give again."""
FAST = "fast, several cores for one team at once: may differ if run again"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamResult:
    """How one team's part was reached.

    Parameters
    ----------
    fault
        What went wrong, if anything did; else empty.
    problem
        The problem that an engine failed on, in numbers; for those who look into the fault.
    nobody_on_duty
        Whether the team has work due and no tour at all to do it in; a running week may be over, and nothing is said.
    nothing_planned
        Whether there is no roster at all, not even a greedy one, though there could be.
    is_filled
        Whether anything was put in that the optimiser had left out, perhaps in the place of something else; a bound
        of an aim that this beats is none.
    """

    team: str
    status: SolveStatus
    bands: tuple[BandFigures, ...]
    aims: tuple[AimFigures, ...] = ()
    ending: Ending = Ending.FINISHED
    fault: str = ""
    problem: str = ""
    nobody_on_duty: bool = False
    nothing_planned: bool = False
    is_filled: bool = False

    @property
    def degraded(self) -> bool:
        """Whether this is less than a plan: something failed, or there is only a greedy roster, or none."""
        return bool(self.fault) or self.status is SolveStatus.FALLBACK or self.nobody_on_duty

    @property
    def note(self) -> str:
        """What must be said loudly; empty if nothing must."""
        if self.nobody_on_duty:
            return f"{self.team}: nobody is on duty; all its work is left out."
        why = self.fault or HOW_CUT.get(self.ending, "")
        return f"{self.team}: {self._which_roster()}, {why}." if why else ""

    def _which_roster(self) -> str:
        if self.nothing_planned:
            return "no roster, all its work is left out"
        if self.status is SolveStatus.FALLBACK:
            return "fallback roster used" if self.fault else "only a first greedy roster"
        return "the last good roster used" if self.fault else "the best roster so far"


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
    fast
        Whether more than one core worked on a team at once.
    """

    roster: Roster
    due: DueList
    bands: tuple[BandFigures, ...]
    aims: tuple[AimFigures, ...]
    teams: tuple[TeamResult, ...]
    violations: tuple[Violation, ...]
    travel_method: str
    seconds: float
    fast: bool = False

    @property
    def degraded(self) -> bool:
        """Whether any team has less than a plan."""
        return any(team.degraded for team in self.teams)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said loudly, team by team."""
        return tuple(team.note for team in self.teams if team.note)

    @property
    def labels(self) -> tuple[str, ...]:
        """Why the same run need not give the same roster again; empty if it does."""
        endings = {team.ending for team in self.teams}
        cut = tuple(words for ending, words in LABELS.items() if ending in endings)
        return (FAST, *cut) if self.fast else cut


def plan(
    register: Register,
    policy: Policy,
    horizon: Horizon,
    settings: Settings | None = None,
    *,
    published: Roster | None = None,
    again: Replan | None = None,
    workers: int = 2,
    seconds: float | None = None,
    fast: bool = False,
    progress: Progress = lambda _: None,
    done: Callable[[int], None] = lambda _: None,
    watch: Watch = lambda _: None,
    stop: Stop | None = None,
) -> PlanResult:
    """Plan a week for every team of a register.

    Parameters
    ----------
    published
        A roster of the same week that people have seen, if changes against it are to be few.
    again
        What stays of a published roster, if the running week is planned again.
    workers
        Searches at the same time; the roster does not depend on it.
    seconds
        Most time for solving, by the clock; what is not finished then is labelled.
    fast
        Whether cores that teams leave free work on one team at once: sooner done, and labelled, since it may differ.
    progress
        Called with a sentence now and then.
    done
        Called with the number of teams that are planned.
    watch
        Called several times a second with how far it is.
    stop
        The wish to end early, with the best rosters so far.

    Raises
    ------
    UsageError
        For a week that ends before the extract, or starts more than a year after it.
    """
    refuse_week(register, horizon)
    began = time.monotonic()
    settings = settings or Settings()
    due = again.due if again else due_list(register, policy, horizon)
    travel = Travel(register, policy)
    progress(f"{len(due.tasks)} tasks on the due list")
    published = again.published if again else published
    before = published_tasks(published, due) if published is not None else None
    held = again_of(register, policy, due, travel, again, before or {}) if again else {}
    solved = [team for team in register.teams if not again or team not in again.copied]
    teams = {t: build_instance(register, policy, due, t, travel, before, held.get(t)) for t in solved}
    replanned = again.replanned if again else None
    processes = max(1, len(solved) * settings.courses)
    cores = max(1, workers // processes) if fast else 1
    settings = replace(settings, beside=cores, strands=max(cores, settings.strands))
    limits = Limits(workers=workers, seconds=seconds)
    with closing(solve_teams({t: i for t, (i, _) in teams.items()}, settings, limits, stop, watch)) as outcomes:
        judges = {t: Judge(register, policy, due, *teams[t], replanned, before) for t in solved}
        parts = _parts(teams, judges, outcomes, progress, done)
    if again:
        parts |= {team: _copied(due, team, again) for team in again.copied}
    parts = dict(sorted(parts.items()))
    roster = _joined(horizon, register, due, [part for _, part in parts.values()])
    results = tuple(result for result, _ in parts.values())
    bands = _sum_of_bands(due, roster, results)
    figures = aim_figures(register, policy, due, roster, travel, before)
    results = tuple(replace(r, aims=_aims(r, figures[r.team])) for r in results)
    progress("check")

    def violations_of(roster: Roster) -> tuple[Violation, ...]:
        return check_roster(register, policy, due, roster, bands, joined(r.aims for r in results), before, replanned)

    violations = violations_of(roster)
    if any(violation.rule == AIMS_RULE for violation in violations):
        results = tuple(map(_without_aim_bounds, results))
        violations = violations_of(roster)
    if any(violation.rule == REASONS_RULE for violation in violations):
        roster = without_unproven_reasons(roster, violations)
        violations = violations_of(roster)
    return PlanResult(
        roster=roster,
        due=due,
        bands=bands,
        aims=joined(result.aims for result in results),
        teams=results,
        violations=violations,
        travel_method=travel.method,
        seconds=time.monotonic() - began,
        fast=cores > 1,
    )


def _aims(team: TeamResult, figures: tuple[AimFigures, ...]) -> tuple[AimFigures, ...]:
    """What a team reaches of each aim, with the optimiser's bound; if only what was put in beats it, it is none."""
    told = with_bounds(figures, {aim.aim: aim.bound for aim in team.aims})
    sound = {aim.aim for aim in team.aims if team.is_filled and not aim.beats_bound}
    return tuple(replace(aim, bound=None) if aim.aim in sound and aim.beats_bound else aim for aim in told)


def _copied(due: DueList, team: str, again: Replan) -> tuple[TeamResult, TeamRoster]:
    """A team of which nothing has changed: its published part as it stands, with what was proven of it."""
    told, own = again.copied[team], replace(due, tasks=tuple(task for task in due.tasks if task.team == team))
    rows = tuple(a for a in again.published.assignments if own.task(a.task_id))
    left_out = tuple(u for u in again.published.unassigned if own.task(u.task_id))
    aims = {**told.aims, Aim.FEWEST_CHANGES: 0}
    result = TeamResult(
        team=team,
        status=told.status,
        bands=measures.band_figures(own, Roster(due.horizon, rows), told.bands),
        aims=tuple(AimFigures(aim=aim, value=0, bound=bound) for aim, bound in aims.items()),
    )
    return result, TeamRoster(rows, left_out)


def _without_aim_bounds(team: TeamResult) -> TeamResult:
    """What a team's result still says when a bound of an aim was false."""
    fault = ", ".join(words for words in (team.fault, FALSE_AIM_BOUND) if words)
    return replace(team, aims=with_bounds(team.aims, {}), ending=Ending.FAULT, fault=fault)


def refuse_week(register: Register, horizon: Horizon) -> None:
    """Refuse a week that is over, and one so far ahead that what is due in it cannot be known."""
    if horizon.last_day <= register.extract_date:
        raise UsageError(f"{horizon.name} ends before the extract of {register.extract_date}: plan a later week.")
    if (horizon.first_day - register.extract_date).days > FARTHEST_DAYS:
        raise UsageError(f"{horizon.name} starts more than a year after the extract: plan an earlier week.")


def _parts(
    teams: dict[str, tuple[Instance, Names]],
    judges: Mapping[str, Judge],
    outcomes: Iterable[Outcome],
    progress: Progress,
    done: Callable[[int], None],
) -> dict[str, tuple[TeamResult, TeamRoster]]:
    """Every team's result, in order of name: the best roster told that the check accepts."""
    parts = {}
    for outcome in outcomes:
        instance, names = teams[outcome.team]
        accepted = judges[outcome.team].best(outcome)
        result = TeamResult(
            team=outcome.team,
            status=accepted.status,
            bands=accepted.bands,
            aims=accepted.aims,
            ending=Ending.FAULT if accepted.fault else outcome.ending,
            fault=accepted.fault,
            problem=outcome.problem,
            nobody_on_duty=bool(names.tasks) and not instance.shifts and instance.bands_first is None,
            nothing_planned=accepted.is_nothing,
            is_filled=accepted.is_filled,
        )
        parts[outcome.team] = result, accepted.part
        progress(f"{result.team}: {result.status.value}, {len(parts)} of {len(teams)} teams")
        done(len(parts))
        if result.fault:
            progress(f"WARNING: {result.note}")
    return parts


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
