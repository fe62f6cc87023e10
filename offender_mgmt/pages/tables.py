"""Tables that a screen reader can follow, that can be sorted, and that keep their heads on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offender_mgmt.pages.html import Attribute, Html, element, joined


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Parameters
    ----------
    text
        What is read.
    order
        What the column is sorted by, where that is not the text.
    figure
        Which figure it shows, so that every number on the page can be held against the file of figures.
    """

    text: str | Html
    order: float | None = None
    figure: str = ""


Row = Sequence[str | Cell]


def table(
    caption: str,
    header: Sequence[str],
    rows: Iterable[Row],
    *,
    numbers: Sequence[int] = (),
    sortable: bool = False,
    small: bool = False,
) -> Html:
    """A table; the first cell of a row is its heading.

    Parameters
    ----------
    numbers
        Columns that hold numbers: set flush right.
    sortable
        Whether a reader may sort it by any column.
    small
        Whether to set it in small type, for long lists.
    """
    heads = [element("th", name, scope="col", class_=_kind(i, numbers)) for i, name in enumerate(header)]
    body = [_row(row, numbers) for row in rows]
    kinds = " ".join(word for word, wanted in (("sortable", sortable), ("small", small)) if wanted)
    whole = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", heads)),
        element("tbody", body),
        class_=kinds or None,
    )
    return framed(whole, caption)


def framed(content: Html, name: str) -> Html:
    """What may be wider than a small screen: it scrolls by itself, with the keyboard too."""
    return element("div", content, class_="scroll", role="group", aria_label=name, tabindex="0")


def _row(row: Row, numbers: Sequence[int]) -> Html:
    return element("tr", (_cell(cell, i, numbers) for i, cell in enumerate(row)))


def _cell(cell: str | Cell, column: int, numbers: Sequence[int]) -> Html:
    cell = cell if isinstance(cell, Cell) else Cell(cell)
    about: dict[str, Attribute] = {
        "class_": _kind(column, numbers),
        "data_order": f"{cell.order:g}" if cell.order is not None else None,
        "data_figure": cell.figure or None,
    }
    return element("td" if column else "th", cell.text, **({} if column else {"scope": "row"}), **about)


def _kind(column: int, numbers: Sequence[int]) -> str | None:
    return "number" if column in numbers else None


def terms(pairs: Iterable[tuple[str, str | Html]]) -> Html:
    """A list of terms with what each stands for."""
    return element("dl", (joined(element("dt", name), element("dd", words)) for name, words in pairs), class_="terms")
