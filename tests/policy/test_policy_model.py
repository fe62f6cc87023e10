"""Policies that contradict themselves are refused with the settings named; what policy derives is as by hand."""

from __future__ import annotations

import builders as b
import pytest

from offender_mgmt.errors import DataError
from offender_mgmt.policy.read import example_policy_text, parse_policy
from offender_mgmt.vocabulary import RiskLevel, TaskKind, Timing

EXAMPLE = example_policy_text()


def advice_for(key: str, value: str) -> list[str]:
    """Advice on the contradictions of the example policy with one setting's value replaced."""
    head, _, tail = EXAMPLE.partition(f"[{key}]\nvalue = ")
    assert tail
    text = f"{head}[{key}]\nvalue = {value}{tail[tail.index(chr(10) + 'unit = ') :]}"
    try:
        parse_policy(text, "policy.toml")
    except DataError as error:
        return [fault.advice for fault in error.faults if fault.rule == "settings-at-odds"] or ["another rule"]
    return []


def levels(very_high: int, high: int, medium: int, low: int) -> str:
    return f"{{ very_high = {very_high}, high = {high}, medium = {medium}, low = {low} }}"


def band(name: str, rest: str = "") -> str:
    return f'{{ name = "{name}"{rest} }}'


ASKED_FOR = "overdue very high and high, new and repeat visits"
"""Band that the example policy gives to what somebody asked for."""
OVERDUE = ', any_of = [{ timings = ["overdue"] }]'
AT_ODDS = [
    ("visits.interval_months", levels(4, 3, 6, 12), ["interval_months"]),
    ("visits.interval_months", "{ high = 3 }", ["each risk level"]),
    ("visits.hours_to", "08:00:00", ["hours_from", "hours_to"]),
    ("assessments.supervisory_review_months", "{ high = 3 }", ["each risk level"]),
    ("crews.size", levels(2, 2, 2, 1), ["size", "single_crew_authorised_by"]),
    ("crews.size_by_marker", "{ dog = 1 }", ["size", "single_crew_authorised_by"]),
    ("durations.minutes", "{ home_visit = 60 }", ["minutes", "arms_interview"]),
    ("duty.breaks", "[]", ["breaks"]),
    ("duty.breaks", "[{ tour_hours_from = 1, break_minutes = 30 }]", ["breaks"]),
    (
        "duty.breaks",
        "[{ tour_hours_from = 0, break_minutes = 9 }, { tour_hours_from = 0, break_minutes = 9 }]",
        ["once"],
    ),
    # The longest break is 60 minutes: 120 to 179 is too short for it.
    ("duty.break_to_minutes", "179", ["break_from_minutes", "break_to_minutes"]),
    ("travel.speeds", "[]", ["speeds"]),
    ("travel.speeds", "[{ up_to_km = 9, km_per_hour = 9 }, { up_to_km = 5, km_per_hour = 9 }]", ["speeds"]),
    ("priorities.bands", "[]", ["last band"]),
    ("priorities.bands", f"[{band('a', OVERDUE)}]", ["last band"]),
    ("priorities.bands", f"[{band('a')}, {band('b')}]", ["only the last"]),
    ("priorities.bands", f"[{band('a', OVERDUE)}, {band('a')}]", ["name of its own"]),
    ("priorities.deputy_points", "3", ["lead_points", "deputy_points"]),
    ("priorities.level_weights", "{ low = 1 }", ["each risk level"]),
    ("audit.caseload_weights", "{ low = 1 }", ["each risk level"]),
    ("audit.overdue_band_days", "[]", ["overdue_band_days"]),
    ("audit.overdue_band_days", "[7, 7, 30]", ["rising order"]),
    ("audit.overdue_band_days", "[30, 7]", ["rising order"]),
    ("audit.evening_from", "12:00:00", ["evening_from"]),
    ("crews.exposure_limits", '[{ levels = ["high"] }]', ["most_a_day", "most_a_week"]),
    ("aims.order", '["travel", "travel"]', ["order"]),
    ("aims.order", '["one_address_together", "one_address_apart"]', ["order", "not both"]),
    ("aims.parts_of_day", "[]", ["parts_of_day"]),
    ("aims.parts_of_day", "[18:00:00, 12:00:00]", ["rising order"]),
    ("aims.parts_of_day", "[00:00:00]", ["after midnight"]),
]


@pytest.mark.parametrize(("key", "value", "words"), AT_ODDS)
def test_b19_policy_at_odds_with_itself_names_the_settings(key: str, value: str, words: list[str]) -> None:
    advice = advice_for(key, value)
    assert len(advice) == 1
    assert all(word in advice[0] for word in words)


JUST_ALLOWED = [
    ("visits.interval_months", levels(3, 3, 6, 12)),
    ("visits.hours_to", "08:01:00"),
    ("duty.break_to_minutes", "180"),
    ("priorities.bands", f"[{band(ASKED_FOR, OVERDUE)}, {band('due this week')}]"),
    ("priorities.deputy_points", "2"),
    ("aims.order", "[]"),
    ("aims.order", '["one_address_apart"]'),
    ("aims.order", '["one_address_together"]'),
    ("aims.parts_of_day", "[00:01:00]"),
]


@pytest.mark.parametrize(("key", "value"), JUST_ALLOWED)
def test_b19_policy_that_is_just_consistent_is_accepted(key: str, value: str) -> None:
    assert advice_for(key, value) == []


@pytest.mark.parametrize(("hours", "minutes"), [(0, 30), (5.99, 30), (6, 35), (8, 45), (9.5, 50), (10, 60), (24, 60)])
def test_break_by_length_of_tour(hours: float, minutes: int) -> None:
    # The steps of the example policy: 0 h 30, 6 h 35, 7 h 40, 8 h 45, 9 h 50, 10 h 60 minutes.
    assert b.policy().duty.break_minutes(int(hours * 60)) == minutes


def test_bands_of_the_example_policy() -> None:
    bands = b.policy().priorities.bands

    def first(kind: TaskKind, level: RiskLevel, timing: Timing) -> int:
        return next(number for number, band in enumerate(bands) if band.matches(kind, level, timing))

    assert first(TaskKind.HOME_VISIT, RiskLevel.HIGH, Timing.OVERDUE) == 0
    assert first(TaskKind.HOME_VISIT, RiskLevel.LOW, Timing.OVERDUE) == 1
    assert first(TaskKind.INITIAL_VISIT, RiskLevel.LOW, Timing.DUE) == 0
    assert first(TaskKind.HOME_VISIT, RiskLevel.VERY_HIGH, Timing.DUE) == 2
    assert first(TaskKind.RECORD_ENTRY, RiskLevel.LOW, Timing.LOOK_AHEAD) == 3


@pytest.mark.parametrize("key", ["replan.changes_after_band", "replan.asked_for_band"])
def test_a_band_that_does_not_exist_is_refused(key: str) -> None:
    (advice,) = advice_for(key, '"no such band"')
    assert key.partition(".")[2] in advice


def test_the_band_of_what_was_asked_for() -> None:
    assert b.policy().band_asked_for == 0
