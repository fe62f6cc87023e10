"""What data may do to a screen: nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from offender_mgmt.cli.terminal import note, put, sign_of_life, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Nuñez, O'Neill", "plain, Nuñez, O'Neill"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("right\u202eleft", "right\\u202eleft"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("[bold]markup[/] :smile:", "[bold]markup[/] :smile:"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_control_and_direction_characters_are_shown_not_sent(text, shown, capsys):
    assert visible(text) == shown
    put(text)
    note(text)
    said = capsys.readouterr()
    assert (said.out, said.err) == (shown + "\n", shown + "\n")


def test_long_work_gives_a_sign_of_life_and_short_work_none(capsys, monkeypatch):
    """Every two seconds at most; before that the terminal stays still."""
    clock = iter([0.0, 1.0, 2.0, 2.0, 3.9, 4.1, 4.1])
    monkeypatch.setattr("offender_mgmt.cli.terminal.time.monotonic", lambda: next(clock))
    told = sign_of_life()
    for step in ("one", "two", "three", "four"):
        told(step)
    assert capsys.readouterr().err == "two ...\nfour ...\n"


HEARD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
"""Who starts the tests in the background hands down that an interrupt is not to be heard."""
HEARD_LATER = """
try:
    leave_if_stopped()
except KeyboardInterrupt:
    print("heard")
"""

LOST = """
import os, signal
from offender_mgmt.cli.terminal import leave_if_stopped, stop_in_order
stop_in_order()
class Gone:
    def __del__(self):
        {what}
        for _ in range(1000): pass
Gone()
"""


@pytest.mark.parametrize(
    ("what", "said", "told"),
    [("os.kill(os.getpid(), signal.SIGINT)", "heard\n", False), ("pass", "", False), ("1 / 0", "", True)],
)
def test_a_stop_that_python_cannot_raise_is_heard_later_and_told_as_no_fault(what, said, told):
    code = HEARD + LOST.format(what=what) + HEARD_LATER
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (0, said, told)


PRINTED = """
import ctypes
from offender_mgmt.cli.main import app, main
from offender_mgmt.cli.terminal import leave_if_stopped, stop_in_order
app.command("compiled")(lambda: ctypes.pythonapi.PyRun_SimpleString({what!r}))
stop_in_order()
main(["compiled"])
"""


@pytest.mark.parametrize(
    ("what", "said", "told"),
    [
        (b"import os, signal; os.kill(os.getpid(), signal.SIGINT)\nfor _ in range(1000): pass", "heard\n", False),
        (b"pass", "", False),
        (b"1 / 0", "", True),
        (b"raise KeyboardInterrupt", "", True),
    ],
    ids=["a stop", "nothing", "a fault", "no wish of a person"],
)
def test_a_stop_that_a_compiled_library_prints_is_heard_later_and_not_shown(what, said, told):
    """As one in the middle of an import that a solver's library does for itself: it prints what came of it.

    The exit code of this way to print is Python's own affair (it remembers an interrupt).
    """
    code = HEARD + PRINTED.format(what=what) + HEARD_LATER
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, "Traceback" in done.stderr) == (said, told)


TURNED = """
import os, signal
from offender_mgmt.cli.ending import end_of
from offender_mgmt.cli.terminal import stop_in_order
stop_in_order()
def command():
    try:
        {what}
        for _ in range(1000): pass
    except KeyboardInterrupt:
        raise ImportError("a library could not be had") from None
    raise ImportError("a library is not there")
print(int(end_of(command)))
"""


@pytest.mark.parametrize(
    ("what", "code", "begins"),
    [("os.kill(os.getpid(), signal.SIGINT)", "130", "Stopped."), ("pass", "1", "Error ")],
    ids=["a stop", "a fault"],
)
def test_a_stop_that_comes_out_as_another_error_is_a_stop(what, code, begins, tmp_path):
    """As of libraries that answer whatever goes wrong in an import with an error of their own."""
    program = [sys.executable, "-c", HEARD + TURNED.format(what=what)]
    done = subprocess.run(
        program, capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert (done.stdout, done.stderr.startswith(begins), done.stderr.count("\n")) == (code + "\n", True, 1)
