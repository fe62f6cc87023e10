"""The pictures of the report; every one is a table too."""

from __future__ import annotations

import math
from collections.abc import Iterator

from offender_mgmt.audit.book import FORCE, TIER
from offender_mgmt.audit.questions import trend
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import Measure
from offender_mgmt.audit.words import quantity, share_in_words
from offender_mgmt.pages.charts import Bar, Line, bars, lines
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import table
from offender_mgmt.vocabulary import RiskLevel

TRENDS = (("trend", "home visits"), ("trend-arms", "ARMS interviews"), ("trend-supervisory", "supervisory reviews"))
MOST_OFFICERS = 20


def pictures(told: Told) -> Html:
    """All pictures for which there are figures."""
    beside = [chart for chart in (_overdue(told), _coverage(told), _weekdays(told), _hours(told)) if chart]
    below = [chart for chart in (_demand(told), _caseloads(told)) if chart]
    return section(
        "Pictures",
        "pictures",
        joined(_trends(told)),
        element("div", beside, class_="beside"),
        element("div", below, class_="beside"),
    )


def _overdue(told: Told) -> Html | None:
    found = told.book.of_topic("visits-overdue")
    bands = list(dict.fromkeys(key.split for key, _ in found if key.measure == Measure.BANDS))
    counts = {(key.slice, key.split): figure.value for key, figure in found if key.measure == Measure.BANDS}
    rows = [
        Bar(
            level.words,
            tuple(counts[level.value, band] for band in bands),
            (told.book.words("visits-overdue", Measure.NUMBER, TIER, level.value),),
        )
        for level in RiskLevel
        if any((level.value, band) in counts for band in bands)
    ]
    legend = [f"{band} days" for band in bands]
    return bars("Visits overdue, by how many days", ("risk level", "overdue"), rows, legend=legend) if rows else None


def _coverage(told: Told) -> Html | None:
    rows = []
    for level in RiskLevel:
        for topic, words, tone in (("coverage-by-plan", "plan", 1), ("coverage-by-tier", "level", 2)):
            found = told.book.find(topic, Measure.SHARE, TIER, level.value)
            if found and not math.isnan(found.value):
                number = f"{found.counted:,} of {found.of:,}"
                rows.append(Bar(f"{level.words}, by {words}", (found.value,), (number, found.words), tone))
    header = ("interval of", "covered", "share")
    return bars("Seen inside the interval", header, rows, longest=100) if rows else None


def _weekdays(told: Told) -> Html | None:
    return _spread(told, "weekday-spread", "Successful visits by day of the week", "day")


def _hours(told: Told) -> Html | None:
    return _spread(told, "hour-spread", "Successful visits by time of day", "time")


def _spread(told: Told, topic: str, caption: str, first: str) -> Html | None:
    found = [
        (key.split, figure)
        for key, figure in told.book.of_topic(topic)
        if key.by == FORCE and key.measure in (Measure.SPLIT, Measure.PARTS)
    ]
    whole = sum(figure.value for _, figure in found)
    rows = [
        Bar(name or "(none)", (figure.value,), (f"{figure.counted:,}", share_in_words(100 * figure.value / whole)))
        for name, figure in found
        if whole
    ]
    return bars(caption, (first, "visits", "share"), rows) if rows else None


def _demand(told: Told) -> Html | None:
    parts = (("demand-hours", "overdue or due"), ("capacity-hours", "on duty"))
    rows = []
    for tone, (topic, words) in enumerate(parts, 1):
        found = told.book.find(topic, Measure.TOTAL)
        if found:
            rows.append(Bar(words, (found.value,), (quantity(found.value, ""),), tone))
    return bars("The next seven days in officers' hours", ("hours", "hours"), rows) if len(rows) > 1 else None


def _caseloads(told: Told) -> Html | None:
    members = told.audit.members.get("caseload-of-officers")
    if members is None or not len(members):
        return None
    line = told.policy_file.policy.audit.caseload_per_fte
    first = members.sort_values(["value", "officer"], ascending=[False, True]).head(MOST_OFFICERS)
    rows = [
        Bar(str(officer), (float(value),), (quantity(float(value), ""),), 4 if value > line else 1)
        for officer, value in zip(first["officer"], first["value"], strict=True)
    ]
    of = f", the first {MOST_OFFICERS} of {len(members)}" if len(members) > MOST_OFFICERS else ""
    caption = f"Nominals for each full-time officer (the mark: {line:g}){of}"
    return bars(caption, ("officer", "nominals"), rows, mark=float(line))


def _trends(told: Told) -> Iterator[Html]:
    found = {words: dict(trend(told, topic)) for topic, words in TRENDS}
    found = {words: weeks for words, weeks in found.items() if weeks}
    days = sorted({day for weeks in found.values() for day in weeks})
    if len(days) < 2:
        return
    labels = [f"{int(day[8:])}/{int(day[5:7])}" for day in days]
    rows = [Line(words, tuple(weeks.get(day) for day in days)) for words, weeks in found.items()]
    yield lines("Share overdue at the end of each week, per cent", labels, rows, unit=" %")
    cells = (
        (day, *("-" if (share := weeks.get(day)) is None else share_in_words(share) for weeks in found.values()))
        for day in reversed(days)
    )
    yield table("Share overdue, week by week", ("week to", *found), cells, numbers=range(1, len(found) + 1), small=True)
