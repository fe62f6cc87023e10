"""Where every nominal stood at the end of a day: in the community or not, and when each clock ran out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from offender_mgmt.calendars import Horizon, add_months
from offender_mgmt.due.assessment_clocks import arms_clock, reactive_clock, supervisory_clock
from offender_mgmt.due.clock_result import ClockResult
from offender_mgmt.due.facts import ONE_DAY, Facts, before, expected_back_in, facts_of
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
    """One nominal at the end of a day: the facts as the clocks see them on the day after, and what the clocks said."""

    facts: Facts
    clocks: Ran

    @property
    def offender(self) -> Offender:
        """The nominal's row as at the day."""
        return self.facts.offender

    @property
    def is_in_community(self) -> bool:
        """On the register and in the community on the day itself (expected back is not back)."""
        return not self.facts.has_ended and not self.facts.is_away

    @property
    def is_active(self) -> bool:
        """In the community and managed actively: visits are due."""
        return self.is_in_community and not self.facts.is_eligible_reactive


@dataclass(frozen=True)
class History:
    """Standings of every nominal at the end of any day, from the logs of one extract.

    Week by week little changes: what was read of a nominal for one day is taken for the next one asked about, unless
    a record, a fact or the day itself makes a difference to the clocks.
    """

    register: Register
    policy: Policy
    _readings: dict[str, tuple[tuple[object, ...], Standing]] = field(default_factory=dict, repr=False, compare=False)

    def at(self, day: date) -> list[Standing]:
        """Everybody registered by the day, by reference."""
        found = []
        for ref in self._refs:
            if (looked_at := self._look(ref, day)) is not None:
                self._readings[ref] = looked_at
                found.append(looked_at[1])
        return found

    def standing(self, ref: str, day: date) -> Standing | None:
        """One nominal at the end of a day; ``None`` if not registered by then."""
        looked_at = self._look(ref, day)
        return looked_at[1] if looked_at is not None else None

    def _look(self, ref: str, day: date) -> tuple[tuple[object, ...], Standing] | None:
        as_extracted = self.register.offender_by_ref[ref]
        if as_extracted.registered_on > day:
            return None
        offender = self._rewinder.rewound(as_extracted, day)
        horizon = Horizon(day + ONE_DAY, day + WEEK)
        key = self._key(offender, horizon)
        known_key, known = self._readings.get(ref, ((), None))
        if known is None or known_key != key:
            return key, self._read(offender, horizon)
        if known.facts.horizon == horizon:
            return key, known
        return key, Standing(self._on(known.facts, horizon), known.clocks)

    def _read(self, offender: Offender, horizon: Horizon) -> Standing:
        facts = self._on(facts_of(offender, self.register, self.policy, horizon), horizon)
        standing = Standing(facts, Ran())
        return Standing(facts, _run(facts, self.policy)) if standing.is_in_community else standing

    def _on(self, facts: Facts, horizon: Horizon) -> Facts:
        """The same facts on another day; no extract is made before it is looked at."""
        extract_date = min(self.register.extract_date, horizon.first_day - ONE_DAY)
        return replace(facts, horizon=horizon, extract_date=extract_date)

    def _key(self, offender: Offender, horizon: Horizon) -> tuple[object, ...]:
        """All that what is read depends on: facts, records, and what the day itself makes a difference to."""
        ref, day, register = offender.offender_ref, horizon.first_day, self.register
        until, end = offender.interval_until, offender.register_end
        years = 12 * self.policy.assessments.reactive_after_low_years
        is_reactive = offender.management_status is ManagementStatus.REACTIVE
        return (
            offender,
            len(before(register.visits_of.get(ref, ()), day)),
            len(before(register.assessments_of.get(ref, ()), day)),
            len(before(register.changes_of.get(ref, ()), day)),
            expected_back_in(offender, horizon),
            until is None or until >= day,
            end is not None and end < day,
            is_reactive and add_months(offender.risk_level_set_on, years) <= day,
        )

    @cached_property
    def _refs(self) -> list[str]:
        return sorted(self.register.offender_by_ref)

    @cached_property
    def _rewinder(self) -> Rewinder:
        return Rewinder(self.register.changes_of)


def _run(facts: Facts, policy: Policy) -> Ran:
    """Run the clocks of a nominal in the community."""
    if facts.is_eligible_reactive:
        return Ran(reactive=reactive_clock(facts, policy))
    visit = by_tier = visit_clock(facts, policy)
    if facts.offender.visit_interval_days is not None:
        plain = facts.offender.model_copy(update={"visit_interval_days": None})
        by_tier = visit_clock(replace(facts, offender=plain), policy)
    return Ran(visit, by_tier, arms_clock(facts, policy), supervisory_clock(facts, policy))
