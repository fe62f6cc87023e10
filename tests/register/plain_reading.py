"""The reader's and the register's work done the plain way, row by row: what the fast way is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any

from pydantic import ValidationError

from offender_mgmt.errors import Fault
from offender_mgmt.files import unguard_cell
from offender_mgmt.register import Register
from offender_mgmt.register.csv_text import read_csv_text
from offender_mgmt.register.date_styles import DateStyles
from offender_mgmt.register.records import Change, Offender, Record
from offender_mgmt.register.row_faults import faults_of_record
from offender_mgmt.vocabulary import ChangeField


def rows_one_by_one(
    name: str, data: bytes, record_type: type[Record]
) -> tuple[list[tuple[int, Record]], list[Fault], set[int]]:
    """Line and record of each accepted row, the faults of cells and dates, and the lines they stand on.

    Every row is validated as a whole by pydantic. Rows of the wrong width are passed over; the header is the first row.
    """
    text = read_csv_text(name, data, line_breaks=False)
    by_column = {(info.alias or field).casefold(): field for field, info in record_type.model_fields.items()}
    fields = [by_column[cell.strip().casefold()] for cell in text.rows[0].cells]
    styles = DateStyles(name, record_type)
    records: list[tuple[int, Record]] = []
    faults: list[Fault] = []
    for row in text.rows[1:]:
        if len(row.cells) != len(fields):
            continue
        cells = {field: unguard_cell(cell) for field, cell in zip(fields, row.cells, strict=True)}
        faults += styles.faults(row.line, cells)
        info = record_type.model_fields
        given = {info[f].alias or f: cell for f, cell in cells.items() if cell.strip() or info[f].is_required()}
        try:
            records.append((row.line, record_type.model_validate(given)))
        except ValidationError as error:
            faults += faults_of_record(error, name, row.line, cells, record_type)
    refused = {fault.line for fault in faults}
    return [(line, record) for line, record in records if line not in refused], sorted(faults), refused


def grouped(rows: Iterable[Any], order: Callable[[Any], Any]) -> dict[str, tuple[Any, ...]]:
    """Rows by nominal, each group in order."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.offender_ref].append(row)
    return {ref: tuple(sorted(group, key=order)) for ref, group in groups.items()}


GROUPS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "visits_of": ("visits", lambda v: (v.date, v.start or time(0), v.visit_id)),
    "assessments_of": ("assessments", lambda a: (a.date, a.kind)),
    "changes_of": ("changes", lambda c: (c.date, c.field)),
    "deferrals_of": ("deferrals", lambda d: (d.decided_on, d.task_kind)),
}


def past(register: Register, day: date) -> Register:
    """The register as at the end of a day, every row looked at."""
    changes = grouped(register.changes, GROUPS["changes_of"][1])
    offenders = [_rewound(o, changes.get(o.offender_ref, ()), day) for o in register.offenders]
    offenders = [o for o in offenders if o.registered_on <= day]
    refs = {o.offender_ref for o in offenders}
    return replace(
        register,
        extract_date=min(day, register.extract_date),
        offenders=tuple(offenders),
        visits=tuple(v for v in register.visits if v.date <= day and v.offender_ref in refs),
        assessments=tuple(a for a in register.assessments if a.date <= day and a.offender_ref in refs),
        changes=tuple(c for c in register.changes if c.date <= day and c.offender_ref in refs),
        deferrals=tuple(d for d in register.deferrals if d.decided_on <= day and d.offender_ref in refs),
    )


def _rewound(offender: Offender, changes: Iterable[Change], day: date) -> Offender:
    values: dict[str, object] = {}
    last: dict[ChangeField, date] = {c.field: c.date for c in changes if c.date <= day}
    for change in sorted((c for c in changes if c.date > day), key=lambda c: c.date, reverse=True):
        values[change.field.value] = change.value_from
        if change.field is ChangeField.RISK_LEVEL:
            values["risk_level_set_on"] = last.get(change.field, offender.registered_on)
        if change.field is ChangeField.COMMUNITY_STATUS:
            values.update(status_since=last.get(change.field), status_until=None)
    return offender.replace(**values) if values else offender
