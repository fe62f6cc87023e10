"""A map of each day's outings, drawn from positions alone: no tile is fetched from anybody."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from offender_mgmt.barriers import Point
from offender_mgmt.export.page.map_names import Name, free_names
from offender_mgmt.export.page.view import View, day_words
from offender_mgmt.export.positions import position_of
from offender_mgmt.export.rows import locality, time_band
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, element, escaped, joined
from offender_mgmt.pages.tables import framed
from offender_mgmt.report.figures import outings
from offender_mgmt.report.table import counted_words
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.travel import place_of_base
from offender_mgmt.vocabulary import RiskLevel

WIDTH = 460
MARGIN = 0.08
SMALLEST_METRES = 12_000
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
APART = 9.5
"""Between symbols that would lie on each other, in units of the drawing."""
SHAPES = {
    RiskLevel.VERY_HIGH: '<path d="M0 -6.2L6.2 0L0 6.2L-6.2 0Z" class="t-very_high"/>',
    RiskLevel.HIGH: '<rect x="-4.4" y="-4.4" width="8.8" height="8.8" class="t-high"/>',
    RiskLevel.MEDIUM: '<circle r="4.8" class="t-medium"/>',
    RiskLevel.LOW: '<path d="M0 -5.2L5 4H-5Z" class="t-low"/>',
}
UNKNOWN_SHAPE = '<circle r="3" class="t-low"/>'


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the National Grid that is drawn."""

    west: float
    north: float
    metres: float
    ratio: float

    def at(self, point: Sequence[float]) -> tuple[float, float]:
        """Where a point is drawn."""
        scale = WIDTH / self.metres
        return (point[0] - self.west) * scale, (self.north - point[1]) * scale

    @property
    def box(self) -> str:
        """The drawing's own measure."""
        return f"0 0 {WIDTH} {WIDTH * self.ratio:.0f}"


def maps_section(view: View) -> Html:
    """All days, what they have in common drawn once, and a list of the outings under each map."""
    frame = frame_of(_all_points(view))
    square = f"Every nominal is drawn in the middle of a square of {view.square_metres / 1000:g} km"
    lead = f"{'Positions as in the register' if view.is_full else square}; straight lines from stop to stop."
    by_day: dict[date, list[tuple[Assignment, ...]]] = defaultdict(list)
    for stops in outings(view.planned.roster).values():
        by_day[stops[0].day].append(stops)
    days = joined(_day(view, day, by_day[day], frame) for day in sorted(by_day))
    credit = element("p", view.outlines.credit, class_="about") if view.outlines.credit else ""
    nothing = element("p", "No outing is planned.") if not by_day else ""
    maps = element("div", days, class_="maps")
    return section("Outings by day", "maps", _shared(view, frame), _key(), maps, credit, nothing, lead=lead)


def frame_of(points: Iterable[Point]) -> Frame:
    """A frame around points, with a margin, never so small that one street would fill it."""
    known = list(points) or [(0, 0)]
    west, east = min(x for x, _ in known), max(x for x, _ in known)
    south, north = min(y for _, y in known), max(y for _, y in known)
    across = max(east - west, SMALLEST_METRES) * (1 + 2 * MARGIN)
    down = max(north - south, SMALLEST_METRES * 0.7) * (1 + 2 * MARGIN)
    return Frame((west + east - across) / 2, (south + north + down) / 2, across, down / across)


def _all_points(view: View) -> Iterator[Point]:
    for stops in outings(view.planned.roster).values():
        yield from (point for point in (_base(view, stops), *_positions(view, stops)) if point)


def _base(view: View, stops: Sequence[Assignment]) -> Point | None:
    register = view.planned.register
    base = register.station_at(stops[0].lead, stops[0].start)
    return place_of_base(base).point if base else None


def _positions(view: View, stops: Sequence[Assignment]) -> list[Point | None]:
    return [position_of(stop.offender_ref, view.export) for stop in stops]


def _shared(view: View, frame: Frame) -> Html:
    """Land, water and symbols: defined once, used on every map."""
    symbols = [f'<g id="t-{level}">{shape}</g>' for level, shape in SHAPES.items()]
    land = "".join(f"{path}Z" for ring in view.outlines.rings if (path := _path(ring, frame)))
    waters = "".join(_path(line, frame) for line in _waters(view))
    ground = f'<path d="{land}" class="land"/><path d="{waters}" class="water"/>'
    return Html(
        f'<svg class="unseen" aria-hidden="true"><defs>{"".join(symbols)}<g id="ground">{ground}</g></defs></svg>'
    )


def _waters(view: View) -> Iterator[list[Point]]:
    """Tidal rivers, from the register's barriers."""
    lines: dict[str, list[tuple[int, Point]]] = defaultdict(list)
    for row in view.planned.register.barriers:
        if row.easting is not None and row.northing is not None:
            lines[row.barrier].append((row.point, (row.easting, row.northing)))
    for name in sorted(lines):
        yield [point for _, point in sorted(lines[name])]


def _path(points: Sequence[Sequence[float]], frame: Frame) -> str:
    """A line in whole units; neighbours that fall together are drawn once."""
    drawn = [point for point, _ in groupby((round(x), round(y)) for x, y in map(frame.at, points))]
    return f"M{'L'.join(f'{x} {y}' for x, y in drawn)}" if len(drawn) > 1 else ""


def _key() -> Html:
    items = (
        element("li", Html(f'<svg viewBox="-7 -7 14 14">{SHAPES[level]}</svg>'), f"{level.words} risk")
        for level in RiskLevel
    )
    base = element(
        "li",
        Html('<svg viewBox="-7 -7 14 14"><rect x="-4" y="-4" width="8" height="8" class="base"/></svg>'),
        "station",
    )
    return element("ul", joined(items), base, class_="legend", aria_hidden="true")


