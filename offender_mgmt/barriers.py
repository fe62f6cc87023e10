"""The shortest way over land where rivers and estuaries stand between two points.

Barriers are hand-drawn lines (``barriers.csv``). A straight line that crosses one must go over points marked
``way_round``: a bridge, or the head of the tidal water. All lengths are whole metres, rounded down for each leg, so
that the result is exact, the same in both directions and the same for one pair as for a whole table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING

from offender_mgmt.register.records import BarrierPoint

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

Point = tuple[int, int]
NO_WAY = 10**9
"""Metres that stand for "cannot be reached"; far longer than any way over land."""


class Barriers:
    """Lines that roads do not cross, and the points where they lead round or across.

    Parameters
    ----------
    points
        Points of all lines, in any order.
    """

    def __init__(self, points: Iterable[BarrierPoint]) -> None:
        lines = _lines(points)
        self.names = tuple(sorted(lines))
        self._segments = [pair for name in self.names for pair in pairwise(lines[name])]
        self._nodes = sorted({(e, n) for line in lines.values() for e, n, way_round in line if way_round})
        self._between_nodes = self._shortest_between_nodes()
        self._reach: dict[Point, list[int]] = {}

    def metres(self, start: Point, end: Point) -> int | None:
        """Length of the shortest way; ``None`` when water cuts the two points apart."""
        if not self.cut(start, end):
            return _length(start, end)
        legs = [r + self._leg(node, end) for r, node in zip(self._reach_of(start), self._nodes, strict=True)]
        shortest = min(legs, default=NO_WAY)
        return shortest if shortest < NO_WAY else None

    def cut(self, a: Point, b: Point) -> bool:
        """Whether a barrier cuts the straight line between two points."""
        return any(_crosses(a, b, p, q) for p, q in self._segments)

    def table(self, points: Sequence[Point]) -> NDArray[int64]:
        """:meth:`metres` between all points at once; at least ``NO_WAY`` where there is no way."""
        import numpy as np

        places = np.array(points, dtype=np.int64).reshape(-1, 2)
        direct = _lengths(places, places)
        crossed = self._crossed(places, places)
        if not crossed.any() or not self._nodes:
            return np.where(crossed, NO_WAY, direct)
        nodes = np.array(self._nodes, dtype=np.int64)
        legs = np.where(self._crossed(places, nodes), NO_WAY, _lengths(places, nodes))
        between = np.array(self._between_nodes, dtype=np.int64)
        reach = np.stack([(legs + between[:, k]).min(axis=1) for k in range(len(nodes))], axis=1)
        round_about = np.full_like(direct, NO_WAY)
        for k in range(len(nodes)):
            np.minimum(round_about, reach[:, k, None] + legs[None, :, k], out=round_about)
        return np.where(crossed, round_about, direct)

    def _reach_of(self, start: Point) -> list[int]:
        """Shortest way from a point to each way-round point."""
        if start not in self._reach:
            legs = [self._leg(start, node) for node in self._nodes]
            self._reach[start] = [
                min(leg + row[k] for leg, row in zip(legs, self._between_nodes, strict=True))
                for k in range(len(self._nodes))
            ]
        return self._reach[start]

    def _leg(self, start: Point, end: Point) -> int:
        return NO_WAY if self.cut(start, end) else _length(start, end)

    def _shortest_between_nodes(self) -> list[list[int]]:
        nodes = range(len(self._nodes))
        table = [[self._leg(self._nodes[i], self._nodes[j]) for j in nodes] for i in nodes]
        for k in nodes:  # Floyd and Warshall
            for i in nodes:
                for j in nodes:
                    table[i][j] = min(table[i][j], table[i][k] + table[k][j], NO_WAY)
        return table

    def _crossed(self, starts: NDArray[int64], ends: NDArray[int64]) -> NDArray[bool_]:
        """Which straight lines cross a barrier: the rule of ``_crosses`` for a whole table."""
        import numpy as np

        ae, an = starts[:, 0, None], starts[:, 1, None]
        be, bn = ends[None, :, 0], ends[None, :, 1]
        crossed = np.zeros((len(starts), len(ends)), dtype=np.bool_)
        for (pe, pn, p_open), (qe, qn, q_open) in self._segments:
            side_a = np.sign((qe - pe) * (an - pn) - (qn - pn) * (ae - pe))
            side_b = np.sign((qe - pe) * (bn - pn) - (qn - pn) * (be - pe))
            side_p = np.sign((be - ae) * (pn - an) - (bn - an) * (pe - ae))
            side_q = np.sign((be - ae) * (qn - an) - (bn - an) * (qe - ae))
            cut = side_p * side_q < 0
            cut |= (side_p == 0) & (side_q != 0) & (not p_open)
            cut |= (side_q == 0) & (side_p != 0) & (not q_open)
            crossed |= (side_a * side_b < 0) & cut
        return crossed


BarrierVertex = tuple[int, int, bool]


def _lines(points: Iterable[BarrierPoint]) -> dict[str, list[BarrierVertex]]:
    lines: dict[str, list[BarrierVertex]] = defaultdict(list)
    for point in sorted(points, key=lambda p: (p.barrier, p.point)):
        if point.easting is not None and point.northing is not None:
            lines[point.barrier].append((point.easting, point.northing, point.way_round))
    return lines


def _crosses(a: Point, b: Point, p: BarrierVertex, q: BarrierVertex) -> bool:
    """Whether the straight line from a to b crosses the piece of barrier from p to q.

    It must pass from one side to the other. Through a vertex counts, unless roads lead across there; ending on
    the barrier does not.
    """
    if _side(p, q, a) * _side(p, q, b) >= 0:
        return False
    side_p, side_q = _side(a, b, p), _side(a, b, q)
    if side_p == 0 or side_q == 0:
        return side_p != side_q and not (p[2] if side_p == 0 else q[2])
    return side_p != side_q


def _side(p: Sequence[int], q: Sequence[int], x: Sequence[int]) -> int:
    """1 if x lies left of the line from p to q, -1 right of it, 0 on it."""
    turn = (q[0] - p[0]) * (x[1] - p[1]) - (q[1] - p[1]) * (x[0] - p[0])
    return (turn > 0) - (turn < 0)


def _length(a: Point, b: Point) -> int:
    return isqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def _lengths(starts: NDArray[int64], ends: NDArray[int64]) -> NDArray[int64]:
    """:func:`_length` for a whole table; exact, since squares below 2**52 have exact roots rounded down."""
    import numpy as np

    apart = starts[:, None, :] - ends[None, :, :]
    lengths: NDArray[int64] = np.sqrt((apart**2).sum(axis=2).astype(np.float64)).astype(np.int64)
    return lengths
