"""Looking for cuts that the present fractional roster breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from math import gcd

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.cuts import Cut, FullShiftCut, HalfCut, ShiftCut, StepShiftCut
from offender_mgmt.solver.master import Master, Relaxed

Floats = npt.NDArray[np.float64]
BROKEN = 0.02
"""By how much of a roster a cut must be broken to be worth its row."""
MOST_SETS = 20_000
PARTS = (1, 2, 3, 4, 5, 6, 7)


def broken_cuts(master: Master, relaxed: Relaxed, most: int) -> list[Cut]:
    """The most broken cuts, at most so many of each kind."""
    used = _used(master, relaxed)
    pieces = _pieces(master, relaxed, used)
    kinds = (
        _odd_sessions(master, used, 3),
        _odd_sessions(master, used, 5),
        _nominals(master, used),
        _shifts(master, pieces),
        _steps(master, pieces),
    )
    found: list[Cut] = []
    for kind in kinds:
        broken = sorted(
            ((amount, cut) for amount, cut in kind if amount > BROKEN), key=lambda pair: (-pair[0], pair[1])
        )
        found += [cut for _, cut in broken[:most]]
    return found


def _used(master: Master, relaxed: Relaxed) -> list[tuple[int, float]]:
    """Places in the pool and shares of the columns in use."""
    shares = relaxed.shares[: len(master.pool)]
    return [(int(i), float(shares[i])) for i in np.nonzero(shares > 1e-6)[0]]


def _odd_sessions(master: Master, used: list[tuple[int, float]], size: int) -> Iterator[tuple[float, HalfCut]]:
    """Of an odd number of sessions of a day, those that are left over are too few."""
    space = master.space
    by_day: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for place, share in used:
        window = master.pool[place][0]
        by_day[space.windows[window].route_class.day][window] += share
    for shares in by_day.values():
        windows = sorted(shares)
        taken = [
            {(s, k) for s, ks in zip(space.windows[w].shifts, space.windows[w].sessions, strict=True) for k in ks}
            for w in windows
        ]
        sessions = sorted(set().union(*taken))
        touches = np.array([[session in t for session in sessions] for t in taken], dtype=np.int64)
        weights = np.array([shares[w] for w in windows])
        sets = list(combinations(range(len(sessions)), size))
        if not sets or len(sets) > MOST_SETS:
            continue
        counts = touches[:, np.array(sets)].sum(axis=2) // 2
        left = weights @ counts - size // 2
        for index in np.nonzero(left > BROKEN)[0]:
            yield float(left[index]), HalfCut(sessions=tuple(sessions[i] for i in sets[index]))


def _nominals(master: Master, used: list[tuple[int, float]]) -> Iterator[tuple[float, HalfCut]]:
    """Of three nominals, outings that call on two of them are too many (subset rows)."""
    space = master.space
    calls = space.instance.calls
    called = [sorted({calls[c].nominal for c in space.calls_of(master.pool[place])}) for place, _ in used]
    weight: dict[tuple[int, int, int], float] = defaultdict(float)
    shares = [share for _, share in used]
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, nominals in enumerate(called):
        for pair in combinations(nominals, 2):
            pairs[pair].append(index)
    everyone = sorted({n for nominals in called for n in nominals})
    for a, b, c in combinations(everyone, 3):
        members = {*pairs.get((a, b), ()), *pairs.get((a, c), ()), *pairs.get((b, c), ())}
        if len(members) > 1:
            weight[a, b, c] = sum(shares[i] for i in members)
    for triple, total in weight.items():
        if total > 1 + BROKEN:
            yield total - 1, HalfCut(nominals=triple)


def _pieces(master: Master, relaxed: Relaxed, used: list[tuple[int, float]]) -> dict[int, list[tuple[int, float]]]:
    """Minutes and shares of all work in use, by shift."""
    pieces: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for place, share in used:
        for shift, minutes in master.space.minutes_of(master.pool[place]).items():
            pieces[shift].append((minutes, share))
    rest = relaxed.shares[len(master.pool) :]
    for index in np.nonzero(rest > 1e-6)[0]:
        shift, minutes = master.rows.work[index]
        pieces[shift].append((minutes, float(rest[index])))
    return dict(sorted(pieces.items()))


def _shifts(master: Master, pieces: dict[int, list[tuple[int, float]]]) -> Iterator[tuple[float, FullShiftCut]]:
    """Work in a shift that would not fit beside each other in whole pieces."""
    for shift, work in pieces.items():
        for parts in PARTS:
            cut = FullShiftCut(shift, master.space.instance.shifts[shift].free_minutes, parts)
            yield _above(cut, work), cut


def _steps(master: Master, pieces: dict[int, list[tuple[int, float]]]) -> Iterator[tuple[float, StepShiftCut]]:
    """Work in a shift that would not fit beside each other in whole steps of desk work."""
    step = gcd(*{minutes for _, minutes in master.rows.work})
    if not step:  # no desk work
        return
    for shift, work in pieces.items():
        cut = StepShiftCut(shift, master.space.instance.shifts[shift].free_minutes, step)
        if cut.rest:  # else it says no more than the row of the shift's minutes
            yield _above(cut, work), cut


def _above(cut: ShiftCut, work: list[tuple[int, float]]) -> float:
    """By how much work in use breaks a cut."""
    return sum(cut.count(minutes) * share for minutes, share in work) - cut.upper
