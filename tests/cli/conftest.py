"""A register folder that everyone knows by heart, and a way to run commands on it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import builders
import pytest
from weeks_by_hand import make_week

from offender_mgmt.cli.main import main
from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register
from offender_mgmt.vocabulary import CommunityStatus, RiskLevel


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def call(*arguments: object) -> Ended:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return call


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The command in a process of its own."""

    def call(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "offender_mgmt", *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.run(command, cwd=ROOT, check=False, **pipes)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nominal 1 in the community and never seen; nominal 2 in custody without an end; two detectives on duty."""
    in_custody = builders.offender(
        offender_ref="RSO-000002",
        risk_level=RiskLevel.VERY_HIGH,
        community_status=CommunityStatus.CUSTODY,
        status_since=date(2026, 1, 1),
        easting=600_000,
    )
    register = builders.register(offenders=(builders.offender(), in_custody))
    write_register(register, tmp_path / "register", example_policy_text())
    return tmp_path / "register"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The week of two visits that is known by hand: its register, and the folder of its run; made once for a file."""
    folder = tmp_path_factory.mktemp("planned")
    make_week(folder)
    return folder


@pytest.fixture
def run(planned: Path, tmp_path: Path) -> Path:
    """A copy of the run of that week."""
    return shutil.copytree(planned / "run", tmp_path / "run")


@pytest.fixture
def published(cli: Callable[..., Ended], folder: Path, tmp_path: Path) -> Path:
    """The folder of the run of the register everyone knows by heart."""
    assert cli("plan", folder, "--out", tmp_path / "published").code == 0
    return tmp_path / "published"
