"""An audit on a screen: what it is of, ten questions answered, a table by tier; all groups if asked."""

from __future__ import annotations

import textwrap

from offender_mgmt.audit.book import FORCE, TIER
from offender_mgmt.audit.questions import also, answers, of_roster, worst_of
from offender_mgmt.audit.told import Told, day_words
from offender_mgmt.audit.topic import Measure
from offender_mgmt.report.table import WIDTH, counted_words, heading, table, wrapped
from offender_mgmt.vocabulary import RiskLevel

LABEL = 15
"""Width of the number and the short name of a question."""


def summary_lines(told: Told, width: int = WIDTH) -> list[str]:
    """Lines of at most so many columns; the tables take 80 of them."""
    parts = (head_lines(told), question_lines(told, width), roster_lines(told), tier_lines(told), band_lines(told))
    return [line for part in parts for line in part]


def head_lines(told: Told) -> list[str]:
    """What the audit is of and what it rests on."""
    header = told.audit.header
    period = f"Period: {day_words(header.period_from)} to {day_words(header.day)}."
    extract = f"Register of {day_words(header.extract_date)}, {counted_words(told.warnings, 'warning')} in reading it."
    return [
        told.marking,
        told.title,
        *wrapped(f"{period} {extract}"),
        *wrapped(f"{header.policy}: {told.unverified_words}."),
    ]


def question_lines(told: Told, width: int = WIDTH) -> list[str]:
    """Ten questions, one line each where the width allows."""
    lines = heading("Ten questions")
    for number, (question, answer) in enumerate(answers(told), 1):
        label = f"{number:>2} {question.name}".ljust(LABEL)
        lines += textwrap.wrap(
            answer,
            width,
            initial_indent=label,
            subsequent_indent=" " * len(label),
            break_long_words=False,
            break_on_hyphens=False,
        )
    return [*lines, *wrapped(f"Also: {also(told)}")]


def roster_lines(told: Told) -> list[str]:
    """What a roster brings, or brought."""
    found = of_roster(told)
    return [*heading(f"The roster of {told.audit.header.roster}"), *found] if found else []


def tier_lines(told: Told) -> list[str]:
    """Who is in the community, covered and overdue, by risk level."""
    header = ("risk level", "active", "covered", "overdue", "share", "median", "90th", "most", "worst")
    rows = [_tier(told, level.words, TIER, level.value) for level in RiskLevel if _listed(told, level)]
    return [
        *heading("In the community: visits by plan, days overdue"),
        *table(header, [*rows, _tier(told, "all", FORCE, "all")], right=range(1, 8)),
        "By the interval of the risk level, whatever the plan says:",
        f"  {told.book.words('visits-overdue-by-tier', Measure.NUMBER)} overdue,"
        f" {told.book.words('coverage-by-tier', Measure.SHARE)} covered.",
    ]


def _listed(told: Told, level: RiskLevel) -> bool:
    return told.book.find("visits-overdue", Measure.NUMBER, TIER, level.value) is not None


def _tier(told: Told, words: str, by: str, name: str) -> tuple[str, ...]:
    overdue = told.book.find("visits-overdue", Measure.NUMBER, by, name)
    covered = told.book.counted("coverage-by-plan", by, name)
    days = (_days(told, measure, by, name) for measure in (Measure.MEDIAN, Measure.NINETIETH, Measure.MOST))
    worst = worst_of(told, None if by == FORCE else name)
    return (
        words,
        f"{overdue.of:,}" if overdue else "-",
        f"{covered:,}",
        f"{overdue.counted:,}" if overdue else "-",
        told.book.words("visits-overdue", Measure.SHARE, by, name),
        *days,
        worst[0] if worst else "-",
    )


def _days(told: Told, measure: Measure, by: str, name: str) -> str:
    found = told.book.find("visits-overdue", measure, by, name)
    return f"{found.value:g}" if found and found.counted else "-"


def band_lines(told: Told) -> list[str]:
    """Overdue visits in bands of days, by risk level."""
    found = [(key, figure) for key, figure in told.book.of_topic("visits-overdue") if key.measure == Measure.BANDS]
    bands = list(dict.fromkeys(key.split for key, _ in found))
    counted = {(key.slice, key.split): f"{figure.counted:,}" for key, figure in found if key.by in (FORCE, TIER)}
    slices = {level.value: level.words for level in RiskLevel if _listed(told, level)} | {"all": "all"}
    rows = [(words, *(counted[name, band] for band in bands)) for name, words in slices.items()]
    return ["", *table(("days overdue", *bands), rows, right=range(1, len(bands) + 1))] if bands else []
