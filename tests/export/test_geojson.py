"""The map: valid by a second reader, coarse unless a reason was given, nothing where nothing is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from export_builders import checked, export
from geojson_pydantic import FeatureCollection
from hypothesis import given
from hypothesis import strategies as st

from offender_mgmt.export.geojson import geojson_files
from offender_mgmt.export.positions import coarsened, degrees, grid
from offender_mgmt.export.rows import FULL_COLUMNS, REDACTED_COLUMNS

REASON = {"reason": "Briefing"}
METRES = 2000


def read(run=None, **asked):
    ((_, data),) = geojson_files(export(run, **asked)).items()
    return json.loads(data)


def of_kind(collection, kind):
    return [f for f in collection["features"] if f["properties"]["kind"] == kind]


@pytest.mark.parametrize("asked", [{}, REASON])
def test_a_second_reader_accepts_it(asked):
    collection = read(**asked)
    assert len(FeatureCollection(**collection).features) == len(collection["features"]) == 2 + 2 + 3
    assert "crs" not in collection  # RFC 7946 knows WGS84 only


def test_the_properties_are_these_and_no_others():
    assert {tuple(sorted(f["properties"])) for f in of_kind(read(), "stop")} == {
        tuple(sorted((*REDACTED_COLUMNS, "kind")))
    }
    full = of_kind(read(**REASON), "stop")
    assert {tuple(sorted(f["properties"])) for f in full} == {tuple(sorted((*FULL_COLUMNS, "kind")))}
    outing, base = of_kind(read(), "outing")[0], of_kind(read(), "base")[0]
    assert sorted(outing["properties"]) == ["base", "date", "kind", "outing", "status", "stops"]
    assert sorted(base["properties"]) == ["base", "kind"]


def test_positions_are_middles_of_squares_unless_a_reason_was_given():
    """571,000 / 207,000 lies in the square from 570,000 / 206,000: its middle is 571,000 / 207,000 only by chance."""
    register = checked().planned.register
    moved = tuple(o.replace(easting=570_100, northing=207_900) for o in register.offenders)
    run = checked(replace(register, offenders=moved))
    (east, north), *_ = grid(f["geometry"]["coordinates"] for f in of_kind(read(run), "stop"))
    assert (round(east, -1), round(north, -1)) == (571_000, 207_000)
    (east, north), *_ = grid(f["geometry"]["coordinates"] for f in of_kind(read(run, **REASON), "stop"))
    assert (round(east), round(north)) == (570_100, 207_900)


@given(st.integers(0, 700_000), st.integers(0, 1_300_000))
def test_a_coarse_position_tells_its_square_and_no_more(east, north):
    middle = coarsened((east, north), METRES)
    assert max(abs(middle[0] - east), abs(middle[1] - north)) <= METRES // 2
    corner = (east // METRES * METRES, north // METRES * METRES)
    assert middle == coarsened(corner, METRES)


def test_an_outing_leads_from_its_base_and_back():
    """Monday: Witham, Braintree, whose nominals have one position here; four points with the base at both ends."""
    monday = of_kind(read(), "outing")[0]
    line = monday["geometry"]["coordinates"]
    assert (len(line), line[0], monday["properties"]["stops"]) == (4, line[-1], 2)
    assert line[0] == pytest.approx(degrees([(570_900, 206_900)], 4)[0])


def test_a_nominal_without_a_position_is_listed_without_one():
    register = checked().planned.register
    moved = tuple(o.replace(easting=None, northing=None, no_fixed_abode=True) for o in register.offenders)
    collection = read(checked(replace(register, offenders=moved)))
    assert {f["geometry"] is None for f in of_kind(collection, "stop")} == {True}
    assert [len(f["geometry"]["coordinates"]) for f in of_kind(collection, "outing")] == [2, 2]
    FeatureCollection(**collection)


def test_degrees_agree_with_the_ordnance_survey():
    """The Survey's worked example: Caister Water Tower, 651409.903 / 313177.270, is 52.65798 N, 1.71605 E."""
    ((longitude, latitude),) = degrees([(651_410, 313_177)], 5)
    assert longitude == pytest.approx(1.71605, abs=0.0001)
    assert latitude == pytest.approx(52.65798, abs=0.0001)


def test_an_outing_of_which_nothing_is_known_has_no_line():
    register = checked().planned.register
    offenders = tuple(o.replace(easting=None, northing=None) for o in register.offenders)
    run = checked(replace(register, offenders=offenders, bases=()))
    assert {f["geometry"] is None for f in of_kind(read(run), "outing")} == {True}


NETWORK = """
import pyproj.network, sys
from offender_mgmt.export.positions import degrees
assert pyproj.network.is_network_enabled()
degrees([(571_000, 207_000)], 4)
assert not pyproj.network.is_network_enabled()
"""


def test_no_grid_is_fetched_even_where_the_environment_asks_for_it():
    root = Path(__file__).resolve().parents[2]
    env = {**os.environ, "PROJ_NETWORK": "ON"}
    assert subprocess.run([sys.executable, "-c", NETWORK], cwd=root, env=env, check=False).returncode == 0
