"""Every engine's plan of a team week, turned into a roster and judged by the check, which knows nothing of engines.

Two rules of form are left aside: ``reasons_hold`` and ``priority_order`` are about what a roster says of what it
leaves out, and no peer says anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.team_weeks import TeamWeek
from benchmarks.week_assembly import Assembled

from offender_mgmt.checks.check import FORM, HARD
from offender_mgmt.checks.timeline import Week
from offender_mgmt.measures import band_figures
from offender_mgmt.planning.decode import decode, event_assignments
from offender_mgmt.roster.roster import Roster
from offender_mgmt.solver.solve import Answer, SolveStatus
from offender_mgmt.solver.timetable import Timetable

ABOUT_WORDS = frozenset({"reasons_hold", "priority_order"})
MOST_REPAIRS = 50


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a plan is worth once it breaks no rule.

    Parameters
    ----------
    values
        Risk points by band, from the due list.
    dropped
        Visits and desk tasks of the plan that had to go for it.
    violations
        What was left when no more could be dropped; a plan with any is no roster.
    """

    values: tuple[int, ...]
    visits: int
    desk: int
    dropped: int
    violations: tuple[str, ...]


def roster_of(week: TeamWeek, timetable: Timetable) -> Roster:
    """The roster of a timetable, fixed events included."""
    part = decode(week.instance, week.names, week.due, Answer(SolveStatus.FEASIBLE, timetable, (), ()))
    events = tuple(event_assignments(week.register, week.due))
    return Roster(week.due.horizon, (*events, *part.assignments), part.unassigned)


def violations_of(week: TeamWeek, roster: Roster) -> list[tuple[str, tuple[str, ...]]]:
    """Rule and references of everything the check finds wrong."""
    seen = Week(week.register, week.policy, week.due, roster, None)
    rules = [rule for rule in (*HARD, *FORM) if rule.__name__ not in ABOUT_WORDS]
    return sorted({(rule.__name__, refs) for rule in rules for refs, _ in rule(seen)})


def judge(week: TeamWeek, build: Callable[[frozenset[int]], Assembled]) -> Verdict:
    """Judge what ``build`` makes, without the tasks that the check found fault with.

    Parameters
    ----------
    build
        Makes the timetable anew without some tasks.
    """
    banned: frozenset[int] = frozenset()
    index = {task.task_id: number for number, task in enumerate(week.names.tasks)}
    for _ in range(MOST_REPAIRS):
        made = build(banned)
        roster = roster_of(week, made.timetable)
        found = violations_of(week, roster)
        guilty = frozenset(index[ref] for _, refs in found for ref in refs[:1] if ref in index)
        if not guilty - banned:
            break
        banned |= guilty
    values = tuple(figures.value for figures in band_figures(week.due, roster))
    return Verdict(
        values=values,
        visits=sum(len(outing.stops) for outing in made.timetable.outings),
        desk=len({work.task for work in made.timetable.desk}),
        dropped=made.dropped + sum(desk.task in banned for desk in week.instance.desk),
        violations=tuple(f"{rule} ({', '.join(refs)})" for rule, refs in found),
    )
