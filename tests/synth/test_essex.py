"""The typed facts of Essex against public geography, and their use for placing nominals."""

from __future__ import annotations

import csv
from math import cos, dist, radians, sin, sqrt, tan

import pytest
from builders import policy

from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.essex import AREAS, BASES, TOWNS, Town
from offender_mgmt.synth.places import Gazetteer, is_ashore, towns_of

FURTHEST_METRES = 3_000
NAMES_THERE = {"St Osyth": "Saint Osyth"}


def national_grid(latitude: float, longitude: float) -> tuple[float, float]:
    """WGS84 to the National Grid, to about 100 metres: Airy 1830 series after one shift of datum in degrees.

    The shift (OSGB36 less WGS84) near Essex is -0.00049 degrees of latitude and +0.00172 of longitude.
    """
    phi, lam = radians(latitude - 0.00049), radians(longitude + 0.00172)
    a, b, scale = 6_377_563.396, 6_356_256.909, 0.9996012717
    e2, n = 1 - (b / a) ** 2, (a - b) / (a + b)
    nu = a * scale / sqrt(1 - e2 * sin(phi) ** 2)
    rho = nu * (1 - e2) / (1 - e2 * sin(phi) ** 2)
    lessened, summed = phi - radians(49), phi + radians(49)
    meridian = b * scale * (
        (1 + n + 1.25 * n**2) * lessened
        - (3 * n + 3 * n**2) * sin(lessened) * cos(summed)
        + 1.875 * n**2 * sin(2 * lessened) * cos(2 * summed)
    )  # fmt: skip
    west = lam - radians(-2)
    northing = meridian - 100_000 + nu / 2 * sin(phi) * cos(phi) * west**2
    easting = 400_000 + nu * cos(phi) * west + nu / 6 * cos(phi) ** 3 * (nu / rho - tan(phi) ** 2) * west**3
    return easting, northing


def test_the_conversion_is_good_enough():
    # Ordnance Survey's worked example in Norfolk: 52.65798 N, 1.71605 E is 651,410 E 313,177 N.
    assert dist(national_grid(52.65798, 1.71605), (651_410, 313_177)) < 200


def test_towns_lie_where_public_geography_has_them(shared):
    with (shared / "geodata" / "essex_towns.csv").open(encoding="utf-8") as file:
        there = {row["town"]: national_grid(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}
    compared = {t.name: (t.easting, t.northing) for t in TOWNS if NAMES_THERE.get(t.name, t.name) in there}
    far = [
        name for name, point in compared.items() if dist(point, there[NAMES_THERE.get(name, name)]) > FURTHEST_METRES
    ]
    assert len(compared) >= 50
    assert far == []


def test_towns_belong_to_the_districts_public_geography_names(shared):
    with (shared / "geodata" / "essex_towns.csv").open(encoding="utf-8") as file:
        there = {row["town"]: row["district"] for row in csv.DictReader(file)}
    wrong = [t.name for t in TOWNS if t.name in there and there[t.name] != t.district]
    assert wrong == []


def test_every_town_has_one_team_area():
    for town in TOWNS:
        assert [area.base for area in AREAS if town.district in area.districts] != []
    assert sum(len(towns_of(area)) for area in AREAS) == len(TOWNS)
    assert len({town.name for town in TOWNS}) == len(TOWNS)


def test_bases_and_towns_are_ashore_and_in_the_force_area():
    west, south, east, north = policy().register_checks.force_area
    for easting, northing in [*BASES.values(), *((t.easting, t.northing) for t in TOWNS)]:
        assert is_ashore((easting, northing))
        assert west < easting < east
        assert south < northing < north
        assert easting % 100 == northing % 100 == 0


@pytest.mark.parametrize(
    "at_sea",
    [
        (610_000, 200_000),  # off the Dengie shore
        (594_000, 207_500),  # in the Blackwater
        (570_000, 174_000),  # in the Thames
        (630_000, 226_000),  # off the Naze
        (530_000, 190_000),  # London
    ],
)
def test_the_sea_and_the_neighbours_are_not_ashore(at_sea):
    assert not is_ashore(at_sea)


def test_places_are_near_their_town_on_its_side_of_the_water():
    gazetteer = Gazetteer()
    for number in range(300):
        town, (easting, northing) = gazetteer.draw(AREAS[number % len(AREAS)], Dice(9, str(number)))
        assert isinstance(town, Town)
        assert is_ashore((easting, northing))
        assert dist((easting, northing), (town.easting, town.northing)) < 8_000
        assert not gazetteer.barriers.cut((town.easting, town.northing), (easting, northing))


def test_a_town_with_no_land_near_it_gives_its_middle():
    assert Gazetteer().near(Town("Atlantis", 100, 645_000, 200_000, "Sea"), Dice(1)) == (645_000, 200_000)
