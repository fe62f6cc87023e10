"""Band after band: reach the most that can be reached, prove it, hold it, go on to the next.

A combined objective with well parted weights gives columns and a first roster; then each band in turn is either
complete (all that is due is done: its own proof), or proven by the relaxation's bound, or improved by an integer
solve over the columns that could matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import floor, gcd

import numpy as np

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.changes import ChangesLevel, changes_level
from offender_mgmt.solver.close import Moves
from offender_mgmt.solver.columns import ColumnSpace, Objective
from offender_mgmt.solver.generate import generate, tightened
from offender_mgmt.solver.iterated import ManyStrands
from offender_mgmt.solver.large_search import LargeSearch
from offender_mgmt.solver.long_bounds import LongBound
from offender_mgmt.solver.master import Chosen, Master, Relaxed, Search
from offender_mgmt.solver.pricing import within
from offender_mgmt.solver.settings import Settings

DECIDED = 0.4
BAND_SHARE = 2
"""The search over all bands at once finds most; that for one band gets a part of its steps."""
AGAIN_SHARE = 4
"""The same where a week is planned again: a smaller part. The search for fewer changes comes in so many parts, and ends
after the first that brought it close enough."""
CLOSE_ENOUGH = 1
"""As long as more changes than that are open, the search for fewer goes on to its whole effort."""
FIRST_SHARE = 6
"""In a large week such a part comes before the tables grow, so that there is soon more than the greedy roster."""
TOUR_SHARE = 6
"""Long tours are searched for long only if the bound leaves room."""
BAND_RATIO = 30.0
"""How far the weights of neighbouring bands lie apart in the combined objective; it only guides."""
GUIDE_RATIO = 4
NEAR_MOVES = 2
"""Where a week is planned again, the first search looks at outings that move so many tasks more than must be."""
CHANGE_WEIGHT = 100
"""What a change counts against a point of a later band where neither has its turn yet; it only guides."""
ROUNDING = 1e-6
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BandProof:
    """What was reached in a band and the most that any roster as good in the bands before can reach."""

    value: int
    bound: int | None


OnBetter = Callable[[Chosen, tuple[BandProof, ...]], None]
"""Called with each better roster, and what is known by then of each band; bounds not known yet are ``None``."""


@dataclass
class _Incumbent:
    """The best known roster; replaced only by one that is better, band after band."""

    chosen: Chosen
    values: tuple[int, ...]
    on_better: OnBetter = field(default=lambda _chosen, _proofs: None)
    bounds: list[int | None] = field(default_factory=list)
    level: ChangesLevel | None = None
    changes: int = 0

    def rank(self, values: tuple[int, ...], changes: int) -> tuple[int, ...]:
        """What decides which roster is better: the bands, and the changes in their place among them."""
        if self.level is None:
            return values
        return (*values[: self.level.after], -changes, *values[self.level.after :])

    def changes_of(self, space: ColumnSpace, chosen: Chosen) -> int:
        """How many published tasks a roster changes, where that counts."""
        return self.level.cost(space, chosen) if self.level else 0

    def proofs(self) -> tuple[BandProof, ...]:
        """What is known of each band: its value in this very roster, and its bound if it had its turn."""
        unknown = [None] * (len(self.values) - len(self.bounds))
        return tuple(map(BandProof, self.values, [*self.bounds, *unknown]))

    def tell(self) -> None:
        """Hand the roster on as it is now."""
        self.on_better(self.chosen, self.proofs())


def solve_bands(
    master: Master,
    start: Chosen,
    settings: Settings,
    progress: Progress,
    on_better: OnBetter = lambda _chosen, _proofs: None,
) -> tuple[Chosen, tuple[BandProof, ...], int | None]:
    """The best roster found, for every band its value and bound, and the bound of the changes.

    Where a week is planned again, the fewest changes have their turn after some of the bands.

    Parameters
    ----------
    master
        Holds every band at what it reached afterwards.
    start
        A roster to begin with (the greedy one); the answer is never worse.
    on_better
        Called whenever the best known roster, or what is known of a band, has become better.
    """
    space = master.space
    master.add(start.columns)
    level = changes_level(space)
    incumbent = _Incumbent(start, chosen_values(space, start), on_better, level=level)
    incumbent.changes = incumbent.changes_of(space, start)
    most = space.instance.band_points(range(len(space.instance.points)))
    moves = Moves(master, level) if level is not None else None
    if moves is not None:
        _near_at_first(master, incumbent, moves, most, settings)
    elif incumbent.values != most:
        _combined(master, incumbent, settings)
    fewest: int | None = None
    for band in range(space.instance.bands):
        if moves is not None and band == moves.level.after:
            progress("fewest changes")
            fewest = _fewest_changes(master, incumbent, moves, most, settings)
            settings = replace(settings, cut_rounds=0)  # what moves is settled: the rest must not take long
        progress(f"priority band {band + 1} of {space.instance.bands}")
        incumbent.bounds.append(_bound(master, incumbent, band, most, settings))
        incumbent.tell()
        master.floors[band] = incumbent.values[band] - given_points(space.instance)[band]
    if moves is not None and moves.level.after >= space.instance.bands:
        fewest = _fewest_changes(master, incumbent, moves, most, settings)
    # The values are those of the roster that is returned: a search for a later band may have bettered an earlier one.
    return incumbent.chosen, incumbent.proofs(), fewest


def chosen_values(space: ColumnSpace, chosen: Chosen) -> tuple[int, ...]:
    """Points a choice reaches in each band, fixed events included."""
    instance = space.instance
    visits = [t for column in chosen.columns for call in space.calls_of(column) for t in instance.calls[call].tasks]
    desk = [instance.desk[d].task for d, _ in chosen.desk]
    return instance.band_points((*instance.given, *visits, *desk))


def given_points(instance: Instance) -> tuple[int, ...]:
    """Points by band that fixed events bring without any decision."""
    return instance.band_points(instance.given)


def _near_at_first(
    master: Master, incumbent: _Incumbent, moves: Moves, most: tuple[int, ...], settings: Settings
) -> None:
    """Search near the published roster, unless the start does all that comes before the changes and moves least."""
    first = slice(moves.level.after)
    if incumbent.values[first] != most[first] or incumbent.changes > moves.least:
        moves.stay_close(moves.least + NEAR_MOVES, incumbent.chosen.columns)
        _combined(master, incumbent, settings)
        master.look_at_all()


def _combined(master: Master, incumbent: _Incumbent, settings: Settings) -> None:
    """All bands at once, with weights far apart: it cannot prove a band, but it finds good rosters fast."""
    bands, level = master.space.instance.bands, incumbent.level
    objective = Objective(tuple(BAND_RATIO ** (bands - 1 - band) for band in range(bands)))
    objective = level.among(bands, BAND_RATIO) if level else objective
    if master.space.long:
        _search_tours(master, incumbent, objective, settings.effort // TOUR_SHARE, settings)
        return
    if master.space.is_large:
        near, _ = generate(master, objective, replace(settings, grow_rounds=0), exact=False)
        _search_widely(master, incumbent, objective, near, settings.effort // FIRST_SHARE, settings, longer=False)
    # Cuts would take long, and no bound is asked for; of what tables grow by, the first time brings nearly all.
    relaxed, _ = generate(master, objective, replace(settings, grow_rounds=1), exact=False)
    _search_widely(master, incumbent, objective, relaxed, settings.effort, settings)


def _search_tours(master: Master, incumbent: _Incumbent, objective: Objective, effort: int, settings: Settings) -> None:
    """Improve the incumbent tour by tour, where tours are long."""
    strands = ManyStrands(
        master, objective, settings, incumbent.chosen, lambda c: _keep_better(master, incumbent, objective, c)
    )
    strands.improve(effort)


def _search_widely(
    master: Master,
    incumbent: _Incumbent,
    objective: Objective,
    relaxed: Relaxed,
    steps: int,
    settings: Settings,
    *,
    longer: bool = True,
) -> None:
    """Improve the incumbent neighbourhood by neighbourhood."""
    search = LargeSearch(master, objective, relaxed, incumbent.chosen, settings)
    search.improve(steps, lambda found: _keep_better(master, incumbent, objective, found), longer=longer)


def _keep_better(master: Master, incumbent: _Incumbent, objective: Objective, found: Chosen) -> None:
    """Make a better roster the incumbent: better in an earlier band, or as good in all and worth more."""
    space, values = master.space, chosen_values(master.space, found)
    better = objective_value(space, found, objective) > objective_value(space, incumbent.chosen, objective)
    changes = incumbent.changes_of(space, found)
    rank, known = incumbent.rank(values, changes), incumbent.rank(incumbent.values, incumbent.changes)
    if rank > known or (rank == known and better):
        incumbent.chosen, incumbent.values, incumbent.changes = found, values, changes
        incumbent.tell()


def _improve(master: Master, incumbent: _Incumbent, search: Search, settings: Settings) -> Chosen | None:
    """Make a better roster the incumbent, if the search finds one."""
    found = master.choose(search, settings.seed)
    if found is not None:
        _keep_better(master, incumbent, search.objective, found)
    return found


def objective_value(space: ColumnSpace, chosen: Chosen, objective: Objective) -> float:
    """What a choice is worth under an objective, fixed events left out."""
    columns = sum(space.worth(column, objective) for column in chosen.columns)
    return columns + sum(space.desk_worth(d, s, objective) for d, s in chosen.desk)


def _bound(master: Master, incumbent: _Incumbent, band: int, most: tuple[int, ...], settings: Settings) -> int | None:
    """Bound the band, and improve the roster where the bound leaves room."""
    if incumbent.values[band] == most[band]:
        return most[band]
    if master.space.long:
        return _long_bound(master, incumbent, band, settings)
    bands = master.space.instance.bands
    objective = Objective(tuple(1.0 if b == band else 0.0 for b in range(bands)))
    known = float(incumbent.values[band] - given_points(master.space.instance)[band])
    relaxed, exact = tightened(master, objective, settings, known)
    bound = min(most[band], _whole(master.space.instance, band, relaxed.value)) if exact else None
    if bound is not None and bound <= incumbent.values[band]:
        return bound
    return _search(master, incumbent, band, bound, most, settings)


def _long_bound(master: Master, incumbent: _Incumbent, band: int, settings: Settings) -> int | None:
    """Bound a band of long tours, better the roster on the way, and search on where the bound leaves room."""
    instance = master.space.instance
    bands, given = instance.bands, given_points(instance)[band]
    objective = Objective(tuple(1.0 if b == band else 0.0 for b in range(bands)))

    def tell(found: Chosen) -> None:
        _keep_better(master, incumbent, objective, found)

    value = float(incumbent.values[band] - given)
    limit = LongBound(master, objective, settings, float(_unit(instance, band)), incumbent.chosen, value, tell)
    limit.lower()
    if not limit.is_proven:
        most = instance.band_points(range(len(instance.points)))
        _search_tours(master, incumbent, _guided(band, most), settings.effort, settings)
    return None if limit.bound == np.inf else int(limit.bound) + given


def _unit(instance: Instance, band: int) -> int:
    """What the points of all open tasks of a band are multiples of."""
    open_tasks = set(range(len(instance.points))) - set(instance.given)
    return gcd(*(instance.points[t] for t in open_tasks if instance.band[t] == band)) or 1


def _whole(instance: Instance, band: int, most: float) -> int:
    """The most whole points of a band, fixed events included, when no more than ``most`` can come from decisions.

    Points are risk weights times days, so they often have a common divisor: nothing lies between its multiples.
    """
    unit = _unit(instance, band)
    return floor(most / unit + ROUNDING) * unit + given_points(instance)[band]


def _search(
    master: Master, incumbent: _Incumbent, band: int, bound: int | None, most: tuple[int, ...], settings: Settings
) -> int | None:
    """Improve the band, the later ones guiding; exact if all columns that could matter are few enough."""
    guided = _guided(band, most, incumbent.level)
    relaxed, exact = generate(master, guided, settings, exact=False)
    gap = relaxed.value - objective_value(master.space, incumbent.chosen, guided)
    priced, all_there = within(master, guided, relaxed, gap, settings.exact_columns)
    if not (all_there and master.space.complete):
        share = BAND_SHARE if incumbent.level is None else AGAIN_SHARE
        _search_widely(master, incumbent, guided, relaxed, settings.effort // share, settings)
        return bound
    # The search may stop when less than one point of this band is open: the later bands have their own turn.
    one_point = DECIDED * guided.bands[band] / max(1.0, relaxed.value)
    columns = (*incumbent.chosen.columns, *priced.columns)
    found = _improve(master, incumbent, Search(guided, columns, incumbent.chosen, settings.nodes, one_point), settings)
    if found is not None and bound is not None and exact:
        proven = _whole(master.space.instance, band, found.bound / guided.bands[band])
        bound = max(incumbent.values[band], min(bound, proven))
    return bound


def _guided(band: int, most: tuple[int, ...], level: ChangesLevel | None = None) -> Objective:
    """The band first; after it, as far as it costs nothing, the bands that follow.

    The band's weight is greater than all that the later bands can bring together, so the value and the
    bound of the whole tell those of the band.
    """
    later = [GUIDE_RATIO ** (len(most) - 1 - b) if b > band else 0 for b in range(len(most))]
    weight = 1 + sum(w * m for w, m in zip(later, most, strict=True))
    scores: tuple[tuple[int, float], ...] = ()
    if level is not None and band < level.after:
        change = CHANGE_WEIGHT * max(1, *later)
        weight, scores = weight + change * level.published, ((level.score, -float(change)),)
    return Objective(tuple(float(weight if b == band else w) for b, w in enumerate(later)), scores)


def _fewest_changes(
    master: Master, incumbent: _Incumbent, moves: Moves, most: tuple[int, ...], settings: Settings
) -> int:
    """Change as little as can be with the bands before as they are, bound it, and hold it.

    Each roster with fewer changes leaves fewer columns to look at, and so a closer bound.
    """
    bound, before = moves.least, incumbent.changes + 1
    while bound < incumbent.changes < before:
        before = incumbent.changes
        bound = max(bound, _changes_bound(master, incumbent, moves, most, settings))
    master.hold(moves.level.aim, incumbent.changes)
    moves.stay_close(incumbent.changes, incumbent.chosen.columns)
    incumbent.tell()
    return min(bound, incumbent.changes)


def _changes_bound(
    master: Master, incumbent: _Incumbent, moves: Moves, most: tuple[int, ...], settings: Settings
) -> int:
    """Look for a roster with fewer changes; none has fewer than this."""
    bands, level = master.space.instance.bands, moves.level
    moves.stay_close(incumbent.changes - 1, incumbent.chosen.columns)
    relaxed, exact = tightened(master, level.alone(bands), settings)
    bound = level.least(relaxed.value) if exact else 0
    if bound >= incumbent.changes:
        return bound
    guided = level.first(tuple(float(GUIDE_RATIO ** (bands - 1 - b)) for b in range(level.after, bands)), most)
    relaxed, exact = generate(master, guided, settings, exact=False)
    gap = relaxed.value - objective_value(master.space, incumbent.chosen, guided)
    priced, all_there = within(master, guided, relaxed, gap, settings.exact_columns)
    if not (all_there and master.space.complete):
        search = LargeSearch(master, guided, relaxed, incumbent.chosen, settings)
        for _ in range(AGAIN_SHARE):
            search.improve(settings.effort // AGAIN_SHARE, lambda found: _keep_better(master, incumbent, guided, found))
            if incumbent.changes <= bound + CLOSE_ENOUGH:
                break
        return bound
    columns = (*incumbent.chosen.columns, *priced.columns)
    weight = -guided.scores[0][1]
    less = DECIDED * weight / max(1.0, abs(relaxed.value))
    found = _improve(master, incumbent, Search(guided, columns, incumbent.chosen, settings.nodes, less), settings)
    if found is not None and exact:
        bound = max(bound, level.least(found.bound / weight))
    return bound
