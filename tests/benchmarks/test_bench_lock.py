"""The benchmark's packages: locked with hashes, at the versions of the other locks, and in none of these."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def test_every_entry_has_a_version_and_hashes_and_no_place():
    text = (ROOT / "requirements-bench.lock").read_text("utf-8")
    assert not re.search(r"//|--index|--extra|--find|-e |@|(^|\s)/|file:", text)
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_lock_holds_every_run_time_package_at_the_same_version():
    assert len(pins("requirements.lock")) > 20
    assert pins("requirements.lock") <= pins("requirements-bench.lock")


def test_engines_to_compare_with_are_in_no_other_lock():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    names = {re.match(r"[\w-]+", line)[0] for line in extras["bench"]}
    assert names
    assert names <= {pin.split("==")[0] for pin in pins("requirements-bench.lock")}
    for other in ("requirements.lock", "requirements-dev.lock"):
        assert not names & {pin.split("==")[0] for pin in pins(other)}
