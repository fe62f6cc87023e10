"""Tables of an audit as CSV, with cells that no spreadsheet calculates with."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pandas as pd

from offender_mgmt.files import guard_cell


def frame_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV (RFC 4180, CRLF, UTF-8); every distinct value of a column is written and guarded once."""
    written = {name: _distinct(frame[name], _writer(frame[name])) for name in frame.columns}
    text = pd.DataFrame(written).to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    return text.encode("utf-8")


def _writer(column: pd.Series) -> Callable[[object], str]:
    if pd.api.types.is_bool_dtype(column):
        return lambda flag: "Y" if flag else "N"
    if pd.api.types.is_float_dtype(column):
        return lambda number: "" if number != number else f"{number:.15g}"
    return lambda text: guard_cell(str(text))


def _distinct(column: pd.Series, write: Callable[[object], str]) -> pd.Series:
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return pd.Series([write(value) for value in values], dtype=object).take(codes).reset_index(drop=True)
