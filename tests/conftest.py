"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with public corpora and geodata beside the checkout; the test is skipped, visibly, without it."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("OFFENDER_MGMT_SHARED", beside))
    if not (folder / "corpora").is_dir():
        pytest.skip("no public test data: put the folder 'shared' beside the checkout or set OFFENDER_MGMT_SHARED")
    return folder
