"""The ten questions an inspector asks first, each answered in one sentence from the figures."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from offender_mgmt.audit.book import TIER
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import Measure
from offender_mgmt.audit.words import quantity
from offender_mgmt.vocabulary import RiskLevel


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its short name, the topics its answer rests on, and how it is answered."""

    name: str
    text: str
    topics: tuple[str, ...]
    answer: Callable[[Told], str]


def answers(told: Told) -> list[tuple[Question, str]]:
    """Every question with its answer."""
    return [(question, question.answer(told)) for question in QUESTIONS]


def _backlog(told: Told) -> str:
    overdue = _of(told, "visits-overdue", "overdue a visit")
    if not told.book.counted("visits-overdue"):
        return f"{overdue}."
    median, ninetieth = (told.book.words("visits-overdue", m) for m in (Measure.MEDIAN, Measure.NINETIETH))
    put_off = told.book.counted("overdue-but-put-off")
    return f"{overdue}, median {median}, 90th percentile {ninetieth}; {put_off:,} overdue tasks put off."


def _risk(told: Told) -> str:
    if not told.book.counted("visits-overdue"):
        return "No visit is overdue."
    levels = [
        f"{told.book.counted('visits-overdue', TIER, level.value):,} {level.words}"
        for level in RiskLevel
        if told.book.find("visits-overdue", Measure.NUMBER, TIER, level.value)
    ]
    points = told.book.find("visits-overdue-risk", Measure.TOTAL)
    return f"{', '.join(levels)}; {quantity(points.value, 'risk points') if points else 'no points'}."


def _most_overdue(told: Told) -> str:
    worst = worst_of(told)
    if worst is None:
        return "No visit is overdue."
    reference, tier, team, days = worst
    level = RiskLevel(tier).words if tier in set(RiskLevel) else "no level"
    return f"{reference} ({level}, {team}): {quantity(days, 'days')} overdue."


def worst_of(told: Told, tier: str | None = None) -> tuple[str, str, str, float] | None:
    """Reference, tier, team and days of the visit that is the most overdue, of one tier or of all."""
    members = told.audit.members.get("visits-overdue")
    if members is None:
        return None
    counted = members[members["counted"]]
    if tier is not None:
        counted = counted[counted["tier"] == tier]
    if not len(counted):
        return None
    row = counted.sort_values(["value", "offender_ref"], ascending=[False, True]).iloc[0]
    return str(row["offender_ref"]), str(row["tier"]), str(row["team"]), float(row["value"])


def _single_crewed(told: Told) -> str:
    book = told.book
    single = _of(told, "single-crewed", "attempts by one officer")
    rest = f"{book.counted('single-crewed-not-authorised'):,} without authority"
    return f"{single}, {rest}; {book.counted('unaccredited'):,} without the skill asked for."


def _arms(told: Told) -> str:
    overdue = _of(told, "arms-overdue", "overdue an interview")
    longest = _longest(told, "arms-overdue")
    write_ups = f"{told.book.counted('arms-write-ups-overdue'):,} write-ups overdue"
    return f"{overdue}{longest}; {write_ups}; on time in the period: {_share(told, 'arms-on-time')}."


def _supervisory(told: Told) -> str:
    overdue = _of(told, "supervisory-reviews-overdue", "overdue a review")
    unsigned = f"{told.book.counted('lowered-without-sign-off'):,} lowerings of risk not signed off"
    return f"{overdue}{_longest(told, 'supervisory-reviews-overdue')}; {unsigned}."


def _reactive(told: Told) -> str:
    book = told.book
    parts = (
        f"{book.counted('reactive-not-eligible'):,} not eligible",
        f"{book.counted('reactive-reviews-overdue'):,} reviews overdue",
        f"{book.counted('reactive-triggers'):,} triggers not acted on",
    )
    return f"{_of(told, 'reactive', 'managed reactively')}; {', '.join(parts)}."


