"""Instances with something to say about every aim: random last attempts, loads and a random published roster."""

from __future__ import annotations

import random
from dataclasses import replace

from solver.instances import hours

from offender_mgmt.instance.model import Call, DeskTask, Exposure, Instance
from offender_mgmt.vocabulary import Aim

ALL_AIMS = tuple(Aim)
SET_AIMS = (
    Aim.CONTINUITY,
    Aim.SECOND_SEAT,
    Aim.EVEN_LOAD,
    Aim.ONE_ADDRESS_TOGETHER,
    Aim.ONE_ADDRESS_APART,
    Aim.FEWEST_CHANGES,
)
"""Aims for which neither the order of the stops nor their time matters."""


def with_aims(instance: Instance, seed: int, aims: tuple[Aim, ...] = ALL_AIMS) -> Instance:
    """The same week with these aims, and with a limit on exposure in some."""
    rng, at = random.Random(seed), random.Random(-seed)
    people, days = range(len(instance.officers)), range(instance.days)

    def call(old: Call) -> Call:
        crew = rng.sample(people, min(old.crew_size, len(people)))
        worn = [hours(day, start, start + 180) for day in days for start in (480, 660, 840) if rng.random() < 0.4]
        return replace(
            old,
            recent=frozenset(rng.sample(people, min(2, len(people)))),
            worn=tuple(worn),
            weight=rng.choice([1, 2, 4, 8]),
            address=at.choice([-1, 0, 1]),
            published=(rng.choice(days), frozenset(crew)) if rng.random() < 0.6 else None,
        )

    def desk(old: DeskTask) -> DeskTask:
        return replace(old, published=(rng.choice(days), rng.choice(people)) if rng.random() < 0.5 else None)

    exposure = Exposure(
        calls=frozenset(c for c in range(len(instance.calls)) if rng.random() < 0.7),
        most_a_day=rng.choice([None, 1, 2]),
        most_a_week=rng.choice([None, 1, 2]),
    )
    calls, work = tuple(map(call, instance.calls)), tuple(map(desk, instance.desk))
    return replace(
        instance,
        calls=calls,
        desk=work,
        exposure=(exposure,) if rng.random() < 0.5 else (),
        aims=aims,
        off_hours=tuple(hours(day, 780, 1440) for day in days),
        off_percent=40,
        load_before=tuple(rng.randrange(30) for _ in people),
        duty=tuple(rng.choice([2400, 4800, 9600]) for _ in people),
        published=sum(x.published is not None for x in (*calls, *work)),
    )
