"""`check`: accepts what plan made, finds what a hand changed, takes a roster with five columns."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def run(cli, folder, tmp_path):
    assert cli("plan", folder, "--out", tmp_path / "run").code == 0
    return tmp_path / "run"


def test_a_planned_roster_has_no_violation_and_its_figures_are_recomputed(cli, folder, run):
    ended = cli("check", folder, run / "roster.csv", "--run", run / "run.json")
    assert ended.code == 0
    summary = (run / "summary.txt").read_text("utf-8")
    assert ended.out == "0 violations. Figures recomputed from the roster:\n\n" + summary + "\n"


def change(path, old, new):
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def test_a_violation_is_one_line_with_rule_references_and_sentence(cli, folder, run):
    """The second officer is taken off the crew: a crew of one."""
    change(run / "roster.csv", "P1;P2", "P1")
    ended = cli("check", folder, run / "roster.csv")
    assert ended.code == 5
    lines = ended.out.splitlines()
    assert lines[-1] == f"{len(lines) - 1} violation(s)"
    assert any(line.startswith("crew_size (") and "HVI-RSO-000001" in line for line in lines)
    assert all(line.split(" ")[0].isidentifier() for line in lines[:-1])


def test_a_claim_of_the_record_that_does_not_hold_is_found(cli, folder, run):
    record = json.loads((run / "run.json").read_bytes())
    record["bands"][0]["value"] += 1
    (run / "run.json").write_text(json.dumps(record), "utf-8")
    ended = cli("check", folder, run / "roster.csv", "--run", run / "run.json")
    assert ended.code == 5
    assert ended.out.startswith("bands_agree (")


def test_a_roster_typed_by_hand_needs_five_columns(cli, folder, tmp_path):
    """The status check alone, on Monday by P1: everything else that is due is not accounted for."""
    mine = tmp_path / "mine.csv"
    mine.write_text("task_id,date,start,end,crew\nSTATUS-RSO-000002,2026-11-30,08:00,08:20,P1\n", "utf-8")
    ended = cli("check", folder, mine)
    assert ended.code == 5
    assert {line.split(" ")[0] for line in ended.out.splitlines()[:-1]} >= {"every_task_accounted_for"}
    assert "STATUS-RSO-000002" not in ended.out


def test_a_roster_that_is_none_is_refused_with_its_faults(cli, folder, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("task_id,date,start,end,crew\nSTATUS-RSO-000002,tomorrow,08:00,8:20,P1\n", "utf-8")
    ended = cli("check", folder, mine)
    assert (ended.code, ended.out) == (2, "")
    assert "mine.csv:2 [date]" in ended.err
    assert "mine.csv:2 [end]" in ended.err
    assert "tomorrow" not in ended.err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"bands": 1}', "[" * 100_000, '{"bands":[],"settings":1,"week":2}'])
def test_a_record_that_is_none_is_refused(cli, folder, run, text):
    (run / "run.json").write_text(text, "utf-8")
    ended = cli("check", folder, run / "roster.csv", "--run", run / "run.json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"Error: {run / 'run.json'} is not the run.json of a plan.\n"


def test_a_roster_that_is_not_there_is_one_line(cli, folder, tmp_path):
    ended = cli("check", folder, tmp_path / "none.csv")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith(f"Error: {tmp_path / 'none.csv'} does not exist.\n")
