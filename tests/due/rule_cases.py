"""Each clock rule with start days just before, on and after its boundaries, counted by hand.

The week is 2026-W49, Monday 30 November to Sunday 6 December 2026. Look-ahead of the example policy: very high 7
days (to 13 December), high 14 (20 December), medium and low 28 (3 January 2027). A case lists fewer sides where no
record dated before the week can reach the later ones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from builders import assessment, change, visit

from offender_mgmt.vocabulary import AssessmentKind, ChangeField, ManagementStatus, VisitOutcome, VisitType

OCT_1, NOV_1 = date(2026, 10, 1), date(2026, 11, 1)
OVERDUE, DUE, AHEAD = "overdue", "due", "look_ahead"


def nov(*days: int) -> list[date]:
    return [date(2026, 11, day) for day in days]


class Case(NamedTuple):
    """A rule, its task, how a start day becomes a register, and start days with the due date and timing expected."""

    rule: str
    code: str
    setting: Callable[[date], dict[str, Any]]
    starts: list[date]
    sides: list[tuple[str, str | None]]


TO_13_DEC = [
    ("2026-11-29", OVERDUE),
    ("2026-11-30", DUE),
    ("2026-12-06", DUE),
    ("2026-12-07", AHEAD),
    ("2026-12-13", AHEAD),
    ("2026-12-14", None),
]
TO_3_JAN = [*TO_13_DEC[:4], ("2027-01-03", AHEAD), ("2027-01-04", None)]
THREE_SIDES, FIVE_SIDES = TO_13_DEC[:3], TO_13_DEC[:5]


def fails(*days: date) -> tuple[Any, ...]:
    return tuple(visit(visit_id=f"F-{n}", date=day, outcome=VisitOutcome.NO_REPLY) for n, day in enumerate(days))


def done(kind: AssessmentKind, day: date) -> Any:
    return assessment(kind=kind, date=day)


def back(day: date) -> Any:
    return change(date=day, field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="community")


def reactive(**facts: Any) -> dict[str, Any]:
    return {
        "risk_level": "low",
        "risk_level_set_on": date(2020, 1, 1),
        "management_status": ManagementStatus.REACTIVE,
        "reactive_approved_by": "S1",
        **facts,
    }


CASES = [
    # 15 days after registration: 14 November + 15 = 29 November.
    Case(
        "initial-visit",
        "HVI",
        lambda day: {"nominal": {"risk_level": "very_high", "registered_on": day}},
        nov(14, 15, 21, 22, 28, 29),
        TO_13_DEC,
    ),
    Case(
        "released",
        "HVI",
        lambda day: {"nominal": {"risk_level": "very_high"}, "changes": (back(day),), "visits": (visit(),)},
        nov(14, 15, 21, 22, 28, 29),
        TO_13_DEC,
    ),
    # Away until a day of the week before: released the day after, + 15 days, from 30 November on.
    Case(
        "release-expected",
        "HVI",
        lambda day: {"nominal": {"risk_level": "high", "community_status": "custody", "status_until": day}},
        [date(2026, 11, 29), date(2026, 12, 4), date(2026, 12, 5)],
        [("2026-12-15", AHEAD), ("2026-12-20", AHEAD), ("2026-12-21", None)],
    ),
    # Medium: 6 calendar months, 29 May to 29 November.
    Case(
        "visit-interval",
        "HV",
        lambda day: {"visits": (visit(date=day),)},
        [date(2026, 5, 29), date(2026, 5, 30), date(2026, 6, 6), date(2026, 6, 7), date(2026, 7, 3), date(2026, 7, 4)],
        TO_3_JAN,
    ),
    # 90 days: 31 August + 30 = 30 September, + 31 = 31 October, + 29 = 29 November.
    Case(
        "plan-interval",
        "HV",
        lambda day: {"nominal": {"visit_interval_days": 90}, "visits": (visit(date=day),)},
        [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 7), date(2026, 9, 8), date(2026, 10, 5), date(2026, 10, 6)],
        TO_3_JAN,
    ),
    # Low: 14 days after the failed attempt; the visit it repeats would be due on 1 October 2027.
    Case(
        "repeat-attempt",
        "HVR",
        lambda day: {"nominal": {"risk_level": "low"}, "visits": (visit(date=OCT_1), *fails(day))},
        nov(15, 16, 22, 23, 29),
        FIVE_SIDES,
    ),
    # Asked for by Thursday: due by then, whatever the clock says; where it is due on 29 November anyway, it stays.
    Case(
        "asked-for",
        "HV",
        lambda day: {"visits": (visit(date=day),), "asked_for": (("RSO-000001", date(2026, 12, 3)),)},
        [date(2026, 5, 29), date(2026, 5, 30), date(2026, 11, 28)],
        [("2026-11-29", OVERDUE), ("2026-11-30", DUE), ("2026-12-03", DUE)],
    ),
    # 3 calendar months after the first successful visit.
    Case(
        "arms-initial",
        "ARMSI",
        lambda day: {"visits": (visit(date=day),)},
        [
            date(2026, 8, 29),
            date(2026, 8, 30),
            date(2026, 9, 6),
            date(2026, 9, 7),
            date(2026, 10, 3),
            date(2026, 10, 4),
        ],
        TO_3_JAN,
    ),
    Case(
        "arms-review",
        "ARMSI",
        lambda day: {"assessments": (done(AssessmentKind.ARMS, day),)},
        [
            date(2025, 11, 29),
            date(2025, 11, 30),
            date(2025, 12, 6),
            date(2025, 12, 7),
            date(2026, 1, 3),
            date(2026, 1, 4),
        ],
        TO_3_JAN,
    ),
    # 14 days after the rise; the review would be due on 1 October 2027.
    Case(
        "arms-trigger",
        "ARMSI",
        lambda day: {
            "assessments": (done(AssessmentKind.ARMS, OCT_1),),
            "changes": (change(date=day, value_to="very_high"),),
        },
        nov(15, 16, 22, 23, 29),
        FIVE_SIDES,
    ),
    Case(
        "arms-write-up",
        "ARMSW",
        lambda day: {
            "nominal": {"risk_level": "very_high"},
            "visits": (visit(date=day, type=VisitType.ARMS_INTERVIEW),),
        },
        nov(15, 16, 22, 23, 29),
        FIVE_SIDES,
    ),
    Case(
        "supervisory-interval",
        "SUP",
        lambda day: {"assessments": (done(AssessmentKind.SUPERVISORY_REVIEW, day),)},
        [date(2026, 5, 29), date(2026, 5, 30), date(2026, 6, 6), date(2026, 6, 7), date(2026, 7, 3), date(2026, 7, 4)],
        TO_3_JAN,
    ),
    # 7 days after the ARMS or the change; the interval alone would lead to 1 February 2027 or later.
    Case(
        "supervisory-after-arms",
        "SUP",
        lambda day: {
            "assessments": (done(AssessmentKind.SUPERVISORY_REVIEW, NOV_1), done(AssessmentKind.ARMS, day)),
        },
        nov(22, 23, 29),
        THREE_SIDES,
    ),
    Case(
        "supervisory-after-change",
        "SUP",
        lambda day: {
            "assessments": (done(AssessmentKind.SUPERVISORY_REVIEW, NOV_1),),
            "changes": (change(date=day),),
        },
        nov(22, 23, 29),
        THREE_SIDES,
    ),
    # An ARMS of January 2024 fell due in January 2025, before the return: 14 days after it.
    Case(
        "restarted",
        "ARMSI",
        lambda day: {
            "nominal": {"risk_level": "very_high"},
            "assessments": (done(AssessmentKind.ARMS, date(2024, 1, 1)),),
            "changes": (back(day),),
        },
        nov(15, 16, 22, 23, 29),
        FIVE_SIDES,
    ),
    # The review of the registration of June 2023 fell due in December 2023: 7 days after the return.
    Case("restarted", "SUP", lambda day: {"changes": (back(day),)}, nov(22, 23, 29), THREE_SIDES),
    Case(
        "reactive-review",
        "REACT",
        lambda day: {"nominal": reactive(), "assessments": (done(AssessmentKind.REACTIVE_REVIEW, day),)},
        [
            date(2025, 11, 29),
            date(2025, 11, 30),
            date(2025, 12, 6),
            date(2025, 12, 7),
            date(2026, 1, 3),
            date(2026, 1, 4),
        ],
        TO_3_JAN,
    ),
    # The start day here is the day the notification is due. The check may be made from 14 days before it, so one
    # due on 20 December starts on the last day of the week, and one due on the 21st starts after it.
    Case(
        "notification",
        "NOTIF",
        lambda day: {"nominal": {"notification_due": day}},
        [*nov(29, 30), date(2026, 12, 6), date(2026, 12, 7), date(2026, 12, 20), date(2026, 12, 21)],
        [*TO_13_DEC[:4], ("2026-12-20", AHEAD), ("2026-12-21", None)],
    ),
    Case(
        "no-reply-decision",
        "NRDEC",
        lambda day: {"visits": fails(NOV_1, day)},
        nov(22, 23, 29),
        THREE_SIDES,
    ),
    # Away until 28 November: due the day after, the 29th. Until the 30th: the pause has not ended before the week.
    Case(
        "status-ended",
        "STATUS",
        lambda day: {"nominal": {"community_status": "hospital", "status_until": day}},
        nov(28, 29, 30),
        [("2026-11-29", OVERDUE), ("2026-11-30", DUE), ("2026-12-01", None)],
    ),
    # 28 days: 1 November + 28 = 29 November.
    Case(
        "status-check",
        "STATUS",
        lambda day: {"nominal": {"community_status": "missing", "status_since": day}},
        nov(1, 2, 8, 9, 29),
        [*TO_13_DEC[:4], ("2026-12-27", AHEAD)],
    ),
    # 7 days after the extract; an extract of 7 December starts the clock after the week.
    Case(
        "address-check",
        "ADDR",
        lambda day: {"nominal": {"easting": None}, "extract_date": day},
        [*nov(22, 23, 29, 30), date(2026, 12, 6), date(2026, 12, 7)],
        TO_13_DEC,
    ),
    # One working day: Thursday 26 to Friday 27, Friday 27 and Sunday 29 to Monday 30 November.
    Case(
        "record-outstanding",
        "ENTRY",
        lambda day: {"visits": (visit(date=day),)},
        nov(26, 27, 29),
        [("2026-11-27", OVERDUE), ("2026-11-30", DUE), ("2026-11-30", DUE)],
    ),
]

# Look-ahead before the due date: very high 7 days, high 14, medium and low 28; but never before the clock's start.
RELEASES = {
    ("initial-visit", "HVI"): "2026-11-22",  # 29 November - 7
    ("released", "HVI"): "2026-11-22",
    ("release-expected", "HVI"): "2026-12-01",  # 15 December - 14; not before 30 November
    ("visit-interval", "HV"): "2026-11-01",  # 29 November - 28
    ("plan-interval", "HV"): "2026-11-01",
    ("repeat-attempt", "HVR"): "2026-11-16",  # the day after the attempt of the 15th, later than 1 November
    ("asked-for", "HV"): "2026-05-29",  # the clock's start
    ("arms-initial", "ARMSI"): "2026-11-01",
    ("arms-review", "ARMSI"): "2026-11-01",
    ("arms-trigger", "ARMSI"): "2026-11-22",  # very high: 29 November - 7
    ("arms-write-up", "ARMSW"): "2026-11-22",
    ("supervisory-interval", "SUP"): "2026-11-01",
    ("supervisory-after-arms", "SUP"): "2026-11-22",  # 29 - 28 = 1 November, but the clock starts on the 22nd
    ("supervisory-after-change", "SUP"): "2026-11-22",  # high: 29 - 14 = 15 November, but the clock starts on the 22nd
    ("restarted", "ARMSI"): "2026-11-22",  # very high: 29 November - 7
    ("restarted", "SUP"): "2026-11-22",  # the clock's start
    ("reactive-review", "REACT"): "2026-11-01",
    ("notification", "NOTIF"): "2026-11-15",  # 14 days before
    ("no-reply-decision", "NRDEC"): "2026-11-22",  # the clock's start, here and below
    ("status-ended", "STATUS"): "2026-11-28",
    ("status-check", "STATUS"): "2026-11-01",
    ("address-check", "ADDR"): "2026-11-22",
    ("record-outstanding", "ENTRY"): "2026-11-26",
}
