"""The best places for a task: in words, as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from offender_mgmt.calendars import clock_text
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.files import csv_bytes, json_bytes
from offender_mgmt.places.spot import Spot
from offender_mgmt.places.suggest import Offer, Suggestion
from offender_mgmt.policy import Policy
from offender_mgmt.report.left_out import task_words
from offender_mgmt.report.one_task import needs_words
from offender_mgmt.report.table import counted_words, hours, table, wrapped
from offender_mgmt.roster.roster import BandFigures

SCHEMA = 1
COLUMNS = (
    "number",
    "task_id",
    "date",
    "start",
    "end",
    "crew",
    "outing",
    "position",
    "duty_minutes",
    "travel_minutes",
    "moved_visits",
    "moved_minutes",
    "continuity",
    "gives_way",
    "displaced",
)
LEGEND = "Duty: hours that officers are busy more than before, travel and desk work included. Travel: of the car."

REFUSED = "Passed over: {}, which the check gives to work of an earlier band that is left out, too."


def place_lines(found: Suggestion, due: DueList, policy: Policy) -> list[str]:
    """The places in lines of at most 80 columns."""
    task = found.task
    lines = [policy.register_checks.marking, task_words(task)]
    lines += wrapped(f"  Needs: {needs_words(task)}.", indent="    ")
    lines += wrapped(f"  Priority: band {task.band + 1} ({due.bands[task.band]}), {task.points:,} risk points.", "    ")
    lines += ["", *wrapped(_headline(found), indent="")]
    if found.refused:
        lines += wrapped(REFUSED.format(counted_words(found.refused, "better place")), indent="")
    if not found.offers:
        return lines
    lines += ["", *_table(found, policy), "", *wrapped(LEGEND, indent="")]
    return [*lines, "", *_coverage(found)]


def _headline(found: Suggestion) -> str:
    shown = len(found.offers)
    checked = "each was put into the roster and checked"
    if found.count:
        best = f"; the best {shown}" if shown < found.count else ""
        places = "1 place is" if found.count == 1 else f"{found.count:,} places are"
        return f"{places} free{best} ({checked}):"
    if shown:
        return f"No place is free. In place of one less urgent task, the least urgent first ({checked}):"
    return (
        "No place is free, and no less urgent task by itself makes room for it. "
        "Maybe: offender-mgmt explain says why, and what it would take."
    )


def _table(found: Suggestion, policy: Policy) -> Iterator[str]:
    header = ("#", "day", "time", "duty", "travel", "lead", "crew")
    rows = [_cells(number, offer.spot, policy) for number, offer in enumerate(found.offers, start=1)]
    head, *body = table(header, rows, right=(0, 3, 4))
    yield head
    for line, offer in zip(body, found.offers, strict=True):
        yield line
        for words in _details(offer.spot):
            yield from wrapped(f"   {words}", indent="     ")


def _cells(number: int, spot: Spot, policy: Policy) -> tuple[str, ...]:
    return (
        str(number),
        f"{spot.day:%a %d %b}",
        f"{clock_text(spot.start)}-{clock_text(spot.end)}",
        hours(spot.duty_minutes) if spot.duty_minutes >= 0 else f"-{hours(-spot.duty_minutes)}",
        hours(spot.travel_minutes) if spot.travel_minutes >= 0 else f"-{hours(-spot.travel_minutes)}",
        _continuity(spot),
        " ".join(spot.crew),
    )


def _continuity(spot: Spot) -> str:
    if spot.task.lead_officer in spot.crew:
        return "lead"
    return "deputy" if spot.task.deputy_officer in spot.crew else "-"


def _details(spot: Spot) -> Iterator[str]:
    if spot.trip is not None:
        moved = counted_words(spot.moved_visits, "visit")
        shift = f"; {moved} of it moved, by {spot.moved_minutes} minutes in all" if spot.moved_visits else ""
        where = f"stop {spot.position} of {spot.trip.name}" if spot.trip.name else f"stop {spot.position} of an outing"
        yield f"{where}{shift}."
    elif spot.drive is not None:
        yield "an outing of its own."
    for task in spot.displaced:
        yield f"instead of {task_words(task)[:-1]}; band {task.band + 1}, {task.points:,} risk points."
    if spot.gives_way and not spot.displaced:
        yield f"in the place of {spot.gives_way[0].task_id}, which it does as well."


def spot_words(spot: Spot) -> str:
    """What was put where, in one sentence."""
    when = f"{spot.day:%A} {spot.day}, {clock_text(spot.start)} to {clock_text(spot.end)}"
    instead = "".join(f", instead of {task.task_id}" for task in spot.displaced)
    return f"Put in after planning: {spot.task.task_id} on {when}, by {', '.join(spot.crew)}{instead}."


def _coverage(found: Suggestion) -> list[str]:
    """Risk points done in each band, before and with the best place."""
    with_it = found.offers[0].bands
    rows = [
        (str(i), before.name, f"{before.scheduled:,}", f"{after.scheduled:,}", f"{before.value:,}", f"{after.value:,}")
        for i, (before, after) in enumerate(zip(found.bands, with_it, strict=True), start=1)
    ]
    cells = [(r[0], r[2], r[3], r[4], r[5], r[1]) for r in rows]
    header = ("band", "tasks", "with 1", "points", "with 1", "")
    return ["Done in each band, as published and with place 1:", *table(header, cells, right=(0, 1, 2, 3, 4))]


def places_csv(found: Suggestion) -> bytes:
    """One row for each place."""
    return csv_bytes(COLUMNS, [_row(number, offer.spot) for number, offer in enumerate(found.offers, start=1)])


def _row(number: int, spot: Spot) -> tuple[str, ...]:
    return (
        str(number),
        spot.task.task_id,
        spot.day.isoformat(),
        clock_text(spot.start),
        clock_text(spot.end),
        ";".join(spot.crew),
        spot.trip.name if spot.trip else "",
        str(spot.position),
        str(spot.duty_minutes),
        str(spot.travel_minutes),
        str(spot.moved_visits),
        str(spot.moved_minutes),
        str(spot.continuity),
        ";".join(task.task_id for task in spot.gives_way),
        ";".join(task.task_id for task in spot.displaced),
    )


def places_json(found: Suggestion, due: DueList, policy: Policy) -> bytes:
    """All that is known of the places."""
    document = {
        "schema": SCHEMA,
        "marking": policy.register_checks.marking,
        "week": due.horizon.name,
        "task": found.task.task_id,
        "band": found.task.band + 1,
        "points": found.task.points,
        "free_places": found.count or 0,
        "refused_by_the_check": found.refused,
        "bands": [_band(band) for band in found.bands],
        "places": [_place(number, offer) for number, offer in enumerate(found.offers, start=1)],
    }
    return json_bytes(document)


def _place(number: int, offer: Offer) -> dict[str, object]:
    spot = offer.spot
    named = dict(zip(COLUMNS, _row(number, spot), strict=True))
    counts = {name: int(named[name]) for name in COLUMNS if name in _NUMBERS}
    lists = {"crew": list(spot.crew), "gives_way": [task.task_id for task in spot.gives_way]}
    displaced = [_displaced(task) for task in spot.displaced]
    return {**named, **counts, **lists, "displaced": displaced, "bands": [_band(band) for band in offer.bands]}


_NUMBERS = ("number", "position", "duty_minutes", "travel_minutes", "moved_visits", "moved_minutes", "continuity")


def _displaced(task: Task) -> dict[str, object]:
    return {"task_id": task.task_id, "band": task.band + 1, "points": task.points}


def _band(band: BandFigures) -> dict[str, object]:
    return {"name": band.name, "tasks": band.scheduled, "points": band.value}
