"""Who has which work: active, reactive, paused, ended; and the flags a person must look at."""

from __future__ import annotations

from datetime import date

import pytest
from builders import assessment, change, offender, officer, policy, register, visit
from due.one_nominal import codes, due_of, flags

from offender_mgmt.calendars import Horizon, week_of
from offender_mgmt.due import due_list
from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus, RiskLevel, VisitOutcome

REACTIVE = {
    "risk_level": "low",
    "risk_level_set_on": date(2020, 1, 1),
    "management_status": "reactive",
    "reactive_approved_by": "S1",
}
SEEN_LONG_AGO = {
    "visits": (
        visit(visit_id="V-0", date=date(2025, 1, 1)),
        visit(visit_id="V-1", date=date(2025, 6, 1), outcome=VisitOutcome.NO_REPLY),
        visit(visit_id="V-2", date=date(2025, 7, 1), outcome=VisitOutcome.REFUSED),
    )
}
EVERY_CHECK = {"notification_due": date(2026, 12, 1), "easting": None}
ACTIVE_WORK = {"HVR", "ARMSI", "SUP", "NRDEC"}
COMMON_WORK = {"NOTIF", "ADDR", "ENTRY"}
COMPANIONS = {"INTEL-NEXT", "ENTRY-NEXT", "ARMSW-NEXT"}


# Active and reactive ----------------------------------------------------------------------------------------------


def test_active_nominal_has_active_and_common_work() -> None:
    assert codes(due_of(EVERY_CHECK, **SEEN_LONG_AGO)) == ACTIVE_WORK | COMMON_WORK | COMPANIONS


def test_eligible_reactive_nominal_has_a_review_and_common_work_only() -> None:
    due = due_of({**EVERY_CHECK, **REACTIVE}, **SEEN_LONG_AGO)
    assert codes(due) == {"REACT"} | COMMON_WORK
    assert flags(due) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"risk_level": "medium"},
        {"reactive_approved_by": None},
        {"risk_level_set_on": date(2023, 12, 1)},  # three years on 1 December 2026: not yet on 30 November
    ],
)
def test_reactive_nominal_not_eligible_is_planned_as_if_active(facts: dict) -> None:
    due = due_of({**EVERY_CHECK, **REACTIVE, **facts}, **SEEN_LONG_AGO)
    assert codes(due) == ACTIVE_WORK | COMMON_WORK | COMPANIONS
    assert flags(due) == ["reactive-not-eligible", "two-failed-attempts"]


def test_three_years_at_low_risk_are_reached_on_the_day() -> None:
    due = due_of({**REACTIVE, "risk_level_set_on": date(2023, 11, 30)})
    assert (flags(due), codes(due)) == ([], {"REACT"})


def test_three_years_from_a_leap_day_end_on_28_february() -> None:
    nominal = {**REACTIVE, "risk_level_set_on": date(2024, 2, 29)}
    assert flags(due_of(nominal, week=date(2027, 2, 22))) == ["reactive-not-eligible"]
    assert flags(due_of(nominal, week=date(2027, 3, 1))) == []


def test_unsigned_lowering_to_low_makes_no_reactive_case_eligible() -> None:
    lowered = change(date=date(2020, 1, 1), value_from="medium", value_to="low", signed_off_by=None)
    assert flags(due_of(REACTIVE, changes=(lowered,))) == ["lowered-without-sign-off", "reactive-not-eligible"]


# Paused and ended -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "found", "flag", "note"),
    [
        (None, {"STATUS"}, ["paused-without-end"], "No end is known"),
        (date(2026, 11, 28), {"STATUS"}, ["pause-ended"], "The expected end has passed"),
        (date(2026, 12, 6), set(), [], "Paused until the expected end"),
        (date(2028, 1, 1), set(), [], "Paused until the expected end"),
    ],
)
def test_paused_nominal_has_only_the_status_check_and_is_listed(
    until: date | None, found: set, flag: list, note: str
) -> None:
    nominal = {**EVERY_CHECK, "community_status": "custody", "status_until": until, "status_since": date(2026, 11, 2)}
    due = due_of(nominal, **SEEN_LONG_AGO)
    assert (codes(due), flags(due)) == (found, flag)
    (pause,) = due.paused
    assert (pause.status, pause.since, pause.until) == (CommunityStatus.CUSTODY, date(2026, 11, 2), until)
    assert pause.note.startswith(note)


def test_pause_that_ends_the_day_before_the_week_is_expected_back_and_checked() -> None:
    due = due_of({"community_status": "custody", "status_until": date(2026, 11, 29)})
    assert codes(due) >= {"HVI", "STATUS"}
    assert (due.paused, flags(due)) == ((), ["pause-ended"])


