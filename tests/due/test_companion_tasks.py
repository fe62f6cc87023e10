"""Tasks that go with a visit, ARMS interviews that are visits too, and joint visits."""

from __future__ import annotations

from datetime import date, time

import pytest
from builders import assessment, deferral, event, policy, visit
from due.one_nominal import REF, codes, due_of, task_of, the

from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import AssessmentKind, EventKind, Timing

ARMS, INTEL, REVIEW = AssessmentKind.ARMS, AssessmentKind.INTELLIGENCE_CHECK, AssessmentKind.SUPERVISORY_REVIEW
LATELY = date(2026, 11, 20)


def done(kind: AssessmentKind, day: date):
    return assessment(kind=kind, date=day)


REVIEWED = (done(REVIEW, LATELY), done(AssessmentKind.RECORD_ENTRY, LATELY))
ONLY_VISIT = {  # medium, seen 3 June: home visit due 3 December; ARMS and review far off
    "visits": (visit(date=date(2026, 6, 3)),),
    "assessments": (*REVIEWED, done(ARMS, date(2026, 11, 19))),
}
VISIT_AND_INTERVIEW = {  # the same, with an ARMS review due on 1 December
    "visits": (visit(date=date(2026, 6, 3)),),
    "assessments": (*REVIEWED, done(ARMS, date(2025, 12, 1))),
}
JOINT = event(kind=EventKind.JOINT_VISIT, offender_ref=REF, date=date(2026, 12, 2))


def test_visit_has_check_before_and_entry_after() -> None:
    due = due_of(**ONLY_VISIT)
    assert codes(due) == {"HV", "INTEL-NEXT", "ENTRY-NEXT"}
    home, check, entry = (the(due, code) for code in ("HV", "INTEL-NEXT", "ENTRY-NEXT"))
    assert check.goes_with == entry.goes_with == (home.task_id,)
    assert (check.rule, entry.rule) == ("intelligence-before-visit", "record-after-visit")
    # Thursday 3 December; the entry the working day after, Friday.
    assert (check.due_date, entry.due_date) == (date(2026, 12, 3), date(2026, 12, 4))
    assert check.release_date == entry.release_date == home.release_date == date(2026, 11, 5)  # 3 December - 28
    assert (check.points, entry.points) == (0, 0)
    assert check.is_companion
    assert not home.is_companion
    assert (home.satisfied_by, home.goes_with) == ((), ())


def test_no_visit_no_companions() -> None:
    due = due_of(visits=(visit(date=LATELY),), assessments=REVIEWED[:1])
    assert codes(due) == {"ENTRY"}


def test_interview_also_does_the_visit_and_brings_its_write_up() -> None:
    due = due_of(**VISIT_AND_INTERVIEW)
    assert codes(due) == {"HV", "ARMSI", "INTEL-NEXT", "ENTRY-NEXT", "ARMSW-NEXT"}
    home, interview = the(due, "HV"), the(due, "ARMSI")
    assert (home.satisfied_by, interview.satisfied_by) == ((interview.task_id,), ())
    for code in ("INTEL-NEXT", "ENTRY-NEXT"):
        assert the(due, code).goes_with == (home.task_id, interview.task_id)
    # With the earlier of 1 and 3 December; the entry one working day after it.
    assert the(due, "INTEL-NEXT").due_date == date(2026, 12, 1)
    assert the(due, "ENTRY-NEXT").due_date == date(2026, 12, 2)
    assert the(due, "INTEL-NEXT").release_date == date(2026, 11, 3)  # the interview's: 1 December - 28
    # The visit's clock started on 3 June, the interview's on 1 December 2025: the earliest.
    assert the(due, "INTEL-NEXT").clock_start == the(due, "ENTRY-NEXT").clock_start == date(2025, 12, 1)
    write_up = the(due, "ARMSW-NEXT")
    assert (write_up.rule, write_up.goes_with) == ("write-up-after-interview", (interview.task_id,))
    assert (write_up.due_date, write_up.timing) == (date(2026, 12, 15), Timing.LOOK_AHEAD)  # + 14


def test_interview_without_a_visit_due_has_all_three() -> None:
    # Seen on 20 November: no home visit. ARMS of 1 December 2025.
    due = due_of(visits=(visit(date=LATELY),), assessments=(*REVIEWED, done(ARMS, date(2025, 12, 1))))
    assert codes(due) == {"ARMSI", "INTEL-NEXT", "ENTRY-NEXT", "ARMSW-NEXT"}
    assert the(due, "ENTRY-NEXT").goes_with == (f"ARMSI-{REF}",)


@pytest.mark.parametrize(
    ("checked", "needed"),
    [
        (None, True),
        (date(2026, 11, 28), True),  # eight days old on Sunday 6 December
        (date(2026, 11, 29), False),  # seven: valid on the last day of the week
        (date(2026, 11, 30), True),  # of the week itself: does not count
    ],
)
def test_check_still_valid_on_the_last_day_is_left_out(checked: date | None, needed: bool) -> None:
    checks = (done(INTEL, checked),) if checked else ()
    due = due_of(visits=ONLY_VISIT["visits"], assessments=(*ONLY_VISIT["assessments"], *checks))
    assert (task_of(due, "INTEL-NEXT") is not None) == needed
    assert task_of(due, "ENTRY-NEXT") is not None


