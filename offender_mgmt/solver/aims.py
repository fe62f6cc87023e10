"""Aim after aim, once the bands are served: reach what can be reached, bound it, hold it, go on to the next.

All bands are held at what they reached, and each aim at what it reached while the next is looked at. An aim is a cost
here; what people read is made of it by :meth:`AimTerms.shown`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.aim_bounds import Bounded, bounded
from offender_mgmt.solver.bands import chosen_values
from offender_mgmt.solver.columns import ColumnSpace, Objective
from offender_mgmt.solver.iterated import ManyStrands
from offender_mgmt.solver.large_search import LargeSearch
from offender_mgmt.solver.master import Chosen, Master, Relaxed, Search
from offender_mgmt.solver.pricing import within
from offender_mgmt.solver.scores import AimTerms
from offender_mgmt.solver.settings import Settings
from offender_mgmt.vocabulary import Aim

Floats = npt.NDArray[np.float64]
OnBetter = Callable[[Chosen], None]
Progress = Callable[[str], None]
AIM_SHARE = 3
"""The search for the first aim finds most and gets half as many steps again; that for each other gets a part."""
IDLE_SHARE = 3
"""A search for an aim ends early after such a part of its steps without anything better."""
AGAIN_SHARE = 8
"""With the changes held little is left to be moved, and somebody waits: each aim gets that part when planned again."""
GUIDE_WEIGHT = 30.0
"""What a visit in a later aim counts against a minute of travel; it only guides."""
MORE_COLUMNS = 2
"""With all before it held, little can move: a step for an aim looks at more columns than one for a band."""
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class AimProof:
    """What was reached of an aim, and the best any roster can reach that is as good in the bands and aims before."""

    aim: Aim
    value: int
    bound: int | None


def solve_aims(
    master: Master,
    start: Chosen,
    settings: Settings,
    progress: Progress,
    on_better: OnBetter,
    known: Mapping[int, int | None] | None = None,
) -> tuple[Chosen, tuple[int | None, ...]]:
    """The best roster found for the aims in their order, and a bound for each of them as people read it.

    Parameters
    ----------
    master
        Holds every band at what it reached.
    known
        Aims that had their turn among the bands and are held, by number, each with its bound.
    """
    search = _AimSearch(master, start, settings, on_better, is_again=bool(known))
    bounds = []
    for number, aim in enumerate(master.space.aims):
        progress(aim.aim.words)
        bound = known[number] if known and number in known else search.reach(number)
        bounds.append(None if bound is None else aim.shown(bound))
        search.hold(number)
    return search.best, tuple(bounds)


def aim_proofs(space: ColumnSpace, chosen: Chosen, bounds: tuple[int | None, ...] = ()) -> tuple[AimProof, ...]:
    """The value of every aim in a roster, with its bound where there is one."""
    totals = score_totals(space, chosen)
    known = (*bounds, *(None,) * (len(space.aims) - len(bounds)))
    return tuple(
        AimProof(aim.aim, aim.shown(aim.value(totals)), bound) for aim, bound in zip(space.aims, known, strict=True)
    )


def score_totals(space: ColumnSpace, chosen: Chosen) -> Floats:
    """What a choice adds up to in every score."""
    table = space.table(chosen.columns)
    made = space.incidence(table.calls)
    return np.array(
        [
            space.score_of(number, table, made).sum() + sum(space.desk_score(number, d, s) for d, s in chosen.desk)
            for number in range(len(space.scores))
        ]
    )


class _AimSearch:
    """The best roster so far, and how to make it better in one aim."""

    def __init__(
        self, master: Master, start: Chosen, settings: Settings, on_better: OnBetter, *, is_again: bool
    ) -> None:
        self._master, self._settings, self._on_better, self._is_again = master, settings, on_better, is_again
        self._space = master.space
        self._searches, self._free = 0, 0
        self._no_bands = (0.0,) * master.space.instance.bands
        self._keep(start)

    def _keep(self, chosen: Chosen) -> None:
        self.best = chosen
        self._totals = score_totals(self._space, chosen)
        self._costs = [aim.value(self._totals) for aim in self._space.aims]

    def hold(self, number: int) -> None:
        """Hold an aim and those before it, which its search may have bettered, at what the best roster costs."""
        for aim, cost in zip(self._space.aims[: number + 1], self._costs, strict=False):
            self._master.hold(aim, cost)

    def reach(self, number: int) -> int | None:
        """Make the roster better in an aim; no roster that keeps what is held costs less than this."""
        aim = self._space.aims[number]
        if self._costs[number] <= aim.least:
            return aim.least
        if self._space.long and aim.aim is Aim.TRAVEL:
            self._shorter_tours(number)
        found = bounded(self._master, self._alone(number), self._settings, self.best.columns)
        bound = self._bound(aim, found.value) if found.value is not None else None
        if bound is not None and bound >= self._costs[number]:
            return bound
        proven = self._over_all_that_matter(number, found) if found.exact else None
        if proven is None:
            self._widely(number, found.relaxed)
        elif bound is not None and self._is_free_of_clock(number):
            bound = max(bound, min(proven, self._costs[number]))
        return bound

    def _alone(self, number: int) -> Objective:
        """The aim in its widest form and nothing else."""
        terms = self._space.aims[number].terms
        if len(terms) > 1:
            return Objective(self._no_bands, highest=(number, float(self._costs[number])))
        return Objective(self._no_bands, ((terms[0].widest, -1.0),))

    def _bound(self, aim: AimTerms, value: float) -> int:
        """The least cost at which an objective can be worth so much."""
        if len(aim.terms) > 1:
            return max(aim.least, ceil(-value - ROUNDING))
        return max(aim.least, aim.terms[0].value(ceil(-value - ROUNDING)))

    def _is_free_of_clock(self, number: int) -> bool:
        """Whether neither this aim nor one that is held depends on order or time of the stops."""
        return not any(aim.by_clock for aim in self._space.aims[: number + 1])

    def _over_all_that_matter(self, number: int, bounded: Bounded) -> int | None:
        """Search all columns that a better roster could use, if they are few; the least cost that was left open."""
        aim, objective, settings = self._space.aims[number], self._alone(number), self._settings
        if len(aim.terms) > 1 or aim.by_clock:
            return None
        now = float(self._totals[aim.terms[0].score])
        relaxed = bounded.relaxed
        priced, all_there = within(self._master, objective, relaxed, now + relaxed.value, settings.exact_columns)
        if not all_there:
            return None
        columns = (*self.best.columns, *priced.columns)
        found = self._master.choose(Search(objective, columns, self.best, settings.nodes), settings.seed)
        if found is None:
            return None
        self._keep_better(found)
        return self._bound(aim, found.bound)

    def _widely(self, number: int, relaxed: Relaxed) -> None:
        """Large-neighbourhood search; where the highest of several terms counts, lower one highest after the other."""
        aim, steps = self._space.aims[number], self._steps(number)
        if len(aim.terms) == 1:
            objective, scale = self._guided(number, [aim.terms[0].score])
            prices = Relaxed(scale * (relaxed.value + 1), scale * relaxed.prices, relaxed.shares)
            self._search(objective, prices, steps)
            return
        while steps > 0:
            before = self._costs[number]
            self._master.hold(aim, before)
            highest = [term.score for term in aim.terms if term.value(self._totals[term.score]) == before]
            objective, scale = self._guided(number, highest)
            prices = Relaxed(np.inf, scale * relaxed.prices, relaxed.shares)
            part = min(steps, max(1, self._settings.effort // (2 * AIM_SHARE)))
            self._search(objective, prices, part)
            steps -= part
            if self._costs[number] == before:
                break

    def _shorter_tours(self, number: int) -> None:
        """Where tours are long, look for shorter ones with calls that are worth as much."""
        aims, travel = self._space.aims, self._costs[number]
        held, values = self._costs[:number], chosen_values(self._space, self.best)

        def is_allowed(found: Chosen) -> bool:
            totals = score_totals(self._space, found)
            costs = [aim.value(totals) for aim in aims[:number]]
            now = chosen_values(self._space, found)
            as_good = all(value >= least for value, least in zip(now, values, strict=True))  # each band is held
            return as_good and all(cost <= most for cost, most in zip(costs, held, strict=True))

        # A point counts more than all the travel there is.
        objective = Objective((travel + 1.0,) * self._space.instance.bands, ((aims[number].terms[0].score, -1.0),))
        strands = ManyStrands(
            self._master, objective, self._settings, self.best, self._keep_better, travel=travel, is_allowed=is_allowed
        )
        strands.improve(max(1, self._settings.effort // AIM_SHARE))

    def _steps(self, number: int) -> int:
        whole = self._settings.effort
        if self._is_again:
            return max(1, whole // AGAIN_SHARE)
        return max(1, whole // AIM_SHARE) if number else whole + whole // 2

    def _search(self, objective: Objective, relaxed: Relaxed, steps: int) -> None:
        self._searches += 1  # each search draws other lots
        columns = self._settings.step_columns * MORE_COLUMNS
        settings = replace(self._settings.with_other_lots(self._searches), step_columns=columns)
        search = LargeSearch(self._master, objective, relaxed, self.best, settings)
        search.free = search.free if self._is_again else max(search.free, self._free)
        self._keep_better(search.improve(steps, idle=max(1, steps // IDLE_SHARE)))
        self._free = search.free

    def _guided(self, number: int, scores: list[int]) -> tuple[Objective, float]:
        """The aim first; after it, as far as it costs nothing, the aims that follow. Also the weight of the aim."""
        later = [
            (aim.terms[0].score, 1.0 if aim.aim is Aim.TRAVEL else GUIDE_WEIGHT)
            for aim in self._space.aims[number + 1 :]
            if len(aim.terms) == 1
        ]
        weight = 1.0 + sum(guide * self._range(score) for score, guide in later)
        guides = tuple((score, -guide) for score, guide in later)
        return Objective(self._no_bands, (*((score, -weight) for score in scores), *guides)), weight

    def _range(self, number: int) -> float:
        """How far the sums of a score can lie apart, roughly."""
        score, calls, desk = self._space.scores[number], len(self._space.instance.calls), self._space.instance.desk
        widest = 0.0
        if score.by_window is not None:
            widest += float(np.ptp(score.by_window, axis=None)) * calls if score.by_window.size else 0.0
        if score.by_route is not None:
            by_class = (self._space.route_score(number, rc) for rc in self._space.routes)
            widest += max((float(np.abs(part).max(initial=0.0)) for part in by_class), default=0.0) * calls
        if score.desk is not None:
            widest += float(np.ptp(score.desk, axis=None)) * len(desk) if score.desk.size else 0.0
        return widest

    def _keep_better(self, found: Chosen) -> None:
        """Take a roster that is better in an aim and no worse in those before it."""
        totals = score_totals(self._space, found)
        costs = [aim.value(totals) for aim in self._space.aims]
        if costs < self._costs:
            self._keep(found)
            self._on_better(found)
