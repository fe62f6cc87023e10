"""A roster in a terminal: a day, an officer, a nominal; the same words with colours and without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import NamedTuple

from offender_mgmt.calendars import moment
from offender_mgmt.checks.spans import Span
from offender_mgmt.errors import UsageError
from offender_mgmt.export.page.view import View, day_words, event_words, span_words
from offender_mgmt.export.page.week import hours_shown
from offender_mgmt.export.rows import locality
from offender_mgmt.report.days import OfficerDay
from offender_mgmt.report.one_task import task_lines
from offender_mgmt.report.table import counted_words, hours
from offender_mgmt.roster.roster import Assignment

NARROWEST, WIDE = 80, 110
"""Columns a screen is taken to have at least, and from which on more is told."""
STEPS = (5, 10, 15, 20, 30, 60)
"""Minutes that one sign of a bar may stand for."""
SIGNS = {"visit": "V", "travel": "-", "desk": "d", "event": "e", "break": "b", "tour": "."}
SHORTEST = 8
"""A column that gives way keeps as many signs."""


class Piece(NamedTuple):
    """Some text in one style; styles are named for what they tell, and only add to the words."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]
Cells = tuple[Piece, ...]


def plain(text: str, style: str = "") -> Line:
    """A line in one style."""
    return (Piece(text, style),)


def head(view: View) -> Iterator[Line]:
    """Marking, which roster, how far it may be trusted."""
    yield plain(view.marks.marking, "strong")
    yield plain(f"{view.marks.title}: {view.marks.status_words}.", "strong")
    for warning in view.marks.warnings:
        yield plain(f"Note: {warning.removesuffix('.')}.", "warning")


def week_lines(view: View, width: int) -> Iterator[Line]:
    """Visits of every officer on every day."""
    yield plain("")
    heads = ("officer", *(f"{day:%a} {day.day}" for day in view.days), "visits", "work", "on duty")
    rows = [_week_row(officer, days) for officer, days in view.days_of.items()]
    yield from _table(heads, rows, width, right=range(1, len(heads)))


def _week_row(officer: str, days: Sequence[OfficerDay]) -> Cells:
    visits = [len(day.stops) for day in days]
    work = sum(day.at_doors + day.travel + day.at_desk + day.at_events for day in days)
    cells = [Piece(_of_day(day), "" if day.stops else "quiet") for day in days]
    sums = (f"{sum(visits)}", hours(work), hours(sum(day.on_duty for day in days)))
    return (Piece(officer, "strong"), *cells, *map(Piece, sums))


def _of_day(day: OfficerDay) -> str:
    """Number of visits; a dot on duty without any, a dash off duty."""
    return f"{len(day.stops)}" if day.stops else "." if day.tours else "-"


def day_lines(view: View, day: date, width: int) -> Iterator[Line]:
    """Every officer's bar, then the outings.

    Raises
    ------
    UsageError
        For a day that is not of the roster's week.
    """
    if day not in view.planned.due.horizon:
        raise UsageError(f"{day} is not in {view.marks.week}. Maybe: a day of that week.")
    shown = [of_one[view.days.index(day)] for of_one in view.days_of.values()]
    yield plain("")
    yield plain(f"{day_words(day)} {day.year}", "heading")
    yield from _bars(view, shown, width)
    yield plain("")
    yield from _outings(view, shown, width)


