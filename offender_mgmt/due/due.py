"""The recipe: from a register, a policy and a horizon to the list of what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time

from offender_mgmt.calendars import Horizon, WorkingDays
from offender_mgmt.due.assessment_clocks import arms_clock, reactive_clock, supervisory_clock
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.companions import companions_of
from offender_mgmt.due.desk_clocks import (
    address_clock,
    no_reply_clock,
    notification_clock,
    record_clock,
    status_clock,
)
from offender_mgmt.due.facts import Facts, facts_of
from offender_mgmt.due.flags import flags_of
from offender_mgmt.due.pauses import pause_of
from offender_mgmt.due.satisfied import joint_visits, with_satisfied_by
from offender_mgmt.due.task import DueList, Flag, Pause, Task
from offender_mgmt.due.tasks import task_of
from offender_mgmt.due.visit_clock import visit_clock
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Event


def due_list(register: Register, policy: Policy, horizon: Horizon, *, known: Iterable[Facts] | None = None) -> DueList:
    """List what is due over a horizon, by the rules of ``docs/reference/clocks.md``.

    Parameters
    ----------
    register
        Facts as before the first day of the horizon (see ``Register.as_at`` for a past day).
    policy
        Every interval and deadline.
    horizon
        The days being planned, both ends included.
    known
        The facts of all nominals over this horizon, by reference, where they were gathered before.

    Returns
    -------
    DueList
        In stable order, whatever the order of the register's rows. Raises nothing for a valid register.
    """
    events = _events_in(register, horizon)
    joint = joint_visits(events)
    working_days = _working_days(policy)
    tasks: list[Task] = []
    paused: list[Pause] = []
    flags: list[Flag] = []
    for facts in known if known is not None else _facts(register, policy, horizon):
        own = _tasks_of(facts, register, policy, working_days)
        own = with_satisfied_by(own, joint.get(facts.offender.offender_ref, ()))
        tasks += own + companions_of(own, facts, policy, horizon, working_days)
        paused += [pause] if (pause := pause_of(facts)) else []
        flags += [] if facts.has_ended else flags_of(facts, policy, register)
    return DueList(
        horizon=horizon,
        bands=tuple(band.name for band in policy.priorities.bands),
        tasks=tuple(sorted(tasks, key=lambda task: (task.band, -task.points, task.task_id))),
        events=events,
        paused=tuple(paused),
        flags=tuple(flags),
    )


def _facts(register: Register, policy: Policy, horizon: Horizon) -> Iterator[Facts]:
    """The facts of every nominal registered before the horizon, by reference."""
    for offender in sorted(register.offenders, key=lambda offender: offender.offender_ref):
        if offender.registered_on < horizon.first_day:
            yield facts_of(offender, register, policy, horizon)


def _tasks_of(facts: Facts, register: Register, policy: Policy, working_days: WorkingDays) -> list[Task]:
    deferrals = register.deferrals_of.get(facts.offender.offender_ref, ())
    results = (result for result in _results(facts, policy, working_days) if result is not None)
    tasks = (task_of(result, facts, policy, deferrals) for result in results)
    return [task for task in tasks if task is not None]


def _results(facts: Facts, policy: Policy, working_days: WorkingDays) -> Iterator[ClockResult | None]:
    """What each clock that runs for the nominal says."""
    if facts.has_ended:
        return
    yield status_clock(facts, policy)
    if facts.is_paused:
        return
    if facts.is_eligible_reactive:
        yield reactive_clock(facts, policy)
        yield visit_clock(facts, policy) if facts.asked_by else None
    else:
        yield visit_clock(facts, policy)
        yield arms_clock(facts, policy)
        yield supervisory_clock(facts, policy)
        yield no_reply_clock(facts, policy)
    yield notification_clock(facts, policy)
    yield address_clock(facts, policy)
    yield record_clock(facts, policy, working_days)


def _working_days(policy: Policy) -> WorkingDays:
    duty = policy.duty
    return WorkingDays(frozenset(duty.extra_bank_holidays), frozenset(duty.removed_bank_holidays))


def _events_in(register: Register, horizon: Horizon) -> tuple[Event, ...]:
    inside = (event for event in register.events if event.date in horizon)
    return tuple(sorted(inside, key=lambda event: (event.date, event.start or time.min, event.event_id)))
