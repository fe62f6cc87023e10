"""What an audit looks at: the register as at a day, the clocks of that day, the period before it, a roster if given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

from offender_mgmt.audit.clocks import History, Standing
from offender_mgmt.calendars import Horizon
from offender_mgmt.due import DueList, due_list
from offender_mgmt.due.facts import Facts
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Visit
from offender_mgmt.roster.roster import Roster

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Snapshot:
    """The register at the end of a day and what the clocks say then.

    Records of the day itself count. A task is overdue if its due date is the day or before it: the clocks are asked
    about the horizon that starts the day after, exactly as the plan of that next day would ask them.
    """

    day: date
    register: Register
    policy: Policy
    history: History

    @cached_property
    def horizon(self) -> Horizon:
        """The seven days after."""
        return Horizon(self.day + ONE_DAY, self.day + timedelta(days=7))

    @cached_property
    def due(self) -> DueList:
        """What is overdue, due and in the look-ahead."""
        return due_list(self.register, self.policy, self.horizon, known=self.facts.values())

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Everybody registered by the day, by reference: the facts, and what the clocks said."""
        return tuple(self.history.at(self.day))

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What the clocks knew of everybody registered by the day, by reference."""
        extract_date = self.register.extract_date
        exact = (replace(s.facts, horizon=self.horizon, extract_date=extract_date) for s in self.standings)
        return {facts.offender.offender_ref: facts for facts in exact}


@dataclass(frozen=True)
class Context:
    """Everything the topics of one audit are computed from.

    Parameters
    ----------
    full
        The register as extracted; topics look at it through :meth:`snapshot` only.
    day
        The audit is as at the end of this day.
    period_from
        First day of the period; the period ends on ``day``.
    roster
        A roster to be audited before or after it is worked.
    """

    full: Register
    policy: Policy
    day: date
    period_from: date
    roster: Roster | None = None
    _snapshots: dict[date, Snapshot] = field(default_factory=dict, repr=False, compare=False)
    _standings: dict[date, tuple[Standing, ...]] = field(default_factory=dict, repr=False, compare=False)

    def snapshot(self, day: date) -> Snapshot:
        """The register and its clocks at the end of a day, made once."""
        if day not in self._snapshots:
            self._snapshots[day] = Snapshot(day, self.full.as_at(day), self.policy, self.history)
        return self._snapshots[day]

    @cached_property
    def history(self) -> History:
        """Where everybody stood on any day; for days of which nothing but the clocks is asked."""
        return History(self.full, self.policy)

    def standings_at(self, day: date) -> tuple[Standing, ...]:
        """Where everybody registered by a day stood at its end, by reference, looked up once."""
        if day == self.day:
            return self.now.standings
        if day not in self._standings:
            self._standings[day] = tuple(self.history.at(day))
        return self._standings[day]

    @property
    def now(self) -> Snapshot:
        """The snapshot of the audit's own day."""
        return self.snapshot(self.day)

    @cached_property
    def attempts(self) -> tuple[Visit, ...]:
        """The attempts of the period, by day and visit id."""
        inside = (v for v in self.now.register.visits if self.period_from <= v.date <= self.day)
        return tuple(sorted(inside, key=attrgetter("date", "visit_id")))

    def in_period(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.period_from <= day <= self.day


Progress = Callable[[str], None]
