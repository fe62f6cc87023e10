"""Rows of one file that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

from offender_mgmt.errors import Fault
from offender_mgmt.register.records import Record
from offender_mgmt.register.table import Line, Table

R = TypeVar("R", bound=Record)


def values_given_twice(records: Sequence[R], value: Callable[[R], Any]) -> frozenset[Any]:
    """What more than one record has as its value."""
    if len(set(map(value, records))) == len(records):
        return frozenset()  # nearly always, and in a third of the time
    return frozenset(found for found, count in Counter(map(value, records)).items() if count > 1)


def without_repeats(table: Table[R]) -> Table[R]:
    """The table with rows that are equal in every cell kept once, and a warning for each that was left."""
    key = attrgetter(table.record_type.key_fields[0])
    often = values_given_twice(table.records, key)
    if not often:
        return table
    first: dict[R, int] = {}
    kept: list[Line[R]] = []
    warnings: list[Fault] = []
    for line in table.lines:
        if key(line.record) not in often or first.setdefault(line.record, line.number) == line.number:
            kept.append(line)
        else:
            advice = f"The row is the same as line {first[line.record]} in every cell: it is kept once."
            warnings.append(Fault(table.name, line.number, "", "same-row-twice", advice))
    return replace(
        table,
        records=tuple(line.record for line in kept),
        numbers=[line.number for line in kept],
        repeated=len(warnings),
        warnings=tuple(sorted([*table.warnings, *warnings])),
    )
