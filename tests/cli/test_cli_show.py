"""`show`: plain where it is piped, coloured on a terminal unless NO_COLOR says no."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from offender_mgmt.cli.terminal import put_styled

ROOT = Path(__file__).resolve().parents[2]
COLOUR = re.compile(r"\x1b\[[0-9;]*(3|4|9|10)[0-7]m|\x1b\[[0-9;]*[34]8;")


@pytest.fixture
def run(cli, folder, tmp_path):
    assert cli("plan", folder, "--out", tmp_path / "run").code == 0
    return tmp_path / "run"


def test_a_piped_week_is_plain(cli, folder, run):
    ended = cli("show", folder, run)
    assert (ended.code, "\x1b" in ended.out) == (0, False)
    assert ended.out.startswith("OFFICIAL-SENSITIVE\nRoster of 2026-W49, north: DRAFT, a proposal that nobody has")
    assert ended.out.splitlines()[4].startswith("P1            1      -      -")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--day", "2026-11-30"), "Monday 30 November 2026"),
        (("--officer", "P1"), "P1, Monday 30 November 2026"),
        (("--officer", "P1", "--day", "2026-11-30"), "1 outing, 1 visit"),
        (("--nominal", "RSO-000001"), "RSO-000001: medium risk, north"),
    ],
)
def test_a_day_an_officer_and_a_nominal_can_be_asked_for(cli, folder, run, options, words):
    ended = cli("show", folder, run, *options)
    assert ended.code == 0
    assert words in ended.out


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        (("--day", "Monday"), "Maybe: write it as 2026-12-01."),
        (("--day", "2026-12-31"), "is not in 2026-W49"),
        (("--officer", "X"), "No such officer"),
        (("--nominal", "X"), "No such nominal"),
        (("--nominal", "RSO-000001", "--officer", "P1"), "--nominal stands by itself"),
    ],
)
def test_what_cannot_be_shown_is_one_line(cli, folder, run, options, advice):
    ended = cli("show", folder, run, *options)
    assert (ended.code, ended.out) == (2, "")
    assert advice in ended.err


def test_a_roster_that_breaks_rules_is_shown_and_says_so(cli, folder, run):
    roster = run / "roster.csv"
    roster.write_bytes(roster.read_bytes().replace(b",P1;P2,", b",P1,"))
    ended = cli("show", folder, run)
    assert ended.code == 0
    assert "Note: breaks rules in " in ended.out
    assert "see offender-mgmt check." in ended.err


def on_a_terminal(folder, run, **settings):
    """What a terminal is sent."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "offender_mgmt", "show", str(folder), str(run), "--day", "2026-11-30"]
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLORTERM")}
    env = {**clean, "TERM": "xterm-256color", "COLUMNS": "100", **settings}
    with subprocess.Popen(command, cwd=ROOT, stdout=theirs, stderr=subprocess.DEVNULL, env=env) as process:
        os.close(theirs)
        said = b""
        while part := _read(ours):
            said += part
        os.close(ours)
        assert process.wait() == 0
    return said.decode("utf-8").replace("\r\n", "\n")


def _read(end):
    try:
        return os.read(end, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_colours_only_add_to_the_words(cli, folder, run):
    coloured = on_a_terminal(folder, run)
    assert COLOUR.search(coloured)
    plain = cli("show", folder, run, "--day", "2026-11-30").out
    without = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert without.split("\n")[2:] == plain.split("\n")[2:]  # a terminal of 100 columns, but no line needs them


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_means_none(folder, run, settings):
    said = on_a_terminal(folder, run, **settings)
    assert "Monday 30 November 2026" in said
    assert not COLOUR.search(said)


def test_text_cannot_steer_the_screen(capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    put_styled((("\x1b[2Jgone [red]x[/red] :smile:", "strong"), ("\u202e", "")))
    assert "\\x1b[2Jgone [red]x[/red] :smile:\\u202e" in re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
