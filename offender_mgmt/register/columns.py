"""One column of cells as values, each distinct text validated once; and records of columns that were validated.

A register of hundreds of thousands of rows holds few distinct days, references and words. What a cell may hold is
said by the record types alone: a column asks pydantic for the validation of its own field and remembers the answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from offender_mgmt.files import unguard_cell
from offender_mgmt.register.cells import is_sound_ref, parse_ref
from offender_mgmt.register.date_styles import is_date, style_of
from offender_mgmt.register.records import Record
from offender_mgmt.register.row_faults import details

R = TypeVar("R", bound=Record)
MOST_REMEMBERED = 50_000
"""Distinct texts remembered for one column; one that holds more (a key) gains nothing from it."""
REFUSED = object()
"""Stands where a cell does not hold what its column asks for."""


class Column(dict[str, Any]):
    """Values of one column by the text of their cells; ``REFUSED`` where the field has no such value.

    Parameters
    ----------
    record_type, name
        The field; a blank cell takes its default.
    """

    def __init__(self, record_type: type[Record], name: str) -> None:
        super().__init__()
        info = record_type.model_fields[name]
        self.name = info.alias or name
        self.date_styles: set[str] = set()
        self.has_refused = False
        self._validate = _adapters(record_type)[name].validator.validate_python
        self._may_be_blank, self._default = not info.is_required(), info.get_default(call_default_factory=True)
        self._is_date = is_date(info.annotation)
        self._is_ref = any(isinstance(m, BeforeValidator) and m.func is parse_ref for m in info.metadata)

    def values_of(self, texts: Sequence[str]) -> Sequence[Any]:
        """The value of each cell."""
        if self._is_ref and len(self) == MOST_REMEMBERED and all(map(is_sound_ref, texts)):
            return texts  # a key: hardly any text comes twice
        return list(map(self.__getitem__, texts))

    def __missing__(self, text: str) -> object:
        cell = unguard_cell(text)
        if self._is_date and (style := style_of(cell)):
            self.date_styles.add(style)
        try:
            value = self._default if self._takes_default(cell) else self._validate(cell)
        except ValidationError:
            self.has_refused = True  # not remembered: the next row that holds it must be noticed too
            return REFUSED
        if len(self) < MOST_REMEMBERED:
            self[text] = value
        return value

    def refusals(self, cell: str) -> list[ErrorDetails]:
        """What is wrong with a cell; nothing when it holds a value of the field."""
        try:
            if not self._takes_default(cell):
                self._validate(cell)
        except ValidationError as error:
            return details(error)
        return []

    def _takes_default(self, cell: str) -> bool:
        return self._may_be_blank and not cell.strip()


@cache
def _adapters(record_type: type[Record]) -> Mapping[str, TypeAdapter[Any]]:
    """Validation of each field on its own, just as the record type validates it."""
    # The name says nothing to pydantic; it is there because Annotated must not be empty.
    forms: dict[str, Any] = {
        name: Annotated[info.annotation, name, *info.metadata] for name, info in record_type.model_fields.items()
    }
    return {name: TypeAdapter(form) for name, form in forms.items()}


def records_of(record_type: type[R], values: Mapping[str, Sequence[object]]) -> list[R]:
    """Records of values that were validated column by column, equal to what ``model_validate`` would make.

    ``model_construct`` would make the same, one at a time and slower than all the rest of reading. The set of the
    fields that were given is shared by all of them: a file gives every field, be it by a blank cell. A column that
    was left out counts as blank.
    """
    fields, number = record_type.model_fields, len(next(iter(values.values())))
    names = tuple(fields)
    rows = zip(*(values[n] if n in values else repeat(fields[n].default, number) for n in names), strict=True)
    contents = list(map(dict, map(zip, repeat(names), rows)))
    records = [record_type.__new__(record_type) for _ in contents]
    _set_each(records, "__dict__", contents)
    _set_each(records, "__pydantic_fields_set__", repeat(set(names)))
    _set_each(records, "__pydantic_extra__", repeat(None))
    _set_each(records, "__pydantic_private__", repeat(None))
    return records


def _set_each(records: Sequence[object], name: str, values: Iterable[object]) -> None:
    """Set one attribute of every record, frozen as they are, without a step of Python for each."""
    deque(map(object.__setattr__, records, repeat(name), values), maxlen=0)
