"""Every figure of the audit, computed a second way over random registers: the same members, the same numbers.

The second way is plain Python over the register's rows, written from the definitions of the topics and from
``docs/reference/clocks.md``; it shares with the audit the records, the policy and nothing else.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import pytest
from audit.audit_builders import policy_with
from audit.second_way.comparison import BY, differences, figures_of_frame, figures_of_members, wrong_places
from audit.second_way.rows import Question
from audit.second_way.topics import NO_SECOND_NUMBER, SECOND_WAY
from audit.second_way.wild import wild_register
from audit.second_way.wild_roster import wild_roster

from offender_mgmt.audit.audit import Audit, audit
from offender_mgmt.audit.topic import Measure
from offender_mgmt.audit.topics import TOPICS

pytestmark = pytest.mark.many_cases

SEEDS = tuple(range(10))
POLICY = policy_with(audit={"caseload_per_fte": 8})
"""Some officers of these small registers lead more, some fewer."""
BY_NAME = {topic.name: topic for topic in TOPICS}


class Case(NamedTuple):
    """The audit of a random register, and the question it answers."""

    audit: Audit
    question: Question


@cache
def case(seed: int) -> Case:
    """Even seeds: as at the extract; odd seeds: as at a past day. A third of them have a roster of the next week."""
    register, policy, rng = wild_register(seed), POLICY, random.Random(seed)
    day = register.extract_date - timedelta(days=seed % 2 * rng.randint(1, 400))
    since = day - timedelta(days=rng.choice((6, 83, 364)))
    roster = wild_roster(register, policy, _monday_near(day, rng), seed) if seed % 3 == 0 else None
    question = Question(register, policy, day, since, roster)
    return Case(audit(register, policy, day, since, roster, by=BY), question)


def _monday_near(day: date, rng: random.Random) -> date:
    """A Monday at or up to two weeks before the day's own week."""
    return day - timedelta(days=day.weekday() + 7 * rng.randint(0, 1))


def test_every_topic_has_a_second_way_and_no_other_is_computed() -> None:
    assert set(SECOND_WAY) == set(BY_NAME)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_members_are_the_same(name: str) -> None:
    for seed in SEEDS:
        found = case(seed)
        too_many, too_few = differences(BY_NAME[name], found.audit.members[name], SECOND_WAY[name](found.question))
        assert (list(too_many)[:3], list(too_few)[:3]) == ([], []), f"seed {seed}, as at {found.question.day}"


@pytest.mark.parametrize("seed", SEEDS)
def test_members_stand_in_the_team_and_tier_of_the_day(seed: int) -> None:
    found = case(seed)
    for name, members in found.audit.members.items():
        assert wrong_places(BY_NAME[name], members, found.question) == [], name


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_are_those_of_the_members(seed: int) -> None:
    found = case(seed)
    edges = POLICY.audit.overdue_band_days
    for topic in TOPICS:
        told = figures_of_frame(found.audit.figures, topic)
        wanted = figures_of_members(topic, found.audit.members[topic.name], edges)
        assert told == wanted, (topic.name, seed)


def test_comparison_is_not_vacuous() -> None:
    """Every topic has members that count, and members that do not where a share is told."""
    counted: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for seed in SEEDS:
        for name, members in case(seed).audit.members.items():
            counted[name] += int(members["counted"].sum())
            others[name] += int((~members["counted"].astype(bool)).sum())
    shares = {topic.name for topic in TOPICS if Measure.SHARE in topic.measures}
    assert sorted(set(BY_NAME) - set(+counted)) == []
    assert sorted(shares - set(+others) - NO_SECOND_NUMBER) == []
