"""Two audits on a screen: main figures before and after, who moved, and what else differs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from offender_mgmt.audit.book import FORCE, TIER, Figure
from offender_mgmt.audit.compare import CAME, STAYED, WENT, Comparison
from offender_mgmt.audit.full import column_words, shortened
from offender_mgmt.audit.told import day_words
from offender_mgmt.audit.topic import Measure
from offender_mgmt.audit.words import quantity
from offender_mgmt.report.table import counted_words, heading, table, wrapped
from offender_mgmt.vocabulary import RiskLevel

MAIN: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    ("population", (Measure.NUMBER,)),
    ("coverage-by-plan", (Measure.SHARE,)),
    ("visits-overdue", (Measure.NUMBER, Measure.SHARE, Measure.MEDIAN, Measure.MOST)),
    ("visits-overdue-by-tier", (Measure.NUMBER,)),
    ("visits-overdue-risk", (Measure.TOTAL,)),
    ("overdue-but-put-off", (Measure.NUMBER,)),
    ("single-crewed-not-authorised", (Measure.NUMBER,)),
    ("arms-overdue", (Measure.NUMBER, Measure.MOST)),
    ("supervisory-reviews-overdue", (Measure.NUMBER, Measure.MOST)),
    ("reactive", (Measure.NUMBER,)),
    ("reactive-triggers", (Measure.NUMBER,)),
    ("never-seen", (Measure.NUMBER,)),
    ("long-unseen", (Measure.NUMBER,)),
    ("caseload-per-fte", (Measure.RATIO,)),
)
"""Figures shown without being asked for: what the ten questions rest on."""
MOVED = ("visits-overdue", "arms-overdue", "supervisory-reviews-overdue", "never-seen", "undecided-no-replies")
"""Topics of which it is said who moved, without being asked for."""
LONGEST_TITLE = 33
COUNTS = (Measure.NUMBER, Measure.SHARE)


def comparison_lines(found: Comparison, topics: Sequence[str] = ()) -> Iterator[str]:
    """Everything, at most 80 columns wide.

    Parameters
    ----------
    topics
        Of which to say who moved; the main ones if not given.
    """
    yield found.after.marking
    yield from wrapped(f"From {day_words(found.before.day)} to {day_words(found.after.day)}: what changed")
    for words in found.unlike():
        yield from wrapped(f"Not alike. {words}")
    yield from heading("Main figures")
    yield from table(("figure", "before", "after", "change"), list(_figures(found)), right=(1, 2, 3))
    yield from heading("Where nominals are, and their risk level")
    yield from _lists(found.changed_places()) or ["Nobody moved."]
    known = found.topics_of_nominals()
    for topic in topics or [name for name in MOVED if name in known]:
        yield from heading(f"{found.after.titles.get(topic, topic)} ({topic})")
        yield from _moves(found, topic)


def _figures(found: Comparison) -> Iterator[tuple[str, str, str, str]]:
    for topic, measures in MAIN:
        title = found.after.titles.get(topic)
        if title is None:
            continue
        yield _row(found, shortened(title, LONGEST_TITLE), topic, measures[0])
        for measure in measures[1:]:
            yield _row(found, f"  {measure.value}{'' if measure in COUNTS else ', days'}", topic, measure)
        for level in RiskLevel if topic == "visits-overdue" else ():
            yield _row(found, f"  {column_words(TIER, level.value)}", topic, Measure.NUMBER, TIER, level.value)


def _row(
    found: Comparison, label: str, topic: str, measure: Measure, by: str = FORCE, slice_: str = "all"
) -> tuple[str, str, str, str]:
    was, now = (book.find(topic, measure, by, slice_) for book in found.books)
    if was is None or now is None:
        return label, _short(was, measure), _short(now, measure), "-"
    return label, _short(was, measure), _short(now, measure), change_words(now.value - was.value, measure)


def _short(figure: Figure | None, measure: Measure) -> str:
    """As people read it, units left to the label."""
    if figure is None or (measure not in COUNTS and math.isnan(figure.value)):
        return "-"
    return figure.words if measure in COUNTS else quantity(figure.value, "")


def change_words(change: float, measure: Measure) -> str:
    """``+4``, ``-0.3 points``, ``same``; a dash where one of the two has no value."""
    if math.isnan(change):
        return "-"
    number = f"{change:+,.1f}".removesuffix(".0")
    if float(number.replace(",", "")) == 0:
        return "same"
    return f"{number} points" if measure is Measure.SHARE else number


def _moves(found: Comparison, topic: str) -> Iterator[str]:
    """How many came, went and stayed; of those who moved, where they had been or where they are now."""
    moves = found.moves(topic)
    for move, column, when in ((CAME, "where_before", "before"), (WENT, "where_after", "now")):
        rows = moves[moves["move"] == move]
        yield f"{len(rows):,} {move}"
        by_place = {f"{place} {when}": list(part["offender_ref"]) for place, part in rows.groupby(column)}
        yield from _lists(by_place)
    yield f"{int((moves['move'] == STAYED).sum()):,} {STAYED}"


def _lists(lists: dict[str, list[str]]) -> list[str]:
    """``  low -> medium, 2 nominals: RSO-000001, RSO-000002``."""
    return [
        line
        for words, refs in lists.items()
        for line in wrapped(f"  {words}, {counted_words(len(refs), 'nominal')}: {', '.join(refs)}", indent="    ")
    ]
