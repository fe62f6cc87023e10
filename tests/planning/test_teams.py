"""Teams in real child processes: what they told is kept, however they end; limits of time; stops."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache
from multiprocessing.context import SpawnProcess
from typing import Any

import pytest
from planning.broken import AT_ONCE, trapped
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.frames import Kind, Message
from offender_mgmt.planning.outcome import WORSE, Ending, Outcome
from offender_mgmt.planning.running import NOT_STARTED, Running, tasks_placed
from offender_mgmt.planning.teams import Limits, solve_teams
from offender_mgmt.planning.watch import Standing, Stop
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import SolveStatus, draft, rank, solve, solve_greedily

SETTINGS = Settings(effort=1)
PAIR = (shift(0, 0, 480, 960), shift(1, 0, 480, 960))
SOUND = small([visit(0)], PAIR, 2)


@cache
def week(seed: int = 2) -> Instance:
    return random_instance(seed, officers=3, calls=4, days=1, desk=2)


def outcomes(teams: Mapping[str, Instance], limits: Limits | None = None, **options: Any) -> dict[str, Outcome]:
    return {o.team: o for o in solve_teams(teams, SETTINGS, limits or Limits(), **options)}


def test_a_sound_team_tells_all_up_to_the_answer() -> None:
    (found,) = outcomes({"north": week()}).values()
    assert (found.team, found.ending, found.fault, found.problem) == ("north", Ending.FINISHED, "", "")
    assert found.answers[0] in (draft(week(), SETTINGS), solve_greedily(week(), SETTINGS))
    assert found.answers[-1] == solve(week(), SETTINGS)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_team_that_dies_takes_no_other_with_it(workers: int) -> None:
    found = outcomes({"broken": trapped(week(), "kill"), "sound": SOUND}, Limits(workers=workers))
    assert found["broken"].fault == "the solver's process ended without an answer (SIGKILL)"
    assert found["broken"].ending is Ending.FAULT
    assert found["broken"].answers[-1] == solve_greedily(week(), SETTINGS)
    assert found["sound"].answers[-1] == solve(SOUND, SETTINGS)
    assert found["sound"].ending is Ending.FINISHED


def test_the_draft_of_several_teams_outlives_one_that_fails_at_once() -> None:
    """The first process of a team makes its draft; the trap waits for the second count of each process."""
    found = outcomes({"broken": trapped(week(), "kill", 2), "sound": SOUND})
    assert found["broken"].answers == (draft(week(), SETTINGS),) * 2


def test_a_team_that_cannot_even_be_drafted_has_no_answer() -> None:
    found = outcomes({"broken": trapped(week(), "abort", AT_ONCE), "sound": SOUND})
    assert found["broken"].answers == ()
    assert found["broken"].fault == "the solver's process ended without an answer (SIGABRT)"
    assert found["sound"].ending is Ending.FINISHED


@pytest.mark.parametrize("why", [OSError, RuntimeError])
def test_a_process_that_cannot_be_started_is_a_fault_like_others(
    why: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No memory for it; or a script of somebody's own that plans without a guard, so that its children plan too."""

    def refuse(_: SpawnProcess) -> None:
        raise why

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    (found,) = outcomes({"north": SOUND}).values()
    assert (found.ending, found.answers, found.fault) == (Ending.FAULT, (), NOT_STARTED)


