"""The engine of the figures against plain Python, over random members of a made-up topic with every measure."""

from __future__ import annotations

import math
import random
from typing import Any

import builders as b
import pandas as pd
import pytest
from audit.second_way.comparison import BY, LEVELS, figures_of_frame, figures_of_members

from offender_mgmt.audit.figures import figures_of
from offender_mgmt.audit.topic import MEMBER_COLUMNS, Group, Measure, Topic

pytestmark = pytest.mark.many_cases


def topic(*, each_split_is_a_whole: bool) -> Topic:
    return Topic(
        name="made-up",
        group=Group.OVERDUE,
        title="Made up",
        population="members",
        counted="some",
        measures=tuple(Measure),
        definition="",
        members=lambda _: pd.DataFrame(),
        splits=("never there",),
        each_split_is_a_whole=each_split_is_a_whole,
    )


def random_members(rng: random.Random) -> pd.DataFrame:
    """None to forty members; values over every band and its edges, missing only where a member does not count."""
    tiers = rng.choice((("",), LEVELS, (*LEVELS, "")))
    rows: list[dict[str, Any]] = [
        {
            **dict.fromkeys(MEMBER_COLUMNS, ""),
            "tier": rng.choice(tiers),
            "team": rng.choice(("north", "south", "")),
            "officer": rng.choice(("P1", "P2")),
            "counted": (counted := rng.random() < 0.6),
            "value": math.nan if not counted else float(rng.choice((1, 7, 8, 30, 31, 90, 91, 180, 181, 900))),
            "per": rng.choice((-1.0, 0.0, 0.5, 2.0)),
            "split": rng.choice(("x", "y", "z")),
        }
        for _ in range(rng.choice((0, 1, 2, 10, 11, 40)))
    ]
    frame = pd.DataFrame(rows, columns=list(MEMBER_COLUMNS))
    return frame.astype({"counted": bool, "value": float, "per": float})


@pytest.mark.parametrize("each_split_is_a_whole", [False, True])
def test_engine_and_plain_python_agree(each_split_is_a_whole: bool) -> None:
    made_up, rng, rules = topic(each_split_is_a_whole=each_split_is_a_whole), random.Random(5), b.policy()
    for _ in range(60):
        members = random_members(rng)
        found = figures_of_frame(figures_of(made_up, members, rules, BY), made_up)
        assert found == figures_of_members(made_up, members, rules.audit.overdue_band_days)
