"""Nothing that a solver's process tells is used unread: each roster is read back and checked, the best one stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from offender_mgmt import measures
from offender_mgmt.aims import AimFigures, Published
from offender_mgmt.checks import check_roster
from offender_mgmt.due import DueList
from offender_mgmt.instance.build import Names
from offender_mgmt.instance.model import Instance
from offender_mgmt.places.published import Published as WeekInPlace
from offender_mgmt.places.suggest import published_week
from offender_mgmt.planning.decode import TeamRoster, decode, event_assignments
from offender_mgmt.planning.filled import filled
from offender_mgmt.planning.in_order import ORDER_RULE, put_in_order
from offender_mgmt.planning.left_out import REASONS_RULE
from offender_mgmt.planning.outcome import Ending, Outcome
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.frozen import Replanned
from offender_mgmt.roster.roster import BandFigures, Roster
from offender_mgmt.solver.bands import BandProof
from offender_mgmt.solver.solve import Answer, SolveStatus
from offender_mgmt.solver.timetable import Timetable
from offender_mgmt.vocabulary import TaskKind

TRIED_FROM_THE_BEST = 6
TRIED_FROM_THE_FIRST = 2
"""One bad roster may have spoiled those after it; the greedy ones were made before any engine was asked."""
BROKE_A_RULE = "the optimiser's roster broke a rule"
OUT_OF_ORDER = "the optimiser's roster served a later band first"
"""No fault in the middle of a search, which weighs all bands at once: one is served after the other by its end."""
NO_SENSE = "the optimiser's roster made no sense"
WRONG_CLAIM = "the optimiser claimed another value than its roster has"
FALSE_BOUND = "the optimiser's bound was below what its own roster reaches"
NO_PLACES = "free places for what the optimiser left out could not be looked for"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A lawful roster of a team with what holds of it.

    Parameters
    ----------
    fault
        All that went wrong on the way to it; empty if nothing did.
    is_nothing
        Whether it is the empty roster, for want of any other.
    is_filled
        Whether anything was put in that the optimiser had left out, perhaps in the place of something else; a bound
        that this beats is none.
    """

    status: SolveStatus
    part: TeamRoster
    bands: tuple[BandFigures, ...]
    aims: tuple[AimFigures, ...]
    fault: str
    is_nothing: bool = False
    is_filled: bool = False


