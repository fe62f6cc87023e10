"""The way round water: an L of barrier with a bridge, lengths worked out by hand on 3-4-5 triangles."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offender_mgmt.barriers import NO_WAY, Barriers
from offender_mgmt.register.records import BarrierPoint


def line(name: str, *points: tuple[int, int, bool]) -> list[BarrierPoint]:
    return [
        BarrierPoint(barrier=name, point=i, easting=e, northing=n, way_round=w) for i, (e, n, w) in enumerate(points)
    ]


# A river along northing 10,000 from the sea in the east to its head at easting 3,000, with a bridge at 9,000.
RIVER = Barriers(line("river", (30_000, 10_000, False), (9_000, 10_000, True), (3_000, 10_000, True)))


@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        ((0, 0), (3_000, 4_000), 5_000),  # nothing between: straight
        ((0, 6_000), (0, 14_000), 8_000),  # west of the head: straight
        ((3_000, 6_000), (3_000, 14_000), 8_000),  # exactly over the head, where roads lead round: straight
        ((9_000, 6_000), (9_000, 14_000), 8_000),  # exactly over the bridge: straight
        ((12_000, 6_000), (12_000, 14_000), 10_000),  # 3 km beside the bridge: 5 km to it, 5 km from it
        ((12_000, 6_000), (12_000, 10_000), 4_000),  # to the bank, not across
        ((6_000, 6_000), (6_000, 14_000), 10_000),  # midway between head and bridge: 5 + 5 by either
        ((12_000, 9_999), (20_000, 9_999), 8_000),  # along the bank
    ],
)
def test_the_way_is_straight_or_over_the_nearest_way_round(start, end, metres):
    assert RIVER.metres(start, end) == metres
    assert RIVER.metres(end, start) == metres


def test_a_line_through_a_bend_of_the_water_crosses_it_unless_there_is_a_bridge():
    without = Barriers(line("bend", (0, 0, False), (5_000, 0, False), (5_000, 5_000, False)))
    across = (4_000, 1_000), (6_000, -1_000)  # through the bend at (5,000, 0)
    assert without.metres(*across) is None
    bridged = Barriers(line("bend", (0, 0, False), (5_000, 0, True), (5_000, 5_000, False)))
    assert bridged.metres(*across) == 2_828  # 2,000 x the root of 2, rounded down


def test_two_rivers_are_passed_one_after_the_other():
    # Heads at (0, 10,000) and (0, 20,000): from (3,000, 6,000) 5 km to the first head, 10 km on, 5 km to the end.
    rivers = Barriers(
        [*line("a", (0, 10_000, True), (9_000, 10_000, False)), *line("b", (0, 20_000, True), (9_000, 20_000, False))]
    )
    assert rivers.metres((3_000, 6_000), (3_000, 24_000)) == 20_000


def test_water_without_a_way_round_cuts_places_apart():
    moat = Barriers(line("moat", (0, 0, False), (10, 0, False)))
    assert moat.metres((5, 5), (5, -5)) is None
    assert moat.table([(5, 5), (5, -5), (50, 5)]).tolist() == [[0, NO_WAY, 45], [NO_WAY, 0, 46], [45, 46, 0]]


def test_a_point_without_a_position_is_left_out():
    rows = [*line("x", (0, 0, False), (100, 0, False)), BarrierPoint(barrier="x", point=2, easting=None, northing=5)]
    assert Barriers(rows).metres((50, 10), (50, -10)) is None
    assert Barriers(rows).metres((150, 10), (150, -10)) == 20


def test_no_barriers_and_no_points_are_fine():
    assert Barriers(()).metres((0, 0), (3, 4)) == 5
    assert Barriers(()).table([]).shape == (0, 0)


def test_the_order_of_the_rows_does_not_matter():
    rows = line("x", (0, 0, True), (100, 0, False), (200, 50, True)) + line("y", (0, 300, True), (250, 300, False))
    mixed = rows[:]
    random.Random(3).shuffle(mixed)
    points = [(e, n) for e in range(0, 250, 50) for n in (-60, 40, 350)]
    assert (Barriers(rows).table(points) == Barriers(mixed).table(points)).all()


coordinate = st.integers(0, 40).map(lambda value: value * 500)
point = st.tuples(coordinate, coordinate)
vertex = st.tuples(coordinate, coordinate, st.booleans())


@settings(deadline=None)
@given(st.lists(st.lists(vertex, max_size=4), max_size=3), st.lists(point, max_size=5))
def test_the_table_equals_the_single_ways_and_is_symmetric(lines, points):
    barriers = Barriers([row for i, vertices in enumerate(lines) for row in line(f"water {i}", *vertices)])
    table = barriers.table(points)
    for i, start in enumerate(points):
        for j, end in enumerate(points):
            metres = barriers.metres(start, end)
            assert (min(table[i, j], NO_WAY) == NO_WAY) if metres is None else (table[i, j] == metres)
            assert metres == barriers.metres(end, start)
            if metres is not None:
                # Never shorter than the crow flies, less the metre each leg may lose by rounding down.
                assert metres + 20 >= ((start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2) ** 0.5 - 20