def _bars(view: View, shown: Sequence[OfficerDay], width: int) -> Iterator[Line]:
    names = max([len(day.officer_id) for day in shown], default=0)
    label = names + 2 + len("00:00-00:00") + 2
    first, last = hours_shown(view)
    step = next((s for s in STEPS if (last - first) * 60 // s <= width - label), STEPS[-1])
    yield plain(" " * label + _ticks(first, last, step), "quiet")
    for day in shown:
        tour = ", ".join(_plain_span(span) for span in day.tours) or ", ".join(c.value for c in day.codes) or "-"
        about = Piece(f"{tour.replace('_', ' '):11.11}  ", "quiet")
        yield (Piece(f"{day.officer_id:{names}}  ", "strong"), about, *_bar(day, first, last, step))
    yield plain(_key(), "quiet")


def _ticks(first: int, last: int, step: int) -> str:
    every = 2 * 60 // step
    return "".join(f"{hour % 24:02}".ljust(every) for hour in range(first, last, 2)).rstrip()


def _key() -> str:
    return "V visit  - on the road  d desk work  e fixed event  b room for break  . on duty"


def _bar(day: OfficerDay, first: int, last: int, step: int) -> Iterator[Piece]:
    """One sign for each step; neighbours of one kind in one piece."""
    left = moment(day.day, time(0))
    run, kind = "", ""
    for minute in range(first * 60, last * 60, step):
        here = _kind(day, Span(left + minute, left + minute + step))
        if here != kind:
            yield Piece(run, kind)
            run, kind = "", here
        run += SIGNS.get(here, " ")
    yield Piece(run.rstrip() if not kind else run, kind)


def _kind(day: OfficerDay, slot: Span) -> str:
    """What takes up most of a slot of time."""
    visits = sum(Span(stop.start, stop.end).overlap(slot) for stop in day.stops)
    minutes = {
        "visit": visits,
        "travel": sum(outing.span.overlap(slot) for outing in day.outings) - visits,
        "desk": sum(Span(row.start, row.end).overlap(slot) for row in day.desk),
        "event": sum(span.overlap(slot) for span, _ in day.events),
        "break": sum(pause.span.overlap(slot) for pause in day.breaks),
    }
    if any(minutes.values()):
        return max(minutes, key=lambda kind: minutes[kind])
    return "tour" if any(tour.overlap(slot) for tour in day.tours) else ""


def _outings(view: View, shown: Sequence[OfficerDay], width: int) -> Iterator[Line]:
    found = {outing.label: outing for day in shown for outing in day.outings}
    if not found:
        yield plain("No outing.")
        return
    wide = width >= WIDE
    rows: list[Cells] = []
    for outing in sorted(found.values(), key=lambda outing: (outing.span, outing.crew)):
        names = [", ".join(outing.crew), *([_plain_span(outing.span)] if wide else [])]
        for stop in outing.stops:
            rows.append((*(Piece(name, "strong") for name in names), *_stop(view, stop)))
            names = ["" for _ in names]
    heads = ("crew", *(("out and back",) if wide else ()), "visit", "kind", "nominal", "locality", "risk level")
    yield from _table(heads, rows, width, giving_way=(len(heads) - 2, len(heads) - 4))


def _stop(view: View, stop: Assignment) -> Cells:
    level = view.level(stop)
    return (
        Piece(_plain_span(Span(stop.start, stop.end))),
        Piece(stop.kind.words),
        Piece(stop.offender_ref),
        Piece(locality(stop, view.planned.register)),
        Piece(level.words if level else "", level.value if level else ""),
    )


def officer_lines(view: View, officer: str, width: int, day: date | None = None) -> Iterator[Line]:
    """Each day of an officer: the bar, then everything in order.

    Raises
    ------
    UsageError
        For an officer who is neither in the register nor in the roster.
    """
    if officer not in view.days_of:
        raise UsageError("No such officer in the register or the roster. Maybe: a reference from officers.csv.")
    for of_day in view.days_of[officer]:
        if day in (None, of_day.day) and (of_day.tours or of_day.has_work or of_day.codes):
            yield from _officer_day(view, of_day, width)


def _officer_day(view: View, day: OfficerDay, width: int) -> Iterator[Line]:
    yield plain("")
    yield plain(f"{day.officer_id}, {day_words(day.day)} {day.day.year}", "heading")
    yield from _bars(view, [day], width)
    if not day.has_work:
        return
    yield plain("")
    rows = sorted(_rows(view, day), key=lambda pair: pair[0])
    wide = width >= WIDE
    heads = ("time", "what", "nominal", "locality", "risk level", "with", *(("travel", "why now") if wide else ()))
    cells = [row if wide else row[:6] for _, row in rows]
    yield from _table(heads, cells, width, giving_way=(7, 3, 1) if wide else (3, 1))
    visits = f"{counted_words(len(day.outings), 'outing')}, {counted_words(len(day.stops), 'visit')}"
    minutes = (("at doors", day.at_doors), ("travel", day.travel), ("desk", day.at_desk), ("events", day.at_events))
    yield plain("; ".join([visits, *(f"{words} {hours(count)}" for words, count in minutes if count)]) + ".", "quiet")


def _rows(view: View, day: OfficerDay) -> Iterator[tuple[tuple[int, int], Cells]]:
    for row in (*day.stops, *day.desk):
        when, kind, ref, where, level = _stop(view, row)
        partners = ", ".join(officer for officer in row.crew if officer != day.officer_id)
        what = Piece(kind.text + (f" ({row.part})" if row.part else ""), "visit-name" if row.outing else "")
        travel = f"{row.travel_minutes} min" if row.outing else ""
        yield (row.start, row.end), (when, what, ref, where, level, *map(Piece, (partners, travel, row.why)))
    for span, event in day.events:
        others = ", ".join(officer for officer in event.officers if officer != day.officer_id)
        texts = (_plain_span(span), event_words(event), event.offender_ref or "", event.place, "", others, "", "")
        yield span, tuple(map(Piece, texts))
    for pause in day.breaks:
        texts = (_plain_span(pause.span), "room for the break", "", "", "", "", "", "")
        yield pause.span, tuple(Piece(text, "quiet") for text in texts)


def nominal_lines(view: View, ref: str) -> Iterator[Line]:
    """All that is due of a nominal, and when it is done or why it is left out.

    Raises
    ------
    UsageError
        For a nominal who is not in the register.
    """
    planned = view.planned
    nominal = planned.register.offender_by_ref.get(ref)
    if nominal is None:
        raise UsageError("No such nominal in the register of the run. Maybe: a reference from offenders.csv.")
    yield plain("")
    yield plain(f"{ref}: {nominal.risk_level.words} risk, {nominal.team}", "heading")
    lead = f"offender manager {nominal.lead_officer}" if nominal.lead_officer else "no offender manager"
    yield plain(", ".join(filter(None, (nominal.locality, lead, nominal.management_status.value))), "quiet")
    for pause in planned.due.paused:
        if pause.offender_ref == ref:
            yield plain(f"Paused: {pause.note}")
    tasks = [task for task in planned.due.tasks if task.offender_ref == ref]
    for task in tasks:
        first, *others = task_lines(task, planned.due, planned.roster)
        yield plain("")
        yield plain(first, "strong")
        yield from (plain(line) for line in others)
    if not tasks:
        yield plain(f"Nothing is due in {view.marks.week}.")


def _plain_span(span: Span) -> str:
    """With a hyphen, which every terminal has."""
    return span_words(span).replace("\N{EN DASH}", "-")


def _table(
    heads: Sequence[str],
    rows: Sequence[Cells],
    width: int,
    *,
    right: Sequence[int] = (),
    giving_way: Sequence[int] = (),
) -> Iterator[Line]:
    """Rows under their heads, two spaces between columns; where there is no room some columns give way."""
    widths = [max(len(text) for text in (head, *(row[i].text for row in rows))) for i, head in enumerate(heads)]
    for column in giving_way:
        over = sum(widths) + 2 * (len(widths) - 1) - width
        widths[column] = max(widths[column] - max(over, 0), min(widths[column], SHORTEST))
    for row in (tuple(Piece(head, "quiet") for head in heads), *rows):
        yield _joined([_fitted(piece, widths[i], i in right) for i, piece in enumerate(row)])


def _fitted(piece: Piece, width: int, right: bool) -> Piece:
    text = piece.text if len(piece.text) <= width else piece.text[: width - 2] + ".."
    return Piece(text.rjust(width) if right else text.ljust(width), piece.style)


def _joined(pieces: Sequence[Piece]) -> Line:
    """A line without blanks at its end."""
    line = [piece for each in pieces for piece in (each, Piece("  "))]
    while line and not line[-1].text.strip():
        line.pop()
    return (*line[:-1], Piece(line[-1].text.rstrip(), line[-1].style)) if line else plain("")
