"""Columns to a table of members: what a topic does not say is blank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from offender_mgmt.audit.topic import MEMBER_COLUMNS

Column = Sequence[object] | np.ndarray | pd.Series
NUMBERS = ("value", "per")


def members_of(size: int, **columns: Column | str | bool | float) -> pd.DataFrame:
    """A table of so many members.

    Parameters
    ----------
    columns
        Any of :data:`offender_mgmt.audit.topic.MEMBER_COLUMNS`: a column of this size, or one value for all. Texts are
        blank, numbers missing and members counted where nothing is said.
    """
    if unknown := set(columns) - set(MEMBER_COLUMNS):
        raise TypeError(f"no such column of members: {', '.join(sorted(unknown))}")
    table = {name: _column(name, size, columns.get(name)) for name in MEMBER_COLUMNS}
    return pd.DataFrame(table, columns=list(MEMBER_COLUMNS), copy=False)


def _column(name: str, size: int, values: Column | str | bool | float | None) -> np.ndarray:
    if name == "counted":
        return _filled(size, True if values is None else values, np.bool_)
    if name in NUMBERS:
        return _filled(size, np.nan if values is None else values, np.float64)
    return _filled(size, "" if values is None else values, object)


def _filled(size: int, values: Column | str | bool | float, kind: type) -> np.ndarray:
    if isinstance(values, str | bool | float):
        return np.full(size, values, dtype=kind)
    found: np.ndarray = np.empty(size, dtype=kind)
    found[:] = values
    return found
