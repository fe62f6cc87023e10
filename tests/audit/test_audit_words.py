"""How figures are read."""

from __future__ import annotations

import math

import pytest

from offender_mgmt.audit.words import quantity, share_in_words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0.0 %"),
        (0.04, "under 0.1 %"),
        (0.05, "0.1 %"),
        (3.46, "3.5 %"),
        (99.9, "99.9 %"),
        (99.96, "over 99.9 %"),
        (100.0, "100.0 %"),
        (math.nan, "none due"),
    ],
)
def test_share_is_never_rounded_to_nobody_or_everybody(share: float, words: str) -> None:
    assert share_in_words(share) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(1.0, "days", "1 day"), (12.5, "days", "12.5 days"), (1297.0, "", "1,297"), (0.0, "hours", "0 hours")],
)
def test_quantity(value: float, unit: str, words: str) -> None:
    assert quantity(value, unit) == words
