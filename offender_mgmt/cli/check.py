"""``offender-mgmt check``: does this roster keep every rule?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exit_codes import ExitCode
from offender_mgmt.cli.options import Published, RegisterFolder, Team, Week, horizon_of, refuse_unknown_team
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import put

if TYPE_CHECKING:
    from offender_mgmt.calendars import Horizon
    from offender_mgmt.register.read import LoadedRegister
    from offender_mgmt.report.summary import Planned
    from offender_mgmt.report.told_week import ToldWeek

EXAMPLES = """\b
Examples:
  offender-mgmt check data/essex out/essex/roster.csv --run out/essex/run.json
  offender-mgmt check data/essex-north typed-by-hand.csv --week 2026-W49
"""


def check(
    register: RegisterFolder,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER", help="A roster.csv, planned or typed by hand, or a full whole-roster sheet of export csv."
        ),
    ],
    unassigned: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What is left out and why; by default unassigned.csv beside the roster, if there is one.",
            show_default=False,
        ),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="run.json, to check its figures and bounds too.", show_default=False),
    ] = None,
    published: Published = None,
    week: Week = None,
    team: Team = None,
) -> int:
    """Check any roster against every rule.

    The check is written from the rules and shares nothing with the planner. It lists all violations,
    one a line: rule (references): sentence, and ends with exit code 5. If there is none, the figures are
    recomputed from the roster.
    """
    from offender_mgmt.aims import published_tasks
    from offender_mgmt.checks import check_roster
    from offender_mgmt.report import record
    from offender_mgmt.report.published import read_published
    from offender_mgmt.report.told_week import told_week

    told = record.read_record(run) if run else record.NOTHING_RECORDED
    loaded = load(register, told_in_summary=True)
    horizon = horizon_of(week or told.week, loaded.register)
    refuse_unknown_team(loaded.register, team)
    known = told_week(loaded.register, loaded.policy_file.policy, horizon, told, team)
    planned = _read(loaded, known, horizon, roster, unassigned)
    before = read_published(published, horizon).roster if published else None
    violations = check_roster(
        planned.register,
        loaded.policy_file.policy,
        planned.due,
        planned.roster,
        told.bands or None,
        told.aims,
        published_tasks(before, planned.due) if before is not None else None,
        known.replanned,
    )
    for violation in violations:
        put(str(violation))
    if violations:
        put(f"{len(violations):,} violation(s)")
        return ExitCode.FOUND_WRONG
    put("0 violations. Figures recomputed from the roster:\n")
    put(_summary(replace(planned, bands=told.bands or planned.bands, aims=told.aims or planned.aims)))
    return ExitCode.DONE


def _read(loaded: LoadedRegister, week: ToldWeek, horizon: Horizon, roster: Path, unassigned: Path | None) -> Planned:
    from offender_mgmt import measures
    from offender_mgmt.export.csv_sheets import as_roster
    from offender_mgmt.report.summary import Planned
    from offender_mgmt.roster.read import read_roster

    left_out = unassigned or _beside(roster)
    other = (_bytes(left_out), left_out.name) if left_out else None
    found = read_roster(as_roster(_bytes(roster)), roster.name, horizon, other)
    bands = measures.band_figures(week.due, found)
    return Planned(register=week.register, policy_file=loaded.policy_file, due=week.due, roster=found, bands=bands)


def _beside(roster: Path) -> Path | None:
    from offender_mgmt.report.folder import UNASSIGNED

    beside = roster.parent / UNASSIGNED
    return beside if beside.is_file() else None


def _bytes(path: Path) -> bytes:
    from offender_mgmt.files import read_bounded
    from offender_mgmt.report.folder import LARGEST_ROSTER_BYTES

    return read_bounded(path, LARGEST_ROSTER_BYTES)


def _summary(planned: Planned) -> str:
    from offender_mgmt.report.summary import summary_text

    return summary_text(planned)
