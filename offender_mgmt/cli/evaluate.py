"""``offender-mgmt evaluate``: a roster made or edited by hand, level by level beside one of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exit_codes import ExitCode
from offender_mgmt.cli.options import (
    Published,
    RegisterFolder,
    TeamOfRoster,
    WeekOfRoster,
    horizon_of,
    refuse_unknown_team,
)
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import put, refuse_two_outputs, write_or_put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.register.read import LoadedRegister
    from offender_mgmt.report.evaluation import Evaluation

EXAMPLES = """\b
Examples:
  offender-mgmt evaluate data/essex-north edited.csv --against out/north
  offender-mgmt evaluate data/essex-north edited.csv --against out/north --violations violations.csv
  offender-mgmt evaluate data/essex-north typed-by-hand.csv --week 2026-W49
"""


def evaluate(
    register: RegisterFolder,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER", help="A roster.csv, or a full whole-roster sheet of export csv, edited or not."
        ),
    ],
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN", help="Folder that plan wrote: a roster of ours to hold it against.", show_default=False
        ),
    ] = None,
    unassigned: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What it leaves out and why; by default unassigned.csv beside it, else that of RUN.",
            show_default=False,
        ),
    ] = None,
    published: Published = None,
    week: WeekOfRoster = None,
    team: TeamOfRoster = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the levels as CSV; - is standard output.")
    ] = None,
    violations: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the violations as CSV; - is standard output.")
    ] = None,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all as JSON; - is standard output.")] = None,
) -> int:
    """Score a roster made or edited by hand, beside one of ours.

    First which rules it breaks, then each priority band and each aim: better, worse or the same as ours, with
    what is proven of all rosters. A roster that breaks rules is scored too; the exit code is 5 then, as for check.
    """
    from offender_mgmt.report.evaluation import evaluation_json, evaluation_lines, levels_csv, violations_csv

    refuse_two_outputs(csv=csv, violations=violations, json=json)
    found = _evaluation(load(register, told_in_summary=True), roster, against, unassigned, published, week, team)
    if csv is not None:
        write_or_put(csv, levels_csv(found), f"{len(found.levels):,} level(s)")
    if violations is not None:
        write_or_put(violations, violations_csv(found), f"{len(found.violations):,} violation(s)")
    if json is not None:
        write_or_put(json, evaluation_json(found), f"{len(found.levels):,} level(s)")
    if Path("-") not in (csv, violations, json):
        for line in evaluation_lines(found):
            put(line)
    return ExitCode.FOUND_WRONG if found.violations else ExitCode.DONE


def _evaluation(
    loaded: LoadedRegister,
    path: Path,
    against: Path | None,
    unassigned: Path | None,
    published: Path | None,
    week: str | None,
    team: str | None,
) -> Evaluation:
    from offender_mgmt.aims import published_tasks
    from offender_mgmt.checks import check_roster
    from offender_mgmt.export import given
    from offender_mgmt.report.evaluation import Evaluation
    from offender_mgmt.report.levels import levels_of, scored
    from offender_mgmt.report.published import read_published
    from offender_mgmt.report.told_week import told_notes, told_week

    told = given.recorded_of(against or path)
    if against is not None and told.week is None:
        raise UsageError("--against: not the folder of a run. Maybe: give the folder that plan wrote.")
    horizon = horizon_of(week or told.week, loaded.register)
    policy = loaded.policy_file.policy
    refuse_unknown_team(loaded.register, team)
    known = told_week(loaded.register, policy, horizon, told, team)
    register, due = known.register, known.due
    ours = given.read_given(against, horizon) if against else None
    yours = given.read_given(path, horizon, unassigned, ours.roster.unassigned if ours else None)
    if ours:
        given.refuse_another_register(ours, register, loaded.register.digests)
    before = published_tasks(read_published(published, horizon).roster, due) if published else None
    rosters = [yours.roster, ours.roster] if ours else [yours.roster]
    broken = [
        check_roster(register, policy, due, roster, published=before, replanned=known.replanned) for roster in rosters
    ]
    scores = [scored(register, policy, due, roster, before) for roster in rosters]
    proven = ours.record if ours and given.bounds_all(ours, loaded) else None
    return Evaluation(
        marking=policy.register_checks.marking,
        title=f"{horizon.name}, {register.teams_in_words}",
        name=yours.name,
        other=ours.name if ours else None,
        violations=broken[0],
        scores=scores[0],
        levels=levels_of(scores[-1], scores[0], due, policy, proven),
        broken_by_ours=len(broken[1]) if ours else 0,
        tells_left_out=yours.tells_left_out,
        notes=(*given.moved_on_notes([(ours, "ours")] if ours else [], loaded), *told_notes(told)),
    )
