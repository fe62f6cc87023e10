"""The part of a run that a question about one nominal or officer is about: the team's register, due list and roster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from offender_mgmt.calendars import parse_week
from offender_mgmt.due.task import DueList
from offender_mgmt.errors import UsageError
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.disruptions import with_disruptions
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.register.told_texts import nominal_of_task
from offender_mgmt.report.folder import RECORD, read_run
from offender_mgmt.report.record import Recorded, read_record
from offender_mgmt.report.told_week import told_week
from offender_mgmt.roster.frozen import Replanned
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.vocabulary import TaskKind


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """One team's week as published.

    Parameters
    ----------
    whole
        The roster of all teams of the run.
    replanned
        What the team's part is held to, if the week was planned again.
    """

    team: str
    register: Register
    policy: Policy
    due: DueList
    roster: Roster
    whole: Roster
    record: Recorded
    replanned: Replanned | None


def read_team_week(loaded: LoadedRegister, run: Path, name: str) -> TeamWeek:
    """The week of the team that an officer, a nominal or the nominal of a task belongs to.

    Raises
    ------
    UsageError, DataError
        When the register knows nobody of that name, when the run is of another team, and when a file is missing or
        is none of a run.
    """
    record = read_record(run / RECORD)
    assert record.week is not None  # a record that was read has one
    team = _team_of(with_disruptions(loaded.register, record.changes), name, record.team)
    if record.team not in (None, team):
        raise UsageError("The run is of another team. Maybe: give the folder of a run of that team, or of all.")
    horizon, policy = parse_week(record.week), loaded.policy_file.policy
    whole, week = read_run(run, horizon), told_week(loaded.register, policy, horizon, record, team)
    roster = part_of_team(whole, week.register, week.due)
    return TeamWeek(team, week.register, policy, week.due, roster, whole, record, week.replanned)


def _team_of(register: Register, name: str, of_run: str | None) -> str:
    """The team of a nominal or an officer; of an officer who is lent to the team of the run, that one."""
    officer = register.officer_by_id.get(name)
    if officer is not None:
        return of_run if of_run in register.lending.teams_of(officer) else officer.team
    ref = nominal_of_task(name)
    if ref not in register.offender_by_ref:
        raise UsageError("The register has no such nominal, task or officer. Maybe: look it up with offender-mgmt due.")
    return register.offender_by_ref[ref].team


def part_of_team(roster: Roster, register: Register, due: DueList) -> Roster:
    """The rows of the team's nominals and of its officers."""
    assignments = tuple(row for row in roster.assignments if is_of_team(register, row))
    unassigned = tuple(row for row in roster.unassigned if is_of_team(register, row))
    return Roster(due.horizon, assignments, unassigned)


def is_of_team(register: Register, row: Assignment | Unassigned) -> bool:
    """Whether a row is about one of the register's nominals, or is a fixed event of one of its officers.

    What an officer does for the nominals of another team, lent to it, is that team's.
    """
    events_crew = row.crew if isinstance(row, Assignment) and row.kind is TaskKind.FIXED_EVENT else ()
    attends = any(officer in register.officer_by_id for officer in events_crew)
    return attends or row.offender_ref in register.offender_by_ref
