"""The committed registers: made again to the byte, read without a fault, small."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.synth import SynthSettings, make_register, write_example

pytestmark = pytest.mark.many_cases

DATA = Path(__file__).resolve().parents[2] / "data"
SETTINGS = {
    "essex": SynthSettings(seed=1, offenders=1_900, officers=40, teams=6, extract_date=date(2026, 11, 27)),
    "essex-north": SynthSettings(seed=1, offenders=320, officers=7, teams=1, extract_date=date(2026, 11, 27)),
}
SENSIBLE_WARNINGS = {
    "lowered-without-sign-off",
    "longer-interval",
    "no-fixed-abode",
    "no-lead-officer",
    "pause-end-passed",
    "pause-without-end",
    "position-missing",
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", ["essex-north", pytest.param("essex", marks=pytest.mark.slow)])
def test_committed_data_is_what_the_generator_makes(name, tmp_path):
    write_example(tmp_path / name, SETTINGS[name])
    made, committed = bytes_of(tmp_path / name), bytes_of(DATA / name)
    assert set(made) == set(committed)
    assert [file for file in made if made[file] != committed[file]] == []


def test_the_readme_gives_the_commands_that_make_the_data():
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name, s in SETTINGS.items():
        sizes = f"--offenders {s.offenders} --officers {s.officers} --teams {s.teams}"
        assert f"offender-mgmt synth data/{name} {sizes} --seed {s.seed} --extract-date {s.extract_date}" in text


def test_hash_seed_does_not_change_a_byte(tmp_path):
    code = (
        "import sys; from pathlib import Path; from offender_mgmt.synth import SynthSettings, write_example;"
        "write_example(Path(sys.argv[1]), SynthSettings(seed=3, offenders=60, officers=7, teams=2))"
    )
    for hash_seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / hash_seed)], check=True, env=environment)
    assert bytes_of(tmp_path / "0") == bytes_of(tmp_path / "4711")


def test_another_seed_makes_another_register():
    small = {"offenders": 30, "officers": 5, "teams": 1}
    one, other = (make_register(SynthSettings(seed=seed, **small)) for seed in (1, 2))
    assert one.offenders != other.offenders
    assert one.visits != other.visits


@pytest.mark.parametrize("loaded", ["whole_force", "one_team"])
def test_it_reads_without_a_fault_and_with_sensible_warnings_only(loaded, request):
    register = request.getfixturevalue(loaded).register  # a fault would have raised
    warnings = Counter(warning.rule for warning in register.warnings)
    assert set(warnings) <= SENSIBLE_WARNINGS
    assert all(count.read == count.accepted + count.blank and count.blank == 0 for count in register.rows)


def test_the_committed_files_stay_small():
    sizes = {path: path.stat().st_size for path in DATA.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 6_000_000
    assert sizes[DATA / "essex" / "visits.csv"] < 2_000_000


@pytest.mark.parametrize("name", list(SETTINGS))
def test_the_policy_is_the_example(name):
    assert (DATA / name / "policy.toml").read_bytes().decode("utf-8") == example_policy_text()
