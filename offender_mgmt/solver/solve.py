"""The recipe: enumerate, greedy roster, band after band, timetable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.bands import BandProof, Progress, chosen_values, solve_bands
from offender_mgmt.solver.columns import ColumnSpace, column_space
from offender_mgmt.solver.greedy import greedy
from offender_mgmt.solver.left_out import left_out_reasons
from offender_mgmt.solver.master import Chosen
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.timetable import Timetable, timetable


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
    reasons
        Per task of the instance that is left out: reason code and number of crews or officers concerned.
    """

    status: SolveStatus
    timetable: Timetable
    proofs: tuple[BandProof, ...]
    reasons: tuple[tuple[int, str, int], ...]


def solve(instance: Instance, settings: Settings, progress: Progress = lambda _: None) -> Answer:
    """The best roster found for an instance, with a proof of how good each band is."""
    progress("routes")
    space = column_space(instance, settings)
    chosen, proofs = solve_bands(space, greedy(space), settings, progress)
    proven = all(proof.bound == proof.value for proof in proofs)
    status = SolveStatus.PROVEN if proven else SolveStatus.FEASIBLE
    return _answer(space, chosen, proofs, status)


def solve_greedily(instance: Instance, settings: Settings) -> Answer:
    """The greedy roster, with no claim about how good it is."""
    space = column_space(instance, settings)
    chosen = greedy(space)
    proofs = tuple(BandProof(value, None) for value in chosen_values(space, chosen))
    return _answer(space, chosen, proofs, SolveStatus.FALLBACK)


def _answer(space: ColumnSpace, chosen: Chosen, proofs: tuple[BandProof, ...], status: SolveStatus) -> Answer:
    return Answer(status, timetable(space, chosen), proofs, left_out_reasons(space, chosen))
