"""Figures of members, worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import builders as b
import pytest
from audit.audit_builders import members, topic

from offender_mgmt.audit.figures import FIGURE_COLUMNS, figures_of
from offender_mgmt.audit.members import members_of
from offender_mgmt.audit.topic import Measure, Topic

LEVELS = ["very_high", "high", "medium", "low"]


def rows(found: Topic, table: Any, by: tuple[str, ...] = ()) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Figures by (measure, by, slice, split)."""
    figures = figures_of(found, table, b.policy(), by)
    assert tuple(figures.columns) == FIGURE_COLUMNS
    listed = {
        (r.measure, r.by, r.slice, r.split): (r.value, r.counted, r.of, r.words)
        for r in figures.itertuples(index=False)
    }
    assert len(listed) == len(figures)
    return listed


def force(found: Topic, table: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Figures of the whole force by (measure, split)."""
    return {(m, split): told for (m, by, _, split), told in rows(found, table).items() if by == "force"}


SEVEN_DAYS = members([{"value": float(days)} for days in (1, 7, 8, 30, 90, 91, 181)] + [{"counted": False}] * 13)
"""Seven of twenty overdue, on the edges of the bands."""


def test_number_and_share() -> None:
    # 7 of 20 are 35 %
    found = force(topic(Measure.NUMBER, Measure.SHARE), SEVEN_DAYS)
    assert found == {("number", ""): (7, 7, 20, "7 of 20"), ("share", ""): (35, 7, 20, "35.0 %")}


def test_median_ninetieth_and_most() -> None:
    # In order 1 7 8 30 90 91 181: the fourth; nine tenths of seven are 6.3, so the seventh; the last.
    found = force(topic(Measure.MEDIAN, Measure.NINETIETH, Measure.MOST), SEVEN_DAYS)
    assert [told[0] for told in found.values()] == [30, 181, 181]
    assert found["median", ""][3] == "30 days"


@pytest.mark.parametrize(
    ("values", "median", "ninetieth"), [([5], 5, 5), ([1, 2], 1.5, 2), (list(range(1, 11)), 5.5, 9), ([4, 4, 4], 4, 4)]
)
def test_middle_and_nine_tenths(values: list[float], median: float, ninetieth: float) -> None:
    table = members([{"value": float(value)} for value in reversed(values)])
    found = force(topic(Measure.MEDIAN, Measure.NINETIETH), table)
    assert [told[0] for told in found.values()] == [median, ninetieth]


def test_bands_and_those_with_nobody_in_them() -> None:
    found = force(topic(Measure.BANDS), SEVEN_DAYS)
    assert {split: told[1] for (_, split), told in found.items()} == {
        "1-7": 2,
        "8-30": 2,
        "31-90": 1,
        "91-180": 1,
        "181 and more": 1,
    }
    none = force(topic(Measure.BANDS), members([{"counted": False}]))
    assert [told[:2] for told in none.values()] == [(0, 0)] * 5


SPLITS = members(
    [
        {"split": "b", "value": 1.5},
        {"split": "a", "value": 2.0},
        {"split": "b", "value": 4.0},
        {"split": "a", "value": 8.0, "counted": False},
        {"split": "c", "value": 9.0, "counted": False},
    ]
)


def test_split_counts_the_counted_and_lists_the_known_ones_first() -> None:
    found = force(topic(Measure.SPLIT, splits=("d", "b")), SPLITS)
    assert {split: told[1:3] for (_, split), told in found.items()} == {"d": (0, 5), "b": (2, 5), "a": (1, 5)}
    assert [split for _, split in found] == ["d", "b", "a"]


def test_parts_count_everybody() -> None:
    found = force(topic(Measure.PARTS), SPLITS)
    assert {split: told[1:] for (_, split), told in found.items()} == {
        "a": (2, 5, "2 of 5"),
        "b": (2, 5, "2 of 5"),
        "c": (1, 5, "1 of 5"),
    }


def test_split_held_against_its_own_members() -> None:
    found = force(topic(Measure.SPLIT, each_split_is_a_whole=True, splits=("a", "b", "c")), SPLITS)
    assert {split: told[1:] for (_, split), told in found.items()} == {
        "a": (1, 2, "1 of 2"),
        "b": (2, 2, "2 of 2"),
        "c": (0, 1, "0 of 1"),
    }


def test_split_of_which_nobody_counts_is_listed_where_each_is_a_whole() -> None:
    table = members([{"split": "2026-11-20", "counted": False}, {"split": "2026-11-27"}])
    found = force(topic(Measure.SPLIT, each_split_is_a_whole=True), table)
    assert {split: told[3] for (_, split), told in found.items()} == {"2026-11-20": "0 of 1", "2026-11-27": "1 of 1"}


def test_band_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="made-up"):
        figures_of(topic(Measure.BANDS), members([{}]), b.policy())


def test_total_of_all_and_of_each_split() -> None:
    found = force(topic(Measure.TOTAL, Measure.SPLIT, unit="hours"), SPLITS)
    assert {split: told[0] for (m, split), told in found.items() if m == "total"} == {"": 7.5, "a": 2, "b": 5.5}
    assert found["total", ""][3] == "7.5 hours"


def test_ratio_is_of_the_sums() -> None:
    # (120 + 30) by (0.5 + 1) = 100, not the mean of 240 and 30
    table = members([{"value": 120.0, "per": 0.5}, {"value": 30.0, "per": 1.0}, {"value": 9.0, "counted": False}])
    assert force(topic(Measure.RATIO), table)["ratio", ""] == (100, 2, 3, "100")


@pytest.mark.parametrize("per", [0.0, -3.0])
def test_ratio_by_nothing_or_less_is_none(per: float) -> None:
    found = force(topic(Measure.RATIO, without_ratio="never at this rate"), members([{"value": 5.0, "per": per}]))
    value, _, _, words = found["ratio", ""]
    assert (math.isnan(value), words) == (True, "never at this rate")


def test_nobody_is_none_due_and_not_everybody() -> None:
    measures = [m for m in Measure if m is not Measure.PARTS]
    found = force(topic(*measures), members_of(0))
    assert math.isnan(found["share", ""][0])
    assert found["share", ""][3] == "none due"
    assert found["number", ""] == (0, 0, 0, "0 of 0")
    assert {found[m, ""][3] for m in ("median", "90th percentile", "most", "ratio")} == {"no value"}
    assert found["total", ""][0] == 0


def test_every_tier_is_listed_gravest_first() -> None:
    table = members([{"tier": "high"}, {"tier": "low"}, {"tier": "low", "counted": False}])
    found = {name: told for (_, by, name, _), told in rows(topic(Measure.SHARE), table).items() if by == "tier"}
    assert list(found) == LEVELS
    assert [told[3] for told in found.values()] == ["none due", "100.0 %", "none due", "50.0 %"]


def test_cut_by_team_with_those_of_none_last() -> None:
    table = members([{"team": "south"}, {"team": ""}, {"team": "north", "counted": False}, {"team": "south"}])
    found = rows(topic(Measure.NUMBER, Measure.SHARE), table, by=("team",))
    teams = {name: told[1:3] for (m, by, name, _), told in found.items() if by == "team" and m == "number"}
    assert teams == {"north": (0, 1), "south": (2, 2), "(none)": (1, 1)}
    assert list(teams) == ["north", "south", "(none)"]


def test_median_in_each_slice() -> None:
    table = members([{"team": t, "value": float(v)} for t, v in (("n", 9), ("s", 1), ("n", 5), ("s", 2), ("n", 7))])
    found = rows(topic(Measure.MEDIAN), table, by=("team",))
    assert [found["median", "team", team, ""][0] for team in ("n", "s")] == [7, 1.5]


def test_topic_about_officers_is_not_cut_by_tier() -> None:
    found = rows(topic(Measure.NUMBER), members([{"tier": "", "officer": "P1"}]), by=("officer",))
    assert [by for _, by, _, _ in found] == ["force", "officer"]
