"""Work in time and the trend, worked out by hand; the day audited is Friday 27 November 2026, the week before it."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context

from offender_mgmt.audit.figures import figures_of
from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics.trend import TOPICS
from offender_mgmt.register.records import Visit
from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    CommunityStatus,
    ManagementStatus,
    VisitOutcome,
    VisitType,
)

ON_TIME, ARMS_ON_TIME, REVIEWS_ON_TIME, TREND, TREND_ARMS, TREND_REVIEWS = TOPICS


def seen_on(*days: date) -> tuple[Visit, ...]:
    return tuple(b.visit(visit_id=f"V-{day}", date=day) for day in days)


def found(topic: Topic, **parts: Any) -> list[tuple[str, bool, float]]:
    """Item, whether in time, and days late."""
    table = topic.members(context(b.register(**parts)))
    return [(row["item"], bool(row["counted"]), row["value"]) for row in table.to_dict("records")]


@pytest.mark.parametrize(
    ("made", "in_time", "late"),
    [(date(2026, 11, 24), True, 0), (date(2026, 11, 25), True, 0), (date(2026, 11, 26), False, 1)],
)
def test_visit_in_time(made: date, in_time: bool, late: float) -> None:
    # Seen on 25 May: due on 25 November.
    assert found(ON_TIME, visits=seen_on(date(2026, 5, 25), made)) == [(f"V-{made}", in_time, late)]


@pytest.mark.parametrize(
    ("made", "is_of_period"), [(date(2026, 11, 20), False), (date(2026, 11, 21), True), (DAY, True)]
)
def test_visits_of_the_period(made: date, is_of_period: bool) -> None:
    assert bool(found(ON_TIME, visits=seen_on(date(2026, 7, 1), made))) is is_of_period


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (date(2026, 5, 20), []),  # due on the 20th, before the period: told by the backlog
        (date(2026, 5, 21), [("", False, 7)]),
        (date(2026, 5, 27), [("", False, 1)]),
        (date(2026, 5, 28), []),
    ],
)
def test_fell_due_in_the_period_and_was_not_made(seen: date, expected: list[tuple[str, bool, float]]) -> None:
    assert found(ON_TIME, visits=seen_on(seen)) == expected


def test_no_reply_is_not_a_visit_made() -> None:
    tried = b.visit(visit_id="N", date=date(2026, 11, 25), outcome=VisitOutcome.NO_REPLY)
    assert found(ON_TIME, visits=(*seen_on(date(2026, 5, 25)), tried)) == [("", False, 3)]


def test_late_visit_is_held_against_the_level_of_its_day() -> None:
    # Low risk until 26 November: due a year after 20 May 2026, though by the level of that day on 20 November.
    raised = b.change(date=date(2026, 11, 26), value_from="low", value_to="medium")
    visits = seen_on(date(2026, 5, 20), date(2026, 11, 26))
    assert found(ON_TIME, visits=visits, changes=(raised,)) == [("V-2026-11-26", True, 0)]


@pytest.mark.parametrize(
    "parts",
    [
        {"offenders": (b.offender(registered_on=date(2026, 11, 25)),)},
        {
            "changes": (
                b.change(
                    date=date(2026, 11, 25),
                    field=ChangeField.COMMUNITY_STATUS,
                    value_from=CommunityStatus.CUSTODY,
                    value_to=CommunityStatus.COMMUNITY,
                ),
            )
        },
    ],
)
def test_visit_that_was_not_due_the_day_before_is_left_out(parts: dict[str, Any]) -> None:
    assert found(ON_TIME, visits=seen_on(date(2026, 11, 25)), **parts) == []


@pytest.mark.parametrize(("completed", "in_time", "late"), [(24, True, 0), (25, False, 1)])
def test_arms_written_up_in_time(completed: int, in_time: bool, late: float) -> None:
    # Interviewed on 10 November: written up by the 24th.
    interview = b.visit(type=VisitType.ARMS_INTERVIEW, date=date(2026, 11, 10))
    day = date(2026, 11, completed)
    assert found(ARMS_ON_TIME, visits=(interview,), assessments=(b.assessment(date=day),)) == [
        (day.isoformat(), in_time, late)
    ]


def test_arms_of_the_day_of_registration_was_not_due_before() -> None:
    offender = b.offender(registered_on=date(2026, 11, 25))
    assert found(ARMS_ON_TIME, offenders=(offender,), assessments=(b.assessment(date=date(2026, 11, 25)),)) == []


def test_arms_that_fell_due_and_is_not_done() -> None:
    assert found(ARMS_ON_TIME, assessments=(b.assessment(date=date(2025, 11, 25)),)) == [("", False, 3)]


@pytest.mark.parametrize(("made", "in_time", "late"), [(25, True, 0), (27, False, 2)])
def test_supervisory_review_in_time(made: int, in_time: bool, late: float) -> None:
    # Medium risk, reviewed on 25 May: again by 25 November.
    days = (date(2026, 5, 25), date(2026, 11, made))
    reviews = tuple(b.assessment(kind=AssessmentKind.SUPERVISORY_REVIEW, date=day) for day in days)
    assert found(REVIEWS_ON_TIME, assessments=reviews) == [(days[1].isoformat(), in_time, late)]


def weeks(topic: Topic, **parts: Any) -> dict[str, str]:
    """Week ends and how many of how many."""
    figures = figures_of(topic, topic.members(context(b.register(**parts))), b.policy())
    return {row.split: row.words for row in figures.itertuples() if row.by == "force"}


def test_trend_rebuilds_every_week_end() -> None:
    # Seen on 25 April: due on 25 October, overdue from the 26th; seen again on 12 November.
    told = weeks(TREND, visits=seen_on(date(2026, 4, 25), date(2026, 11, 12)))
    overdue = [day for day, words in told.items() if words == "1 of 1"]
    assert list(told) == sorted(told)
    assert (len(told), min(told), max(told)) == (12, "2026-09-11", "2026-11-27")
    assert overdue == ["2026-10-30", "2026-11-06"]


def test_trend_counts_only_those_registered_by_then() -> None:
    told = weeks(TREND, offenders=(b.offender(registered_on=date(2026, 11, 14)),))
    assert told == {"2026-11-20": "0 of 1", "2026-11-27": "0 of 1"}


def test_trend_leaves_out_the_weeks_in_custody_and_those_managed_reactively() -> None:
    gone = b.change(
        date=date(2026, 11, 10), field=ChangeField.COMMUNITY_STATUS, value_from="community", value_to="custody"
    )
    told = weeks(TREND, offenders=(b.offender(community_status=CommunityStatus.CUSTODY),), changes=(gone,))
    assert list(told)[-1] == "2026-11-06"
    reactive = b.offender(management_status=ManagementStatus.REACTIVE)
    assert len(weeks(TREND, offenders=(reactive,))) == 12  # not low: active all the same


def test_trend_of_arms_and_reviews() -> None:
    # ARMS of 1 November 2025: overdue from 2 November. Reviewed on 15 May: overdue from 16 November.
    done = (
        b.assessment(date=date(2025, 11, 1)),
        b.assessment(kind=AssessmentKind.SUPERVISORY_REVIEW, date=date(2026, 5, 15)),
    )
    overdue = [
        [day for day, words in weeks(topic, assessments=done).items() if words == "1 of 1"]
        for topic in (TREND_ARMS, TREND_REVIEWS)
    ]
    assert overdue == [["2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27"], ["2026-11-20", "2026-11-27"]]
