"""Names on a map lie on nothing, and inside it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from offender_mgmt.export.page.map_names import LINE, SPOT, Box, Name, free_names

WIDE, HIGH = 460.0, 300.0
POINTS = st.tuples(st.integers(0, 460), st.integers(0, 300))


def drawn(names, spots=()):
    """Text, left and baseline of each name that is written."""
    found = free_names(names, spots, WIDE, HIGH)
    return [
        re.fullmatch(r'<text x="(-?\d+)" y="(-?\d+)" class="([a-z-]+)">(.*)</text>', text).groups() for text in found
    ]


def test_a_name_stands_below_its_point():
    assert drawn([Name("Witham", 100, 100)]) == [("82", "118", "place", "Witham")]


def test_a_name_gives_way_to_a_symbol_below_it():
    """A symbol 14 lower lies where the name would be: the name stands above."""
    assert drawn([Name("Witham", 100, 100)], [(100, 114)]) == [("82", "89", "place", "Witham")]


def test_of_two_names_at_one_point_the_first_has_the_better_place():
    names = [Name("Colchester", 100, 100, is_base=True), Name("Wivenhoe", 100, 100)]
    assert [(kind, text) for _, _, kind, text in drawn(names)] == [("base-name", "Colchester"), ("place", "Wivenhoe")]


def test_a_name_without_room_and_one_without_letters_are_left_out():
    crowd = [(x, y) for x in range(0, 460, 8) for y in range(0, 300, 8)]
    assert drawn([Name("Witham", 100, 100)], crowd) == []
    assert drawn([Name("", 100, 100)]) == []


def test_markup_in_a_name_is_text():
    assert drawn([Name("<b>", 100, 100)])[0][3] == "&lt;b&gt;"


@settings(deadline=None)
@given(st.lists(st.tuples(POINTS, st.integers(1, 20)), max_size=12), st.lists(POINTS, max_size=12))
def test_no_name_lies_on_a_symbol_or_on_another_name(named, spots):
    names = [Name("x" * letters, x, y) for (x, y), letters in named]
    boxes = [_box(*found) for found in drawn(names, spots)]
    symbols = [Box(x - SPOT + 1, y - SPOT + 1, x + SPOT - 1, y + SPOT - 1) for x, y in spots]
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in (*boxes[:i], *symbols))
        assert box.left >= 0
        assert box.right <= WIDE
        assert box.top >= -1
        assert box.bottom <= HIGH + 1


def _box(left, baseline, _, text):
    """The box of a name as drawn, a unit smaller on each side for the rounding."""
    x, bottom = int(left), int(baseline) + 3
    return Box(x + 1, bottom - LINE + 1, x + Name(text, 0, 0).width - 1, bottom - 1)
