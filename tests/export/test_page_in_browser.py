"""The page in a real Chromium: filters, keyboard, paper; nothing is fetched, nothing complains, nobody is kept out."""

from __future__ import annotations

import pytest
from browser import WIDTHS, opened
from export_builders import checked, export, many

from offender_mgmt.export.page.page import page_bytes

REASON = {"reason": "Briefing"}


def written(folder, **asked):
    path = folder / "roster.html"
    path.write_bytes(page_bytes(export(**asked)))
    return path


@pytest.fixture
def page(browser, tmp_path):
    """The redacted page of the small team."""
    with opened(browser, written(tmp_path)) as seen:
        yield seen.page


def shown(page):
    return page.locator("#shown").inner_text()


def rows(page):
    return page.locator("#week-table tbody tr:visible > th").all_inner_texts()


@pytest.mark.parametrize("asked", [{}, REASON])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_fetched_nothing_complains_and_axe_finds_no_barrier(browser, tmp_path, asked, scheme):
    with opened(browser, written(tmp_path, **asked), scheme=scheme) as seen:
        assert (seen.requests, seen.console) == ([], [])
        assert seen.barriers() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_any_width(browser, tmp_path, width):
    with opened(browser, written(tmp_path), width=width) as seen:
        assert seen.overflow() == 0
        assert seen.barriers() == []


def test_without_its_script_the_page_is_complete_and_shows_no_filter(browser, tmp_path):
    with opened(browser, written(tmp_path), script=False) as seen:
        assert not seen.page.locator("#filters").is_visible()
        assert seen.page.locator("#week-table tbody tr").count() == 9
        assert seen.page.locator("#sheets .sheet").count() == shown_sheets()


def shown_sheets():
    """Officers and days with work: rows_by_hand and the two events of the small team.

    P1 Monday, Tuesday, Wednesday; P2 the same; P3 Tuesday, Thursday; P7, S1 Monday; P8 Tuesday.
    """
    return 3 + 3 + 2 + 1 + 1 + 1


def test_everything_is_shown_at_first(page):
    assert shown(page) == "Shown: 9 officers, 3 visits, 11 sheets."


def test_an_officer_can_be_picked(page):
    page.select_option("select[name=officer]", "P2")
    assert [text.split("\n")[0] for text in rows(page)] == ["P2"]
    assert shown(page) == "Shown: 1 officer, 2 visits, 3 sheets."
    assert page.locator("#maps .round:visible").count() == 1


def test_a_day_can_be_picked(page):
    page.select_option("select[name=day]", "2026-12-01")
    heads = page.locator("#week-table thead th:visible").all_inner_texts()
    assert [text.split("\n")[0] for text in heads] == ["officer", "Tue 1 Dec"]
    assert page.locator(".map:visible").count() == 1
    assert shown(page) == "Shown: 9 officers, 1 visit, 4 sheets."


def test_a_risk_level_can_be_picked(page):
    """RSO-000003 is high; P3 and P1 see it on Tuesday."""
    page.select_option("select[name=tier]", "high")
    assert shown(page) == "Shown: 9 officers, 1 visit, 2 sheets."
    assert page.locator("#left-out tbody tr:visible").count() == 3  # the reasons, which are numbers of all
    assert page.locator("#week-table td:not(.dim)").count() == 2
    page.select_option("select[name=tier]", "low")
    left_out = page.locator("#left-out tr[data-tiers]:visible > th").all_inner_texts()
    assert left_out == ["RSO-000008"]


def test_a_team_can_be_picked(page):
    page.select_option("select[name=team]", "south")
    assert [text.split("\n")[0] for text in rows(page)] == ["P6"]
    assert shown(page) == "Shown: 1 officer, 0 visits, 0 sheets."


def test_filters_hold_together_and_are_taken_off_together(page):
    page.select_option("select[name=officer]", "P1")
    page.select_option("select[name=day]", "2026-11-30")
    assert shown(page) == "Shown: 1 officer, 2 visits, 1 sheet."
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.getElementById('shown').textContent.includes('9 officers')")
    assert page.locator("#week-table thead th:visible").count() == 8


def test_filters_are_worked_with_the_keyboard_alone(page):
    """From the top: skip link, six parts of the page, then team, officer, day, risk level."""
    for _ in range(8):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "team"
    page.keyboard.press("Tab")
    page.keyboard.type("P2")
    assert shown(page) == "Shown: 1 officer, 2 visits, 3 sheets."


def test_the_skip_link_leads_past_the_head(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_arrow_keys_lead_from_bar_to_bar_and_enter_to_the_sheet(page):
    """From P1 on Monday: right to Tuesday, down past no one to P2 on Tuesday, and from there to its sheet."""
    page.locator("#week-table tbody a").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#sheet-P2-2026-12-01"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")  # there is nothing further left
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#sheet-P1-2026-11-30"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#sheet-P1-2026-11-30"
    assert page.locator("#sheet-P1-2026-11-30").is_visible()


def test_what_a_screen_reader_is_told_of_a_day(page):
    cell = page.locator("#week-table tbody tr").first.locator("td").first
    assert cell.get_by_role("link").inner_text() == "08:00\N{EN DASH}16:00, 2 visits"
    drawing = page.locator(".day-map").first
    assert drawing.get_attribute("aria-label") == (
        "Monday 30 November: 1 outing, 2 visits. The list below has them all."
    )


@pytest.mark.parametrize("asked", [{}, REASON])
def test_each_officers_day_is_one_sheet_of_paper(browser, tmp_path, asked):
    with opened(browser, written(tmp_path, **asked)) as seen:
        seen.page.evaluate("document.documentElement.classList.add('sheets-only')")
        sheets = seen.printed(tmp_path / "sheets.pdf")
    assert len(sheets) == shown_sheets()
    assert all((sheet < 128).any() for sheet in sheets)


def test_only_what_is_shown_is_printed(browser, tmp_path):
    with opened(browser, written(tmp_path)) as seen:
        seen.page.select_option("select[name=officer]", "P2")
        seen.page.evaluate("document.documentElement.classList.add('sheets-only')")
        assert len(seen.printed(tmp_path / "sheets.pdf")) == 3


def test_the_button_prints_the_sheets_and_then_shows_the_page_again(page):
    page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    page.get_by_role("button", name="Print the day sheets").click()
    assert page.evaluate("window.printed") == "sheets-only"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.className") == ""


def test_three_hundred_officers_can_still_be_filtered(browser, tmp_path):
    run = many(34)
    assert len(run.planned.register.officers) == 306
    with opened(browser, written(tmp_path, run=run)) as seen:
        assert shown(seen.page) == f"Shown: 306 officers, {34 * 3} visits, {34 * shown_sheets()} sheets."
        seen.page.select_option("select[name=officer]", "C7.P2")
        assert shown(seen.page) == "Shown: 1 officer, 2 visits, 3 sheets."
        assert (seen.requests, seen.console, seen.overflow()) == ([], [], 0)


def test_copies_of_the_team_have_the_same_figures_each(browser):
    """The big force is a true one: every task of every copy is due, and done or left out."""
    one, two = checked().planned, many(2).planned
    assert len(two.due.tasks) == 2 * len(one.due.tasks)
    assert len(two.roster.assignments) == 2 * len(one.roster.assignments)
