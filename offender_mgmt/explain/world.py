"""A week as it is, or as it would be: register, policy, due list and roster, and whether a task finds a place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from offender_mgmt.checks import Violation
from offender_mgmt.due import due_list
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.places.find import finder_of, free_places
from offender_mgmt.places.published import Plan, Published
from offender_mgmt.places.roster_with import roster_with
from offender_mgmt.places.spot import Spot
from offender_mgmt.places.suggest import published_week, violations_of
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Offender, Officer
from offender_mgmt.roster.frozen import Replanned
from offender_mgmt.roster.roster import Roster

LOOKED_AT = 20
"""Of places that the check refuses so many are tried, the best first."""
OF_OTHERS = frozenset({"reasons_hold"})
"""Why other work is left out may be another reason in a changed week; that is no harm done."""
PRIORITIES = OF_OTHERS | {"priority_order"}
"""What may be wrong besides with a roster that only shows that there is room: it is never offered."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A place for a task in a week, with the checked roster.

    Parameters
    ----------
    told
        What the check says of that roster and not of the one as it stands.
    """

    world: World
    spot: Spot
    roster: Roster
    told: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class World:
    """A week.

    Parameters
    ----------
    not_before
        Moment before which nothing changes.
    replanned
        What the roster is held to, if its week was planned again.
    """

    register: Register
    policy: Policy
    due: DueList
    roster: Roster
    not_before: int = 0
    replanned: Replanned | None = None

    @cached_property
    def published(self) -> Published:
        """The week as one more task finds it."""
        return published_week(self.register, self.policy, self.due, self.roster, self.not_before, self.replanned)

    @cached_property
    def violations(self) -> frozenset[Violation]:
        """What the check finds in the roster as it stands."""
        return frozenset(violations_of(self.published.week, self.roster))

    @cached_property
    def empty(self) -> Plan:
        """The week with nothing planned, fixed events apart."""
        plan = self.published.plan
        duties = {o: tuple(replace(d, trips=(), jobs=()) for d in own) for o, own in plan.duties.items()}
        return Plan(duties, ())

    def task(self, task_id: str) -> Task:
        """A task that is due."""
        found = self.due.task(task_id)
        assert found is not None
        return found

    def offender(self, task: Task) -> Offender:
        """The nominal of a task."""
        return self.register.offender_by_ref[task.offender_ref]

    def free(self, task: Task, officers: frozenset[str] | None = None) -> list[Spot]:
        """Places in the week as it stands for which nothing is lost; only with some officers, if any are given."""
        return free_places(self.published, task, officers)

    def fits_alone(self, task: Task) -> bool:
        """Whether the task would have a place if nothing else were planned."""
        return any(True for _ in finder_of(self.published, task).spots(self.empty))

    def fit(self, task: Task, known: frozenset[Violation], officers: frozenset[str] | None = None) -> Fit | None:
        """The best free place that breaks no rule but those broken already; ``None`` if there is none."""
        return next(self.fits(self.free(task, officers), known), None)

    def fits(
        self, spots: Iterable[Spot], known: frozenset[Violation], allowed: frozenset[str] = OF_OTHERS
    ) -> Iterator[Fit]:
        """Those of some places whose roster breaks no rule but those broken already and those allowed."""
        for spot in islice(spots, LOOKED_AT):
            roster = roster_with(self.published, spot)
            new = frozenset(violations_of(self.published.week, roster)) - known
            if all(violation.rule in allowed for violation in new):
                yield Fit(self, spot, roster, tuple(sorted(new)))

    def with_officers(self, changed: Iterable[Officer]) -> World:
        """The week with some officers changed."""
        new = {officer.officer_id: officer for officer in changed}
        officers = tuple(new.get(officer.officer_id, officer) for officer in self.register.officers)
        return replace(self, register=replace(self.register, officers=officers))

    def with_offender(self, ref: str, **changes: object) -> World:
        """The week with a nominal changed; the due list is made anew, unless only visiting hours are changed."""
        offenders = tuple(o.replace(**changes) if o.offender_ref == ref else o for o in self.register.offenders)
        changed = replace(self, register=replace(self.register, offenders=offenders))
        return changed if changes.keys() == {"visiting_hours"} else changed.due_anew()

    def due_anew(self) -> World:
        """The week with its due list made anew; what is due no longer or only now makes no difference to the roster."""
        return replace(self, due=due_list(self.register, self.policy, self.due.horizon))
