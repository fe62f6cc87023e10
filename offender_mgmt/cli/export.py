"""``offender-mgmt export``: a roster for others to read, with the least data that serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
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


def xlsx(export: Export, dates: Dates = DateStyle.ISO) -> Mapping[str, bytes]:
    """Write one workbook: an overview and a sheet for each officer.

    Redacted by default, as csv is. No formula, no link, nothing hidden; marked in the header and footer of
    every printed page.
    """
    from offender_mgmt.export.workbook import workbook_files

    return workbook_files(replace(export, dates=dates))


def json(export: Export) -> Mapping[str, bytes]:
    """Write one JSON document for other programs.

    Its form is published and versioned: docs/reference/roster.schema.json. Redacted by default, as csv is;
    figures by priority band and risk level, and reasons with numbers, are always in it.
    """
    from offender_mgmt.export.json_document import json_files

    return json_files(export)


def geojson(export: Export) -> Mapping[str, bytes]:
    """Write stops and outings as GeoJSON for a map program.

    By default every position of a nominal is the middle of a square, whose size policy sets
    (exports.coarse_metres), and what is told of a stop is what csv tells. Do not open it in a program that
    fetches its maps from somebody else: the places asked for would tell where the visits are.
    """
    from offender_mgmt.export.geojson import geojson_files

    return geojson_files(export)


def ics(
    export: Export,
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Calendars given out before: to change and cancel what is in them.", show_default=False
        ),
    ] = None,
) -> Mapping[str, bytes]:
    """Write a calendar for each officer, if policy allows calendars (exports.calendars).

    A visit is its reference and its time, nothing else. With --previous, a visit that was moved is an update
    of the same entry, and one that is gone is sent as cancelled.
    """
    from offender_mgmt.export.calendar_files import calendar_files

    return calendar_files(export, previous)


def html(
    export: Export,
    outlines: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="GeoJSON of districts to draw the maps on.", show_default=False),
    ] = None,
    credit: Annotated[
        str, typer.Option(metavar="TEXT", help="Whom to thank for them; stands under the maps.", show_default=False)
    ] = "",
) -> Mapping[str, bytes]:
    """Write one page to look at: the week by officer, maps, what is left out and why, a sheet for each day.

    It opens in any browser without a network, and prints each officer's day on a page of its own. Redacted by
    default: outings as a whole, parts of the day, positions in the middle of squares; risk levels are told.
    """
    from offender_mgmt.export.outlines import NO_OUTLINES, read_outlines
    from offender_mgmt.export.page.page import html_files

    return html_files(export, read_outlines(outlines, credit) if outlines else NO_OUTLINES)


COMMANDS = {
    "html": (
        command(html),
        """\b
Examples:
  offender-mgmt export html data/essex-north out/north --out page
  offender-mgmt export html data/essex-north out/north --out page --full --reason "briefing of team north"
  offender-mgmt export html data/essex-north out/north --out page --outlines districts.geojson --credit "ONS, OGL v3"
""",
    ),
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
    "xlsx": (
        command(xlsx),
        """\b
Examples:
  offender-mgmt export xlsx data/essex-north out/north --out workbook
  offender-mgmt export xlsx data/essex-north out/north --out workbook --full --reason "briefing of team north"
""",
    ),
    "json": (
        command(json),
        """\b
Examples:
  offender-mgmt export json data/essex-north out/north --out json
""",
    ),
    "geojson": (
        command(geojson),
        """\b
Examples:
  offender-mgmt export geojson data/essex-north out/north --out map
""",
    ),
    "ics": (
        command(ics, can_be_full=False),
        """\b
Examples:
  offender-mgmt export ics data/essex-north out/north --out calendars
  offender-mgmt export ics data/essex-north out/north --out newer --previous calendars --version 2 --approved-by S01
""",
    ),
}
"""Every form of export with its examples."""
