"""The report in a real Chromium: it stands alone, shuts nobody out, prints, and says what the CSV says."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from audit.pack.conftest import Pack
from browser import PAPER_DOTS, WIDTHS, opened

from offender_mgmt.audit.audit import audit
from offender_mgmt.audit.pack.cuts import COLUMNS
from offender_mgmt.audit.pack.report import report_page
from offender_mgmt.audit.privacy import TYPED
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topics import TOPICS
from offender_mgmt.policy import example_policy
from offender_mgmt.register import Register

MARGIN = int(10 / 25.4 * PAPER_DOTS)
"""Ten millimetres of a printed sheet, in dots; the report keeps fifteen free."""
FIGURES_ON_PAGE = "[...document.querySelectorAll('[data-figure]')].map(e => [e.dataset.figure, e.textContent])"


@pytest.fixture(scope="module")
def report(pack: Pack) -> Path:
    return pack.folder / "report.html"


@pytest.fixture(scope="module")
def words(pack: Pack) -> dict[str, str]:
    """The words of every figure of the CSV by its key."""
    with (pack.folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {"|".join(row[name] for name in ("topic", "measure", "by", "slice", "split")): row["words"] for row in rows}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_alone_and_without_barriers(browser, report, scheme):
    with opened(browser, report, scheme=scheme) as seen:
        assert (seen.requests, seen.console) == ([], [])
        assert seen.barriers() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_every_screen(browser, report, width):
    with opened(browser, report, width=width) as seen:
        assert seen.overflow() == 0
        small = seen.page.evaluate("Math.min(...[...document.querySelectorAll('td, th, p, dd')]"
                                   ".map(e => parseFloat(getComputedStyle(e).fontSize)))")  # fmt: skip
        assert small >= 13


def test_every_figure_on_the_page_is_that_of_the_csv(browser, report, words):
    with opened(browser, report) as seen:
        shown = seen.page.evaluate(FIGURES_ON_PAGE)
    assert [(key, text, words.get(key)) for key, text in shown if words.get(key) != text] == []
    assert len(shown) == len({key for key, _ in shown}) > 1_000


def test_every_figure_of_the_force_and_by_tier_is_on_the_page(browser, report, words):
    """And for teams, officers and districts the main ones; splits that staff typed are for the file only."""
    with opened(browser, report, script=False) as seen:
        shown = {key for key, _ in seen.page.locator("[data-figure]").evaluate_all(
            "elements => elements.map(e => [e.dataset.figure, e.textContent])")}  # fmt: skip
    of_table = {key for key in words if key.split("|")[2] in ("force", "tier")}
    typed = {key for key in of_table if key.split("|")[0] in TYPED and key.split("|")[4]}
    assert sorted(of_table - typed - shown) == []
    assert typed.isdisjoint(shown)
    for by in ("team", "officer", "district"):
        assert {key.split("|")[0] for key in shown if key.split("|")[2] == by} == {column.topic for column in COLUMNS}


def test_every_link_leads_somewhere(browser, report, pack):
    with opened(browser, report) as seen:
        links = seen.page.evaluate("[...document.querySelectorAll('a[href]')].map(e => e.getAttribute('href'))")
        ids = set(seen.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
    assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
    assert [link for link in links if not link.startswith("#") and link not in pack.files] == []
    assert {f"#definition-{topic.name}" for topic in TOPICS} <= set(links)


def test_everything_drawn_is_seen(browser, report):
    """No bar, line or marker hides inside another: each has a size of its own on the page."""
    with opened(browser, report) as seen:
        sizes = seen.page.evaluate(
            "[...document.querySelectorAll('svg rect, svg circle, svg polyline, svg path')]"
            ".filter(e => !e.closest('.narrow')).map(e => e.getBoundingClientRect()).map(r => r.width)"
        )
        nested = seen.page.locator("rect > *, line > *, circle > *, polyline > *, path > *").count()
    assert len(sizes) > 50
    assert min(sizes) > 0
    assert nested == 0


def test_it_prints_whole_marked_and_inside_its_margins(browser, report, tmp_path):
    with opened(browser, report, scheme="dark") as seen:
        sheets = seen.printed(tmp_path / "report.pdf")
    assert 10 < len(sheets) < 60
    for number, sheet in enumerate(sheets, 1):
        ink = sheet < 200
        assert not ink[:, :MARGIN].any(), f"sheet {number}: something in the left margin"
        assert not ink[:, -MARGIN:].any(), f"sheet {number}: something in the right margin"
        assert ink[: 2 * MARGIN].any(), f"sheet {number}: no marking at the top"
        assert 0.005 < np.mean(ink) < 0.35, f"sheet {number} is empty or dark"


@pytest.mark.parametrize("topics", [TOPICS, TOPICS[:1]])
def test_a_report_of_nobody_is_a_page_too(browser, tmp_path, topics):
    """Nothing is measured, nothing is drawn; the page stands, without barriers, and says none due."""
    day = date(2026, 11, 27)
    policy_file = replace(example_policy(), provenance={})
    found = audit(Register(extract_date=day), policy_file.policy, day, day, topics=topics)
    path = tmp_path / "report.html"
    path.write_bytes(report_page(Told(found, policy_file)))
    with opened(browser, path) as seen:
        assert (seen.requests, seen.console, seen.barriers(), seen.overflow()) == ([], [], [], 0)
        said = seen.page.locator("#questions").inner_text()
    assert "100" not in said
    assert ("none due" in said) is (topics is TOPICS)
