"""What the clocks need to know about one nominal, gathered once from the register."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeVar

from offender_mgmt.calendars import Horizon, add_months
from offender_mgmt.due.levels import LevelHistory, level_history
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Assessment, Change, Offender, Visit
from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    CommunityStatus,
    ManagementStatus,
    RiskLevel,
    VisitOutcome,
    VisitType,
)

ONE_DAY = timedelta(days=1)
R = TypeVar("R", Visit, Assessment, Change)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The attempts before the horizon.

    Parameters
    ----------
    first_seen, last_seen
        Days of the first and last successful visit of a type that resets the clock.
    last_interview
        Day of the last successful ARMS interview.
    last
        The last attempt of any outcome.
    """

    first_seen: date | None = None
    last_seen: date | None = None
    last_interview: date | None = None
    last: Visit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One nominal on the first day of the horizon; only records dated before it count.

    Parameters
    ----------
    restart
        Day the nominal came back to the community, or is expected back inside the horizon.
    expected_back
        The same day, if it lies inside the horizon and the nominal is still away.
    became_reactive
        Day of the last change to reactive management.
    start
        The restart, else the registration: no visit clock counts from before it.
    failed
        Days and outcomes of the attempts that failed since the start and the last successful visit.
    last_done
        Day of the last completed assessment of each kind.
    tried_on
        Day of the last failed attempt inside the horizon, of which was told.
    asked_by
        First day of the horizon by which somebody asked for a visit.
    """

    offender: Offender
    horizon: Horizon
    extract_date: date
    levels: LevelHistory
    restart: date | None
    expected_back: date | None
    became_reactive: date | None
    is_eligible_reactive: bool
    start: date
    attempts: Attempts
    failed: tuple[tuple[date, VisitOutcome], ...]
    last_done: Mapping[AssessmentKind, date]
    tried_on: date | None = None
    asked_by: date | None = None

    @property
    def level(self) -> RiskLevel:
        """The risk level in force."""
        return self.levels.in_force

    @property
    def has_ended(self) -> bool:
        """Whether the register ended before the horizon."""
        end = self.offender.register_end
        return end is not None and end < self.horizon.first_day

    @property
    def is_away(self) -> bool:
        """Whether the nominal is in custody, in hospital, abroad or missing."""
        return self.offender.community_status is not CommunityStatus.COMMUNITY

    @property
    def is_paused(self) -> bool:
        """Whether the nominal is away and not expected back inside the horizon."""
        return self.is_away and self.expected_back is None

    @property
    def is_seen_since_start(self) -> bool:
        """Whether there was a successful visit since the restart or registration."""
        return self.attempts.last_seen is not None and self.attempts.last_seen >= self.start


def facts_of(offender: Offender, register: Register, policy: Policy, horizon: Horizon) -> Facts:
    """Gather the facts of one nominal."""
    ref, day = offender.offender_ref, horizon.first_day
    changes = before(register.changes_of.get(ref, ()), day)
    visits = before(register.visits_of.get(ref, ()), day)
    levels = level_history(offender.risk_level, (c for c in changes if c.field is ChangeField.RISK_LEVEL))
    expected_back = _expected_back(offender, horizon)
    restart = expected_back or last_restart(offender, changes)
    start = restart or offender.registered_on
    tried = tuple(v for v in register.tried if v.offender_ref == ref and v.date in horizon)
    visits += tried
    attempts = _attempts(visits, policy.visits.resets_clock)
    return Facts(
        offender=offender,
        horizon=horizon,
        extract_date=register.extract_date,
        levels=levels,
        restart=restart,
        expected_back=expected_back,
        became_reactive=_last_change_to(changes, ChangeField.MANAGEMENT_STATUS, ManagementStatus.REACTIVE.value),
        is_eligible_reactive=_is_eligible_reactive(offender, levels.in_force, policy, day),
        start=start,
        attempts=attempts,
        failed=_failed(visits, attempts.last_seen, start),
        last_done=_last_done(register.days_done_of.get(ref, {}), day),
        tried_on=tried[-1].date if tried else None,
        asked_by=min((by for who, by in register.asked_for if who == ref and by in horizon), default=None),
    )


def _last_done(days_done: Mapping[AssessmentKind, tuple[date, ...]], day: date) -> Mapping[AssessmentKind, date]:
    return {kind: days[count - 1] for kind, days in days_done.items() if (count := bisect_left(days, day))}


def before(rows: tuple[R, ...], day: date) -> tuple[R, ...]:
    """The rows dated before a day, of rows that stand oldest first.

    Histories are long and mostly old: what is not asked for is not looked at.
    """
    if not rows or rows[-1].date < day:
        return rows
    return rows[: bisect_left(rows, day, key=attrgetter("date"))]


def _expected_back(offender: Offender, horizon: Horizon) -> date | None:
    if offender.community_status is CommunityStatus.COMMUNITY or offender.status_until is None:
        return None
    back = offender.status_until + ONE_DAY
    return back if back in horizon else None


def _last_change_to(changes: tuple[Change, ...], field: ChangeField, value: str) -> date | None:
    days = [c.date for c in changes if c.field is field and c.value_to.strip().lower() == value]
    return days[-1] if days else None


def last_restart(offender: Offender, changes: tuple[Change, ...]) -> date | None:
    """The day the nominal last came back to the community, by the changes of before the horizon."""
    restart = _last_change_to(changes, ChangeField.COMMUNITY_STATUS, CommunityStatus.COMMUNITY.value)
    # A registration (or transfer in) after it starts every clock anew.
    return restart if restart is not None and restart >= offender.registered_on else None


def _is_eligible_reactive(offender: Offender, level: RiskLevel, policy: Policy, day: date) -> bool:
    if offender.management_status is not ManagementStatus.REACTIVE or offender.reactive_approved_by is None:
        return False
    months = 12 * policy.assessments.reactive_after_low_years
    return level is RiskLevel.LOW and add_months(offender.risk_level_set_on, months) <= day


def _attempts(visits: tuple[Visit, ...], resets_clock: tuple[VisitType, ...]) -> Attempts:
    if not visits:
        return Attempts()
    last_seen = next((v.date for v in reversed(visits) if _is_seen(v, resets_clock)), None)
    return Attempts(
        first_seen=next(v.date for v in visits if _is_seen(v, resets_clock)) if last_seen else None,
        last_seen=last_seen,
        last_interview=next((v.date for v in reversed(visits) if _is_seen(v, (VisitType.ARMS_INTERVIEW,))), None),
        last=visits[-1],
    )


def _is_seen(visit: Visit, types: tuple[VisitType, ...]) -> bool:
    return visit.outcome is VisitOutcome.SUCCESSFUL and visit.type in types


def _failed(visits: tuple[Visit, ...], last_seen: date | None, start: date) -> tuple[tuple[date, VisitOutcome], ...]:
    found = []
    for visit in reversed(visits):
        if visit.date < start or (last_seen is not None and visit.date <= last_seen):
            break
        if visit.outcome is not VisitOutcome.SUCCESSFUL:
            found.append((visit.date, visit.outcome))
    return tuple(reversed(found))
