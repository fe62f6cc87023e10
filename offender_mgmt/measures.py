"""Figures of a roster in plain arithmetic, with no solver in sight: what the report prints and the check recomputes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offender_mgmt.due.task import DueList, Task
from offender_mgmt.roster.roster import Assignment, BandFigures, Roster
from offender_mgmt.vocabulary import RiskLevel, TaskKind


def is_counted(task: Task, due: DueList) -> bool:
    """Whether a task counts as due in its band: it has points of its own and is not put off over the whole week."""
    return task.points > 0 and not task.is_deferred_over(due.horizon)


def deferred_count(due: DueList) -> int:
    """Tasks with points of their own that a supervisor put off over the whole week: counted apart, never lost."""
    return sum(task.points > 0 and task.is_deferred_over(due.horizon) for task in due.tasks)


def assigned_ids(roster: Roster) -> frozenset[str]:
    """Ids of the tasks in the roster, each once however many parts it has."""
    return frozenset(row.task_id for row in roster.assignments)


def band_figures(due: DueList, roster: Roster, bounds: Sequence[int | None] | None = None) -> tuple[BandFigures, ...]:
    """What is due and what is scheduled in each priority band, in numbers of tasks and in risk points.

    Parameters
    ----------
    bounds
        Proven upper bound of the value of each band, in order; ``None`` where none was proven.
    """
    done = assigned_ids(roster)
    figures = []
    for index, name in enumerate(due.bands):
        tasks = [task for task in due.tasks if task.band == index and is_counted(task, due)]
        scheduled = [task for task in tasks if task.task_id in done]
        figures.append(
            BandFigures(
                name=name,
                due=len(tasks),
                scheduled=len(scheduled),
                value_due=sum(task.points for task in tasks),
                value=sum(task.points for task in scheduled),
                bound=bounds[index] if bounds else None,
            )
        )
    return tuple(figures)


def outing_rows(roster: Roster) -> tuple[Assignment, ...]:
    """The stops: visits that take time of their own (not those done in another task's time)."""
    return tuple(row for row in roster.assignments if row.kind.is_field and not row.done_with)


def travel_minutes(roster: Roster, minutes_back: Mapping[str, int]) -> int:
    """Minutes of all journeys, each counted once whatever the size of the crew.

    Parameters
    ----------
    minutes_back
        Minutes from the last stop of each outing to its base, by name of the outing.
    """
    stops = outing_rows(roster)
    back = sum(minutes_back.get(outing, 0) for outing in {row.outing for row in stops})
    return sum(row.travel_minutes for row in stops) + back


def work_minutes(roster: Roster) -> dict[str, int]:
    """Minutes of work of each officer (visits, desk work, fixed events; no travel), officers in order."""
    minutes: Counter[str] = Counter()
    for row in roster.assignments:
        if not row.done_with:
            for officer in row.crew:
                minutes[officer] += row.minutes
    return dict(sorted(minutes.items()))


def left_out_by_level(due: DueList, roster: Roster) -> dict[RiskLevel, int]:
    """Due tasks with points of their own that are not in the roster, by risk level; deferred ones not counted."""
    done = assigned_ids(roster)
    left_out = Counter(t.risk_level for t in due.tasks if is_counted(t, due) and t.task_id not in done)
    return {level: left_out[level] for level in RiskLevel}


@dataclass(frozen=True, slots=True)
class WorstCase:
    """The left-out task that is most days overdue."""

    task_id: str
    risk_level: RiskLevel
    days_overdue: int


def worst_case(due: DueList, roster: Roster) -> WorstCase | None:
    """The left-out task that is most days overdue (the graver level, then the task id, on a tie)."""
    done = assigned_ids(roster)
    late = [t for t in due.tasks if is_counted(t, due) and t.task_id not in done and t.days_overdue > 0]
    if not late:
        return None
    worst = min(late, key=lambda t: (-t.days_overdue, t.risk_level.rank, t.task_id))
    return WorstCase(worst.task_id, worst.risk_level, worst.days_overdue)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down; 100 when there is nothing to count."""
        return 100 * self.count // self.of if self.of else 100


def lead_present(due: DueList, roster: Roster) -> Share:
    """Visits at which the nominal's offender manager is in the crew, of all visits to nominals who have one."""
    crews = [(row.crew, due.task(row.task_id)) for row in outing_rows(roster)]
    led = [(crew, task.lead_officer) for crew, task in crews if task and task.lead_officer]
    return Share(sum(lead in crew for crew, lead in led), len(led))


def deputy_instead(due: DueList, roster: Roster) -> int:
    """Visits at which the deputy is in the crew and the offender manager is not."""
    crews = [(row.crew, due.task(row.task_id)) for row in outing_rows(roster)]
    return sum(t.deputy_officer in crew and t.lead_officer not in crew for crew, t in crews if t)


def counts_by_kind(roster: Roster) -> dict[TaskKind, int]:
    """Tasks in the roster by kind, each once however many parts it has."""
    kinds = {row.task_id: row.kind for row in roster.assignments}
    counts = Counter(kinds.values())
    return {kind: counts[kind] for kind in TaskKind if counts[kind]}
