"""A topic of the audit: what is looked at, what of it is counted, and which figures are made of it.

Every figure is made from the members of a topic by one of a few measures, so every number can be traced to rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from offender_mgmt.audit.context import Context


class Group(StrEnum):
    """The thirteen groups of figures an audit prints, in order."""

    COVERAGE = "Coverage"
    OVERDUE = "Overdue visits"
    CONTACT = "Last seen and no replies"
    ASSESSMENTS = "Assessments and reviews"
    CREWING = "Crewing"
    PREDICTABILITY = "Announced and predictable visits"
    CASELOAD = "Caseload and capacity"
    DATES = "Notification and order dates"
    REACTIVE = "Reactive cohort"
    QUALITY = "Data quality"
    DECISIONS = "Put off, cancelled, on time, trend"
    PLANNED = "Plan against actual"
    CLEARANCE = "Clearing the backlog"


class Measure(StrEnum):
    """How figures are made from members; what each says stands in :data:`MEASURE_WORDS`."""

    NUMBER = "number"
    SHARE = "share"
    MEDIAN = "median"
    NINETIETH = "90th percentile"
    MOST = "most"
    BANDS = "bands"
    SPLIT = "split"
    PARTS = "parts"
    TOTAL = "total"
    RATIO = "ratio"


MEASURE_WORDS: dict[Measure, str] = {
    Measure.NUMBER: "How many members are counted.",
    Measure.SHARE: "Counted members per hundred members; none where there is no member.",
    Measure.MEDIAN: "Median of value over the counted members: the middle one, or half-way between the middle two.",
    Measure.NINETIETH: "The smallest value that at least 90 per cent of the counted members do not exceed.",
    Measure.MOST: "The largest value of a counted member.",
    Measure.BANDS: "How many counted members by value, in the bands of audit.overdue_band_days.",
    Measure.SPLIT: "How many counted members of each kind; a trend holds them against the members of that week.",
    Measure.PARTS: "How many members of each kind, counted or not; they add up to the population.",
    Measure.TOTAL: "Sum of value over the counted members; by kind too, where the topic tells kinds apart.",
    Measure.RATIO: "Sum of value by sum of per over the counted members; none where per sums to nothing or less.",
}


MEMBER_COLUMNS = (
    "offender_ref",
    "item",
    "officer",
    "team",
    "tier",
    "district",
    "date",
    "counted",
    "value",
    "per",
    "split",
    "detail",
)
"""One row per member of a topic's population.

``offender_ref`` nominal ("" if the member is not a nominal's); ``item`` visit id, task id, ... ("" if the nominal is
the member); ``officer`` the nominal's lead, or the officer the member is about; ``team``, ``tier`` (risk level in
force), ``district`` (locality) of the nominal (of the officer); ``date`` the day that made it a member (ISO text, ""
if none); ``counted`` whether it counts (bool); ``value``, ``per`` numbers (float, NaN if the topic has none);
``split`` what kind of case; ``detail`` one sentence without personal data.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing an audit looks at.

    Parameters
    ----------
    name
        Kebab-case; the same in the CSV, the reference page, the tests and the report.
    title
        In people's words, e.g. "Home visits overdue".
    population
        Who or what the members are, e.g. "active nominals in the community"; the denominator.
    counted
        When a member counts; the numerator.
    value, per
        What these columns hold, with unit; empty if the topic has none.
    split
        What the column tells apart; empty if nothing.
    unit
        Of ``value``, e.g. "days".
    ratio_unit, without_ratio
        What a ratio is counted in, e.g. "weeks", and what is said where there is none.
    splits
        Values of ``split`` that are always listed, in this order; others follow in the order of the alphabet.
    each_split_is_a_whole
        Whether every member has a split and what is counted of a split is held against the members of that split
        (the weeks of a trend), not against all members.
    definition
        Everything else a second person needs to compute the same figures from the register.
    members
        The rows, as :data:`MEMBER_COLUMNS` has them, in stable order; empty where there is nothing.
    """

    name: str
    group: Group
    title: str
    population: str
    counted: str
    measures: tuple[Measure, ...]
    definition: str
    members: Callable[[Context], pd.DataFrame]
    value: str = ""
    per: str = ""
    split: str = ""
    unit: str = ""
    ratio_unit: str = ""
    without_ratio: str = "no value"
    splits: tuple[str, ...] = ()
    each_split_is_a_whole: bool = False
