"""Planning as a person sees it: how far it is, a stop that keeps the best rosters so far, and what failed said last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from offender_mgmt.cli.exit_codes import ExitCode
from offender_mgmt.cli.progress import Bar
from offender_mgmt.cli.sign_of_life import SignOfLife
from offender_mgmt.cli.terminal import first_wish, note, private_file
from offender_mgmt.files import shown

if TYPE_CHECKING:
    from offender_mgmt.checks import Violation
    from offender_mgmt.planning import Planner, PlanResult, Stop

SHOWN_VIOLATIONS = 20
STOPPING = "Stopping: the best rosters so far are checked and written. Once more to leave without them."
NONE_LAWFUL = "None of the rosters so far passes the check: none is written."


@contextmanager
def stoppable(teams: int) -> Iterator[tuple[Planner, Stop]]:
    """The recipe of the plan, told of as it goes on; a stop is heard once there is a roster, and leaves before.

    Parameters
    ----------
    teams
        How many are to be solved.
    """
    from offender_mgmt import planning

    stop = planning.Stop()

    def wish() -> bool:
        stop.wished = True
        if stop.pays:
            note(STOPPING)
        return stop.pays

    with first_wish(wish), Bar(teams, "team" if teams == 1 else "teams") as bar:
        yield partial(planning.plan, progress=bar.say, done=bar.done, watch=SignOfLife(bar.say), stop=stop), stop


def leave_with_nothing(result: PlanResult, stop: Stop) -> None:
    """Leave as if there had been no plan, if it was stopped before any team had a roster that breaks no rule."""
    if stop.wished and all(team.nothing_planned for team in result.teams):
        if stop.pays:
            note(NONE_LAWFUL)
        raise KeyboardInterrupt


def refuse(violations: tuple[Violation, ...]) -> ExitCode:
    """Tell what is wrong with a roster of our own making, which is not written."""
    for violation in violations[:SHOWN_VIOLATIONS]:
        note(str(violation))
    note(f"The roster breaks rules in {len(violations):,} place(s): a fault of this program, not of your data.")
    note("It was not written; nothing was changed.")
    return ExitCode.OUR_FAULT


def end_of_run(result: PlanResult, notes: Iterable[str], out: Path, *, stopped: bool, short: bool = False) -> ExitCode:
    """Tell what failed and whether the run was stopped; its exit code.

    Parameters
    ----------
    short
        Whether it is less than was asked for, though nothing failed.
    """
    tell_what_failed(result, notes)
    if stopped:
        note(f"Stopped; the best rosters so far are in {shown(out)}.")
        return ExitCode.STOPPED
    return ExitCode.DEGRADED if result.degraded or short else ExitCode.DONE


def tell_what_failed(result: PlanResult, notes: Iterable[str]) -> None:
    """Loudly and last, where it is read; a problem that an engine failed on is kept for those who look into it."""
    for words in (*notes, *result.labels):
        note(f"WARNING: {words}")
    for team in result.teams:
        if team.problem:
            kept = private_file("solver-problem", team.problem)
            note(f"{team.team}: the problem it failed on, numbers only, for the program's authors: {kept}")
