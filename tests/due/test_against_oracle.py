"""The due list agrees with a second, independent computation of the clocks, over every day of 2024-2028.

2,000 random nominals in 50 registers; each day takes one register in turn, so that every one of the 1,827 days
is used and every nominal is read on 36 or 37 of them. ``test_full_sweep.py`` does every nominal on every day.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pytest
from due.comparison import DAYS, differences
from due.oracle_card import Card
from due.random_nominals import groups

from offender_mgmt.due.rule_names import CLOCK_RULES, FLAG_RULES

pytestmark = pytest.mark.many_cases

OFTEN_ENOUGH = 50
CORNERS = ("raised", "cancelled", "put off", "joint visit", "interview is the visit", "paused", "ended")


class Sample(NamedTuple):
    wrong: list[str]
    seen: Counter[str]
    evaluations: int


@pytest.fixture(scope="module")
def sample() -> Sample:
    all_groups = groups()
    wrong: list[str] = []
    seen: Counter[str] = Counter()
    evaluations = 0
    for number, day in enumerate(DAYS):
        group = all_groups[number % len(all_groups)]
        cards = [Card(life) for life in group.lives]  # a fresh card each day: the replay starts from nothing
        found, counted = differences(group, cards, day)
        wrong += found
        seen += counted
        evaluations += len(cards)
    return Sample(wrong, seen, evaluations)


def test_due_list_and_oracle_agree(sample: Sample) -> None:
    assert sample.wrong[:5] == []


def test_sample_covers_every_day_and_2000_nominals(sample: Sample) -> None:
    # 2024 and 2028 are leap years: 366 + 365 + 365 + 365 + 366 days, 40 nominals on each.
    assert len(DAYS) == 1827
    assert sample.evaluations == 1827 * 40
    assert len({life.offender.offender_ref for group in groups() for life in group.lives}) == 2000


@pytest.mark.parametrize("name", [*CLOCK_RULES, *FLAG_RULES, *CORNERS])
def test_comparison_is_not_vacuous(sample: Sample, name: str) -> None:
    assert sample.seen[name] >= OFTEN_ENOUGH
