"""Charts as inline SVG: bars inside a table, whose numbers are read beside them, and lines over weeks.

Colours come from the style sheet (``tone-1`` to ``tone-5``), light and dark; nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import framed

BAR_WIDTH, BAR_HEIGHT = 1000, 10
GAP = 3
"""Width of the gap between two parts of a bar, so that they can be told apart without colour."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart.

    Parameters
    ----------
    parts
        Lengths, one for each tone, from left to right.
    words
        The columns beside the bar, as read.
    tone
        Tone of the first part.
    """

    label: str
    parts: tuple[float, ...]
    words: tuple[str, ...]
    tone: int = 1


def bars(
    caption: str,
    header: Sequence[str],
    rows: Sequence[Bar],
    *,
    legend: Sequence[str] = (),
    longest: float | None = None,
    mark: float | None = None,
) -> Html:
    """A table with a bar in every row.

    Parameters
    ----------
    header
        Heading of the labels, then of each column of words.
    legend
        What each part of a bar stands for; only where bars have several.
    longest
        What the full width stands for; else the longest bar.
    mark
        A value to be marked in every bar, e.g. a limit.
    """
    most = longest or max([*(sum(row.parts) for row in rows), mark or 0.0], default=0.0) or 1.0
    heads = [
        element("th", header[0], scope="col"),
        *(element("th", name, scope="col", class_="number") for name in header[1:]),
        element("td", class_="bar"),
    ]
    lines = [
        element(
            "tr",
            element("th", row.label, scope="row"),
            (element("td", words, class_="number") for words in row.words),
            element("td", _bar(row, most, mark), class_="bar"),
        )
        for row in rows
    ]
    whole = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", heads)),
        element("tbody", lines),
        class_="bars",
    )
    return element("div", framed(whole, caption), _legend(legend), class_="chart")


def _bar(row: Bar, most: float, mark: float | None) -> Html:
    """The bar itself says nothing that the cells beside it do not: it is hidden from screen readers."""
    shapes: list[Html] = []
    at = 0.0
    for tone, part in enumerate(row.parts, row.tone):
        width = part / most * BAR_WIDTH
        if width:
            drawn = max(width - GAP, min(width, 2))
            shapes.append(
                element("rect", x=f"{at:.1f}", y="0", width=f"{drawn:.1f}", height="10", class_=f"tone-{tone}")
            )
        at += width
    if mark is not None:
        x = f"{mark / most * BAR_WIDTH:.1f}"
        shapes.append(element("line", x1=x, x2=x, y1="0", y2="10", class_="mark"))
    box = f"0 0 {BAR_WIDTH} {BAR_HEIGHT}"
    return element("svg", shapes, viewBox=box, preserveAspectRatio="none", aria_hidden="true", focusable="false")


def _legend(names: Sequence[str]) -> Html:
    if not names:
        return Html("")
    swatch = [
        element("svg", element("rect", width="10", height="10", class_=f"tone-{tone}"), viewBox="0 0 10 10")
        for tone in range(1, len(names) + 1)
    ]
    items = (element("li", key, name) for key, name in zip(swatch, names, strict=True))
    return element("ul", items, class_="legend", aria_hidden="true")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of values over time; ``None`` where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the plot stands in a drawing of this width."""

    width: int
    top: float
    steps: int
    height: int = 230
    left: int = 46
    right: int = 14
    above: int = 14
    below: int = 30

    def x(self, step: int) -> float:
        """Across."""
        return self.left + (self.width - self.left - self.right) * (step / max(self.steps - 1, 1))

    def y(self, value: float) -> float:
        """Down."""
        return self.height - self.below - (self.height - self.above - self.below) * value / self.top


