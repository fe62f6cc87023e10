"""Tables and their place in the page; peers that are not there are named."""

from __future__ import annotations

import pytest
from benchmarks import compare, engines, report, week_runs


def test_a_table():
    assert report.table(("a", "b"), [(1, "x")]) == "| a | b |\n| --- | --- |\n| 1 | x |"


def test_only_what_stands_between_the_marks_is_replaced(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- bench teams -->\nold\n<!-- end bench teams -->\nafter\n", "utf-8")
    report.put_into_page("teams", "new", page)
    report.put_into_page("teams", "newer \\1", page)
    expected = "before\n<!-- bench teams -->\n\nnewer \\1\n\n<!-- end bench teams -->\nafter\n"
    assert page.read_text("utf-8") == expected
    with pytest.raises(ValueError, match="no marks"):
        report.put_into_page("force", "new", page)


@pytest.mark.parametrize("what", [what for what in compare.WHAT if what != "quick"])
def test_the_page_has_a_place_for_every_table(what):
    text = report.PAGE.read_text("utf-8")
    begin, end = report.marks(what)
    assert 0 <= text.find(begin) < text.find(end)


def test_a_peer_that_is_not_installed_is_named(monkeypatch):
    absent = engines.Engine("Nobody", "no-such-distribution", engines.PEERS[0].solve, copies=1)
    monkeypatch.setattr(engines, "PEERS", (absent,))
    assert absent.version == ""
    assert engines.missing() == ["Nobody"]


@pytest.mark.parametrize(
    ("values", "bounds", "gap"),
    [((10, 5), [10, 5], 0.0), ((5, 5), [10, 5], 25.0), ((0, 9), [10, 0], 100.0), ((5, 20), [10, 10], 25.0)],
)
def test_the_gap_is_the_mean_over_bands_and_more_in_a_later_one_makes_up_for_nothing(values, bounds, gap):
    assert week_runs.mean_gap(values, bounds) == gap
