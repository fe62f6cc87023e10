"""What has happened since the extract: each word read, applied in memory, and refused where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest

from offender_mgmt.errors import UsageError
from offender_mgmt.register import Register
from offender_mgmt.register.disruptions import Told, named, outcomes, touched, with_disruptions
from offender_mgmt.register.told_texts import Word, nominal_of_task
from offender_mgmt.vocabulary import CommunityStatus, EventKind, TourCode, VisitOutcome, VisitType

REGISTER = b.register()
TUESDAY, WEDNESDAY = date(2026, 12, 1), date(2026, 12, 2)


def told(*texts: str, register: Register = REGISTER) -> Register:
    return with_disruptions(register, texts)


def refused(*texts: str, register: Register = REGISTER) -> list[str]:
    with pytest.raises(UsageError) as caught:
        with_disruptions(register, texts)
    return str(caught.value).splitlines()


def test_nothing_told_changes_nothing() -> None:
    assert told() == REGISTER


def test_sick_leave_takes_only_the_tours_of_its_days() -> None:
    tours = (b.tour(), b.tour(date=TUESDAY), b.tour(date=WEDNESDAY), b.tour(officer_id="P2"))
    register = told(f"sick P1:{b.MONDAY}..{TUESDAY}", register=replace(REGISTER, tours=tours))
    assert [tour.code for tour in register.tours] == [TourCode.SICK, TourCode.SICK, TourCode.DUTY, TourCode.DUTY]
    assert [tour.start for tour in register.tours] == [None, None, time(8), time(8)]


def test_court_is_a_fixed_event_of_the_officer_alone() -> None:
    (event,) = told("court P1:2026-12-01/09:30-12:00").events
    assert (event.kind, event.date, event.start, event.end) == (EventKind.COURT, TUESDAY, time(9, 30), time(12))
    assert event.officers == ("P1",)


def test_court_right_after_another_event_is_taken_and_inside_it_is_refused() -> None:
    texts = ("court P1:2026-12-01/09:00-12:00", "court P1:2026-12-01/12:00-13:00")
    assert [event.event_id for event in told(*texts).events] == ["TOLD-1", "TOLD-2"]
    assert refused(texts[0], "court P1:2026-12-01/11:59-13:00") == [
        "--court: the officer has a fixed event at that time already."
    ]
    assert len(told(texts[0], "court P2:2026-12-01/11:59-13:00").events) == 2


@pytest.mark.parametrize("text", ["no-car P1", "no-car P1:2026-12-01..2026-12-02"])
def test_without_a_car_an_officer_does_not_drive(text: str) -> None:
    register = told(text)
    assert {officer.officer_id: officer.driver for officer in register.officers} == {"P1": False, "P2": True}


def test_without_a_car_twice_is_refused() -> None:
    assert refused("no-car P1", "no-car P1") == ["--no-car: the officer does not drive anyway."]


def test_an_urgent_visit_is_asked_for_and_another_team_does_not_see_it() -> None:
    register = told("add RSO-000001:2026-12-03")
    assert register.asked_for == (("RSO-000001", date(2026, 12, 3)),)
    assert register.of_team("north").asked_for == register.asked_for
    assert register.of_team("south").asked_for == ()


def test_an_urgent_visit_must_be_possible() -> None:
    away = b.offender(community_status=CommunityStatus.CUSTODY, status_since=date(2026, 1, 1))
    register = replace(REGISTER, offenders=(away,))
    assert refused("add RSO-000001:2026-12-03", register=register)[0].startswith(
        "--add: the nominal is not in the community by that day."
    )
    both = told("released RSO-000001:2026-12-03", "add RSO-000001:2026-12-03", register=register)
    assert both.asked_for == (("RSO-000001", date(2026, 12, 3)),)
    assert refused("released RSO-000001:2026-12-04", "add RSO-000001:2026-12-03", register=register)
    assert refused("add RSO-000001:2026-11-27") == ["--add: the day is not after the extract of 2026-11-27."]
    ends = replace(REGISTER, offenders=(b.offender(register_end=date(2026, 12, 2)),))
    assert refused("add RSO-000001:2026-12-03", register=ends) == [
        "--add: the nominal's register ends before that day."
    ]


@pytest.mark.parametrize(
    ("task", "kind"),
    [("HV", VisitType.HOME_VISIT), ("HVI", VisitType.INITIAL_VISIT), ("ARMSI", VisitType.ARMS_INTERVIEW)],
)
def test_a_visit_that_failed_is_an_attempt(task: str, kind: VisitType) -> None:
    (attempt,) = told(f"outcome {task}-RSO-000001:no_reply:2026-12-01").tried
    assert (attempt.offender_ref, attempt.date, attempt.type) == ("RSO-000001", TUESDAY, kind)
    assert attempt.outcome is VisitOutcome.NO_REPLY


@pytest.mark.parametrize("result", ["done", "not_done"])
def test_of_other_results_the_register_learns_nothing(result: str) -> None:
    assert told(f"outcome SUP-RSO-000001:{result}:2026-12-01") == REGISTER


def test_every_fault_is_told_at_once_and_names_nobody() -> None:
    found = refused(
        "sick P9:2026-12-01",
        "sick P1:2026-12-31",
        "sick P1:2026-12-03..2026-12-01",
        "court P1:2026-12-01/12:00-09:00",
        "court P1:2026-12-01",
        "no-car P9",
        "released RSO-000001:2026-12-01",
        "risk RSO-000001:purple",
        "risk RSO-000001:medium",
        "add RSO-000009:2026-12-01",
        "outcome HV-RSO-000001:asleep:2026-12-01",
        "outcome HV-RSO-000001:no_reply",
        "outcome SUP-RSO-000001:no_reply:2026-12-01",
        "fire P1",
    )
    assert [line.partition(": ")[0] for line in found[:-1]] == [
        "--sick", "--sick", "--sick", "--court", "--court", "--no-car", "--released", "--risk", "--risk", "--add",
        "--outcome", "--outcome", "--outcome",
    ]  # fmt: skip
    assert found[-1].startswith("A change of the register has an unknown word.")
    assert not any("RSO-" in line or "P9" in line for line in found)


def test_who_is_touched() -> None:
    texts = ("outcome ENTRY-RSO-000001-NEXT:not_done:2026-12-01", "no-car P9")
    assert touched(REGISTER, texts) == {"north"}
    assert touched(REGISTER, ("no-car P9",)) == frozenset()
    assert named((*texts, "no-car P1:2026-12-01"), Word.NO_CAR) == ("P9", "P1")


def test_outcomes_are_read_with_and_without_their_day() -> None:
    texts = ("outcome HV-RSO-000001:done", "sick P1:2026-12-01", "outcome HV-RSO-000002:refused:2026-12-01")
    found = outcomes(texts)
    assert found == (Told("HV-RSO-000001", "done"), Told("HV-RSO-000002", "refused", TUESDAY))
    assert [one.text for one in found] == [texts[0], texts[2]]


@pytest.mark.parametrize(
    ("name", "ref"),
    [("HV-RSO-000001", "RSO-000001"), ("ENTRY-RSO-1-NEXT", "RSO-1"), ("RSO-000001", "RSO-000001"), ("P1", "P1")],
)
def test_the_nominal_of_a_task(name: str, ref: str) -> None:
    assert nominal_of_task(name) == ref
