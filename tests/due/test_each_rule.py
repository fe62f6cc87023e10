"""Each clock rule at its boundaries: overdue the day before the week, due on its days, look-ahead after it, not listed.

The cases, worked out by hand, are in ``rule_cases.py``.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import visit
from due.one_nominal import due_of, task_of, the
from due.rule_cases import CASES, OCT_1, RELEASES, Case, done

from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus

SIDES = [
    pytest.param(case, start, due_date, timing, id=f"{case.rule}-{case.code}-{timing}-{due_date}-{start}")
    for case in CASES
    for start, (due_date, timing) in zip(case.starts, case.sides, strict=True)
]


@pytest.mark.parametrize(("case", "start", "due_date", "timing"), SIDES)
def test_rule_at_its_boundaries(case: Case, start: date, due_date: str, timing: str | None) -> None:
    due = due_of(**case.setting(start))
    if timing is None:
        assert task_of(due, case.code) is None
        return
    task = the(due, case.code)
    assert (task.rule, task.due_date.isoformat(), task.timing.value) == (case.rule, due_date, timing)
    assert task.days_overdue == (1 if due_date == "2026-11-29" else 3 if due_date == "2026-11-27" else 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.code}")
def test_rule_says_why_and_since_when(case: Case) -> None:
    task = the(due_of(**case.setting(case.starts[0])), case.code)
    expected = {  # where the clock does not start on the day given
        "notification": date(2026, 11, 15),  # 14 days before 29 November
        "repeat-attempt": OCT_1,  # as the visit it repeats
        "release-expected": date(2026, 11, 30),  # the day after the last day away
    }
    assert task.clock_start == expected.get(case.rule, case.starts[0])
    assert task.why.endswith(".")
    assert "RSO" not in task.why


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.code}")
def test_release_date(case: Case) -> None:
    task = the(due_of(**case.setting(case.starts[0])), case.code)
    assert task.release_date.isoformat() == RELEASES[case.rule, case.code]


def test_records_of_the_first_day_do_not_count() -> None:
    # A success on Sunday 29 November counts; one on Monday 30 November, the first day planned, does not.
    old = visit(visit_id="V-0", date=date(2026, 5, 1))
    for day, start in ((date(2026, 11, 29), None), (date(2026, 11, 30), date(2026, 5, 1))):
        task = task_of(due_of(visits=(old, visit(date=day))), "HV")
        assert (task.clock_start if task else None) == start


def test_nothing_is_due_for_a_nominal_just_seen_and_reviewed() -> None:
    # Seen, assessed, reviewed and entered on 28 November: the next work is due in May 2027.
    day = date(2026, 11, 28)
    kinds = (AssessmentKind.ARMS, AssessmentKind.SUPERVISORY_REVIEW, AssessmentKind.RECORD_ENTRY)
    due = due_of(visits=(visit(date=day),), assessments=tuple(done(kind, day) for kind in kinds))
    assert (due.tasks, due.flags, due.paused) == ((), (), ())


def test_nobody_registered_gives_an_empty_list() -> None:
    due = due_of({"registered_on": date(2026, 11, 30)})
    assert (due.tasks, due.flags, due.paused) == ((), (), ())


def test_status_words_cover_all_that_is_away() -> None:
    away = [status for status in CommunityStatus if status is not CommunityStatus.COMMUNITY]
    for status in away:
        due = due_of({"community_status": status, "status_since": date(2026, 11, 1)})
        assert [task.rule for task in due.tasks] == ["status-check"]
        assert due.paused[0].status is status


def test_due_date_is_never_before_the_clock_starts() -> None:
    for case in CASES:
        task = the(due_of(**case.setting(case.starts[0])), case.code)
        assert task.clock_start <= task.due_date
        assert task.release_date >= task.clock_start
        assert task.release_date - task.clock_start < timedelta(days=400)
