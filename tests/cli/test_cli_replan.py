"""`replan`: nothing happens, nothing moves; what happens is recorded and judged again."""

from __future__ import annotations

import json


def test_nothing_has_happened_so_nothing_changes(cli, folder, tmp_path):
    cli("plan", folder, "--out", tmp_path / "a")
    ended = cli("replan", folder, tmp_path / "a", "--freeze-before", "2026-12-07", "--out", tmp_path / "b")
    assert ended.code == 0
    for name in ("roster.csv", "unassigned.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert "0 tasks of it move; no roster that does as much" in ended.out


def test_an_officer_on_sick_leave_is_recorded_and_the_roster_is_lawful(cli, folder, tmp_path):
    cli("plan", folder, "--out", tmp_path / "a")
    ended = cli("replan", folder, tmp_path / "a", "--sick", "P1:2026-11-30", "--out", tmp_path / "b")
    assert ended.code == 0
    assert "HVI-RSO-000001 is no longer in the roster." in ended.out
    record = json.loads((tmp_path / "b" / "run.json").read_bytes())
    assert record["replan"]["changes"] == ["sick P1:2026-11-30"]
    checked = cli("check", folder, tmp_path / "b" / "roster.csv", "--run", tmp_path / "b" / "run.json")
    assert checked.code == 0


def test_what_cannot_be_is_refused_in_one_line(cli, folder, tmp_path):
    cli("plan", folder, "--out", tmp_path / "a")
    for option, value, words in (
        ("--sick", "P9:2026-11-30", "--sick: the register has no such officer."),
        ("--sick", "P1:2027-01-01", "--sick: the officer has no tour of duty on these days."),
        ("--released", "RSO-000001:2026-12-01", "--released: the nominal is in the community already."),
        ("--risk", "RSO-000001:purple", "--risk: no such level."),
        ("--sick", "P1", "--sick: cannot be read."),
    ):
        ended = cli("replan", folder, tmp_path / "a", option, value, "--out", tmp_path / "b")
        assert ended.code == 2
        assert words in ended.err
