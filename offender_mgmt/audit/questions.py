"""The ten questions an inspector asks first, each answered in one line from the figures."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from offender_mgmt.audit.book import TIER
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import Measure
from offender_mgmt.audit.words import quantity
from offender_mgmt.report.table import counted_words
from offender_mgmt.vocabulary import RiskLevel

NO_VISIT = "no visit is overdue"


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


def also(told: Told) -> str:
    """What no question asks for and nobody may overlook, in one sentence."""
    numbers = [(told.book.counted(topic), one, many) for topic, one, many in ALSO]
    return f"{', '.join(counted_words(*number) for number in numbers)}."


def of_roster(told: Told) -> list[str]:
    """What a roster brings, or brought; nothing without one."""
    if not told.audit.header.roster:
        return []
    expected = [told.book.words("coverage-expected", measure) for measure in (Measure.TOTAL, Measure.RATIO)]
    return [
        f"Covered at its end if all of it is done: {_of(told, 'coverage-if-all-done')}.",
        f"Covered at its end with the usual no replies: {expected[0]} ({expected[1]}).",
        f"Planned up to the day and done on the day planned: {_of(told, 'planned-done')}.",
        f"Due work that it leaves out: {_of(told, 'not-placed')}.",
    ]


ALSO = (
    (
        "overdue-but-put-off",
        "overdue task put off or cancelled (counted all the same)",
        "overdue tasks put off or cancelled (counted all the same)",
    ),
    ("arms-write-ups-overdue", "ARMS write-up overdue", "ARMS write-ups overdue"),
    ("lowered-without-sign-off", "lowering of risk not signed off", "lowerings of risk not signed off"),
    ("unaccredited", "visit without the skill asked for", "visits without the skill asked for"),
)


def _backlog(told: Told) -> str:
    median = told.book.words("visits-overdue", Measure.MEDIAN)
    overdue = _of(told, "visits-overdue", " overdue a visit")
    return f"{overdue}, median {median}" if told.book.counted("visits-overdue") else overdue


def _risk(told: Told) -> str:
    if not told.book.counted("visits-overdue"):
        return NO_VISIT
    levels = [
        f"{told.book.counted('visits-overdue', TIER, level.value):,} {level.words}"
        for level in RiskLevel
        if told.book.find("visits-overdue", Measure.NUMBER, TIER, level.value)
    ]
    return f"{', '.join(levels)}; {told.book.words('visits-overdue-risk', Measure.TOTAL)}"


def _most_overdue(told: Told) -> str:
    worst = worst_of(told)
    if worst is None:
        return NO_VISIT
    reference, tier, team, days = worst
    level = RiskLevel(tier).words if tier in set(RiskLevel) else "no level"
    return f"{reference}, {level}, {team}: {quantity(days, 'days')} overdue"


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
    alone = told.book.counted("single-crewed-not-authorised")
    return f"{_of(told, 'single-crewed', ' single-crewed')}, {alone:,} without authority"


def _arms(told: Told) -> str:
    return _timeliness(told, "arms-overdue", "arms-on-time")


def _supervisory(told: Told) -> str:
    return _timeliness(told, "supervisory-reviews-overdue", "supervisory-on-time")


def _timeliness(told: Told, overdue: str, on_time: str) -> str:
    share = told.book.find(on_time, Measure.SHARE)
    in_time = f"{share.words} in time" if share and share.of else "none in the period"
    return f"{_of(told, overdue, ' overdue')}{_most(told, overdue)}; {in_time}"


def _reactive(told: Told) -> str:
    parts = (
        (told.book.counted("reactive-not-eligible"), "not eligible"),
        (told.book.counted("reactive-reviews-overdue"), "unreviewed"),
        (told.book.counted("reactive-triggers"), "triggered"),
    )
    return f"{_of(told, 'reactive')}; {', '.join(f'{number:,} {words}' for number, words in parts)}"


def _unseen(told: Told) -> str:
    days, long = told.policy_file.policy.audit.unseen_days, told.book.counted("long-unseen")
    most = _most(told, "long-unseen", "") if long else ""
    return f"{_of(told, 'never-seen', ' never seen')}; {long:,} not for {days} days{most}"


def _caseloads(told: Told) -> str:
    line = told.policy_file.policy.audit.caseload_per_fte
    each, above = told.book.find("caseload-per-fte", Measure.RATIO), told.book.find("caseload-over", Measure.NUMBER)
    if each is None or above is None or math.isnan(each.value):
        return "no officer leads a nominal"
    officers = f"{above.counted:,} of {above.of:,} officers over {line:g}"
    most = told.book.find("caseload-of-officers", Measure.MOST)
    return f"{quantity(each.value, '')} per full-time officer; {officers}" + (
        f", most {quantity(most.value, '')}" if most else ""
    )


def _trend(told: Told) -> str:
    weeks = trend(told, "trend")
    known = [(day, share) for day, share in weeks if share is not None]
    if len(known) < 2:
        return "no earlier week to compare with"
    (_, first), (_, last) = known[0], known[-1]
    change = last - first
    way = "no change" if abs(change) < 0.05 else f"{'worse' if change > 0 else 'better'} by {abs(change):.1f} points"
    return f"{last:.1f} % overdue now, {first:.1f} % {len(weeks) - 1} weeks ago: {way}"


def trend(told: Told, topic: str) -> list[tuple[str, float | None]]:
    """Share overdue in each week of a trend, oldest first; none where nobody could be overdue."""
    found = {
        key.split: figure
        for key, figure in told.book.of_topic(topic)
        if key.measure == Measure.SPLIT and key.by == "force"
    }
    return [(day, 100 * found[day].counted / found[day].of if found[day].of else None) for day in sorted(found)]


def _of(told: Told, topic: str, words: str = "") -> str:
    """``12 of 340 ... (3.5 %)``."""
    found = told.book.find(topic, Measure.NUMBER)
    if found is None:
        return "not measured"
    return f"{found.counted:,} of {found.of:,}{words} ({told.book.words(topic, Measure.SHARE)})"


def _most(told: Told, topic: str, unit: str = "days") -> str:
    most = told.book.find(topic, Measure.MOST)
    return "" if most is None or math.isnan(most.value) else f", most {quantity(most.value, unit)}"


QUESTIONS: tuple[Question, ...] = (
    Question("backlog", "How large is the backlog?", ("visits-overdue",), _backlog),
    Question("risk", "How much risk is in it?", ("visits-overdue", "visits-overdue-risk"), _risk),
    Question("worst", "Who is the most overdue?", ("visits-overdue",), _most_overdue),
    Question(
        "crewing",
        "How many visits were single-crewed?",
        ("single-crewed", "single-crewed-not-authorised"),
        _single_crewed,
    ),
    Question(
        "ARMS",
        "Are ARMS assessments in time?",
        ("arms-overdue", "arms-on-time"),
        _arms,
    ),
    Question(
        "supervision",
        "Are supervisory reviews done?",
        ("supervisory-reviews-overdue", "supervisory-on-time"),
        _supervisory,
    ),
    Question(
        "reactive",
        "Who is managed reactively, and rightly so?",
        ("reactive", "reactive-not-eligible", "reactive-reviews-overdue", "reactive-triggers"),
        _reactive,
    ),
    Question("unseen", "Whom has nobody seen?", ("never-seen", "long-unseen"), _unseen),
    Question(
        "caseload",
        "How large are the caseloads?",
        ("caseload-per-fte", "caseload-over", "caseload-of-officers"),
        _caseloads,
    ),
    Question("trend", "Is it getting better?", ("trend",), _trend),
)
