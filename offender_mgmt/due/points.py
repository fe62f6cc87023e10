"""Where a due date lies against the horizon, which band a task stands in, and its risk points."""

from __future__ import annotations

from datetime import date

from offender_mgmt.calendars import Horizon
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import RiskLevel, TaskKind, Timing


def timing_of(due_date: date, horizon: Horizon) -> Timing:
    """Overdue before the horizon, due inside it, look-ahead after it."""
    if due_date < horizon.first_day:
        return Timing.OVERDUE
    return Timing.DUE if due_date <= horizon.last_day else Timing.LOOK_AHEAD


def is_listed(clock_start: date, due_date: date, level: RiskLevel, policy: Policy, horizon: Horizon) -> bool:
    """Whether the task is listed: its clock has started, and it is due no later than the look-ahead."""
    days_after = (due_date - horizon.last_day).days
    return clock_start <= horizon.last_day and days_after <= policy.visits.look_ahead_days[level]


def days_overdue(due_date: date, horizon: Horizon) -> int:
    """Days from the due date to the first day of the horizon; 0 when not overdue."""
    return max(0, (horizon.first_day - due_date).days)


def band_of(kind: TaskKind, level: RiskLevel, timing: Timing, policy: Policy) -> int:
    """Index of the first band that takes the task; the last takes all."""
    bands = policy.priorities.bands
    return next(index for index, band in enumerate(bands) if band.matches(kind, level, timing))


def points_of(level: RiskLevel, overdue: int, policy: Policy) -> int:
    """Risk points: the weight of the level times base days plus days overdue, those capped."""
    priorities = policy.priorities
    return priorities.level_weights[level] * (priorities.base_days + min(overdue, priorities.lateness_cap_days))
