"""Timing, bands, days overdue and risk points; the order of the list."""

from __future__ import annotations

from datetime import date

import pytest
from builders import MONDAY, offender, policy, register, visit
from due.one_nominal import codes, due_of, the

from offender_mgmt.calendars import week_of
from offender_mgmt.due import due_list
from offender_mgmt.due.points import band_of, days_overdue, is_listed, points_of, timing_of
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import RiskLevel, TaskKind, Timing

WEEK = week_of(MONDAY)
HOME, INITIAL, REVIEW = TaskKind.HOME_VISIT, TaskKind.INITIAL_VISIT, TaskKind.SUPERVISORY_REVIEW
VERY_HIGH, HIGH, MEDIUM, LOW = RiskLevel


@pytest.mark.parametrize(
    ("due_date", "timing", "overdue"),
    [
        (date(2026, 11, 1), Timing.OVERDUE, 29),
        (date(2026, 11, 29), Timing.OVERDUE, 1),
        (date(2026, 11, 30), Timing.DUE, 0),
        (date(2026, 12, 6), Timing.DUE, 0),
        (date(2026, 12, 7), Timing.LOOK_AHEAD, 0),
    ],
)
def test_timing_and_days_overdue(due_date: date, timing: Timing, overdue: int) -> None:
    assert (timing_of(due_date, WEEK), days_overdue(due_date, WEEK)) == (timing, overdue)


@pytest.mark.parametrize(
    ("level", "last"),
    [
        (VERY_HIGH, date(2026, 12, 13)),  # 6 December + 7
        (HIGH, date(2026, 12, 20)),  # + 14
        (MEDIUM, date(2027, 1, 3)),  # + 28
        (LOW, date(2027, 1, 3)),
    ],
)
def test_last_due_date_listed_by_level(level: RiskLevel, last: date) -> None:
    start = date(2026, 6, 1)
    assert is_listed(start, last, level, policy(), WEEK)
    assert not is_listed(start, date.fromordinal(last.toordinal() + 1), level, policy(), WEEK)


def test_clock_that_starts_after_the_week_is_not_listed() -> None:
    assert is_listed(date(2026, 12, 6), date(2026, 12, 20), LOW, policy(), WEEK)
    assert not is_listed(date(2026, 12, 7), date(2026, 12, 20), LOW, policy(), WEEK)


@pytest.mark.parametrize(
    ("kind", "level", "timing", "band"),
    [
        (HOME, VERY_HIGH, Timing.OVERDUE, 0),
        (REVIEW, HIGH, Timing.OVERDUE, 0),
        (HOME, MEDIUM, Timing.OVERDUE, 1),
        (INITIAL, LOW, Timing.OVERDUE, 0),
        (INITIAL, LOW, Timing.DUE, 0),
        (INITIAL, LOW, Timing.LOOK_AHEAD, 3),
        (TaskKind.REPEAT_VISIT, MEDIUM, Timing.DUE, 0),
        (HOME, VERY_HIGH, Timing.DUE, 2),
        (HOME, VERY_HIGH, Timing.LOOK_AHEAD, 3),
    ],
)
def test_first_band_that_matches_takes_the_task(kind: TaskKind, level: RiskLevel, timing: Timing, band: int) -> None:
    assert band_of(kind, level, timing, policy()) == band


@pytest.mark.parametrize(
    ("level", "overdue", "points"),
    [
        (LOW, 0, 7),  # weight 1 times base 7
        (MEDIUM, 0, 14),
        (HIGH, 1, 32),  # 4 x (7 + 1)
        (VERY_HIGH, 10, 136),  # 8 x (7 + 10)
        (VERY_HIGH, 182, 1512),  # 8 x (7 + 182)
        (VERY_HIGH, 183, 1512),  # capped at 182 days overdue
        (VERY_HIGH, 5000, 1512),
    ],
)
def test_points(level: RiskLevel, overdue: int, points: int) -> None:
    assert points_of(level, overdue, policy()) == points


def test_task_carries_its_band_and_points() -> None:
    # Medium, seen 1 May: due 1 November, 29 days overdue: 2 x (7 + 29).
    task = the(due_of(visits=(visit(date=date(2026, 5, 1)),)), "HV")
    assert (task.band, task.days_overdue, task.points) == (1, 29, 72)


def test_bands_of_the_list_are_those_of_the_policy() -> None:
    assert due_of().bands == tuple(band.name for band in policy().priorities.bands)


def test_one_band_for_everything() -> None:
    values = policy().model_dump()
    values["priorities"]["bands"] = [{"name": "all"}]
    values["replan"] |= {"changes_after_band": "all", "asked_for_band": "all"}
    due = due_of(visits=(visit(),), rules=Policy.model_validate(values))
    assert codes(due) > {"HV", "ARMSI"}
    assert {task.band for task in due.tasks} == {0}


def test_list_is_in_order_of_band_points_and_id() -> None:
    nominals = tuple(
        offender(offender_ref=f"RSO-{n}", risk_level=level, registered_on=date(2026, month, 1))
        for n, (level, month) in enumerate([(LOW, 1), (HIGH, 9), (HIGH, 9), (VERY_HIGH, 11), (MEDIUM, 8)])
    )
    tasks = due_list(register(offenders=nominals), policy(), WEEK).tasks
    keys = [(task.band, -task.points, task.task_id) for task in tasks]
    assert keys == sorted(keys)
    assert {key[0] for key in keys} == {0, 2, 3}
    assert len(keys) == len(set(keys))
