"""Whole minutes between places: measured ones where given, else an estimate from coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offender_mgmt.barriers import NO_WAY, Barriers, Point
from offender_mgmt.policy import Policy
from offender_mgmt.policy.model import TravelPolicy
from offender_mgmt.register.records import Base, Offender
from offender_mgmt.register.register import Register

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere work begins: a base or where a nominal can be seen.

    Parameters
    ----------
    name
        Base or locality, as ``travel.csv`` names it.
    easting, northing
        National Grid metres; ``None`` when not known.
    """

    name: str
    easting: int | None
    northing: int | None

    @property
    def point(self) -> Point | None:
        """The position, if all of it is known."""
        return None if self.easting is None or self.northing is None else (self.easting, self.northing)


def place_of_base(base: Base) -> Place:
    """Where a base is."""
    return Place(base.base, base.easting, base.northing)


def place_of_offender(offender: Offender) -> Place:
    """Where a nominal can be seen; no position for a nominal of no fixed abode."""
    if offender.no_fixed_abode:
        return Place("", None, None)
    return Place(offender.locality, offender.easting, offender.northing)


class Travel:
    """Minutes of travel between places, parking and walking included.

    A pair measured in ``travel.csv`` takes those minutes, in both directions unless the other is measured too.
    Else: the straight line, going round barriers, times the road factor, at the mean speed of journeys of that
    length, plus the minutes to park, rounded up. A longer journey never takes less time than a shorter one. Where a
    position is not known, or water cuts the places apart, the policy's ``unknown_minutes``.
    """

    def __init__(self, register: Register, policy: Policy) -> None:
        given = {(row.from_place, row.to_place): row.minutes for row in register.travel}
        backwards = {(end, start): minutes for (start, end), minutes in given.items()}
        self._measured = {**backwards, **given}
        self._pairs = len({frozenset(pair) for pair in given})
        self._barriers = Barriers(register.barriers)
        self._policy = policy.travel
        self._floors = _floors(policy.travel)

    def minutes(self, from_place: Place, to_place: Place) -> int:
        """Minutes from one place to another, never negative."""
        measured = self._measured.get((from_place.name, to_place.name))
        if measured is not None:
            return measured
        start, end = from_place.point, to_place.point
        metres = None if start is None or end is None else self._barriers.metres(start, end)
        return self._policy.unknown_minutes if metres is None else self._estimate(metres)

    def matrix(self, places: Sequence[Place]) -> NDArray[int64]:
        """Minutes from each place (row) to each (column): the numbers of :meth:`minutes`, all at once."""
        import numpy as np

        table = np.full((len(places), len(places)), self._policy.unknown_minutes, dtype=np.int64)
        known = [i for i, place in enumerate(places) if place.point is not None]
        points = [place.point for place in places if place.point is not None]
        table[np.ix_(known, known)] = self._estimates(self._barriers.table(points))
        names = {place.name for place in places}
        for (start, end), minutes in self._measured.items():
            if start in names and end in names:
                rows = [i for i, place in enumerate(places) if place.name == start]
                columns = [j for j, place in enumerate(places) if place.name == end]
                table[np.ix_(rows, columns)] = minutes
        return table

    @property
    def method(self) -> str:
        """One sentence for reports: where the minutes come from."""
        policy = self._policy
        waters = ", ".join(self._barriers.names)
        line = f"the straight line, led round {waters}," if waters else "the straight line"
        measured = f"measured for {self._pairs} pair(s) of places, else " if self._pairs else ""
        return (
            f"Travel minutes are {measured}estimated: {line} x {policy.road_factor_percent / 100:.2f}, at the policy's "
            f"speeds, + {policy.park_minutes} minutes to park, rounded up to {policy.round_up_to_minutes}; "
            f"{policy.unknown_minutes} minutes where a position is not known."
        )

    def _estimate(self, metres: int) -> int:
        road = metres * self._policy.road_factor_percent // 100
        step = sum(road > s.up_to_km * 1000 for s in self._policy.speeds[:-1])
        return max(_road_minutes(road, step, self._policy), self._floors[step])

    def _estimates(self, metres: NDArray[int64]) -> NDArray[int64]:
        """:meth:`_estimate` for a whole table."""
        import numpy as np

        policy = self._policy
        road = metres * policy.road_factor_percent // 100
        step = sum((road > s.up_to_km * 1000).astype(np.int64) for s in policy.speeds[:-1]) + np.zeros_like(road)
        speed = np.array([s.km_per_hour for s in policy.speeds])[step]
        unit = speed * 1000 * policy.round_up_to_minutes
        rounded = -(-(policy.park_minutes * speed * 1000 + road * 60) // unit) * policy.round_up_to_minutes
        estimates = np.maximum(rounded, np.array(self._floors)[step])
        return np.where(metres >= NO_WAY, policy.unknown_minutes, estimates)


def _road_minutes(road_metres: int, step: int, policy: TravelPolicy) -> int:
    """Minutes for a way on the road at the speed of one step, with parking, rounded up; in exact whole numbers."""
    metres_an_hour = policy.speeds[step].km_per_hour * 1000
    scaled = policy.park_minutes * metres_an_hour + road_metres * 60
    return -(-scaled // (metres_an_hour * policy.round_up_to_minutes)) * policy.round_up_to_minutes


def _floors(policy: TravelPolicy) -> tuple[int, ...]:
    """For each step of speed, the minutes of the longest journey of the steps before: a longer way is not quicker."""
    floors = [0]
    for step, speed in enumerate(policy.speeds[:-1]):
        floors.append(max(floors[-1], _road_minutes(speed.up_to_km * 1000, step, policy)))
    return tuple(floors)
