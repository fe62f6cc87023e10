"""The week by officer: a bar for every day, with tours, outings, travel, desk work, events and breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from offender_mgmt.calendars import moment
from offender_mgmt.checks.outing import Outing
from offender_mgmt.checks.spans import Span
from offender_mgmt.export.page.view import View, event_words, sheet_name, short_day, span_words
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import framed
from offender_mgmt.report.days import OfficerDay
from offender_mgmt.report.table import counted_words

HEIGHT = 20
TICK_HOURS = 2
LANES = {
    "tour": (0, 20),
    "outing": (3, 14),
    "travel": (8, 4),
    "visit": (3, 14),
    "desk": (12, 8),
    "event": (0, 9),
    "break": (6, 8),
}
"""Top and height of what is drawn: each kind has a place and a height of its own, so that none is told by colour."""
KEYS = (
    ("tour", "tour of duty"),
    ("outing", "outing, travel included"),
    ("desk", "desk work"),
    ("event", "fixed event"),
    ("break", "room for the break"),
)
FULL_KEYS = (("tour", "tour of duty"), ("visit", "visit"), ("travel", "on an outing: travel, waiting"), *KEYS[2:])


def week_section(view: View) -> Html:
    """The table of bars with its key."""
    first, last = hours_shown(view)
    caption = f"{first:02}:00 to {last % 24:02}:00; each bar leads to the sheet of its day"
    heads = [element("th", "officer", scope="col"), *(_day_head(day, first, last) for day in _days(view))]
    rows = [_row(view, officer, days, first, last) for officer, days in view.days_of.items()]
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", heads)),
        element("tbody", rows),
        class_="week",
        id="week-table",
    )
    return section("The week by officer", "week", _key(view), framed(table, "The week by officer"))


def _days(view: View) -> Iterator[tuple[str, str]]:
    for day in view.days:
        yield day.isoformat(), short_day(day)


def hours_shown(view: View) -> tuple[int, int]:
    """First and last hour of the axis, even numbers: all tours, outings and desk work lie between them."""
    minutes = [
        at - moment(day.day, time(0)) for days in view.days_of.values() for day in days for at in _ends(day)
    ] or [8 * 60, 16 * 60]
    step = TICK_HOURS * 60
    return min(minutes) // step * TICK_HOURS, -(-max(minutes) // step) * TICK_HOURS


def _ends(day: OfficerDay) -> Iterator[int]:
    spans = [*day.tours, *(outing.span for outing in day.outings), *(span for span, _ in day.events)]
    for span in [*spans, *(Span(row.start, row.end) for row in day.desk)]:
        yield from span


def _day_head(day: tuple[str, str], first: int, last: int) -> Html:
    ticks = (element("span", f"{hour % 24}") for hour in range(first, last, TICK_HOURS))
    return element(
        "th", day[1], element("span", ticks, class_="ticks", aria_hidden="true"), scope="col", data_day=day[0]
    )


def _row(view: View, officer: str, days: Sequence[OfficerDay], first: int, last: int) -> Html:
    return element(
        "tr",
        element("th", officer, element("span", _about(view, officer), class_="about"), scope="row"),
        (_cell(view, day, first, last) for day in days),
        data_team=view.teams(days),
        data_officer=officer,
    )


def _about(view: View, officer: str) -> str:
    """Role, and team where there are several."""
    known = view.planned.register.officer_by_id.get(officer)
    if known is None:
        return "not in the register"
    team = f", {known.team}" if len(view.planned.register.teams) > 1 else ""
    return known.role.value.replace("_", " ") + team


def _cell(view: View, day: OfficerDay, first: int, last: int) -> Html:
    bar = _bar(view, day, first, last) if day.tours or day.has_work else ""
    words = element("span", _words(day), class_="words")
    target = f"#{sheet_name(day)}" if day.has_work else None
    inside = (
        element("a", bar, words, href=target, class_="day") if target else element("span", bar, words, class_="day")
    )
    return element("td", inside, data_day=day.day.isoformat(), data_tiers=view.levels(day.stops))


def _words(day: OfficerDay) -> str:
    """The bar in a few words."""
    if not day.tours and not day.has_work:
        return ", ".join(code.value.replace("_", " ") for code in day.codes) or "\N{EN DASH}"
    tours = ", ".join(map(span_words, day.tours)) + day.lent or "not on duty"
    return f"{tours}, {counted_words(len(day.stops), 'visit')}" if day.stops else tours


def _bar(view: View, day: OfficerDay, first: int, last: int) -> Html:
    """The words beside it tell the same in short, the sheet in full: it is hidden from screen readers."""
    left = moment(day.day, time(0)) + first * 60
    shapes = [_shape(kind, span, left, words) for kind, span, words in _blocks(view, day)]
    grid = [_line(hour * 60) for hour in range(TICK_HOURS * 2, last - first, TICK_HOURS * 2)]
    box = f"0 0 {(last - first) * 60} {HEIGHT}"
    return element(
        "svg", shapes[: len(day.tours)], grid, shapes[len(day.tours) :], viewBox=box, preserveAspectRatio="none",
        aria_hidden="true", focusable="false",
    )  # fmt: skip


def _line(x: int) -> Html:
    return element("line", x1=x, x2=x, y1=0, y2=HEIGHT, class_="hour")


def _blocks(view: View, day: OfficerDay) -> Iterator[tuple[str, Span, str]]:
    """What is drawn, the tours first."""
    for tour in day.tours:
        yield "tour", tour, f"on duty {span_words(tour)}"
    for outing in day.outings:
        yield from _visits(outing) if view.is_full else _round(outing)
    for span, words in _desk(view, day):
        yield "desk", span, words
    for span, event in day.events:
        yield "event", span, f"{span_words(span)} {event_words(event)}"
    for pause in day.breaks:
        if view.is_full or not pause.on_the_road:  # it would tell when a visit ends
            yield "break", pause.span, f"room for the break {span_words(pause.span)}"


def _round(outing: Outing) -> Iterator[tuple[str, Span, str]]:
    words = f"outing {span_words(outing.span)}, {counted_words(len(outing.stops), 'visit')}, {', '.join(outing.crew)}"
    yield "outing", outing.span, words


def _visits(outing: Outing) -> Iterator[tuple[str, Span, str]]:
    yield "travel", outing.span, f"outing {span_words(outing.span)}, {', '.join(outing.crew)}"
    for stop in outing.stops:
        span = Span(stop.start, stop.end)
        yield "visit", span, f"{span_words(span)} {stop.kind.words}, {stop.offender_ref}"


def _desk(view: View, day: OfficerDay) -> Iterator[tuple[Span, str]]:
    """Desk work; where not all is told, what follows without a gap is one block."""
    spans = [Span(row.start, row.end) for row in day.desk]
    if view.is_full:
        for row, span in zip(day.desk, spans, strict=True):
            yield span, f"{span_words(span)} {row.kind.words}, {row.offender_ref}"
        return
    for span in merged(spans):
        yield span, f"desk work {span_words(span)}"


def merged(spans: Sequence[Span]) -> list[Span]:
    """Spans with those that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _shape(kind: str, span: Span, left: int, words: str) -> Html:
    top, height = LANES[kind]
    about = element("title", words)
    return Html(
        f'<rect x="{span.start - left}" y="{top}" width="{span.end - span.start}" height="{height}" class="k-{kind}">'
        f"{about}</rect>"
    )


def _key(view: View) -> Html:
    """What the shapes stand for."""
    items = (
        element("li", element("svg", _shape(kind, Span(0, 20), 0, words), viewBox=f"0 0 20 {HEIGHT}"), words)
        for kind, words in (FULL_KEYS if view.is_full else KEYS)
    )
    return element("ul", joined(items), class_="legend key", aria_hidden="true")
