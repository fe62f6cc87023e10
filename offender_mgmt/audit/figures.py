"""From the members of a topic to its figures, by force, tier and whatever else is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from offender_mgmt.audit.measures import MEASURES, Cut, Part, Whole
from offender_mgmt.audit.topic import Measure, Topic
from offender_mgmt.audit.words import in_words
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import RiskLevel

FIGURE_COLUMNS = ("topic", "measure", "by", "slice", "split", "value", "counted", "of", "words")
"""One row per figure; ``counted`` and ``of`` are the members behind it, ``words`` is how people read it."""
BY = ("team", "officer", "district")
"""What figures can be cut by beside the force and the tier; columns of the members."""
NONE = "(none)"
"""The slice of members without a tier, team, officer or district."""


def figures_of(topic: Topic, members: pd.DataFrame, policy: Policy, by: Sequence[str] = ()) -> pd.DataFrame:
    """The figures of one topic, one row each, as :data:`FIGURE_COLUMNS` has them.

    Parameters
    ----------
    members
        Rows as the topic makes them.
    by
        Columns of :data:`BY` to cut by, beside the force as a whole and the tier.
    """
    rows: list[tuple[object, ...]] = []
    for name, slices, codes in _slicings(members, by):
        cut = _cut(topic, members, policy, len(slices), codes)
        for measure in topic.measures:
            rows += _rows(topic, measure, name, slices, list(MEASURES[measure](cut)))
    figures = pd.DataFrame(rows, columns=list(FIGURE_COLUMNS))
    return figures.astype({"value": "float64", "counted": "int64", "of": "int64"})


def _slicings(members: pd.DataFrame, by: Sequence[str]) -> Iterator[tuple[str, list[str], Whole]]:
    """Name, slices and each member's slice of every way to cut; a topic without tiers is not cut by tier."""
    yield "force", ["all"], np.zeros(len(members), dtype=np.intp)
    tiers = members["tier"].to_numpy(dtype=object)
    if len(tiers) == 0 or (tiers != "").any():
        yield ("tier", *_numbered(tiers, [level.value for level in RiskLevel]))
    for column in by:
        yield (column, *_numbered(members[column].to_numpy(dtype=object), []))


def _numbered(texts: np.ndarray, first: Sequence[str]) -> tuple[list[str], Whole]:
    """The texts in order (those given first, blank last) and the number of each row's text."""
    codes, found = pd.factorize(texts)
    others = sorted(set(found) - set(first) - {""})
    names = [*first, *others, *([""] if "" in found else [])]
    place = {name: number for number, name in enumerate(names)}
    order = np.array([place[name] for name in found], dtype=np.intp)
    return [name or NONE for name in names], order[codes] if len(codes) else np.zeros(0, dtype=np.intp)


def _cut(topic: Topic, members: pd.DataFrame, policy: Policy, slices: int, codes: Whole) -> Cut:
    splits, split = _numbered(members["split"].to_numpy(dtype=object), topic.splits)
    return Cut(
        topic=topic,
        edges=policy.audit.overdue_band_days,
        slices=slices,
        slice=codes,
        counted=members["counted"].to_numpy(dtype=np.bool_),
        value=members["value"].to_numpy(dtype=np.float64),
        per=members["per"].to_numpy(dtype=np.float64),
        split=split,
        splits=tuple(splits),
    )


def _rows(
    topic: Topic, measure: Measure, by: str, slices: list[str], parts: list[Part]
) -> Iterator[tuple[object, ...]]:
    for number, name in enumerate(slices):
        for part in parts:
            value, counted, of = float(part.value[number]), int(part.counted[number]), int(part.of[number])
            words = in_words(topic, measure, value, counted, of)
            yield topic.name, measure.value, by, name, part.split, value, counted, of, words
