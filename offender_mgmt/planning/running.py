"""One team's solver process as its parent sees it: what it has told, whether it lives, and why it ended."""

from __future__ import annotations

import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.child import work
from offender_mgmt.planning.frames import LARGEST_FRAME_BYTES, Kind, Message, unpacked
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer

SECONDS_TO_END = 5.0
NOT_STARTED = "the solver's process could not be started"
NO_ANSWER = "the solver's process ended without an answer"


@dataclass(eq=False)
class Running:
    """A process at work.

    Parameters
    ----------
    inbox
        Where its messages go, and ``None`` when no more will come.
    until
        When its share of the time is over, on the monotonic clock.
    course
        Which of the searches of its team it is, counted from 0.
    """

    team: str
    instance: Instance
    settings: Settings
    inbox: queue.SimpleQueue[tuple[Running, Message | None]]
    only_draft: bool = False
    until: float = float("inf")
    course: int = 0
    answers: list[Answer] = field(default_factory=list)
    final: bool = False
    fault: str = ""
    problem: str = ""
    over: bool = False
    last_sign: float = field(default_factory=time.monotonic)
    _process: SpawnProcess | None = None
    _killed: bool = False

    def __post_init__(self) -> None:
        self._born = threading.Event()
        self._listener = threading.Thread(target=self._listen, name=f"listener of {self.team}", daemon=True)

    @property
    def placed(self) -> int:
        """Tasks in the last roster told."""
        return tasks_placed(self.instance, self.answers[-1]) if self.answers else 0

    def start(self) -> None:
        """Have it started, and listened to, by a thread: an interrupt of the main one then never tears a start."""
        self._listener.start()

    def _listen(self) -> None:
        """Start the process, then pass on all it tells; the signals that stop a plan are for the parent alone."""
        context = get_context("spawn")
        pipe, far_end = context.Pipe(duplex=False)
        arguments = (self.instance, self.settings, far_end, self.only_draft)
        process = context.Process(target=work, args=arguments, daemon=True)
        with pipe:
            try:
                with far_end, _signals_held_back():
                    process.start()
                self._process = process
            except (OSError, RuntimeError):  # the latter: from a script that is not guarded by __name__ == "__main__"
                self.fault = NOT_STARTED
            self._born.set()
            self._pass_on(pipe)
        self.inbox.put((self, None))

    def _pass_on(self, pipe: Connection) -> None:
        with suppress(EOFError, OSError):  # it ended, perhaps in the middle of a frame; or its frames make no sense
            while True:
                message = unpacked(pipe.recv_bytes(LARGEST_FRAME_BYTES))
                if message is not None:
                    self.inbox.put((self, message))

    def take(self, message: Message | None) -> None:
        """Keep what it has told; ``None`` when it has told all."""
        self.last_sign = time.monotonic()
        if message is None:
            self.over = True
            return
        if message.answer is not None:
            self.answers.append(message.answer)
        if message.kind is Kind.FINAL:
            self.final = self.over = True
        if message.kind is Kind.FAILED:
            self.fault, self.problem, self.over = message.words, message.problem, True

    def kill(self) -> None:
        """Have it end, whatever it does; a process in an engine's code or a halted one hears nothing gentler."""
        self._born.wait(SECONDS_TO_END)
        if self._process is not None and self._process.exitcode is None:
            self._killed = True
            self._process.kill()

    def end(self) -> None:
        """See that it has ended, and that all it told is in the inbox."""
        if self._process is not None and self.over and not self.final and not self.fault:
            self._process.join(SECONDS_TO_END)  # it ends by itself: how, is worth knowing
        self.kill()
        if self._process is not None:
            self._process.join(SECONDS_TO_END)
        self._listener.join(SECONDS_TO_END)

    def why_it_ended(self) -> str:
        """The fault in words, if there was one; of a process that ended by itself also how."""
        if self.final or self.fault:
            return self.fault
        code = None if self._process is None or self._killed else self._process.exitcode
        return f"{NO_ANSWER} ({_signal_name(-code)})" if code is not None and code < 0 else NO_ANSWER


def tasks_placed(instance: Instance, answer: Answer) -> int:
    """How many tasks an answer does, those that go with its visits included; 0 if it makes no sense."""
    table, placed = answer.timetable, set(instance.given)
    with suppress(IndexError):
        for outing in table.outings:
            for stop in outing.stops:
                placed.update(instance.calls[stop.call].tasks)
            placed.update(instance.calls[call].check_task for _, call, _ in outing.checks)
            placed.update(instance.calls[call].entry_task for _, call, _ in outing.entries)
        return len(placed.union(work.task for work in table.desk))
    return 0


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """A process started here never hears the signals that stop a plan: a mask is handed down, unlike a handler."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
