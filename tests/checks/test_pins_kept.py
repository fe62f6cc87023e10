"""Rule ``pins_kept``: what people pinned of a task is so, each part by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import builders as b
import pytest

from offender_mgmt.calendars import local, week_of
from offender_mgmt.checks import check_roster
from offender_mgmt.due import due_list
from offender_mgmt.planning import plan
from offender_mgmt.register.pins import Pin, Pins
from offender_mgmt.roster.frozen import Replanned
from offender_mgmt.roster.roster import Roster
from offender_mgmt.solver.settings import Settings

WEEK = week_of(b.MONDAY)
REGISTER = b.register()
DUE = due_list(REGISTER, b.policy(), WEEK)
PUBLISHED = plan(REGISTER, b.policy(), WEEK, Settings(effort=1), workers=1).roster
VISIT = next(row for row in PUBLISHED.assignments if row.kind.is_field)
START = local(VISIT.start).time()


def found(pins: Pins, moment: int = 0, roster: Roster = PUBLISHED) -> list[str]:
    held = Replanned(freeze_before=moment, bands_first=3, pins=pins)
    violations = check_roster(REGISTER, b.policy(), DUE, roster, replanned=held)
    return [v.sentence for v in violations if v.rule == "pins_kept"]


@pytest.mark.parametrize(
    ("pin", "wrong"),
    [
        (Pin(officers=frozenset({"P1"})), None),
        (Pin(officers=frozenset({"P3"})), "officer P3"),
        (Pin(crew=frozenset({"P1", "P2"})), None),
        (Pin(crew=frozenset({"P1"})), "crew P1"),
        (Pin(day=VISIT.day), None),
        (Pin(day=VISIT.day + timedelta(days=1)), "day 2026-12-01"),
        (Pin(start=START), None),
        (Pin(start=START.replace(minute=START.minute + 1)), f"time {START.replace(minute=START.minute + 1):%H:%M}"),
    ],
)
def test_pins_kept_judges_each_part_by_itself(pin: Pin, wrong: str | None) -> None:
    assert found({VISIT.task_id: pin}) == ([] if wrong is None else [f"{VISIT.task_id} is not as pinned: {wrong}."])


def test_pins_kept_says_nothing_without_pins_of_work_left_out_or_of_what_had_begun() -> None:
    pin = {VISIT.task_id: Pin(officers=frozenset({"P3"}))}
    assert found({}) == []
    without = tuple(row for row in PUBLISHED.assignments if row.task_id != VISIT.task_id)
    assert found(pin, roster=replace(PUBLISHED, assignments=without)) == []
    assert found(pin, moment=VISIT.end) == []
