"""What a re-plan excuses: only a breach that was recorded, and only of what had begun, taken by itself."""

from __future__ import annotations

from dataclasses import replace

import builders as b
from rich_register import TUESDAY
from rich_roster import at, small_world

from offender_mgmt.checks import check_roster
from offender_mgmt.roster.frozen import Replanned

WORLD = small_world()
NOON = at("12:00")
VISIT = WORLD.row("HV-RSO-000001")
OFF_DUTY = WORLD.with_tours(b.tour(officer_id=VISIT.crew[0], start=None, end=None, code="sick"))


def found(world, excused=(), *, moment=NOON, kept=()):
    """Rules broken when the week is held to a moment."""
    held = Replanned(freeze_before=moment, bands_first=3, kept=frozenset(kept), excused=frozenset(excused))
    return check_roster(world.register, world.policy, world.due, world.roster, replanned=held)


def breaches():
    """What is wrong because the lead is ill on Monday: rule and references."""
    return {(v.rule, v.refs) for v in found(OFF_DUTY) if v.rule == "within_tour"}


def test_without_a_record_nothing_is_excused():
    assert breaches()


def test_what_was_recorded_of_work_that_had_begun_is_excused():
    assert "within_tour" not in {v.rule for v in found(OFF_DUTY, breaches())}


def test_other_references_are_not_excused():
    wrong = {(rule, ("P9",)) for rule, _ in breaches()}
    assert "within_tour" in {v.rule for v in found(OFF_DUTY, wrong)}


def test_what_had_not_begun_is_not_excused():
    assert "within_tour" in {v.rule for v in found(OFF_DUTY, breaches(), moment=at("06:00"))}


def test_what_is_recorded_as_kept_had_begun():
    day = {row.task_id for row in WORLD.roster.assignments if row.day == b.MONDAY}
    assert "within_tour" not in {v.rule for v in found(OFF_DUTY, breaches(), moment=at("06:00"), kept=day)}


def test_new_work_that_breaks_the_same_rule_is_found():
    """An excuse for Monday says nothing of a row that somebody puts on Tuesday."""
    tuesday = replace(
        VISIT, task_id="HV-RSO-000002", start=at("09:00", TUESDAY), end=at("10:00", TUESDAY), outing="Tue-9"
    )
    ill = OFF_DUTY.with_tours(b.tour(officer_id=VISIT.crew[0], date=TUESDAY, start=None, end=None, code="sick"))
    rules = {(v.rule, v.refs) for v in found(ill.with_rows(tuesday), breaches())}
    assert ("within_tour", ("Tue-9", VISIT.crew[0])) in rules


def test_an_entry_that_is_owed():
    """The visit had begun; its entry is left out and recorded as owed."""
    entry = f"ENTRY-{VISIT.offender_ref}-NEXT"
    world = WORLD.without(entry)
    owed = {("record_entry_after_visit", (VISIT.task_id,))}
    assert owed <= {(v.rule, v.refs) for v in found(world)}
    assert not owed & {(v.rule, v.refs) for v in found(world, owed)}
    assert owed <= {(v.rule, v.refs) for v in found(world, owed, moment=at("06:00"))}
