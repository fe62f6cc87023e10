"""The frame of every page: nothing is fetched from anywhere, and the browser itself is told to see to it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from offender_mgmt.pages.html import Html, element, joined

LANGUAGE = "en-GB"


def document(
    *, title: str, marking: str, header: Html, main: Html, footer: Html, script: bool = True, more: str = ""
) -> bytes:
    """A whole page.

    Parameters
    ----------
    marking
        Protective marking: first line, last line, and head of every printed page.
    header, main, footer
        What stands between the two.
    script
        Whether tables can be sorted and filtered; the page is complete without it.
    more
        Name of a further style sheet and script, for a page with parts of its own.
    """
    style = Html(_resource("style.css") + (_resource(f"{more}.css") if more else "") + _printed_marking(marking))
    code = Html(_resource("tables.js") + (_resource(f"{more}.js") if more else "")) if script else Html("")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy(style, code)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex, nofollow"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} ({marking})"),
        element("link", rel="icon", href="data:,"),
        element("style", style),
    )
    whole = element(
        "body",
        element("a", "Skip to the content", href="#main", class_="skip"),
        element("header", element("p", marking, class_="marking"), header),
        element("main", main, id="main", tabindex="-1"),
        element("footer", footer, element("p", marking, class_="marking")),
        element("script", code) if script else "",
    )
    return f"<!DOCTYPE html>\n{element('html', head, whole, lang=LANGUAGE)}\n".encode()


def policy(style: str, code: str) -> str:
    """Content security policy: this one style sheet and this one script, by their digests, and nothing else."""
    parts = {
        "default-src": "'none'",
        "style-src": _digest(style),
        "script-src": _digest(code) if code else "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _printed_marking(marking: str) -> str:
    """The marking at the head of every sheet; whatever it is made of, it stays a text of the style sheet."""
    text = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in marking)
    return f'@page {{ @top-center {{ content: "{text}"; }} }}\n'


@cache
def _resource(name: str) -> str:
    return resources.files("offender_mgmt.pages").joinpath(name).read_text("utf-8")


def section(title: str, name: str, *children: Html | str, level: int = 2, lead: str = "") -> Html:
    """A section with a heading that can be linked to by its name."""
    opening = element("p", lead, class_="lead") if lead else ""
    return element("section", element(f"h{level}", title), opening, joined(*children), id=name)
