"""Small pieces of HTML; text is escaped unless it is HTML already."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable

VOID = frozenset({"meta", "link", "br", "hr", "input", "rect", "line", "circle", "path", "polyline"})
"""Elements without content; those of drawings swallow what follows unless they are ended at once."""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | Iterable["Child"]
Attribute = str | int | float | bool | None


def element(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element.

    Parameters
    ----------
    children
        Text, which is escaped, or HTML; or any iterable of them.
    attributes
        ``class_`` for ``class``, ``data_x`` for ``data-x``; ``True`` is an attribute without a value, ``None``
        and ``False`` none at all.
    """
    start = f"<{name}{''.join(map(_attribute, attributes.items()))}"
    return Html(f"{start}/>" if name in VOID else f"{start}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Html:
    """Children one after the other."""
    return Html("".join(_as_html(child) for child in children))


def escaped(text: str) -> Html:
    """Text as HTML, with control and direction characters made visible, so that data cannot steer a page."""
    return Html(html.escape("".join(map(_seen, text))))


def _as_html(child: Child) -> str:
    if isinstance(child, Html):
        return child
    return escaped(child) if isinstance(child, str) else joined(*child)


def _seen(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs"):
        return character
    return repr(character)[1:-1]


def _attribute(item: tuple[str, Attribute]) -> str:
    name, value = item
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'
