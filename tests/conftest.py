"""Fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from browser import chromium
from coverage import Coverage
from playwright.sync_api import Browser

COUNTED_IN_CHILDREN = "COVERAGE_PROCESS_CONFIG"
"""By this variable coverage counts in new processes, too."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test, its fixtures included, without counting covered lines if it tries many cases of what others cover.

    Counting doubles the time of plain loops.
    """
    if item.get_closest_marker("many_cases") is None:
        return (yield)
    counting = []  # a worker of several has one of its own, and one as anybody's child
    while (current := Coverage.current()) is not None:
        current.stop()
        counting.append(current)
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.delenv(COUNTED_IN_CHILDREN, raising=False)
            return (yield)
    finally:
        for stopped in reversed(counting):
            stopped.start()


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
