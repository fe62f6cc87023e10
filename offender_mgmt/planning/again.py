"""A running week planned again: what of the published roster stays, and what it leaves to each team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from offender_mgmt.aims import Published, aim_figures
from offender_mgmt.checks import check_roster
from offender_mgmt.due import DueList
from offender_mgmt.errors import UsageError
from offender_mgmt.instance.again import Again, FrozenStop, OutingBefore
from offender_mgmt.instance.history import off_hours
from offender_mgmt.instance.model import Span
from offender_mgmt.instance.shifts import tour_span, without
from offender_mgmt.planning.ahead import ahead, by_outing, way_home
from offender_mgmt.planning.decode import event_assignments
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.frozen import Replanned, frozen_rows, goes_with_visit
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.rules import HARD_RULES
from offender_mgmt.solver.solve import SolveStatus
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Aim, TourCode

JUDGED = frozenset(HARD_RULES) | {"known_references"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """How the published part of a team was reached, and what was proven of it.

    Parameters
    ----------
    bands, aims
        Bound of each band, in order, and of each aim.
    """

    status: SolveStatus
    bands: tuple[int | None, ...]
    aims: Mapping[Aim, int | None]


@dataclass(frozen=True, slots=True)
class Replan:
    """What a week is planned again from.

    Parameters
    ----------
    replanned
        What the new roster is held to.
    published
        The roster that people have seen.
    undone
        Sentences about work that had begun by then, but cannot have been done by what is known now.
    copied
        Teams of which nothing has changed: their part stays as published.
    """

    replanned: Replanned
    published: Roster
    undone: tuple[str, ...] = ()
    copied: Mapping[str, Copied] = field(default_factory=dict)


def replan_of(
    register: Register, policy: Policy, due: DueList, published: Roster, freeze_before: int, bands_first: int
) -> Replan:
    """What stays of a published roster at a moment, judged by the register as it is now.

    Work that has begun but breaks a rule now (its officer was on sick leave, its nominal in custody) cannot have been
    done: the whole outing, or the desk task, is planned again. Desk work that goes with a visit which was made is
    given to another officer of its crew, or to a later time.

    Raises
    ------
    UsageError
        When nobody can do the desk work that goes with a visit which was made.
    """
    part = _Part(register, policy, due, published, freeze_before)
    rows = part.rows()
    replanned = Replanned(freeze_before=freeze_before, bands_first=bands_first, frozen=rows)
    return Replan(replanned, published, tuple(part.words))


class _Part:
    """The rows that stay, found by taking out what cannot have been."""

    def __init__(self, register: Register, policy: Policy, due: DueList, published: Roster, before: int) -> None:
        self._register, self._policy, self._due, self._before = register, policy, due, before
        self._published = published.assignments
        self._undone: set[str] = set()
        self._moved: list[Assignment] = []
        self.words: list[str] = []

    def rows(self) -> tuple[Assignment, ...]:
        """What stays, as the due list of now describes it."""
        while True:
            rows = self._now()
            broken = self._broken(rows)
            if not broken:
                return tuple(rows)
            for row in {row.task_id: row for row in rows if row.task_id in broken}.values():
                self._take_out(row, rows)

    def _now(self) -> list[Assignment]:
        stays = frozen_rows(self._published, self._before, self._undone)
        visited = {row.offender_ref for row in stays if row.kind.is_field}
        moved = [row for row in self._moved if row.offender_ref in visited]
        return [self._described(row) for row in (*stays, *moved)]

    def _described(self, row: Assignment) -> Assignment:
        task = self._due.task(row.task_id)
        if task is None:
            return row
        band = self._due.bands[task.band]
        return replace(
            row,
            risk_level=task.risk_level,
            band=band,
            due_date=task.due_date,
            days_overdue=task.days_overdue,
            why=task.why,
        )

    def _broken(self, rows: Sequence[Assignment]) -> set[str]:
        """Tasks that break a rule by what is known now."""
        alone = Roster(self._due.horizon, (*event_assignments(self._register, self._due), *rows))
        found = set()
        for violation in check_roster(self._register, self._policy, self._due, alone):
            if violation.rule in JUDGED:
                refs = set(violation.refs)
                named = {row.task_id for row in rows if row.task_id in refs}
                near = {row.task_id for row in rows if refs & {row.outing, row.offender_ref, *row.crew}}
                found |= named or near
        return found

    def _take_out(self, row: Assignment, rows: Sequence[Assignment]) -> None:
        if row.task_id in self._undone:
            self._moved = [other for other in self._moved if other.task_id != row.task_id]
        self._undone.add(row.task_id)
        if not goes_with_visit(row):
            who = " and ".join(row.crew)
            self.words.append(f"{row.task_id} ({row.day}, {who}) cannot have been done: it is planned again.")
            return
        visit = next(r for r in rows if r.kind.is_field and r.offender_ref == row.offender_ref)
        if visit.task_id in self._undone:
            return
        rest = [other for other in rows if other.task_id != row.task_id]
        for place in self._places(row, visit, rest):
            if not self._broken([*rest, place]) & {row.task_id, visit.task_id}:
                self._moved.append(place)
                self.words.append(f"{row.task_id} goes to {place.lead} on {place.day}: its visit was made.")
                return
        raise UsageError(
            f"{row.task_id}: the visit of {visit.day} was made, and nobody of its crew is left to do this in time."
        )

    def _places(self, row: Assignment, visit: Assignment, rest: Sequence[Assignment]) -> Iterator[Assignment]:
        """Times for desk work that goes with a visit, earliest first."""
        minutes = sum(other.minutes for other in self._published if other.task_id == row.task_id)
        events = list(event_assignments(self._register, self._due))
        for officer in visit.crew:
            busy = sorted((o.start, o.end) for o in (*rest, *events) if officer in o.crew)
            for tour in self._register.tours_of.get(officer, ()):
                if tour.code is TourCode.DUTY and tour.date in self._due.horizon:
                    start, end = tour_span(tour)
                    for gap in without((max(start, self._before, visit.end), end), busy):
                        if gap[1] - gap[0] >= minutes:
                            yield replace(row, start=gap[0], end=gap[0] + minutes, crew=(officer,), part="")


def again_of(
    register: Register, policy: Policy, due: DueList, travel: Travel, replan: Replan, published: Published
) -> dict[str, Again]:
    """Every team's part of a week that is planned again."""
    replanned = replan.replanned
    rows = replanned.frozen or ()
    brought = aim_figures(register, policy, due, Roster(due.horizon, tuple(rows)), travel)
    by_team: dict[str, list[Assignment]] = defaultdict(list)
    for row in rows:
        task = due.task(row.task_id)
        if task is not None:
            by_team[task.team].append(row)
    frozen = frozenset(row.task_id for row in rows)
    outings, busy = ahead(register, travel, replan.published.assignments, frozen, published)
    found = {}
    for team in register.teams:
        costs = {f.aim: -f.value if f.aim.more_is_better else f.value for f in brought[team]}
        costs = {aim: costs.get(aim, 0) for aim in Aim if aim not in (Aim.EVEN_LOAD, Aim.FEWEST_CHANGES)}
        costs[Aim.EVENINGS_AND_WEEKENDS] = _off_hours_short(policy, due, by_team[team])
        found[team] = _again(register, travel, replanned, by_team[team], costs, outings, busy)
    return found


