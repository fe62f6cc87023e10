"""Days set by law or by a court: notifications, ends of registers and of orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd

from offender_mgmt.audit.context import ONE_DAY, Context
from offender_mgmt.audit.places import nominal_members, on_register
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.calendars import add_months
from offender_mgmt.due.desk_clocks import notification_clock
from offender_mgmt.due.facts import Facts
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Offender


def _refs(people: list[Facts]) -> list[str]:
    return [facts.offender.offender_ref for facts in people]


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _notification_open(facts: Facts, policy: Policy) -> date | None:
    """When the notification nobody has checked is due."""
    clock = notification_clock(facts, policy)
    return clock.due_date if clock is not None else None


def _notifications_overdue(context: Context) -> pd.DataFrame:
    people = on_register(context.now)
    open_until = [_notification_open(facts, context.policy) for facts in people]
    late = [due if due is not None and due <= context.day else None for due in open_until]
    return nominal_members(
        context.now,
        _refs(people),
        date=[_day(due) for due in late],
        counted=[due is not None for due in late],
        value=[float((context.day + ONE_DAY - due).days) if due else float("nan") for due in late],
    )


def _notifications_due(context: Context) -> pd.DataFrame:
    horizon = context.now.horizon
    people = [(facts, _notification_open(facts, context.policy)) for facts in on_register(context.now)]
    coming = [(facts, due) for facts, due in people if due is not None and due in horizon]
    return nominal_members(context.now, _refs([facts for facts, _ in coming]), date=[_day(due) for _, due in coming])


def _no_fixed_abode(context: Context) -> pd.DataFrame:
    people = [facts for facts in on_register(context.now) if not facts.is_away]
    return nominal_members(context.now, _refs(people), counted=[facts.offender.no_fixed_abode for facts in people])


def _ending(end_of: Callable[[Offender], date | None]) -> Callable[[Context], pd.DataFrame]:
    def members(context: Context) -> pd.DataFrame:
        last = add_months(context.day, context.policy.audit.ending_within_months)
        people = [(facts, end_of(facts.offender)) for facts in on_register(context.now)]
        ending = [(facts, end) for facts, end in people if end is not None and context.day < end <= last]
        return nominal_members(
            context.now,
            _refs([facts for facts, _ in ending]),
            date=[_day(end) for _, end in ending],
            value=[(end - context.day) / timedelta(days=1) for _, end in ending],
        )

    return members


_AS_EXTRACTED = " The day is the one of offenders.csv as extracted: no log tells what it was before."

TOPICS = (
    Topic(
        name="notifications-overdue",
        group=Group.DATES,
        title="Notifications overdue",
        population="nominals on the register",
        counted="the notification was due on the audit's day or before it and nobody has checked it",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        value="days from notification_due to the day after the audit's",
        unit="days",
        definition="Checked: a notification check on or after the day assessments.notification_lead_days before it was"
        " due. Custody and other absence are no excuse here." + _AS_EXTRACTED,
        members=_notifications_overdue,
    ),
    Topic(
        name="notifications-due",
        group=Group.DATES,
        title="Notifications due in the next seven days",
        population="nominals on the register whose notification is due in the seven days after and is not checked yet",
        counted="all",
        measures=(Measure.NUMBER,),
        definition="Checked: as for notifications-overdue." + _AS_EXTRACTED,
        members=_notifications_due,
    ),
    Topic(
        name="no-fixed-abode",
        group=Group.DATES,
        title="Nominals of no fixed abode",
        population="nominals on the register and in the community",
        counted="no_fixed_abode is Y",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition="Active and reactive. The law has them notify every week. As in offenders.csv when extracted.",
        members=_no_fixed_abode,
    ),
    Topic(
        name="register-ending",
        group=Group.DATES,
        title="Registers that end soon",
        population="nominals on the register whose register_end is after the audit's day and not later than"
        " audit.ending_within_months after it",
        counted="all",
        measures=(Measure.NUMBER,),
        value="days from the audit's day to the end",
        unit="days",
        definition="Months are calendar months, clamped to the month's end." + _AS_EXTRACTED,
        members=_ending(lambda offender: offender.register_end),
    ),
    Topic(
        name="orders-ending",
        group=Group.DATES,
        title="Prevention orders that end soon",
        population="nominals on the register whose order_end is after the audit's day and not later than"
        " audit.ending_within_months after it",
        counted="all",
        measures=(Measure.NUMBER,),
        value="days from the audit's day to the end",
        unit="days",
        definition="Nobody is listed where the column order_end is left out of offenders.csv." + _AS_EXTRACTED,
        members=_ending(lambda offender: offender.order_end),
    ),
)
