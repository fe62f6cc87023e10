"""Members and topics for the tests of the audit: say only what matters to the test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import builders as b
import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.members import members_of
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Assessment
from offender_mgmt.vocabulary import AssessmentKind

DAY = b.EXTRACT_DAY
"""Friday 27 November 2026: the day audited, so the first day asked about is the 28th."""


def topic(*measures: Measure, **changes: Any) -> Topic:
    """A topic of these measures without members of its own."""
    words: dict[str, Any] = {
        "name": "made-up",
        "group": Group.OVERDUE,
        "title": "Made up",
        "population": "rows of the test",
        "counted": "as the test says",
        "definition": "None.",
        "members": lambda context: members_of(0),
        "unit": "days",
    }
    return Topic(measures=measures, **{**words, **changes})


def members(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """One member per row, of medium tier where the row says nothing."""
    names = {name for row in rows for name in row} | {"tier"}
    blank = {"counted": True, "value": float("nan"), "per": float("nan"), "tier": "medium"}
    return members_of(len(rows), **{name: [row.get(name, blank.get(name, "")) for row in rows] for name in names})


def context(
    register: Register, day: date = DAY, period_from: date | None = None, policy: Policy | None = None
) -> Context:
    """What topics are asked about; the period is the week that ends on the day unless told."""
    return Context(register, policy or b.policy(), day, period_from or day - timedelta(days=6))


def policy_with(**sections: dict[str, Any]) -> Policy:
    """The example policy with other settings in some sections, e.g. ``audit={"trend_weeks": 4}``."""
    values = b.policy().model_dump()
    changed = {name: {**values[name], **settings} for name, settings in sections.items()}
    return Policy.model_validate({**values, **changed})


def rows(found: Topic, asked: Context, *columns: str) -> list[tuple[Any, ...]]:
    """The members of a topic, these columns of them."""
    return list(found.members(asked)[list(columns)].itertuples(index=False, name=None))


def nothing_else_due(ref: str = "RSO-000001") -> tuple[Assessment, ...]:
    """ARMS, supervisory review and record entry of a nominal, all fresh: only the visit can be due."""
    done = {
        AssessmentKind.ARMS: date(2026, 6, 1),
        AssessmentKind.SUPERVISORY_REVIEW: date(2026, 11, 20),
        AssessmentKind.RECORD_ENTRY: date(2026, 11, 20),
    }
    return tuple(b.assessment(kind=kind, offender_ref=ref, date=day) for kind, day in done.items())


def one_member(found: Topic, asked: Context, ref: str = "RSO-000001") -> dict[str, Any] | None:
    """The one row of a nominal in a topic as a plain mapping, ``None`` if not a member."""
    table = found.members(asked)
    rows = table[table["offender_ref"] == ref].to_dict("records")
    assert len(rows) <= 1, f"{len(rows)} rows of one nominal"
    return {str(name): value for name, value in rows[0].items()} if rows else None


def verdict(found: Topic, asked: Context, ref: str = "RSO-000001") -> tuple[bool, float, str] | None:
    """Whether the nominal counts, with value and split; ``None`` if not a member."""
    row = one_member(found, asked, ref)
    return None if row is None else (bool(row["counted"]), row["value"], row["split"])
