"""The value of every aim in a roster, team by team; a second way to what the solver claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from offender_mgmt.aims.logs import Logs
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.measures import outing_rows
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.travel import Place, Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import Aim

Published = Mapping[str, tuple[date, frozenset[str]]]
"""Day and officers of each visit and desk task of a published roster, by id of the task."""
LOAD_HOURS = 1000
"""A load is shown per so many hours of duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AimFigures:
    """What a roster reaches of an aim.

    Parameters
    ----------
    value
        Points (continuity), visits (second seat, variety, evenings and weekends, one address), tasks (fewest changes),
        minutes (travel), or the highest risk-weighted load per 1,000 hours of duty (even load).
    bound
        No roster that is as good in the bands and in the aims before is better; ``None`` where this is not proven.
    """

    aim: Aim
    value: int
    bound: int | None = None

    @property
    def beats_bound(self) -> bool:
        """Whether the value is better than what no roster is said to better."""
        if self.bound is None:
            return False
        return self.value > self.bound if self.aim.more_is_better else self.value < self.bound


def aim_figures(
    register: Register, policy: Policy, due: DueList, roster: Roster, travel: Travel, published: Published | None = None
) -> dict[str, tuple[AimFigures, ...]]:
    """Every aim of the policy that applies, in order, by team."""
    figures = _Figures(register, policy, due, roster, travel, published)
    teams = sorted({task.team for task in due.tasks} | set(register.teams))
    return {team: figures.of_team(team) for team in teams}


def joined(teams: Iterable[tuple[AimFigures, ...]]) -> tuple[AimFigures, ...]:
    """The aims over all teams: sums, and the highest load. A bound stands if every team has one."""
    whole: list[AimFigures] = []
    for of_aim in zip(*teams, strict=True):
        over = max if of_aim[0].aim is Aim.EVEN_LOAD else sum
        bounds = [figures.bound for figures in of_aim if figures.bound is not None]
        whole.append(
            AimFigures(
                aim=of_aim[0].aim,
                value=over(figures.value for figures in of_aim),
                bound=over(bounds) if len(bounds) == len(of_aim) else None,
            )
        )
    return tuple(whole)


def with_bounds(figures: tuple[AimFigures, ...], bounds: Mapping[Aim, int | None]) -> tuple[AimFigures, ...]:
    """The figures with the bounds that were proven."""
    return tuple(replace(one, bound=bounds.get(one.aim)) for one in figures)


def published_tasks(roster: Roster, due: DueList) -> Published:
    """Visits and desk tasks of a published roster that are still due; what goes with a visit is left aside."""
    found: dict[str, tuple[date, frozenset[str]]] = {}
    for row in roster.assignments:
        task = due.task(row.task_id)
        if task is not None and not task.is_companion and not row.done_with:
            found[row.task_id] = row.day, frozenset(row.crew)
    return found


