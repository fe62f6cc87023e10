"""Every place that is found, and no other, against plain loops over all places."""

from __future__ import annotations

import os
import random

import pytest
from places.brute_places import Brute
from places.random_weeks import RandomWeek, random_week

from offender_mgmt.due.task import Task
from offender_mgmt.places.find import places_of
from offender_mgmt.places.roster_with import roster_with
from offender_mgmt.places.spot import Spot, urgency
from offender_mgmt.places.suggest import violations_of

SOAK = bool(os.environ.get("OFFENDER_MGMT_SOAK"))
SEEDS = range(200 if SOAK else 4)


def a_case(seed: int) -> tuple[RandomWeek, Task]:
    """A week, empty to full, and a task that is not in its roster."""
    rng = random.Random(f"places {seed}")
    return random_week(seed, offenders=rng.choice([25, 45, 70]), tries=rng.choice([0, 8, 15, 25, 60]))


def gap_start(published, spot: Spot) -> object:
    """What tells places of a crew and a day apart: the outing joined, else where the gap begins."""
    if spot.trip is not None:
        return spot.trip.name
    duties = [next(d for d in published.plan.duties[o] if d.tour.holds(spot.drive.span)) for o in spot.crew]
    starts = [next(gap.start for gap in duty.gaps() if gap.holds(spot.drive.span)) for duty in duties]
    return max(starts)


def found_visits(published, spots: list[Spot]) -> dict[tuple[object, ...], tuple[int, ...]]:
    found = {}
    for spot in spots:
        key = (tuple(sorted(spot.crew)), spot.day, gap_start(published, spot), spot.position - 1)
        span = spot.drive.span
        found[key] = (span.end - span.start, spot.moved_minutes, *(stop.start for stop in spot.drive.stops))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_places_are_those_of_plain_loops(seed):
    week, task = a_case(seed)
    published = week.published()
    spots = list(places_of(published, task))
    free = [spot for spot in spots if not spot.gives_way]
    lossless = [spot for spot in spots if spot.gives_way and not spot.displaced]
    brute = Brute(week, task)
    if task.kind.is_field:
        assert found_visits(published, free) == brute.visits()
    else:
        assert {(spot.crew[0], spot.day) for spot in free} == brute.desk()
    if not free:
        compare_in_place_of_others(week, task, spots, only_lossless=bool(lossless))
    assert spots == sorted(spots, key=lambda spot: spot.rank)


def compare_in_place_of_others(week: RandomWeek, task: Task, spots: list[Spot], *, only_lossless: bool) -> None:
    """Each task that may give way, taken out by hand; where a visit is done by the new one as well, no other is."""
    done = {row.task_id: row for row in week.roster.assignments}
    by_gone: dict[str, list[Spot]] = {}
    for spot in spots:
        by_gone.setdefault(spot.gives_way[0].task_id, []).append(spot)
    for task_id, row in done.items():
        other = week.due.task(task_id)
        if other is None or other.is_companion or row.done_with:
            continue
        guests = [r.task_id for r in week.roster.assignments if r.done_with == task_id]
        lost = [week.due.task(t) for t in (task_id, *guests)]
        lost = [t for t in lost if t.points and task.task_id not in t.satisfied_by]
        if any(urgency(t) <= urgency(task) for t in lost) or (lost and only_lossless):
            continue
        gone = {task_id, *guests}
        if other.kind.is_field:
            gone |= {r.task_id for r in week.roster.assignments if r.task_id.endswith(f"{other.offender_ref}-NEXT")}
        brute = Brute(week, task, frozenset(gone))
        if not _stays(week, brute, row):
            continue
        own = by_gone.get(task_id, [])
        if task.kind.is_field:
            keys = {(tuple(sorted(s.crew)), s.day, s.trip.name if s.trip else None, s.position - 1) for s in own}
            expected = {
                (crew, day, name if isinstance(name, str) else None, position)
                for crew, day, name, position in brute.visits()
                if other.offender_ref == task.offender_ref or _touches(week, crew, gone)
            }
            assert keys == expected, task_id
        else:
            assert {(s.crew[0], s.day) for s in own} == {
                (o, day) for o, day in brute.desk() if _touches(week, (o,), gone)
            }, task_id


def _touches(week: RandomWeek, crew, gone) -> bool:
    freed = {o for row in week.roster.assignments if row.task_id in gone for o in row.crew}
    return bool(freed & set(crew))


def _stays(week: RandomWeek, brute: Brute, row) -> bool:
    """Whether the other stops of the outing can stay at their times."""
    outing = next((o for o in brute.outings if o.name == row.outing and row.outing), None)
    if outing is None:
        return True
    legs = brute.legs(outing.crew, [s[0] for s in outing.stops])
    gaps = [b[1] - a[1] - a[2] for a, b in zip(outing.stops, outing.stops[1:], strict=False)]
    before = next(o for o in Brute(week, brute.task).outings if o.name == row.outing)
    old, new = brute.span(before), brute.span(outing)
    return all(g >= way for g, way in zip(gaps, legs[1:-1], strict=True)) and old[0] <= new[0] and new[1] <= old[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_check_accepts_each_place_but_for_priorities(seed):
    """Only ``priority_order`` may be broken: where other work left out, of an earlier band, could have the place."""
    week, task = a_case(seed)
    published = week.published()
    before = set(violations_of(published.week, week.roster))
    spots = list(places_of(published, task))
    rng = random.Random(seed)
    for spot in rng.sample(spots, min(len(spots), 12)):
        found = set(violations_of(published.week, roster_with(published, spot))) - before
        assert {violation.rule for violation in found} <= {"priority_order"}
