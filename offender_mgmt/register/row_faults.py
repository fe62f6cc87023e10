"""The faults of one row: every cell that was refused; nothing of what it holds but the record's own reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from offender_mgmt.errors import Fault
from offender_mgmt.register.cells import parse_ref
from offender_mgmt.register.records import Record


def faults_of_record(
    error: ValidationError, name: str, line: int, cells: Mapping[str, str], record_type: type[Record]
) -> list[Fault]:
    """Every cell that was refused when the row was validated as a whole."""
    refusals = ((str(item["loc"][0]) if item["loc"] else "", item) for item in details(error))
    return faults_of_cells(refusals, name, line, cells, record_type)


def faults_of_cells(
    refusals: Iterable[tuple[str, ErrorDetails]],
    name: str,
    line: int,
    cells: Mapping[str, str],
    record_type: type[Record],
) -> list[Fault]:
    """Columns and what is wrong there, as faults.

    Parameters
    ----------
    cells
        All cells of the row by field, for the reference the record is known by.
    """
    ref = _ref_of(cells, record_type)
    return [Fault(name, line, column, *_rule_and_advice(item["type"], item["msg"]), ref) for column, item in refusals]


def details(error: ValidationError) -> list[ErrorDetails]:
    """What was refused, without the values."""
    return error.errors(include_input=False, include_url=False, include_context=False)


def _rule_and_advice(rule: str, advice: str) -> tuple[str, str]:
    if rule in ("string_too_short", "too_short", "missing"):
        return "missing-value", "Fill in the cell."
    if "_" in rule:
        return "bad-value", "The cell does not hold what the column asks for: see docs/reference/files.md."
    return rule, advice


def _ref_of(cells: Mapping[str, str], record_type: type[Record]) -> str:
    """The reference a record is known by, if it can be read."""
    for field in (*record_type.key_fields, "offender_ref", "officer_id"):
        if field in cells and record_type.model_fields[field].annotation is str and field not in _NOT_REFS:
            try:
                return str(parse_ref(cells[field]))
            except ValueError:
                return ""
    return ""


_NOT_REFS = frozenset({"from_place", "to_place", "barrier"})
