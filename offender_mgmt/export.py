"""A roster for others to read: the whole week, each officer's own sheet, each day; least data by default."""

from __future__ import annotations

import csv
import errno
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from offender_mgmt.errors import UsageError
from offender_mgmt.files import csv_bytes, make_private_folder, read_bounded, shown, unguard_cell, write_atomically
from offender_mgmt.report.folder import LARGEST_ROSTER_BYTES, ROSTER
from offender_mgmt.roster.write import ROSTER_COLUMNS

REDACTED_COLUMNS = ("offender_ref", "date", "time_band", "outing", "position")
"""All that is told by default. A list of what may go out, so that a new column stays in until it is added here."""
MORNING_ENDS, AFTERNOON_ENDS = "12:00", "17:00"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, with the number of its rows."""

    name: str
    rows: int


def export_csv(run_folder: Path, out: Path, *, full: bool = False) -> tuple[Exported, ...]:
    """Write the roster of a run as one CSV for all, one for each officer and one for each day.

    Parameters
    ----------
    full
        All rows and columns; by default only :data:`REDACTED_COLUMNS`, one row for each stop of an outing.

    Raises
    ------
    UsageError
        When the folder holds no roster of this program, or a file cannot be written or exists already.
    """
    rows = read_rows(run_folder / ROSTER)
    if not full:
        rows = [row for row in rows if row["outing"] and not row["done_with"]]
    columns = ROSTER_COLUMNS if full else REDACTED_COLUMNS
    sheets = _sheets(rows, rows if full else [redacted(row) for row in rows])
    make_private_folder(out)
    for name, sheet in sheets.items():
        data = csv_bytes(columns, [[row[column] for column in columns] for row in sheet])
        write_atomically(out / name, data, overwrite=False)
        refuse_short(out / name, len(sheet))
    return tuple(Exported(name, len(sheet)) for name, sheet in sheets.items())


def refuse_short(path: Path, rows: int) -> None:
    """Read a sheet back from the disk and count: a sheet with a visit missing must not go out.

    Raises
    ------
    OSError
        When it does not hold so many rows.
    """
    text = read_bounded(path, LARGEST_ROSTER_BYTES).decode("utf-8", "replace")
    if len(list(csv.reader(io.StringIO(text, newline="")))) != rows + 1:  # and the header
        raise OSError(errno.EIO, f"{shown(path)} does not hold the {rows:,} rows that were written to it")


def read_rows(path: Path) -> list[Row]:
    """The rows of a roster file as text, guards taken off."""
    not_ours = UsageError(f"{shown(path)} is not a roster that this program wrote. Maybe: check it first.")
    try:
        text = read_bounded(path, LARGEST_ROSTER_BYTES).decode("utf-8")
        header, *lines = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error):
        raise not_ours from None
    rows: list[Row] = [dict(zip(header, map(unguard_cell, line), strict=False)) for line in lines]
    if tuple(header) != ROSTER_COLUMNS or not all(len(r) == len(header) and _names_are_safe(r) for r in rows):
        raise not_ours
    return rows


def _names_are_safe(row: Row) -> bool:
    """Whether file names can be made of the row's day and officers: a changed roster must not choose a path."""
    names = (row["date"], *row["crew"].split(";"))
    return all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}", name, re.ASCII) for name in names)


def redacted(row: Row) -> Row:
    """The row with the time as part of a day, cut down to what may go out."""
    return {column: time_band(row["start"]) if column == "time_band" else row[column] for column in REDACTED_COLUMNS}


def time_band(start: str) -> str:
    """``morning``, ``afternoon`` or ``evening`` for a local time ``HH:MM``."""
    if start < MORNING_ENDS:
        return "morning"
    return "afternoon" if start < AFTERNOON_ENDS else "evening"


def _sheets(rows: Iterable[Row], kept: list[Row]) -> dict[str, list[Row]]:
    """Rows by name of file; file names are made of officer ids and dates only."""
    sheets: dict[str, list[Row]] = defaultdict(list)
    for row, told in zip(rows, kept, strict=True):
        sheets[f"day-{row['date']}.csv"].append(told)
        for officer in row["crew"].split(";"):
            sheets[f"officer-{officer}.csv"].append(told)
    return {"whole-roster.csv": kept, **{name: sheets[name] for name in sorted(sheets)}}
