"""No value of a register gets out through an error, whatever is wrong with it.

Every cell of every file is replaced by a unique word; then every command is made to fail on it. Offender and officer
references and station names are allowed in messages, so they keep harmless words of their own.
"""

from __future__ import annotations

import csv
import io

import pytest

COMMANDS = (
    ("validate", "REGISTER"),
    ("validate", "REGISTER", "--previous", "REGISTER"),
    ("due", "REGISTER"),
    ("due", "REGISTER", "--flags"),
    ("plan", "REGISTER", "--out", "OUT"),
    ("check", "REGISTER", "ROSTER"),
    ("audit", "REGISTER", "--pack", "OUT"),
)
KEYS = {"offender_ref", "officer_id", "base", "visit_id", "event_id"}
"""References may be told; they say nothing but which row is meant."""


def canaries(path, number: int) -> None:
    """A row under each header in which every cell but the references is a word that occurs nowhere else."""
    header = next(csv.reader(io.StringIO(path.read_text("utf-8"))))
    cells = [f"REF-{number}" if column in KEYS else f"CANARY{number}x{i}" for i, column in enumerate(header)]
    path.write_text(",".join(header) + "\n" + ",".join(cells) + "\n", "utf-8")


@pytest.fixture
def broken(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (folder / "register.toml").write_text("extract_date = 2026-11-27\n", "utf-8")
    for number, path in enumerate(sorted(folder.glob("*.csv"))):
        canaries(path, number)
    policy = folder / "policy.toml"
    policy.write_text(policy.read_text("utf-8").replace("value = 2\n", 'value = "CANARYpolicy"\n'), "utf-8")
    (tmp_path / "roster.csv").write_text(
        "task_id,date,start,end,crew\nHV-REF-1,CANARYb,CANARYc,CANARYd,CANARY e\n", "utf-8"
    )
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_no_value_of_a_broken_register_is_told(cli, broken, tmp_path, command):
    places = {"REGISTER": broken, "OUT": tmp_path / "out", "ROSTER": tmp_path / "roster.csv"}
    ended = cli(*(places.get(word, word) for word in command))
    assert ended.code == 2
    assert ended.out == ""
    assert "Refused: " in ended.err
    assert "CANARY" not in ended.err
    reports = [path.read_text("utf-8") for path in tmp_path.glob("offender-mgmt-*")]
    assert not any("CANARY" in text for text in reports)


def test_no_value_of_a_broken_roster_is_told(cli, folder, broken_roster):
    ended = cli("check", folder, broken_roster)
    assert ended.code == 2
    assert "CANARY" not in ended.err + ended.out


@pytest.fixture
def broken_roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("task_id,date,start,end,crew\nHV-REF-1,CANARYb,CANARYc,CANARYd,CANARY e\n", "utf-8")
    return path


def test_the_canary_sings_where_it_may(cli, folder):
    """The test above would see a leak: a reference, which may be told, is told."""
    (folder / "register.toml").write_text("extract_date = 2026-11-27\n", "utf-8")
    path = folder / "offenders.csv"
    path.write_text(path.read_text("utf-8").replace("medium", "CANARY"), "utf-8")
    ended = cli("validate", folder)
    assert "RSO-000001" in ended.err
    assert "CANARY" not in ended.err
