"""Two audits, one after the other: which figures changed, and which nominals moved in and out of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from offender_mgmt.audit.book import FigureBook
from offender_mgmt.audit.saved import SavedAudit
from offender_mgmt.errors import UsageError

CAME, WENT, STAYED = "came in", "went out", "stayed"
NOT_ON_FILE = "not on file"
FIGURE_CHANGES = (
    "topic",
    "measure",
    "by",
    "slice",
    "split",
    "value_before",
    "value_after",
    "change",
    "words_before",
    "words_after",
)
"""One row per figure that differs; a figure that only one of the audits has is blank in the other."""
MOVE_COLUMNS = (
    "topic",
    "offender_ref",
    "move",
    "where_before",
    "where_after",
    "tier_before",
    "tier_after",
    "team_before",
    "team_after",
    "value_before",
    "value_after",
)
"""One row per topic and nominal that is counted in it before or after."""


class Where(NamedTuple):
    """Where a nominal stood: in the community, in custody, ..., at which level, in which team."""

    place: str
    tier: str
    team: str


NOWHERE = Where(NOT_ON_FILE, "", "")


@dataclass(frozen=True)
class Comparison:
    """Two audits side by side.

    Raises
    ------
    UsageError
        When the first is as at a later day than the second.
    """

    before: SavedAudit
    after: SavedAudit

    def __post_init__(self) -> None:
        if self.before.day > self.after.day:
            raise UsageError(
                f"The first audit is as at {self.before.day}, the second as at {self.after.day}."
                " Maybe: give them the other way round."
            )

    @cached_property
    def books(self) -> tuple[FigureBook, FigureBook]:
        """The figures of both."""
        return FigureBook(self.before.figures), FigureBook(self.after.figures)

    @cached_property
    def wheres(self) -> tuple[Mapping[str, Where], Mapping[str, Where]]:
        """Where every nominal stood, before and after."""
        return _wheres(self.before), _wheres(self.after)

    def unlike(self) -> list[str]:
        """What else than the register differs, so that figures may have changed for another reason."""
        return list(_unlike(self.before, self.after))

    def figure_changes(self) -> pd.DataFrame:
        """Figures that differ, as :data:`FIGURE_CHANGES` has them, in the order of the later audit."""
        key = ["topic", "measure", "by", "slice", "split"]
        kept = [*key, "value", "words"]
        both = self.after.figures[kept].merge(
            self.before.figures[kept], on=key, how="outer", suffixes=("_after", "_before"), sort=False
        )
        both["change"] = both["value_after"] - both["value_before"]
        differs = both["words_after"].ne(both["words_before"]) | both["change"].abs().gt(0)
        return both.loc[differs, list(FIGURE_CHANGES)].fillna({"words_before": "", "words_after": ""})

    def topics_of_nominals(self) -> list[str]:
        """Topics whose members are nominals, in order: who moved can be said of these."""
        shared = (name for name in self.after.members if name in self.before.members)
        return [name for name in shared if _is_of_nominals(self.before, name) and _is_of_nominals(self.after, name)]

    def moves(self, topic: str) -> pd.DataFrame:
        """Who came in, went out and stayed in a topic, as :data:`MOVE_COLUMNS` has them, by reference."""
        values = [_values(audit.members[topic]) for audit in (self.before, self.after)]
        rows = []
        for ref in sorted({*values[0], *values[1]}):
            move = STAYED if ref in values[0] and ref in values[1] else CAME if ref in values[1] else WENT
            was, now = (wheres.get(ref, NOWHERE) for wheres in self.wheres)
            pairs = [part for pair in zip(was, now, strict=True) for part in pair]
            rows.append((topic, ref, move, *pairs, *(value.get(ref, float("nan")) for value in values)))
        kinds = {"value_before": "float64", "value_after": "float64"}
        return pd.DataFrame(rows, columns=list(MOVE_COLUMNS)).astype(kinds)

    def all_moves(self) -> pd.DataFrame:
        """The moves in every topic of nominals."""
        return pd.concat([self.moves(name) for name in self.topics_of_nominals()], ignore_index=True)

    def changed_places(self) -> dict[str, list[str]]:
        """Nominals who are somewhere else or at another level, by what changed (``low -> medium``)."""
        found: dict[str, list[str]] = defaultdict(list)
        was, now = self.wheres
        for ref in sorted({*was, *now}):
            first, last = was.get(ref, NOWHERE), now.get(ref, NOWHERE)
            if first.place != last.place:
                found[f"{first.place} -> {last.place}"].append(ref)
            if first.tier != last.tier and NOWHERE not in (first, last):
                found[f"{_words(first.tier)} -> {_words(last.tier)}"].append(ref)
        return dict(sorted(found.items()))


def _words(tier: str) -> str:
    return tier.replace("_", " ")


def _wheres(audit: SavedAudit) -> dict[str, Where]:
    rows = audit.members.get("population", pd.DataFrame(columns=["offender_ref", "split", "tier", "team"]))
    return {
        ref: Where(*row)
        for ref, *row in rows[["offender_ref", "split", "tier", "team"]].itertuples(index=False, name=None)
    }


def _is_of_nominals(audit: SavedAudit, topic: str) -> bool:
    rows = audit.members[topic]
    return bool((rows["offender_ref"] != "").all() and (rows["item"] == "").all() and rows["offender_ref"].is_unique)


def _values(rows: pd.DataFrame) -> dict[str, float]:
    return dict(zip(rows["offender_ref"], rows["value"], strict=True))


def _unlike(before: SavedAudit, after: SavedAudit) -> Iterator[str]:
    if before.teams != after.teams:
        yield f"Teams: {_listed(before.teams)} before, {_listed(after.teams)} after."
    if before.version != after.version:
        yield f"Program: version {before.version} before, {after.version} after."
    if before.policy != after.policy:
        yield f"Policy: {before.policy} before, {after.policy} after."
    lengths = [(audit.day - audit.period_from).days + 1 for audit in (before, after)]
    if lengths[0] != lengths[1]:
        yield f"Period: {lengths[0]} days before, {lengths[1]} after."
    old, new = _settings(before), _settings(after)
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield f"Policy: {key} {old.get(key, 'not set')} before, {new.get(key, 'not set')} after."


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"


def _settings(audit: SavedAudit) -> dict[str, object]:
    """Every setting by section and key."""
    sections = ((name, values) for name, values in audit.settings.items() if isinstance(values, dict))
    return {f"{name}.{key}": value for name, values in sections for key, value in values.items()}
