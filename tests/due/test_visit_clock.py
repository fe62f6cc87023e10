"""Home, initial and repeat visits: which one, from when, and what a failed attempt does."""

from __future__ import annotations

from datetime import date, time

import pytest
from builders import assessment, change, policy, visit
from due.one_nominal import codes, due_of, task_of, the

from offender_mgmt.calendars import Horizon
from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import ChangeField, VisitOutcome, VisitType

NO_REPLY, REFUSED = VisitOutcome.NO_REPLY, VisitOutcome.REFUSED
VISIT_CODES = {"HV", "HVI", "HVR"}


def seen(day: date, **changes):
    return visit(visit_id=f"S-{day}", date=day, **changes)


def failed(day: date, outcome: VisitOutcome = NO_REPLY, number: int = 1):
    return visit(visit_id=f"F-{day}-{number}", date=day, outcome=outcome)


def back(day: date):
    return change(date=day, field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="community")


def with_visits(**changes) -> Policy:
    values = policy().model_dump()
    values["visits"].update(changes)
    return Policy.model_validate(values)


def only_visit(due):
    found = codes(due) & VISIT_CODES
    assert len(found) == 1, found
    return the(due, found.pop())


# Which visit is due ----------------------------------------------------------------------------------------------


def test_success_on_the_day_of_registration_starts_the_interval() -> None:
    registered = date(2026, 6, 1)
    on_the_day = due_of({"registered_on": registered}, visits=(seen(registered),))
    assert (only_visit(on_the_day).rule, only_visit(on_the_day).due_date) == ("visit-interval", date(2026, 12, 1))
    # Seen the day before, by the force that transferred the nominal: not seen since registration; 1 + 15 = 16 June.
    before = due_of({"registered_on": registered}, visits=(seen(date(2026, 5, 31)),))
    assert (only_visit(before).rule, only_visit(before).due_date) == ("initial-visit", date(2026, 6, 16))


def test_success_on_the_day_of_release_starts_the_interval() -> None:
    release = date(2026, 6, 1)
    on_the_day = due_of(changes=(back(release),), visits=(seen(release),))
    assert only_visit(on_the_day).rule == "visit-interval"
    before = due_of(changes=(back(release),), visits=(seen(date(2026, 5, 31)),))
    assert (only_visit(before).rule, only_visit(before).due_date) == ("released", date(2026, 6, 16))


def test_last_of_several_releases_counts() -> None:
    # 15 days after 20 November: 5 December.
    due = due_of(changes=(back(date(2025, 1, 1)), back(date(2026, 11, 20))), visits=(seen(date(2025, 2, 1)),))
    assert (only_visit(due).rule, only_visit(due).due_date) == ("released", date(2026, 12, 5))


def test_release_before_a_later_registration_is_none() -> None:
    # Registered again (transfer in) on 20 November: the release of 2025 is history.
    due = due_of({"registered_on": date(2026, 11, 20)}, changes=(back(date(2025, 1, 1)),))
    assert (only_visit(due).rule, only_visit(due).due_date) == ("initial-visit", date(2026, 12, 5))
    same_day = due_of({"registered_on": date(2026, 11, 20)}, changes=(back(date(2026, 11, 20)),))
    assert only_visit(same_day).rule == "released"


def test_release_on_the_first_day_of_the_week_does_not_count_yet() -> None:
    due = due_of(changes=(back(date(2026, 11, 30)),), visits=(seen(date(2026, 6, 1)),))
    assert only_visit(due).rule == "visit-interval"


def test_status_that_did_not_end_in_the_community_is_no_restart() -> None:
    moved = change(
        date=date(2026, 11, 20), field=ChangeField.COMMUNITY_STATUS, value_from="custody", value_to="hospital"
    )
    assert only_visit(due_of(changes=(moved,), visits=(seen(date(2026, 6, 1)),))).rule == "visit-interval"


