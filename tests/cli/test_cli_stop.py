"""Stopped by the system or from the keyboard: the best checked roster so far, labelled; twice: at once, and nothing."""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from offender_mgmt.cli.main import main
from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register
from offender_mgmt.synth import SynthSettings, make_register

ROOT = Path(__file__).resolve().parents[2]
FILES = ["roster.csv", "run.json", "summary.txt", "unassigned.csv"]
BY_THE_SYSTEM = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LABEL = "stopped: the best rosters so far, may differ if run again"
MOMENTS = 100 if "OFFENDER_MGMT_SOAK" in os.environ else 6
"""So many random ones; the hundred are for run.py soak."""
LONG = ("--effort", "10000")
"""Of the search: it is not over before it is stopped."""

pytestmark = pytest.mark.skipif(
    not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(),
    reason="this system does not tell a process's children",
)


def children_of(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def is_solver(pid: int) -> bool:
    """Whether a child is one that solves: Python's own tracker of semaphores is another."""
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return False


def wait_for(condition: Callable[[], object]) -> bool:
    """Whether it comes true within a minute."""
    for _ in range(1200):
        if condition():
            return True
        time.sleep(0.05)
    return False


def written(folder: Path, teams: int) -> Path:
    """A register whose week is drafted in a moment and searched for a long time."""
    settings = SynthSettings(offenders=300 * teams, officers=7 * teams, teams=teams, history_days=200, seed=3)
    write_register(make_register(settings), folder, example_policy_text())
    return folder


@pytest.fixture(scope="module", autouse=True)
def _signals_are_heard() -> Iterator[None]:
    """Who starts the tests in the background, or past a hang-up, hands down that these signals are not to be heard."""
    before = {which: signal.getsignal(which) for which in (signal.SIGINT, signal.SIGHUP)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for which, how in before.items():
        signal.signal(which, how)


@pytest.fixture(scope="module")
def two_teams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("stop") / "two", 2)


@pytest.fixture(scope="module")
def one_team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("stop") / "one", 1)


def planning(register: Path, out: Path, *options: str) -> AbstractContextManager[subprocess.Popen[str]]:
    return at_work("plan", register, out, *options)