def test_an_answer_worse_than_the_draft_is_not_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the last answer is told here, and the draft is better: the draft stands, and it is said."""
    full, empty = draft(SOUND, SETTINGS), draft(small([], PAIR, 2), SETTINGS)
    assert [p.value for p in full.proofs] > [p.value for p in empty.proofs]

    def told(self: Running) -> None:
        self.inbox.put((self, Message(kind=Kind.BETTER, answer=full)))
        self.inbox.put((self, Message(kind=Kind.FINAL, answer=empty)))
        self._born.set()

    monkeypatch.setattr(Running, "_listen", told)
    (found,) = outcomes({"north": SOUND}).values()
    assert (found.ending, found.fault, found.answers) == (Ending.FAULT, WORSE, (empty, full))


def test_several_workers_give_what_one_gives() -> None:
    teams = {name: random_instance(seed, officers=3, calls=5, days=2, desk=3) for seed, name in enumerate("abc")}
    one, two = (outcomes(teams, Limits(workers=workers)) for workers in (1, 2))
    assert one == two
    assert {outcome.ending for outcome in two.values()} == {Ending.FINISHED}
    assert SolveStatus.FALLBACK not in {outcome.answers[-1].status for outcome in two.values()}


@pytest.mark.parametrize("workers", [1, 2])
def test_courses_of_a_team_are_solves_with_seeds_of_their_own(workers: int) -> None:
    several = replace(SETTINGS, courses=3)
    teams = {"north": week(), "sound": SOUND}
    found = {o.team: o for o in solve_teams(teams, several, Limits(workers=workers))}
    alone = [solve(week(), SETTINGS.with_other_lots(number)) for number in range(3)]
    assert found["north"].ending is Ending.FINISHED
    told = found["north"].answers
    assert all(any(last.timetable == each.timetable for each in told) for last in alone)
    assert rank(week(), told[-1]) == max(rank(week(), last) for last in alone)


def test_a_team_is_said_to_be_at_work_once_however_many_courses_it_has() -> None:
    seen: list[Standing] = []
    list(solve_teams({"north": week()}, replace(SETTINGS, courses=2), Limits(), watch=seen.append))
    assert {tuple(team.team for team in standing.at_work) for standing in seen} <= {(), ("north",)}
    assert [standing.done for standing in seen][-1] == 1


@pytest.mark.parametrize("courses", [1, 2])
@pytest.mark.parametrize("workers", [1, 8])
def test_each_team_comes_once_whoever_ends_first(workers: int, courses: int) -> None:
    """With more workers than teams a team is drafted and solved at the same time; one of these dies at once."""
    teams = {"broken": trapped(week(), "abort", AT_ONCE), "sound": SOUND, "idle": small([], PAIR, 2)}
    found = list(solve_teams(teams, replace(SETTINGS, courses=courses), Limits(workers=workers)))
    assert sorted(outcome.team for outcome in found) == ["broken", "idle", "sound"]
    endings = {outcome.team: outcome.ending for outcome in found}
    assert endings == {"broken": Ending.FAULT, "idle": Ending.FINISHED, "sound": Ending.FINISHED}


def test_a_team_all_of_whose_courses_die_at_once_is_drafted_then() -> None:
    """Each of the two dies before it tells anything; so does the draft."""
    (found,) = solve_teams({"north": trapped(week(), "abort", AT_ONCE)}, replace(SETTINGS, courses=2), Limits())
    assert (found.ending, found.answers) == (Ending.FAULT, ())
    assert found.fault == "the solver's process ended without an answer (SIGABRT)"


def test_no_teams() -> None:
    assert outcomes({}) == {}


def test_time_that_is_over_leaves_what_was_told() -> None:
    """The trap hangs for ever after the greedy roster; only the clock ends it."""
    found = outcomes({"slow": trapped(week(), "hang")}, Limits(seconds=4))
    assert (found["slow"].ending, found["slow"].fault) == (Ending.TIME, "")
    assert found["slow"].answers[-1] == solve_greedily(week(), SETTINGS)


def test_time_is_shared_between_teams_and_those_that_never_began_have_their_draft() -> None:
    teams = {name: trapped(week(), "hang") for name in "ab"}
    found = outcomes(teams, Limits(workers=1, seconds=12))
    assert {outcome.ending for outcome in found.values()} == {Ending.TIME}
    assert all(outcome.answers[-1].status is SolveStatus.FALLBACK for outcome in found.values())


def test_a_process_that_hangs_is_ended_when_patience_is() -> None:
    """Halted by a signal, it cannot even be asked to end."""
    found = outcomes({"halted": trapped(week(), "halt"), "sound": SOUND}, Limits(patience=8))
    assert found["halted"].fault == "the solver gave no sign of life for 8 s and was ended"
    assert found["halted"].answers[-1] == solve_greedily(week(), SETTINGS)
    assert found["sound"].ending is Ending.FINISHED


def stopped_when(teams: dict[str, Instance], ready: Any, **limits: Any) -> dict[str, Outcome]:
    """Wish to stop as soon as what is seen of the work says so."""
    stop = Stop()

    def watch(standing: Standing) -> None:
        stop.wished = stop.wished or bool(ready(standing, stop))

    return outcomes(teams, Limits(**limits), stop=stop, watch=watch)


def test_a_stop_keeps_what_was_told() -> None:
    slow = {"slow": trapped(week(), "hang")}
    found = stopped_when(slow, lambda standing, _: standing.at_work and standing.at_work[0].placed > 0)
    assert (found["slow"].ending, found["slow"].fault) == (Ending.STOPPED, "")
    assert found["slow"].answers
    assert {a.status for a in found["slow"].answers} == {SolveStatus.FALLBACK}


def test_a_stop_before_anything_was_told_leaves_every_team_without() -> None:
    found = stopped_when({"a": week(), "b": SOUND}, lambda *_: True, workers=1)
    assert {o.ending for o in found.values()} == {Ending.STOPPED}
    assert {o.answers for o in found.values()} == {()}


def test_a_team_that_was_finished_before_the_stop_stays_so() -> None:
    teams = {"sound": SOUND, "slow": trapped(week(), "hang")}
    found = stopped_when(teams, lambda standing, _: standing.done == 1)
    assert found["sound"].ending is Ending.FINISHED
    assert found["slow"].ending is Ending.STOPPED
    assert found["slow"].answers


def test_it_pays_to_wait_for_a_stop_once_something_was_told() -> None:
    seen: list[tuple[bool, bool]] = []

    def ready(standing: Standing, stop: Stop) -> bool:
        seen.append((any(team.placed for team in standing.at_work), stop.pays))
        return stop.pays

    stopped_when({"slow": trapped(week(), "hang")}, ready)
    assert seen[0] == (False, False)
    assert (True, True) in seen
    assert (True, False) not in seen


def test_closing_the_iterator_ends_the_processes() -> None:
    started: list[Standing] = []
    teams = {"slow": trapped(week(), "hang"), "sound": SOUND}
    with closing(solve_teams(teams, SETTINGS, Limits(), None, started.append)) as found:
        assert next(found).team == "sound"
    assert started[-1].at_work
    assert wait_for(lambda: not any(thread.name.startswith("listener of") for thread in threading.enumerate()))


def wait_for(condition: Any) -> bool:
    """Whether it comes true within ten seconds."""
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_tasks_placed_are_counted_once() -> None:
    """A visit with its check and entry is three; desk work in two parts is one."""
    answer = solve_greedily(SOUND, SETTINGS)
    assert tasks_placed(SOUND, answer) == 1
    assert tasks_placed(small([], PAIR, 2), answer) == 0  # the visit it names is not there
