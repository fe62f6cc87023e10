"""``offender-mgmt plan``: a checked roster of one week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.options import Published, RegisterFolder, Team, Week, horizon_of, of_team
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.solving import end_of_run, leave_with_nothing, refuse, stoppable
from offender_mgmt.cli.terminal import deaf_to_stops, note, put

if TYPE_CHECKING:
    from offender_mgmt.calendars import Horizon
    from offender_mgmt.planning import PlanResult
    from offender_mgmt.register import Register
    from offender_mgmt.register.read import LoadedRegister
    from offender_mgmt.report.published import PublishedRoster

EXAMPLES = """\b
Examples:
  offender-mgmt plan data/essex-north --out out/north
  offender-mgmt plan data/essex --week 2026-W50 --out out/w50 --overwrite
  offender-mgmt plan data/essex --team north-colchester --out out/col --strict
  offender-mgmt plan data/essex --lend P1001:west-grays:2026-12-02..2026-12-03 --out out/lent
"""

Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Same input and seed, same roster.")]
Effort = Annotated[
    int,
    typer.Option(
        min=1,
        max=10_000,
        metavar="N",
        help="Steps of each search for a better roster, in large weeks more while they help; more takes longer.",
    ),
]
Courses = Annotated[
    int,
    typer.Option(
        min=1,
        max=100,
        metavar="N",
        help="Searches for each team's roster, each drawing other lots; the best counts. Two for one team keep two "
        "workers busy.",
    ),
]
Workers = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="Searches side by side; the roster does not depend on it.")
]

Seconds = Annotated[
    float | None,
    typer.Option(
        min=1,
        max=1_000_000,
        metavar="S",
        help="Most time for solving, by the clock; what is not finished then is labelled: it may differ if run again.",
        show_default=False,
    ),
]

Fast = Annotated[
    bool,
    typer.Option(
        "--fast",
        help="With fewer teams than workers: the others work on the same team. Sooner done; labelled: it may differ if "
        "run again.",
    ),
]

Lend = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OFFICER:TEAM:DATE[..DATE]",
        help="Works for another team on these days, from its station. May be given several times.",
        show_default=False,
    ),
]


def plan(
    register: RegisterFolder,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the roster.", show_default=False)],
    week: Week = None,
    team: Team = None,
    published: Published = None,
    lend: Lend = None,
    seed: Seed = 1,
    effort: Effort = 60,
    courses: Courses = 1,
    workers: Workers = 2,
    seconds: Seconds = None,
    fast: Fast = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 also when due work is left out.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier run.")] = False,
) -> int:
    """Plan a week: tasks, times, crews and their outings.

    Every due task is in roster.csv, or in unassigned.csv with the reason. run.json records what the
    roster was made from; summary.txt is printed too. A roster is only written if an independent check
    finds no rule broken. Ctrl-C writes the best rosters so far, labelled; twice leaves at once.
    """
    from offender_mgmt.register.told_texts import Word
    from offender_mgmt.report import figures, folder
    from offender_mgmt.report.lock import sole_writer
    from offender_mgmt.report.published import read_published

    folder.refuse_folder(out, overwrite)
    with sole_writer(out):
        lent = tuple(f"{Word.LEND} {text}" for text in lend or ())
        loaded = _with_lent(load(register, told_in_summary=True), lent)
        horizon = horizon_of(week, loaded.register)
        before = read_published(published, horizon) if published else None
        asked = Asked(
            seed=seed,
            effort=effort,
            courses=courses,
            team=team,
            workers=workers,
            seconds=seconds,
            fast=fast,
            before=before,
            lent=lent,
        )
        result, stopped = _plan(loaded, of_team(loaded.register, team), horizon, asked)
        if result.violations:
            return refuse(result.violations)
        with deaf_to_stops():
            text = _write(result, loaded, asked, out, overwrite)
        put(text)
    put(folder.what_is_in(out))
    short = strict and bool(figures.due_left_out(result.due, result.roster))
    return end_of_run(result, result.notes, out, stopped=stopped, short=short)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the person asked for, beside the register and the week."""

    seed: int
    effort: int
    team: str | None
    workers: int
    seconds: float | None
    courses: int = 1
    fast: bool = False
    before: PublishedRoster | None = None
    lent: tuple[str, ...] = ()

    def recorded(self) -> dict[str, object]:
        """What decides the roster, if the plan is finished."""
        against = {"published": self.before.digest} if self.before else {}
        fast = {"fast": True, "workers": self.workers} if self.fast else {}
        courses = {"courses": self.courses} if self.courses > 1 else {}
        limits = {"seed": self.seed, "effort": self.effort, "team": self.team, "seconds": self.seconds}
        return {**limits, **courses, **fast, **against}


def _with_lent(loaded: LoadedRegister, lent: tuple[str, ...]) -> LoadedRegister:
    """The register with the officers lent as asked for; its files stay as they are."""
    from offender_mgmt.register.disruptions import with_disruptions

    return replace(loaded, register=with_disruptions(loaded.register, lent)) if lent else loaded


def _plan(loaded: LoadedRegister, register: Register, horizon: Horizon, asked: Asked) -> tuple[PlanResult, bool]:
    """The plan, and whether it was stopped; before there is any roster, a stop leaves at once."""
    from offender_mgmt.solver.settings import Settings

    teams = len(register.teams)
    note(f"Planning {horizon.name}: {teams} team{'' if teams == 1 else 's'}, a minute or so for each ...")
    with stoppable(teams) as (plan, stop):
        result = plan(
            register,
            loaded.policy_file.policy,
            horizon,
            Settings(seed=asked.seed, effort=asked.effort, courses=asked.courses),
            published=asked.before.roster if asked.before else None,
            workers=asked.workers,
            seconds=asked.seconds,
            fast=asked.fast,
        )
    leave_with_nothing(result, stop)
    return result, stop.wished


def _write(result: PlanResult, loaded: LoadedRegister, asked: Asked, out: Path, overwrite: bool) -> str:
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
    line = record.run_record(planned, asked.recorded(), result.teams, files)
    if asked.lent:
        line["lent"] = list(asked.lent)
    files[folder.RECORD] = record.record_bytes(line)
    folder.write_folder(out, files, overwrite)
    return text