def _day(view: View, day: date, rounds: Sequence[tuple[Assignment, ...]], frame: Frame) -> Html:
    visits = sum(map(len, rounds))
    words = f"{day_words(day)}: {counted_words(len(rounds), 'outing')}, {counted_words(visits, 'visit')}"
    drawing = _drawing(view, rounds, frame, words)
    listed = element(
        "details", element("summary", f"List of {counted_words(len(rounds), 'outing')}"), _table(view, rounds, words)
    )
    figure = element("figure", element("figcaption", words), drawing)
    return element("div", figure, listed, class_="map", data_day=day.isoformat())


def _drawing(view: View, rounds: Sequence[tuple[Assignment, ...]], frame: Frame, words: str) -> Html:
    taken: Counter[Point] = Counter()
    spots: list[tuple[float, float]] = []
    lines, symbols = [], []
    for stops in rounds:
        line, drawn = _round(view, stops, frame, taken, spots)
        lines.append(line)
        symbols.append(drawn)
    names = _names(view, rounds, frame, spots)
    ground = Html('<use href="#ground"/>')
    label = f"{words}. The list below has them all."
    return element(
        "svg", ground, lines, names, symbols, viewBox=frame.box, role="img", aria_label=label, class_="day-map"
    )


def _round(
    view: View,
    stops: tuple[Assignment, ...],
    frame: Frame,
    taken: Counter[Point],
    spots: list[tuple[float, float]],
) -> tuple[Html, Html]:
    """The line of an outing, and its stops; where they are drawn is added to the spots."""
    home = _base(view, stops)
    way = [frame.at(home)] if home else []
    symbols = []
    for stop, point in zip(stops, _positions(view, stops), strict=True):
        if point:
            x, y = _beside(frame.at(point), taken[point])
            taken[point] += 1
            way.append((x, y))
            spots.append((x, y))
            symbols.append(_symbol(view, stop, x, y))
    way += [frame.at(home)] if home else []
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in way)
    crew = f' data-team="{escaped(view.team_of(stops))}" data-officer="{escaped(" ".join(stops[0].crew))}"'
    line = f'<polyline points="{points}" class="round"{crew}/>' if len(way) > 1 else ""
    return Html(line), Html(f"<g{crew}>{''.join(symbols)}</g>")


def _beside(at: tuple[float, float], number: int) -> tuple[float, float]:
    """A place of its own for the so-many-th symbol at one point: along a spiral, as the seeds of a sunflower lie."""
    turn, far = number * GOLDEN_ANGLE, APART * math.sqrt(number) * 0.8
    return at[0] + far * math.cos(turn), at[1] + far * math.sin(turn)


def _symbol(view: View, stop: Assignment, x: float, y: float) -> str:
    level = view.level(stop)
    words = escaped(f"{stop.offender_ref}, {level.words + ' risk' if level else 'risk level not known'}")
    shape = f'<use href="#t-{level.value}"/>' if level else UNKNOWN_SHAPE
    tiers = f' data-tiers="{level.value}"' if level else ""
    return f'<g transform="translate({x:.1f} {y:.1f})"{tiers}><title>{words}</title>{shape}</g>'


def _names(
    view: View, rounds: Sequence[tuple[Assignment, ...]], frame: Frame, spots: Sequence[tuple[float, float]]
) -> Html:
    """Stations, and names of stations and localities, as many as have room."""
    register = view.planned.register
    homes = ((register.station_at(s[0].lead, s[0].start), _base(view, s)) for s in rounds)
    bases = {station.base: frame.at(home) for station, home in homes if station and home}
    drawn = [f'<rect x="{x - 4:.0f}" y="{y - 4:.0f}" width="8" height="8" class="base"/>' for x, y in bases.values()]
    grouped: dict[str, list[Point]] = defaultdict(list)
    for stops in rounds:
        for stop, point in zip(stops, _positions(view, stops), strict=True):
            if point:
                grouped[locality(stop, register)].append(point)
    names = [Name(name, *bases[name], is_base=True) for name in sorted(bases)]
    for name, points in sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0])):
        middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
        if name not in bases:
            names.append(Name(name, *frame.at(middle)))
    return Html("".join([*drawn, *free_names(names, [*spots, *bases.values()], WIDTH, WIDTH * frame.ratio)]))


def _table(view: View, rounds: Sequence[tuple[Assignment, ...]], caption: str) -> Html:
    heads = (element("th", name, scope="col") for name in ("crew", "part of day", "visits in order"))
    table = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", heads)),
        element("tbody", (_listed(view, stops) for stops in rounds)),
        class_="small",
    )
    return framed(table, caption)


def _listed(view: View, stops: tuple[Assignment, ...]) -> Html:
    crew = stops[0].crew
    bands = dict.fromkeys(time_band(stop.start) for stop in stops)
    items = (_stop(view, stop) for stop in stops)
    return element(
        "tr",
        element("th", ", ".join(crew), scope="row"),
        element("td", ", ".join(bands)),
        element("td", element("ol", items)),
        data_team=view.team_of(stops),
        data_officer=" ".join(crew),
        data_tiers=view.levels(stops),
    )


def _stop(view: View, stop: Assignment) -> Html:
    where, level = locality(stop, view.planned.register), view.level(stop)
    words = ", ".join(filter(None, (stop.offender_ref, where, f"{level.words} risk" if level else "")))
    return element("li", words, class_="stop", data_tiers=level.value if level else None)
