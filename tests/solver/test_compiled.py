"""Compiled code runs whether or not there is a place to keep it."""

from __future__ import annotations

from typing import Any

import pytest

from offender_mgmt.solver import compiled as module
from offender_mgmt.solver.compiled import compiled


def half(number: int) -> int:
    return number // 2


def test_compiled_function_says_what_the_function_says() -> None:
    assert [compiled(half)(n) for n in (-3, 0, 7)] == [half(n) for n in (-3, 0, 7)]


def test_nowhere_to_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What numba says where no folder can be written, as in a read-only container without a home."""
    njit = module.njit

    def refuses(**options: Any) -> Any:
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(module, "njit", refuses)
    assert compiled(half)(9) == 4
