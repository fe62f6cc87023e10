"""`--published`: a week planned again against a roster that people have seen."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def published(cli, folder, tmp_path):
    assert cli("plan", folder, "--out", tmp_path / "published").code == 0
    return tmp_path / "published"


def aims(run):
    return {line["aim"]: line for line in json.loads((run / "run.json").read_bytes())["aims"]}


def test_planned_again_nothing_changes_and_the_check_agrees(cli, folder, published, tmp_path):
    again = tmp_path / "again"
    ended = cli("plan", folder, "--out", again, "--published", published)
    assert ended.code == 0
    assert aims(again)["fewest_changes"] == {"aim": "fewest_changes", "value": 0, "bound": 0}
    assert "fewest_changes" not in aims(published)
    assert "fewest changes: 0 tasks of the published roster are not on their day" in ended.out
    checked = cli("check", folder, again / "roster.csv", "--run", again / "run.json", "--published", published)
    assert checked.code == 0


def test_a_claim_about_changes_that_does_not_hold_is_found(cli, folder, published, tmp_path):
    """The published roster is changed behind the run's back: P2 alone has the status check now."""
    again = tmp_path / "again"
    assert cli("plan", folder, "--out", again, "--published", published).code == 0
    roster = published / "roster.csv"
    lines = roster.read_text("utf-8").splitlines()
    kept = [line.replace("P1", "P2") if line.startswith("STATUS-") else line for line in lines]
    assert kept != lines
    roster.write_text("\n".join(kept) + "\n", "utf-8")
    asked = ("check", folder, again / "roster.csv", "--run", again / "run.json")
    assert cli(*asked).code == 0  # without the published roster, changes are not compared
    found = cli(*asked, "--published", published)
    assert (found.code, found.out) == (
        5,
        "aims_agree (fewest_changes): The value of fewest changes is 1, not 0.\n1 violation(s)\n",
    )


def test_a_folder_without_a_roster_is_told_in_one_line(cli, folder, tmp_path):
    out = tmp_path / "out"
    refused = cli("plan", folder, "--out", out, "--published", tmp_path / "nothing")
    assert refused.code == 2
    assert refused.err.splitlines()[-1].startswith("Error: ")
    assert "roster.csv" in refused.err.splitlines()[-1]
    assert not (out / "roster.csv").exists()
