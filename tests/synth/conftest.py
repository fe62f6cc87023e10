"""Registers that several tests look at, made or read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from offender_mgmt.register.read import LoadedRegister, read_folder
from offender_mgmt.register.register import Register

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def whole_force() -> LoadedRegister:
    """The committed register of the whole force; reading it raises if it has a fault."""
    return read_folder(DATA / "essex")


@pytest.fixture(scope="session")
def essex(whole_force: LoadedRegister) -> Register:
    """Its records."""
    return whole_force.register


@pytest.fixture(scope="session")
def one_team() -> LoadedRegister:
    """The committed register of one team."""
    return read_folder(DATA / "essex-north")
