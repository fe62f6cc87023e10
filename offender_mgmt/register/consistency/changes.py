"""Dated changes that disagree with each other or with the facts they led to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pydantic_core import PydanticCustomError

from offender_mgmt.errors import Fault
from offender_mgmt.register.cells import parse_ref, parse_whole_number, parse_word
from offender_mgmt.register.extract import Extract, fault_at
from offender_mgmt.register.records import Change, Record
from offender_mgmt.register.table import Line, Table
from offender_mgmt.vocabulary import ChangeField, CommunityStatus, ManagementStatus, RiskLevel

LONGEST_INTERVAL_DAYS = 100_000
_PARSERS = {
    ChangeField.RISK_LEVEL: parse_word(RiskLevel),
    ChangeField.MANAGEMENT_STATUS: parse_word(ManagementStatus),
    ChangeField.COMMUNITY_STATUS: parse_word(CommunityStatus),
    ChangeField.LEAD_OFFICER: parse_ref,
    ChangeField.VISIT_INTERVAL_DAYS: parse_whole_number(1, LONGEST_INTERVAL_DAYS),
}
MAY_BE_BLANK = frozenset({ChangeField.LEAD_OFFICER, ChangeField.VISIT_INTERVAL_DAYS})


def in_plain_words(table: Table[Record]) -> Table[Record]:
    """The table with legal values as ``offenders.csv`` writes them (``Very High`` becomes ``very_high``)."""
    return replace(table, records=tuple(_plain(record) for record in table.records if isinstance(record, Change)))


def _plain(change: Change) -> Change:
    values = {"value_from": change.value_from, "value_to": change.value_to}
    plain = {name: str(_value(change, text)) for name, text in values.items() if text and _is_legal(change.field, text)}
    return change if plain.items() <= values.items() else change.replace(**plain)


def value_not_a_word(extract: Extract) -> Iterator[Fault]:
    """A value before or after the change that its field cannot have."""
    for line in extract.lines(Change):
        for column, text in (("from", line.record.value_from), ("to", line.record.value_to)):
            if not _is_legal(line.record.field, text):
                advice = "The field cannot have this value: write it as in offenders.csv."
                yield fault_at(line, column, "bad-change-value", advice)


def chain_is_broken(extract: Extract) -> Iterator[Fault]:
    """A change that starts from another value than the change before it led to."""
    for chain in _chains(extract):
        for earlier, later in pairwise(chain):
            if _value(earlier.record, earlier.record.value_to) != _value(later.record, later.record.value_from):
                advice = f"The value differs from the one line {earlier.number} changed it to: mend one of the two."
                yield fault_at(later, "from", "change-chain-broken", advice)


def last_change_disagrees(extract: Extract) -> Iterator[Fault]:
    """A last change to another value than offenders.csv has."""
    for chain in _chains(extract):
        last = chain[-1]
        offender = extract.offenders.get(last.record.offender_ref)
        if offender is None:
            continue
        if _value(last.record, last.record.value_to) != getattr(offender, last.record.field.value):
            advice = f"offenders.csv has another {last.record.field.value}: mend one of the two."
            yield fault_at(last, "to", "change-disagrees", advice)


def _chains(extract: Extract) -> Iterator[list[Line[Change]]]:
    """Changes of one fact of one nominal, oldest first, where all of them could be read."""
    table = extract.table(Change)
    gaps = table.refused_refs if table else frozenset()
    chains: dict[tuple[str, ChangeField], list[Line[Change]]] = defaultdict(list)
    for line in extract.lines(Change):
        chains[line.record.offender_ref, line.record.field].append(line)
    for (ref, _), chain in chains.items():
        legal = all(_is_legal(c.record.field, v) for c in chain for v in (c.record.value_from, c.record.value_to))
        if legal and ref not in gaps:
            yield sorted(chain, key=lambda line: line.record.date)


def _is_legal(field: ChangeField, text: str) -> bool:
    if not text:
        return field in MAY_BE_BLANK
    try:
        _PARSERS[field](text)
    except PydanticCustomError:
        return False
    return True


def _value(change: Change, text: str) -> object:
    return _PARSERS[change.field](text) if text else None
