"""How every figure is defined, in the words of its topic: for the pack, the report and the reference page."""

from __future__ import annotations

from collections.abc import Iterable

from offender_mgmt.audit.topic import MEASURE_WORDS, Topic

DEFINITION_COLUMNS = (
    "topic",
    "group",
    "title",
    "population",
    "counted",
    "value",
    "per",
    "unit",
    "split",
    "measures",
    "definition",
)


def definition_rows(topics: Iterable[Topic]) -> list[tuple[str, ...]]:
    """One row for each topic, as :data:`DEFINITION_COLUMNS` has them."""
    return [
        (
            topic.name,
            topic.group.value,
            topic.title,
            topic.population,
            topic.counted,
            topic.value,
            topic.per,
            topic.unit,
            topic.split,
            ", ".join(measure.value for measure in topic.measures),
            topic.definition,
        )
        for topic in topics
    ]


def definition_terms(topic: Topic) -> list[tuple[str, str]]:
    """What is said of one topic, part by part; parts that it does not have are left out."""
    parts = (
        ("Looked at", topic.population),
        ("Counted", topic.counted),
        ("Value", topic.value),
        ("Per", topic.per),
        ("Told apart", topic.split),
        ("Figures", ", ".join(measure.value for measure in topic.measures)),
        ("Definition", topic.definition),
    )
    return [(name, words) for name, words in parts if words]


HOW_TO_READ = (
    "A topic looks at members (its population) and counts some of them. Each of its figures is made of the members by"
    " a measure, for all of them, by risk level in force, and by team, officer or district where that is asked for."
)


def measure_terms() -> list[tuple[str, str]]:
    """What each measure says."""
    return [(measure.value, words) for measure, words in MEASURE_WORDS.items()]


def definitions_markdown(topics: Iterable[Topic]) -> str:
    """Definitions as a page of text: the measures, then one section for each group."""
    lines = [HOW_TO_READ, "", *(f"- {name}: {words}" for name, words in measure_terms()), ""]
    group = None
    for topic in topics:
        if topic.group is not group:
            group = topic.group
            lines += [f"## {group.value}", ""]
        lines += [f"### {topic.title}", "", f"`{topic.name}`", ""]
        lines += [f"- {name}: {words}" for name, words in definition_terms(topic)]
        lines.append("")
    return "\n".join(lines)
