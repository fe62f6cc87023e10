"""Holds the audit's members against the second way's, topic by topic."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
from audit.second_way.book import Person
from audit.second_way.plain_figures import Figure, plain_figures
from audit.second_way.rows import Question, Row

from offender_mgmt.audit.topic import Measure, Topic

PLACES = 6
LEVELS = ("very_high", "high", "medium", "low")
BY = ("team", "officer", "district")


def key(row: Row, topic: Topic) -> tuple[Any, ...]:
    """A row as compared: the numbers and the kind only where they count for a figure."""
    counted = bool(row.counted)
    split = row.split if counted and topic.split else ""
    value = _plain(row.value) if counted and topic.value else None
    return (row.who, row.item, counted, value, _plain(row.per) if counted and topic.per else None, split)


def _plain(number: float) -> float | None:
    return None if math.isnan(number) else round(float(number), PLACES)


def rows_of(members: pd.DataFrame) -> list[Row]:
    """The audit's members as the second way writes them."""
    return [
        Row(
            m["offender_ref"] or m["officer"] or m["team"],
            m["item"],
            bool(m["counted"]),
            m["value"],
            m["per"],
            m["split"],
        )
        for m in members.to_dict("records")
    ]


def differences(topic: Topic, members: pd.DataFrame, expected: list[Row]) -> tuple[Counter[Any], Counter[Any]]:
    """Members the audit has too many, and too few."""
    found = Counter(key(row, topic) for row in rows_of(members))
    wanted = Counter(key(row, topic) for row in expected)
    return found - wanted, wanted - found


def wrong_places(topic: Topic, members: pd.DataFrame, question: Question) -> list[str]:
    """Members whose team, tier, lead or district are not those of the nominal as at the day (of the trend's week)."""
    wrong = []
    for m in members.to_dict("records"):
        book = question.book(date.fromisoformat(m["split"])) if topic.name.startswith("trend") else question.now
        person = book.person.get(m["offender_ref"])
        place = (m["team"], m["tier"], m["officer"], m["district"])
        if person is not None and place != _place_of(person):
            wrong.append(f"{m['offender_ref']}: {place}")
    return wrong


def _place_of(person: Person) -> tuple[str, str, str, str]:
    o = person.offender
    return (o.team, person.level, o.lead_officer or "", o.locality)


def figures_of_frame(figures: pd.DataFrame, topic: Topic) -> set[tuple[Any, ...]]:
    """One topic's figures, rounded; bands and splits with nobody in them left out."""
    rows = figures[figures["topic"] == topic.name].to_dict("records")
    listed = [Figure(*(row[name] for name in Figure._fields)) for row in rows]
    return {_rounded(figure) for figure in listed if not figure.split or _has_members(figure, topic)}


def _has_members(figure: Figure, topic: Topic) -> int:
    is_whole = topic.each_split_is_a_whole and figure.measure == Measure.SPLIT.value
    return figure.of if is_whole else figure.counted


def _rounded(figure: Figure) -> tuple[Any, ...]:
    value = None if figure.value is None else _plain(figure.value)
    return (*figure[:5], value, int(figure.counted), int(figure.of))


def figures_of_members(topic: Topic, members: pd.DataFrame, edges: Iterable[int]) -> set[tuple[Any, ...]]:
    """The same figures made of the members in plain Python: for the force, by tier and by all of ``BY``."""
    records = members.to_dict("records")
    slices: dict[tuple[str, str], list[Any]] = defaultdict(list, {("force", "all"): records})
    if not records or any(m["tier"] for m in records):
        slices |= {("tier", level): [] for level in LEVELS}
    for column in ("tier", *BY):
        for m in records:
            if column != "tier" or ("tier", LEVELS[0]) in slices:
                slices[column, m[column] or "(none)"].append(m)
    made = (f for (by, name), part in slices.items() for f in plain_figures(topic, part, edges, by, name))
    return {_rounded(figure) for figure in made}
