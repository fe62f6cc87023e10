"""Arguments and options that several commands share, each said once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.calendars import Horizon, parse_week, week_after
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:  # the register brings pydantic with it, which help does not need
    from offender_mgmt.register import Register

RegisterFolder = Annotated[
    Path, typer.Argument(metavar="REGISTER", help="Folder with offenders.csv, officers.csv, ...", show_default=False)
]
Week = Annotated[
    str | None,
    typer.Option(
        metavar="WEEK",
        help="Week to plan, as 2026-W49 or as a date in it; by default the week after the extract date.",
        show_default=False,
    ),
]
Team = Annotated[
    str | None, typer.Option(metavar="TEAM", help="One team only; by default all teams.", show_default=False)
]
WeekOfRoster = Annotated[
    str | None,
    typer.Option(
        "--week",
        metavar="WEEK",
        help="Week of the roster, as 2026-W49 or as a date in it; by default that of the run, else the week after the "
        "extract date.",
        show_default=False,
    ),
]
TeamOfRoster = Annotated[
    str | None,
    typer.Option("--team", metavar="TEAM", help="One team only; by default as the run, else all.", show_default=False),
]
Published = Annotated[
    Path | None,
    typer.Option(
        "--published",
        metavar="RUN",
        help="Folder of a run that was published for this week: changes against its roster are to be few.",
        show_default=False,
    ),
]


def horizon_of(week: str | None, register: Register) -> Horizon:
    """The week asked for, else the one after the register's extract date."""
    return week_after(register.extract_date) if week is None else parse_week(week)


def of_team(register: Register, team: str | None) -> Register:
    """The register of the team asked for, else all of it.

    Raises
    ------
    UsageError
        When no nominal and no officer belongs to a team of that name.
    """
    refuse_unknown_team(register, team)
    return register if team is None else register.of_team(team)


def refuse_unknown_team(register: Register, team: str | None) -> None:
    """Stop where no nominal and no officer belongs to the team asked for.

    Raises
    ------
    UsageError
        In one line, with the teams there are.
    """
    if team is not None and team not in register.teams:
        raise UsageError("The register has no such team. Maybe: " + ", ".join(register.teams))


def day_of(text: str | None) -> date | None:
    """The day that ``--day`` names; none where it is not given.

    Raises
    ------
    UsageError
        For anything that is no date.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError("--day: not a date. Maybe: write it as 2026-12-01.") from None
