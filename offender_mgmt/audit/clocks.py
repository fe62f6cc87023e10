"""Where every nominal stood at the end of a day: in the community or not, and when each clock ran out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from offender_mgmt.calendars import Horizon, add_months
from offender_mgmt.due.assessment_clocks import arms_clock, reactive_clock, supervisory_clock
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.facts import ONE_DAY, Facts, R, before, facts_of
from offender_mgmt.due.visit_clock import visit_clock
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.past import Rewinder
from offender_mgmt.register.records import Offender
from offender_mgmt.vocabulary import ManagementStatus, TaskKind

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ran:
    """What the clocks of a nominal said; ``None`` where a clock does not run.

    Parameters
    ----------
    visit, visit_by_tier
        The visit due by the interval in force, and by the tier's interval for everybody.
    arms
        The ARMS interview, or the write-up of one that was held.
    """

    visit: ClockResult | None = None
    visit_by_tier: ClockResult | None = None
    arms: ClockResult | None = None
    supervisory: ClockResult | None = None
    reactive: ClockResult | None = None

    def of_kind(self, kind: TaskKind) -> ClockResult | None:
        """The ARMS interview or the ARMS write-up, whichever is asked for."""
        return self.arms if self.arms is not None and self.arms.kind is kind else None


@dataclass(frozen=True, slots=True)
class Standing:
    """One nominal at the end of a day.

    Parameters
    ----------
    facts
        As the clocks see them on the day after. Their horizon may be another one over which nothing is different.
    is_in_community
        On the register and in the community on the day itself (expected back is not back).
    is_active
        In the community and managed actively: visits are due.
    """

    day: date
    facts: Facts
    clocks: Ran
    is_in_community: bool
    is_active: bool

    @property
    def offender(self) -> Offender:
        """The nominal's row as at the day."""
        return self.facts.offender

    def days_overdue(self, clock: ClockResult) -> int:
        """Days from the due date to the day after; 0 when not overdue."""
        return max(0, (self.day - clock.due_date).days + 1)

    def days_since(self, day: date) -> float:
        """Days that have passed; none on the day itself."""
        return float((self.day - day).days)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a nominal, and on which days it would be read again just so.

    Parameters
    ----------
    after, until
        The last thing before the day that made a difference, and the next one: on first days of a horizon later than
        the one and not later than the other the clocks say the same.
    """

    after: date
    until: date
    facts: Facts
    clocks: Ran
    is_in_community: bool

    def on(self, day: date) -> Standing:
        """The standing at the end of a day on which it would be read just so."""
        is_active = self.is_in_community and not self.facts.is_eligible_reactive
        return Standing(day, self.facts, self.clocks, self.is_in_community, is_active)


@dataclass(frozen=True)
class History:
    """Standings of every nominal at the end of any day, from the logs of one extract.

    Week by week little changes: what was read of a nominal for one day is taken for the next one asked about, unless
    a record, a fact or the day itself makes a difference to the clocks.
    """

    register: Register
    policy: Policy
    _readings: dict[str, _Reading] = field(default_factory=dict, repr=False, compare=False)

    def at(self, day: date) -> list[Standing]:
        """Everybody registered by the day, by reference."""
        found, first_day, known = [], day + ONE_DAY, self._readings
        for ref, registered_on in self._registered:
            if registered_on <= day:
                reading = known.get(ref)
                if reading is None or not reading.after < first_day <= reading.until:
                    reading = known[ref] = self._read(ref, day)
                found.append(reading.on(day))
        return found

    def standing(self, ref: str, day: date) -> Standing | None:
        """One nominal at the end of a day; ``None`` if not registered by then."""
        if self.register.offender_by_ref[ref].registered_on > day:
            return None
        return self._read(ref, day).on(day)

    def _read(self, ref: str, day: date) -> _Reading:
        offender = self._rewinder.rewound(self.register.offender_by_ref[ref], day)
        horizon = Horizon(day + ONE_DAY, day + WEEK)
        facts = facts_of(offender, self.register, self.policy, horizon)
        is_in_community = not facts.has_ended and not facts.is_away
        clocks = _run(facts, self.policy) if is_in_community else Ran()
        differences = [*self._records(ref, horizon.first_day), *self._thresholds(offender)]
        after = max((d for d in differences if d < horizon.first_day), default=date.min)
        until = min((d for d in differences if d >= horizon.first_day), default=date.max)
        return _Reading(after, until, facts, clocks, is_in_community)

    def _records(self, ref: str, first_day: date) -> Iterator[date]:
        """Days of the last record before the horizon and of the next one, in each log the clocks look at."""
        yield from _around(self.register.visits_of.get(ref, ()), first_day)
        yield from _around(self.register.assessments_of.get(ref, ()), first_day)
        yield from _around(self.register.changes_of.get(ref, ()), first_day)

    def _thresholds(self, offender: Offender) -> Iterator[date]:
        """Days after which (from the next day on) the clocks look at the same facts in another way."""
        if offender.interval_until is not None:
            yield offender.interval_until
        if offender.register_end is not None:
            yield offender.register_end
        if offender.management_status is ManagementStatus.REACTIVE:
            months = 12 * self.policy.assessments.reactive_after_low_years
            yield add_months(offender.risk_level_set_on, months) - ONE_DAY
        if offender.status_until is not None:
            yield offender.status_until + ONE_DAY
            yield offender.status_until + ONE_DAY - WEEK

    @cached_property
    def _registered(self) -> list[tuple[str, date]]:
        return sorted((o.offender_ref, o.registered_on) for o in self.register.offenders)

    @cached_property
    def _rewinder(self) -> Rewinder:
        return Rewinder(self.register.changes_of)


def _around(rows: tuple[R, ...], first_day: date) -> Iterator[date]:
    count = len(before(rows, first_day))
    yield from (row.date for row in rows[max(0, count - 1) : count + 1])


def _run(facts: Facts, policy: Policy) -> Ran:
    """Run the clocks of a nominal in the community."""
    if facts.is_eligible_reactive:
        return Ran(reactive=reactive_clock(facts, policy))
    visit = by_tier = visit_clock(facts, policy)
    if facts.offender.visit_interval_days is not None:
        plain = facts.offender.model_copy(update={"visit_interval_days": None})
        by_tier = visit_clock(replace(facts, offender=plain), policy)
    return Ran(visit, by_tier, arms_clock(facts, policy), supervisory_clock(facts, policy))
