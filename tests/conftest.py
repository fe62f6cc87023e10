"""Fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for each test file; without one the test is skipped, visibly, or fails where the CI requires it.

    Not for the whole run: its driver has threads, and other tests start processes.
    """
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with public corpora and geodata beside the checkout; the test is skipped, visibly, without it."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("OFFENDER_MGMT_SHARED", beside))
    if not (folder / "corpora").is_dir():
        pytest.skip("no public test data: put the folder 'shared' beside the checkout or set OFFENDER_MGMT_SHARED")
    return folder
