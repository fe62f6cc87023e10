"""The whole page, put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offender_mgmt import __version__
from offender_mgmt.export.outlines import NO_OUTLINES, Outlines
from offender_mgmt.export.page.coverage import coverage_section
from offender_mgmt.export.page.left_out import left_out_section
from offender_mgmt.export.page.load import load_section
from offender_mgmt.export.page.maps import maps_section
from offender_mgmt.export.page.sheets import sheets_section
from offender_mgmt.export.page.view import View, day_words
from offender_mgmt.export.page.week import week_section
from offender_mgmt.export.rows import Export
from offender_mgmt.pages.document import document
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.vocabulary import RiskLevel

PARTS = (
    ("coverage", "Overdue before and after"),
    ("week", "The week by officer"),
    ("maps", "Outings by day"),
    ("left-out", "Left out, and why"),
    ("load", "Who carries what"),
    ("sheets", "Day sheets"),
)


def html_files(export: Export, outlines: Outlines = NO_OUTLINES) -> dict[str, bytes]:
    """The page by name of file."""
    return {export.marks.file_name("roster", "html"): page_bytes(export, outlines)}


def page_bytes(export: Export, outlines: Outlines = NO_OUTLINES) -> bytes:
    """The page: no part of it is fetched from anywhere, and it is complete without its script."""
    view = View(export, outlines)
    marks = view.marks
    return document(
        title=f"{marks.title}, {marks.status}",
        marking=marks.marking,
        header=joined(element("h1", marks.title), _status(view), _facts(view), _contents(), _filters(view)),
        main=joined(
            coverage_section(view),
            week_section(view),
            maps_section(view),
            left_out_section(view),
            load_section(view),
            sheets_section(view),
        ),
        footer=element("p", f"{marks.title}. {marks.status_words}. Made by offender-mgmt {__version__}."),
        more="roster",
    )


def _status(view: View) -> Html:
    warnings = [element("li", warning) for warning in view.marks.warnings]
    box = element("ul", warnings, class_="warnings") if warnings else ""
    return joined(element("p", view.marks.status_words, class_="status"), box)


def _facts(view: View) -> Html:
    marks, policy_file = view.marks, view.planned.policy_file
    first, last = view.days[0], view.days[-1]
    unverified = f"{len(policy_file.unverified)} of its {len(policy_file.provenance)} settings are unverified"
    facts = [
        ("Week", f"{first.day} {first:%B} to {last.day} {last:%B %Y}"),
        ("Register extracted", f"{marks.extract_date.day} {marks.extract_date:%B %Y}"),
        ("Policy", f"{policy_file.policy.name}: {unverified}"),
        ("Roster", marks.digest[:12]),
        ("What is told", marks.detail_words),
    ]
    items = (element("div", element("dt", name), element("dd", words)) for name, words in facts)
    return element("dl", items, class_="facts")


def _contents() -> Html:
    items = (element("li", element("a", words, href=f"#{name}")) for name, words in PARTS)
    return element("nav", element("h2", "On this page"), element("ol", items), aria_label="On this page")


def _filters(view: View) -> Html:
    """The filters; hidden until the script, without which they do nothing, shows them."""
    teams = [(team, team) for team in view.planned.register.teams]
    selects = [
        *([_select("team", "Team", "all teams", teams)] if len(teams) > 1 else []),
        _select("officer", "Officer", "all officers", _officers(view)),
        _select("day", "Day", "the whole week", [(day.isoformat(), day_words(day)) for day in view.days]),
        _select("tier", "Risk level", "all levels", [(level.value, level.words) for level in RiskLevel]),
    ]
    buttons = (
        element("button", "Show all", type="reset"),
        element("button", "Print the day sheets", type="button", id="print-sheets"),
    )
    said = element("p", role="status", id="shown")
    return element("form", *selects, *buttons, said, id="filters", class_="filters", hidden=True, aria_label="Filters")


def _officers(view: View) -> Iterator[tuple[str, str]]:
    yield from ((officer, officer) for officer in view.days_of)


def _select(
    name: str, label: str, all_words: str, options: Sequence[tuple[str, str]] | Iterator[tuple[str, str]]
) -> Html:
    chosen = element("option", all_words, value="")
    others = (element("option", words, value=value) for value, words in options)
    return element("label", label, element("select", chosen, others, name=name))
