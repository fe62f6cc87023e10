"""How each measure is made from members, in every slice at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from offender_mgmt.audit.topic import Measure, Topic

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
Whole = np.ndarray[tuple[int], np.dtype[np.intp]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Part(NamedTuple):
    """One figure in every slice: value, members counted, members in all."""

    split: str
    value: Numbers
    counted: Whole
    of: Whole


@dataclass(frozen=True, slots=True)
class Cut:
    """Members as numbers, cut into slices; splits are numbered in the order in which they are listed."""

    topic: Topic
    edges: tuple[int, ...]
    slices: int
    slice: Whole
    counted: Flags
    value: Numbers
    per: Numbers
    split: Whole
    splits: tuple[str, ...]

    def number(self, where: Flags) -> Whole:
        """How many members of each slice are chosen."""
        return np.bincount(self.slice[where], minlength=self.slices)

    def total(self, column: Numbers, where: Flags) -> Numbers:
        """Sum of a column over the chosen members of each slice."""
        where = where & ~np.isnan(column)
        sums = np.bincount(self.slice[where], weights=column[where], minlength=self.slices)
        return sums.astype(np.float64)

    @property
    def everybody(self) -> Flags:
        """All members."""
        return np.ones(len(self.counted), dtype=np.bool_)


def _whole(cut: Cut, value: Numbers) -> Iterator[Part]:
    """A figure of all counted members together."""
    yield Part("", value, cut.number(cut.counted), cut.number(cut.everybody))


def _number(cut: Cut) -> Iterator[Part]:
    return _whole(cut, cut.number(cut.counted).astype(np.float64))


def _share(cut: Cut) -> Iterator[Part]:
    return _whole(cut, _ratio_of(100 * cut.number(cut.counted), cut.number(cut.everybody)))


def _ratio(cut: Cut) -> Iterator[Part]:
    return _whole(cut, _ratio_of(cut.total(cut.value, cut.counted), cut.total(cut.per, cut.counted)))


def _ratio_of(above: np.ndarray, below: np.ndarray) -> Numbers:
    """One by the other; NaN where the lower one is nothing or less."""
    found = np.full(len(above), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def _ranked(cut: Cut, place: Callable[[Whole], Whole]) -> Numbers:
    """The value that stands at a place among the counted ones of each slice, smallest first; NaN without any."""
    where = cut.counted & ~np.isnan(cut.value)
    codes, values = cut.slice[where], cut.value[where]
    ordered = values[np.lexsort((values, codes))]
    sizes = np.bincount(codes, minlength=cut.slices)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)
    found, some = np.full(cut.slices, np.nan), sizes > 0
    found[some] = ordered[starts[some] + place(sizes[some])]
    return found


def _median(cut: Cut) -> Iterator[Part]:
    lower, upper = _ranked(cut, lambda size: (size - 1) // 2), _ranked(cut, lambda size: size // 2)
    return _whole(cut, (lower + upper) / 2)


def _ninetieth(cut: Cut) -> Iterator[Part]:
    return _whole(cut, _ranked(cut, lambda size: (9 * size + 9) // 10 - 1))


def _most(cut: Cut) -> Iterator[Part]:
    return _whole(cut, _ranked(cut, lambda size: size - 1))


def _bands(cut: Cut) -> Iterator[Part]:
    if np.isnan(cut.value[cut.counted]).any():
        raise ValueError(f"{cut.topic.name}: a member that counts stands in no band without a value")
    band = np.searchsorted(np.array(cut.edges), cut.value, side="left")
    of = cut.number(cut.everybody)
    for number, label in enumerate(band_labels(cut.edges)):
        counted = cut.number(cut.counted & (band == number))
        yield Part(label, counted.astype(np.float64), counted, of)


def band_labels(edges: Sequence[int]) -> list[str]:
    """``1-7``, ``8-30``, ..., ``181 and more``."""
    lows = [1, *(edge + 1 for edge in edges)]
    return [*(f"{low}-{edge}" for low, edge in zip(lows, edges, strict=False)), f"{lows[-1]} and more"]


def _split(cut: Cut) -> Iterator[Part]:
    of = cut.number(cut.everybody)
    is_whole = cut.topic.each_split_is_a_whole
    for label, inside in _listed_splits(cut, cut.everybody if is_whole else cut.counted):
        counted = cut.number(cut.counted & inside)
        whole = cut.number(inside) if is_whole else of
        yield Part(label, counted.astype(np.float64), counted, whole)


def _parts(cut: Cut) -> Iterator[Part]:
    of = cut.number(cut.everybody)
    for label, inside in _listed_splits(cut, cut.everybody):
        counted = cut.number(inside)
        yield Part(label, counted.astype(np.float64), counted, of)


def _total(cut: Cut) -> Iterator[Part]:
    yield from _whole(cut, cut.total(cut.value, cut.counted))
    if Measure.SPLIT in cut.topic.measures:
        of = cut.number(cut.everybody)
        for label, inside in _listed_splits(cut, cut.counted):
            where = cut.counted & inside
            yield Part(label, cut.total(cut.value, where), cut.number(where), of)


def _listed_splits(cut: Cut, where: Flags) -> Iterator[tuple[str, Flags]]:
    """The splits that are always listed, and those that occur among the members chosen."""
    present = set(np.unique(cut.split[where]).tolist())
    for number, label in enumerate(cut.splits):
        if number in present or label in cut.topic.splits:
            yield label, cut.split == number


MEASURES: dict[Measure, Callable[[Cut], Iterator[Part]]] = {
    Measure.NUMBER: _number,
    Measure.SHARE: _share,
    Measure.MEDIAN: _median,
    Measure.NINETIETH: _ninetieth,
    Measure.MOST: _most,
    Measure.BANDS: _bands,
    Measure.SPLIT: _split,
    Measure.PARTS: _parts,
    Measure.TOTAL: _total,
    Measure.RATIO: _ratio,
}
