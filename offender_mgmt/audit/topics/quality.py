"""What the register does not know or contradicts."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.places import nominal_members, on_register
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.due.facts import Facts
from offender_mgmt.errors import Fault
from offender_mgmt.vocabulary import VisitOutcome

Test = Callable[[Context, Facts], bool]


def _no_lead(context: Context, facts: Facts) -> bool:
    return facts.offender.lead_officer is None


def _lead_elsewhere(context: Context, facts: Facts) -> bool:
    lead = facts.offender.lead_officer
    officer = context.now.register.officer_by_id.get(lead) if lead is not None else None
    return lead is not None and (officer is None or officer.team != facts.offender.team)


def _no_position(context: Context, facts: Facts) -> bool:
    offender = facts.offender
    return (offender.easting is None or offender.northing is None) and not offender.no_fixed_abode


def _pause_without_end(context: Context, facts: Facts) -> bool:
    return facts.is_away and facts.offender.status_until is None


def _pause_ended(context: Context, facts: Facts) -> bool:
    until = facts.offender.status_until
    return facts.is_away and until is not None and until <= context.day


def _address_void(context: Context, facts: Facts) -> bool:
    last = facts.attempts.last
    return last is not None and last.outcome is VisitOutcome.ADDRESS_VOID


def _nominals(test: Test) -> Callable[[Context], pd.DataFrame]:
    def members(context: Context) -> pd.DataFrame:
        people = on_register(context.now)
        refs = [facts.offender.offender_ref for facts in people]
        return nominal_members(context.now, refs, counted=[test(context, facts) for facts in people])

    return members


def _warnings(context: Context) -> pd.DataFrame:
    warnings = context.full.warnings
    refs = [fault.ref if fault.ref in context.now.facts else "" for fault in warnings]
    members = nominal_members(
        context.now,
        refs,
        item=[_place(fault) for fault in warnings],
        split=[fault.rule for fault in warnings],
        detail=[fault.advice for fault in warnings],
    )
    officers = context.now.register.officer_by_id
    about = [fault.ref if fault.ref in officers else "" for fault in warnings]
    members["officer"] = [own or lead for own, lead in zip(about, members["officer"], strict=True)]
    return members


def _place(fault: Fault) -> str:
    return f"{fault.file} line {fault.line}" if fault.line else fault.file


def _topic(name: str, title: str, counted: str, definition: str, test: Test) -> Topic:
    return Topic(
        name=name,
        group=Group.QUALITY,
        title=title,
        population="nominals on the register",
        counted=counted,
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=definition,
        members=_nominals(test),
    )


TOPICS = (
    _topic(
        "no-lead-officer",
        "Nominals without a lead officer",
        "no lead officer is named",
        "As at the day: a lead named since is undone.",
        _no_lead,
    ),
    _topic(
        "lead-not-in-team",
        "Nominals whose lead officer is not in their team",
        "the lead officer is not in officers.csv or is in another team",
        "Officers and teams as extracted. A nominal without a lead officer stands in no-lead-officer only.",
        _lead_elsewhere,
    ),
    _topic(
        "no-position",
        "Nominals whose place is not known",
        "easting or northing is blank, and the nominal has a fixed abode",
        "As extracted, wherever the nominal is.",
        _no_position,
    ),
    _topic(
        "pauses-without-end",
        "Nominals away with no end known",
        "in custody, in hospital, abroad or missing, and status_until is blank",
        "status_until as extracted; that of a status undone for a past day is not known.",
        _pause_without_end,
    ),
    _topic(
        "pauses-ended",
        "Nominals still away after the end that was expected",
        "in custody, in hospital, abroad or missing, and status_until is the audit's day or before it",
        "status_until as extracted; that of a status undone for a past day is not known.",
        _pause_ended,
    ),
    _topic(
        "address-void",
        "Nominals whose address was found void",
        "the last attempt, whatever its kind, had the outcome address void",
        "The last attempt up to the audit's day: by day, start (blank is midnight), then visit id.",
        _address_void,
    ),
    Topic(
        name="warnings",
        group=Group.QUALITY,
        title="Warnings of reading the register",
        population="warnings of the reading",
        counted="all",
        measures=(Measure.NUMBER, Measure.SPLIT),
        split="rule",
        definition="Of the extract, whatever the audit's day: they cannot be rebuilt for a past day. A register with"
        " faults (a missing risk level, an impossible date) is refused and cannot be audited at all.",
        members=_warnings,
    ),
)