def _off_hours_short(policy: Policy, due: DueList, rows: Iterable[Assignment]) -> int:
    spans = off_hours(policy.aims, due.horizon)
    starts = [row.start for row in rows if row.kind.is_field and not row.done_with]
    inside = sum(any(a <= start < b for a, b in spans) for start in starts)
    return policy.aims.evening_weekend_percent * len(starts) - 100 * inside


def _again(
    register: Register,
    travel: Travel,
    replanned: Replanned,
    rows: Sequence[Assignment],
    brought: Mapping[Aim, int],
    outings: tuple[OutingBefore, ...],
    still_to_come: Mapping[str, tuple[Span, ...]],
) -> Again:
    busy: dict[str, list[Span]] = defaultdict(list)
    pauses: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    stops = [row for row in rows if row.kind.is_field and not row.done_with]
    for row in rows:
        if not row.kind.is_field:
            busy[row.lead].append((row.start, row.end))
    for outing in by_outing(stops):
        whole = outing[0].start - outing[0].travel_minutes, outing[-1].end + way_home(register, travel, outing[-1])
        for officer in outing[0].crew:
            busy[officer].append(whole)
            pauses[officer] += [((a.end, b.start), b.travel_minutes) for a, b in pairwise(outing)]
    return Again(
        freeze_before=replanned.freeze_before,
        bands_first=replanned.bands_first,
        frozen=frozenset(row.task_id for row in rows),
        visited=frozenset(row.offender_ref for row in stops),
        stops=tuple(FrozenStop(row.task_id, row.start, frozenset(row.crew)) for row in stops),
        busy={officer: tuple(sorted(spans)) for officer, spans in busy.items()},
        pauses={officer: tuple(gaps) for officer, gaps in pauses.items()},
        brought=brought,
        outings=outings,
        ahead=still_to_come,
    )
