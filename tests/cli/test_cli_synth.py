"""`synth`: a register that validates; the same words give the same bytes."""

from __future__ import annotations

SMALL = ("--offenders", 40, "--officers", 4, "--teams", 1)


def test_a_synthetic_register_is_made_and_accepted(cli, tmp_path):
    ended = cli("synth", tmp_path / "a", *SMALL, "--seed", 3)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{tmp_path / 'a'}: 40 synthetic nominals, 4 officers in 1 team(s), seed 3.\n"
    assert cli("validate", tmp_path / "a").code == 0


def test_the_same_settings_give_the_same_bytes_and_another_seed_does_not(cli, tmp_path):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        cli("synth", tmp_path / name, *SMALL, "--seed", seed)
    a, b, c = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in "abc")
    assert a == b
    assert a["offenders.csv"] != c["offenders.csv"]


def test_sizes_that_make_no_team_are_refused(cli, tmp_path):
    ended = cli("synth", tmp_path / "a", "--officers", 2, "--teams", 1)
    assert ended.code == 2
    assert ended.err.startswith("Error: Ask for at least three officers a team")
    assert not (tmp_path / "a").exists()


def test_a_day_that_is_none_is_refused(cli, tmp_path):
    ended = cli("synth", tmp_path / "a", "--extract-date", "27/11/2026")
    assert (ended.code, ended.err) == (2, "Error: Give the day as 2026-11-27.\n")
