"""What data may do to a screen: nothing."""

from __future__ import annotations

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
