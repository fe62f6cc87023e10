"""``offender-mgmt suggest``: who can take this one now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exporting import RunFolder
from offender_mgmt.cli.moment import FreezeBefore, parse_moment
from offender_mgmt.cli.options import RegisterFolder
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import deaf_to_stops, put, refuse_two_outputs, write_or_put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.places.suggest import Suggestion
    from offender_mgmt.register.read import LoadedRegister
    from offender_mgmt.report.team_week import TeamWeek

EXAMPLES = """\b
Examples:
  offender-mgmt suggest data/essex-north out/north HV-RSO-000293
  offender-mgmt suggest data/essex-north out/north RSO-000190 --freeze-before 2026-12-02T12:00
  offender-mgmt suggest data/essex-north out/north RSO-000190 --apply 1 --out out/north-2
  offender-mgmt suggest data/essex-north out/north RSO-000190 --csv - | head
"""


def suggest(
    register: RegisterFolder,
    run_folder: RunFolder,
    name: Annotated[str, typer.Argument(metavar="REF|TASK", help="Nominal or task.", show_default=False)],
    freeze_before: FreezeBefore = None,
    count: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="Most places to show.")] = 5,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the places as CSV; - is standard output.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the places as JSON; - is standard output.")
    ] = None,
    apply: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Write the roster with place N; goes with --out.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the changed roster.", show_default=False)
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier run.")] = False,
) -> None:
    """Name the best places for one task in the week as published, with what each costs.

    Every crew that may make the visit, every day, every outing and position, and an outing of its own in every
    gap. All other work keeps its day and its officers. If nothing is free, one task that is less urgent may
    give way; it is named. Every place shown was put into the roster and checked.
    """
    from offender_mgmt.places.suggest import open_task, published_week
    from offender_mgmt.places.suggest import suggest as suggest_places
    from offender_mgmt.report.team_week import read_team_week

    refuse_two_outputs(csv=csv, json=json)
    if (apply is None) != (out is None):
        raise UsageError("--apply and --out go together. Maybe: give both, or none.")
    loaded = load(register, told_in_summary=True)
    week = read_team_week(loaded, run_folder, name)
    moment = parse_moment(freeze_before)
    published = published_week(week.register, week.policy, week.due, week.roster, moment, week.replanned)
    found = suggest_places(published, open_task(published, name), max(count, apply or 0))
    if apply is not None and out is not None:
        _apply(loaded, run_folder, week, found, apply, out, overwrite)
        return
    _put(found, week, csv, json)


def _put(found: Suggestion, week: TeamWeek, csv: Path | None, json: Path | None) -> None:
    from offender_mgmt.report import places

    words = f"{len(found.offers):,} place(s) for {found.task.task_id}"
    if json is not None:
        write_or_put(json, places.places_json(found, week.due, week.policy), words)
    if csv is not None:
        write_or_put(csv, places.places_csv(found), words)
    if Path("-") not in (csv, json):
        for line in places.place_lines(found, week.due, week.policy):
            put(line)


def _apply(
    loaded: LoadedRegister, run: Path, week: TeamWeek, found: Suggestion, number: int, out: Path, overwrite: bool
) -> None:
    from offender_mgmt.report import changed, folder
    from offender_mgmt.report.lock import sole_writer
    from offender_mgmt.report.places import spot_words

    if number > len(found.offers):
        raise UsageError(f"There are only {len(found.offers)} places. Maybe: look at them without --apply.")
    folder.refuse_folder(out, overwrite)
    offer = found.offers[number - 1]
    with sole_writer(out):
        files, text = changed.changed_run(loaded, run, week, offer.roster, spot_words(offer.spot))
        with deaf_to_stops():
            folder.write_folder(out, files, overwrite)
    put(text)
    put(folder.what_is_in(out))
