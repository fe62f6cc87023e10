"""Figures made of members a second way: plain Python over plain rows, one measure at a time."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from offender_mgmt.audit.topic import Measure, Topic

Member = dict[str, Any]


class Figure(NamedTuple):
    """One figure of one slice."""

    topic: str
    measure: str
    by: str
    slice: str
    split: str
    value: float | None
    counted: int
    of: int


def bands_of(edges: Iterable[int]) -> list[tuple[str, float, float]]:
    """Label, least and most days of each band."""
    found, low = [], 1
    for edge in edges:
        found.append((f"{low}-{edge}", low, edge))
        low = edge + 1
    return [*found, (f"{low} and more", low, math.inf)]


def ninetieth(values: list[float]) -> float:
    """The smallest value that at least nine in ten do not exceed."""
    for value in sorted(values):
        if 10 * sum(other <= value for other in values) >= 9 * len(values):
            return value
    raise ValueError("no values")


def median(values: list[float]) -> float:
    """The middle value, or halfway between the two in the middle."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def plain_figures(topic: Topic, members: list[Member], edges: Iterable[int], by: str, slice_: str) -> Iterator[Figure]:
    """All figures of one topic over one slice; bands and splits with nobody in them are left out."""
    counted = [m for m in members if m["counted"]]
    values = [m["value"] for m in counted if not math.isnan(m["value"])]
    number, of = len(counted), len(members)

    def figure(measure: Measure, value: float | None, split: str = "", part: int = number) -> Figure:
        return Figure(topic.name, measure.value, by, slice_, split, value, part, of)

    for measure in topic.measures:
        if measure is Measure.NUMBER:
            yield figure(measure, number)
        elif measure is Measure.SHARE:
            yield figure(measure, 100 * number / of if of else None)
        elif measure is Measure.MEDIAN:
            yield figure(measure, median(values) if values else None)
        elif measure is Measure.NINETIETH:
            yield figure(measure, ninetieth(values) if values else None)
        elif measure is Measure.MOST:
            yield figure(measure, max(values) if values else None)
        elif measure is Measure.BANDS:
            for label, low, high in bands_of(edges):
                inside = sum(low <= value <= high for value in values)
                if inside:
                    yield figure(measure, inside, label, inside)
        elif measure is Measure.SPLIT:
            yield from _splits(topic, members, by, slice_)
        elif measure is Measure.PARTS:
            for split, inside in Counter(m["split"] for m in members).items():
                yield figure(measure, inside, split, inside)
        elif measure is Measure.TOTAL:
            yield figure(measure, math.fsum(values))
            sums: dict[str, list[float]] = defaultdict(list)
            for m in counted if Measure.SPLIT in topic.measures else ():
                sums[m["split"]].append(m["value"])
            for split, parts in sums.items():
                yield figure(measure, math.fsum(parts), split, len(parts))
        elif measure is Measure.RATIO:
            per = math.fsum(m["per"] for m in counted if not math.isnan(m["per"]))
            yield figure(measure, math.fsum(values) / per if per > 0 else None)


def _splits(topic: Topic, members: list[Member], by: str, slice_: str) -> Iterator[Figure]:
    """Counted members of each split, of all members or of those of the split."""
    whole = Counter(m["split"] for m in members)
    counted = Counter(m["split"] for m in members if m["counted"])
    for split in whole if topic.each_split_is_a_whole else counted:
        of = whole[split] if topic.each_split_is_a_whole else len(members)
        yield Figure(topic.name, Measure.SPLIT.value, by, slice_, split, counted[split], counted[split], of)