class Judge:
    """Reads and checks what is told of one team."""

    def __init__(
        self,
        register: Register,
        policy: Policy,
        due: DueList,
        instance: Instance,
        names: Names,
        replanned: Replanned | None = None,
        published: Published | None = None,
    ) -> None:
        self._register, self._policy, self._due = register, policy, due
        self._instance, self._names = instance, names
        frozen = (replanned.frozen or ()) if replanned else ()
        own = {task.task_id for task in names.tasks}
        self._frozen = tuple(row for row in frozen if row.task_id in own)
        self._replanned = replace(replanned, frozen=self._frozen) if replanned else None
        self._published = published
        self._own = replace(due, tasks=tuple(task for task in due.tasks if task.team == names.team))

    def best(self, outcome: Outcome) -> Accepted:
        """The best lawful roster told; an empty one if there is none."""
        faults = [outcome.fault] if outcome.fault else []
        may_mend = True
        for answer in _worth_trying(outcome):
            part = self._lawful(answer)
            if isinstance(part, TeamRoster):
                return self._accepted(answer, part, outcome.ending, faults, self._filled(part, faults))
            if part != OUT_OF_ORDER or outcome.ending is Ending.FINISHED:
                faults.append(part)
            elif may_mend and (mended := self._in_order(answer)):
                more = self._filled(mended, faults) or mended
                return self._accepted(answer, self._read(answer), outcome.ending, faults, more)
            else:
                may_mend = False  # the best one only: somebody waits
        nothing = self._nothing()
        return replace(self._accepted(nothing, self._read(nothing), outcome.ending, faults), is_nothing=True)

    def _lawful(self, answer: Answer) -> TeamRoster | str:
        """What the answer says, if it may be used; else what is wrong with it."""
        try:
            part = self._read(answer)
            broken = self._broken_by(part)
            claimed = self._figures(answer, part)
        except Exception:  # numbers that stand for nothing may fail anywhere
            return NO_SENSE
        if broken - {ORDER_RULE}:
            return BROKE_A_RULE
        if [band.value for band in claimed] != [proof.value for proof in answer.proofs]:
            return WRONG_CLAIM
        return OUT_OF_ORDER if broken else part

    def _broken_by(self, part: TeamRoster) -> set[str]:
        """Rules that the team's part breaks; not that of reasons, which are mended in the end."""
        violations = check_roster(
            self._register,
            self._policy,
            self._own,
            self.alone(part),
            published=self._published,
            replanned=self._replanned,
        )
        return {violation.rule for violation in violations} - {REASONS_RULE}

    def _in_order(self, answer: Answer) -> TeamRoster | None:
        """The answer's roster put in order, if that breaks no rule; ``None`` if it cannot be."""
        try:
            roster = put_in_order(self._week(self.alone(self._read(answer))))
            part = _without_events(roster) if roster else None
            return part if part and not self._broken_by(part) else None
        except Exception:  # it may be passed over, and nobody is the worse for it
            return None

    def _accepted(
        self, answer: Answer, part: TeamRoster, ending: Ending, faults: list[str], more: TeamRoster | None = None
    ) -> Accepted:
        """What holds of the answer's roster, or of that roster with more in it."""
        bands = self._figures(answer, part)
        if any(band.beats_bound for band in bands):
            faults = [*faults, FALSE_BOUND]
            bands = tuple(replace(band, bound=None) for band in bands)
        aims = tuple(AimFigures(aim=proof.aim, value=proof.value, bound=proof.bound) for proof in answer.aims)
        if more is not None:
            before, found = bands, measures.band_figures(self._own, self.alone(more), [band.bound for band in bands])
            falls = [new.value < old.value for new, old in zip(found, before, strict=True)]
            # A bound is one of rosters that do as much in the bands before.
            bands = tuple(
                replace(band, bound=None) if band.beats_bound or any(falls[:number]) else band
                for number, band in enumerate(found)
            )
            aims = tuple(replace(aim, bound=None) for aim in aims) if any(falls) else aims
        status, words = _status(answer, bands, ending, faults), ", ".join(dict.fromkeys(faults))
        return Accepted(status, more or part, bands, aims, words, is_filled=more is not None)

    def _filled(self, part: TeamRoster, faults: list[str]) -> TeamRoster | None:
        """With all that was left out although it has a place; ``None`` if there is nothing of that kind."""
        roster = self.alone(part)
        try:
            more = filled(self._week(roster))
        except Exception:  # the roster is lawful as it is
            faults.append(NO_PLACES)
            return None
        return None if more is roster else _without_events(more)

    def _week(self, roster: Roster) -> WeekInPlace:
        return published_week(
            self._register, self._policy, self._own, roster, replanned=self._replanned, published=self._published
        )

    def _read(self, answer: Answer) -> TeamRoster:
        return decode(self._instance, self._names, self._due, answer, self._frozen)

    def _figures(self, answer: Answer, part: TeamRoster) -> tuple[BandFigures, ...]:
        return measures.band_figures(self._own, self.alone(part), [proof.bound for proof in answer.proofs])

    def alone(self, part: TeamRoster) -> Roster:
        """The team's part as a roster, with the events of all."""
        events = event_assignments(self._register, self._due)
        return Roster(self._due.horizon, (*events, *part.assignments), part.unassigned)

    def _nothing(self) -> Answer:
        """The roster in which only what fixed events do is done."""
        proofs = tuple(BandProof(value, None) for value in self._instance.band_points(self._instance.given))
        return Answer(SolveStatus.FALLBACK, Timetable((), ()), proofs, ())


def _without_events(roster: Roster) -> TeamRoster:
    return TeamRoster(tuple(a for a in roster.assignments if a.kind is not TaskKind.FIXED_EVENT), roster.unassigned)


def _worth_trying(outcome: Outcome) -> list[Answer]:
    """The best few, the best first; the last one of each course; then the first ones told."""
    answers = outcome.answers
    best = answers[::-1][:TRIED_FROM_THE_BEST]
    others = (*outcome.last_told, *answers[:TRIED_FROM_THE_FIRST][::-1])
    return [*best, *(answer for answer in others if answer not in best)]


def _status(answer: Answer, bands: tuple[BandFigures, ...], ending: Ending, faults: list[str]) -> SolveStatus:
    """Proven only if each bound is reached, nothing failed, and nobody cut the search short."""
    if answer.status is SolveStatus.FALLBACK:
        return SolveStatus.FALLBACK
    proven = ending is Ending.FINISHED and not faults and all(band.bound == band.value for band in bands)
    return SolveStatus.PROVEN if proven else SolveStatus.FEASIBLE