def test_companions_stand_in_the_earlier_band_of_their_visits() -> None:
    # High: seen 29 August, due 29 November, overdue: band 0. ARMS due 1 December: band 2 ("due this week").
    due = due_of(
        {"risk_level": "high"},
        visits=(visit(date=date(2026, 8, 29)),),
        assessments=VISIT_AND_INTERVIEW["assessments"],
    )
    bands = {code: the(due, code).band for code in codes(due)}
    assert bands == {"HV": 0, "ARMSI": 2, "INTEL-NEXT": 0, "ENTRY-NEXT": 0, "ARMSW-NEXT": 2}


def test_entry_over_easter_takes_the_next_working_day() -> None:
    # Seen 2 October 2025, six months: Maundy Thursday 2 April 2026; then Good Friday, Saturday, Easter, Easter Monday.
    due = due_of({"cohort": "pdp"}, week=date(2026, 3, 30), visits=(visit(date=date(2025, 10, 2)),))
    assert the(due, "ENTRY-NEXT").due_date == date(2026, 4, 7)


def test_entry_of_the_last_attempt_and_of_the_next_stand_side_by_side() -> None:
    due = due_of(visits=ONLY_VISIT["visits"], assessments=(done(REVIEW, LATELY), done(ARMS, date(2026, 11, 19))))
    assert {"ENTRY", "ENTRY-NEXT"} <= codes(due)


# Joint visits -----------------------------------------------------------------------------------------------------


def test_joint_visit_does_the_visit_and_leaves_no_companions() -> None:
    due = due_of(**ONLY_VISIT, events=(JOINT,))
    assert codes(due) == {"HV"}
    assert the(due, "HV").satisfied_by == ("EVENT-E-1",)
    assert due.events == (JOINT,)


def test_joint_visit_leaves_the_interview_its_companions() -> None:
    due = due_of(**VISIT_AND_INTERVIEW, events=(JOINT,))
    assert the(due, "HV").satisfied_by == (f"ARMSI-{REF}", "EVENT-E-1")
    for code in ("INTEL-NEXT", "ENTRY-NEXT", "ARMSW-NEXT"):
        assert the(due, code).goes_with == (f"ARMSI-{REF}",)


@pytest.mark.parametrize(
    "changes",
    [
        {"date": date(2026, 11, 29)},  # the day before the week
        {"date": date(2026, 12, 7)},  # the day after it
        {"kind": EventKind.MAPPA_MEETING},
        {"offender_ref": "RSO-000002"},
        {"offender_ref": None},
    ],
)
def test_other_events_do_no_visit(changes: dict) -> None:
    due = due_of(**ONLY_VISIT, events=(JOINT.replace(**changes),))
    assert the(due, "HV").satisfied_by == ()
    assert codes(due) == {"HV", "INTEL-NEXT", "ENTRY-NEXT"}


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 6)])
def test_joint_visit_on_the_first_and_last_day_counts(day: date) -> None:
    due = due_of(**ONLY_VISIT, events=(JOINT.replace(date=day),))
    assert the(due, "HV").satisfied_by == ("EVENT-E-1",)


def test_events_of_the_week_are_listed_in_order_of_time() -> None:
    court, late = event(event_id="E-2"), event(event_id="E-0", date=date(2026, 12, 6))
    early = event(event_id="E-9", date=date(2026, 11, 30))
    outside = event(event_id="E-3", date=date(2026, 12, 7))
    due = due_of(events=(late, outside, court, JOINT, early))
    assert [e.event_id for e in due.events] == ["E-9", "E-2", "E-1", "E-0"]


def test_events_of_one_day_are_listed_by_start_then_reference() -> None:
    starts = {"E-1": time(14), "E-2": time(9), "E-3": time(9), "E-4": None}  # no start: first
    due = due_of(events=tuple(event(event_id=name, start=start) for name, start in starts.items()))
    assert [e.event_id for e in due.events] == ["E-4", "E-2", "E-3", "E-1"]


# Put off ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "goes_with"),
    [
        (date(2026, 12, 5), {f"HV-{REF}", f"ARMSI-{REF}"}),  # ends on Saturday: Sunday is left
        (date(2026, 12, 6), {f"ARMSI-{REF}"}),
        (None, {f"ARMSI-{REF}"}),
    ],
)
def test_visit_put_off_over_the_whole_week_has_no_companions(until: date | None, goes_with: set) -> None:
    due = due_of(**VISIT_AND_INTERVIEW, deferrals=(deferral(until=until),))
    assert set(the(due, "ENTRY-NEXT").goes_with) == goes_with


def test_companion_carries_no_deferral_of_its_own() -> None:
    due = due_of(**ONLY_VISIT, deferrals=(deferral(task_kind="record_entry"), deferral(task_kind="intelligence_check")))
    assert [the(due, code).deferral for code in ("INTEL-NEXT", "ENTRY-NEXT")] == [None, None]


def test_numbers_come_from_the_policy() -> None:
    values = policy().model_dump()
    values["assessments"] |= {
        "intelligence_check_valid_days": 8,
        "record_entry_working_days": 3,
        "arms_write_up_days": 2,
    }
    assessments = (*VISIT_AND_INTERVIEW["assessments"], done(INTEL, date(2026, 11, 28)))
    due = due_of(visits=VISIT_AND_INTERVIEW["visits"], assessments=assessments, rules=Policy.model_validate(values))
    assert task_of(due, "INTEL-NEXT") is None
    # Tuesday 1 December + 3 working days; + 2 days.
    assert (the(due, "ENTRY-NEXT").due_date, the(due, "ARMSW-NEXT").due_date) == (date(2026, 12, 4), date(2026, 12, 3))
