"""``files.md``: the register folder, column by column, and the files a run writes."""

from __future__ import annotations

import inspect
import types
import typing
from enum import StrEnum
from typing import Annotated, Any

from pydantic.fields import FieldInfo

from offender_mgmt.docs_pages.markdown import code, table
from offender_mgmt.export.rows import FULL_COLUMNS, REDACTED_COLUMNS
from offender_mgmt.export.workbook import FULL_SHEET
from offender_mgmt.register.records import RECORD_TYPES, Record
from offender_mgmt.roster.rows import RosterRow, UnassignedRow

INTRODUCTION = """# Files

A register folder holds CSV files: UTF-8, commas, one header line; columns in any order. Nothing is guessed: a file
that does not say exactly what these tables ask for is refused, with every fault at once (see [faults](faults.md)).

- Dates: `2026-03-31`, or day first with slashes, `31/03/2026`. Times: local, `HH:MM` on the 24-hour clock.
- Lists of references: parted by semicolons. Yes or no: `Y` or `N`.
- Visiting hours: `Mon 09:00-12:00, 17:00-20:00; Tue 10:00-16:00`.
- Positions: metres on the National Grid. References and ids are text; leading zeros are kept.

Beside the CSV files stand `register.toml`, which states the extract date and may state rows, digest and date of each
file, and `policy.toml` (see [policy](policy.md)); without it the example policy stands in, and that is said loudly.

"""

OUTPUT_INTRODUCTION = """# What plan writes

- `roster.csv` and `unassigned.csv`: every due task is in one of them. Columns below; check reads them back, also when
  they were typed by hand.
- `summary.txt`: what the command printed.
- `run.json`: digests of the inputs, policy, versions, seed, effort, how each team's roster was reached, travel
  minutes, and `bands`: a list with `name`, `due`, `scheduled`, `value` (risk points) and `bound` (no roster that does
  as much in the bands before has more; null where nothing was proven). `aims`: the same for each aim after the bands,
  with `aim`, `value` and `bound` (no roster as good in all before it is better; what is counted stands in
  [the model](../explanation/model.md#aims-strictly-one-after-the-other)). Of `replan` also
  `replan`: from which moment on (`freeze_before`, minutes since 1970), what was told (`changes`), what had begun
  (`frozen`) and what is no fault of the plan (`excused`: rule, then what it is of).

Times are local; an end that is not after the start lies on the next day. A cell that a spreadsheet would take for a
formula starts with an apostrophe.

"""


EXPORT_INTRODUCTION = """# What export writes

Names of files are made of marking, status, week and what is in it:
`OFFICIAL-SENSITIVE_DRAFT_2026-W49_officer-P1.csv`. In a CSV sheet the first line holds marking, status, which roster,
what it was made from, its digest and how much is told; the second the columns; the last `END OF SHEET`, the number of
rows and the SHA-256 of all before it. JSON documents follow [a published schema](roster.schema.json).

"""


def files_page() -> str:
    """Every file with its columns."""
    return (INTRODUCTION + "".join(_file(record) for record in RECORD_TYPES) + _output()).rstrip() + "\n"


def _file(record: type[Record]) -> str:
    about = inspect.cleandoc(record.__doc__ or "").replace("``", "`")
    needed = "" if record.required_file else " May be left out."
    key = ", ".join(map(code, record.key_fields))
    rows = (_column(name, info) for name, info in record.model_fields.items())
    return f"## {record.file_name}\n\n{about}{needed} One row per {key}.\n\n" + table(
        ("column", "must be filled", "holds", "meaning"), rows
    )


def _column(name: str, info: FieldInfo) -> tuple[str, ...]:
    required = "yes" if info.is_required() and not _may_be_none(info.annotation) else ""
    return (code(info.alias or name), required, _holds(info), info.description or "")


def _may_be_none(annotation: Any) -> bool:
    return type(None) in typing.get_args(annotation)


def _holds(info: FieldInfo) -> str:
    """The kind of value in a reader's words."""
    kind = _plain(info.annotation)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return ", ".join(code(word.value) for word in kind)
    if typing.get_origin(kind) is tuple:
        return "list" if typing.get_args(kind)[0] is str else "visiting hours"
    words = {"str": "text", "int": "whole number", "bool": "`Y` or `N`", "date": "date", "time": "time"}
    return words[kind.__name__]


def _plain(annotation: Any) -> Any:
    """The type without ``| None`` and without its validators."""
    if typing.get_origin(annotation) is Annotated:
        return _plain(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return next(_plain(kind) for kind in typing.get_args(annotation) if kind is not type(None))
    return annotation


def _output() -> str:
    """The files of a run, and what each column of the two CSV files holds."""
    return OUTPUT_INTRODUCTION + _file(RosterRow) + _file(UnassignedRow) + EXPORT_INTRODUCTION + _exports()


def _exports() -> str:
    """Columns by form; each list is all that may go out in it."""
    lists = (
        ("csv sheets; stops in geojson", REDACTED_COLUMNS, FULL_COLUMNS),
        ("sheets of an xlsx workbook", REDACTED_COLUMNS, FULL_SHEET),
    )
    rows = ((form, ", ".join(map(code, some)), ", ".join(map(code, all_))) for form, some, all_ in lists)
    return table(("form", "by default", "with a reason"), rows)
