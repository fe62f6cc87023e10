"""Column generation: price, add, solve again, until no column of any crew would help."""

from __future__ import annotations

from offender_mgmt.solver.columns import Objective
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.pricing import improving
from offender_mgmt.solver.separate import broken_cuts
from offender_mgmt.solver.settings import Settings

MOST_ROUNDS = 200
MOST_CUTS = 40
WORTH_A_ROUND = 1e-4
"""A round of cuts that lowers the value by less than this share is the last."""


def generate(master: Master, objective: Objective, settings: Settings) -> tuple[Relaxed, bool]:
    """Solve the relaxation over *all* columns by adding those that help to the pool.

    Returns
    -------
    tuple
        The relaxation, and whether no column is left that would help: only then is its value a bound
        on every roster.
    """
    relaxed = master.relax(objective)
    for _ in range(MOST_ROUNDS):
        found = improving(master, objective, relaxed, settings.columns_a_round).columns
        master.generated.update(found)
        if not master.add(found):
            return relaxed, master.space.complete
        relaxed = master.relax(objective)
    return relaxed, False


def tightened(master: Master, objective: Objective, settings: Settings) -> tuple[Relaxed, bool]:
    """The same, with cuts added as long as they lower the value: a bound that is closer to what can be done."""
    relaxed, exact = generate(master, objective, settings)
    for _ in range(settings.cut_rounds):
        if not master.add_cuts(broken_cuts(master, relaxed, MOST_CUTS)):
            break
        before = relaxed.value
        relaxed, exact = generate(master, objective, settings)
        if before - relaxed.value < WORTH_A_ROUND * max(1.0, abs(before)):
            break
    return relaxed, exact
