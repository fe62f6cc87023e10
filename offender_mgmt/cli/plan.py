"""``offender-mgmt plan``: a checked roster of one week."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exit_codes import ExitCode
from offender_mgmt.cli.options import Published, RegisterFolder, Team, Week, horizon_of, of_team
from offender_mgmt.cli.progress import Bar
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import note, put

if TYPE_CHECKING:
    from offender_mgmt.calendars import Horizon
    from offender_mgmt.checks import Violation
    from offender_mgmt.planning import PlanResult
    from offender_mgmt.register import Register
    from offender_mgmt.register.read import LoadedRegister
    from offender_mgmt.report.published import PublishedRoster

EXAMPLES = """\b
Examples:
  offender-mgmt plan data/essex-north --out out/north
  offender-mgmt plan data/essex --week 2026-W50 --out out/w50 --overwrite
  offender-mgmt plan data/essex --team north-colchester --out out/col --strict
"""

SHOWN_VIOLATIONS = 20

Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Same input and seed, same roster.")]
Effort = Annotated[
    int,
    typer.Option(
        min=1, max=10_000, metavar="N", help="Most steps of each search for a better roster; more takes longer."
    ),
]
Workers = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="Teams planned side by side; the roster does not depend on it.")
]


def plan(
    register: RegisterFolder,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the roster.", show_default=False)],
    week: Week = None,
    team: Team = None,
    published: Published = None,
    seed: Seed = 1,
    effort: Effort = 60,
    workers: Workers = 2,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 also when due work is left out.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier run.")] = False,
) -> int:
    """Plan a week: tasks, times, crews and their outings.

    Every due task is in roster.csv, or in unassigned.csv with the reason. run.json records what the
    roster was made from; summary.txt is printed too. A roster is only written if an independent check
    finds no rule broken.
    """
    from offender_mgmt.report import figures, folder
    from offender_mgmt.report.lock import sole_writer
    from offender_mgmt.report.published import read_published

    folder.refuse_folder(out, overwrite)
    with sole_writer(out):
        loaded = load(register, told_in_summary=True)
        horizon = horizon_of(week, loaded.register)
        before = read_published(published, horizon) if published else None
        result = _plan(loaded, of_team(loaded.register, team), horizon, seed, effort, workers, before)
        if result.violations:
            return refuse(result.violations)
        against = {"published": before.digest} if before else {}
        put(_write(result, loaded, {"seed": seed, "effort": effort, "team": team, **against}, out, overwrite))
    put(folder.what_is_in(out))
    left_out = figures.due_left_out(result.due, result.roster)
    return ExitCode.DEGRADED if result.degraded or (strict and left_out) else ExitCode.DONE


def _plan(
    loaded: LoadedRegister,
    register: Register,
    horizon: Horizon,
    seed: int,
    effort: int,
    workers: int,
    before: PublishedRoster | None,
) -> PlanResult:
    from offender_mgmt import planning
    from offender_mgmt.solver.settings import Settings

    settings = Settings(seed=seed, effort=effort)
    teams = len(register.teams)
    note(f"Planning {horizon.name}: {teams} team{'' if teams == 1 else 's'}, a minute or so for each ...")
    with Bar(teams, "team" if teams == 1 else "teams") as bar:
        policy = loaded.policy_file.policy
        return planning.plan(
            register,
            policy,
            horizon,
            settings,
            published=before.roster if before else None,
            workers=workers,
            progress=bar.say,
            done=bar.done,
        )


def refuse(violations: tuple[Violation, ...]) -> ExitCode:
    """Tell what is wrong with a roster of our own making, which is not written."""
    for violation in violations[:SHOWN_VIOLATIONS]:
        note(str(violation))
    note(f"The roster breaks rules in {len(violations):,} place(s): a fault of this program, not of your data.")
    note("It was not written; nothing was changed.")
    return ExitCode.OUR_FAULT


def _write(
    result: PlanResult, loaded: LoadedRegister, settings: Mapping[str, object], out: Path, overwrite: bool
) -> str:
    """Write the folder of the run and return the summary."""
    from offender_mgmt.report import folder, record, summary
    from offender_mgmt.roster.write import roster_csv, unassigned_csv

    planned = summary.planned(result, loaded.register, loaded.policy_file)
    text = summary.summary_text(planned)
    files = {
        folder.ROSTER: roster_csv(result.roster),
        folder.UNASSIGNED: unassigned_csv(result.roster),
        folder.SUMMARY: text.encode("utf-8"),
    }
    files[folder.RECORD] = record.record_bytes(record.run_record(planned, settings, result.teams, files))
    folder.write_folder(out, files, overwrite)
    return text