@contextmanager
def at_work(name: str, register: Path, out: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A command at work in a process of its own; an interrupt inside the lock of a coverage collector would hang it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-u", "-m", "offender_mgmt", name, str(register), *options, "--out", str(out)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=env, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def solvers(process: subprocess.Popen[str]) -> list[int]:
    return [child for child in children_of(process.pid) if is_solver(child)]


def until_a_roster_is_told(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    assert any("placed so far" in line for line in iter(process.stderr.readline, ""))


def accepted(register: Path, out: Path) -> bool:
    return main(["check", str(register), str(out / "roster.csv"), "--run", str(out / "run.json")]) == 0


def record_of_a_stop(out: Path, err: str) -> dict[str, Any]:
    """The record of a run that was stopped, all said and written as it must be."""
    assert "Stopping: the best rosters so far are checked and written. Once more to leave without them.\n" in err
    assert f"WARNING: {LABEL}\n" in err
    assert err.endswith(f"Stopped; the best rosters so far are in {out}.\nStopped.\n")
    assert sorted(path.name for path in out.iterdir()) == FILES
    record: dict[str, Any] = json.loads((out / "run.json").read_bytes())
    assert record["labels"] == [LABEL]
    return record


@pytest.mark.parametrize(("how", "teams"), [(signal.SIGINT, 1), (signal.SIGTERM, 2), (signal.SIGHUP, 1)])
def test_a_stop_writes_the_best_checked_roster_so_far_and_says_so(request, tmp_path, how, teams, capsys):
    register, out = request.getfixturevalue("one_team" if teams == 1 else "two_teams"), tmp_path / "out"
    with planning(register, out, *LONG) as process:
        until_a_roster_is_told(process)
        children = children_of(process.pid)
        process.send_signal(how)
        said, err = process.communicate(timeout=40)
    assert process.returncode == 130
    assert "Traceback" not in err
    record = record_of_a_stop(out, err)
    assert {team["ending"] for team in record["teams"]} == {"stopped"}
    assert "\nStopped: the best rosters so far, may differ if run again.\n" in said
    assert "HV" in (out / "roster.csv").read_text("utf-8")
    assert accepted(register, out)
    assert wait_for(lambda: not any(map(is_alive, children)))


@pytest.fixture(scope="module")
def published(one_team: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The week of the one team, planned in a hurry."""
    out = tmp_path_factory.mktemp("stop") / "published"
    assert main(["plan", str(one_team), "--effort", "1", "--seconds", "8", "--out", str(out)]) in (0, 3)
    return out


@pytest.fixture
def sick(published: Path) -> tuple[str, ...]:
    """That somebody is on sick leave on the first day."""
    with (published / "roster.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["lead"])
    return (str(published), "--sick", f"{row['lead']}:{row['date']}", *LONG)


def test_a_stop_of_a_week_planned_again_writes_the_best_checked_roster_so_far(one_team, sick, tmp_path, capsys):
    out = tmp_path / "out"
    with at_work("replan", one_team, out, *sick) as process:
        until_a_roster_is_told(process)
        children = children_of(process.pid)
        process.send_signal(signal.SIGTERM)
        said, err = process.communicate(timeout=40)
    assert process.returncode == 130, err
    record = record_of_a_stop(out, err)
    assert len(record["replan"]["changes"]) == 1
    assert "of the published roster move" in said
    assert accepted(one_team, out)
    assert wait_for(lambda: not any(map(is_alive, children)))


def test_a_week_planned_again_is_left_at_once_before_there_is_any_roster(one_team, sick, tmp_path):
    with at_work("replan", one_team, tmp_path / "out", *sick) as process:
        assert wait_for(lambda: solvers(process))
        process.send_signal(signal.SIGINT)
        said, err = process.communicate(timeout=40)
    assert (process.returncode, said) == (130, "")
    assert err.endswith("Stopped.\n")
    assert not (tmp_path / "out").exists()


def test_a_second_stop_leaves_at_once_and_writes_nothing(one_team, tmp_path):
    """The parent is held for a moment, so that both signals are surely there before it can write."""
    with planning(one_team, tmp_path / "out", *LONG) as process:
        until_a_roster_is_told(process)
        children = children_of(process.pid)
        process.send_signal(signal.SIGSTOP)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        said, err = process.communicate(timeout=40)
    assert (process.returncode, said) == (130, "")
    assert err.endswith("Stopped.\n")
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()
    assert wait_for(lambda: not any(map(is_alive, children)))


def test_a_stop_before_there_is_any_roster_leaves_at_once(one_team, tmp_path):
    with planning(one_team, tmp_path / "out", *LONG) as process:
        assert wait_for(lambda: solvers(process))  # a second of imports lies before it
        process.send_signal(signal.SIGTERM)
        said, err = process.communicate(timeout=40)
    assert (process.returncode, said) == (130, "")
    assert err.endswith("Stopped.\n")
    assert not (tmp_path / "out").exists()


def test_any_random_moment_gives_a_checked_roster_or_nothing_at_all(one_team, tmp_path, capsys):
    """Never a roster that the check refuses, never half a folder, never a process left behind, never a traceback.

    Every other moment lies after the first roster was told: from then on there is always one.
    """
    dice = random.Random(20261125)
    rosters, longest = 0, 0.0
    for moment in range(MOMENTS):
        out, how, wait = tmp_path / str(moment), dice.choice(BY_THE_SYSTEM), dice.uniform(0.3, 3.0)
        with planning(one_team, out, *LONG) as process:
            if moment % 2:
                until_a_roster_is_told(process)
            time.sleep(wait)
            children = children_of(process.pid)
            began = time.monotonic()
            process.send_signal(how)
            said, err = process.communicate(timeout=40)
            longest = max(longest, time.monotonic() - began)
        told = f"signal {how.name} after {wait:.2f} s: {err}"
        assert "Traceback" not in err, told
        # In its first moments Python itself answers; an interrupt in code that is run from text it makes its own end.
        assert process.returncode in (130, -how, -signal.SIGINT), told
        assert process.returncode == 130 or not out.exists(), told
        assert out.exists() or not moment % 2, told
        if out.exists():
            rosters += 1
            assert sorted(path.name for path in out.iterdir()) == FILES, told
            assert LABEL in said or LABEL.capitalize() in said, told
            assert accepted(one_team, out), told
        assert wait_for(lambda: not any(map(is_alive, children)))  # noqa: B023  called in this round
    with capsys.disabled():
        print(f"\n{MOMENTS} moments: {rosters} rosters, all accepted; the longest stop took {longest:.2f} s")
    assert rosters > 0


def test_the_children_of_a_killed_plan_end_by_themselves(one_team, tmp_path):
    """SIGKILL leaves no time for good manners; the solvers must see that nobody waits for them."""
    with planning(one_team, tmp_path / "out", *LONG) as process:
        until_a_roster_is_told(process)
        children = children_of(process.pid)
        process.kill()
        process.communicate(timeout=40)
    assert wait_for(lambda: not any(map(is_alive, children)))


def starve(pid: int) -> None:
    """Give a process from outside less memory than it has."""
    resource.prlimit(pid, resource.RLIMIT_AS, (100_000_000, 100_000_000))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda pid: os.kill(pid, signal.SIGKILL), "the solver's process ended without an answer (SIGKILL)"),
        (lambda pid: os.kill(pid, signal.SIGSEGV), "the solver's process ended without an answer (SIGSEGV)"),
        (lambda pid: os.kill(pid, signal.SIGABRT), "the solver's process ended without an answer (SIGABRT)"),
        (starve, "WARNING: "),
    ],
)
def test_a_solver_harmed_from_outside_is_said_loudly_and_ends_with_3(one_team, tmp_path, capsys, harm, words):
    """Whatever is done to the solver, the team has its last good roster, and the run is marked."""
    out = tmp_path / "out"
    with planning(one_team, out, *LONG) as process:
        until_a_roster_is_told(process)
        for child in solvers(process):
            harm(child)
        _, err = process.communicate(timeout=40)
    assert process.returncode == 3, err
    assert words in err
    record = json.loads((out / "run.json").read_bytes())
    assert [team["ending"] for team in record["teams"]] == ["fault"]
    assert record["degraded"] is True
    assert "WARNING: NOT EVERY TEAM HAS A FULL PLAN" in (out / "summary.txt").read_text("utf-8")
    assert accepted(one_team, out)


def test_a_solver_that_is_halted_ends_with_the_time(one_team, tmp_path, capsys):
    out = tmp_path / "out"
    with planning(one_team, out, "--seconds", "8", *LONG) as process:
        until_a_roster_is_told(process)
        for child in solvers(process):
            os.kill(child, signal.SIGSTOP)
        children = children_of(process.pid)
        said, err = process.communicate(timeout=40)
    assert process.returncode in (0, 3)
    assert "WARNING: time-limited: may differ if run again\n" in err
    assert "\nTime-limited: may differ if run again.\n" in said
    assert json.loads((out / "run.json").read_bytes())["labels"] == ["time-limited: may differ if run again"]
    assert accepted(one_team, out)
    assert wait_for(lambda: not any(map(is_alive, children)))
