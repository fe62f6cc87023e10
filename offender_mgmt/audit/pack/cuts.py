"""The main figures side by side: one table for teams, one for officers, one for districts, as asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from offender_mgmt.audit.book import Key
from offender_mgmt.audit.pack.groups import figure_cell
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import Measure
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, joined
from offender_mgmt.pages.tables import Row, table

MOST_SLICES = 60
"""How many stand in one table of the report; all of them stand in the file of figures."""


class Column(NamedTuple):
    """One figure of every team, officer or district."""

    heading: str
    topic: str
    measure: Measure


COLUMNS = (
    Column("visits overdue", "visits-overdue", Measure.NUMBER),
    Column("share", "visits-overdue", Measure.SHARE),
    Column("median", "visits-overdue", Measure.MEDIAN),
    Column("most", "visits-overdue", Measure.MOST),
    Column("covered", "coverage-by-plan", Measure.SHARE),
    Column("never seen", "never-seen", Measure.NUMBER),
    Column("ARMS overdue", "arms-overdue", Measure.NUMBER),
    Column("reviews overdue", "supervisory-reviews-overdue", Measure.NUMBER),
    Column("single-crewed, no authority", "single-crewed-not-authorised", Measure.NUMBER),
)


def cut_sections(told: Told) -> Html:
    """One section for each way the figures are cut."""
    return joined(_sections(told))


def link_to_cut(by: str) -> str:
    """Where on the page it stands."""
    return f"#by-{by}"


def _sections(told: Told) -> Iterator[Html]:
    known = {topic.name for topic in told.audit.topics}
    columns = [column for column in COLUMNS if column.topic in known]
    for by in told.audit.header.by:
        slices = sorted({name for column in columns for name in told.book.slices(column.topic, by)})
        if slices:
            yield section(f"By {by}", link_to_cut(by).removeprefix("#"), _table(told, by, slices, columns))


def _table(told: Told, by: str, slices: list[str], columns: list[Column]) -> Html:
    keys = {name: [Key(c.topic, c.measure.value, by, name) for c in columns] for name in slices}
    shown = sorted(slices, key=lambda name: (-_size(told, keys[name][0]), name))[:MOST_SLICES]
    rows: list[Row] = [(name, *(figure_cell(told, key) for key in keys[name])) for name in shown]
    rest = f": the first {MOST_SLICES} of {len(slices):,}, all are in figures.csv" if len(slices) > MOST_SLICES else ""
    header = (by, *(column.heading for column in columns))
    caption = f"Main figures by {by}, most overdue first{rest}"
    return table(caption, header, rows, numbers=range(1, len(header)), sortable=True, small=True)


def _size(told: Told, key: Key) -> float:
    found = told.book.get(key)
    return -math.inf if found is None else found.value
