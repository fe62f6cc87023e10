"""``offender-mgmt export``: a roster for others to read, with the least data that serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.calendars import DateStyle
from offender_mgmt.cli.exporting import command

if TYPE_CHECKING:
    from offender_mgmt.export.rows import Export

Dates = Annotated[DateStyle, typer.Option("--dates", help="2026-11-30 or 30/11/2026.")]


def csv(
    export: Export,
    dates: Dates = DateStyle.ISO,
    bom: Annotated[bool, typer.Option("--bom", help="Begin with the mark by which Excel knows UTF-8.")] = False,
) -> Mapping[str, bytes]:
    """Write one CSV of the whole roster, one for each day and one for each officer.

    Redacted by default: visits only, with the reference, the locality, the day, morning, afternoon or
    evening, and the order of the outing. Whoever makes the visits also needs times, crew and kind of task:
    --full, which asks for a reason, as a roster is worse in the wrong hands than a register. The first line
    of a sheet is its marking and status, the last its number of rows and digest. A roster that breaks a rule
    is not written.
    """
    from offender_mgmt.export.csv_sheets import csv_files

    return csv_files(replace(export, dates=dates), bom=bom)


COMMANDS = {
    "csv": (
        command(csv),
        """\b
Examples:
  offender-mgmt export csv data/essex-north out/north --out sheets
  offender-mgmt export csv data/essex-north out/north --out sheets --bom --dates uk
  offender-mgmt export csv data/essex-north out/north --out full --full --reason "briefing of team north"
  offender-mgmt export csv data/essex-north out/north --out v2 --version 2 --approved-by S01 --replaces 1
""",
    ),
}
"""Every form of export with its examples."""
