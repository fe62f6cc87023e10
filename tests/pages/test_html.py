"""Small pieces of HTML: what data says is text and never markup."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offender_mgmt.pages.document import document
from offender_mgmt.pages.html import Html, element, escaped, joined


class Reader(HTMLParser):
    """Text and elements of a piece, as a browser takes them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs"))))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    read = Reader(element("p", text, title=text))
    assert (read.found, read.text) == (["p"], text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b[2J", "\\x1b[2J"), ("a\u202eb", "a\\u202eb"), ("a\0b", "a\\x00b"), ("a\nb\tc", "a\nb\tc"), ("£5", "£5")],
)
def test_what_could_steer_the_page_is_made_visible(text: str, shown: str) -> None:
    assert html.unescape(escaped(text)) == shown


def test_attributes_and_children() -> None:
    made = element("td", "a<b", [Html("<b>c</b>"), ["d"]], class_="x", data_order=1.5, hidden=True, id=None, open=False)
    assert made == '<td class="x" data-order="1.5" hidden>a&lt;b<b>c</b>d</td>'
    assert joined("&", Html("&")) == "&amp;&"


def test_elements_without_content_end_at_once() -> None:
    """Or the second line of a drawing would stand inside the first and never be drawn."""
    assert joined(element("line", x1=1), element("rect")) == '<line x1="1"/><rect/>'


def page(**changes: object) -> str:
    values = {"title": "T", "marking": "M", "header": Html("<h1>T</h1>"), "main": Html("<p>x</p>"), "footer": Html("")}
    return document(**{**values, **changes}).decode()  # type: ignore[arg-type]


def test_the_content_security_policy_lets_in_the_page_itself_and_nothing_else() -> None:
    text = page()
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', text)[0])
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert parts[name] == f"'sha256-{digest}'"


def test_a_page_without_script_allows_none() -> None:
    text = page(script=False)
    assert "<script" not in text
    assert "script-src &#x27;none&#x27;" in text


def test_the_marking_stands_on_the_screen_twice_and_on_every_sheet_whatever_it_is_made_of() -> None:
    text = page(marking='OFFICIAL"}</style><b>')
    assert text.count('<p class="marking">OFFICIAL&quot;}&lt;/style&gt;&lt;b&gt;</p>') == 2
    assert "<b>" not in text
    assert 'content: "OFFICIAL\\22 \\7d \\3c \\2f style\\3e \\3c b\\3e "' in text
