"""``offender-mgmt plan``: a checked roster of one week."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exit_codes import ExitCode
from offender_mgmt.cli.options import RegisterFolder, Team, Week, horizon_of, of_team
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import note, put

if TYPE_CHECKING:
    from offender_mgmt.checks import Violation
    from offender_mgmt.report.summary import Planned

EXAMPLES = """\b
Examples:
  offender-mgmt plan data/essex-north --out out/north
  offender-mgmt plan data/essex --week 2026-W50 --out out/w50 --overwrite
  offender-mgmt plan data/essex --team colchester --out out/col --strict
"""

SHOWN_VIOLATIONS = 20

Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Same input and seed, same roster.")]
Effort = Annotated[int, typer.Option(min=1, max=100, metavar="N", help="How hard to search; more takes longer.")]
Workers = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="Teams planned side by side; the roster does not depend on it.")
]


def plan(
    register: RegisterFolder,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the roster.", show_default=False)],
    week: Week = None,
    team: Team = None,
    seed: Seed = 1,
    effort: Effort = 1,
    workers: Workers = 2,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 also when due work is left out.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier run.")] = False,
) -> int:
    """Plan a week: tasks, times, crews and their outings.

    Every due task is in roster.csv, or in unassigned.csv with the reason. run.json records what the
    roster was made from; summary.txt is printed too. A roster is only written if an independent check
    finds no rule broken.
    """
    from offender_mgmt.report import folder

    folder.refuse_full_folder(out, overwrite)
    planned, settings, teams = _planned(register, week, team, {"seed": seed, "effort": effort, "workers": workers})
    violations = _violations(planned)
    if violations:
        return _refuse(violations)
    summary = _write(planned, settings, teams, out, overwrite)
    put(summary + f"\nIn {out}: {folder.ROSTER}, {folder.UNASSIGNED}, {folder.SUMMARY}, {folder.RECORD}")
    left_out = strict and bool(planned.roster.unassigned)
    return ExitCode.DEGRADED if planned.degraded or left_out else ExitCode.DONE


def _planned(
    folder: Path, week: str | None, team: str | None, settings: Mapping[str, int]
) -> tuple[Planned, Mapping[str, object], Mapping[str, object]]:
    from offender_mgmt import planning
    from offender_mgmt.report.summary import Planned

    loaded = load(folder)
    register, policy = of_team(loaded.register, team), loaded.policy_file.policy
    result = planning.plan(
        register, policy, horizon_of(week, loaded.register), planning.PlanSettings(**settings), progress=note
    )
    planned = Planned(
        register=register,
        policy_file=loaded.policy_file,
        due=result.due,
        roster=result.roster,
        bands=result.bands,
        degraded=result.degraded,
        notes=result.notes,
    )
    return planned, {"seed": settings["seed"], "effort": settings["effort"], "team": team}, dict(result.teams)


def _violations(planned: Planned) -> tuple[Violation, ...]:
    from offender_mgmt.checks import check_roster

    policy = planned.policy_file.policy
    return check_roster(planned.register, policy, planned.due, planned.roster, planned.bands)


def _refuse(violations: tuple[Violation, ...]) -> ExitCode:
    for violation in violations[:SHOWN_VIOLATIONS]:
        note(str(violation))
    note(f"The roster breaks {len(violations):,} rule(s): a fault of this program, not of your data.")
    note("It was not written; nothing was changed.")
    return ExitCode.OUR_FAULT


def _write(
    planned: Planned, settings: Mapping[str, object], teams: Mapping[str, object], out: Path, overwrite: bool
) -> str:
    """Write the folder of the run and return the summary."""
    from offender_mgmt.report import folder, record, summary
    from offender_mgmt.roster.write import roster_csv, unassigned_csv

    text = summary.summary_text(planned)
    files = {
        folder.ROSTER: roster_csv(planned.roster),
        folder.UNASSIGNED: unassigned_csv(planned.roster),
        folder.SUMMARY: text.encode("utf-8"),
    }
    files[folder.RECORD] = record.record_bytes(record.run_record(planned, settings, teams, files))
    folder.write_folder(out, files, overwrite)
    return text
