"""Column generation: price, add, solve again, until no column of any crew would help."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from offender_mgmt.solver.columns import Column, Objective
from offender_mgmt.solver.grow import grow
from offender_mgmt.solver.master import Master, Relaxed
from offender_mgmt.solver.pricing import TINY, improving, to_pay
from offender_mgmt.solver.separate import broken_cuts
from offender_mgmt.solver.settings import Settings

MOST_ROUNDS = 200
MOST_CUTS = 40
OF_GROWN = 2
"""Of all columns found when tables grow (tens of thousands) so many times those of a round are taken at first: the
relaxation is solved in a third of the time, and for a few rounds more."""
NEAR = 1e-9
"""Of the value: what helps by less is no more than rounding."""
LOOSER = 0.005
"""Where the tables must grow, a bound may be looser by such a share of what lies between it and the best roster."""
WORTH_A_ROUND = 1e-4
"""A round of cuts that lowers the value by less than this share is the last."""


def generate(
    master: Master, objective: Objective, settings: Settings, *, exact: bool = True, loose: float = 0.0
) -> tuple[Relaxed, bool]:
    """Solve the relaxation over *all* columns by adding those that help to the pool.

    Parameters
    ----------
    exact
        Whether the tables of routes grow until no route is left out that would help; else they grow a few times.
    loose
        By how much the value may be above that of all columns; where tables grow, the less is asked for the sooner
        there is an end.

    Returns
    -------
    tuple
        The relaxation, and whether its value is a bound on every roster: no column is left that would help, or what
        all that are left could bring is counted in.
    """
    relaxed = master.relax(objective)
    grown, spare = 0, loose / max(1, len(master.rows.session))
    for _ in range(MOST_ROUNDS):
        found = improving(master, objective, relaxed, settings.columns_a_round).columns
        # What is in already helps by no more than rounding, which large weights make large.
        added, all_there = master.add(found), master.space.complete
        if not added and not all_there and (exact or grown < settings.grow_rounds):
            grown += 1
            above = max(spare, TINY + NEAR * abs(relaxed.value))
            more = grow(master, objective, relaxed, above, settings.routes_a_window)
            found, all_there = more.columns, more.all_there
            rest = to_pay(master, more.columns, more.reduced, above) if all_there and spare >= above else np.inf
            if rest <= loose:
                return replace(relaxed, value=relaxed.value + rest), True
            added, found = _add_best(master, objective, relaxed, found, OF_GROWN * settings.columns_a_round)
        master.generated.update(found)
        if not added:
            return relaxed, all_there
        relaxed = master.relax(objective)
    return relaxed, False


def _add_best(
    master: Master, objective: Objective, relaxed: Relaxed, grown: list[Column], most: int
) -> tuple[int, list[Column]]:
    """Put the best of what tables grew by into the relaxation: how many are new, and which they are.

    The others are in the tables from now on, and priced with all the rest in the next round. Of long routes only some
    are looked for at a time; all of those are put in.
    """
    best = [] if master.space.long else improving(master, objective, relaxed, most).columns
    added = master.add(best)
    return (added, best) if added else (master.add(grown), grown)


def tightened(
    master: Master, objective: Objective, settings: Settings, known: float | None = None
) -> tuple[Relaxed, bool]:
    """The same, with cuts added as long as they lower the value: a bound that is closer to what can be done.

    Parameters
    ----------
    known
        What the best roster is worth: the further the value is above it, the less matters the last little bit.
    """
    relaxed, _ = generate(master, objective, settings, exact=False)
    for _ in range(settings.cut_rounds):
        if not master.add_cuts(broken_cuts(master, relaxed, MOST_CUTS)):
            break
        before = relaxed.value
        relaxed, _ = generate(master, objective, replace(settings, grow_rounds=0), exact=False)
        if before - relaxed.value < WORTH_A_ROUND * max(1.0, abs(before)):
            break
    loose = 0.0 if known is None else LOOSER * max(0.0, relaxed.value - known)
    return generate(master, objective, settings, loose=loose)
