"""Holds the due list against the oracle, one horizon of one group of random nominals at a time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from due.oracle import Answer, Key, Line, read
from due.oracle_card import Card
from due.random_nominals import FIRST_DAY, LAST_DAY, TEAMS, Group

from offender_mgmt.calendars import Horizon
from offender_mgmt.due import DueList, Task, due_list

DAYS = tuple(FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
LENGTHS = (1, 7, 7, 14, 28)
"""Days of a horizon; a week most often."""


def horizon_from(day: date) -> Horizon:
    """A horizon that starts on the day, of a length that depends on the day only."""
    return Horizon(day, day + timedelta(days=random.Random(day.toordinal()).choice(LENGTHS) - 1))


def answers_of(due: DueList) -> dict[str, Answer]:
    """The due list in the words of the oracle, by nominal."""
    tasks: dict[str, dict[Key, Line]] = {}
    for task in due.tasks:
        suffix = "NEXT" if task.task_id.endswith("-NEXT") else ""
        line = (task.rule, task.due_date, task.release_date, task.timing.value)
        own = tasks.setdefault(task.offender_ref, {})
        assert (task.kind.value, task.offender_ref, suffix) not in own, "one open task of a kind at most"
        own[task.kind.value, task.offender_ref, suffix] = line
    standing = {p.offender_ref: "ended" if p.status is None else "paused" for p in due.paused}
    flags: dict[str, set[str]] = {}
    for flag in due.flags:
        flags.setdefault(flag.offender_ref, set()).add(flag.rule)
    refs = {*tasks, *standing, *flags}
    return {ref: Answer(tasks.get(ref, {}), standing.get(ref, ""), frozenset(flags.get(ref, ()))) for ref in refs}


def _corners(task: Task) -> Iterator[str]:
    """Clauses of clocks.md that have no rule name of their own."""
    if task.rule == "visit-interval" and "raised on" in task.why:
        yield "raised"
    if task.deferral is not None:
        yield "cancelled" if task.deferral.until is None else "put off"
    if any(other.startswith("EVENT-") for other in task.satisfied_by):
        yield "joint visit"
    if any(other.startswith("ARMSI-") for other in task.satisfied_by):
        yield "interview is the visit"


def differences(group: Group, cards: list[Card], day: date) -> tuple[list[str], Counter[str]]:
    """Nominals on whom code and oracle disagree, and how often each rule and flag occurred."""
    horizon = horizon_from(day)
    due = due_list(group.register, group.policy, horizon)
    found = answers_of(due)
    seen: Counter[str] = Counter(corner for task in due.tasks for corner in _corners(task))
    wrong = []
    for card in cards:
        ref = card.life.offender.offender_ref
        expected = read(card, group.policy, group.register.extract_date, day, horizon.last_day, TEAMS)
        if found.get(ref, Answer({}, "", frozenset())) != expected:
            wrong.append(f"{ref} {horizon}: due {found.get(ref)}, oracle {expected}")
        seen.update(line[0] for line in expected.tasks.values())
        seen.update(expected.flags)
        seen[expected.standing] += 1
    return wrong, seen
