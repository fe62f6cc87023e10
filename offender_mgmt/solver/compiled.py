"""Loops over plain arrays, compiled on first use; what was compiled is kept beside the code for the next run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function of numbers and arrays; other threads run on while it works."""
    return cast("Function", njit(cache=True, nogil=True)(function))
