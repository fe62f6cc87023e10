"""`export html` from a planned run to Chromium: what is read on the page is what run.json records."""

from __future__ import annotations

import json

import pytest
from browser import opened

NAME = "OFFICIAL-SENSITIVE_DRAFT_2026-W49_roster.html"


@pytest.fixture
def run(cli, folder, tmp_path):
    assert cli("plan", folder, "--out", tmp_path / "run").code == 0
    return tmp_path / "run"


def test_the_figures_on_the_page_are_those_of_the_run(cli, folder, run, tmp_path, browser):
    assert cli("export", "html", folder, run, "--out", tmp_path / "page").code == 0
    record = json.loads((run / "run.json").read_text("utf-8"))
    with opened(browser, tmp_path / "page" / NAME) as seen:
        cells = seen.page.locator("[data-figure]").all()
        found = {cell.get_attribute("data-figure"): cell.inner_text().replace(",", "") for cell in cells}
        totals = seen.page.locator("#coverage .bars tbody tr").last.locator("th, td.number").all_inner_texts()
        assert (seen.requests, seen.console) == ([], [])
    expected = {
        f"bands.{number}.{name}": "not proven" if band[name] is None else str(band[name])
        for number, band in enumerate(record["bands"])
        for name in ("due", "scheduled", "value_due", "value", "bound")
    }
    expected |= {
        f"aims.{number}.{name}": "not proven" if aim[name] is None else str(aim[name])
        for number, aim in enumerate(record["aims"])
        for name in ("value", "bound")
    }
    assert record["aims"]
    assert found == expected
    name, before, falls_due, done, after = totals
    now = record["bands"][:-1]  # the last band is the look-ahead
    assert record["bands"][-1]["name"] == "due in the look-ahead"
    assert name == "all"
    assert int(before) + int(falls_due) == sum(band["due"] for band in now)
    assert int(done) == sum(band["scheduled"] for band in now)
    assert int(after) == sum(band["due"] - band["scheduled"] for band in now)


def test_outlines_are_taken_with_their_credit_only(cli, folder, run, tmp_path):
    outlines = tmp_path / "districts.geojson"
    ring = [[0.3, 51.6], [0.7, 51.6], [0.7, 51.9], [0.3, 51.6]]
    outlines.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), "utf-8")
    asked = ("export", "html", folder, run, "--out", tmp_path / "page", "--outlines", outlines)
    refused = cli(*asked)
    assert (refused.code, (tmp_path / "page").exists()) == (2, False)
    assert "--outlines needs --credit" in refused.err
    assert cli(*asked, "--credit", "drawn by hand").code == 0
    page = (tmp_path / "page" / NAME).read_text("utf-8")
    assert "drawn by hand" in page
    assert 'class="land"' in page
