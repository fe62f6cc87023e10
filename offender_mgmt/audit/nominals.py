"""Members that are nominals: what a topic finds about each, to a table with team, tier and lead filled in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import pandas as pd

from offender_mgmt.audit.clocks import Standing
from offender_mgmt.audit.members import members_of
from offender_mgmt.audit.places import columns_of_places, place_of
from offender_mgmt.due.clock_result import ClockResult


class Found(NamedTuple):
    """What a topic finds about one nominal, or about one thing of a nominal's (``item``)."""

    standing: Standing
    counted: bool = True
    value: float = math.nan
    split: str = ""
    day: date | None = None
    detail: str = ""
    item: str = ""


def members_found(found: Iterable[Found]) -> pd.DataFrame:
    """The table of members, in the order they were found in."""
    rows = list(found)
    return members_of(
        len(rows),
        offender_ref=[row.standing.facts.offender.offender_ref for row in rows],
        **columns_of_places([place_of(row.standing.facts) for row in rows]),
        counted=[row.counted for row in rows],
        value=[row.value for row in rows],
        split=[row.split for row in rows],
        date=[row.day.isoformat() if row.day is not None else "" for row in rows],
        detail=[row.detail for row in rows],
        item=[row.item for row in rows],
    )


def overdue_on(standing: Standing, clock: ClockResult | None, split: str = "") -> Found:
    """Whether a clock has run out for a nominal, and since how many days."""
    days = standing.days_overdue(clock) if clock is not None else 0
    if clock is None or days == 0:
        return Found(standing, counted=False)
    return Found(standing, True, float(days), split, clock.due_date, clock.why)
