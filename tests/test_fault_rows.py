"""Rows of the list of faults that concern no single file: what the clocks and the planner must do with them.

B5, B16, B17, B18, B24: register contents. D9 to D12: clocks, zones and weeks.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import builders as b
import pytest

from offender_mgmt.calendars import Horizon, week_of
from offender_mgmt.checks import check_roster
from offender_mgmt.due import due_list
from offender_mgmt.errors import UsageError
from offender_mgmt.planning import PlanResult, plan
from offender_mgmt.register import Register
from offender_mgmt.solver.settings import Settings
from offender_mgmt.vocabulary import TaskKind, Timing, TourCode

WEEK = week_of(b.MONDAY)
PACKAGE = Path(__file__).parents[1] / "offender_mgmt"


def planned(register: Register, week: Horizon = WEEK) -> PlanResult:
    """The plan of a small register."""
    return plan(register, b.policy(), week, Settings(effort=1), workers=1)


def reasons(result: PlanResult) -> dict[str, str]:
    """Reason by task left out."""
    return {row.task_id: row.reason for row in result.roster.unassigned}


def test_b05_a_nominal_never_seen_is_due_an_initial_visit_at_once() -> None:
    """Registered 1 June 2023, no visit on record: the initial visit was due 15 days later and is not skipped."""
    due = due_list(b.register(), b.policy(), WEEK)
    task = due.task("HVI-RSO-000001")
    assert task is not None
    assert (task.due_date, task.timing) == (date(2023, 6, 16), Timing.OVERDUE)
    assert "HVI-RSO-000001" in {row.task_id for row in planned(b.register()).roster.assignments}


def test_b16_every_officer_absent_leaves_everything_out_with_reasons_and_says_so() -> None:
    """Both on leave all week: no error, no empty success; degraded, which the command ends with exit code 3."""
    leave = [b.tour(officer_id=o, start=None, end=None, code=TourCode.LEAVE) for o in ("P1", "P2")]
    result = planned(b.register(tours=tuple(leave)))
    assert not result.roster.assignments
    assert reasons(result)["HVI-RSO-000001"] == "no_crew_when_seen"
    assert {row.task_id for row in result.roster.unassigned} == {task.task_id for task in result.due.tasks}
    assert result.degraded
    assert result.notes == ("north: nobody is on duty; all its work is left out.",)
    assert result.violations == ()


def test_b17_a_conflict_with_every_officer_is_named_as_the_reason() -> None:
    result = planned(b.register(offenders=(b.offender(excluded_officers=("P1", "P2")),)))
    assert reasons(result)["HVI-RSO-000001"] == "no_qualified_crew"
    assert not result.degraded


def test_b18_two_crew_with_one_officer_is_left_out_never_single_crewed() -> None:
    officers = (b.officer(),)
    result = planned(b.register(officers=officers, offenders=(b.offender(markers=("violent",)),), tours=(b.tour(),)))
    assert reasons(result)["HVI-RSO-000001"] == "no_qualified_crew"
    assert all(row.kind is not TaskKind.INITIAL_VISIT for row in result.roster.assignments)


@pytest.mark.parametrize("arms", [(), (b.assessment(date=date(2024, 1, 5)),)], ids=["missing", "old"])
def test_b24_arms_missing_or_old_is_raised_and_never_blocks_the_visit(arms: tuple[object, ...]) -> None:
    """First seen 1 June 2026: initial ARMS due 1 September; an ARMS of 5 January 2024 was due again a year later."""
    register = b.register(visits=(b.visit(date=date(2026, 5, 1)),), assessments=arms)
    due = due_list(register, b.policy(), WEEK)
    interview, visit = due.task("ARMSI-RSO-000001"), due.task("HV-RSO-000001")
    assert interview is not None
    assert interview.due_date == (date(2025, 1, 5) if arms else date(2026, 8, 1))
    assert visit is not None
    assert visit.goes_with == ()


def test_d09_nothing_reads_the_computers_clock() -> None:
    """Every date comes from the register or the command; only a run's length is measured, with a monotonic clock."""
    forbidden = {
        ("datetime", "now"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
        ("datetime", "utcnow"),
    }
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in forbidden
    ]
    assert found == []


def test_d10_local_time_works_without_the_systems_zone_data() -> None:
    """With an empty search path only the tzdata package is left: 09:00 on 1 July 2026 in London is 08:00 UTC."""
    code = (
        "import zoneinfo; assert zoneinfo.TZPATH == ();"
        "from datetime import date, time; from offender_mgmt.calendars import moment;"
        "print(moment(date(2026, 7, 1), time(9)) % 1440)"
    )
    environment = {**os.environ, "PYTHONTZPATH": "", "PYTHONPATH": str(PACKAGE.parent)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.returncode) == (str(8 * 60), 0)


@pytest.mark.parametrize(("days", "timing"), [(1, Timing.OVERDUE), (0, Timing.DUE), (-6, Timing.DUE)])
def test_d11_overdue_is_the_day_after_the_due_date_and_not_before(days: int, timing: Timing) -> None:
    """Seen 1 June 2026, medium risk: due 1 December. A week that starts the day after finds it overdue."""
    register = b.register(visits=(b.visit(date=date(2026, 6, 1)),))
    first = date(2026, 12, 1) + timedelta(days=days)
    task = due_list(register, b.policy(), Horizon(first, first + timedelta(days=6))).task("HV-RSO-000001")
    assert task is not None
    assert (task.due_date, task.timing, task.days_overdue) == (date(2026, 12, 1), timing, max(0, days))


@pytest.mark.parametrize(
    ("monday", "says"),
    [
        (date(2026, 11, 16), "ends before the extract"),
        (date(2027, 12, 6), "more than a year after the extract"),
    ],
)
def test_d12_a_week_that_is_over_or_too_far_ahead_is_refused(monday: date, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        planned(b.register(), week_of(monday))


def test_d12_the_week_of_the_extract_and_the_last_week_allowed_are_planned() -> None:
    """The extract of Friday 27 November 2026 lies in the week of 23 November; a year on, 22 November 2027 is open."""
    for monday in (date(2026, 11, 23), date(2027, 11, 22)):
        result = planned(b.register(), week_of(monday))
        assert check_roster(b.register(), b.policy(), result.due, result.roster, result.bands) == ()


def test_d12_an_empty_window_is_refused() -> None:
    with pytest.raises(UsageError, match="before its first day"):
        Horizon(b.MONDAY, b.MONDAY - timedelta(days=1))
