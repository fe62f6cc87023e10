"""What columns and desk work count towards the aims after the bands, as tables that pricing can multiply.

Every score is a cost: the less, the better. It is a sum over the calls of a column, by crew, and a number for its
route. Scores by time of day and by travel are those of the route as it is driven here. As the same calls can be made in
another order or at another time, each of them has a *widest* form besides: the least it can be in any order and at any
time of the window. Only the widest form may stand in a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

import numpy as np
import numpy.typing as npt

from offender_mgmt.instance.model import Call, Instance, Span
from offender_mgmt.instance.shifts import overlap, without
from offender_mgmt.solver.routes import Routes
from offender_mgmt.solver.set_table import LONGEST_SET
from offender_mgmt.solver.windows import RouteClass, Window
from offender_mgmt.vocabulary import Aim

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Crew = tuple[int, ...]
NEVER = 1 << 60
LOAD_SCALE = 60_000
"""A load is shown per 1,000 hours of duty, in whole numbers."""


RouteCost = Callable[[RouteClass, Routes], Floats]


@dataclass(frozen=True, slots=True)
class Score:
    """A cost of columns and desk choices; the parts add up.

    Parameters
    ----------
    by_window
        Of each call for each window; shape (windows, calls).
    seats
        Of each window and of each call: their product counts.
    by_route
        Says what routes of a class cost, in order of the routes given.
    desk
        Of each desk task in each shift; shape (desk tasks, shifts).
    """

    by_window: Floats | None = None
    seats: tuple[Floats, Floats] | None = None
    by_route: RouteCost | None = None
    desk: Floats | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One sum that an aim looks at: ``ceil((base + sum) * scale / unit)``.

    Parameters
    ----------
    score, widest
        Numbers of the score and of its widest form; the same where neither order nor time matters.
    """

    score: int
    widest: int
    base: int = 0
    scale: int = 1
    unit: int = 1

    def value(self, total: float) -> int:
        """The term at a sum of its score."""
        return -(-(self.base + round(total)) * self.scale // self.unit)

    def most(self, value: int) -> float:
        """The greatest sum at which the term is not above a value."""
        return float(value * self.unit // self.scale - self.base)


@dataclass(frozen=True, slots=True)
class AimTerms:
    """An aim as costs: the greatest of its terms, not below ``least``, is to be as small as can be."""

    aim: Aim
    terms: tuple[Term, ...]
    least: int = -NEVER

    def value(self, totals: Floats) -> int:
        """The cost at these sums of all scores."""
        return max([self.least, *(term.value(totals[term.score]) for term in self.terms)])

    @property
    def by_clock(self) -> bool:
        """Whether order or time of the stops matter."""
        return any(term.score != term.widest for term in self.terms)

    def shown(self, cost: int) -> int:
        """The cost as people read the aim."""
        return -cost if self.aim.more_is_better else cost


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of an instance, and the aims that are made of them."""

    scores: tuple[Score, ...]
    aims: tuple[AimTerms, ...]


def scores_of(instance: Instance, windows: Sequence[Window]) -> Scores:
    """The scores of the aims of an instance, in their order."""
    builder = _Builder(instance, windows)
    aims = tuple(builder.aim(aim) for aim in instance.aims if _applies(aim, instance))
    return Scores(tuple(builder.scores), aims)


def _applies(aim: Aim, instance: Instance) -> bool:
    """Whether there is anything to look at: a share asked for, a published roster."""
    if aim is Aim.EVENINGS_AND_WEEKENDS:
        return instance.off_percent > 0
    return aim is not Aim.FEWEST_CHANGES or instance.published is not None


class _Builder:
    def __init__(self, instance: Instance, windows: Sequence[Window]) -> None:
        self.instance, self.windows = instance, windows
        self.scores: list[Score] = []
        self._brought = dict(instance.brought)
        self._make: dict[Aim, Callable[[], AimTerms]] = {
            Aim.CONTINUITY: self._continuity,
            Aim.SECOND_SEAT: self._second_seat,
            Aim.VARIETY: self._variety,
            Aim.EVENINGS_AND_WEEKENDS: self._evenings_and_weekends,
            Aim.EVEN_LOAD: self._even_load,
            Aim.ONE_ADDRESS_TOGETHER: self._one_address_together,
            Aim.ONE_ADDRESS_APART: self._one_address_apart,
            Aim.FEWEST_CHANGES: self._fewest_changes,
            Aim.TRAVEL: self._travel,
        }

    def aim(self, aim: Aim) -> AimTerms:
        return self._make[aim]()

    def _new(self, score: Score) -> int:
        self.scores.append(score)
        return len(self.scores) - 1

    def _alone(self, aim: Aim, score: Score, base: int = 0, least: int = -NEVER) -> AimTerms:
        number = self._new(score)
        return AimTerms(aim, (Term(number, number, base + self._brought.get(aim, 0)),), least)

    def _continuity(self) -> AimTerms:
        """Lead officer before deputy before anybody else, at the door; the lead officer at the desk."""
        lead, deputy = self.instance.lead_points, self.instance.deputy_points

        def cost(call: Call, crew: Crew) -> float:
            return -lead if call.lead in crew else -deputy if call.deputy in crew else 0

        shifts = self.instance.shifts
        desk = [[-float(lead * (s.officer == d.lead)) for s in shifts] for d in self.instance.desk]
        return self._alone(Aim.CONTINUITY, Score(by_window=self._by_crew(cost), desk=self._desk(desk)))

    def _second_seat(self) -> AimTerms:
        """Visits at which somebody beside the first seat was at one of the last attempts."""

        def cost(call: Call, crew: Crew) -> float:
            return float(not call.recent.isdisjoint(seated(crew, call)[1:]))

        return self._alone(Aim.SECOND_SEAT, Score(by_window=self._by_crew(cost)), least=0)

    def _variety(self) -> AimTerms:
        """Visits that start on a weekday and in a part of the day of one of the last attempts."""
        exact = started_in(self.instance, [call.worn for call in self.instance.calls])
        worn = possible(self.instance, lambda call, spans: not any(without_all(span, call.worn) for span in spans))
        return self._by_clock(Aim.VARIETY, exact, worn)

    def _evenings_and_weekends(self) -> AimTerms:
        """Visits in evenings and at weekends that the share asked for is short of."""
        percent, off = self.instance.off_percent, self.instance.off_hours
        inside = started_in(self.instance, [off for _ in self.instance.calls])
        could = possible(self.instance, lambda _, spans: any(overlap(span, o) for span in spans for o in off))

        def short(starts: RouteCost) -> RouteCost:
            return lambda rc, routes: percent * (routes.calls >= 0).sum(axis=1) - 100 * starts(rc, routes)

        numbers = self._new(Score(by_route=short(inside))), self._new(Score(by_route=short(could)))
        return AimTerms(
            Aim.EVENINGS_AND_WEEKENDS,
            (Term(*numbers, self._brought.get(Aim.EVENINGS_AND_WEEKENDS, 0), unit=100),),
            least=0,
        )

    def _even_load(self) -> AimTerms:
        """The highest load of an officer who is on duty in the week, the last weeks included."""
        weights = np.array([call.weight for call in self.instance.calls], dtype=np.float64)
        terms = []
        for officer, (before, duty) in enumerate(zip(self.instance.load_before, self.instance.duty, strict=True)):
            if duty:
                there = np.array([float(officer in window.crew) for window in self.windows])
                number = self._new(Score(seats=(there, weights)))
                terms.append(Term(number, number, before, LOAD_SCALE, duty))
        return AimTerms(Aim.EVEN_LOAD, tuple(terms), least=0)

    def _one_address_together(self) -> AimTerms:
        """Visits in an outing that was at their address already; more is better."""
        again = at_one_address(self.instance)
        return self._alone(Aim.ONE_ADDRESS_TOGETHER, Score(by_route=lambda rc, routes: -again(rc, routes)))

    def _one_address_apart(self) -> AimTerms:
        """The same, where less is better."""
        return self._alone(Aim.ONE_ADDRESS_APART, Score(by_route=at_one_address(self.instance)), least=0)

    def _fewest_changes(self) -> AimTerms:
        """Tasks of the published roster that do not stay on their day with their crew."""
        instance = self.instance
        stays = np.zeros((len(self.windows), len(instance.calls)))
        for c, call in enumerate(instance.calls):
            if call.published:
                day, crew = call.published
                stays[:, c] = [w.route_class.day == day and crew == frozenset(w.crew) for w in self.windows]
        desk = [[-float(d.published == (s.day, s.officer)) for s in instance.shifts] for d in instance.desk]
        score = Score(by_window=-stays, desk=self._desk(desk))
        return self._alone(Aim.FEWEST_CHANGES, score, base=instance.published or 0, least=0)

    def _travel(self) -> AimTerms:
        """Minutes of travel."""
        return self._by_clock(Aim.TRAVEL, lambda _, routes: routes.travel.astype(np.float64), shortest(self.instance))

    def _by_clock(self, aim: Aim, exact: RouteCost, widest: RouteCost) -> AimTerms:
        numbers = self._new(Score(by_route=exact)), self._new(Score(by_route=widest))
        return AimTerms(aim, (Term(*numbers, self._brought.get(aim, 0)),), least=0)

    def _by_crew(self, cost: Callable[[Call, Crew], float]) -> Floats:
        crews = {window.crew: [cost(call, window.crew) for call in self.instance.calls] for window in self.windows}
        table = [crews[window.crew] for window in self.windows]
        return np.array(table, dtype=np.float64).reshape(len(self.windows), len(self.instance.calls))

    def _desk(self, table: list[list[float]]) -> Floats:
        shape = len(self.instance.desk), len(self.instance.shifts)
        return np.array(table, dtype=np.float64).reshape(shape)


def started_in(instance: Instance, spans_of: Sequence[Sequence[Span]]) -> RouteCost:
    """How many stops of each route start in one of their call's spans."""
    most = max((len(spans) for spans in spans_of), default=0)
    table = np.full((len(instance.calls), most, 2), NEVER, dtype=np.int64)
    for call, spans in enumerate(spans_of):
        table[call, : len(spans)] = np.array(spans, dtype=np.int64).reshape(-1, 2)

    def cost(_: RouteClass, routes: Routes) -> Floats:
        inside = np.zeros(routes.calls.shape, dtype=bool)
        for number in range(most):
            first, last = table[routes.calls, number, 0], table[routes.calls, number, 1]
            inside |= (routes.starts >= first) & (routes.starts < last)
        count: Floats = (inside & (routes.calls >= 0)).sum(axis=1).astype(np.float64)
        return count

    return cost


def at_one_address(instance: Instance) -> RouteCost:
    """How many stops of each route are at the address of a stop before; in any order they are as many."""
    address = np.array([call.address for call in instance.calls] or [-1], dtype=np.int64)

    def cost(_: RouteClass, routes: Routes) -> Floats:
        at = np.where(routes.calls >= 0, address[routes.calls], -1)
        again = np.zeros(len(at))
        for stop in range(1, at.shape[1]):
            again += (at[:, stop] >= 0) & (at[:, :stop] == at[:, [stop]]).any(axis=1)
        return again

    return cost


def possible(instance: Instance, test: Callable[[Call, list[Span]], bool]) -> RouteCost:
    """How many calls of each route pass a test of the spans in which each could start in an outing of the class."""
    known: dict[RouteClass, Floats] = {}

    def cost(rc: RouteClass, routes: Routes) -> Floats:
        if rc not in known:
            flags = [float(test(call, list(_starts(instance, rc, call)))) for call in instance.calls]
            known[rc] = np.array(flags, dtype=np.float64)
        passed: Floats = np.where(routes.calls >= 0, known[rc][routes.calls], 0.0).sum(axis=1)
        return passed

    return cost


def _starts(instance: Instance, rc: RouteClass, call: Call) -> Iterator[Span]:
    """When a call could start in an outing of a class, whatever else the outing does."""
    travel = instance.travel
    reach = rc.span[0] + int(travel[rc.base, call.place]), rc.span[1] - int(travel[call.place, rc.base])
    for span in call.spans:
        inside = overlap(span, reach) if reach[0] < reach[1] else None
        if inside and inside[1] - inside[0] >= call.minutes:
            yield inside[0], inside[1] - call.minutes + 1


def shortest(instance: Instance) -> RouteCost:
    """The least travel of each route's calls in any order, visiting hours left aside; of many stops no more than that.

    Of more stops than can be tried in every order each leg into a place is the shortest from any other of the route.
    """
    place, travel = np.array([call.place for call in instance.calls], dtype=np.int64), instance.travel

    def least(base: int, places: Ints) -> Floats:
        best = np.full(len(places), np.inf)
        for order in permutations(range(places.shape[1])):
            minutes = travel[base, places[:, order[0]]] + travel[places[:, order[-1]], base]
            for here, there in pairwise(order):
                minutes = minutes + travel[places[:, here], places[:, there]]
            best = np.minimum(best, minutes)
        return best

    def shortest_legs(base: int, places: Ints) -> Floats:
        stops = np.concatenate([np.full((len(places), 1), base), places], axis=1)
        legs = travel[stops[:, :, None], stops[:, None, :]].astype(np.float64)
        legs[:, np.arange(stops.shape[1]), np.arange(stops.shape[1])] = np.inf
        return np.asarray(legs.min(axis=1).sum(axis=1))

    def cost(rc: RouteClass, routes: Routes) -> Floats:
        found = np.zeros(len(routes))
        counts = (routes.calls >= 0).sum(axis=1)
        for count in np.unique(counts):
            rows = np.nonzero(counts == count)[0]
            way = least if count <= LONGEST_SET else shortest_legs
            found[rows] = way(rc.base, place[routes.calls[rows, :count]])
        return found

    return cost


def seated(crew: Crew, call: Call) -> Crew:
    """The crew with the lead officer first, else the deputy, else in order."""
    return tuple(sorted(crew, key=lambda officer: (officer != call.lead, officer != call.deputy, officer)))


def without_all(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of a span."""
    inside = [part for part in (overlap(span, t) for t in taken) if part]
    return without(span, sorted(inside))
