"""What has happened since the extract was made, applied to the register in memory and never written back to it.

A disruption is one short text, as it stands on the command line and in the record of a run: a word, a space, and what
has happened. Each changed row is validated like any row of the extract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from offender_mgmt.errors import UsageError
from offender_mgmt.register.records import Change, Offender, Officer
from offender_mgmt.register.register import Register
from offender_mgmt.vocabulary import ChangeField, CommunityStatus, RiskLevel, TourCode

SICK, RELEASED, RISK = "sick", "released", "risk"
SHAPES = {
    SICK: "OFFICER:DATE or OFFICER:DATE..DATE",
    RELEASED: "REF:DATE",
    RISK: "REF:LEVEL",
}
"""What stands after each word."""
DAY = timedelta(days=1)


def with_disruptions(register: Register, texts: Iterable[str]) -> Register:
    """The register with all that has happened.

    Raises
    ------
    UsageError
        For what cannot be read, names nobody, or changes nothing.
    """
    for text in texts:
        word, _, rest = text.partition(" ")
        if word not in SHAPES:
            raise UsageError("A change of the register has an unknown word. Maybe: " + ", ".join(SHAPES))
        who, _, what = rest.partition(":")
        if not who or not what:
            raise _misread(word)
        register = {SICK: _sick, RELEASED: _released, RISK: _risk}[word](register, who, what)
    return register


def touched(register: Register, texts: Iterable[str]) -> frozenset[str]:
    """Teams whose officers or nominals the texts name."""
    names = {text.partition(" ")[2].partition(":")[0] for text in texts}
    people: tuple[Officer | Offender, ...] = (*register.officers, *register.offenders)
    return frozenset(p.team for p in people if (p.officer_id if isinstance(p, Officer) else p.offender_ref) in names)


def _sick(register: Register, officer: str, days: str) -> Register:
    """An officer is on sick leave: the tours of those days are free of work."""
    if officer not in register.officer_by_id:
        raise UsageError(f"--{SICK}: the register has no such officer.")
    first, dots, last = days.partition("..")
    start = _date(SICK, first)
    end = _date(SICK, last) if dots else start

    def is_off(tour_date: date, code: TourCode) -> bool:
        return start <= tour_date <= end and code is TourCode.DUTY

    own = register.tours_of.get(officer, ())
    if not any(is_off(tour.date, tour.code) for tour in own):
        raise UsageError(f"--{SICK}: the officer has no tour of duty on these days.")
    tours = tuple(
        tour.replace(code=TourCode.SICK, start=None, end=None)
        if tour.officer_id == officer and is_off(tour.date, tour.code)
        else tour
        for tour in register.tours
    )
    return replace(register, tours=tours)


def _released(register: Register, ref: str, day: str) -> Register:
    """A nominal in custody, in hospital or absent is in the community from a day on."""
    offender, back = _nominal(register, RELEASED, ref), _date(RELEASED, day)
    if offender.community_status is CommunityStatus.COMMUNITY:
        raise UsageError(f"--{RELEASED}: the nominal is in the community already.")
    if offender.status_since and back <= offender.status_since:
        raise UsageError(f"--{RELEASED}: the day lies before the nominal's present status began.")
    return _with(register, offender.replace(status_until=back - DAY))


def _risk(register: Register, ref: str, level: str) -> Register:
    """A nominal has another risk level, set on the day of the extract, before which no later fact is known."""
    offender = _nominal(register, RISK, ref)
    if level not in set(RiskLevel):
        raise UsageError(f"--{RISK}: no such level. Maybe: " + ", ".join(RiskLevel))
    if offender.risk_level == level:
        raise UsageError(f"--{RISK}: the nominal has this level already.")
    if any(c.date == register.extract_date and c.field is ChangeField.RISK_LEVEL for c in _changes(register, ref)):
        raise UsageError(f"--{RISK}: the level was changed on the day of the extract: make a new extract.")
    row = {"offender_ref": ref, "date": register.extract_date, "field": ChangeField.RISK_LEVEL}
    change = Change.model_validate({**row, "from": offender.risk_level.value, "to": level})
    changed = _with(register, offender.replace(risk_level=level, risk_level_set_on=register.extract_date))
    return replace(changed, changes=(*register.changes, change))


def _changes(register: Register, ref: str) -> tuple[Change, ...]:
    return register.changes_of.get(ref, ())


def _nominal(register: Register, word: str, ref: str) -> Offender:
    if ref not in register.offender_by_ref:
        raise UsageError(f"--{word}: the register has no such nominal.")
    return register.offender_by_ref[ref]


def _with(register: Register, offender: Offender) -> Register:
    ref = offender.offender_ref
    return replace(register, offenders=tuple(offender if o.offender_ref == ref else o for o in register.offenders))


def _date(word: str, text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise _misread(word)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _misread(word) from None


def _misread(word: str) -> UsageError:
    return UsageError(f"--{word}: cannot be read. Maybe: write it as {SHAPES[word]}, dates as 2026-12-02.")
