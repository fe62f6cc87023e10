"""The thirteen groups of figures as tables, with the worst of the list behind each."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from offender_mgmt.audit.book import Key, row_words
from offender_mgmt.audit.full import column_words
from offender_mgmt.audit.privacy import shows_detail, shows_splits
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import MEMBER_COLUMNS, Group, Measure, Topic
from offender_mgmt.audit.words import quantity
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import Cell, Row, table
from offender_mgmt.vocabulary import RiskLevel

WORST = 10
"""How many rows of a list stand in the report; the others are in the files."""
HEADINGS = {"offender_ref": "nominal", "item": "visit or task", "tier": "risk level"}
GOOD = frozenset({"on-time", "arms-on-time", "supervisory-on-time"})
"""Topics that count what is well: the list of it is not for the report."""
LISTED = frozenset(
    {
        "predictable",
        "single-crewed-not-authorised",
        "unaccredited",
        "reactive-not-eligible",
        "register-ending",
        "orders-ending",
        "no-lead-officer",
        "no-position",
        "address-void",
        "not-placed",
    }
)
"""Topics without a largest value whose list is looked at nevertheless."""


def group_sections(told: Told) -> Html:
    """All groups in order."""
    parts = []
    for number, group in enumerate(Group, 1):
        topics = [topic for topic in told.audit.topics if topic.group is group]
        if topics:
            content = joined(_topic(told, topic) for topic in topics)
            parts.append(section(f"{number} {group.value}", group.name.lower(), content))
    return joined(parts)


def link_to_definition(topic: Topic) -> str:
    """Where on the page a topic is defined."""
    return f"#definition-{topic.name}"


def _topic(told: Told, topic: Topic) -> Html:
    about = element(
        "p",
        f"Of {topic.population}: {topic.counted}. ",
        element(
            "a", "Definition", Html(f'<span class="unseen"> of {topic.name}</span>'), href=link_to_definition(topic)
        ),
        class_="about",
    )
    return element(
        "section", element("h3", topic.title), about, _figures(told, topic), _worst(told, topic), id=topic.name
    )


def _figures(told: Told, topic: Topic) -> Html:
    columns = told.book.columns(topic)
    rows: list[Row] = []
    for measure, split in told.book.rows(topic):
        if split and not shows_splits(topic):
            continue
        keys = [Key(topic.name, measure.value, by, name, split) for by, name in columns]
        rows.append((row_words(topic, measure, split), *(figure_cell(told, key) for key in keys)))
    if not rows:
        return element("p", "Nothing measured.")
    header = ("figure", *(column_words(by, name) for by, name in columns))
    return table(f"{topic.title}: figures", header, rows, numbers=range(1, len(header)))


def figure_cell(told: Told, key: Key) -> Cell:
    """A figure as it is read, with its key; a dash where the audit lacks it."""
    found = told.book.get(key)
    if found is None:
        return Cell("-")
    order = None if math.isnan(found.value) else found.value
    return Cell(found.words, order=order, figure=str(key))


def _worst(told: Told, topic: Topic) -> Html:
    if topic.name in GOOD or not (Measure.MOST in topic.measures or topic.name in LISTED):
        return Html("")
    members = told.audit.members[topic.name]
    counted = members[members["counted"]]
    if not len(counted):
        return Html("")
    first = counted.sort_values(["value", "offender_ref", "item", "officer"], ascending=[False, True, True, True])
    return joined(_list(topic, first.head(WORST), len(counted)))


def _list(topic: Topic, rows: pd.DataFrame, size: int) -> Iterator[Html]:
    kept = [name for name in MEMBER_COLUMNS if _is_told(topic, rows, name)]
    number = kept.index("value") if "value" in kept else -1
    header = [topic.unit or "value" if name == "value" else HEADINGS.get(name, name) for name in kept]
    told = (tuple(_member(row[i], name) for i, name in enumerate(kept)) for row in rows[kept].to_numpy(dtype=object))
    head = f"the first {len(rows)} of {size:,}" if size > len(rows) else f"all {size:,}"
    caption = f"{topic.title}: {head}"
    yield table(caption, header, told, numbers=(number,), sortable=len(rows) > 1, small=True)
    file = f"members/{topic.name}.csv"
    yield element("p", "The whole list: ", element("a", file, href=file), class_="about")


def _is_told(topic: Topic, rows: pd.DataFrame, name: str) -> bool:
    if name in ("counted", "per") or (name == "detail" and not shows_detail(topic)):
        return False
    if name == "split" and not shows_splits(topic):
        return False
    return bool(rows[name].notna().any()) if name == "value" else bool((rows[name] != "").any())


def _member(value: object, name: str) -> str | Cell:
    if isinstance(value, float):
        return "" if math.isnan(value) else Cell(quantity(value, ""), order=value)
    text = str(value)
    if name == "tier" and text in set(RiskLevel):
        return Cell(RiskLevel(text).words, order=RiskLevel(text).rank)
    return Cell(element("time", text)) if name == "date" and text else text
