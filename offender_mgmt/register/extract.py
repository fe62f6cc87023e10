"""What the rules between files look at: the rows that could be read, with their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar, cast

from offender_mgmt.errors import Fault
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Base, Offender, Officer, Record
from offender_mgmt.register.repeats import values_given_twice
from offender_mgmt.register.table import Line, Table

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Extract:
    """All tables of a folder, some of their rows perhaps refused."""

    extract_date: date
    policy: Policy
    tables: tuple[Table[Record], ...]

    def lines(self, record_type: type[R]) -> Iterator[Line[R]]:
        """The accepted rows of one file."""
        table = self.table(record_type)
        return table.lines if table else iter(())

    def lines_where(self, record_type: type[R], *columns: str, is_odd: Callable[[Any], bool]) -> Iterator[Line[R]]:
        """The accepted rows whose value of a column (a tuple of several) is odd; each distinct one is asked about once.

        A log has hundreds of thousands of rows and few distinct values: a rule that starts from this takes no time.
        """
        table = self.table(record_type)
        if table is None:
            return iter(())
        verdicts = map(Verdicts(is_odd).__getitem__, map(attrgetter(*columns), table.records))
        return table.lines_chosen(verdicts)

    def lines_alike(self, record_type: type[R], *columns: str) -> Iterator[Line[R]]:
        """The accepted rows of one file that have the same values of these columns as another row."""
        table = self.table(record_type)
        if table is None:
            return iter(())
        values = attrgetter(*columns)
        twice = values_given_twice(table.records, values)
        return table.lines_chosen(map(twice.__contains__, map(values, table.records))) if twice else iter(())

    def table(self, record_type: type[R]) -> Table[R] | None:
        """The table of one file, if it was there."""
        found = next((table for table in self.tables if table.record_type is record_type), None)
        return cast("Table[R] | None", found)

    def _keys(self, record_type: type[R]) -> frozenset[str] | None:
        """Keys of all rows, refused ones too; ``None`` when the file could not be read."""
        table = self.table(record_type)
        if table is None or not table.complete:
            return None
        key = record_type.key_fields[0]
        return table.refused_keys.union(map(attrgetter(key), table.records))

    @cached_property
    def known_offenders(self) -> frozenset[str] | None:
        """References of all nominals named in their file."""
        return self._keys(Offender)

    @cached_property
    def known_officers(self) -> frozenset[str] | None:
        """Ids of all officers named in their file."""
        return self._keys(Officer)

    @cached_property
    def known_bases(self) -> frozenset[str] | None:
        """Names of all stations."""
        return self._keys(Base)

    @cached_property
    def offenders(self) -> dict[str, Offender]:
        """Accepted nominals by reference."""
        return {line.record.offender_ref: line.record for line in self.lines(Offender)}

    @cached_property
    def officers(self) -> dict[str, Officer]:
        """Accepted officers by id."""
        return {line.record.officer_id: line.record for line in self.lines(Officer)}


class Verdicts(dict[Any, bool]):
    """A question about a value, asked once for each distinct one."""

    def __init__(self, is_odd: Callable[[Any], bool]) -> None:
        super().__init__()
        self._is_odd = is_odd

    def __missing__(self, value: object) -> bool:
        verdict = self[value] = self._is_odd(value)
        return verdict


def fault_at(line: Line[R], column: str, rule: str, advice: str) -> Fault:
    """A fault of one record, with the reference the record is known by."""
    record = line.record
    ref = next((str(getattr(record, name)) for name in _REF_FIELDS if getattr(record, name, None)), "")
    return Fault(record.file_name, line.number, column, rule, advice, ref)


_REF_FIELDS = ("visit_id", "event_id", "offender_ref", "officer_id", "base")


def listed_in_turn(lines: Iterator[int] | list[int]) -> str:
    """Line numbers as people list them: ``3, 5 and 9``."""
    numbers = [str(number) for number in lines]
    return " and ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)
