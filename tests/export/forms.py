"""Every form of export in one table, with a second reader for each: what all tests of "every form" go through."""

from __future__ import annotations

import html
import io
import json
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import openpyxl
from ical.calendar_stream import IcsCalendarStream
from openpyxl.utils.escape import unescape

from offender_mgmt.export.calendar_files import calendar_files
from offender_mgmt.export.csv_sheets import csv_files, read_sheet
from offender_mgmt.export.geojson import geojson_files
from offender_mgmt.export.json_document import json_files
from offender_mgmt.export.page.page import html_files
from offender_mgmt.export.workbook import workbook_files
from offender_mgmt.files import unguard_cell
from offender_mgmt.pages.html import escaped

MAKERS = {
    "csv": csv_files,
    "xlsx": workbook_files,
    "json": json_files,
    "geojson": geojson_files,
    "html": html_files,
    "ics": lambda export: calendar_files(with_calendars(export)),
}


def with_calendars(export):
    """The same export under a policy that allows calendars."""
    planned = export.run.planned
    policy = planned.policy_file.policy
    allowed = policy.model_copy(update={"exports": policy.exports.model_copy(update={"calendars": True})})
    file = replace(planned.policy_file, policy=allowed)
    return replace(export, run=replace(export.run, planned=replace(planned, policy_file=file)))


def all_text(name, data):
    """Everything that stands in a file, a workbook's parts unpacked."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join([*parts.namelist(), *(parts.read(part).decode("utf-8") for part in parts.namelist())])
    return data.decode("utf-8")


def texts_of(name, data):
    """The texts of a file as a second reader finds them, guards taken off."""
    return READERS[name.rpartition(".")[2]](data)


def _csv(data):
    sheet = read_sheet(data)
    return {cell for row in sheet.rows for cell in row}


def _xlsx(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {unguard_cell(unescape(v)) for sheet in book for row in sheet.values for v in row if isinstance(v, str)}


def _json(data):
    return set(_strings(json.loads(data)))


def _strings(value):
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(part)


def _ics(data):
    calendar = IcsCalendarStream.calendar_from_ics(data.decode("utf-8"))
    return {event.summary for event in calendar.events}


class _Texts(HTMLParser):
    """Every text of a page, that of style and script left aside."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.inside = set(), ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag

    def handle_data(self, data):
        if self.inside not in ("style", "script"):
            self.found.add(data)


def _html(data):
    parser = _Texts()
    parser.feed(data.decode("utf-8"))
    parser.close()
    return parser.found


READERS = {"csv": _csv, "xlsx": _xlsx, "json": _json, "geojson": _json, "ics": _ics, "html": _html}


def as_told(form, text):
    """The text as a form tells it: a page shows control and direction characters, so that they steer nothing."""
    return html.unescape(escaped(text)) if form == "html" else text
