"""A past day of a register is what looking at every row gives, and its groups are there from the start."""

from __future__ import annotations

import gc
import random
from dataclasses import replace
from datetime import date, time, timedelta

import builders as b
import pytest
from hypothesis import given
from hypothesis import strategies as st
from register.plain_reading import GROUPS, grouped, past

from offender_mgmt.register import Register
from offender_mgmt.register.collector import without_collector
from offender_mgmt.register.past import in_order_of_time
from offender_mgmt.synth import SynthSettings, make_register
from offender_mgmt.vocabulary import ChangeField

DAYS = 200


@pytest.fixture(scope="module")
def shuffled() -> Register:
    """Ten years of 120 nominals, the rows of every log in no order, and one nominal whose row is gone."""
    register = make_register(SynthSettings(seed=4, offenders=120, officers=6, teams=2, history_days=1500))
    rng = random.Random(4)
    rows = {name: getattr(register, name) for name in ("visits", "assessments", "changes", "deferrals")}
    mixed = {name: tuple(rng.sample(of_log, len(of_log))) for name, of_log in rows.items()}
    put_off = tuple(
        b.deferral(offender_ref=o.offender_ref, decided_on=register.extract_date - timedelta(days=3 * n))
        for n, o in enumerate(register.offenders)
    )
    return replace(register, **{**mixed, "offenders": register.offenders[1:], "deferrals": put_off})


def test_any_past_day_is_what_looking_at_every_row_gives(shuffled: Register) -> None:
    rng = random.Random(1)
    changed = 0
    for _ in range(DAYS):
        day = shuffled.extract_date - timedelta(days=rng.randint(-5, 4000))
        rebuilt, plain = shuffled.as_at(day), past(shuffled, day)
        assert rebuilt == plain, day
        for name, (log, order) in GROUPS.items():
            assert vars(rebuilt)[name] == grouped(getattr(plain, log), order), (name, day)
        changed += rebuilt.offenders != shuffled.offenders
    assert changed > DAYS // 2


def test_past_of_a_past_day_is_the_past_of_the_register(shuffled: Register) -> None:
    late, early = (shuffled.extract_date - timedelta(days=days) for days in (100, 700))
    assert shuffled.as_at(late).as_at(early).visits == shuffled.as_at(early).visits
    assert shuffled.as_at(late).as_at(early) == past(past(shuffled, late), early)


def test_what_was_not_rebuilt_is_the_same_object(shuffled: Register) -> None:
    day = shuffled.extract_date - timedelta(days=400)
    rebuilt = shuffled.as_at(day)
    assert rebuilt.tours is shuffled.tours
    assert rebuilt.tours_of is shuffled.tours_of
    assert rebuilt.officer_by_id is shuffled.officer_by_id
    assert rebuilt.events is shuffled.events
    assert set(rebuilt.offender_by_ref) == {o.offender_ref for o in shuffled.offenders if o.registered_on <= day}


def test_the_last_moment_of_the_day_counts() -> None:
    changes = (
        b.change(date=date(2026, 3, 2), value_from="high", value_to="medium"),
        b.change(date=date(2026, 3, 2), field=ChangeField.LEAD_OFFICER, value_from="P2", value_to="P1"),
    )
    visits = (b.visit(visit_id="V-2", date=date(2026, 3, 3)), b.visit(date=date(2026, 3, 2)))
    register = b.register(changes=changes, visits=visits)
    on_the_day, before = register.as_at(date(2026, 3, 2)), register.as_at(date(2026, 3, 1))
    assert (on_the_day.offenders, on_the_day.visits, len(on_the_day.changes)) == (register.offenders, visits[1:], 2)
    assert (before.offenders[0].risk_level.value, before.offenders[0].lead_officer) == ("high", "P2")
    assert (before.visits, before.visits_of, before.changes_of) == ((), {}, {})


@given(st.lists(st.tuples(st.sampled_from([3, 4]), st.sampled_from([None, time(0), time(9), time(17)])), max_size=6))
def test_attempts_of_a_day_without_a_start_count_as_of_midnight(days: list[tuple[int, time | None]]) -> None:
    visits = [b.visit(visit_id=f"V-{9 - n}", date=date(2026, 3, d), start=s, end=None) for n, (d, s) in enumerate(days)]
    by_hand = sorted(visits, key=lambda v: v.visit_id)
    by_hand = sorted(by_hand, key=lambda v: v.start or time(0))
    assert in_order_of_time(visits) == sorted(by_hand, key=lambda v: v.date)


def test_states_are_made_once_for_all_the_days_they_lasted() -> None:
    changes = (
        b.change(date=date(2026, 3, 2), value_from="low", value_to="high"),
        b.change(date=date(2026, 6, 1), value_from="high", value_to="medium"),
    )
    register = b.register(changes=changes)
    march, may, june = (register.as_at(date(2026, month, 5)).offenders[0] for month in (3, 5, 6))
    assert march is may
    assert (march.risk_level.value, march.risk_level_set_on) == ("high", date(2026, 3, 2))
    assert june is register.offenders[0]
    assert register.as_at(date(2026, 3, 1)).offenders[0].risk_level_set_on == register.offenders[0].registered_on


def test_empty_register_has_an_empty_past() -> None:
    register = Register(extract_date=date(2026, 11, 27))
    assert register.as_at(date(2026, 1, 1)) == Register(extract_date=date(2026, 1, 1))


@pytest.mark.parametrize("enabled", [True, False])
def test_search_for_cycles_is_as_it_was_after_it_was_put_off(enabled: bool) -> None:
    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with without_collector(), without_collector():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
        with pytest.raises(ZeroDivisionError), without_collector():
            print(1 // 0)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