def test_only_types_that_reset_the_clock_count_as_seen() -> None:
    # A search on 1 November does not reset this policy's clock: 6 months from the home visit of 1 June.
    rules = with_visits(resets_clock=["home_visit"])
    visits = (seen(date(2026, 6, 1)), seen(date(2026, 11, 1), type=VisitType.SEARCH))
    assert only_visit(due_of(visits=visits, rules=rules)).due_date == date(2026, 12, 1)
    assert task_of(due_of(visits=visits), "HV") is None  # by the example policy it does: due 1 May 2027


# Expected back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "rule"),
    [
        (date(2026, 11, 28), None),  # back on the 29th, before the week: still recorded as away, paused
        (date(2026, 11, 29), "release-expected"),  # back on Monday 30 November
        (date(2026, 12, 5), "release-expected"),  # back on Sunday 6 December
        (date(2026, 12, 6), None),  # back on the Monday after
    ],
)
def test_expected_back_only_inside_the_week(until: date, rule: str | None) -> None:
    due = due_of({"community_status": "custody", "status_until": until}, visits=(seen(date(2026, 1, 1)),))
    task = task_of(due, "HVI")
    assert (task.rule if task else None) == rule
    assert bool(due.paused) == (rule is None)


def test_expected_back_forgets_attempts_before_and_moves_old_work_behind_the_release() -> None:
    # Back on 2 December. Medium: initial visit 15 days later, 17 December; ARMS never done, first seen 1 January,
    # so due 1 April, before the release: 14 days after it, 16 December; supervisory review 7 days after, 9 December.
    due = due_of(
        {"community_status": "hospital", "status_until": date(2026, 12, 1)},
        visits=(seen(date(2026, 1, 1)), failed(date(2026, 3, 1)), failed(date(2026, 3, 2))),
    )
    found = {code: (the(due, code).rule, str(the(due, code).due_date)) for code in ("HVI", "ARMSI", "SUP")}
    assert found == {
        "HVI": ("release-expected", "2026-12-17"),
        "ARMSI": ("restarted", "2026-12-16"),
        "SUP": ("restarted", "2026-12-09"),
    }
    assert {the(due, code).release_date for code in found} == {date(2026, 12, 2)}
    assert codes(due) & {"NRDEC", "HVR", "HV"} == set()


def test_expected_back_holds_work_back_that_was_due_later_anyway() -> None:
    # Back on 2 December; ARMS of 10 December 2025 is due on 10 December 2026, released 12 November without the pause.
    due = due_of(
        {"community_status": "custody", "status_until": date(2026, 12, 1)},
        assessments=(assessment(date=date(2025, 12, 10)),),
    )
    task = the(due, "ARMSI")
    assert (task.rule, task.due_date, task.release_date) == ("arms-review", date(2026, 12, 10), date(2026, 12, 2))


# Intervals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_seen", "level", "due_date"),
    [
        (date(2026, 10, 31), "very_high", date(2026, 11, 30)),  # no 31 November: its last day
        (date(2026, 8, 31), "high", date(2026, 11, 30)),
        (date(2026, 8, 30), "high", date(2026, 11, 30)),
        (date(2026, 5, 31), "medium", date(2026, 11, 30)),
    ],
)
def test_months_are_clamped_to_the_end_of_the_month(last_seen: date, level: str, due_date: date) -> None:
    assert the(due_of({"risk_level": level}, visits=(seen(last_seen),)), "HV").due_date == due_date


def test_a_year_from_a_leap_day_is_28_february() -> None:
    due = due_of({"risk_level": "low"}, week=date(2025, 2, 24), visits=(seen(date(2024, 2, 29)),))
    assert the(due, "HV").due_date == date(2025, 2, 28)
    leap = due_of({"risk_level": "medium"}, week=date(2024, 2, 26), visits=(seen(date(2023, 8, 31)),))
    assert the(leap, "HV").due_date == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("until", "rule"),
    [
        (None, "plan-interval"),
        (date(2026, 12, 31), "plan-interval"),
        (date(2026, 11, 30), "plan-interval"),  # the first day planned is not before itself
        (date(2026, 11, 29), "visit-interval"),
    ],
)
def test_interval_of_the_plan_holds_to_its_last_day(until: date | None, rule: str) -> None:
    nominal = {"visit_interval_days": 185, "interval_until": until}
    assert the(due_of(nominal, visits=(seen(date(2026, 6, 1)),)), "HV").rule == rule


