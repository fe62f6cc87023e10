"""Minutes of travel, worked out by hand from the example policy.

Road = way x 1.30; up to 5 km at 28, up to 15 km at 40, beyond at 56 km/h; + 4 minutes to park; rounded up to 5.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from builders import offender, policy, register
from hypothesis import given, settings
from hypothesis import strategies as st

from offender_mgmt.register.records import BarrierPoint, Base, TravelRow
from offender_mgmt.synth.essex import TOWNS
from offender_mgmt.synth.places import barrier_points
from offender_mgmt.travel import Place, Travel, place_of_base, place_of_offender

TOWN = {town.name: Place(town.name, town.easting, town.northing) for town in TOWNS}


def travel(**changes) -> Travel:
    return Travel(register(**changes), policy())


def east(metres: int) -> Place:
    return Place(f"east {metres}", 500_000 + metres, 200_000)


@pytest.mark.parametrize(
    ("metres", "minutes"),
    [
        (0, 5),  # only to park: 4, rounded up
        (350, 5),  # 455 m at 28 km/h = 0.975 min, + 4 = 4.975
        (358, 5),  # 465 m (rounded down) = 0.996 min, + 4 = 4.996
        (360, 10),  # 468 m = 1.003 min, + 4 = 5.003
        (3_000, 15),  # 3.9 km = 8.36 min, + 4 = 12.36
        (3_846, 15),  # 4,999 m = 10.71 min, + 4 = 14.71
        (4_000, 15),  # 5.2 km at 40 km/h = 7.8 min, but no less than 5 km at 28 km/h = 10.71, + 4 = 14.71
        (10_000, 25),  # 13 km = 19.5 min, + 4 = 23.5
        (20_000, 35),  # 26 km at 56 km/h = 27.86 min, + 4 = 31.86
        (100_000, 145),  # 130 km = 139.29 min, + 4 = 143.29
    ],
)
def test_minutes_follow_from_the_straight_line(metres, minutes):
    assert travel().minutes(east(0), east(metres)) == minutes


def test_a_longer_way_never_takes_less_time():
    minutes = [travel().minutes(east(0), east(metres)) for metres in range(0, 40_000, 250)]
    assert minutes == sorted(minutes)


def test_water_makes_the_way_longer():
    # 3 km beside the head of a river, 4 km from each bank: 10 km round, 13 km of road = 19.5 min, + 4 = 23.5.
    rows = [(503_000, True), (530_000, False)]
    river = tuple(
        BarrierPoint(barrier="r", point=i, easting=e, northing=204_000, way_round=w) for i, (e, w) in enumerate(rows)
    )
    south, north = Place("south", 506_000, 200_000), Place("north", 506_000, 208_000)
    assert travel(barriers=river).minutes(south, north) == 25
    assert travel().minutes(south, north) == 20  # straight: 8 km, 10.4 km of road = 15.6 min, + 4 = 19.6


def test_an_unknown_position_takes_the_policys_minutes():
    unknown = Place("somewhere", None, None)
    assert travel().minutes(east(0), unknown) == travel().minutes(unknown, east(0)) == 60
    assert travel().minutes(east(0), Place("half", 500_000, None)) == 60


def test_places_that_water_cuts_apart_take_the_policys_minutes():
    moat = tuple(BarrierPoint(barrier="m", point=i, easting=500_500, northing=n) for i, n in enumerate((0, 400_000)))
    assert travel(barriers=moat).minutes(east(0), east(1_000)) == 60


def test_measured_minutes_hold_in_both_directions():
    measured = travel(travel=(TravelRow(from_place="east 0", to_place="east 3000", minutes=42),))
    assert measured.minutes(east(0), east(3_000)) == measured.minutes(east(3_000), east(0)) == 42
    assert measured.minutes(east(0), east(20_000)) == 35  # not measured: estimated


def test_the_way_back_may_be_measured_apart():
    rows = (
        TravelRow(from_place="east 0", to_place="east 3000", minutes=42),
        TravelRow(from_place="east 3000", to_place="east 0", minutes=17),
    )
    measured = travel(travel=rows)
    assert (measured.minutes(east(0), east(3_000)), measured.minutes(east(3_000), east(0))) == (42, 17)


def test_a_measured_pair_needs_no_position():
    measured = travel(travel=(TravelRow(from_place="Harwich", to_place="east 0", minutes=50),))
    assert measured.minutes(east(0), Place("Harwich", None, None)) == 50


def test_a_nominal_with_an_abode_is_where_the_register_says():
    assert place_of_offender(offender()) == Place("Chelmsford", 571_000, 207_000)


def test_a_nominal_of_no_fixed_abode_has_no_position():
    nowhere = place_of_offender(offender(no_fixed_abode=True))
    assert nowhere.point is None
    assert travel().minutes(place_of_base(Base(base="B", easting=1, northing=1)), nowhere) == 60


def test_the_method_says_what_was_measured_and_what_was_not():
    row = TravelRow(from_place="a", to_place="b", minutes=5)
    back = TravelRow(from_place="b", to_place="a", minutes=6)
    assert "measured" not in travel().method
    assert "measured for 1 pair" in travel(travel=(row, back)).method
    assert "River Crouch" in travel(barriers=barrier_points()).method


@pytest.mark.parametrize(
    ("start", "end", "least_km", "most_km"),
    [
        ("Burnham-on-Crouch", "Rochford", 30, 40),  # 9 km as the crow flies, about 34 by road
        ("Tollesbury", "Bradwell-on-Sea", 30, 50),  # 6 km as the crow flies, about 46 by road
        ("Clacton-on-Sea", "Colchester", 24, 28),  # about 26 by road
        ("Harlow", "Basildon", 40, 46),  # about 42 by road
        ("Chelmsford", "Southend-on-Sea", 30, 37),  # about 31 by road
        ("West Mersea", "Tollesbury", 12, 26),  # 6 km as the crow flies, about 24 by road
    ],
)
def test_roads_lead_round_the_estuaries_of_essex(start, end, least_km, most_km):
    from offender_mgmt.barriers import Barriers

    way = Barriers(barrier_points()).metres(TOWN[start].point, TOWN[end].point)
    road_km = way * policy().travel.road_factor_percent / 100 / 1000
    assert least_km <= road_km <= most_km


known = st.builds(Place, st.sampled_from("abcd"), st.integers(580_000, 610_000), st.integers(190_000, 215_000))
places = st.lists(st.one_of(known, st.builds(Place, st.sampled_from("abcd"), st.none(), st.none())), max_size=6)
rows = st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), st.integers(0, 600), max_size=3)


@settings(deadline=None)
@given(places, rows)
def test_the_matrix_holds_the_same_minutes(places, rows):
    measured = tuple(TravelRow(from_place=a, to_place=b, minutes=m) for (a, b), m in rows.items())
    estate = travel(travel=measured, barriers=barrier_points())
    matrix = estate.matrix(places)
    assert matrix.tolist() == [[estate.minutes(a, b) for b in places] for a in places]
    if not measured:
        assert (matrix == matrix.T).all()


def test_importing_it_does_not_import_numpy():
    code = "import offender_mgmt.travel, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
