"""Column generation: price, add, solve again, until no column of any crew would help."""

from __future__ import annotations

from offender_mgmt.solver.columns import Objective
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.pricing import improving
from offender_mgmt.solver.settings import Settings

MOST_ROUNDS = 200


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
