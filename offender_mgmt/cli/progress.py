"""How far long work has come: a bar on a terminal, with the time it has taken; sentences only, anywhere else."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Self

from offender_mgmt.cli.terminal import note

WIDTH = 24
TICK_SECONDS = 1.0
BACK_TO_START = "\r\x1b[K"
"""To the start of the line, and what stands there wiped out."""


class Bar:
    """A bar in the last line of standard error; sentences go above it, and it is gone when the work is done.

    Parameters
    ----------
    total
        Number of parts of the work.
    words
        What a part is called, as many of them.
    """

    def __init__(self, total: int, words: str) -> None:
        self._total, self._words = total, words
        self._done = 0
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._began = time.monotonic()
        self._writing = threading.Lock()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        """Draw the bar, and again every second."""
        if self._live:
            self._draw()
            self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away, however the work ended."""
        self._over.set()
        if self._live:
            self._ticker.join()
            self._write(BACK_TO_START)

    def say(self, sentence: str) -> None:
        """A sentence above the bar."""
        with self._writing:
            if self._live:
                self._write(BACK_TO_START)
            note(sentence)
        self._draw()

    def done(self, parts: int) -> None:
        """So many parts are done."""
        self._done = parts
        self._draw()

    def line(self, seconds: float) -> str:
        """The bar after so many seconds: ``[############............] 3 of 6 teams, 1:05``."""
        filled = WIDTH * self._done // max(self._total, 1)
        minutes, rest = divmod(int(seconds), 60)
        bar = "#" * filled + "." * (WIDTH - filled)
        return f"[{bar}] {self._done:,} of {self._total:,} {self._words}, {minutes}:{rest:02}"

    def _draw(self) -> None:
        if self._live:
            with self._writing:
                self._write(BACK_TO_START + self.line(time.monotonic() - self._began))

    def _tick(self) -> None:
        while not self._over.wait(TICK_SECONDS):
            self._draw()

    def _write(self, text: str) -> None:
        """To the terminal; one that was closed does not stop the work."""
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._live = False
