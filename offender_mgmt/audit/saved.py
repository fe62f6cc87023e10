"""An audit as JSON, for programs and for comparing two of them; and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from offender_mgmt.audit.definitions import DEFINITION_COLUMNS, definition_rows
from offender_mgmt.audit.figures import FIGURE_COLUMNS
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import MEMBER_COLUMNS
from offender_mgmt.errors import UsageError
from offender_mgmt.files import read_bounded, shown

SCHEMA = 1
"""Raised when a reader of the old form would misread the new one."""
AUDIT_FILE = "audit.json"
LARGEST_AUDIT_BYTES = 1_000_000_000


def audit_json(told: Told) -> bytes:
    """Header, definitions, figures and the counted members of each topic; keys in stable order.

    What is not a number has none (``null``). Members that are not counted stand in the CSV files of the pack only.
    """
    audit, header = told.audit, told.audit.header
    about = {
        "schema": SCHEMA,
        "marking": told.marking,
        "as_at": header.day.isoformat(),
        "period_from": header.period_from.isoformat(),
        "extract_date": header.extract_date.isoformat(),
        "version": header.version,
        "teams": list(told.teams),
        "by": list(header.by),
        "roster": header.roster,
        "warnings": told.warnings,
        "inputs": dict(told.inputs),
        "policy": {
            "name": header.policy,
            "settings": header.settings,
            "unverified": list(told.policy_file.unverified),
        },
        "definitions": [dict(zip(DEFINITION_COLUMNS, row, strict=True)) for row in definition_rows(audit.topics)],
    }
    members = {name: _table(rows[rows["counted"]]) for name, rows in audit.members.items()}
    parts = [
        *(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in about.items()),
        f'"figures": {_table(audit.figures)}',
        '"members": {\n' + ",\n".join(f"{json.dumps(name)}: {table}" for name, table in members.items()) + "}",
    ]
    return ("{" + ",\n".join(parts) + "}\n").encode("utf-8")


def _table(frame: pd.DataFrame) -> str:
    """``{"columns": [...], "data": [[...], ...]}``."""
    text: str = frame.to_json(orient="split", index=False, double_precision=15, force_ascii=False)
    return text


@dataclass(frozen=True, slots=True)
class SavedAudit:
    """What comparing needs of an audit that was written.

    Parameters
    ----------
    titles
        Of the topics, by name.
    figures, members
        As in :class:`offender_mgmt.audit.audit.Audit`; of the members those that are counted.
    """

    day: date
    period_from: date
    marking: str
    policy: str
    settings: Mapping[str, Any]
    version: str
    teams: tuple[str, ...]
    titles: Mapping[str, str]
    figures: pd.DataFrame
    members: Mapping[str, pd.DataFrame]


def read_audit(path: Path) -> SavedAudit:
    """Read a pack (its folder) or an audit's JSON.

    Raises
    ------
    UsageError
        When it is neither, of another version of the form, or not what the pack was sealed with.
    """
    file = path / AUDIT_FILE if path.is_dir() else path
    data = read_bounded(file, LARGEST_AUDIT_BYTES)
    if path.is_dir():
        _refuse_changed(path, data)
    try:
        raw = json.loads(data)
        if raw["schema"] != SCHEMA:
            raise UsageError(f"{shown(file)} has form {raw['schema']!r:.20}, this program reads form {SCHEMA}.")
        return SavedAudit(
            day=date.fromisoformat(raw["as_at"]),
            period_from=date.fromisoformat(raw["period_from"]),
            marking=str(raw["marking"]),
            policy=str(raw["policy"]["name"]),
            settings=dict(raw["policy"]["settings"]),
            version=str(raw["version"]),
            teams=tuple(map(str, raw["teams"])),
            titles={str(row["topic"]): str(row["title"]) for row in raw["definitions"]},
            figures=_frame(raw["figures"], FIGURE_COLUMNS),
            members={str(name): _frame(table, MEMBER_COLUMNS) for name, table in raw["members"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{shown(file)} is not the audit.json of an audit.") from None


def _frame(table: Mapping[str, Any], columns: tuple[str, ...]) -> pd.DataFrame:
    if tuple(table["columns"]) != columns:
        raise ValueError("other columns")
    frame = pd.DataFrame(table["data"], columns=list(columns))
    return frame.astype({name: "float64" for name in ("value", "per") if name in columns})


def _refuse_changed(pack: Path, data: bytes) -> None:
    """A pack is evidence: its audit has to be the one it was sealed with."""
    sealed = read_bounded(pack / "digests.csv", LARGEST_AUDIT_BYTES).decode("utf-8", "replace")
    if f"{AUDIT_FILE},{hashlib.sha256(data).hexdigest()}" not in sealed:
        raise UsageError(f"{shown(pack / AUDIT_FILE)} is not the one that digests.csv of the pack tells of.")
