"""An inspector's ten questions: each answered in one line, from the same figures as everything else."""

from __future__ import annotations

from datetime import date, timedelta

import builders as b
import pytest
from audit.audit_builders import DAY
from audit.second_way.wild import wild_register
from audit.stories.test_published_stories import four_hundred_of_1297

from offender_mgmt.audit.audit import audit
from offender_mgmt.audit.questions import QUESTIONS, also, answers
from offender_mgmt.audit.summary import LABEL, question_lines, summary_lines
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topics import TOPICS
from offender_mgmt.policy import example_policy
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import VisitOutcome

SINCE = DAY - timedelta(days=83)
POLICY = example_policy()


def told_of(register: Register, topics=TOPICS) -> Told:
    found = audit(register, POLICY.policy, register.extract_date, SINCE, topics=topics)
    return Told(found, POLICY, teams=register.teams)


def answered(register: Register) -> dict[str, str]:
    return {question.name: answer for question, answer in answers(told_of(register))}


def test_there_are_ten_and_each_rests_on_topics_that_are_defined() -> None:
    names = {topic.name for topic in TOPICS}
    assert len(QUESTIONS) == len({question.name for question in QUESTIONS}) == 10
    assert all(question.topics and set(question.topics) <= names for question in QUESTIONS)
    assert all(len(f"10 {question.name} ") <= LABEL for question in QUESTIONS)


def test_a_published_backlog_in_ten_lines() -> None:
    """400 of 1,297 overdue, 38 of them high: as was published; the figures are worked out in the stories.

    Everybody's ARMS and review were made the day before, the first since 2023: none in time. On 11 September the 897
    who were seen the day before the extract had not been seen, and 250 low and 12 medium were overdue already: 1,159.
    """
    force, groups = four_hundred_of_1297()
    force.cancel(groups["low"], "all low-risk visits cancelled")
    told = told_of(force.register())
    assert question_lines(told)[3:] == [
        " 1 backlog     400 of 1,297 overdue a visit (30.8 %), median 200 days",
        " 2 risk        0 very high, 38 high, 112 medium, 250 low; 64,802 risk points",
        " 3 worst       RSO-000649, low, north: 200 days overdue",
        " 4 crewing     0 of 897 single-crewed (0.0 %), 0 without authority",
        " 5 ARMS        0 of 1,297 overdue (0.0 %); 0.0 % in time",
        " 6 supervision 0 of 1,297 overdue (0.0 %); 0.0 % in time",
        " 7 reactive    0 of 1,297 (0.0 %); 0 not eligible, 0 unreviewed, 0 triggered",
        " 8 unseen      0 of 1,297 never seen (0.0 %); 250 not for 365 days, most 564",
        " 9 caseload    1,297 per full-time officer; 1 of 1 officers over 50, most 1,297",
        "10 trend       30.8 % overdue now, 89.4 % 11 weeks ago: better by 58.5 points",
        "Also: 250 overdue tasks put off or cancelled (counted all the same), 0 ARMS",
        "  write-ups overdue, 0 lowerings of risk not signed off, 0 visits without the",
        "  skill asked for.",
    ]


@pytest.mark.parametrize("seed", range(10))
def test_every_answer_is_one_line(seed: int) -> None:
    lines = question_lines(told_of(wild_register(seed)))
    assert [line.split()[0] for line in lines[3:13]] == [str(number) for number in range(1, 11)]
    assert max(map(len, lines)) <= 80


def test_a_register_of_nobody_is_none_due_and_never_everything() -> None:
    said = answered(Register(extract_date=DAY))
    assert said == {
        "backlog": "0 of 0 overdue a visit (none due)",
        "risk": "no visit is overdue",
        "worst": "no visit is overdue",
        "crewing": "0 of 0 single-crewed (none due), 0 without authority",
        "ARMS": "0 of 0 overdue (none due); none in the period",
        "supervision": "0 of 0 overdue (none due); none in the period",
        "reactive": "0 of 0 (none due); 0 not eligible, 0 unreviewed, 0 triggered",
        "unseen": "0 of 0 never seen (none due); 0 not for 365 days",
        "caseload": "no officer leads a nominal",
        "trend": "no earlier week to compare with",
    }


def test_singular_and_plural() -> None:
    tried = b.visit(date=DAY, outcome=VisitOutcome.NO_REPLY, officers=("P1",))
    officers = (b.officer(skills=()),)
    told = told_of(b.register(visits=(tried,), officers=officers))
    assert also(told) == (
        "0 overdue tasks put off or cancelled (counted all the same), 0 ARMS write-ups overdue,"
        " 0 lowerings of risk not signed off, 1 visit without the skill asked for."
    )


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        # Every six months; 11 weeks before the 27th of November is the 11th of September.
        ([date(2026, 3, 12)], "100.0 % overdue now, 0.0 % 11 weeks ago: worse by 100.0 points"),  # due 12 September
        ([date(2026, 3, 11), date(2026, 9, 12)], "0.0 % overdue now, 100.0 % 11 weeks ago: better by 100.0 points"),
        ([date(2026, 3, 11)], "100.0 % overdue now, 100.0 % 11 weeks ago: no change"),
    ],
)
def test_is_it_getting_better(seen: list[date], words: str) -> None:
    visits = tuple(b.visit(visit_id=str(day), date=day) for day in seen)
    assert answered(b.register(visits=visits))["trend"] == words


def test_what_was_not_measured_is_not_made_up() -> None:
    """An audit of some topics only: nothing is passed off as nought per cent."""
    said = {q.name: a for q, a in answers(told_of(b.register(), topics=TOPICS[:1]))}
    assert said["ARMS"].startswith("not measured")
    assert said["reactive"].startswith("not measured")
    assert summary_lines(told_of(b.register(), topics=TOPICS[:1]))
