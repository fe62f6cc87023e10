"""The report of an audit as one page: read on a screen, on paper, or by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from offender_mgmt.audit.definitions import HOW_TO_READ, definition_terms, measure_terms
from offender_mgmt.audit.pack.cuts import cut_sections, link_to_cut
from offender_mgmt.audit.pack.groups import group_sections, link_to_definition
from offender_mgmt.audit.pack.pictures import pictures
from offender_mgmt.audit.questions import also, answers, of_roster
from offender_mgmt.audit.told import Told, day_words
from offender_mgmt.audit.topic import Group, Topic
from offender_mgmt.pages.document import document, section
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import table, terms
from offender_mgmt.report.table import counted_words

ONE_NUMBER = (
    "Every number comes from figures.csv, every figure has a definition below, and the members folder of the pack"
    " holds the list behind each of them. References only: no names, no addresses. Overdue work is counted as overdue"
    " whether or not somebody put it off."
)


def report_page(told: Told) -> bytes:
    """The whole page."""
    return document(
        title=told.title,
        marking=told.marking,
        header=joined(element("h1", told.title), _facts(told), _contents(told)),
        main=joined(
            _questions(told),
            _roster(told),
            pictures(told),
            cut_sections(told),
            group_sections(told),
            _definitions(told.audit.topics),
            _made_from(told),
        ),
        footer=element("p", f"{told.title}. Made by offender-mgmt {told.audit.header.version}."),
    )


def _facts(told: Told) -> Html:
    header = told.audit.header
    facts = [
        ("Period", f"{day_words(header.period_from)} to {day_words(header.day)}"),
        ("Register extracted", day_words(header.extract_date)),
        ("Warnings in reading it", f"{told.warnings:,}"),
        ("Policy", f"{header.policy}: {told.unverified_words}"),
    ]
    items = (element("div", element("dt", name), element("dd", words)) for name, words in facts)
    return joined(element("dl", items, class_="facts"), element("p", ONE_NUMBER, class_="about"))


def _contents(told: Told) -> Html:
    groups = {topic.group for topic in told.audit.topics}
    links = [
        ("#questions", "Ten questions"),
        *((("#roster", "The roster"),) if told.audit.header.roster else ()),
        ("#pictures", "Pictures"),
        *((link_to_cut(by), f"By {by}") for by in told.audit.header.by),
        *((f"#{group.name.lower()}", group.value) for group in Group if group in groups),
        ("#definitions", "Definitions"),
        ("#made-from", "What it was made from"),
    ]
    items = (element("li", element("a", words, href=target)) for target, words in links)
    return element("nav", element("h2", "On this page"), element("ol", items), aria_label="On this page")


def _questions(told: Told) -> Html:
    known = {topic.name for topic in told.audit.topics}
    items = []
    for question, answer in answers(told):
        links = [name for name in question.topics if name in known]
        asked = element("a", question.text, href=f"#{links[0]}") if links else question.text
        items.append(element("li", element("p", asked, class_="question"), element("p", answer, class_="answer")))
    beside = element("p", f"Also: {also(told)}")
    return section("Ten questions", "questions", element("ol", items, class_="answers"), beside)


def _roster(told: Told) -> Html:
    found = of_roster(told)
    items = element("ul", (element("li", words) for words in found))
    return section(f"The roster of {told.audit.header.roster}", "roster", items) if found else Html("")


def _definitions(topics: tuple[Topic, ...]) -> Html:
    return section(
        "How each figure is defined",
        "definitions",
        joined(element("p", HOW_TO_READ), terms(measure_terms()), (_definition(topic) for topic in topics)),
        lead="Enough for a second person to compute the same figures from the same register.",
    )


def _definition(topic: Topic) -> Html:
    name = link_to_definition(topic).removeprefix("#")
    heading = element("h3", topic.title, " (", element("code", topic.name), ")")
    return element("section", heading, terms(definition_terms(topic)), id=name, class_="definition")


def _made_from(told: Told) -> Html:
    header = told.audit.header
    digests = table(
        "Files that were read",
        ("file", "SHA-256"),
        ((name, element("code", digest)) for name, digest in told.inputs),
    )
    return section("What it was made from", "made-from", digests, joined(_unverified(told, header.policy)))


def _unverified(told: Told, policy: str) -> Iterator[Html]:
    keys = told.policy_file.unverified
    if not keys:
        return
    caption = f"{policy}: {counted_words(len(keys), 'setting')} that nobody has verified"
    rows = ((key, about.unit, about.source) for key, about in told.policy_file.provenance.items() if not about.verified)
    yield table(caption, ("setting", "unit", "source"), rows, small=True)
