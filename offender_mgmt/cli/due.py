"""``offender-mgmt due``: what is due, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.options import RegisterFolder, Team, Week, horizon_of, of_team, refuse_unknown_team
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import put, write_or_put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.due.task import DueList
    from offender_mgmt.register.read import LoadedRegister

EXAMPLES = """\b
Examples:
  offender-mgmt due data/essex-north
  offender-mgmt due data/essex --week 2026-W50 --team north-colchester
  offender-mgmt due data/essex-north --why | head
  offender-mgmt due data/essex-north --task HV-RSO-000293 --run out/north
  offender-mgmt due data/essex --csv due.csv
  offender-mgmt due data/essex --csv - | head
"""


def due(
    register: RegisterFolder,
    week: Week = None,
    team: Team = None,
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all columns as CSV to this file; - is standard output."),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say of each task why it is due and since when.")] = False,
    flags: Annotated[
        bool, typer.Option("--flags", help="List paused nominals and flags one by one instead of the tasks.")
    ] = False,
    task: Annotated[
        str | None,
        typer.Option(metavar="TASK", help="One task only, with all that is known of it.", show_default=False),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN",
            help="Goes with --task: folder that plan wrote; where the task stands in it, or why it is left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List what is due in a week, since when, by which rule.

    Overdue: the due date lies before the week. Due: inside it. Look-ahead: after it, but it may be done
    already. A nominal in custody, in hospital, abroad or missing is listed as paused, never left off.
    """
    if run is not None and task is None:
        raise UsageError("--run goes with --task. Maybe: name the task you ask about.")
    loaded = load(register)
    listed = _as_told(loaded, run, week, team) if run else _as_read(loaded, week, team)
    if task is not None:
        _put_task(listed, task, run)
        return
    if csv is not None:
        _write_csv(listed, csv)
        return
    for line in _lines(listed, why=why, flags=flags):
        put(line)


def _as_read(loaded: LoadedRegister, week: str | None, team: str | None) -> DueList:
    """What is due by the register; without a run nothing of the optimiser need be loaded."""
    from offender_mgmt.due import due_list

    horizon = horizon_of(week, loaded.register)
    return due_list(of_team(loaded.register, team), loaded.policy_file.policy, horizon)


def _as_told(loaded: LoadedRegister, run: Path, week: str | None, team: str | None) -> DueList:
    """What is due by the register with all that was told to a run."""
    from offender_mgmt.report import folder, record
    from offender_mgmt.report.told_week import told_week

    told = record.read_record(run / folder.RECORD)
    horizon = horizon_of(told.week if week is None else week, loaded.register)
    refuse_unknown_team(loaded.register, team)
    return told_week(loaded.register, loaded.policy_file.policy, horizon, told, team).due


def _put_task(listed: DueList, task_id: str, run: Path | None) -> None:
    from offender_mgmt.report import folder, one_task

    task = listed.task(task_id)
    if task is None:
        raise UsageError(f"No such task in the due list of {listed.horizon.name}. Maybe: look for it in the list.")
    roster = folder.read_run(run, listed.horizon) if run else None
    for line in one_task.task_lines(task, listed, roster):
        put(line)


def _lines(listed: DueList, *, why: bool, flags: bool) -> list[str]:
    from offender_mgmt.report import due_table

    if flags:
        lines = due_table.flag_lines(listed)
    else:
        lines = due_table.why_lines(listed) if why else due_table.task_lines(listed)
    return lines + due_table.totals(listed)


def _write_csv(listed: DueList, target: Path) -> None:
    from offender_mgmt.due.write import DUE_COLUMNS, due_rows
    from offender_mgmt.files import csv_bytes

    words = f"{len(listed.tasks):,} tasks of {listed.horizon.name}"
    write_or_put(target, csv_bytes(DUE_COLUMNS, due_rows(listed)), words)
