"""Where made-up nominals can be seen: round towns, ashore, to 100 metres, at nobody's address."""

from __future__ import annotations

from itertools import pairwise

from offender_mgmt.barriers import Barriers, Point
from offender_mgmt.register.records import BarrierPoint
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.essex import TOWNS, Area, Town
from offender_mgmt.synth.waters import OUTLINE, WATERS

GRID = 100
RURAL_PER_CENT = 12
RURAL_RADIUS = 5_000
TRIES = 40


def barrier_points() -> tuple[BarrierPoint, ...]:
    """The rows of ``barriers.csv``."""
    return tuple(
        BarrierPoint(barrier=name, point=number, easting=e, northing=n, way_round=way_round)
        for name, line in WATERS.items()
        for number, (e, n, way_round) in enumerate(line, start=1)
    )


def towns_of(area: Area) -> tuple[Town, ...]:
    """The towns a team looks after."""
    return tuple(town for town in TOWNS if town.district in area.districts)


class Gazetteer:
    """Draws a town by its population and a point near it on the same side of the water."""

    def __init__(self) -> None:
        self.barriers = Barriers(barrier_points())

    def draw(self, area: Area, dice: Dice) -> tuple[Town, Point]:
        """A town of the area and a point near it."""
        town = dice.weighted([(town, float(town.people)) for town in towns_of(area)])
        return town, self.near(town, dice)

    def near(self, town: Town, dice: Dice) -> Point:
        """A point near a town, ashore on its side of the water; its middle if none is found."""
        middle = (town.easting, town.northing)
        for _ in range(TRIES):
            point = _scattered(town, dice)
            if is_ashore(point) and not self.barriers.cut(middle, point):
                return point
        return middle


def _scattered(town: Town, dice: Dice) -> Point:
    radius = RURAL_RADIUS if dice.chance(RURAL_PER_CENT) else 400 + int(6 * town.people**0.5)
    east, north = dice.middling(-radius, radius), dice.middling(-radius, radius)
    return (round((town.easting + east) / GRID) * GRID, round((town.northing + north) / GRID) * GRID)


def is_ashore(point: Point) -> bool:
    """Whether a point lies inside the rough outline (even and odd crossings of a line to the east)."""
    east, north = point
    inside = False
    for (ae, an), (be, bn) in pairwise((*OUTLINE, OUTLINE[0])):
        if (an > north) != (bn > north) and (be - ae) * (north - an) * (1 if bn > an else -1) > (east - ae) * abs(
            bn - an
        ):
            inside = not inside
    return inside
