"""Laws of the figures over any members: parts add up, slices add up, the order of the rows does not matter."""

from __future__ import annotations

import math
from typing import Any

import builders as b
import pandas as pd
from audit.audit_builders import members, topic
from audit.second_way.plain_figures import median, ninetieth
from hypothesis import given, settings
from hypothesis import strategies as st

from offender_mgmt.audit.figures import figures_of
from offender_mgmt.audit.topic import Measure

POLICY = b.policy()
laws = settings(max_examples=60, deadline=None, derandomize=True, database=None)
ROW = st.fixed_dictionaries(
    {
        "tier": st.sampled_from(["very_high", "high", "medium", "low", ""]),
        "team": st.sampled_from(["north", "south", ""]),
        "counted": st.booleans(),
        "value": st.integers(1, 400).map(float),
        "per": st.sampled_from([0.0, 0.5, 1.0]),
        "split": st.sampled_from(["a", "b", "c"]),
    }
)
ROWS = st.lists(ROW, max_size=40)
EVERYTHING = topic(*Measure, splits=("c", "z"))


def told(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return figures_of(EVERYTHING, members(rows), POLICY, by=("team",))


def of(figures: pd.DataFrame, measure: Measure, by: str = "force") -> pd.DataFrame:
    return figures[(figures["measure"] == measure.value) & (figures["by"] == by)]


@laws
@given(ROWS)
def test_number_share_bands_splits_and_parts_are_those_of_the_rows(rows: list[dict[str, Any]]) -> None:
    figures, counted = told(rows), sum(row["counted"] for row in rows)
    share = of(figures, Measure.SHARE)["value"].item()
    assert of(figures, Measure.NUMBER)["value"].item() == counted
    assert share == 100 * counted / len(rows) if rows else math.isnan(share)
    assert of(figures, Measure.BANDS)["counted"].sum() == counted
    assert of(figures, Measure.SPLIT)["counted"].sum() == counted
    assert of(figures, Measure.PARTS)["counted"].sum() == len(rows)


@laws
@given(ROWS)
def test_slices_add_up_to_the_force(rows: list[dict[str, Any]]) -> None:
    figures = told(rows)
    for measure in (Measure.NUMBER, Measure.BANDS, Measure.SPLIT, Measure.PARTS, Measure.TOTAL):
        whole = of(figures, measure)
        for by in ("tier", "team"):
            cut = of(figures, measure, by)
            if by == "tier" and rows and not any(row["tier"] for row in rows):
                assert cut.empty
                continue
            sums = cut.groupby("split")[["value", "counted"]].sum() if len(cut) else None
            for row in whole.itertuples(index=False):
                assert sums is not None or not rows
                assert sums is None or tuple(sums.loc[row.split]) == (row.value, row.counted)


@laws
@given(ROWS)
def test_ranks_are_those_of_the_sorted_values(rows: list[dict[str, Any]]) -> None:
    figures, values = told(rows), [row["value"] for row in rows if row["counted"]]
    expected = {Measure.MEDIAN: median, Measure.NINETIETH: ninetieth, Measure.MOST: max}
    for measure, rank in expected.items():
        value = of(figures, measure)["value"].item()
        assert value == rank(values) if values else math.isnan(value)


@laws
@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_the_rows_does_not_matter(rows: list[dict[str, Any]], rng: Any) -> None:
    shuffled = rng.sample(rows, len(rows))
    pd.testing.assert_frame_equal(told(rows), told(shuffled))


@laws
@given(ROWS)
def test_one_more_overdue_member_never_lowers_the_number(rows: list[dict[str, Any]]) -> None:
    more = [*rows, {"tier": "high", "counted": True, "value": 3.0, "split": "a"}]
    assert of(told(more), Measure.NUMBER)["value"].item() == of(told(rows), Measure.NUMBER)["value"].item() + 1
