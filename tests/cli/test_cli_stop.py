"""Stopped by the system or from the keyboard: quiet, exit code 130, nothing written, no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def children_of(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition) -> bool:
    """Whether it comes true within a minute."""
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def planning(tmp_path):
    """A plan of the whole force, with its two children at work."""
    if not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists():
        pytest.skip("this system does not tell a process's children")
    command = [sys.executable, "-m", "offender_mgmt", "plan", "data/essex", "--out", str(tmp_path / "out")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        assert wait_for(lambda: len(children_of(process.pid)) >= 3)  # two solvers and the tracker of their semaphores
        yield process
        process.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_plan_leaves_nothing_behind(planning, tmp_path, how):
    children = children_of(planning.pid)
    planning.send_signal(how)
    out, err = planning.communicate()
    assert planning.returncode == 130
    assert (out, err.splitlines()[-1]) == ("", "Stopped.")
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()
    assert wait_for(lambda: not any(map(is_alive, children)))


def test_the_children_of_a_killed_plan_end_by_themselves(planning):
    """SIGKILL leaves no time for good manners; the solvers must see that nobody waits for them."""
    children = children_of(planning.pid)
    planning.kill()
    planning.communicate()
    assert wait_for(lambda: not any(map(is_alive, children)))


def test_ctrl_c_is_not_swallowed_by_the_solver_of_a_single_team(tmp_path):
    """It solves in this very process; a search cut short must not end in a roster, it could not be repeated."""
    command = [sys.executable, "-u", "-m", "offender_mgmt", "plan", "data/essex-north", "--out", str(tmp_path / "out")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        assert process.stderr is not None
        assert any("on the due list" in line for line in iter(process.stderr.readline, ""))
        time.sleep(10)  # well into the search, which takes about forty seconds
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err.endswith("Stopped.\n")
    assert "CTRL-C" not in err
    assert not (tmp_path / "out").exists()
