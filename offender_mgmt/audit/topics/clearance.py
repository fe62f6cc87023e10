"""How long the backlog takes to clear at the hours there are, and how many officers it takes to clear it in time."""

from __future__ import annotations

import pandas as pd

from offender_mgmt.audit.balance import balances_of
from offender_mgmt.audit.context import Context
from offender_mgmt.audit.members import members_of
from offender_mgmt.audit.places import nominal_members, officer_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.topics.capacity import HOURS, KINDS, hours_of_tasks
from offender_mgmt.audit.workload import in_community, weekly_capacity, weekly_hours, weeks_on_file


def _backlog(context: Context) -> pd.DataFrame:
    return hours_of_tasks(context, days_ahead=0)


def _inflow(context: Context) -> pd.DataFrame:
    people = in_community(context)
    return nominal_members(
        context.now,
        [standing.offender.offender_ref for standing in people],
        value=[weekly_hours(standing, context.policy) for standing in people],
        split=["active" if standing.is_active else "reactive" for standing in people],
    )


def _capacity(context: Context) -> pd.DataFrame:
    duties = weekly_capacity(context)
    return officer_members(
        context.now,
        [duty.officer for duty in duties],
        date=[duty.day.isoformat() for duty in duties],
        team=[duty.team for duty in duties],
        value=[duty.hours for duty in duties],
        detail=f"One of {weeks_on_file(context)} week(s) on file.",
    )


def _clearance(context: Context) -> pd.DataFrame:
    balances = balances_of(context)
    if not weeks_on_file(context):
        return members_of(0)
    return members_of(
        len(balances),
        team=list(balances),
        value=[balance.backlog for balance in balances.values()],
        per=[balance.capacity - balance.inflow for balance in balances.values()],
        detail=[balance.said() for balance in balances.values()],
    )


def _needed(context: Context) -> pd.DataFrame:
    balances = balances_of(context)
    capacity = sum(balance.capacity for balance in balances.values())
    officers = sum(balance.officers for balance in balances.values())
    if not capacity or not officers:
        return members_of(0)
    hours_of_one = capacity / officers
    weeks = context.policy.audit.clear_in_weeks
    return members_of(
        len(balances),
        team=list(balances),
        value=[(balance.backlog / weeks + balance.inflow) / hours_of_one for balance in balances.values()],
        per=[balance.officers for balance in balances.values()],
        detail=[balance.said() for balance in balances.values()],
    )


_NOT_IN_IT = (
    " Travel is not in it, nor desk work outside the clocks (notifications, courts, other cases): the true figure is"
    " worse. Duty roster as extracted."
)

TOPICS = (
    Topic(
        name="backlog-hours",
        group=Group.CLEARANCE,
        title="Hours of work overdue",
        population="tasks overdue, and the tasks that go with an overdue visit",
        counted="all",
        measures=(Measure.NUMBER, Measure.TOTAL, Measure.SPLIT),
        value="hours of officers' time",
        unit="hours",
        split="kind of task",
        splits=KINDS,
        definition="Overdue as at the end of the day." + HOURS,
        members=_backlog,
    ),
    Topic(
        name="weekly-inflow-hours",
        group=Group.CLEARANCE,
        title="Hours of work that come back every week",
        population="nominals in the community on the register",
        counted="all",
        measures=(Measure.NUMBER, Measure.TOTAL, Measure.SPLIT),
        value="hours of officers' time a week, on average, if everything is done in time",
        unit="hours a week",
        split="management",
        splits=("active", "reactive"),
        definition="Active: one visit every interval (the plan's if in force, else the tier's), one ARMS interview and"
        " write-up every assessments.arms_review_months for cohort rso, which takes the place of a visit where it"
        " restarts the visit clock; an intelligence check and a record entry with each of these; with"
        " q = audit.no_reply_percent in a hundred, q / (1 - q) repeat visits with an entry for each of these;"
        " supervisory reviews by interval, at least one for each interview. Crew as the policy, markers and plan ask."
        " Eligible reactive: one review every assessments.reactive_review_months. A month is 365/12 days. First"
        " visits, rises in risk, notification, status and address checks and decisions are not in it." + _NOT_IN_IT,
        members=_inflow,
    ),
    Topic(
        name="weekly-capacity-hours",
        group=Group.CLEARANCE,
        title="Hours on duty in a mean week",
        population="tours on duty in the whole weeks after the audit's day that the duty roster on file reaches over",
        counted="all",
        measures=(Measure.NUMBER, Measure.TOTAL),
        value="hours of the tour, as for capacity-hours, divided by the number of those weeks",
        unit="hours a week",
        definition="Weeks of seven days from the day after; a week begun counts only if the roster reaches to its end."
        " Without one nothing is known." + _NOT_IN_IT,
        members=_capacity,
    ),
    Topic(
        name="clearance",
        group=Group.CLEARANCE,
        title="Weeks until the backlog is cleared, travel left out",
        population="teams",
        counted="all",
        measures=(Measure.RATIO,),
        value="hours of the team's backlog, as for backlog-hours",
        per="hours a week the team's officers have left: weekly-capacity-hours less weekly-inflow-hours",
        unit="hours",
        ratio_unit="weeks",
        without_ratio="never at this rate",
        definition="Of several teams together: their hours added up, as if they helped each other. No team is a member"
        " where the duty roster does not reach over a week." + _NOT_IN_IT,
        members=_clearance,
    ),
    Topic(
        name="fte-to-clear",
        group=Group.CLEARANCE,
        title="Full-time officers needed to clear the backlog in time, travel left out",
        population="teams",
        counted="all",
        measures=(Measure.TOTAL, Measure.RATIO),
        value="officers needed: backlog over audit.clear_in_weeks, and the weekly inflow, by the hours a week of one"
        " full-time officer",
        per="full-time equivalents of the team's officers",
        unit="full-time officers",
        ratio_unit="times the officers in post",
        definition="Hours a week of one: weekly-capacity-hours of all teams by the full-time equivalents of all"
        " officers on file. No team is a member where the duty roster does not reach over a week." + _NOT_IN_IT,
        members=_needed,
    ),
)
