"""A week as a run's record tells it: register with what has happened, what is due, what the roster is held to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offender_mgmt.calendars import Horizon
from offender_mgmt.due import DueList, due_list
from offender_mgmt.due.kept import with_kept
from offender_mgmt.errors import UsageError
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.disruptions import with_disruptions
from offender_mgmt.register.told_texts import nominal_of_task
from offender_mgmt.report.record import Recorded
from offender_mgmt.roster.frozen import Replanned


@dataclass(frozen=True, slots=True)
class ToldWeek:
    """What everything that reads a run judges it by.

    Parameters
    ----------
    register
        With what has happened, cut to the team if it is of one.
    replanned
        What the roster is held to, if its week was planned again.
    """

    register: Register
    due: DueList
    replanned: Replanned | None


def told_week(
    register: Register, policy: Policy, horizon: Horizon, record: Recorded, team: str | None = None
) -> ToldWeek:
    """The week of a run, or of a roster beside it.

    Parameters
    ----------
    register
        As it was read.
    team
        One team only; the run's by default.

    Raises
    ------
    UsageError
        When the register knows no such team, or what the record tells cannot be by this register.
    """
    changed = _of_team(with_disruptions(register, record.changes), team or record.team)
    due = due_list(changed, policy, horizon)
    before = (_of_team(r, team or record.team) for r in registers_before(register, record.changes))
    known = with_kept(due, _ids_of(changed, record), (due_list(r, policy, horizon) for r in before))
    return ToldWeek(changed, known, _of_those_here(record.held_to(policy), changed))


def told_notes(record: Recorded) -> tuple[str, ...]:
    """That what has happened counts, in a line; nothing if nothing was told."""
    if not record.changes:
        return ()
    return (f"Note: judged with what was told since the extract: {', '.join(record.changes)}.",)


def registers_before(register: Register, changes: Sequence[str]) -> Iterator[Register]:
    """The register by what was known before each change, the last first."""
    for count in range(len(changes) - 1, -1, -1):
        yield with_disruptions(register, changes[:count])


def _ids_of(register: Register, record: Recorded) -> Iterator[str]:
    """Tasks that had begun, of nominals in the register at hand."""
    refs = register.offender_by_ref
    yield from (task_id for task_id in record.kept if nominal_of_task(task_id) in refs)


def _of_those_here(held_to: Replanned | None, register: Register) -> Replanned | None:
    """What the roster of one team is held to: work on its own nominals."""
    if held_to is None or held_to.marks is None:
        return held_to
    refs = register.offender_by_ref
    pins = {task: pin for task, pin in held_to.pins.items() if nominal_of_task(task) in refs}
    return replace(held_to, marks=frozenset(m for m in held_to.marks if nominal_of_task(m[0]) in refs), pins=pins)


def _of_team(register: Register, team: str | None) -> Register:
    if team is None:
        return register
    if team not in register.teams:
        raise UsageError("The register does not have the team of the run. Maybe: give the register it was made from.")
    return register.of_team(team)
