"""Teams solved side by side, each in a process of its own: what they tell is kept, whatever becomes of them.

First every team is given a quick greedy draft, so that a plan that is stopped has a roster for each; then each is
solved, perhaps more than once. A process that dies, fails or falls silent leaves its team the rosters it has told
before.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.frames import Message
from offender_mgmt.planning.outcome import Ended, Ending, Outcome, outcome_of
from offender_mgmt.planning.running import Running
from offender_mgmt.planning.watch import AtWork, Standing, Stop
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer

SECONDS_A_LOOK = 0.2


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
        self._to_solve = [(team, course) for course in range(settings.courses) for team in self._largest_first]
        self._drafts: dict[str, tuple[Answer, ...]] = {}
        self._ended: dict[str, list[Ended]] = {team: [] for team in instances}
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
                team, course = self._to_solve[0]
                self._start(team, course, only_draft=False, until=self._share())
                del self._to_solve[0]

    def _share(self) -> float:
        """When the next process's time is over: what is left, shared by those that have not begun."""
        now = time.monotonic()
        return now + (self._end - now) * min(1.0, self._limits.workers / len(self._to_solve))

    def _start(self, team: str, course: int = 0, *, only_draft: bool, until: float) -> None:
        settings = self._settings.with_other_lots(course)
        running = Running(team, self._instances[team], settings, self._inbox, only_draft, until, course)
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
                yield self._outcome(team, ending)

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
        ended = self._ended[team]
        if running.only_draft:
            self._drafts[team] = (*self._drafts.get(team, ()), *running.answers)
        else:
            ended.append(Ended(running, ending))
        if team in self._done or len(ended) < self._settings.courses:
            return
        is_told = bool(self._drafts.get(team)) or any(course.running.answers for course in ended)
        if not is_told and self._is_being_drafted(team):
            return  # its draft tells, by its own end
        if not is_told and ending is Ending.FAULT and not running.only_draft:
            self._to_draft.insert(0, team)  # it died before it told anything: at least a draft
        else:
            yield self._outcome(team)

    def _is_being_drafted(self, team: str) -> bool:
        return team in self._to_draft or any(r.only_draft and r.team == team for r in self._running)

    def _outcome(self, team: str, cut_by: Ending = Ending.FINISHED) -> Outcome:
        """What is known of a team, some of whose courses may never have begun."""
        self._done.add(team)
        drafts, ended = self._drafts.get(team, ()), self._ended[team]
        return outcome_of(team, self._instances[team], drafts, ended, cut_by)

    def _standing(self) -> Standing:
        placed: dict[str, int] = {}
        for running in self._running:
            placed[running.team] = max(placed.get(running.team, 0), running.placed)
        at_work = (AtWork(team, count, len(self._instances[team].points)) for team, count in placed.items())
        return Standing(len(self._done), len(self._instances), tuple(at_work))
