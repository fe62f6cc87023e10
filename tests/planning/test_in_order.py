"""A roster that serves a later band first is put in order, and breaks no rule that it kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from places.random_weeks import RandomWeek, random_week

from offender_mgmt.measures import band_figures
from offender_mgmt.places.suggest import violations_of
from offender_mgmt.planning.in_order import ORDER_RULE, put_in_order
from offender_mgmt.roster.roster import Roster


def rules_of(week: RandomWeek, roster: Roster) -> list[str]:
    return sorted(violation.rule for violation in violations_of(week.published().week, roster))


@pytest.fixture(scope="module")
def weeks() -> list[RandomWeek]:
    """Filled at random, so that visits of earlier bands are passed over: 1, 3 and 23 times."""
    sizes = ((300, 120, 60), (303, 120, 60), (303, 160, 90))
    return [random_week(seed, offenders=offenders, tries=tries)[0] for seed, offenders, tries in sizes]


def test_nothing_is_passed_over_afterwards_and_earlier_bands_have_more(weeks: list[RandomWeek]) -> None:
    assert [rules_of(week, week.roster) for week in weeks] == [[ORDER_RULE] * count for count in (1, 3, 23)]
    for week in weeks:
        roster = put_in_order(week.published())
        assert roster is not None
        assert rules_of(week, roster) == []
        before, after = ([band.value for band in band_figures(week.due, r)] for r in (week.roster, roster))
        assert after > before
        told = {a.task_id for a in roster.assignments} | {u.task_id for u in roster.unassigned}
        assert told == {a.task_id for a in week.roster.assignments} | {u.task_id for u in week.roster.unassigned}


def test_a_roster_in_order_stays_as_it_is(weeks: list[RandomWeek]) -> None:
    roster = put_in_order(weeks[0].published())
    assert roster is not None
    assert put_in_order(replace(weeks[0], roster=roster).published()) is roster


def test_too_many_swaps_end_without_a_roster(weeks: list[RandomWeek], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offender_mgmt.planning.in_order.MOST_SWAPS", 0)
    assert put_in_order(weeks[0].published()) is None


def test_a_place_that_breaks_another_rule_is_not_taken(
    weeks: list[RandomWeek], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offender_mgmt.planning.in_order.places_of", lambda *_, **__: iter(()))
    assert put_in_order(weeks[0].published()) is None
