"""A sign of life on standard error while teams are solved: after two seconds, and then only now and again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from offender_mgmt.cli.terminal import note

if TYPE_CHECKING:
    from offender_mgmt.planning.watch import Standing

FIRST_AFTER = 2.0
LEAST_BETWEEN = 5.0
MOST_BETWEEN = 30.0
"""Seconds: something new is told soon, that nothing is new from time to time."""


class SignOfLife:
    """Tells how far it is in plain lines, the same whether a person or a file reads them."""

    def __init__(self, say: Callable[[str], None] = note, clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._began = self._told = clock()
        self._last = ""

    def __call__(self, standing: Standing) -> None:
        """Take notice of how far it is, and tell it if it is time to."""
        now = self._clock()
        words = _words(standing)
        silent = now - self._told
        news = silent >= (LEAST_BETWEEN if self._last else FIRST_AFTER) and words != self._last
        if words and (news or silent >= MOST_BETWEEN):
            self._told, self._last = now, words
            self._say(f"  {now - self._began:.0f} s: {words}")


def _words(standing: Standing) -> str:
    """Each team at work with what it has placed; nothing between two teams."""
    return "; ".join(
        f"{t.team}: {t.placed} of {t.tasks} tasks placed so far" if t.placed else f"{t.team}: begun"
        for t in standing.at_work
    )
