"""``offender-mgmt synth``: make a plainly synthetic register."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from offender_mgmt.cli.terminal import put
from offender_mgmt.errors import UsageError

EXAMPLES = """\b
Examples:
  offender-mgmt synth data/essex --seed 1
  offender-mgmt synth small --offenders 200 --officers 6 --teams 1
"""


def synth(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the register.")],
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="The same seed gives the same bytes again.")] = 1,
    offenders: Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help="Nominals.")] = 1900,
    officers: Annotated[int, typer.Option(min=1, max=5_000, metavar="N", help="Officers.")] = 40,
    teams: Annotated[int, typer.Option(min=1, max=100, metavar="N", help="Teams.")] = 6,
    extract_date: Annotated[
        str, typer.Option(metavar="DATE", help="Day the extract is dated, as 2026-11-27.")
    ] = "2026-11-27",
) -> None:
    """Make a register of a believable Essex: no real person.

    Places are real, references are plainly synthetic, there are no names and no streets. The same settings give the
    same bytes, so that a figure measured on it can be measured again.
    """
    from offender_mgmt.synth import SynthSettings, write_example

    settings = SynthSettings(
        seed=seed, offenders=offenders, officers=officers, teams=teams, extract_date=_day(extract_date)
    )
    write_example(folder, settings)
    put(f"{folder}: {offenders:,} synthetic nominals, {officers:,} officers in {teams:,} team(s), seed {seed}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("Give the day as 2026-11-27.") from None
