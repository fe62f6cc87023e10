"""What of a published roster had begun by a moment and was done, as far as is known now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from offender_mgmt.checks import Violation, check_roster
from offender_mgmt.due import DueList
from offender_mgmt.due.task import Task
from offender_mgmt.instance.model import Span
from offender_mgmt.instance.shifts import merged, tour_span, without
from offender_mgmt.planning.ahead import by_outing
from offender_mgmt.planning.decode import event_assignments
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.disruptions import Told
from offender_mgmt.register.told_texts import DONE, FAILED
from offender_mgmt.roster.frozen import NEXT, frozen_rows, goes_with_visit
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.rules import HARD_RULES
from offender_mgmt.travel import Place, Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import TaskKind, TourCode

IMPOSSIBLE = frozenset(
    {"known_references", "within_tour", "offender_available", "one_place_at_a_time", "fixed_events_kept"}
)
"""What breaks one of these cannot have been. What breaks another hard rule was done all the same."""
JUDGED = frozenset(HARD_RULES) | {"known_references"}
FOLLOWS = frozenset({"record_entry_after_visit", "write_up_follows_interview"})
AFTER_A_VISIT = (TaskKind.RECORD_ENTRY, TaskKind.ARMS_WRITE_UP)
PLACES_TRIED = 60
"""Times looked at for desk work that is owed, the best first."""

Excused = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Begun:
    """What stays, and what has to be said of it.

    Parameters
    ----------
    rows
        The rows that stay, as the due list of now describes them.
    away
        When crews are out for visits that do not stay: nobody answered, and the way home is as it was.
    excused
        Rule and references of each breach that is no fault of a plan.
    words
        Sentences for people.
    loud
        Sentences that must not be overlooked: what is owed, and what stays although a rule is broken now.
    """

    rows: tuple[Assignment, ...]
    away: tuple[tuple[str, Span], ...]
    excused: frozenset[Excused]
    words: tuple[str, ...]
    loud: tuple[str, ...] = ()


def begun(
    register: Register,
    policy: Policy,
    due: DueList,
    published: Roster,
    before: int,
    told: Sequence[Told] = (),
    kept: Collection[str] = (),
) -> Begun:
    """What stays of a published roster at a moment, judged by the register as it is now.

    What cannot have been (its officer was on sick leave or at court, its nominal in custody) is planned again: the
    whole outing, unless one of its visits is said to be done; or the desk task. A visit that failed or was not made
    leaves its outing, with what goes with it. Desk work that goes with a visit which was made is given to another
    officer of its crew, or to a later time; if there is none, it is owed.

    Parameters
    ----------
    told
        How work ended.
    kept
        Ids of tasks that had begun when the week was planned again before.
    """
    return _Part(register, policy, due, published.assignments, before, told, kept).result()


class _Part:
    """The rows that stay, found by taking out what cannot have been."""

    def __init__(
        self,
        register: Register,
        policy: Policy,
        due: DueList,
        published: Sequence[Assignment],
        before: int,
        told: Sequence[Told],
        kept: Collection[str],
    ) -> None:
        self._register, self._policy, self._due, self._before = register, policy, due, before
        self._travel = Travel(register, policy)
        self._events = tuple(event_assignments(register, due))
        self._published, self._kept = published, set(kept)
        results = {(t.task_id, t.day): t.result for t in told}
        ended = {row.task_id: results.get((row.task_id, row.day), "") for row in published}
        self._done = {task_id for task_id, result in ended.items() if result == DONE}
        self._failed = {task_id for task_id, result in ended.items() if result in FAILED}
        self._gone = {task_id for task_id, result in ended.items() if result and result != DONE}
        self._undone: set[str] = set()
        self._moved: list[Assignment] = []
        self._words: list[str] = [f"{task_id}: {ended[task_id].replace('_', ' ')}." for task_id in sorted(self._gone)]

    def result(self) -> Begun:
        """What stays once nothing is left that cannot have been, and what a visit leaves to be done has a place."""
        looked_for: set[str] = set()
        while True:
            rows = self._now()
            wrong = self._wrong(rows)
            impossible = [row for row in rows if row.task_id in self._named(wrong, rows)]
            missing = [owed for owed in self._missing(rows) if owed[0].task_id not in looked_for]
            if impossible:
                away = {v.refs[0] for v in wrong if v.rule == "offender_available"}
                self._take_out(impossible, rows, away)
            elif missing:
                looked_for.add(missing[0][0].task_id)
                self._place(*missing[0], rows)
            else:
                break
        excused = frozenset((v.rule, v.refs) for v in wrong)
        owed = [_owed(task) for task, _ in self._missing(rows)]
        stays = [_stays_all_the_same(v) for v in sorted(wrong) if v.rule not in FOLLOWS]
        return Begun(tuple(rows), tuple(self._away(rows)), excused, tuple(self._words), (*owed, *stays))

    def _now(self) -> list[Assignment]:
        stays = self._stays()
        visited = {row.offender_ref for row in stays if row.kind.is_field}
        moved = [row for row in self._moved if row.offender_ref in visited]
        return [self._described(row) for row in (*stays, *moved)]

    def _begun(self) -> list[Assignment]:
        """Rows that had begun, whatever came of them."""
        had_begun = set(map(id, frozen_rows(self._published, self._before, self._undone)))
        again = self._kept - self._undone
        return [row for row in self._published if id(row) in had_begun or row.task_id in again]

    def _stays(self) -> list[Assignment]:
        rows = [row for row in self._begun() if not {row.task_id, row.done_with} & self._gone]
        refs = {row.offender_ref for row in rows if row.kind.is_field}
        rows = [row for row in rows if not goes_with_visit(row) or row.offender_ref in refs]
        return self._in_order(rows)

    def _in_order(self, rows: list[Assignment]) -> list[Assignment]:
        """Stops of an outing that has lost some have the positions and the travel of those that are left."""
        new: dict[int, Assignment] = {}
        for outing in by_outing(row for row in rows if row.kind.is_field and not row.done_with):
            if [row.position for row in outing] != list(range(1, len(outing) + 1)) and all(r.position for r in outing):
                places = [self._base(outing[0]), *map(self._place_of, outing)]
                for number, (row, (here, there)) in enumerate(zip(outing, pairwise(places), strict=True), start=1):
                    minutes = self._travel.minutes(here, there)
                    for other in rows:
                        if row.task_id in (other.task_id, other.done_with):
                            new[id(other)] = replace(other, position=number, travel_minutes=minutes)
        return [new.get(id(row), row) for row in rows]

    def _place_of(self, row: Assignment) -> Place:
        return place_of_offender(self._register.offender_by_ref[row.offender_ref])

    def _base(self, row: Assignment) -> Place:
        return place_of_base(self._register.station_of(row.lead, row.start))

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

    def _wrong(self, rows: Sequence[Assignment]) -> set[Violation]:
        """What is wrong with some rows by themselves, by what is known now."""
        alone = Roster(self._due.horizon, (*self._events, *rows))
        return {v for v in check_roster(self._register, self._policy, self._due, alone) if v.rule in JUDGED}

    def _named(self, wrong: Iterable[Violation], rows: Sequence[Assignment]) -> set[str]:
        """Tasks that cannot have been; what is said to be done has been, and the check before it."""
        found: set[str] = set()
        for refs in (set(v.refs) for v in wrong if v.rule in IMPOSSIBLE):
            named = {row.task_id for row in rows if refs & {row.task_id, row.outing, row.done_with}}
            found |= named or {row.task_id for row in rows if refs & {row.offender_ref, *row.crew}}
        done = {row.offender_ref for row in rows if row.kind.is_field and row.task_id in self._done}
        checks = {r.task_id for r in rows if r.kind is TaskKind.INTELLIGENCE_CHECK and r.offender_ref in done}
        return found - self._done - checks

    def _take_out(self, impossible: Sequence[Assignment], rows: Sequence[Assignment], away: Collection[str]) -> None:
        """Take out what cannot have been; a nominal who was away takes one stop out of the outing only."""
        for row in {row.task_id: row for row in impossible}.values():
            if goes_with_visit(row):
                self._undone.add(row.task_id)
                self._moved = [other for other in self._moved if other.task_id != row.task_id]
                continue
            others = {r.task_id for r in rows if r.kind.is_field and r.day == row.day and r.outing == row.outing}
            is_one_stop = bool({row.task_id, row.done_with} & set(away)) or (
                row.kind.is_field and bool(others & self._done)
            )
            (self._gone if is_one_stop else self._undone).add(row.task_id)
            who = " and ".join(row.crew)
            self._words.append(f"{row.task_id} ({row.day}, {who}) cannot have been done: it is planned again.")

    def _missing(self, rows: Sequence[Assignment]) -> Iterator[tuple[Task, Assignment]]:
        """Entries and write-ups that are not there of visits that are."""
        there = {row.task_id for row in rows}
        for visit in rows:
            if visit.kind.is_field and not visit.done_with:
                for kind in AFTER_A_VISIT:
                    task = self._due.task(f"{kind.code}-{visit.offender_ref}{NEXT}")
                    if task is not None and visit.task_id in task.goes_with and task.task_id not in there:
                        yield task, visit

    def _place(self, task: Task, visit: Assignment, rows: Sequence[Assignment]) -> None:
        """Find a time for desk work that goes with a visit which was made; without one it is owed."""
        wrong = self._wrong(rows)
        for place in islice(self._places(task, visit, rows), PLACES_TRIED):
            if self._wrong([*rows, place]) <= wrong:
                self._moved.append(place)
                self._words.append(f"{task.task_id} goes to {place.lead} on {place.day}: its visit was made.")
                return

    def _places(self, task: Task, visit: Assignment, rest: Sequence[Assignment]) -> Iterator[Assignment]:
        """Times for desk work that goes with a visit: first where nothing published stands, then any, the earliest."""
        taken = {other.task_id for other in rest} | self._undone | self._gone
        published = [other for other in self._published if other.task_id not in taken]
        for others in (published, []):
            for officer in visit.crew:
                for start, end in self._gaps(task, visit, officer, (*rest, *others)):
                    ref = task.offender_ref
                    row = Assignment(
                        task_id=task.task_id, kind=task.kind, offender_ref=ref, start=start, end=end, crew=(officer,)
                    )
                    yield self._described(row)

    def _gaps(
        self, task: Task, visit: Assignment, officer: str, others: Sequence[Assignment]
    ) -> Iterator[tuple[int, int]]:
        busy = [(o.start, o.end) for o in (*others, *self._events) if officer in o.crew and not o.kind.is_field]
        busy += [span for who, span in self._spans(r for r in others if r.kind.is_field) if who == officer]
        for tour in self._register.tours_of.get(officer, ()):
            if tour.code is TourCode.DUTY and tour.date in self._due.horizon:
                start, end = tour_span(tour)
                whole = max(start, self._before, visit.end), end
                for gap in without(whole, merged(whole, busy)) if whole[0] < whole[1] else ():
                    if gap[1] - gap[0] >= task.minutes:
                        yield gap[0], gap[0] + task.minutes

    def _away(self, rows: Sequence[Assignment]) -> Iterator[tuple[str, Span]]:
        """Outings that were driven although not all of their visits stay."""
        stays = {row.task_id for row in rows}
        driven = {row.outing for row in self._begun() if row.task_id in stays | self._failed}
        lost = {row.outing for row in self._begun() if row.kind.is_field and row.task_id not in stays}
        yield from self._spans(row for row in self._begun() if row.kind.is_field and row.outing in driven & lost)

    def _spans(self, rows: Iterable[Assignment]) -> Iterator[tuple[str, Span]]:
        for outing in by_outing(row for row in rows if not row.done_with):
            home = self._travel.minutes(self._place_of(outing[-1]), self._base(outing[0]))
            for officer in outing[0].crew:
                yield officer, (outing[0].start - outing[0].travel_minutes, outing[-1].end + home)


def _stays_all_the_same(violation: Violation) -> str:
    """What is wrong with work by what was told since, in a sentence that names it."""
    sentence, what = violation.sentence, next(iter(violation.refs), "")
    named = sentence if what in sentence else f"{what}: {sentence}"
    return f"{named} It had begun and stays."


def _owed(task: Task) -> str:
    return f"{task.task_id} is owed: its visit was made, and nobody of its crew has room for it in time."
