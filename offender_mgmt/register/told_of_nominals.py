"""What has happened to nominals: a release, another risk level, an urgent visit, how a visit ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from offender_mgmt.errors import UsageError
from offender_mgmt.register.records import Change, Offender, Visit
from offender_mgmt.register.register import Register
from offender_mgmt.register.told_texts import FAILED, RESULTS, Word, nominal_of_task, read_date
from offender_mgmt.vocabulary import FIELD_KINDS, TASK_CODES, ChangeField, CommunityStatus, RiskLevel, VisitType

DAY = timedelta(days=1)
VISIT_TYPES = {TASK_CODES[kind]: VisitType(kind.value) for kind in FIELD_KINDS}
"""What an attempt was for, by the code that the id of its task starts with."""


def released(register: Register, ref: str, day: str) -> Register:
    """A nominal in custody, in hospital or absent is in the community from a day on."""
    offender, back = _nominal(register, Word.RELEASED, ref), read_date(Word.RELEASED, day)
    if offender.community_status is CommunityStatus.COMMUNITY:
        raise UsageError(f"--{Word.RELEASED}: the nominal is in the community already.")
    if offender.status_since and back <= offender.status_since:
        raise UsageError(f"--{Word.RELEASED}: the day lies before the nominal's present status began.")
    return _with(register, offender.replace(status_until=back - DAY))


def risk(register: Register, ref: str, level: str) -> Register:
    """A nominal has another risk level, set on the day of the extract, before which no later fact is known."""
    offender = _nominal(register, Word.RISK, ref)
    if level not in set(RiskLevel):
        raise UsageError(f"--{Word.RISK}: no such level. Maybe: " + ", ".join(RiskLevel))
    if offender.risk_level == level:
        raise UsageError(f"--{Word.RISK}: the nominal has this level already.")
    known = register.changes_of.get(ref, ())
    if any(c.date == register.extract_date and c.field is ChangeField.RISK_LEVEL for c in known):
        raise UsageError(f"--{Word.RISK}: the level was changed on the day of the extract: make a new extract.")
    row = {"offender_ref": ref, "date": register.extract_date, "field": ChangeField.RISK_LEVEL}
    change = Change.model_validate({**row, "from": offender.risk_level.value, "to": level})
    changed = _with(register, offender.replace(risk_level=level, risk_level_set_on=register.extract_date))
    return replace(changed, changes=(*register.changes, change))


def add(register: Register, ref: str, day: str) -> Register:
    """A nominal is to be seen by a day, because somebody asked for it."""
    offender, by = _nominal(register, Word.ADD, ref), read_date(Word.ADD, day)
    if by <= register.extract_date:
        raise UsageError(f"--{Word.ADD}: the day is not after the extract of {register.extract_date}.")
    if offender.register_end is not None and offender.register_end < by:
        raise UsageError(f"--{Word.ADD}: the nominal's register ends before that day.")
    is_away = offender.community_status is not CommunityStatus.COMMUNITY
    if is_away and (offender.status_until is None or offender.status_until >= by):
        raise UsageError(f"--{Word.ADD}: the nominal is not in the community by that day. Maybe: add --released.")
    return replace(register, asked_for=(*register.asked_for, (ref, by)))


def outcome(register: Register, task_id: str, what: str) -> Register:
    """A visit that failed is an attempt that counts at once; of all else the register learns nothing."""
    result, _, day = what.partition(":")
    if result not in RESULTS:
        raise UsageError(f"--{Word.OUTCOME}: no such result. Maybe: " + ", ".join(RESULTS))
    ref = nominal_of_task(task_id)
    _nominal(register, Word.OUTCOME, ref)
    if result not in FAILED:
        return register
    kind = VISIT_TYPES.get(task_id.partition("-")[0])
    if kind is None:
        raise UsageError(f"--{Word.OUTCOME}: only a visit can end so. Maybe: done or not_done.")
    row = {"visit_id": f"TOLD-{task_id}", "offender_ref": ref, "type": kind, "outcome": result}
    attempt = Visit.model_validate({**row, "date": read_date(Word.OUTCOME, day)})
    return replace(register, tried=tuple(sorted((*register.tried, attempt), key=lambda v: (v.date, v.visit_id))))


def _nominal(register: Register, word: Word, ref: str) -> Offender:
    if ref not in register.offender_by_ref:
        raise UsageError(f"--{word}: the register has no such nominal.")
    return register.offender_by_ref[ref]


def _with(register: Register, offender: Offender) -> Register:
    ref = offender.offender_ref
    return replace(register, offenders=tuple(offender if o.offender_ref == ref else o for o in register.offenders))
