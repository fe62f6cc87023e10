"""A second way to a past day: the register as an extract of that day would have been.

``Register.as_at`` undoes later changes, newest first. Here each fact is looked up: a fact that changed later had, on
the day, the value that the first later change started from. Rows dated later are not written into the extract.

What no log tells is left as extracted, in both: the duty roster and the fixed events (no day of publication), the
officers' own facts (skills, team, contract), the nominals' other facts (notification and order dates, who approved
reactive management, until when a plan interval holds, position, markers), and the warnings of reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from offender_mgmt.register import Register
from offender_mgmt.register.records import Change, Offender


def facts_on(offender: Offender, changes: Iterable[Change], day: date) -> Offender:
    """One nominal's row as an extract of the day would have it."""
    by_fact: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_fact[change.field.value].append(change)
    row: dict[str, Any] = dict(offender)
    for fact, of_fact in by_fact.items():
        later = [c for c in of_fact if c.date > day]
        if not later:
            continue
        row[fact] = min(later, key=lambda c: c.date).value_from
        earlier = [c.date for c in of_fact if c.date <= day]
        if fact == "risk_level":
            row["risk_level_set_on"] = max(earlier) if earlier else offender.registered_on
        if fact == "community_status":
            row["status_since"] = max(earlier) if earlier else None
            row["status_until"] = None  # nobody wrote down what was expected then
    return Offender.model_validate(row)


def cut(register: Register, day: date) -> Register:
    """The whole register as an extract of the day."""
    if day >= register.extract_date:
        day = register.extract_date
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in register.changes:
        changes[change.offender_ref].append(change)
    known = [facts_on(o, changes[o.offender_ref], day) for o in register.offenders if not o.registered_on > day]
    refs = {o.offender_ref for o in known}

    def up_to_day(rows: Iterable[Any], column: str = "date") -> tuple[Any, ...]:
        return tuple(row for row in rows if row.offender_ref in refs and not getattr(row, column) > day)

    return replace(
        register,
        extract_date=day,
        offenders=tuple(known),
        visits=up_to_day(register.visits),
        assessments=up_to_day(register.assessments),
        changes=up_to_day(register.changes),
        deferrals=up_to_day(register.deferrals, "decided_on"),
    )
