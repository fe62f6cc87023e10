"""Names on a map: as many as have room, none over a symbol or over another name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from offender_mgmt.pages.html import escaped

LETTER, BOLD_LETTER, LINE = 6.1, 7.1, 13
SPOT = 6
"""Half the width of a symbol with its halo."""


class Box(NamedTuple):
    """A part of the drawing that is taken up."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any of the drawing."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Name:
    """What is to be written, and at which point."""

    text: str
    x: float
    y: float
    is_base: bool = False

    @property
    def width(self) -> float:
        """About how wide it is."""
        return len(self.text) * (BOLD_LETTER if self.is_base else LETTER)


def free_names(names: Sequence[Name], spots: Sequence[tuple[float, float]], wide: float, high: float) -> Iterator[str]:
    """Those names that have room in a drawing so wide and so high, the first ones first.

    Parameters
    ----------
    spots
        Where symbols are drawn.
    """
    taken = [Box(x - SPOT, y - SPOT, x + SPOT, y + SPOT) for x, y in spots]
    for name in names:
        inside = (box for box in _around(name, wide) if box.top >= 0 and box.bottom <= high)
        free = next((box for box in inside if not any(box.overlaps(other) for other in taken)), None)
        if name.text and free:
            taken.append(free)
            kind = "base-name" if name.is_base else "place"
            yield f'<text x="{free.left:.0f}" y="{free.bottom - 3:.0f}" class="{kind}">{escaped(name.text)}</text>'


def _around(name: Name, wide: float) -> Iterator[Box]:
    """Below, above, right or left of the point, then the same further off; kept inside the drawing at the sides."""
    middle = name.x - name.width / 2
    for far in (SPOT + 2, SPOT + 12):
        below, above, beside = name.y + far, name.y - far - LINE, name.y - LINE / 2
        for x, top in ((middle, below), (middle, above), (name.x + far, beside), (name.x - far - name.width, beside)):
            left = min(max(x, 2), wide - name.width - 2)
            yield Box(left, top, left + name.width, top + LINE)
