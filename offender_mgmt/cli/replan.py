"""``offender-mgmt replan``: the rest of a running week, with as few changes as can be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exporting import RunFolder
from offender_mgmt.cli.moment import FreezeBefore, parse_moment
from offender_mgmt.cli.options import RegisterFolder
from offender_mgmt.cli.plan import Effort, Lend, Seed, Workers
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.solving import end_of_run, leave_with_nothing, refuse, stoppable
from offender_mgmt.cli.terminal import deaf_to_stops, note, put

if TYPE_CHECKING:
    from offender_mgmt.planning import PlanResult
    from offender_mgmt.report.replanned import Asked, RunningWeek
    from offender_mgmt.roster.roster import Roster

EXAMPLES = """\b
Examples:
  offender-mgmt replan data/essex-north out/north --sick P1001:2026-12-02..2026-12-04 --out out/north-2
  offender-mgmt replan data/essex-north out/north --freeze-before 2026-12-02T12:00 --out out/north-2
  offender-mgmt replan data/essex-north out/north --court P1002:2026-12-03/09:00-13:00 --out out/north-2
  offender-mgmt replan data/essex-north out/north --add RSO-000293:2026-12-04 --no-car P1001 --out out/north-2
"""


def replan(
    register: RegisterFolder,
    run_folder: RunFolder,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the new roster.", show_default=False)],
    freeze_before: FreezeBefore = None,
    sick: Annotated[
        list[str] | None,
        typer.Option(metavar="OFFICER:DATE[..DATE]", help="On sick leave on these days.", show_default=False),
    ] = None,
    released: Annotated[
        list[str] | None,
        typer.Option(metavar="REF:DATE", help="In the community again from this day on.", show_default=False),
    ] = None,
    court: Annotated[
        list[str] | None,
        typer.Option(metavar="OFFICER:DATE/HH:MM-HH:MM", help="At court, the ways included.", show_default=False),
    ] = None,
    no_car: Annotated[
        list[str] | None,
        typer.Option(
            "--no-car",
            metavar="OFFICER[:DATE..DATE]",
            help="Does not drive for the rest of the week; who drives is known by the week.",
            show_default=False,
        ),
    ] = None,
    add: Annotated[
        list[str] | None, typer.Option(metavar="REF:DATE", help="Must be seen by this day.", show_default=False)
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TASK:RESULT",
            help="How work that had begun ended: done, not_done, no_reply, refused, aborted or address_void.",
            show_default=False,
        ),
    ] = None,
    risk: Annotated[
        list[str] | None, typer.Option(metavar="REF:LEVEL", help="Risk level of a nominal now.", show_default=False)
    ] = None,
    lend: Lend = None,
    pins: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV of what is fixed: task, what, value.", show_default=False),
    ] = None,
    edited: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The roster as you changed it in a spreadsheet: each change is fixed.",
            show_default=False,
        ),
    ] = None,
    seed: Seed = 1,
    effort: Effort = 20,
    workers: Workers = 2,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier run.")] = False,
) -> int:
    """Plan the rest of a running week again, with as few changes as can be.

    What had begun before --freeze-before stays to the minute. The first priority bands are served as well as can be,
    then as few published tasks as possible change their day or their officers, then the other bands have their turn.
    Teams that nothing has happened to stay as published. What is told here is applied to the register in memory only
    and recorded in run.json. Options may be given several times. On a day of sick leave nothing took place that is
    not told as done. A visit that failed is due again from the next day on. Ctrl-C writes the best rosters so far,
    labelled; twice leaves at once.
    """
    from offender_mgmt.register.told_texts import Word
    from offender_mgmt.report import folder
    from offender_mgmt.report.lock import sole_writer
    from offender_mgmt.report.replanned import Asked, replanned_files, running_week

    given = (sick, court, no_car, released, risk, add, outcome, lend)
    changes = tuple(f"{word} {text}" for word, texts in zip(Word, given, strict=True) for text in texts or ())
    folder.refuse_folder(out, overwrite)
    with sole_writer(out):
        loaded = load(register, told_in_summary=True)
        asked = Asked(parse_moment(freeze_before), changes, seed, effort, workers, pins, _edited(edited, run_folder))
        week = running_week(loaded, run_folder, asked)
        result, stopped = _plan(week, asked)
        if result.violations:
            return refuse(result.violations)
        with deaf_to_stops():
            made = replanned_files(week, asked, result)
            folder.write_folder(out, made.files, overwrite)
        put("\n".join((*made.words, "", made.text)))
    put(folder.what_is_in(out))
    return end_of_run(result, made.notes, out, stopped=stopped)


def _plan(week: RunningWeek, asked: Asked) -> tuple[PlanResult, bool]:
    """The plan, and whether it was stopped; before there is any roster, a stop leaves at once."""
    from offender_mgmt.report.replanned import planned_again

    if teams := week.to_solve:
        note(f"Planning the rest of {week.horizon.name}: {teams} team{'' if teams == 1 else 's'}, seconds for each ...")
    with stoppable(teams) as (plan, stop):
        result = planned_again(week, asked, plan)
    leave_with_nothing(result, stop)
    return result, stop.wished


def _edited(path: Path | None, run: Path) -> Roster | None:
    from offender_mgmt.calendars import parse_week
    from offender_mgmt.export.given import read_given, recorded_of

    week = recorded_of(run).week
    return None if path is None or week is None else read_given(path, parse_week(week)).roster
