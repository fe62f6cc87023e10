"""Random instances for the solver's tests: plain numbers, any size, seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from offender_mgmt.calendars import MINUTES_A_DAY
from offender_mgmt.instance.model import Call, DeskTask, Instance, OfficerData, Shift, SideWork, WriteUp
from offender_mgmt.instance.shifts import make_shift
from offender_mgmt.policy import example_policy

ORIGIN = 30_000_000
"""Some midnight, in minutes since the epoch."""


def shift(officer: int, day: int, start: int, end: int, events: tuple[tuple[int, int], ...] = ()) -> Shift:
    """A tour from and to minutes after midnight, under the example policy's breaks."""
    midnight = ORIGIN + day * MINUTES_A_DAY
    span = midnight + start, midnight + end
    placed = tuple((midnight + s, midnight + e) for s, e in events)
    made = make_shift(officer, day, span, span, placed, example_policy().policy.duty)
    assert made is not None
    return made


def hours(day: int, start: int, end: int) -> tuple[int, int]:
    """A span of a day, from and to minutes after midnight."""
    return ORIGIN + day * MINUTES_A_DAY + start, ORIGIN + day * MINUTES_A_DAY + end


def random_instance(
    seed: int,
    *,
    officers: int = 8,
    calls: int = 60,
    days: int = 5,
    desk: int = 30,
    bands: int = 4,
    on_duty: float = 0.85,
    desk_minutes: tuple[int, ...] = (20, 30),
    tour_minutes: tuple[int, ...] = (480,),
) -> Instance:
    """A team's week: tours, visits with windows, interviews with write-ups, conflicts, desk work.

    Places are scattered over a square of about 35 by 35 minutes; the base is place 0, in the middle.
    """
    rng = random.Random(seed)
    points = [(0.0, 0.0), *((rng.uniform(-18, 18), rng.uniform(-18, 18)) for _ in range(calls))]
    travel = np.array(
        [[5 + 5 * round((abs(ax - bx) + abs(ay - by)) / 5) for bx, by in points] for ax, ay in points], dtype=np.int64
    )
    people = tuple(
        OfficerData(
            skills=frozenset({0, 1} if rng.random() < 0.7 else {0}),
            role=1,
            has_powers=rng.random() < 0.8,
            drives=rng.random() < 0.9,
            base=0,
        )
        for _ in range(officers)
    )
    shifts = []
    for officer in range(officers):
        for day in range(days):
            if rng.random() < on_duty:
                start = rng.choice([480, 480, 480, 540, 720])
                shifts.append(shift(officer, day, start, start + rng.choice(tour_minutes)))
    tasks_points: list[int] = []
    tasks_band: list[int] = []

    def task(has_points: bool = True) -> int:
        band = rng.randrange(bands)
        tasks_points.append(rng.choice([1, 2, 4, 8]) * (7 + (rng.randrange(60) if band < 2 else 0)) * has_points)
        tasks_band.append(band)
        return len(tasks_points) - 1

    made_calls, write_ups = [], []
    for nominal in range(calls):
        spans = []
        narrow = rng.random() < 0.4
        for day in range(days):
            if narrow:
                if rng.random() < 0.6:
                    start = rng.choice([480, 600, 780, 960])
                    spans.append(hours(day, start, start + rng.choice([150, 240])))
            else:
                spans.append(hours(day, 480, 1260))
        if not spans:
            continue
        visit = task()
        conflict = frozenset({rng.randrange(officers)}) if rng.random() < 0.1 else frozenset()
        common = {
            "nominal": nominal,
            "place": nominal + 1,
            "spans": tuple(spans),
            "crew_size": min(2, officers),
            "skills_each": frozenset({0}),
            "constable_required": rng.random() < 0.1,
            "excluded": conflict,
            "check_task": task(has_points=False) if rng.random() < 0.9 else -1,
            "entry_task": task(has_points=False),
            "lead": rng.randrange(officers),
            "deputy": rng.randrange(officers),
        }
        made_calls.append(Call(tasks=(visit,), minutes=rng.choice([45, 60, 60, 90]), **common))  # type: ignore[arg-type]
        if rng.random() < 0.15:
            interview = task()
            write_ups.append(WriteUp(task=task(has_points=False), minutes=240, skills=frozenset({1})))
            made_calls.append(
                Call(
                    tasks=(interview, visit),
                    minutes=120,
                    skills_one=frozenset({1}),
                    write_up=len(write_ups) - 1,
                    **common,  # type: ignore[arg-type]
                )
            )
    desk_tasks = tuple(
        DeskTask(
            task=task(), minutes=rng.choice(desk_minutes), first_day=rng.randrange(days), lead=rng.randrange(officers)
        )
        for _ in range(desk)
    )
    return Instance(
        points=tuple(tasks_points),
        band=tuple(tasks_band),
        bands=bands,
        given=(),
        officers=people,
        shifts=tuple(shifts),
        calls=tuple(made_calls),
        desk=desk_tasks,
        write_ups=tuple(write_ups),
        check=SideWork(minutes=20),
        entry=SideWork(minutes=30),
        entry_by=tuple(day + 1 for day in range(days)),
        travel=travel,
        days=days,
        visits_per_day=4,
        driver_needed=True,
        lead_points=2,
        deputy_points=1,
    )


def person(**changes: Any) -> OfficerData:
    """A constable at base 0 who drives and holds skill 0."""
    values: dict[str, Any] = {"skills": frozenset({0}), "role": 0, "has_powers": True, "drives": True, "base": 0}
    return OfficerData(**{**values, **changes})


def visit(number: int, **changes: Any) -> Call:
    """A visit of an hour by two to nominal ``number`` at place ``number`` + 1, from 08:00 to 21:00 on day 0."""
    values: dict[str, Any] = {
        "nominal": number,
        "tasks": (number,),
        "place": number + 1,
        "minutes": 60,
        "spans": (hours(0, 480, 1260),),
        "crew_size": 2,
    }
    return Call(**{**values, **changes})


def small(
    calls: Sequence[Call], shifts: Sequence[Shift], people: int | Sequence[OfficerData], **changes: Any
) -> Instance:
    """An instance by hand: 10 minutes from anywhere to anywhere, 10 points a task, all in one band."""
    desk, write_ups = changes.get("desk", ()), changes.get("write_ups", ())
    tasks = [t for c in calls for t in (*c.tasks, c.check_task, c.entry_task)]
    tasks += [*(d.task for d in desk), *(w.task for w in write_ups), -1]
    places = 2 + max((c.place for c in calls), default=0)
    days = 1 + max((s.day for s in shifts), default=0)
    values: dict[str, Any] = {
        "points": (10,) * (max(tasks) + 1),
        "band": (0,) * (max(tasks) + 1),
        "bands": 1,
        "given": (),
        "officers": tuple(person() for _ in range(people)) if isinstance(people, int) else tuple(people),
        "shifts": tuple(shifts),
        "calls": tuple(calls),
        "desk": desk,
        "write_ups": write_ups,
        "check": SideWork(minutes=20),
        "entry": SideWork(minutes=30),
        "entry_by": tuple(day + 1 for day in range(days)),
        "travel": np.full((places, places), 10, dtype=np.int64),
        "days": days,
        "visits_per_day": 4,
        "driver_needed": True,
        "lead_points": 2,
        "deputy_points": 1,
    }
    return Instance(**{**values, **changes})
