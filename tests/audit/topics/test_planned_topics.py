"""A roster before and after it is worked, by hand: week 49 of 2026, Monday 30 November to Sunday 6 December."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, nothing_else_due, rows

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.figures import figures_of
from offender_mgmt.audit.topics import outlook, planned
from offender_mgmt.calendars import moment, week_of
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.vocabulary import (
    AssessmentKind,
    CommunityStatus,
    ManagementStatus,
    RiskLevel,
    TaskKind,
    VisitOutcome,
    VisitType,
)

DONE, UNPLANNED, NOT_PLACED = planned.TOPICS
IF_ALL_DONE, EXPECTED = outlook.TOPICS
WEEK = week_of(b.MONDAY)
SUNDAY = date(2026, 12, 6)
WEDNESDAY = date(2026, 12, 2)


def placed(kind: TaskKind = TaskKind.HOME_VISIT, day: date = WEDNESDAY, **changes: Any) -> Assignment:
    """A task of nominal 1 at ten o'clock, by P1 and P2."""
    ref = changes.pop("offender_ref", "RSO-000001")
    start = moment(day, time(10))
    values = {"task_id": f"{kind.code}-{ref}", "start": start, "end": start + 60, "crew": ("P1", "P2"), **changes}
    return Assignment(kind=kind, offender_ref=ref, **values)


def left_out(task_id: str, due: date) -> Unassigned:
    """A task for which there was no crew."""
    return Unassigned(
        task_id=task_id,
        kind=TaskKind.HOME_VISIT,
        offender_ref="RSO-000001",
        risk_level=RiskLevel.MEDIUM,
        band="due",
        due_date=due,
        days_overdue=0,
        reason="crews_full",
        explanation="All are full.",
    )


def asked(register: Register, *assignments: Assignment, day: date = SUNDAY, unassigned: Any = ()) -> Context:
    """The register extracted on the day audited, and the roster."""
    roster = Roster(WEEK, assignments, tuple(unassigned))
    return Context(replace(register, extract_date=day), b.policy(), day, day - timedelta(days=6), roster)


@pytest.mark.parametrize(
    ("attempt", "became"),
    [
        ({"date": WEDNESDAY}, "done that day"),
        ({"date": WEDNESDAY, "type": VisitType.ARMS_INTERVIEW}, "done that day"),  # sees the nominal just as well
        ({"date": date(2026, 12, 4)}, "done on another day of the week"),
        ({"date": WEDNESDAY, "outcome": VisitOutcome.NO_REPLY}, "attempted, not seen"),
        ({"date": date(2026, 11, 29)}, "not attempted"),  # the week before
        ({"date": WEDNESDAY, "offender_ref": "RSO-000002"}, "not attempted"),
    ],
)
def test_what_became_of_a_planned_visit(attempt: dict[str, Any], became: str) -> None:
    offenders = (b.offender(), b.offender(offender_ref="RSO-000002"))
    register = b.register(offenders=offenders, visits=(b.visit(**attempt),))
    found = rows(DONE, asked(register, placed()), "item", "counted", "split")
    assert found == [("HV-RSO-000001", became == "done that day", became)]


def test_arms_interview_is_done_by_an_interview_only() -> None:
    for kind, became in ((VisitType.HOME_VISIT, "attempted, not seen"), (VisitType.ARMS_INTERVIEW, "done that day")):
        register = b.register(visits=(b.visit(date=WEDNESDAY, type=kind),))
        assert rows(DONE, asked(register, placed(TaskKind.ARMS_INTERVIEW)), "split") == [(became,)]


@pytest.mark.parametrize(
    ("kind", "done", "became"),
    [
        (TaskKind.SUPERVISORY_REVIEW, (AssessmentKind.SUPERVISORY_REVIEW, WEDNESDAY), "done that day"),
        (TaskKind.SUPERVISORY_REVIEW, (AssessmentKind.SUPERVISORY_REVIEW, SUNDAY), "done on another day of the week"),
        (TaskKind.SUPERVISORY_REVIEW, (AssessmentKind.ARMS, WEDNESDAY), "desk work not done"),
        (TaskKind.ARMS_WRITE_UP, (AssessmentKind.ARMS, WEDNESDAY), "done that day"),
    ],
)
def test_what_became_of_desk_work(kind: TaskKind, done: tuple[AssessmentKind, date], became: str) -> None:
    register = b.register(assessments=(b.assessment(kind=done[0], date=done[1]),))
    assert rows(DONE, asked(register, placed(kind, crew=("P1",))), "split") == [(became,)]


def test_parts_count_once_on_the_day_of_the_last() -> None:
    parts = [placed(TaskKind.ARMS_WRITE_UP, day, crew=("P1",)) for day in (b.MONDAY, WEDNESDAY)]
    register = b.register(assessments=(b.assessment(date=WEDNESDAY),))
    found = rows(DONE, asked(register, *parts), "date", "split")
    assert found == [("2026-12-02", "done that day")]


def test_what_is_still_to_come_what_leaves_no_record_and_fixed_events_are_no_members() -> None:
    register = b.register()
    check = placed(TaskKind.ADDRESS_CHECK, crew=("P1",))
    event = placed(TaskKind.FIXED_EVENT, task_id="E-1", offender_ref="")
    assert rows(DONE, asked(register, placed(), day=date(2026, 12, 1)), "item") == []
    assert rows(DONE, asked(register, check, event), "item") == []


