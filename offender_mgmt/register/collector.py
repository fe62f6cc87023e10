"""Python's search for garbage cycles, put off while a million records are made: none of them is one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """No search for cycles inside: each would look at every record there is, and take half of the time in all.

    What was made inside counts as old afterwards, as if it had outlived the searches; else the next two searches,
    which are meant for the few newest objects, would look at all of it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():  # what the program froze itself must stay frozen
                gc.freeze()
                gc.unfreeze()  # into the oldest generation
            gc.enable()
