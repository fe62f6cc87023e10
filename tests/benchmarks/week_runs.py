"""Every engine on one team week, each judged the same way; a row of the table for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.children import Outcome, run_alone, run_beside
from benchmarks.cores import CORES
from benchmarks.engines import GRACE, PEERS, run_engine
from benchmarks.ours_in_time import solve_in_time
from benchmarks.peer_cpsat_week import solve_week
from benchmarks.team_weeks import TeamWeek
from benchmarks.week_assembly import Assembled, Plan, assemble
from benchmarks.week_judge import Verdict, judge
from benchmarks.week_problem import as_plan, ways_to_call, week_problem
from benchmarks.week_trips import desk_shifts, list_trips, our_trips

from offender_mgmt.planning.outcome import with_bounds_of
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, rank, solve_greedily
from offender_mgmt.solver.timetable import Timetable

HEADER = (
    "week",
    "engine",
    "visits",
    "desk",
    "bands: points of bound",
    "gap",
    "seconds",
    "MiB",
    "dropped",
    "violations",
)
TO_ITS_END = "ours, to its end"
LONGEST = 1_200.0
"""Seconds after which our solver is stopped even then, unless told otherwise."""
BOTH_PAIRINGS = ("our pairs", "list pairs")
ROUTING_PEERS = tuple(engine for engine in PEERS if engine.name != "CP-SAT")
"""On team weeks CP-SAT has a model of the whole week instead."""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One engine on one week."""

    week: str
    engine: str
    outcome: Outcome
    verdict: Verdict | None


def week_rows(week: TeamWeek, seconds: float, settings: Settings, longest: float) -> Iterator[WeekRow]:
    """Ours to its end first, for the bound, and in the same seconds as all others, because the peers' pairs and desk
    reserves are taken from that; then the greedy rule and the peers. No row to its end where ``longest`` is 0 seconds.
    """
    instance = week.instance
    if longest:
        ended = _ours(week, settings, longest)
        yield _answered(week, TO_ITS_END if ended.seconds < longest else f"ours, {longest:.0f} seconds", ended)
    ours = _ours(week, settings, seconds)
    yield _answered(week, "ours", ours)
    greedy = run_alone(solve_greedily, (instance, settings), seconds + GRACE)
    yield _answered(week, "greedy", greedy)
    answer: Answer | None = ours.answer or greedy.answer
    timetable = answer.timetable if answer else Timetable((), ())
    yield from _peers(week, timetable, seconds)
    whole = run_alone(solve_week, (instance, seconds, 1), seconds + GRACE)
    plan, desk = whole.answer or ([], {})
    yield WeekRow(week.name, "CP-SAT, whole week", whole, _judged(week, whole, _builder(week, plan, desk)))


def _ours(week: TeamWeek, settings: Settings, seconds: float) -> Outcome:
    """As many courses of our solver as there are cores: the best roster by its bands, with the bounds of all."""
    calls = [(solve_in_time, (week.instance, settings.with_other_lots(n), seconds)) for n in range(CORES)]
    outcomes = run_beside(calls, seconds + GRACE)
    answers = [outcome.answer for outcome in outcomes if outcome.answer is not None]
    if not answers:
        return outcomes[0]
    best = max(answers, key=lambda answer: rank(week.instance, answer))
    longest, memory = max(o.seconds for o in outcomes), sum(o.mib for o in outcomes)
    fault = next((outcome.fault for outcome in outcomes if outcome.fault), "")
    return Outcome(with_bounds_of(best, answers), longest, memory, fault)


def bounds_of(rows: list[WeekRow], week: TeamWeek) -> tuple[list[int], list[bool]]:
    """The bound of our first row for each band, else all that is due; and whether it is a proven bound."""
    most = week.instance.band_points(range(len(week.instance.points)))
    answer: Answer | None = rows[0].outcome.answer
    found = [proof.bound for proof in answer.proofs] if answer else [None] * len(most)
    return [m if b is None else b for b, m in zip(found, most, strict=True)], [b is not None for b in found]


def _peers(week: TeamWeek, ours: Timetable, seconds: float) -> Iterator[WeekRow]:
    instance = week.instance
    calls, prefer = ways_to_call(instance, ours), desk_shifts(instance, ours)
    for pairing, trips in zip(BOTH_PAIRINGS, (our_trips(instance, ours), list_trips(instance, ours)), strict=True):
        problem = week_problem(instance, trips, calls)
        for engine in ROUTING_PEERS:
            if engine.version:
                outcome = run_engine(engine, problem, seconds)
                plan = as_plan(trips, calls, outcome.answer or [[] for _ in trips])
                verdict = _judged(week, outcome, _builder(week, plan, prefer, calls))
                yield WeekRow(week.name, f"{engine.name}, {pairing}", outcome, verdict)


def _builder(
    week: TeamWeek, plan: Plan, prefer: dict[int, int], spare: Sequence[int] = ()
) -> Callable[[frozenset[int]], Assembled]:
    return lambda banned: assemble(week.instance, plan, prefer, banned, spare)


def _judged(week: TeamWeek, outcome: Outcome, build: Callable[[frozenset[int]], Assembled]) -> Verdict | None:
    return judge(week, build) if outcome.answer is not None else None


def _answered(week: TeamWeek, engine: str, outcome: Outcome) -> WeekRow:
    """An engine that makes a whole timetable: it is judged as it is."""
    timetable = outcome.answer.timetable if outcome.answer else Timetable((), ())
    return WeekRow(week.name, engine, outcome, _judged(week, outcome, lambda _: Assembled(timetable, 0)))


def cells(row: WeekRow, bounds: list[int], proven: list[bool]) -> list[object]:
    """The row as printed; where no bound is proven the points of all that is due stand in its place, with a star."""
    outcome, verdict = row.outcome, row.verdict
    if verdict is None:
        return [row.week, row.engine, "-", "-", outcome.fault, "-", f"{outcome.seconds:.1f}", outcome.mib, "-", "-"]
    pairs = list(zip(verdict.values, bounds, proven, strict=True))
    bands = ", ".join(f"{value} of {bound}{'' if sure else '*'}" for value, bound, sure in pairs)
    return [
        row.week,
        row.engine,
        verdict.visits,
        verdict.desk,
        bands,
        f"{mean_gap(verdict.values, bounds):.1f} %",
        f"{outcome.seconds:.1f}",
        outcome.mib,
        verdict.dropped,
        len(verdict.violations),
    ]


def mean_gap(values: tuple[int, ...], bounds: list[int]) -> float:
    """Mean over the bands that have anything to reach, each weighed alike, in per cent.

    A plan that does less in an earlier band may pass the bound of a later one; that makes up for nothing.
    """
    gaps = [max(0.0, 1 - value / bound) for value, bound in zip(values, bounds, strict=True) if bound]
    return 100 * sum(gaps) / max(1, len(gaps))
