"""Who was not seen, and at whose door nobody answers; the day audited is Friday 27 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, context, one_member, verdict

from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics.contact import TOPICS
from offender_mgmt.register.records import Change, Visit
from offender_mgmt.vocabulary import AssessmentKind, ChangeField, CommunityStatus, VisitOutcome, VisitType

NEVER, LONG, CHAINS, UNDECIDED = TOPICS
Outcome = VisitOutcome


def attempts(*made: tuple[date, VisitOutcome]) -> tuple[Visit, ...]:
    """Attempts by day and outcome."""
    return tuple(b.visit(visit_id=f"V-{n}", date=day, outcome=outcome) for n, (day, outcome) in enumerate(made))


def returned(day: date) -> Change:
    """Out of custody on a day."""
    return b.change(date=day, field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="community")


def of(topic: Topic, *made: tuple[date, VisitOutcome], **parts: Any) -> tuple[bool, float, str] | None:
    return verdict(topic, context(b.register(visits=attempts(*made), **parts)))


SEEN = (date(2026, 11, 2), Outcome.SUCCESSFUL)


def test_never_seen_since_registration() -> None:
    new = (b.offender(registered_on=date(2026, 11, 20)),)
    assert of(NEVER, offenders=new) == (True, 7, "")
    tried = ((date(2026, 11, 25), Outcome.NO_REPLY),)
    assert of(NEVER, *tried, offenders=new) == (True, 7, "")
    found = of(NEVER, (date(2026, 11, 20), Outcome.SUCCESSFUL), offenders=new)
    assert found is not None
    assert not found[0]


@pytest.mark.parametrize(("back", "never"), [(date(2026, 11, 1), False), (SEEN[0], False), (date(2026, 11, 3), True)])
def test_never_seen_since_the_return(back: date, never: bool) -> None:
    # Seen on 2 November: before, on, or after the day of the return.
    found = of(NEVER, SEEN, changes=(returned(back),))
    assert found is not None
    assert found[0] is never
    assert not never or found[1] == 24


def test_never_seen_says_when_the_nominal_was_seen_before() -> None:
    row = one_member(NEVER, context(b.register(visits=attempts(SEEN), changes=(returned(date(2026, 11, 3)),))))
    assert row is not None
    assert row["detail"] == "Back since 2026-11-03, last seen 2026-11-02."


def test_visit_of_a_type_that_resets_no_clock_is_not_seen() -> None:
    policy_types = set(VisitType) - set(b.policy().visits.resets_clock)
    assert policy_types == set()  # every type resets the clock by the example policy
    policy = b.policy()
    narrow = policy.visits.model_copy(update={"resets_clock": (VisitType.HOME_VISIT,)})
    searched = b.register(visits=(b.visit(type=VisitType.SEARCH, date=DAY),))
    found = verdict(NEVER, context(searched, policy=policy.model_copy(update={"visits": narrow})))
    assert found is not None
    assert found[0]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [(date(2025, 11, 26), (True, 366, "")), (date(2025, 11, 27), (False, 365, "")), (DAY, (False, 0, ""))],
)
def test_long_unseen_is_more_than_365_days(seen: date, expected: tuple[bool, float, str]) -> None:
    assert of(LONG, (seen, Outcome.SUCCESSFUL)) == expected


def test_long_unseen_looks_at_those_who_were_seen_once() -> None:
    assert of(LONG) is None
    assert of(LONG, (date(2026, 11, 1), Outcome.NO_REPLY)) is None


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([], None),
        ([(date(2026, 11, 2), Outcome.NO_REPLY)], None),  # the day the nominal was seen
        ([(date(2026, 11, 3), Outcome.NO_REPLY)], (True, 1, "1")),
        ([(date(2026, 11, 3), Outcome.NO_REPLY), (date(2026, 11, 3), Outcome.REFUSED)], (True, 2, "2")),
        ([(date(2026, 11, d), Outcome.ABORTED) for d in (3, 4, 5)], (True, 3, "3 or more")),
        ([(date(2026, 11, d), Outcome.NO_REPLY) for d in (3, 4, 5, 6)], (True, 4, "3 or more")),
    ],
)
def test_chain_of_failed_attempts(
    made: list[tuple[date, VisitOutcome]], expected: tuple[bool, float, str] | None
) -> None:
    found = of(CHAINS, SEEN, *made)
    assert found == expected if expected else found is not None and not found[0]


def test_attempts_before_the_return_are_forgotten() -> None:
    tried = (date(2026, 11, 3), Outcome.NO_REPLY)
    found = of(CHAINS, SEEN, tried, changes=(returned(date(2026, 11, 4)),))
    assert found is not None
    assert not found[0]


TWICE = ((date(2026, 11, 10), Outcome.NO_REPLY), (date(2026, 11, 17), Outcome.REFUSED))


def decided(day: date) -> dict[str, Any]:
    return {"assessments": (b.assessment(kind=AssessmentKind.NO_REPLY_DECISION, date=day),)}


@pytest.mark.parametrize(
    ("made", "parts", "expected"),
    [
        (TWICE[:1], {}, None),
        (TWICE, {}, (True, 10)),
        (TWICE, decided(date(2026, 11, 16)), (True, 10)),
        (TWICE, decided(date(2026, 11, 17)), (False, None)),
        ((*TWICE, (date(2026, 11, 20), Outcome.NO_REPLY)), {}, (True, 10)),  # the second called for it
        ((TWICE[0], (date(2026, 11, 17), Outcome.ABORTED)), {}, None),
        ((*TWICE, (date(2026, 11, 20), Outcome.SUCCESSFUL)), {}, None),
    ],
)
def test_two_no_replies_without_a_decision(made: Any, parts: dict[str, Any], expected: Any) -> None:
    found = of(UNDECIDED, SEEN, *made, **parts)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found[0] is expected[0]
        assert expected[1] is None or found[1] == expected[1]


@pytest.mark.parametrize("topic", TOPICS)
def test_nobody_in_custody_is_looked_at(topic: Topic) -> None:
    away = (b.offender(community_status=CommunityStatus.CUSTODY, status_until=date(2026, 11, 28)),)
    assert of(topic, SEEN, *TWICE, offenders=away) is None
