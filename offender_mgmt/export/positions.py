"""Where things are: exact, or coarsened to the middle of a square; as latitude and longitude where asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pyproj import Transformer, network

from offender_mgmt.barriers import Point
from offender_mgmt.export.rows import Export
from offender_mgmt.travel import place_of_offender

NATIONAL_GRID, WGS84 = "EPSG:27700", "EPSG:4326"
FINE, COARSE = 6, 4
"""Decimals of a degree: about 10 centimetres, about 10 metres."""


def coarsened(point: Point, metres: int) -> Point:
    """The middle of the square of so many metres in which the point lies."""
    return point[0] // metres * metres + metres // 2, point[1] // metres * metres + metres // 2


def position_of(offender_ref: str, export: Export) -> Point | None:
    """Where a nominal can be seen, as exactly as the export tells; ``None`` where it is not known."""
    register = export.run.planned.register
    nominal = register.offender_by_ref.get(offender_ref)
    point = place_of_offender(nominal).point if nominal else None
    if point is None or export.marks.is_full:
        return point
    return coarsened(point, export.run.planned.policy_file.policy.exports.coarse_metres)


def degrees(points: Iterable[Point], decimals: int) -> list[tuple[float, float]]:
    """Longitude and latitude of points on the National Grid."""
    return [
        (round(float(longitude), decimals), round(float(latitude), decimals))
        for longitude, latitude in _to_degrees().itransform(list(points))
    ]


def grid(positions: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Easting and northing of longitudes and latitudes."""
    return [(float(x), float(y)) for x, y in _to_grid().itransform(list(positions))]


@cache
def _to_degrees() -> Transformer:
    return _transformer(NATIONAL_GRID, WGS84)


@cache
def _to_grid() -> Transformer:
    return _transformer(WGS84, NATIONAL_GRID)


def _transformer(here: str, there: str) -> Transformer:
    """Longitude or easting first; no grid is fetched, whatever the environment asks for."""
    network.set_network_enabled(False)  # type: ignore[attr-defined]  # documented, but not in its list of names
    return Transformer.from_crs(here, there, always_xy=True)