def lines(caption: str, labels: Sequence[str], rows: Sequence[Line], *, unit: str) -> Html:
    """Lines over time; drawn twice, for wide and for narrow screens, so that letters keep their size.

    The same numbers have to stand in a table beside it: the drawing has a one-sentence description only.
    """
    most = max([value for row in rows for value in row.values if value is not None], default=0.0)
    top = _round_up(most)
    description = f"{caption}. " + " ".join(_told(row, labels, unit) for row in rows)
    drawings = (
        _drawing(_Frame(width, top, len(labels)), labels, rows, unit, description, kind)
        for width, kind in ((760, "wide"), (350, "narrow"))
    )
    return element("figure", element("figcaption", caption), _line_legend(rows), joined(drawings), class_="chart lines")


def _told(row: Line, labels: Sequence[str], unit: str) -> str:
    known = [(label, value) for label, value in zip(labels, row.values, strict=True) if value is not None]
    if not known:
        return f"{row.name}: no value."
    (first, start), (last, end) = known[0], known[-1]
    return f"{row.name}: {start:.1f}{unit} on {first}, {end:.1f}{unit} on {last}."


def _round_up(value: float) -> float:
    """The next higher number of the kind 1, 2, 5, 10, 20, 50, ..."""
    step = 1.0
    while step < value:
        step *= 2.5 if str(step)[0] == "2" else 2
    return step


def _drawing(
    frame: _Frame, labels: Sequence[str], rows: Sequence[Line], unit: str, description: str, kind: str
) -> Html:
    shapes = [*_grid(frame, unit), *_days(frame, labels, every=3 if kind == "wide" else 6)]
    for tone, row in enumerate(rows, 1):
        shapes += _line(frame, row, tone)
    box = f"0 0 {frame.width} {frame.height}"
    return element("svg", shapes, viewBox=box, role="img", aria_label=description, class_=kind)


def _grid(frame: _Frame, unit: str) -> list[Html]:
    shapes = []
    for part in (0.0, 0.5, 1.0):
        y = f"{frame.y(part * frame.top):.1f}"
        shapes.append(
            element("line", x1=frame.left, x2=frame.width - frame.right, y1=y, y2=y, class_="grid" if part else "axis")
        )
        shapes.append(element("text", f"{part * frame.top:g}{unit}", x=frame.left - 7, y=y, dy="4", text_anchor="end"))
    return shapes


def _days(frame: _Frame, labels: Sequence[str], every: int) -> list[Html]:
    last = len(labels) - 1
    return [
        element(
            "text",
            label,
            x=f"{frame.x(i):.1f}",
            y=frame.height - 8,
            text_anchor="end" if i == last else "start" if i == 0 else "middle",
        )
        for i, label in enumerate(labels)
        if (last - i) % every == 0
    ]


def _line(frame: _Frame, row: Line, tone: int) -> list[Html]:
    """A line with a marker of its own shape at every value; a missing value breaks the line."""
    shapes, run = [], []
    for i, value in enumerate((*row.values, None)):
        if value is not None:
            run.append((frame.x(i), frame.y(value)))
        elif run:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            shapes.append(element("polyline", points=points, class_=f"line line-{tone}"))
            shapes += [_marker(x, y, tone) for x, y in run]
            run = []
    return shapes


def _marker(x: float, y: float, tone: int) -> Html:
    if tone == 1:
        return element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4", class_="dot line-1")
    if tone == 2:
        return element("rect", x=f"{x - 3.5:.1f}", y=f"{y - 3.5:.1f}", width="7", height="7", class_="dot line-2")
    return element("path", d=f"M{x:.1f} {y - 5:.1f}l5 8.6h-10z", class_="dot line-3")


def _line_legend(rows: Sequence[Line]) -> Html:
    keys = (
        element(
            "svg",
            element("polyline", points="1,5 23,5", class_=f"line line-{tone}"),
            _marker(12, 5, tone),
            viewBox="0 0 24 10",
            class_="key",
        )
        for tone in range(1, len(rows) + 1)
    )
    items = (element("li", key, row.name) for key, row in zip(keys, rows, strict=True))
    return element("ul", items, class_="legend", aria_hidden="true")
