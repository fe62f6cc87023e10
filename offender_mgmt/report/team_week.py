"""The part of a run that a question about one nominal or officer is about: the team's register, due list and roster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from offender_mgmt.calendars import parse_week
from offender_mgmt.due.task import DueList
from offender_mgmt.errors import UsageError
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.register.told_texts import nominal_of_task
from offender_mgmt.report.folder import RECORD, read_run
from offender_mgmt.report.record import Recorded, read_record
from offender_mgmt.report.told_week import told_week
from offender_mgmt.roster.roster import Roster


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """One team's week as published.

    Parameters
    ----------
    whole
        The roster of all teams of the run.
    """

    team: str
    register: Register
    policy: Policy
    due: DueList
    roster: Roster
    whole: Roster
    record: Recorded


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
    team = _team_of(loaded.register, name)
    if record.team not in (None, team):
        raise UsageError("The run is of another team. Maybe: give the folder of a run of that team, or of all.")
    horizon, policy = parse_week(record.week), loaded.policy_file.policy
    whole, week = read_run(run, horizon), told_week(loaded.register, policy, horizon, record, team)
    roster = part_of_team(whole, week.register, week.due)
    return TeamWeek(team, week.register, policy, week.due, roster, whole, record)


def _team_of(register: Register, name: str) -> str:
    if name in register.officer_by_id:
        return register.officer_by_id[name].team
    ref = nominal_of_task(name)
    if ref not in register.offender_by_ref:
        raise UsageError("The register has no such nominal, task or officer. Maybe: look it up with offender-mgmt due.")
    return register.offender_by_ref[ref].team


def part_of_team(roster: Roster, register: Register, due: DueList) -> Roster:
    """The rows of the team's nominals and of its officers."""
    assignments = tuple(row for row in roster.assignments if is_of_team(register, row.offender_ref, row.crew))
    unassigned = tuple(row for row in roster.unassigned if is_of_team(register, row.offender_ref, ()))
    return Roster(due.horizon, assignments, unassigned)


def is_of_team(register: Register, ref: str, crew: tuple[str, ...]) -> bool:
    """Whether a row is about one of the register's nominals or officers."""
    return ref in register.offender_by_ref or any(officer in register.officer_by_id for officer in crew)
