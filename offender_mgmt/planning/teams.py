"""Teams solved side by side, each in a process of its own: what they tell is kept, whatever becomes of them.

First every team is given a quick greedy draft, so that a plan that is stopped has a roster for each; then each is
solved. A process that dies, fails or falls silent leaves its team the rosters it has told before.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.frames import Message
from offender_mgmt.planning.running import Running
from offender_mgmt.planning.watch import AtWork, Standing, Stop
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, rank

SECONDS_A_LOOK = 0.2
WORSE = "the optimiser's roster was worse than the one it began with"


class Ending(StrEnum):
    """How the search for a team's roster came to its end."""

    FINISHED = "finished"
    """By itself, within its effort: the same again with the same input, seed and version."""
    FAULT = "fault"
    """The solver failed; the rosters it had told before stand."""
    TIME = "time"
    """The time given was over."""
    STOPPED = "stopped"
    """A person or the system stopped it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is allowed to the solver beside its effort; none of it decides what a roster is that is finished.

    Parameters
    ----------
    workers
        Processes at the same time.
    seconds
        Most time for all teams together, by the clock; ``None`` for as long as the effort takes.
    patience
        Seconds without any sign of life after which a process is held to hang.
    """

    workers: int = 2
    seconds: float | None = None
    patience: float = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is known of a team's week in the end.

    Parameters
    ----------
    answers
        All that was told, the best last; empty if there was no time for any.
    fault
        What went wrong, in words; empty if nothing did.
    problem
        The problem that an engine failed on, in numbers.
    """

    team: str
    ending: Ending
    answers: tuple[Answer, ...]
    fault: str = ""
    problem: str = ""


Watch = Callable[[Standing], None]


def solve_teams(
    instances: Mapping[str, Instance],
    settings: Settings,
    limits: Limits,
    stop: Stop | None = None,
    watch: Watch = lambda _: None,
) -> Generator[Outcome, None, None]:
    """Outcomes as they come, one for each team.

    The processes get numbers only. Close the iterator to end them all.

    Parameters
    ----------
    stop
        Looked at several times a second.
    watch
        Called as often.
    """
    supervisor = _Supervisor(instances, settings, limits, stop or Stop(), watch)
    try:
        yield from supervisor.outcomes()
    finally:
        supervisor.end_all()


class _Supervisor:
    """Keeps as many processes at work as there may be, and an eye on each."""

    def __init__(
        self, instances: Mapping[str, Instance], settings: Settings, limits: Limits, stop: Stop, watch: Watch
    ) -> None:
        self._instances, self._settings, self._limits = instances, settings, limits
        self._stop, self._watch = stop, watch
        self._inbox: queue.SimpleQueue[tuple[Running, Message | None]] = queue.SimpleQueue()
        self._running: list[Running] = []
        self._largest_first = sorted(instances, key=lambda team: (-len(instances[team].calls), team))
        self._to_draft = list(self._largest_first) if len(instances) > 1 else []
        self._to_solve = list(self._largest_first)
        self._drafts: dict[str, tuple[Answer, ...]] = {}
        self._failed: dict[str, Running] = {}
        self._done: set[str] = set()
        self._end = time.monotonic() + limits.seconds if limits.seconds is not None else float("inf")

    def outcomes(self) -> Iterator[Outcome]:
        while len(self._done) < len(self._instances):
            self._fill()
            self._hear(SECONDS_A_LOOK)
            for running in [r for r in self._running if r.over]:
                yield from self._finished(running, Ending.FINISHED if running.final else Ending.FAULT)
            yield from self._cut_short()
            self._watch(self._standing())

    def end_all(self) -> None:
        """End every process."""
        for running in self._running:
            running.kill()
        for running in self._running:
            running.end()
        self._running.clear()

    def _fill(self) -> None:
        """Start what may be started: drafts first, and the largest teams first."""
        while len(self._running) < self._limits.workers and (self._to_draft or self._to_solve):
            if self._to_draft:
                self._start(self._to_draft.pop(0), only_draft=True, until=self._end)
            else:
                self._start(self._to_solve[0], only_draft=False, until=self._share())
                del self._to_solve[0]

    def _share(self) -> float:
        """When the next team's time is over: what is left, shared by the teams that have not begun."""
        now = time.monotonic()
        return now + (self._end - now) * min(1.0, self._limits.workers / len(self._to_solve))

    def _start(self, team: str, *, only_draft: bool, until: float) -> None:
        running = Running(team, self._instances[team], self._settings, self._inbox, only_draft, until)
        self._running.append(running)
        running.start()

    def _hear(self, seconds: float) -> None:
        """Take all that is told, or wait a moment for something."""
        try:
            while True:
                running, message = self._inbox.get(timeout=seconds)
                running.take(message)
                self._stop.pays |= bool(running.answers)
                seconds = 0.0
        except queue.Empty:
            pass

    def _cut_short(self) -> Iterator[Outcome]:
        """End what must end: all of it, or a team whose time is over, or one that hangs."""
        now = time.monotonic()
        if self._stop.wished or now > self._end:
            yield from self._cut_all(Ending.STOPPED if self._stop.wished else Ending.TIME)
            return
        for running in list(self._running):
            if now > running.until:
                yield from self._cut([running], Ending.TIME)
            elif now - running.last_sign > self._limits.patience:
                running.fault = f"the solver gave no sign of life for {self._limits.patience:g} s and was ended"
                yield from self._cut([running], Ending.FAULT)

    def _cut_all(self, ending: Ending) -> Iterator[Outcome]:
        """End everything; every team keeps what it has."""
        self._to_draft.clear()
        yield from self._cut(list(self._running), ending)
        for team in self._largest_first:
            if team not in self._done:
                yield self._outcome(team, self._failed.get(team), ending)

    def _cut(self, ended: Iterable[Running], ending: Ending) -> Iterator[Outcome]:
        """End some processes, and take what they told last."""
        for running in ended:
            running.kill()
        for running in ended:
            running.end()
        self._hear(0.0)
        for running in ended:
            yield from self._finished(running, Ending.FINISHED if running.final else ending)

    def _finished(self, running: Running, ending: Ending) -> Iterator[Outcome]:
        """What to make of a process that is over."""
        running.end()
        self._running.remove(running)
        team = running.team
        if running.only_draft:
            self._drafts[team] = tuple(running.answers)
            if team in self._failed:
                yield self._outcome(team, self._failed[team], Ending.FAULT)
        elif ending is Ending.FAULT and not running.answers and not self._drafts.get(team):
            running.fault = running.why_it_ended()
            self._failed[team] = running
            self._to_draft.insert(0, team)  # it died before it told anything: at least a draft
        else:
            yield self._outcome(team, running, ending)

    def _outcome(self, team: str, running: Running | None, ending: Ending) -> Outcome:
        self._done.add(team)
        told = running.answers if running else []
        key = partial(rank, self._instances[team])
        answers = tuple(sorted((*self._drafts.get(team, ()), *told), key=key))  # equal ones: the later is better
        fault = running.why_it_ended() if running and ending is Ending.FAULT else ""
        if ending is Ending.FINISHED and answers[-1] is not told[-1]:
            ending, fault = Ending.FAULT, WORSE
        return Outcome(
            team=team, ending=ending, answers=answers, fault=fault, problem=running.problem if running else ""
        )

    def _standing(self) -> Standing:
        at_work = (AtWork(r.team, r.placed, len(r.instance.points)) for r in self._running)
        return Standing(len(self._done), len(self._instances), tuple(at_work))
