"""`plan`: the folder of a run, its exit codes, and what it refuses to do."""

from __future__ import annotations

import hashlib
import json
import re

import pytest


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def test_a_plan_is_written_into_a_private_folder_and_told(cli, folder, out):
    """Both detectives are on duty on Monday: they see nominal 1; nobody is there to make the supervisory review."""
    ended = cli("plan", folder, "--out", out)
    assert ended.code == 0
    assert sorted(path.name for path in out.iterdir()) == ["roster.csv", "run.json", "summary.txt", "unassigned.csv"]
    assert out.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    summary = (out / "summary.txt").read_text("utf-8")
    assert ended.out.startswith(f"{summary}\nIn {out}:\n  roster.csv  ")
    assert [line.split()[0] for line in ended.out.splitlines()[-4:]] == [
        "roster.csv",
        "unassigned.csv",
        "summary.txt",
        "run.json",
    ]
    assert "HVI-RSO-000001" in (out / "roster.csv").read_text("utf-8")
    assert "SUP-RSO-000001,supervisory_review" in (out / "unassigned.csv").read_text("utf-8")
    assert "unverified" not in ended.err  # the summary says it, and once is enough
    assert summary.count("unverified") == 1


def test_the_record_says_what_the_roster_was_made_from(cli, folder, out):
    cli("plan", folder, "--out", out, "--seed", 7, "--effort", 2, "--team", "north")
    record = json.loads((out / "run.json").read_bytes())
    assert record["week"] == "2026-W49"
    assert record["settings"] == {"seed": 7, "effort": 2, "team": "north", "seconds": None}
    assert record["inputs"]["tours.csv"] == hashlib.sha256((folder / "tours.csv").read_bytes()).hexdigest()
    assert record["files"]["roster.csv"] == hashlib.sha256((out / "roster.csv").read_bytes()).hexdigest()
    assert record["degraded"] is False
    assert [team["team"] for team in record["teams"]] == ["north"]
    assert {"name", "due", "scheduled", "value", "bound"} <= set(record["bands"][0])
    # 2 tasks in the first band: (7 + 182) days x 8 points for very high, x 2 for medium
    assert record["bands"][0]["value"] == 189 * 8 + 189 * 2
    assert record["travel_minutes"] == 10
    assert list(record) == sorted(record)


FAST = "fast, several cores for one team at once: may differ if run again"


def test_fast_is_labelled_wherever_a_label_stands(cli, folder, out):
    """One team and two workers: the second works on the same team."""
    ended = cli("plan", folder, "--out", out, "--effort", 2, "--fast")
    assert ended.code == 0
    assert ended.err.endswith(f"WARNING: {FAST}\n")
    assert f"\n{FAST[0].upper()}{FAST[1:]}.\n" in ended.out
    record = json.loads((out / "run.json").read_bytes())
    assert record["labels"] == [FAST]
    assert record["settings"] == {
        "seed": 1, "effort": 2, "team": None, "seconds": None, "fast": True, "workers": 2
    }  # fmt: skip
    assert cli("check", folder, out / "roster.csv", "--run", out / "run.json").code == 0


def test_fast_with_no_worker_to_spare_is_the_same_roster_and_has_no_label(cli, folder, tmp_path):
    plain, fast = tmp_path / "plain", tmp_path / "fast"
    cli("plan", folder, "--out", plain, "--effort", 2)
    ended = cli("plan", folder, "--out", fast, "--effort", 2, "--fast", "--workers", 1)
    assert (ended.code, "may differ" in ended.err + ended.out) == (0, False)
    assert json.loads((fast / "run.json").read_bytes())["labels"] == []
    assert (fast / "roster.csv").read_bytes() == (plain / "roster.csv").read_bytes()


def test_courses_are_recorded_and_give_the_same_roster_with_any_workers(cli, folder, tmp_path):
    """More than one is written down, since it decides the roster; the default is not."""
    for name, options in (("one", ()), ("two", ("--courses", 2)), ("slow", ("--courses", 2, "--workers", 1))):
        assert cli("plan", folder, "--out", tmp_path / name, "--effort", 2, *options).code == 0
    records = {name: json.loads((tmp_path / name / "run.json").read_bytes()) for name in ("one", "two")}
    plain = {"seed": 1, "effort": 2, "team": None, "seconds": None}
    assert [record["settings"] for record in records.values()] == [plain, {**plain, "courses": 2}]
    assert records["two"]["labels"] == []
    assert cli("check", folder, tmp_path / "two" / "roster.csv", "--run", tmp_path / "two" / "run.json").code == 0
    two, slow = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("two", "slow"))
    assert two == slow


def test_the_same_run_gives_the_same_bytes(cli, folder, tmp_path):
    for name in ("a", "b"):
        cli("plan", folder, "--out", tmp_path / name)
    a, b = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in "ab")
    assert a == b


def test_strict_ends_with_3_when_due_work_is_left_out(cli, folder, out):
    """The supervisory review is overdue and nobody can make it."""
    assert cli("plan", folder, "--out", out, "--strict").code == 3
    assert (out / "roster.csv").exists()


def test_a_folder_with_files_is_left_alone_unless_told(cli, folder, out):
    out.mkdir()
    (out / "roster.csv").write_text("by hand", "utf-8")
    refused = cli("plan", folder, "--out", out)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"Error: {out} is not empty. Maybe: give another folder, or --overwrite.\n"
    assert (out / "roster.csv").read_text("utf-8") == "by hand"
    assert cli("plan", folder, "--out", out, "--overwrite").code == 0
    assert (out / "roster.csv").read_text("utf-8").startswith("task_id,")


def test_a_place_that_cannot_be_written_is_told_before_the_work_begins(cli, folder, tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        ended = cli("plan", folder, "--out", place)
        assert ended.code == 2
        assert ended.err == f"Error: {place} is no place to write to: {tmp_path / 'file'} is no folder of yours.\n"


def test_a_refused_register_leaves_nothing_behind(cli, folder, out):
    (folder / "bases.csv").unlink()
    assert cli("plan", folder, "--out", out).code == 2
    assert not out.exists()


def test_a_week_with_nobody_on_duty_leaves_all_out_with_reasons(cli, folder, out):
    """Not an error and not an empty success: the roster is empty, every task has a reason."""
    ended = cli("plan", folder, "--out", out, "--week", "2026-W51", "--strict")
    assert ended.code == 3
    assert (out / "roster.csv").read_text("utf-8").count("\n") == 1
    assert (out / "unassigned.csv").read_text("utf-8").count("\n") == 6


def test_every_line_of_the_summary_fits_a_terminal(cli, folder, out):
    cli("plan", folder, "--out", out)
    assert max(map(len, (out / "summary.txt").read_text("utf-8").splitlines())) <= 80


def test_progress_goes_to_standard_error_only(cli, folder, out):
    ended = cli("plan", folder, "--out", out)
    assert "5 tasks on the due list\n" in ended.err
    assert re.search(r"north: (proven|feasible), 1 of 1 teams", ended.err)
    assert "on the due list" not in ended.out
