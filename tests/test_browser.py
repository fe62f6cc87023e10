"""The browser the page tests use sees what it is there to see: a check that cannot fail checks nothing."""

from __future__ import annotations

from pathlib import Path

import browser as of_tests
import numpy as np
import pytest
from browser import opened

WHOLE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"></head><body><main><h1>A page</h1>{}</main></body></html>"""


def page(folder: Path, inside: str = "<p>Nothing more.</p>") -> Path:
    path = folder / "a page.html"
    path.write_text(WHOLE.format(inside), "utf-8")
    return path


def test_a_good_page_asks_for_nothing_and_is_faultless(browser, tmp_path):
    with opened(browser, page(tmp_path)) as seen:
        assert (seen.requests, seen.console, seen.barriers(), seen.overflow()) == ([], [], [], 0)


@pytest.mark.parametrize(
    "inside",
    [
        '<img alt="" src="https://example.invalid/x">',
        '<img alt="" src="beside.png">',
        "<style>p { background: url(https://example.invalid/x) } @import 'https://example.invalid/x'</style><p>x</p>",
        "<script>fetch('https://example.invalid/x').catch(() => 0)</script>",
        "<script>navigator.sendBeacon('https://example.invalid/x', 'told')</script>",
        "<script>new WebSocket('wss://example.invalid/x')</script>",
        '<iframe title="x" src="https://example.invalid/x"></iframe>',
    ],
)
def test_whatever_a_page_asks_for_is_seen(browser, tmp_path, inside):
    with opened(browser, page(tmp_path, inside)) as seen:
        seen.page.wait_for_timeout(100)
        assert seen.requests


@pytest.mark.parametrize("script", ["console.error('told')", "throw new Error('told')", "console.warn('told')"])
def test_an_error_on_the_console_is_seen(browser, tmp_path, script):
    with opened(browser, page(tmp_path, f"<script>{script}</script>")) as seen:
        assert any("told" in line for line in seen.console)


def test_a_barrier_is_found_and_named(browser, tmp_path):
    with opened(browser, page(tmp_path, '<p style="color: #eee; background: #fff">Pale.</p>')) as seen:
        (found,) = seen.barriers()
    assert found.startswith("color-contrast: p: ")


def test_a_page_wider_than_the_window_is_seen(browser, tmp_path):
    with opened(browser, page(tmp_path, '<p style="width: 500px">Wide.</p>'), width=320) as seen:
        assert seen.overflow() > 100


def test_pictures_are_those_of_the_page(browser, tmp_path):
    """Two sheets, the first white, the second with a black third; dark is dark; a picture is a PNG."""
    inside = '<div style="break-after: page"></div><div style="height: 9cm; background: black"></div>'
    style = "<style>@page { size: A4; margin: 0 } html { print-color-adjust: exact }</style>"
    with opened(browser, page(tmp_path, style + inside)) as seen:
        first, second = seen.printed(tmp_path / "printed.pdf")
        assert seen.picture(tmp_path / "seen.png").read_bytes().startswith(b"\x89PNG")
    assert first.shape == second.shape == (585, 414)  # A4 at 50 dots per inch
    assert np.mean(first < 128) < 0.02
    assert 0.25 < np.mean(second < 128) < 0.35


def test_without_scripts_none_runs(browser, tmp_path):
    with opened(browser, page(tmp_path, "<script>throw new Error('ran')</script>"), script=False) as seen:
        assert seen.console == []


def test_dark_is_asked_for(browser, tmp_path):
    script = "<script>if (matchMedia('(prefers-color-scheme: dark)').matches) console.error('dark')</script>"
    path = page(tmp_path, script)
    with opened(browser, path, scheme="dark") as dark, opened(browser, path, scheme="light") as light:
        assert (dark.console, light.console) == (["dark"], [])


def test_without_chromium_the_test_is_skipped_or_where_required_fails(monkeypatch):
    monkeypatch.setattr(of_tests, "NAMES", ("no-such-browser",))
    monkeypatch.delenv("OFFENDER_MGMT_BROWSER_TESTS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"), of_tests.chromium():
        pass
    monkeypatch.setenv("OFFENDER_MGMT_BROWSER_TESTS", "required")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"), of_tests.chromium():
        pass
