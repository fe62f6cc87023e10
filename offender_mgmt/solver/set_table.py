"""Which place belongs to which set of calls: a hash table over exact 64-bit keys, for compiled code."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offender_mgmt.solver.compiled import compiled

Ints = npt.NDArray[np.int64]
BITS = 12
LONGEST_SET = 5
"""So many call numbers of ``BITS`` bits fit into a key."""
FREE = -1
SPARSE = 2
"""Of so many places at most one is taken."""


class SetTable(NamedTuple):
    """Open addressing: a key and its number stand at the same place."""

    keys: Ints
    numbers: Ints


@compiled
def new_table(places: int) -> SetTable:
    """An empty table; ``places`` is a power of two."""
    return SetTable(np.full(places, FREE, dtype=np.int64), np.full(places, FREE, dtype=np.int64))


@compiled
def set_key(calls: Ints, stops: int) -> int:
    """One key for the set of the first stops: their numbers in rising order, one after the other."""
    key = np.int64(0)
    before = np.int64(-1)
    for _ in range(stops):
        least = np.int64(1) << BITS
        for k in range(stops):
            if before < calls[k] < least:
                least = np.int64(calls[k])
        key = (key << BITS) | least
        before = least
    return int(key)


@compiled
def place_of(table: SetTable, key: int) -> int:
    """Where a key stands, or the free place where it would."""
    mask = len(table.keys) - 1
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    place = np.int64(mixed >> np.uint64(24)) & mask
    while table.keys[place] != FREE and table.keys[place] != key:
        place = (place + 1) & mask
    return int(place)


@compiled
def with_room(table: SetTable, taken: int) -> SetTable:
    """The table itself while it has room, else one twice as large with the same content."""
    if SPARSE * taken < len(table.keys):
        return table
    larger = new_table(2 * len(table.keys))
    for old in range(len(table.keys)):
        if table.keys[old] != FREE:
            place = place_of(larger, table.keys[old])
            larger.keys[place] = table.keys[old]
            larger.numbers[place] = table.numbers[old]
    return larger
