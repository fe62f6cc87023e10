"""Limits on how much of some kind of visit an officer makes.

The roster made by hand: P1 and P2 visit RSO-000001 and -2 (medium) on Monday, P3 and P1 hold the ARMS interview of
RSO-000003 (high) on Tuesday.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich_roster import rich_world

from offender_mgmt.policy.model import ExposureLimit
from offender_mgmt.vocabulary import RiskLevel, TaskKind

MEDIUM = {"levels": (RiskLevel.MEDIUM,)}


def limited(*limits):
    return rich_world().with_policy("crews", exposure_limits=tuple(ExposureLimit(**limit) for limit in limits))


@pytest.mark.parametrize(
    ("limit", "broken"),
    [
        ({"most_a_day": 2}, False),
        ({"most_a_day": 1}, True),
        ({"most_a_week": 3}, False),
        ({"most_a_week": 2}, True),
        (MEDIUM | {"most_a_week": 2}, False),
        (MEDIUM | {"most_a_week": 1}, True),
        ({"kinds": (TaskKind.ARMS_INTERVIEW,), "most_a_week": 1}, False),
        ({"kinds": (TaskKind.HOME_VISIT,), "most_a_week": 2}, False),  # that of RSO-000003 is done in the interview
        ({"kinds": (TaskKind.HOME_VISIT,), "levels": (RiskLevel.LOW,), "most_a_day": 1}, False),
    ],
)
def test_just_allowed_and_just_too_much(limit, broken):
    assert limited(limit).rules() == ({"exposure_limits"} if broken else set())


def test_no_limit_nothing_to_forbid():
    assert limited().violations() == ()


def test_the_sentences_name_officer_day_and_limit():
    found = limited({"most_a_day": 4}, MEDIUM | {"most_a_day": 1}, {"most_a_week": 2}).violations()
    assert [str(violation) for violation in found] == [
        "exposure_limits (P1): P1 makes 2 visits of limit 2 on 2026-11-30; the most is 1.",
        "exposure_limits (P1): P1 makes 3 visits of limit 3; the most in a week is 2.",
        "exposure_limits (P2): P2 makes 2 visits of limit 2 on 2026-11-30; the most is 1.",
    ]


def test_a_place_that_would_be_too_much_is_no_place():
    """HV-RSO-000001 left out, in an earlier band than HV-RSO-000002: it could take its place, but not beyond a limit.

    Without the visit of RSO-000001, P1 and P2 each have one medium visit. Taking the place of it they would still
    have one; with a limit on medium visits and RSO-000002 counted as high, taking it would be one more than none.
    """
    world = rich_world()
    row = world.row("HV-RSO-000001")
    swapped = world.without("HV-RSO-000001", "INTEL-RSO-000001-NEXT", "ENTRY-RSO-000001-NEXT")
    left = replace(world.roster.unassigned[0], task_id=row.task_id, offender_ref=row.offender_ref, reason="crews_full")
    swapped = replace(
        swapped, roster=replace(swapped.roster, unassigned=(*swapped.roster.unassigned, left)), bands=None
    )
    assert "priority_order" in swapped.rules()
    enough = swapped.with_policy("crews", exposure_limits=(ExposureLimit(kinds=(TaskKind.HOME_VISIT,), most_a_week=1),))
    assert "priority_order" in enough.rules()  # one goes, one comes
    interview = ExposureLimit(kinds=(TaskKind.HOME_VISIT, TaskKind.ARMS_INTERVIEW), most_a_week=1)
    assert "priority_order" not in swapped.with_policy("crews", exposure_limits=(interview,)).rules()
