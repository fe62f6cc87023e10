"""The recipe: enumerate, greedy roster, band after band, timetable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.aims import AimProof, aim_proofs, solve_aims
from offender_mgmt.solver.bands import BandProof, Progress, chosen_values, solve_bands
from offender_mgmt.solver.changes import changes_level
from offender_mgmt.solver.columns import ColumnSpace, column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.iterated import first_tours
from offender_mgmt.solver.left_out import Reasons
from offender_mgmt.solver.master import Chosen, Master
from offender_mgmt.solver.repaired import repaired
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.timetable import Timetable, timetable
from offender_mgmt.vocabulary import Aim


class SolveStatus(StrEnum):
    """How the answer was reached."""

    PROVEN = "proven"
    """No roster does more in any band."""
    FEASIBLE = "feasible"
    """A roster within the bounds; more may be possible."""
    FALLBACK = "fallback"
    """The greedy roster: the optimiser gave none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver returns, in indices.

    Parameters
    ----------
    aims
        Value and bound of every aim after the bands, in their order.
    reasons
        Per task of the instance that is left out: reason code and number of crews or officers concerned.
    """

    status: SolveStatus
    timetable: Timetable
    proofs: tuple[BandProof, ...]
    reasons: tuple[tuple[int, str, int], ...]
    aims: tuple[AimProof, ...] = ()


def rank(instance: Instance, answer: Answer) -> tuple[int, ...]:
    """What decides which of two answers is better: its bands, with the fewest changes where they have their turn."""
    values = tuple(proof.value for proof in answer.proofs)
    after = instance.bands_first
    if after is None:
        return values
    changes = sum(proof.value for proof in answer.aims if proof.aim is Aim.FEWEST_CHANGES)
    return (*values[:after], -changes, *values[after:])


OnBetter = Callable[[Answer], None]
"""Called with greedy answers, then with each better one: all of them rosters that could be used as they are."""


def solve(
    instance: Instance,
    settings: Settings,
    progress: Progress = lambda _: None,
    on_better: OnBetter | None = None,
) -> Answer:
    """The best roster found for an instance, with a proof of how good each band is."""
    is_again = instance.bands_first is not None
    drafted: _Answers | None = None
    if on_better is not None and not is_again:  # the published roster is there in a moment, too
        drafted = _Answers(_draft_space(instance, settings))
        on_better(drafted.greedy())
    progress("routes")
    settings = settings.again() if is_again else settings
    like = drafted.space if drafted else None
    answers = _Answers(column_space(instance, settings, like), on_better, drafted)
    start = _first(answers.space)
    answers.tell(start, _unproven(answers.space, start), SolveStatus.FALLBACK)
    master = Master(answers.space, settings)
    master.alive = lambda: progress("search")
    master.must(start)
    chosen, proofs, fewest = solve_bands(master, start, settings, progress, answers.tell)

    def now(found: Chosen) -> tuple[BandProof, ...]:
        # The search for an aim may better a band that is not proven.
        values = chosen_values(answers.space, found)
        return tuple(BandProof(value, proof.bound) for value, proof in zip(values, proofs, strict=True))

    level = changes_level(answers.space)
    known = {level.number: fewest} if level else {}
    chosen, bounds = solve_aims(
        master, chosen, settings, progress, lambda found: answers.tell(found, now(found)), known
    )
    proofs = now(chosen)
    proven = all(proof.bound == proof.value for proof in proofs)
    return answers.answer(chosen, proofs, SolveStatus.PROVEN if proven else SolveStatus.FEASIBLE, bounds)


def solve_greedily(instance: Instance, settings: Settings) -> Answer:
    """The greedy roster, with no claim about how good it is."""
    return _Answers(column_space(instance, settings)).greedy()


def _first(space: ColumnSpace) -> Chosen:
    """The roster to begin with."""
    if space.instance.bands_first is not None:
        return repaired(space)
    return first_tours(space) if space.long else greedy(space)


def draft(instance: Instance, settings: Settings) -> Answer:
    """A greedy roster from a small part of the routes: there in a moment, and never shown as more than it is."""
    return _Answers(_draft_space(instance, settings)).greedy()


def _draft_space(instance: Instance, settings: Settings) -> ColumnSpace:
    few = settings.draft_routes
    return column_space(instance, replace(settings, most_routes=few, near_routes=few))


def _unproven(space: ColumnSpace, chosen: Chosen) -> tuple[BandProof, ...]:
    return tuple(BandProof(value, None) for value in chosen_values(space, chosen))


class _Answers:
    """Makes answers of choices; what is the same for all of them is found once."""

    def __init__(self, space: ColumnSpace, on_better: OnBetter | None = None, before: _Answers | None = None) -> None:
        self.space = space
        self.reasons: Reasons = Reasons(space, before.reasons if before else None)
        self._on_better = on_better

    def greedy(self) -> Answer:
        """The greedy roster, with no claim about how good it is."""
        chosen = _first(self.space)
        return self.answer(chosen, _unproven(self.space, chosen), SolveStatus.FALLBACK)

    def tell(self, chosen: Chosen, proofs: tuple[BandProof, ...], status: SolveStatus = SolveStatus.FEASIBLE) -> None:
        """Hand a choice on, if anybody listens."""
        if self._on_better is not None:
            self._on_better(self.answer(chosen, proofs, status))

    def answer(
        self,
        chosen: Chosen,
        proofs: tuple[BandProof, ...],
        status: SolveStatus,
        aim_bounds: tuple[int | None, ...] = (),
    ) -> Answer:
        """The choice with its times, and a reason for all that it leaves out."""
        aims = aim_proofs(self.space, chosen, aim_bounds)
        return Answer(status, timetable(self.space, chosen), proofs, self.reasons.of(chosen), aims)
