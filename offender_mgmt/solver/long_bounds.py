"""The bound where routes may be long: all routes are priced before cuts are looked for, and after each round."""

from __future__ import annotations

from dataclasses import replace

from offender_mgmt.solver.columns import Objective
from offender_mgmt.solver.generate import generate
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.separate import broken_cuts
from offender_mgmt.solver.settings import Settings

MOST_CUTS = 30
MOST_ROUNDS = 30
WORTH_A_ROUND = 1e-5
STALLED = 3
"""So many rounds in a row that lower the value by next to nothing are the last."""


def tightened_long(master: Master, objective: Objective, settings: Settings, enough: float) -> Relaxed | None:
    """The relaxation with cuts, all routes priced; ``None`` where the search for routes had to give up before.

    Parameters
    ----------
    enough
        A value below it need not be lowered further.
    """
    proven: Relaxed | None = None
    stalled = 0
    for _ in range(MOST_ROUNDS):
        relaxed, exact = generate(master, objective, replace(settings, grow_rounds=MOST_ROUNDS))
        if not exact:
            return proven
        if proven is not None and proven.value - relaxed.value < WORTH_A_ROUND * max(1.0, abs(relaxed.value)):
            stalled += 1
        proven = relaxed
        if relaxed.value < enough or stalled >= STALLED:
            break
        if not master.add_cuts(broken_cuts(master, relaxed, MOST_CUTS)):
            break
    return proven
