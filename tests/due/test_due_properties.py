"""What holds of every due list, whatever the nominal and the week (Hypothesis over the random nominals)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from builders import deferral, policy, visit
from due.random_nominals import FIRST_DAY, LAST_DAY, Group, groups
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from offender_mgmt.calendars import Horizon
from offender_mgmt.due import DueList, due_list
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.facts import facts_of
from offender_mgmt.due.visit_clock import visit_clock
from offender_mgmt.register import Register
from offender_mgmt.vocabulary import ChangeField, CommunityStatus, RiskLevel, TaskKind, Timing, VisitOutcome

RULES = policy()
TABLES = ("offenders", "visits", "assessments", "changes", "deferrals", "events", "officers")
DAYS = st.dates(FIRST_DAY, LAST_DAY)
LENGTHS = st.integers(1, 21)
OUTCOMES = st.sampled_from([o for o in VisitOutcome if o is not VisitOutcome.SUCCESSFUL])

properties = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def horizon(day: date, length: int = 7) -> Horizon:
    return Horizon(day, day + timedelta(days=length - 1))


@st.composite
def nominals(draw: st.DrawFn) -> Register:
    """A register of one random nominal."""
    group = groups()[draw(st.integers(0, 49))]
    return only(group, group.register.offenders[draw(st.integers(0, 39))].offender_ref)


def only(group: Group, ref: str) -> Register:
    register = group.register
    own: dict[str, Any] = {
        name: tuple(row for row in getattr(register, name) if row.offender_ref == ref)
        for name in TABLES
        if name != "officers"
    }
    return replace(register, **own)


def visit_due(register: Register, day: date) -> ClockResult | None:
    """The visit by its clock alone, listed or not."""
    return visit_clock(facts_of(register.offenders[0], register, RULES, horizon(day)), RULES)


def with_attempt(register: Register, day: date, outcome: VisitOutcome) -> Register:
    row = visit(
        visit_id=f"V-ADDED-{len(register.visits)}",
        offender_ref=register.offenders[0].offender_ref,
        date=day,
        outcome=outcome,
    )
    return replace(register, visits=(*register.visits, row))


def ids(due: DueList) -> set[str]:
    return {task.task_id for task in due.tasks if not task.is_companion}


@properties
@given(nominals(), DAYS, st.integers(1, 400), st.integers(1, 400))
def test_later_successful_visit_never_makes_the_visit_due_earlier(
    register: Register, day: date, first: int, second: int
) -> None:
    nominal = register.offenders[0].replace(registered_on=date(2020, 1, 1), community_status="community")
    changes = tuple(c for c in register.changes if c.field is not ChangeField.COMMUNITY_STATUS)
    seen = with_attempt(
        replace(register, offenders=(nominal,), changes=changes),
        day - timedelta(days=first),
        VisitOutcome.SUCCESSFUL,
    )
    last = facts_of(nominal, seen, RULES, horizon(day)).attempts.last_seen
    assert last is not None
    again = with_attempt(seen, max(last, day - timedelta(days=second)), VisitOutcome.SUCCESSFUL)
    old, new = visit_due(seen, day), visit_due(again, day)
    assert old is not None
    assert new is not None
    assert new.due_date >= old.due_date


@properties
@given(nominals(), DAYS, st.integers(1, 400), OUTCOMES)
def test_failed_attempts_never_put_a_visit_off(
    register: Register, day: date, before: int, outcome: VisitOutcome
) -> None:
    in_vain = with_attempt(register, day - timedelta(days=before), outcome)
    never_tried = replace(register, visits=tuple(v for v in register.visits if v.outcome is VisitOutcome.SUCCESSFUL))
    tried, untried = visit_due(in_vain, day), visit_due(never_tried, day)
    assert tried is not None
    assert untried is not None
    assert tried.due_date <= untried.due_date
    assert tried.clock_start == untried.clock_start


@properties
@given(nominals(), DAYS)
def test_graver_level_never_makes_the_visit_due_later(register: Register, day: date) -> None:
    def at(level: RiskLevel) -> date:
        nominal = register.offenders[0].replace(risk_level=level)
        found = visit_due(replace(register, offenders=(nominal,), changes=()), day)
        assert found is not None
        return found.due_date

    due_dates = [at(level) for level in RiskLevel]
    assert due_dates == sorted(due_dates)


@properties
@given(nominals(), DAYS, LENGTHS, LENGTHS)
def test_longer_horizon_drops_no_task_and_moves_no_due_date(register: Register, day: date, a: int, b: int) -> None:
    # Of a nominal who is away, a longer horizon may hold the release.
    assume(register.offenders[0].community_status is CommunityStatus.COMMUNITY)
    short, long = (due_list(register, RULES, horizon(day, length)) for length in sorted((a, b)))
    assert ids(short) <= ids(long)
    for task_id in ids(short):
        one, other = short.task(task_id), long.task(task_id)
        assert one is not None
        assert other is not None
        assert (one.due_date, one.rule) == (other.due_date, other.rule)


@properties
@given(nominals(), DAYS, st.sampled_from(list(TaskKind)), st.integers(1, 60), st.none() | st.integers(0, 90))
def test_deferral_moves_no_due_date_and_drops_no_task(
    register: Register, day: date, kind: TaskKind, before: int, length: int | None
) -> None:
    decided = day - timedelta(days=before)
    row = deferral(
        task_kind=kind,
        offender_ref=register.offenders[0].offender_ref,
        decided_on=decided,
        until=None if length is None else decided + timedelta(days=length),
    )
    plain = due_list(replace(register, deferrals=()), RULES, horizon(day))
    deferred = due_list(replace(register, deferrals=(row,)), RULES, horizon(day))
    assert ids(plain) == ids(deferred)
    for task_id in ids(plain):
        one, other = plain.task(task_id), deferred.task(task_id)
        assert one is not None
        assert other is not None
        assert (one.due_date, one.points, one.band) == (other.due_date, other.points, other.band)
        assert one.release_date <= other.release_date


@properties
@given(nominals(), DAYS, LENGTHS)
def test_records_from_the_first_day_on_change_nothing(register: Register, day: date, length: int) -> None:
    known = replace(
        register,
        visits=tuple(v for v in register.visits if v.date < day),
        assessments=tuple(a for a in register.assessments if a.date < day),
        changes=tuple(c for c in register.changes if c.date < day),
        deferrals=tuple(d for d in register.deferrals if d.decided_on < day),
    )
    weeks = horizon(day, length)
    assert due_list(register, RULES, weeks) == due_list(known, RULES, weeks)


@properties
@given(st.integers(0, 49), DAYS, LENGTHS)
def test_every_due_list_is_in_itself_consistent(index: int, day: date, length: int) -> None:
    group = groups()[index]
    weeks = horizon(day, length)
    due = due_list(group.register, group.policy, weeks)
    visits: list[str] = []
    for task in due.tasks:
        assert task.release_date >= task.clock_start
        assert (task.timing is Timing.OVERDUE) == (task.days_overdue > 0) == (task.due_date < day)
        assert (task.points == 0) == task.is_companion == task.task_id.endswith("-NEXT")
        assert 0 <= task.band < len(due.bands)
        assert all(due.task(other) is not None for other in task.goes_with)
        assert all(due.task(other) is not None for other in task.satisfied_by if not other.startswith("EVENT-"))
        visits += [task.offender_ref] if task.kind.is_field and task.kind is not TaskKind.ARMS_INTERVIEW else []
    assert len(visits) == len(set(visits)), "one visit task at most"
    assert len({task.task_id for task in due.tasks}) == len(due.tasks)
    assert not {p.offender_ref for p in due.paused} & {t.offender_ref for t in due.tasks if t.kind.is_field}


@settings(properties, max_examples=40)
@given(st.integers(0, 49), DAYS, st.integers(0, 2**32))
def test_order_of_the_rows_does_not_matter(index: int, day: date, seed: int) -> None:
    group, rng = groups()[index], random.Random(seed)
    shuffled: dict[str, Any] = {}
    for name in TABLES:
        rows = list(getattr(group.register, name))
        rng.shuffle(rows)
        shuffled[name] = tuple(rows)
    weeks = horizon(day)
    expected = due_list(group.register, group.policy, weeks)
    assert due_list(replace(group.register, **shuffled), group.policy, weeks) == expected


@settings(properties, max_examples=40)
@given(st.integers(0, 49), DAYS)
def test_nominals_do_not_touch_each_other(index: int, day: date) -> None:
    group, weeks = groups()[index], horizon(day)
    together = due_list(group.register, group.policy, weeks)
    alone = [due_list(only(group, o.offender_ref), group.policy, weeks) for o in group.register.offenders]
    assert {task.task_id: task for task in together.tasks} == {t.task_id: t for due in alone for t in due.tasks}
    assert set(together.flags) == {flag for due in alone for flag in due.flags}
    assert set(together.paused) == {pause for due in alone for pause in due.paused}


@properties
@given(nominals(), st.dates(date(1900, 1, 1), date(2100, 12, 1)), LENGTHS)
def test_any_week_of_any_century_has_an_answer(register: Register, day: date, length: int) -> None:
    due = due_list(register, RULES, horizon(day, length))
    assert due.horizon.first_day == day
    if day <= register.offenders[0].registered_on:
        assert due.tasks == ()


def test_empty_register_has_nothing_due() -> None:
    due = due_list(Register(extract_date=FIRST_DAY), RULES, horizon(FIRST_DAY))
    assert (due.tasks, due.events, due.paused, due.flags) == ((), (), (), ())