class _Figures:
    """The rows of a roster by team, and a function for each aim."""

    def __init__(
        self,
        register: Register,
        policy: Policy,
        due: DueList,
        roster: Roster,
        travel: Travel,
        published: Published | None,
    ) -> None:
        self._register, self._policy, self._due, self._travel = register, policy, due, travel
        self._published = published
        self._logs = Logs(register, policy, due.horizon)
        self._stops: dict[str, list[tuple[Assignment, Task]]] = defaultdict(list)
        for row in outing_rows(roster):
            task = due.task(row.task_id)
            if task is not None and row.offender_ref in register.offender_by_ref:
                self._stops[task.team].append((row, task))
        self._desk: dict[str, dict[str, tuple[Assignment, Task]]] = defaultdict(dict)
        for row in roster.assignments:
            task = due.task(row.task_id)
            if task is not None and not task.kind.is_field and not task.is_companion and not row.done_with:
                self._desk[task.team][row.task_id] = row, task
        self._value: dict[Aim, Callable[[str], int]] = {
            Aim.CONTINUITY: self._continuity,
            Aim.SECOND_SEAT: self._second_seat,
            Aim.VARIETY: self._variety,
            Aim.EVENINGS_AND_WEEKENDS: self._evenings_and_weekends,
            Aim.EVEN_LOAD: self._even_load,
            Aim.ONE_ADDRESS_TOGETHER: self._at_one_address,
            Aim.ONE_ADDRESS_APART: self._at_one_address,
            Aim.FEWEST_CHANGES: self._fewest_changes,
            Aim.TRAVEL: self._travel_minutes,
        }

    def of_team(self, team: str) -> tuple[AimFigures, ...]:
        aims = [aim for aim in self._policy.aims.order if self._applies(aim)]
        return tuple(AimFigures(aim=aim, value=self._value[aim](team)) for aim in aims)

    def _applies(self, aim: Aim) -> bool:
        if aim is Aim.EVENINGS_AND_WEEKENDS:
            return self._policy.aims.evening_weekend_percent > 0
        return aim is not Aim.FEWEST_CHANGES or self._published is not None

    def _continuity(self, team: str) -> int:
        points = self._policy.priorities
        total = 0
        for row, task in self._stops[team]:
            if task.lead_officer in row.crew:
                total += points.lead_points
            elif task.deputy_officer in row.crew:
                total += points.deputy_points
        return total + sum(
            points.lead_points for row, task in self._desk[team].values() if task.lead_officer in row.crew
        )

    def _second_seat(self, team: str) -> int:
        stops = self._stops[team]
        return sum(any(self._logs.was_there(o, row.offender_ref) for o in row.crew[1:]) for row, _ in stops)

    def _variety(self, team: str) -> int:
        return sum(self._logs.is_like_before(row.start, row.offender_ref) for row, _ in self._stops[team])

    def _evenings_and_weekends(self, team: str) -> int:
        starts = [row.start for row, _ in self._stops[team]]
        asked = self._policy.aims.evening_weekend_percent * len(starts)
        short = asked - 100 * sum(map(self._logs.is_off_hours, starts))
        return max(0, -(-short // 100))

    def _even_load(self, team: str) -> int:
        weights = self._policy.priorities.level_weights
        highest = 0
        for officer in self._register.lending.officers_of(team):
            if self._logs.on_duty(officer.officer_id):
                visits = [task for row, task in self._stops[team] if officer.officer_id in row.crew]
                load = self._logs.load_before(officer.officer_id) + sum(weights[t.risk_level] for t in visits)
                highest = max(highest, -(-load * 60 * LOAD_HOURS // self._logs.minutes(officer.officer_id)))
        return highest

    def _fewest_changes(self, team: str) -> int:
        now = {row.task_id: (row.day, frozenset(row.crew)) for row, _ in self._stops[team]}
        now |= {task_id: (row.day, frozenset(row.crew)) for task_id, (row, _) in self._desk[team].items()}
        tasks = ((task_id, self._due.task(task_id), before) for task_id, before in (self._published or {}).items())
        return sum(now.get(task_id) != before for task_id, task, before in tasks if task and task.team == team)

    def _at_one_address(self, team: str) -> int:
        """Visits in an outing to an address beyond the first there; addresses that are not known are left aside."""
        points = [[place.point for place in map(self._place, stops)] for stops in self._outings(team)]
        known = [[point for point in of_one if point is not None] for of_one in points]
        return sum(len(of_one) - len(set(of_one)) for of_one in known)

    def _travel_minutes(self, team: str) -> int:
        return sum(map(self._way, self._outings(team)))

    def _outings(self, team: str) -> Iterable[list[Assignment]]:
        """The stops of each outing."""
        outings: dict[tuple[date, str, frozenset[str]], list[Assignment]] = defaultdict(list)
        for row, _ in self._stops[team]:
            outings[row.day, row.outing, frozenset(row.crew)].append(row)
        return outings.values()

    def _way(self, stops: list[Assignment]) -> int:
        base = self._base(stops[0])
        places = [base, *map(self._place, sorted(stops, key=_in_time)), base]
        return sum(self._travel.minutes(here, there) for here, there in pairwise(places))

    def _place(self, row: Assignment) -> Place:
        return place_of_offender(self._register.offender_by_ref[row.offender_ref])

    def _base(self, stop: Assignment) -> Place:
        stations = (self._register.station_at(officer, stop.start) for officer in stop.crew)
        base = next(filter(None, stations), None)
        return place_of_base(base) if base else Place("", None, None)


def _in_time(row: Assignment) -> tuple[int, int]:
    return row.start, row.position
