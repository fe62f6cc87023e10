"""Every due task that is not in the roster, with the reason in words a sergeant can use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from offender_mgmt.checks import Violation
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.instance.build import Names
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Roster, Unassigned
from offender_mgmt.solver.solve import Answer

OWED = "Its visit was made; none of its crew who is on duty in time has room for it. It is owed."
REASONS_RULE = "reasons_hold"
"""Name of the rule by which the check proves reasons again."""


def unassigned_of(names: Names, due: DueList, answer: Answer, done: Collection[str]) -> tuple[Unassigned, ...]:
    """The team's due tasks that are not done, each with its reason."""
    found = {names.tasks[task].task_id: (reason, count) for task, reason, count in answer.reasons}
    proven = tuple(proof.bound == proof.value for proof in answer.proofs)
    return tuple(
        _unassigned(task, due, *_reason(task, due, found, proven, done))
        for task in names.tasks
        if task.task_id not in done
    )


def _reason(
    task: Task, due: DueList, found: dict[str, tuple[str, int]], proven: tuple[bool, ...], done: Collection[str]
) -> tuple[str, str]:
    last = due.horizon.last_day
    if task.is_deferred_over(due.horizon) and task.deferral is not None:
        until = f"until {task.deferral.until}" if task.deferral.until else "cancelled"
        return "deferred", f"Put off ({until}) by {task.deferral.authoriser}, decided {task.deferral.decided_on}."
    if any(visit in done for visit in task.goes_with):
        return "not_placed", OWED
    if task.is_companion:
        return "goes_with_visit", f"Goes with {' or '.join(task.goes_with)}, which is not in the roster."
    if task.release_date > last:
        return "not_released", f"Not before {task.release_date}; the week ends {last}."
    reason, count = found.get(task.task_id, ("no_crew_when_seen", 0))
    return reason, _sentence(reason, count, task, proven)


def _sentence(reason: str, count: int, task: Task, proven: tuple[bool, ...]) -> str:
    if reason != "crews_full":
        return REASONS[reason]
    who = "crew" if task.kind.is_field else "officer"
    could = f"{count} {who}{'s' if count != 1 else ''} could do it in an empty week"
    if all(proven[: task.band + 1]):
        return f"{could}; all are full, and no roster does more in this band."
    return f"{could}; all are full with work placed first."


def _unassigned(task: Task, due: DueList, reason: str, explanation: str) -> Unassigned:
    return Unassigned(
        task_id=task.task_id,
        kind=task.kind,
        offender_ref=task.offender_ref,
        risk_level=task.risk_level,
        band=due.bands[task.band],
        due_date=task.due_date,
        days_overdue=task.days_overdue,
        reason=reason,
        explanation=explanation,
    )


def without_unproven_reasons(roster: Roster, violations: Sequence[Violation]) -> Roster:
    """The roster with every reason that the check could not prove replaced by one that claims nothing."""
    unproven = {v.refs[0] for v in violations if v.rule == REASONS_RULE}
    rows = (
        replace(row, reason="not_placed", explanation=REASONS["not_placed"]) if row.task_id in unproven else row
        for row in roster.unassigned
    )
    return replace(roster, unassigned=tuple(rows))
