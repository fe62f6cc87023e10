"""From a :class:`Register` to a register folder whose bytes depend on nothing but the register."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, time
from enum import Enum
from pathlib import Path

from offender_mgmt.calendars import WEEKDAYS
from offender_mgmt.files import csv_bytes, make_private_folder, write_atomically
from offender_mgmt.register.cells import Span
from offender_mgmt.register.folder import ABOUT_FILE, POLICY_FILE
from offender_mgmt.register.read import FIELD_OF_FILE
from offender_mgmt.register.records import RECORD_TYPES, Record
from offender_mgmt.register.register import Register
from offender_mgmt.register.table import column_names


def write_register(register: Register, folder: Path, policy_text: str) -> None:
    """Write a register folder that reads back as the same register.

    ``register.toml`` is written last and states the rows and the SHA-256 of each file, so that a folder
    that was only half written is refused when it is read.

    Parameters
    ----------
    policy_text
        Text of the policy that goes with it.

    Raises
    ------
    UsageError
        When the folder or a file cannot be written.
    """
    make_private_folder(folder)
    about = [f"extract_date = {register.extract_date}"]
    for record_type in RECORD_TYPES:
        records = getattr(register, FIELD_OF_FILE[record_type.file_name])
        data = table_bytes(record_type, records)
        write_atomically(folder / record_type.file_name, data)
        about += ["", f'[files."{record_type.file_name}"]', f"rows = {len(records)}"]
        about += [f'sha256 = "{hashlib.sha256(data).hexdigest()}"']
    write_atomically(folder / POLICY_FILE, policy_text.encode("utf-8"))
    write_atomically(folder / ABOUT_FILE, ("\n".join(about) + "\n").encode("utf-8"))


def table_bytes(record_type: type[Record], records: Sequence[Record]) -> bytes:
    """One file of the folder as CSV; columns that may be left out are, if nothing stands in them."""
    rows = [[cell_text(value) for _, value in record] for record in records]
    names = column_names(record_type)
    written = [
        n for n, name in enumerate(names) if name not in record_type.optional_columns or any(row[n] for row in rows)
    ]
    return csv_bytes([names[n] for n in written], [[row[n] for n in written] for row in rows])


def cell_text(value: object) -> str:
    """A value as it is written in a cell, before the formula guard."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return _hours_text(value) if value and isinstance(value[0], tuple) else ";".join(value)
    return str(value)


def _hours_text(spans: tuple[Span, ...]) -> str:
    """``Mon 09:00-12:00, 17:00-20:00; Tue 10:00-16:00``."""
    days: dict[int, list[str]] = {}
    for weekday, start, end in spans:
        days.setdefault(weekday, []).append(f"{start:%H:%M}-{end:%H:%M}")
    return "; ".join(f"{WEEKDAYS[weekday]} {', '.join(texts)}" for weekday, texts in days.items())
