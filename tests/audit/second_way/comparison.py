"""Holds the audit's members against the second way's, topic by topic."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pandas as pd
from audit.second_way.rows import Question, Row

from offender_mgmt.audit.topic import Topic

PLACES = 6


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
        Row(m["offender_ref"] or m["officer"], m["item"], bool(m["counted"]), m["value"], m["per"], m["split"])
        for m in members.to_dict("records")
    ]


def differences(topic: Topic, members: pd.DataFrame, expected: list[Row]) -> tuple[Counter[Any], Counter[Any]]:
    """Members the audit has too many, and too few."""
    found = Counter(key(row, topic) for row in rows_of(members))
    wanted = Counter(key(row, topic) for row in expected)
    return found - wanted, wanted - found


def wrong_places(members: pd.DataFrame, question: Question) -> list[str]:
    """Members whose team, tier or lead are not those of the nominal as at the day."""
    wrong = []
    for m in members.to_dict("records"):
        person = question.now.person.get(m["offender_ref"])
        if person is not None and (m["team"], m["tier"]) != (person.offender.team, person.level):
            wrong.append(f"{m['offender_ref']}: {m['team']} {m['tier']}")
    return wrong
