"""A sheet for each officer and day: what to do, in order; on paper a page of its own, with room to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offender_mgmt.checks.spans import Span
from offender_mgmt.export.page.view import View, day_words, event_words, sheet_name, span_words
from offender_mgmt.export.rows import locality, time_band
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import framed
from offender_mgmt.report.days import OfficerDay
from offender_mgmt.report.table import counted_words, hours
from offender_mgmt.roster.roster import Assignment

HEADER = ("part of day", "outing and stop", "nominal", "locality", "risk level", "with", "done")
SHORT = 14
"""Texts shorter than this are not broken into two lines."""
FULL_HEADER = ("time", "what", "nominal", "locality", "risk level", "with", "travel", "why now", "done")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sheet: its moment, the level a filter looks for, and its cells."""

    at: int
    level: str
    cells: tuple[str, ...]


def sheets_section(view: View) -> Html:
    """All sheets that have anything on them, by officer and day."""
    days = [day for days in view.days_of.values() for day in days if day.has_work]
    lead = "One for each officer and day with work; on paper each is a page of its own."
    sheets = joined(_sheet(view, day) for day in days) if days else element("p", "No officer has any work.")
    return section("Day sheets", "sheets", sheets, lead=lead)


def _sheet(view: View, day: OfficerDay) -> Html:
    title = f"{day.officer_id}, {day_words(day.day)} {day.day.year}"
    marks = f"{view.marks.marking}. {view.marks.status_words}. {view.marks.title}, {view.marks.roster_words}."
    return element(
        "article",
        element("h3", title),
        element("p", marks, class_="about marks"),
        element("p", _facts(day), class_="day-facts"),
        _table(view, day, title),
        class_="sheet full" if view.is_full else "sheet",
        id=sheet_name(day),
        tabindex="-1",
        data_team=day.lent_to or view.team(day.officer_id),
        data_officer=day.officer_id,
        data_day=day.day.isoformat(),
        data_tiers=view.levels(day.stops),
    )


def _facts(day: OfficerDay) -> str:
    """``On duty 08:00-16:00. 2 outings with 4 visits ...``."""
    duty = f"On duty {', '.join(map(span_words, day.tours))}{day.lent}." if day.tours else "Not on duty."
    visits = f"{counted_words(len(day.outings), 'outing')} with {counted_words(len(day.stops), 'visit')}"
    parts = [visits if day.stops else ""]
    parts += [f"{words} {hours(minutes)}" for words, minutes in _minutes(day) if minutes]
    road = [pause.on_the_road for pause in day.breaks]
    pauses = [f"break about {span_words(pause.span)}" for pause in day.breaks if not pause.on_the_road]
    pauses += ["break on the road"] if any(road) else []
    return f"{duty} {'; '.join(filter(None, [*parts, *pauses]))}."


def _minutes(day: OfficerDay) -> Iterator[tuple[str, int]]:
    yield "at doors", day.at_doors
    yield "travel", day.travel
    yield "desk work", day.at_desk
    yield "fixed events", day.at_events


def _table(view: View, day: OfficerDay, title: str) -> Html:
    header = FULL_HEADER if view.is_full else HEADER
    entries = sorted(_all(view, day) if view.is_full else _stops(view, day), key=lambda entry: entry.at)
    if not entries:
        return element("p", "No visit; desk work or events only.")
    heads = (element("th", name, scope="col") for name in header)
    table = element(
        "table",
        element("caption", title, class_="unseen"),
        element("thead", element("tr", heads)),
        element("tbody", (_line(entry) for entry in entries)),
        class_="small",
    )
    return framed(table, title)


def _line(entry: Entry) -> Html:
    first, *others = entry.cells
    held = (element("td", cell, class_="whole-word" if len(cell) < SHORT else None) for cell in others)
    cells = (element("th", first, scope="row", class_="whole-word"), held, element("td", class_="box"))
    return element("tr", *cells, data_tiers=entry.level or None)


def _stops(view: View, day: OfficerDay) -> Iterator[Entry]:
    register = view.planned.register
    for number, outing in enumerate(day.outings, 1):
        for stop in outing.stops:
            cells = (
                time_band(stop.start),
                f"{number}, stop {stop.position}",
                stop.offender_ref,
                locality(stop, register),
                _level(view, stop),
                _partners(stop, day),
            )
            yield Entry(stop.start, _tier(view, stop), cells)


def _all(view: View, day: OfficerDay) -> Iterator[Entry]:
    """Visits, desk work, events and breaks."""
    for row in (*day.stops, *day.desk):
        cells = (
            span_words(Span(row.start, row.end)),
            row.kind.words + (f" ({row.part})" if row.part else ""),
            row.offender_ref,
            locality(row, view.planned.register),
            _level(view, row),
            _partners(row, day),
            f"{row.travel_minutes} min" if row.outing else "",
            row.why,
        )
        yield Entry(row.start, _tier(view, row) if row.outing else "", cells)
    for span, event in day.events:
        others = [officer for officer in event.officers if officer != day.officer_id]
        cells = (
            span_words(span),
            event_words(event),
            event.offender_ref or "",
            event.place,
            "",
            ", ".join(others),
            "",
            "",
        )
        yield Entry(span.start, "", cells)
    for outing in day.outings:
        back = Span(outing.stops[-1].end, outing.span.end)
        yield Entry(back.start, "", (span_words(back), "back to base", "", "", "", "", f"{outing.legs[-1]} min", ""))
    for pause in day.breaks:
        yield Entry(pause.span.start, "", (span_words(pause.span), "room for the break", "", "", "", "", "", ""))


def _level(view: View, row: Assignment) -> str:
    level = view.level(row)
    return level.words if level else ""


def _tier(view: View, row: Assignment) -> str:
    level = view.level(row)
    return level.value if level else ""


def _partners(row: Assignment, day: OfficerDay) -> str:
    return ", ".join(officer for officer in row.crew if officer != day.officer_id)
