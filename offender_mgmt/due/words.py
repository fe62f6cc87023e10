"""Numbers in the sentences that say why a task is due."""

from __future__ import annotations


def count(number: int, unit: str) -> str:
    """``1 day``, ``3 days``."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def every(number: int, unit: str) -> str:
    """``every month``, ``every 3 months``."""
    return f"every {unit}" if number == 1 else f"every {count(number, unit)}"
