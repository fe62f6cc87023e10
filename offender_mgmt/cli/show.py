"""``offender-mgmt show``: a roster in the terminal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exporting import RunFolder
from offender_mgmt.cli.options import RegisterFolder, day_of
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import note, put_styled
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from offender_mgmt.export.page.view import View
    from offender_mgmt.export.screen import Line

EXAMPLES = """\b
Examples:
  offender-mgmt show data/essex-north out/north
  offender-mgmt show data/essex-north out/north --day 2026-12-01
  offender-mgmt show data/essex-north out/north --officer P1001
  offender-mgmt show data/essex-north out/north --officer P1001 --day 2026-12-01
  offender-mgmt show data/essex-north out/north --nominal RSO-000109
"""


def show(
    register: RegisterFolder,
    run_folder: RunFolder,
    day: Annotated[
        str | None, typer.Option(metavar="DATE", help="A day: who does what, and the outings.", show_default=False)
    ] = None,
    officer: Annotated[
        str | None, typer.Option(metavar="REF", help="An officer's week, or day with --day.", show_default=False)
    ] = None,
    nominal: Annotated[
        str | None,
        typer.Option(metavar="REF", help="A nominal: what is due, when it is done, why not.", show_default=False),
    ] = None,
) -> None:
    """Look at a roster: the week, a day, an officer or a nominal.

    It fits the width of the terminal, from 80 columns on. Colours only add to the words; there are none when
    the output goes elsewhere, or when NO_COLOR is set.
    """
    from offender_mgmt.export.marks import marks_of
    from offender_mgmt.export.page.view import View
    from offender_mgmt.export.rows import Export
    from offender_mgmt.export.screen import NARROWEST, head
    from offender_mgmt.report.checked import read_checked

    if nominal and (day or officer):
        raise UsageError("--nominal stands by itself. Maybe: leave --day and --officer out.")
    run = read_checked(load(register, told_in_summary=True), run_folder)
    view = View(Export(run, marks_of(run, approval=None, reason="shown on the screen", despite="")))
    width = max(shutil.get_terminal_size((NARROWEST, 24)).columns, NARROWEST)
    for line in list(chain(head(view), _lines(view, day_of(day), officer, nominal, width))):
        put_styled(line)
    if run.violations:
        note(f"This roster breaks rules in {len(run.violations):,} place(s): see offender-mgmt check.")


def _lines(view: View, day: date | None, officer: str | None, nominal: str | None, width: int) -> Iterator[Line]:
    from offender_mgmt.export import screen

    if nominal:
        return screen.nominal_lines(view, nominal)
    if officer:
        return screen.officer_lines(view, officer, width, day)
    return screen.day_lines(view, day, width) if day else screen.week_lines(view, width)
