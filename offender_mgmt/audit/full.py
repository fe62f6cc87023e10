"""Every figure of an audit as plain text tables."""

from __future__ import annotations

from collections.abc import Iterator

from offender_mgmt.audit.book import FORCE, Figure, FigureBook, row_words
from offender_mgmt.audit.figures import NONE
from offender_mgmt.audit.privacy import shows_splits
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.words import quantity
from offender_mgmt.report.table import heading, table, wrapped
from offender_mgmt.vocabulary import RiskLevel

LONGEST_LABEL = 34
ACROSS = (
    Measure.NUMBER,
    Measure.SHARE,
    Measure.MEDIAN,
    Measure.NINETIETH,
    Measure.MOST,
    Measure.TOTAL,
    Measure.RATIO,
)
"""What is told of each team, officer or district: one figure each, no splits."""


def full_lines(told: Told) -> Iterator[str]:
    """All groups, one table for each topic and one for each way it is cut by; at most 80 columns."""
    for number, group in enumerate(Group, 1):
        topics = [topic for topic in told.audit.topics if topic.group is group]
        yield from heading(f"{number} {group.value}") if topics else ()
        for topic in topics:
            yield ""
            yield from wrapped(f"{topic.title} ({topic.name})")
            yield from _topic_lines(told.book, topic)
            for by in told.audit.header.by:
                yield from _cut_lines(told.book, topic, by)


def _topic_lines(book: FigureBook, topic: Topic) -> list[str]:
    columns = book.columns(topic)
    rows: list[tuple[str, ...]] = []
    for measure, split in book.rows(topic):
        if split and not shows_splits(topic):
            continue
        found = [book.find(topic.name, measure, by, name, split) for by, name in columns]
        rows.append((shortened(row_words(topic, measure, split)), *(_short(f, measure, topic) for f in found)))
        if measure is Measure.NUMBER and Measure.SHARE in topic.measures:
            rows.append(("out of", *(f"{f.of:,}" if f else "-" for f in found)))
    if not rows:
        return ["  nothing measured"]
    header = ("", *(column_words(by, name) for by, name in columns))
    return table(header, rows, right=range(1, len(header)))


def column_words(by: str, name: str) -> str:
    """Heading of a column."""
    return RiskLevel(name).words if by == "tier" and name in set(RiskLevel) else name


def shortened(label: str, longest: int = LONGEST_LABEL) -> str:
    """The label, cut where it leaves no room for the figures."""
    return label if len(label) <= longest else label[: longest - 3].rstrip() + "..."


def _short(figure: Figure | None, measure: Measure, topic: Topic) -> str:
    """A figure without what the heading of its row says already."""
    if figure is None:
        return "-"
    if measure is Measure.SPLIT and topic.each_split_is_a_whole:
        return f"{figure.counted:,}/{figure.of:,}"
    if measure in (Measure.NUMBER, Measure.SPLIT, Measure.PARTS, Measure.BANDS):
        return f"{figure.counted:,}"
    if measure is Measure.SHARE or figure.value != figure.value:
        return figure.words
    return quantity(figure.value, "")


def _cut_lines(book: FigureBook, topic: Topic, by: str) -> list[str]:
    slices = [name for name in book.slices(topic.name, by) if name != NONE or by != FORCE]
    measures = [measure for measure in ACROSS if measure in topic.measures]
    rows = [
        (name, *(_short(book.find(topic.name, measure, by, name), measure, topic) for measure in measures))
        for name in slices
    ]
    header = (by, *(row_words(topic, measure, "") for measure in measures))
    return ["", *table(header, rows, right=range(1, len(header)))] if rows and measures else []
