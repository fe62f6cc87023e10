"""``export geojson``: stops and outings for a map (RFC 7946), coarsened by default."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from offender_mgmt.barriers import Point
from offender_mgmt.export.json_document import json_bytes
from offender_mgmt.export.positions import COARSE, FINE, degrees, position_of
from offender_mgmt.export.rows import Export, stops_of
from offender_mgmt.report.figures import outings
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.travel import place_of_base


def geojson_files(export: Export) -> dict[str, bytes]:
    """The map by name of file."""
    features = [*_bases(export), *_outings(export), *_stops(export)]
    collection = {
        "type": "FeatureCollection",
        "features": features,
        # Foreign members (RFC 7946, 6.1), which map programs pass over.
        "marking": export.marks.marking,
        "status": export.marks.status_words,
        "title": export.marks.title,
        "made_from": export.marks.made_from,
        "roster": export.marks.digest,
        "detail": export.marks.detail_words,
        "warnings": list(export.marks.warnings),
        "metres": 0 if export.marks.is_full else export.run.planned.policy_file.policy.exports.coarse_metres,
    }
    return {export.marks.file_name("map", "geojson"): json_bytes(collection)}


def _feature(kind: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"kind": kind, **properties}}


def _bases(export: Export) -> Iterator[dict[str, Any]]:
    """Stations are public; their positions are told as they are."""
    for base in export.run.planned.register.bases:
        point = place_of_base(base).point
        yield _feature("base", _point(degrees([point], FINE) if point else []), {"base": base.base})


def _outings(export: Export) -> Iterator[dict[str, Any]]:
    """From the base along the stops whose position is known and back, straight from one to the next."""
    planned = export.run.planned
    for name, stops in outings(planned.roster).items():
        base = planned.register.station_at(stops[0].lead, stops[0].start)
        point = place_of_base(base).point if base else None
        home = [point] if point else []
        told = {"status": export.marks.status, "outing": name, "date": stops[0].day.isoformat(), "stops": len(stops)}
        line = _line([*home, *_known(stops, export), *home], export)
        yield _feature("outing", line, {**told, "base": base.base if base else ""})


def _known(stops: Sequence[Assignment], export: Export) -> list[Point]:
    return [point for stop in stops if (point := position_of(stop.offender_ref, export))]


def _stops(export: Export) -> Iterator[dict[str, Any]]:
    """The stops, with what a sheet tells of them."""
    for row in stops_of(export):
        point = position_of(row.work.offender_ref, export)
        where = degrees([point], _decimals(export)) if point else []
        yield _feature("stop", _point(where), {**row.cells, "position": row.work.position})


def _line(points: Sequence[Point], export: Export) -> dict[str, Any] | None:
    if len(points) < 2:
        return None
    return {"type": "LineString", "coordinates": degrees(points, _decimals(export))}


def _point(where: Sequence[tuple[float, float]]) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": where[0]} if where else None


def _decimals(export: Export) -> int:
    return FINE if export.marks.is_full else COARSE
