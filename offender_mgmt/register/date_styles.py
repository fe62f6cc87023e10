"""Dates of one column written in two styles: then day and month cannot be trusted."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import date

from offender_mgmt.errors import Fault
from offender_mgmt.register.records import Record


class DateStyles:
    """Notices when one column writes its dates in both styles: then the day and month cannot be trusted."""

    def __init__(self, name: str, record_type: type[Record]) -> None:
        self._name = name
        self._columns = [field for field, info in record_type.model_fields.items() if is_date(info.annotation)]
        self._first: dict[str, tuple[str, int]] = {}

    def faults(self, line: int, cells: Mapping[str, str]) -> list[Fault]:
        """Faults of the dates of one row, given the rows before it."""
        faults = []
        for column in self._columns:
            sign = style_of(cells.get(column, ""))  # a column may be left out
            if not sign:
                continue
            style, first = self._first.setdefault(column, (sign, line))
            if style != sign:
                advice = f"Line {first} writes the dates of this column in another style: use one style throughout."
                faults.append(Fault(self._name, line, column, "mixed-date-styles", advice))
        return faults


def style_of(cell: str) -> str:
    """The sign that parts day, month and year in a cell; empty when it holds neither."""
    return next((sign for sign in "/-" if sign in cell), "")


def is_date(annotation: object) -> bool:
    """Whether a column holds dates."""
    if isinstance(annotation, types.UnionType):
        return date in typing.get_args(annotation)
    return annotation is date