def test_visits_that_were_not_planned() -> None:
    offenders = (b.offender(), b.offender(offender_ref="RSO-000002"))
    visits = (
        b.visit(date=WEDNESDAY),
        b.visit(visit_id="V-2", offender_ref="RSO-000002", date=WEDNESDAY),
        b.visit(visit_id="V-3", offender_ref="RSO-000002", date=date(2026, 12, 3), outcome=VisitOutcome.NO_REPLY),
        b.visit(visit_id="V-4", offender_ref="RSO-000002", date=date(2026, 11, 29)),
    )
    found = rows(UNPLANNED, asked(b.register(offenders=offenders, visits=visits), placed()), "item", "counted")
    assert found == [("V-1", False), ("V-2", True)]


def test_due_work_that_is_left_out_and_why() -> None:
    assignments = (
        placed(due_date=date(2026, 12, 6)),
        placed(TaskKind.SUPERVISORY_REVIEW, due_date=date(2026, 12, 7), crew=("P1",)),  # not due yet
        placed(TaskKind.RECORD_ENTRY, task_id="ENTRY-RSO-000001-NEXT", due_date=WEDNESDAY, crew=("P1",)),
    )
    unassigned = (
        left_out("HVR-RSO-000001", date(2026, 12, 6)),
        left_out("ARMSI-RSO-000001", date(2026, 12, 7)),
        left_out("INTEL-RSO-000001-NEXT", WEDNESDAY),
    )
    question = asked(b.register(), *assignments, unassigned=unassigned)
    assert rows(NOT_PLACED, question, "item", "counted", "split", "detail") == [
        ("HV-RSO-000001", False, "", ""),
        ("HVR-RSO-000001", True, "crews full", "All are full."),
    ]


def outlook_register() -> Register:
    """1: due on 28 November; 2: seen this month; 3: overdue; 4: overdue and in custody."""
    seen = {"1": date(2026, 5, 28), "2": date(2026, 11, 2), "3": date(2026, 5, 1), "4": date(2026, 5, 1)}
    refs = [f"RSO-00000{number}" for number in seen]
    away = {"community_status": CommunityStatus.CUSTODY, "status_since": date(2026, 11, 1)}
    offenders = tuple(b.offender(offender_ref=ref, **(away if ref.endswith("4") else {})) for ref in refs)
    visits = tuple(
        b.visit(visit_id=ref, offender_ref=ref, date=day) for ref, day in zip(refs, seen.values(), strict=True)
    )
    done = tuple(row for ref in refs for row in nothing_else_due(ref))
    return b.register(offenders=offenders, visits=visits, assessments=done)


def test_coverage_that_a_roster_will_bring() -> None:
    # Covered at the week's end: 2 in any case, 1 if the visit on Wednesday finds somebody in (70 in a hundred).
    question = asked(outlook_register(), placed(), placed(offender_ref="RSO-000004"), day=DAY)
    assert rows(IF_ALL_DONE, question, "offender_ref", "counted") == [
        ("RSO-000001", True),
        ("RSO-000002", True),
        ("RSO-000003", False),
    ]
    chances = rows(EXPECTED, question, "value", "detail")
    assert chances == [(0.7, "Only by a planned visit."), (1, ""), (0, "")]
    told = {}
    for topic in (IF_ALL_DONE, EXPECTED):
        figures = figures_of(topic, topic.members(question), b.policy())
        of_force = figures[figures["by"] == "force"]
        told[topic.name] = list(of_force["words"])
    # 2 of 3, and (0.7 + 1) / 3 = 56.7 %
    assert told == {"coverage-if-all-done": ["2 of 3", "66.7 %"], "coverage-expected": ["1.7 nominals", "56.7 %"]}


@pytest.mark.parametrize(
    ("day", "visits", "covered"),
    [
        (WEDNESDAY, [], False),  # that day's own records count, and there is none
        (date(2026, 12, 1), [], True),  # still to come
        (SUNDAY, [b.visit(visit_id="V-9", date=date(2026, 12, 4))], True),
        (SUNDAY, [b.visit(visit_id="V-9", date=WEDNESDAY, outcome=VisitOutcome.NO_REPLY)], False),
    ],
)
def test_what_is_past_is_taken_from_the_register(day: date, visits: list[Any], covered: bool) -> None:
    register = outlook_register()
    register = replace(register, visits=(*register.visits, *visits))
    assert rows(IF_ALL_DONE, asked(register, placed(), day=day), "counted")[0] == (covered,)


@pytest.mark.parametrize(
    ("facts", "is_member"),
    [
        ({"register_end": SUNDAY}, False),
        ({"register_end": date(2026, 12, 7)}, True),
        # Low for three years from 5 December on: nobody has to be visited any more.
        (
            {
                "risk_level": RiskLevel.LOW,
                "risk_level_set_on": date(2023, 12, 5),
                "management_status": ManagementStatus.REACTIVE,
                "reactive_approved_by": "S1",
            },
            False,
        ),
    ],
)
def test_whoever_need_not_be_visited_at_the_weeks_end_is_left_out(facts: dict[str, Any], is_member: bool) -> None:
    register = b.register(offenders=(b.offender(**facts),))
    assert bool(rows(IF_ALL_DONE, asked(register, day=DAY), "counted")) is is_member


def test_desk_work_and_visits_that_reset_nothing_bring_no_coverage() -> None:
    review = placed(TaskKind.SUPERVISORY_REVIEW, crew=("P1",))
    assert rows(IF_ALL_DONE, asked(outlook_register(), review, day=DAY), "counted")[0] == (False,)


def test_without_a_roster_there_is_no_member() -> None:
    question = Context(b.register(visits=(b.visit(),)), b.policy(), DAY, DAY)
    assert [len(topic.members(question)) for topic in (*planned.TOPICS, *outlook.TOPICS)] == [0, 0, 0, 0, 0]
