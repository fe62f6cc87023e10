"""``offender-mgmt diff``: two rosters of one week, what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.options import (
    RegisterFolder,
    TeamOfRoster,
    WeekOfRoster,
    day_of,
    horizon_of,
    refuse_unknown_team,
)
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import put, refuse_two_outputs, write_or_put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.export.given import GivenRoster
    from offender_mgmt.register.read import LoadedRegister
    from offender_mgmt.report.record import Recorded
    from offender_mgmt.report.roster_diff import Comparison

EXAMPLES = """\b
Examples:
  offender-mgmt diff data/essex-north out/north out/north-2
  offender-mgmt diff data/essex-north out/north out/north-2 --officer P1001
  offender-mgmt diff data/essex-north out/north edited.csv --day 2026-12-01
  offender-mgmt diff data/essex-north out/north out/north-2 --csv changes.csv
"""


def diff(
    register: RegisterFolder,
    before: Annotated[
        Path,
        typer.Argument(metavar="BEFORE", help="Folder that plan wrote, a roster.csv, or a full sheet."),
    ],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Another one of the same week.")],
    officer: Annotated[
        str | None, typer.Option(metavar="REF", help="Only what is different for one officer.", show_default=False)
    ] = None,
    day: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what is different on one day.", show_default=False)
    ] = None,
    week: WeekOfRoster = None,
    team: TeamOfRoster = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every change as CSV; - is standard output.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write changes and levels as JSON; - is standard output.")
    ] = None,
) -> None:
    """Tell what changed between two rosters of one week.

    Which tasks are dropped, added, on another day, with another crew, at another time, in another outing or
    place of it, left out for another reason; how many by officer and by day; and what it did to each priority band and
    each aim. Both are scored anew by the register given. Rosters of different weeks, teams or registers are
    refused. The exit code is 0 whether or not anything changed.
    """
    from offender_mgmt.report.roster_diff import diff_lines, diff_lines_of
    from offender_mgmt.report.roster_diff_files import diff_csv, diff_json

    refuse_two_outputs(csv=csv, json=json)
    asked_day = day_of(day)
    loaded = load(register, told_in_summary=True)
    found = _comparison(loaded, before, after, week, team)
    _refuse_unknown(found, loaded, officer, asked_day)
    words = f"{len(found.changes):,} change(s)"
    if json is not None:
        write_or_put(json, diff_json(found), words)
    if csv is not None:
        write_or_put(csv, diff_csv(found), words)
    if Path("-") in (csv, json):
        return
    is_narrowed = officer is not None or asked_day is not None
    for line in diff_lines_of(found, officer, asked_day) if is_narrowed else diff_lines(found):
        put(line)


def _refuse_unknown(found: Comparison, loaded: LoadedRegister, officer: str | None, day: date | None) -> None:
    if officer is not None and officer not in loaded.register.officer_by_id:
        raise UsageError("The register has no such officer. Maybe: look at --csv - for who is concerned.")
    if day is not None and day not in found.before.horizon:
        raise UsageError(f"{day} is not in {found.before.horizon.name}. Maybe: a day of that week.")


def _comparison(loaded: LoadedRegister, before: Path, after: Path, week: str | None, team: str | None) -> Comparison:
    from offender_mgmt.export.given import (
        bounds_all,
        moved_on_notes,
        read_given,
        recorded_of,
        refuse_another_register,
    )
    from offender_mgmt.report.levels import levels_of, scored
    from offender_mgmt.report.roster_diff import Comparison
    from offender_mgmt.report.told_week import told_notes, told_week
    from offender_mgmt.roster.changes import changes_of

    told = [recorded_of(path) for path in (before, after)]
    horizon = horizon_of(week or next((record.week for record in told if record.week), None), loaded.register)
    policy = loaded.policy_file.policy
    refuse_unknown_team(loaded.register, team)
    newest = next((record for record in reversed(told) if record.changes), told[-1])
    known = told_week(loaded.register, policy, horizon, newest, team or _team(told))
    register, due = known.register, known.due
    first, second = (read_given(path, horizon) for path in (before, after))
    for given in (first, second):
        refuse_another_register(given, register, loaded.register.digests)
    notes = (*moved_on_notes([(first, "the first"), (second, "the second")], loaded), *told_notes(newest))
    first, second = _alike(first, second)
    scores = [scored(register, policy, due, given.roster) for given in (first, second)]
    proven = next((g.record for g in (second, first) if bounds_all(g, loaded)), None)
    return Comparison(
        marking=policy.register_checks.marking,
        title=f"{horizon.name}, {register.teams_in_words}",
        names=(first.name, second.name),
        before=first.roster,
        after=second.roster,
        changes=changes_of(first.roster, second.roster),
        levels=levels_of(scores[0], scores[1], due, policy, None if newest.changes else proven),
        notes=notes,
    )


def _team(told: list[Recorded]) -> str | None:
    """The one team that both runs are of; none where there is no run or they are of all teams."""
    teams = {record.team for record in told if record.week is not None}
    if len(teams) > 1:
        raise UsageError("The two runs are of different teams. Maybe: give two runs of one team, or two of all.")
    return teams.pop() if teams else None


def _alike(first: GivenRoster, second: GivenRoster) -> tuple[GivenRoster, GivenRoster]:
    """The two without what is left out, where one of them does not tell it."""
    if first.tells_left_out and second.tells_left_out:
        return first, second
    return _assigned_only(first), _assigned_only(second)


def _assigned_only(given: GivenRoster) -> GivenRoster:
    return replace(given, roster=replace(given.roster, unassigned=()))
