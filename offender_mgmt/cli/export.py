"""``offender-mgmt export csv``: a roster for others to read, with the least data that serves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offender_mgmt.cli.terminal import note, put
from offender_mgmt.errors import UsageError

EXAMPLES = """\b
Examples:
  offender-mgmt export csv out/north --out sheets
  offender-mgmt export csv out/north --out full --full --reason "briefing of team north"
"""


def export_csv(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder that plan wrote.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the sheets.", show_default=False)],
    full: Annotated[
        bool, typer.Option("--full/--redact", help="All columns, or reference, day and part of the day only.")
    ] = False,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why all columns are needed; goes with --full.", show_default=False)
    ] = "",
) -> None:
    """Write one CSV of the whole roster, one for each officer and one for each day.

    Redacted by default: visits only, with the reference, the day, morning, afternoon or evening, and the
    order of the outing. That is enough to know whom one sees on which day. Whoever makes the visits also
    needs times, crew and kind of task: --full, which asks for a reason, as a roster is worse in the wrong
    hands than a register.
    """
    if full and not reason.strip():
        raise UsageError("--full tells who is visited where and when. Maybe: add --reason, or leave --full out.")
    from offender_mgmt.export import export_csv as write_sheets
    from offender_mgmt.report.lock import sole_writer

    with sole_writer(out):
        sheets = write_sheets(run_folder, out, full=full)
    if full:
        note(f"All columns were written. Reason given: {reason.strip()}")
    for sheet in sheets:
        put(f"{sheet.rows:>6,} rows  {out / sheet.name}")
