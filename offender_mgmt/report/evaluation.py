"""A roster made by hand beside one of ours: rule by rule and level by level, in words, as CSV and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from offender_mgmt.checks import Violation
from offender_mgmt.files import csv_bytes, json_bytes
from offender_mgmt.report.levels import Level, Scored, level_lines, verdict
from offender_mgmt.report.roster_diff_files import level_line
from offender_mgmt.report.table import counted_words, heading, wrapped
from offender_mgmt.rules import FORM_RULES, HARD_RULES

SCHEMA = 1
ACCOUNTED = "every_task_accounted_for"
LEVEL_COLUMNS = (
    "level",
    "name",
    "aim",
    "outcome",
    "value",
    "value_ours",
    "bound",
    "tasks_due",
    "tasks",
    "tasks_ours",
    "words",
    "words_ours",
)
VIOLATION_COLUMNS = ("rule", "kind", "references", "sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All that is told of a roster.

    Parameters
    ----------
    name, other
        What to call the roster, and ours beside it; ``None`` where it stands alone.
    title
        Week and team.
    levels
        Each level of the roster as the second, of ours as the first; of itself where it stands alone.
    broken_by_ours
        In how many places ours breaks rules today.
    tells_left_out
        Whether anything says what the roster leaves out.
    """

    marking: str
    title: str
    name: str
    other: str | None
    violations: tuple[Violation, ...]
    scores: Scored
    levels: tuple[Level, ...]
    broken_by_ours: int = 0
    tells_left_out: bool = True
    notes: tuple[str, ...] = ()


def evaluation_lines(found: Evaluation) -> Iterator[str]:
    """Everything, at most 80 columns wide."""
    yield found.marking
    yield from wrapped(
        f"A roster of {found.title}: is it better or worse?" if found.other else f"A roster of {found.title}"
    )
    yield f"  yours: {found.name}"
    if found.other:
        yield f"  ours:  {found.other}"
    for note in found.notes:
        yield from wrapped(note)
    yield ""
    yield from wrapped(_kept(found), indent="")
    if found.other:
        yield from wrapped(verdict(found.levels, "ours", "yours", keeps_rules=not found.violations), indent="")
    yield from heading("Level by level, each strictly before the next")
    yield from level_lines(found.levels, "ours", "yours") if found.other else _alone(found.levels)
    yield from _violations(found)


def _kept(found: Evaluation) -> str:
    """Whether the rules are kept; a roster that breaks them is scored all the same, and this says so."""
    ours = f" Ours breaks rules in {found.broken_by_ours:,} by today's register." if found.broken_by_ours else ""
    if not found.violations:
        return f"Yours keeps every rule.{ours}"
    places = counted_words(len(found.violations), "place")
    hard = sum(violation.rule in HARD_RULES for violation in found.violations)
    of_work = f"{hard:,} of them about the work itself" if hard else "none of them about the work itself"
    return (
        f"Yours breaks rules in {places}, {of_work}: see below. It is scored all the same, but a roster that breaks "
        f"rules may reach what no roster can that keeps them.{ours}"
    )


def _alone(levels: Sequence[Level]) -> Iterator[str]:
    for level in levels:
        yield from wrapped(f"{level.number}. {level.name}: {level.after_words}.", indent="   ")


def _violations(found: Evaluation) -> Iterator[str]:
    """One line each, under the rule it breaks; rules of the work before rules of form."""
    by_rule: dict[str, list[Violation]] = defaultdict(list)
    for violation in found.violations:
        by_rule[violation.rule].append(violation)
    for words, rules in (("The work: rules broken", HARD_RULES), ("The form: rules broken", FORM_RULES)):
        broken = [rule for rule in rules if rule in by_rule]
        if broken:
            yield from heading(words)
        for rule in broken:
            yield from wrapped(f"{rule} ({len(by_rule[rule]):,}): {rules[rule]}")
            yield from _of_rule(by_rule[rule], found)


def _of_rule(violations: Iterable[Violation], found: Evaluation) -> Iterator[str]:
    told = list(violations)
    if told[0].rule == ACCOUNTED and not found.tells_left_out:
        words = (
            "Nothing says what yours leaves out. Maybe: give --unassigned, or --against. All one by one: --violations -"
        )
        yield from wrapped(f"  {words}", indent="    ")
        return
    for violation in told:
        unsaid = [ref for ref in violation.refs if ref not in violation.sentence]
        about = f"{', '.join(unsaid)}: " if unsaid else ""
        yield from wrapped(f"  {about}{violation.sentence}", indent="    ")


def levels_csv(found: Evaluation) -> bytes:
    """One row for each level; what is of ours is blank where the roster stands alone."""
    return csv_bytes(LEVEL_COLUMNS, [_cells(level, beside=found.other is not None) for level in found.levels])


def _cells(level: Level, *, beside: bool) -> tuple[str, ...]:
    is_band = level.aim is None
    return (
        str(level.number),
        level.name,
        level.aim.value if level.aim else "",
        level.outcome.value if beside else "",
        str(level.after),
        str(level.before) if beside else "",
        "" if level.bound is None else str(level.bound),
        str(level.tasks_due) if is_band else "",
        str(level.tasks_after) if is_band else "",
        str(level.tasks_before) if is_band and beside else "",
        level.after_words,
        level.before_words if beside else "",
    )


def violations_csv(found: Evaluation) -> bytes:
    """One row for each violation."""
    return csv_bytes(VIOLATION_COLUMNS, [(v.rule, _kind(v), ";".join(v.refs), v.sentence) for v in found.violations])


def _kind(violation: Violation) -> str:
    return "work" if violation.rule in HARD_RULES else "form"


def evaluation_json(found: Evaluation) -> bytes:
    """All that is told of the roster."""
    document = {
        "schema": SCHEMA,
        "marking": found.marking,
        "roster": found.name,
        "against": found.other,
        "week": found.scores.roster.horizon.name,
        "notes": list(found.notes),
        "levels": [_line(level, beside=found.other is not None) for level in found.levels],
        "violations": [
            {"rule": v.rule, "kind": _kind(v), "references": list(v.refs), "sentence": v.sentence}
            for v in found.violations
        ],
        "violations_ours": found.broken_by_ours if found.other else None,
    }
    return json_bytes(document)


_NAMES = {"before": "value_ours", "after": "value", "tasks_before": "tasks_ours", "tasks_after": "tasks"}
_OF_OURS = frozenset({"value_ours", "tasks_ours", "outcome"})


def _line(level: Level, *, beside: bool) -> dict[str, object]:
    named = {_NAMES.get(name, name): value for name, value in level_line(level).items()}
    return {name: value if beside or name not in _OF_OURS else None for name, value in named.items()}
