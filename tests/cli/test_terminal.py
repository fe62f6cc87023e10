"""What data may do to a screen: nothing."""

from __future__ import annotations

import pytest

from offender_mgmt.cli.terminal import note, put, visible


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
