"""Outlines of districts from a GeoJSON file of the reader's own, to draw maps on; none is shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offender_mgmt.errors import UsageError
from offender_mgmt.files import read_bounded, shown

LARGEST_OUTLINES_BYTES = 20_000_000
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Rings on the National Grid, and whom to thank for them."""

    rings: tuple[Ring, ...] = ()
    credit: str = ""


NO_OUTLINES = Outlines()


def read_outlines(path: Path, credit: str) -> Outlines:
    """Every ring of the polygons of a GeoJSON file.

    Raises
    ------
    UsageError
        When it is no GeoJSON with polygons, or nobody is thanked for it.
    """
    from offender_mgmt.export.positions import grid

    if not credit.strip():
        raise UsageError("--outlines needs --credit: who the outlines are from stands under every map made with them.")
    try:
        rings = [list(map(_position, ring)) for ring in _rings(json.loads(read_bounded(path, LARGEST_OUTLINES_BYTES)))]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise UsageError(f"{shown(path)} is no GeoJSON of polygons in longitude and latitude.") from None
    if not rings:
        raise UsageError(f"{shown(path)} holds no polygon.")
    return Outlines(tuple(tuple(grid(ring)) for ring in rings), " ".join(credit.split()))


def _rings(part: Any) -> Iterator[Sequence[Any]]:
    match part["type"]:
        case "FeatureCollection":
            for feature in part["features"]:
                yield from _rings(feature)
        case "Feature":
            yield from _rings(part["geometry"]) if part["geometry"] else ()
        case "GeometryCollection":
            for geometry in part["geometries"]:
                yield from _rings(geometry)
        case "Polygon":
            yield from part["coordinates"]
        case "MultiPolygon":
            for polygon in part["coordinates"]:
                yield from polygon


def _position(pair: Sequence[Any]) -> tuple[float, float]:
    longitude, latitude = float(pair[0]), float(pair[1])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError("not a longitude and a latitude")
    return longitude, latitude
