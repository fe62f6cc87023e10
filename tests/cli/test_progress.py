"""A bar while long work lasts: on a terminal only, above it the sentences, and nothing of it left at the end."""

from __future__ import annotations

import sys
import time

import pytest

from offender_mgmt.cli import progress
from offender_mgmt.cli.progress import Bar


@pytest.fixture
def terminal(capsys, monkeypatch):
    """Standard error as a terminal; the test reads what it was sent with capsys, which hands out several streams."""
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")


def last_line(sent):
    """What stands in the line of the cursor after all that was sent."""
    return sent.rpartition("\n")[2].rpartition("\r\x1b[K")[2]


@pytest.mark.parametrize(
    ("done", "seconds", "line"),
    [
        (0, 0.0, "[........................] 0 of 6 teams, 0:00"),
        (3, 65.9, "[############............] 3 of 6 teams, 1:05"),
        (6, 3600.0, "[########################] 6 of 6 teams, 60:00"),
    ],
)
def test_the_bar_word_by_word(done, seconds, line):
    bar = Bar(6, "teams")
    bar.done(done)
    assert bar.line(seconds) == line


def test_no_work_at_all_is_no_error():
    assert Bar(0, "teams").line(0) == "[........................] 0 of 0 teams, 0:00"


def test_sentences_go_above_the_bar_and_nothing_is_left_of_it(terminal, capsys):
    with Bar(2, "teams") as bar:
        assert last_line(capsys.readouterr().err).endswith("0 of 2 teams, 0:00")
        bar.say("north: optimal")
        bar.done(1)
        sent = capsys.readouterr().err
        assert sent.startswith("\r\x1b[Knorth: optimal\n")
        assert "[############............] 1 of 2 teams" in last_line(sent)
    assert last_line(capsys.readouterr().err) == ""


def test_the_time_goes_on_by_itself(terminal, capsys, monkeypatch):
    monkeypatch.setattr(progress, "TICK_SECONDS", 0.01)
    with Bar(1, "team"):
        drawn = 0
        for _ in range(500):
            drawn += capsys.readouterr().err.count("0 of 1 team")
            if drawn > 2:
                break
            time.sleep(0.01)
    assert drawn > 2


def test_the_bar_is_gone_after_a_stop(terminal, capsys):
    with pytest.raises(KeyboardInterrupt), Bar(1, "team"):
        raise KeyboardInterrupt
    assert last_line(capsys.readouterr().err) == ""


@pytest.mark.parametrize("kind", ["pipe", "dumb"])
def test_elsewhere_there_are_sentences_only(kind, capsys, monkeypatch):
    if kind == "dumb":
        monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
        monkeypatch.setenv("TERM", "dumb")
    with Bar(2, "teams") as bar:
        bar.say("north: optimal")
        bar.done(1)
    assert capsys.readouterr().err == "north: optimal\n"


def test_a_closed_terminal_does_not_stop_the_work(terminal, monkeypatch):
    refused = []

    def closed(text):
        refused.append(text)
        raise OSError("closed")

    monkeypatch.setattr(sys.stderr, "write", closed)
    with Bar(1, "team") as bar:
        bar.done(1)
    assert refused