def _unseen(told: Told) -> str:
    days = told.policy_file.policy.audit.unseen_days
    never = f"{_of(told, 'never-seen', 'never seen')}{_longest(told, 'never-seen')}"
    return f"{never}; {told.book.counted('long-unseen'):,} not for over {days} days{_longest(told, 'long-unseen')}."


def _caseloads(told: Told) -> str:
    book, line = told.book, told.policy_file.policy.audit.caseload_per_fte
    each = book.find("caseload-per-fte", Measure.RATIO)
    if each is None or math.isnan(each.value):
        return "No officer leads a nominal."
    above = _of(told, "caseload-over", f"officers lead more than {line:g}")
    most = book.find("caseload-over", Measure.MOST)
    top = "" if most is None or math.isnan(most.value) else f", most {quantity(most.value, '')}"
    return f"{quantity(each.value, 'nominals')} per full-time officer; {above}{top}."


def _trend(told: Told) -> str:
    weeks = trend(told, "trend")
    known = [(day, share) for day, share in weeks if share is not None]
    if len(known) < 2:
        return "No earlier week to compare with."
    (_, first), (_, last) = known[0], known[-1]
    change = last - first
    way = "no change" if abs(change) < 0.05 else f"{'worse' if change > 0 else 'better'} by {abs(change):.1f} points"
    return f"{last:.1f} % overdue a visit now, {first:.1f} % {len(weeks) - 1} weeks before: {way}."


def trend(told: Told, topic: str) -> list[tuple[str, float | None]]:
    """Share overdue in each week of a trend, oldest first; none where nobody could be overdue."""
    found = {
        key.split: figure
        for key, figure in told.book.of_topic(topic)
        if key.measure == Measure.SPLIT and key.by == "force"
    }
    return [(day, 100 * found[day].counted / found[day].of if found[day].of else None) for day in sorted(found)]


def _of(told: Told, topic: str, words: str) -> str:
    """``12 of 340 ... (3.5 %)``."""
    found = told.book.find(topic, Measure.NUMBER)
    if found is None:
        return "Not measured"
    return f"{found.counted:,} of {found.of:,} {words} ({_share(told, topic)})"


def _share(told: Told, topic: str) -> str:
    return told.book.words(topic, Measure.SHARE)


def _longest(told: Told, topic: str) -> str:
    most = told.book.find(topic, Measure.MOST)
    return "" if most is None or math.isnan(most.value) else f", longest {most.words}"


QUESTIONS: tuple[Question, ...] = (
    Question("backlog", "How large is the backlog?", ("visits-overdue", "overdue-but-put-off"), _backlog),
    Question("risk", "How much risk is in it?", ("visits-overdue", "visits-overdue-risk"), _risk),
    Question("most overdue", "Who is the most overdue?", ("visits-overdue",), _most_overdue),
    Question(
        "single-crewed",
        "How many visits were single-crewed?",
        ("single-crewed", "single-crewed-not-authorised", "unaccredited"),
        _single_crewed,
    ),
    Question(
        "ARMS",
        "Are ARMS assessments in time?",
        ("arms-overdue", "arms-write-ups-overdue", "arms-on-time"),
        _arms,
    ),
    Question(
        "supervision",
        "Are supervisory reviews done?",
        ("supervisory-reviews-overdue", "lowered-without-sign-off"),
        _supervisory,
    ),
    Question(
        "reactive",
        "Who is managed reactively, and rightly so?",
        ("reactive", "reactive-not-eligible", "reactive-reviews-overdue", "reactive-triggers"),
        _reactive,
    ),
    Question("unseen", "Whom has nobody seen?", ("never-seen", "long-unseen"), _unseen),
    Question("caseloads", "How large are the caseloads?", ("caseload-per-fte", "caseload-over"), _caseloads),
    Question("trend", "Is it getting better?", ("trend",), _trend),
)
