"""Loops over plain arrays, compiled on first use; what was compiled is kept beside the code for the next run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function of numbers and arrays; other threads run on while it works."""
    try:
        return cast("Function", njit(cache=True, nogil=True)(function))
    except RuntimeError:  # nowhere to keep it: neither beside the code nor in the user's own cache folder
        return cast("Function", njit(nogil=True)(function))
