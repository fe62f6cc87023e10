"""How people read a figure: ``12 of 340``, ``3.5 %``, ``245 days``, ``none due``."""

from __future__ import annotations

import math

from offender_mgmt.audit.topic import Measure, Topic

NONE_DUE = "none due"
"""A share of nobody: neither nothing nor everything."""
NO_VALUE = "no value"

_COUNTS = (Measure.NUMBER, Measure.BANDS, Measure.SPLIT)
_SMALLEST, _LARGEST = 0.05, 99.95
"""Shares that one decimal would round to nobody and to everybody."""


def in_words(topic: Topic, measure: Measure, value: float, counted: int, of: int) -> str:
    """One figure as a person reads it."""
    if measure is Measure.PARTS or (measure in _COUNTS and _has_denominator(topic, measure)):
        return f"{counted:,} of {of:,}"
    if measure in _COUNTS:
        return f"{counted:,}"
    if measure is Measure.SHARE:
        return share_in_words(value)
    if measure is Measure.RATIO:
        return topic.without_ratio if math.isnan(value) else quantity(value, topic.ratio_unit)
    return NO_VALUE if math.isnan(value) else quantity(value, topic.unit)


def _has_denominator(topic: Topic, measure: Measure) -> bool:
    if measure is Measure.SPLIT:
        return topic.each_split_is_a_whole
    return measure is Measure.NUMBER and Measure.SHARE in topic.measures


def share_in_words(share: float) -> str:
    """A share in percent; what is not nobody is never rounded to nobody, nor most to everybody."""
    if math.isnan(share):
        return NONE_DUE
    if 0 < share < _SMALLEST:
        return "under 0.1 %"
    if _LARGEST <= share < 100:
        return "over 99.9 %"
    return f"{share:.1f} %"


def quantity(value: float, unit: str) -> str:
    """``1 day``, ``12.5 days``, ``1,297``."""
    number = f"{value:,.1f}".removesuffix(".0")
    unit = unit.removesuffix("s") if number == "1" else unit
    return f"{number} {unit}".rstrip()
