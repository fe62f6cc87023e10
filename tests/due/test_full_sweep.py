"""Every random nominal on every day of 2024-2028: 3,654,000 evaluations, five to ten minutes on one core.

Left out of an ordinary run; ``OFFENDER_MGMT_FULL_SWEEP=1 pytest tests/due/test_full_sweep.py`` runs it.
``test_against_oracle.py`` does a fiftieth of it every time.
"""

from __future__ import annotations

import os

import pytest
from due.comparison import DAYS, differences
from due.oracle_card import Card
from due.random_nominals import groups

pytestmark = pytest.mark.many_cases


@pytest.mark.slow
@pytest.mark.skipif(
    "OFFENDER_MGMT_FULL_SWEEP" not in os.environ, reason="takes minutes: set OFFENDER_MGMT_FULL_SWEEP=1 to run it"
)
def test_every_nominal_on_every_day() -> None:
    evaluations = 0
    for group in groups():
        cards = [Card(life) for life in group.lives]  # turned forward day by day, never back
        for day in DAYS:
            wrong, _ = differences(group, cards, day)
            assert wrong == []
            evaluations += len(cards)
    assert evaluations == 2000 * 1827
