"""Tables and charts in a real Chromium, and as numbers: nothing is told by a picture alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import opened

from offender_mgmt.pages.charts import Bar, Line, bars, lines
from offender_mgmt.pages.document import document
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import Cell, table, terms

ORDERS = (3, 20, 100, 1, 7, 9, 11, 2, 5, 4, 6, 8, 10)
NUMBERS = [(f"row {n}", Cell(f"{n:,} days", order=float(n))) for n in ORDERS]


def page(folder: Path, *content: Html) -> Path:
    main = joined(element("h2", "Content"), *content)
    made = document(title="T", marking="M", header=Html("<h1>T</h1>"), main=main, footer=element("p", "F"))
    path = folder / "page.html"
    path.write_bytes(made)
    return path


def shown(seen, column: int) -> list[str]:
    """Cells of a column in the rows that are not hidden."""
    return seen.page.locator(f"tbody tr:not([hidden]) > :nth-child({column})").all_inner_texts()


def test_a_table_is_sorted_by_number_with_mouse_and_keyboard(browser, tmp_path):
    path = page(tmp_path, table("Days", ("name", "days"), NUMBERS, numbers=(1,), sortable=True))
    with opened(browser, path) as seen:
        assert shown(seen, 2) == [f"{n} days" for n in ORDERS]
        button = seen.page.get_by_role("button", name="days")
        button.click()
        assert shown(seen, 2) == [f"{n} days" for n in sorted(ORDERS)]
        assert seen.page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
        button.press("Enter")
        assert shown(seen, 2) == [f"{n} days" for n in sorted(ORDERS, reverse=True)]
        assert seen.page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
        seen.page.get_by_role("button", name="name").click()
        assert shown(seen, 1)[:4] == ["row 1", "row 10", "row 100", "row 11"]
        assert (seen.console, seen.barriers()) == ([], [])


def test_a_long_table_is_filtered(browser, tmp_path):
    path = page(tmp_path, table("Days", ("name", "days"), NUMBERS, numbers=(1,), sortable=True))
    with opened(browser, path) as seen:
        seen.page.get_by_label("Show rows with").fill(" ROW 10")
        assert shown(seen, 1) == ["row 100", "row 10"]
        seen.page.get_by_label("Show rows with").fill("")
        assert len(shown(seen, 1)) == len(ORDERS)


def test_a_short_table_and_one_that_is_not_to_be_sorted_get_neither(browser, tmp_path):
    short = table("Short", ("name", "days"), NUMBERS[:12], sortable=True)
    fixed = table("Fixed", ("name", "days"), NUMBERS)
    with opened(browser, page(tmp_path, short, fixed)) as seen:
        assert seen.page.get_by_label("Show rows with").count() == 0
        assert seen.page.get_by_role("button").count() == 2


def test_a_wide_table_scrolls_by_itself_and_can_be_reached_with_the_keyboard(browser, tmp_path):
    wide = table("Wide", [f"column {n}" for n in range(30)], [tuple("abc" * 10)])
    with opened(browser, page(tmp_path, wide), width=320) as seen:
        assert seen.overflow() == 0
        seen.page.locator(".scroll").focus()
        seen.page.keyboard.press("ArrowRight")
        seen.page.wait_for_timeout(500)
        assert seen.page.evaluate("document.querySelector('.scroll').scrollLeft") > 0


def test_cells_of_numbers_stand_flush_right_and_carry_their_figure() -> None:
    made = table("T", ("a", "b"), [("x", Cell("1 day", order=1, figure="f|n"))], numbers=(1,))
    assert '<td class="number" data-order="1" data-figure="f|n">1 day</td>' in made
    assert '<th scope="row">x</th>' in made
    assert '<th scope="col" class="number">b</th>' in made


def test_terms() -> None:
    assert terms([("a", "b<")]) == '<dl class="terms"><dt>a</dt><dd>b&lt;</dd></dl>'


def widths(made: str) -> list[list[float]]:
    """Start and width of every part of every bar."""
    rows = re.findall(r"<svg viewBox=.0 0 1000.*?</svg>", made)
    return [[float(n) for n in re.findall(r'(?:x|width)="([0-9.]+)"', row.replace("viewBox", ""))] for row in rows]


def test_bars_are_as_long_as_their_numbers() -> None:
    """The longest bar, 10 and 30, takes all 1,000; parts are 3 apart; a part of nothing is not drawn."""
    made = bars("B", ("level", "n"), [Bar("a", (10, 30), ("40",)), Bar("b", (0, 20), ("20",))], legend=("x", "y"))
    assert widths(made) == [[0, 247, 250, 747], [0, 497]]


def test_bars_against_a_whole_and_with_a_mark() -> None:
    made = bars("B", ("share", "%"), [Bar("a", (25,), ("25 %",))], longest=100, mark=50)
    assert widths(made) == [[0, 247]]
    assert '<line x1="500.0" x2="500.0" y1="0" y2="10" class="mark"/>' in made


@pytest.mark.parametrize("rows", [[], [Bar("a", (0,), ("0",))]])
def test_bars_of_nothing(rows: list[Bar]) -> None:
    assert "<rect" not in bars("B", ("level", "n"), rows)


def test_lines_say_in_words_where_they_start_and_end_and_break_where_there_is_no_value() -> None:
    made = lines("L", ["1/1", "8/1", "15/1"], [Line("a", (1.0, None, 3.0)), Line("b", (None, None, None))], unit=" %")
    (label,) = set(re.findall(r'aria-label="([^"]+)"', made))
    assert label == "L. a: 1.0 % on 1/1, 3.0 % on 15/1. b: no value."
    assert made.count('class="line line-1"') == 1 + 2 * 2  # in the legend; two pieces in each of the two drawings
    assert ">5 %<" in made  # the scale ends at the next round number


def test_charts_have_no_barriers_in_the_dark_either(browser, tmp_path):
    three = [Line(name, (1.0, 2.0)) for name in "abc"]
    content = (
        bars("B", ("level", "n"), [Bar("a", (1, 2, 3, 4, 5), ("15",))], legend=tuple("vwxyz"), mark=7),
        lines("L", ["1/1", "8/1"], three, unit=" %"),
    )
    for scheme in ("light", "dark"):
        with opened(browser, page(tmp_path, *content), scheme=scheme, width=320) as seen:
            assert (seen.requests, seen.console, seen.barriers(), seen.overflow()) == ([], [], [], 0)
