"""Every form of export in one table, with a second reader for each: what all tests of "every form" go through."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import openpyxl
from export_builders import checked
from ical.calendar_stream import IcsCalendarStream
from openpyxl.utils.escape import unescape

from offender_mgmt.export.calendar_files import calendar_files
from offender_mgmt.export.csv_sheets import csv_files, read_sheet
from offender_mgmt.export.geojson import geojson_files
from offender_mgmt.export.json_document import json_files
from offender_mgmt.export.workbook import workbook_files
from offender_mgmt.files import unguard_cell

MAKERS = {
    "csv": csv_files,
    "xlsx": workbook_files,
    "json": json_files,
    "geojson": geojson_files,
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


READERS = {"csv": _csv, "xlsx": _xlsx, "json": _json, "geojson": _json, "ics": _ics}
assert READERS.keys() == MAKERS.keys()
assert checked().planned.roster.assignments