def test_pause_that_ends_on_the_first_day_planned_has_not_ended_yet() -> None:
    nominal = {"community_status": "custody", "status_until": date(2026, 11, 30)}
    week = due_of(nominal)
    assert (week.paused, flags(week), "STATUS" in codes(week)) == ((), [], False)
    # Of that day alone the return, on the day after, is no part.
    day = due_of(nominal, week=Horizon(date(2026, 11, 30), date(2026, 11, 30)))
    assert (day.tasks, flags(day), day.paused[0].note) == ((), [], "Paused until the expected end.")


def test_paused_reactive_nominal_has_no_reactive_review() -> None:
    due = due_of({**REACTIVE, "community_status": "abroad", "status_until": date(2027, 6, 1)})
    assert (due.tasks, len(due.paused)) == ((), 1)


@pytest.mark.parametrize(("end", "has_ended"), [(date(2026, 11, 29), True), (date(2026, 11, 30), False), (None, False)])
def test_register_that_ended_leaves_a_note_and_nothing_else(end: date | None, has_ended: bool) -> None:
    due = due_of({"register_end": end, "lead_officer": None}, **SEEN_LONG_AGO)
    if not has_ended:
        assert (due.paused, flags(due)) == ((), ["no-lead-officer", "two-failed-attempts"])
        return
    assert (due.tasks, due.flags) == ((), ())
    (pause,) = due.paused
    assert (pause.status, pause.since, pause.note) == (None, end, "The register has ended.")


def test_ended_counts_before_paused() -> None:
    due = due_of({"register_end": date(2026, 1, 1), "community_status": "custody"})
    assert (due.tasks, due.flags, due.paused[0].status) == ((), (), None)


# Flags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lead", "expected"),
    [("P1", []), ("S9", ["lead-not-in-team"]), ("P9", ["lead-not-in-team"]), (None, ["no-lead-officer"])],
)
def test_lead_must_be_known_and_of_the_team(lead: str | None, expected: list) -> None:
    officers = (officer(), officer(officer_id="S9", team="south"))
    assert flags(due_of({"lead_officer": lead}, officers=officers)) == expected


def test_flags_hold_while_paused_but_for_failed_attempts() -> None:
    due = due_of({"lead_officer": None, "community_status": "missing"}, **SEEN_LONG_AGO)
    assert flags(due) == ["no-lead-officer", "paused-without-end"]


@pytest.mark.parametrize(
    ("nominal", "sentence"),
    [
        ({"lead_officer": None}, "No lead officer is named."),
        ({"lead_officer": "P9"}, "The lead officer is not known or is in another team."),
        ({"community_status": "missing"}, "Away from the community, and no end is known."),
        (
            {"community_status": "abroad", "status_until": date(2026, 10, 1)},
            "Expected to be away until 2026-10-01; still recorded as away.",
        ),
        (
            {**REACTIVE, "reactive_approved_by": None},
            "Reactive without 3 years at low risk and an approver: planned as if active.",
        ),
    ],
)
def test_sentence_of_each_flag(nominal: dict, sentence: str) -> None:
    assert [flag.sentence for flag in due_of(nominal).flags] == [sentence]


def test_flags_say_what_in_a_sentence_without_a_person() -> None:
    due = due_of({"lead_officer": "P9", "community_status": "missing"})
    for flag in due.flags:
        assert flag.sentence.endswith(".")
        assert "P9" not in flag.sentence
        assert (flag.offender_ref, flag.team) == ("RSO-000001", "north")


def test_paused_and_flagged_nominals_are_listed_by_reference() -> None:
    nominals = tuple(
        offender(offender_ref=f"RSO-{n}", community_status="custody", risk_level=RiskLevel.HIGH) for n in (3, 1, 2)
    )
    due = due_list(register(offenders=nominals), policy(), week_of(date(2026, 11, 30)))
    assert [p.offender_ref for p in due.paused] == ["RSO-1", "RSO-2", "RSO-3"]
    assert [f.offender_ref for f in due.flags] == ["RSO-1", "RSO-2", "RSO-3"]
    assert {p.risk_level for p in due.paused} == {RiskLevel.HIGH}


def test_only_what_is_dated_before_the_week_counts_for_checks() -> None:
    nominal = {"community_status": "missing", "status_since": date(2026, 11, 1)}
    for day, start in ((date(2026, 11, 29), date(2026, 11, 29)), (date(2026, 11, 30), date(2026, 11, 1))):
        due = due_of(nominal, assessments=(assessment(kind=AssessmentKind.STATUS_CHECK, date=day),))
        assert due.tasks[0].clock_start == start
