"""Looking figures up by name, and which rows and columns a table of them has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from offender_mgmt.audit.figures import NONE
from offender_mgmt.audit.topic import Measure, Topic

FORCE, TIER = "force", "tier"


class Key(NamedTuple):
    """Which figure it is: the columns of ``figures.csv`` up to ``split``."""

    topic: str
    measure: str
    by: str = FORCE
    slice: str = "all"
    split: str = ""

    def __str__(self) -> str:
        return "|".join(self)


class Figure(NamedTuple):
    """One figure; see :data:`offender_mgmt.audit.figures.FIGURE_COLUMNS`."""

    value: float
    counted: int
    of: int
    words: str


class FigureBook:
    """All figures of an audit by key."""

    def __init__(self, figures: pd.DataFrame) -> None:
        keys = map(Key._make, zip(*(figures[name].tolist() for name in Key._fields), strict=True))
        rows = map(Figure._make, zip(*(figures[name].tolist() for name in Figure._fields), strict=True))
        self._figures: dict[Key, Figure] = dict(zip(keys, rows, strict=True))
        self._of: dict[str, list[Key]] = {}
        self._slices: dict[tuple[str, str], dict[str, None]] = {}
        for key in self._figures:
            self._slices.setdefault((key.topic, key.by), {})[key.slice] = None
            self._of.setdefault(key.topic, []).append(key)

    def of_topic(self, topic: str) -> list[tuple[Key, Figure]]:
        """Every figure of a topic."""
        return [(key, self._figures[key]) for key in self._of.get(topic, ())]

    def find(
        self, topic: str, measure: Measure, by: str = FORCE, slice_: str = "all", split: str = ""
    ) -> Figure | None:
        """The figure asked for, if the audit has it."""
        return self.get(Key(topic, measure.value, by, slice_, split))

    def get(self, key: Key) -> Figure | None:
        """The figure of a key, if the audit has it."""
        return self._figures.get(key)

    def counted(self, topic: str, by: str = FORCE, slice_: str = "all") -> int:
        """How many members of a topic are counted; none where the audit lacks the topic."""
        found = self.find(topic, Measure.NUMBER, by, slice_)
        return found.counted if found else 0

    def words(self, topic: str, measure: Measure, by: str = FORCE, slice_: str = "all") -> str:
        """A figure as people read it; a dash where the audit lacks it."""
        found = self.find(topic, measure, by, slice_)
        return found.words if found else "-"

    def rows(self, topic: Topic) -> list[tuple[Measure, str]]:
        """The rows of a topic's table: each measure with each split that some column has."""
        table = (key for key in self._of.get(topic.name, ()) if key.by in (FORCE, TIER))
        seen = dict.fromkeys((Measure(key.measure), key.split) for key in table)
        splits = dict.fromkeys(split for _, split in seen)
        order = {name: number for number, name in enumerate((*topic.splits, *splits))}
        return sorted(seen, key=lambda row: (topic.measures.index(row[0]), _place(row, order)))

    def columns(self, topic: Topic) -> list[tuple[str, str]]:
        """The columns of a topic's table: the force, then the tiers if the topic has any."""
        return [(by, name) for by in (FORCE, TIER) for name in self._slices.get((topic.name, by), ())]

    def slices(self, topic: str, by: str) -> list[str]:
        """Teams, officers or districts that a topic is cut by."""
        return list(self._slices.get((topic, by), ()))


def _place(row: tuple[Measure, str], order: Mapping[str, int]) -> int:
    """Bands and weeks stand as they come; known splits as the topic lists them."""
    return order[row[1]] if row[1] else -1


def row_words(topic: Topic, measure: Measure, split: str) -> str:
    """Heading of a table's row."""
    unit = topic.ratio_unit if measure is Measure.RATIO else topic.unit
    match measure:
        case Measure.BANDS:
            return f"{split} {unit}".rstrip()
        case Measure.SPLIT | Measure.PARTS:
            return split or NONE
        case Measure.TOTAL:
            return f"{split}, {unit}" if split else f"total, {unit}"
        case Measure.NUMBER | Measure.SHARE:
            return measure.value
        case _:
            return f"{measure.value}, {unit}" if unit else measure.value
