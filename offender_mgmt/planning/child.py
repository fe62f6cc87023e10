"""The solver's process: gets numbers, tells each better answer, and may die at any moment without harm."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.frames import Kind, Message, packed
from offender_mgmt.solver.believe import SolverFaultError
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, draft, solve

if sys.platform != "win32":
    import resource

Send = Callable[[Message], None]
SECONDS_BETWEEN_SIGNS = 1.0
FIRST_TO_GO = b"500"
"""Of 1,000: when memory runs out, the system is to end this process and not the one that holds the rosters."""


def work(instance: Instance, settings: Settings, pipe: Connection, only_draft: bool) -> None:
    """What the process does."""
    _be_expendable()
    tell(instance, settings, lambda message: pipe.send_bytes(packed(message)), only_draft=only_draft)


def tell(instance: Instance, settings: Settings, send: Send, *, only_draft: bool = False) -> None:
    """Solve, and send what is found as it is found; a fault is sent too."""
    signs = _Signs(send)
    try:
        if only_draft:
            final = draft(instance, settings)
        else:
            final = solve(instance, settings, signs.alive, lambda answer: send(_better(answer)))
        send(Message(kind=Kind.FINAL, answer=final))
    except BrokenPipeError:
        pass  # nobody waits any more
    except Exception as fault:  # whatever fails: what was told before holds, and the fault is said
        send(Message(kind=Kind.FAILED, words=_words(fault), problem=getattr(fault, "problem", "")))


def _better(answer: Answer) -> Message:
    return Message(kind=Kind.BETTER, answer=answer)


def _words(fault: Exception) -> str:
    """The fault in words; of one that nobody foresaw only its type, since its text may hold anything."""
    return str(fault) if isinstance(fault, SolverFaultError) else f"the solver failed: {type(fault).__name__}"


class _Signs:
    """Signs of life, not too many of them."""

    def __init__(self, send: Send) -> None:
        self._send, self._last = send, -SECONDS_BETWEEN_SIGNS

    def alive(self, words: str) -> None:
        """Tell what goes on."""
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_SIGNS:
            self._last = now
            self._send(Message(kind=Kind.ALIVE, words=words))


def _be_expendable() -> None:
    """End with the parent; leave no core dump, no output of an engine, and the parent its memory."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # no Linux
        Path("/proc/self/oom_score_adj").write_bytes(FIRST_TO_GO)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