def test_plan_may_be_shorter_or_longer_than_the_tier() -> None:
    # 1 June + 400 days is far off; + 10 days is 11 June, long overdue.
    assert task_of(due_of({"visit_interval_days": 400}, visits=(seen(date(2026, 6, 1)),)), "HV") is None
    short = the(due_of({"visit_interval_days": 10}, visits=(seen(date(2026, 6, 1)),)), "HV")
    assert (short.due_date, short.days_overdue) == (date(2026, 6, 11), 172)  # 19+31+31+30+31+30 = 172


# Failed attempts --------------------------------------------------------------------------------------------------


def test_repeat_is_due_at_the_earlier_of_visit_and_repeat() -> None:
    # Medium, seen 2 June: due 2 December. Failed on 20 November: + 7 = 27 November, earlier.
    early = the(due_of(visits=(seen(date(2026, 6, 2)), failed(date(2026, 11, 20)))), "HVR")
    assert early.due_date == date(2026, 11, 27)
    # Failed on 28 November: + 7 = 5 December, later than 2 December.
    late = the(due_of(visits=(seen(date(2026, 6, 2)), failed(date(2026, 11, 28)))), "HVR")
    assert (late.due_date, late.release_date) == (date(2026, 12, 2), date(2026, 11, 29))


def test_repeat_of_an_initial_visit_is_an_initial_visit() -> None:
    # Registered 20 November: due 5 December; failed on the 25th: + 7 = 2 December.
    due = due_of({"registered_on": date(2026, 11, 20)}, visits=(failed(date(2026, 11, 25)),))
    task = the(due, "HVI")
    assert (task.rule, task.due_date, task.clock_start) == ("repeat-attempt", date(2026, 12, 2), date(2026, 11, 20))
    assert codes(due) & VISIT_CODES == {"HVI"}


def test_last_failed_attempt_counts() -> None:
    visits = (seen(date(2026, 10, 1)), failed(date(2026, 11, 1)), failed(date(2026, 11, 24)))
    assert the(due_of(visits=visits), "HVR").due_date == date(2026, 12, 1)  # 24 + 7


@pytest.mark.parametrize("outcome", [o for o in VisitOutcome if o is not VisitOutcome.SUCCESSFUL])
def test_every_outcome_but_success_is_a_failed_attempt(outcome: VisitOutcome) -> None:
    visits = (seen(date(2026, 10, 1)), failed(date(2026, 11, 24), outcome))
    assert the(due_of(visits=visits), "HVR").rule == "repeat-attempt"


def test_failure_on_the_day_of_a_success_is_no_failed_attempt() -> None:
    for start in (time(8), time(18)):
        visits = (seen(date(2026, 11, 24)), visit(visit_id="F", date=date(2026, 11, 24), start=start, outcome=NO_REPLY))
        assert codes(due_of(visits=visits)) & VISIT_CODES == set()


def test_failure_before_the_restart_is_forgotten() -> None:
    # Released 20 November: an attempt on the 19th was in vain for another reason, one on the 20th counts.
    for day, rule in ((date(2026, 11, 19), "released"), (date(2026, 11, 20), "repeat-attempt")):
        due = due_of(visits=(seen(date(2026, 6, 1)), failed(day)), changes=(back(date(2026, 11, 20)),))
        assert only_visit(due).rule == rule


def test_no_reply_never_resets_the_clock() -> None:
    # Seen 1 May: due 1 November under medium; the attempt of 29 November leaves that due date.
    task = the(due_of(visits=(seen(date(2026, 5, 1)), failed(date(2026, 11, 29)))), "HVR")
    assert (task.due_date, task.days_overdue, task.clock_start) == (date(2026, 11, 1), 29, date(2026, 5, 1))


# Horizons of other lengths ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "timing"), [(date(2026, 12, 1), "look_ahead"), (date(2026, 12, 2), "due")])
def test_horizon_may_be_any_days(last: date, timing: str) -> None:
    due = due_of(week=Horizon(date(2026, 12, 1), last), visits=(seen(date(2026, 6, 2)),))
    assert the(due, "HV").timing.value == timing
