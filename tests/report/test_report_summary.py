"""What the summary says of bands, fallbacks, empty weeks and long tables; the figures behind it."""

from __future__ import annotations

from dataclasses import replace

import builders
import pytest

from offender_mgmt.calendars import moment, week_of
from offender_mgmt.due import due_list
from offender_mgmt.policy import example_policy
from offender_mgmt.report import figures
from offender_mgmt.report.bands import band_words
from offender_mgmt.report.left_out import deferred_lines, worst_lines
from offender_mgmt.report.summary import Planned, summary_text
from offender_mgmt.report.table import hours, table
from offender_mgmt.roster.roster import Assignment, BandFigures, Roster, Unassigned
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import RiskLevel, TaskKind, Timing, TourCode

WEEK = week_of(builders.MONDAY)


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ((0, 0, 0, 0, 0), "none due."),
        ((1, 1, 20, 20, 20), "the one task is assigned."),
        ((36, 36, 600, 600, None), "all 36 tasks are assigned."),
        ((36, 34, 600, 560, 560), "34 of 36 tasks; no roster does more (560 of 600 risk points)."),
        ((36, 34, 600, 560, 570), "34 of 36 tasks; 560 of 600 risk points, and no roster does more than 570."),
        (
            (36, 34, 600, 560, None),
            "34 of 36 tasks; 560 of 600 risk points. Whether another roster does more is not proven.",
        ),
    ],
)
def test_a_band_is_told_with_its_bound_or_with_its_absence(band, words):
    due, scheduled, value_due, value, bound = band
    figures_of_band = BandFigures(name="x", due=due, scheduled=scheduled, value_due=value_due, value=value, bound=bound)
    assert band_words(figures_of_band) == words


def stop(task_id: str, kind: TaskKind, hour: int, position: int, **changes: object) -> Assignment:
    day = builders.MONDAY
    values = {
        "task_id": task_id,
        "kind": kind,
        "offender_ref": "RSO-000001",
        "start": moment(day, builders.time(hour)),
        "end": moment(day, builders.time(hour)) + 60,
        "crew": ("P1", "P2"),
        "outing": "north-1" if position else "",
        "position": position,
        "travel_minutes": 5 if position else 0,
        **changes,
    }
    return Assignment(**values)


@pytest.fixture
def planned() -> Planned:
    """The initial visit of nominal 1 by P1 and P2, then its entry by P1; the supervisory review is left out."""
    register = builders.register()
    policy = example_policy()
    roster = Roster(
        WEEK,
        (
            stop("HVI-RSO-000001", TaskKind.INITIAL_VISIT, 10, 1),
            stop("ENTRY-RSO-000001-NEXT", TaskKind.RECORD_ENTRY, 12, 0, crew=("P1",)),
        ),
    )
    due = due_list(register, policy.policy, WEEK)
    return Planned(register=register, policy_file=policy, due=due, roster=roster)


def test_minutes_of_each_officer_are_counted_once(planned):
    """60 at the door each, 60 at the desk for P1. Base and nominal are 141 m apart: 5 minutes there, 5 back."""
    travel = Travel(planned.register, planned.policy_file.policy)
    one, two = figures.by_officer(planned.register, planned.roster, travel)
    assert (one.visits, one.door, one.desk, one.events, one.travel, one.total) == (1, 60, 60, 0, 10, 130)
    assert (one.duty, two.duty) == (480, 480)
    assert (two.visits, two.door, two.desk, two.events, two.travel, two.total) == (1, 60, 0, 0, 10, 70)
    assert figures.total_travel(planned.register, planned.roster, travel) == 10


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [
        ({"start": builders.time(22), "end": builders.time(6)}, 480),  # past midnight
        ({"code": TourCode.LEAVE, "start": None, "end": None}, 0),
        ({"code": TourCode.COURT}, 0),
        ({"date": WEEK.last_day}, 480),
        ({"date": builders.date(2026, 12, 7)}, 0),  # the day after the week
    ],
)
def test_only_duty_inside_the_week_counts_as_on_duty(planned, changes, minutes):
    register = replace(planned.register, tours=(builders.tour(**changes),))
    travel = Travel(register, planned.policy_file.policy)
    assert figures.by_officer(register, Roster(WEEK), travel)[0].duty == minutes


def test_a_task_done_in_the_time_of_another_takes_no_minutes(planned):
    """The home visit that the ARMS interview does too."""
    along = stop("HV-RSO-000001", TaskKind.HOME_VISIT, 10, 1, done_with="HVI-RSO-000001")
    roster = replace(planned.roster, assignments=(*planned.roster.assignments, along))
    travel = Travel(planned.register, planned.policy_file.policy)
    assert figures.by_officer(planned.register, roster, travel) == figures.by_officer(
        planned.register, planned.roster, travel
    )


def test_levels_count_due_and_assigned(planned):
    """Medium: initial visit assigned, supervisory review left out; tasks that go with the visit are not counted."""
    levels = {x.level: x.counts for x in figures.by_level(planned.due, planned.roster)}
    medium = levels[RiskLevel.MEDIUM]
    assert (medium.due, medium.assigned, medium.left_out) == (2, 1, 1)
    assert (medium.ahead, medium.ahead_left_out) == (0, 0)
    assert levels[RiskLevel.HIGH].due == 0
    assert figures.due_left_out(planned.due, planned.roster) == 1


def test_what_falls_due_later_is_counted_apart(planned):
    """The same two tasks, but the review falls due after the week: nothing due is left out, one look-ahead is."""
    visit, *others = planned.due.tasks
    later = tuple(replace(t, timing=Timing.LOOK_AHEAD) if t.task_id == "SUP-RSO-000001" else t for t in others)
    due = replace(planned.due, tasks=(visit, *later))
    total = figures.sum_of(figures.by_level(due, planned.roster))
    assert (total.due, total.assigned, total.ahead, total.ahead_assigned) == (1, 1, 1, 0)
    text = summary_text(replace(planned, due=due, roster=left_out_review(planned)))
    assert "All 1 tasks" not in text
    assert "The one task that is due this week or overdue is in the roster. 0 of 1 that" in text
    assert "No task that is due this week or overdue is left out.\n" in text


def left_out_review(planned: Planned, task_ids: tuple[str, ...] = ("SUP-RSO-000001",)) -> Roster:
    """The roster with rows for what it leaves out."""
    rows = (
        Unassigned(
            task_id=task_id,
            kind=TaskKind.SUPERVISORY_REVIEW,
            offender_ref="RSO-000001",
            risk_level=RiskLevel.MEDIUM,
            band=None,
            due_date=None,
            days_overdue=None,
            reason="no_qualified_officer",
            explanation="Nobody may.",
        )
        for task_id in task_ids
    )
    return replace(planned.roster, unassigned=tuple(rows))


def test_the_summary_names_the_worst_cases_and_the_share_of_visits_by_the_lead(planned):
    text = summary_text(replace(planned, roster=left_out_review(planned)))
    told = " 1. SUP-RSO-000001: supervisory review, medium risk, 1,095 days overdue.\n    Nobody may.\n"
    worst = "Worst case: SUP-RSO-000001: supervisory review, medium risk, 1,095 days overdue.\n"
    assert f"{worst}{told}" in text
    assert "     1  no_qualified_officer: No officer of the team may do this desk work.\n" in text
    assert "1 of 2 tasks that are due this week or overdue are in the roster.\n" in text
    assert "Own offender manager present: 1 of 1 visits (100%).\n" in text
    assert "Roster of 2026-W49, north: 30 November 2026 to 6 December 2026\n" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_fallback_stands_at_the_top_and_loud(planned):
    notes = ("north: fallback roster used, the solver ended without an answer.",)
    lines = summary_text(replace(planned, degraded=True, notes=notes)).splitlines()
    assert lines[4:6] == ["", "WARNING: NOT EVERY TEAM HAS A FULL PLAN"]
    assert lines[6] == f"  {notes[0]}"


def test_ten_tasks_left_out_are_told_worst_first_and_the_others_counted(planned):
    """Twelve reviews of points 1 to 12 in one band: 12 is first, 3 is tenth, two are only counted."""
    review = next(t for t in planned.due.tasks if t.task_id == "SUP-RSO-000001")
    tasks = tuple(replace(review, task_id=f"SUP-RSO-{n:06}", points=n) for n in range(1, 13))
    due = replace(planned.due, tasks=tasks)
    lines = worst_lines(due, left_out_review(planned, tuple(t.task_id for t in tasks)))
    told = [line.split()[1] for line in lines if "supervisory review" in line and not line.startswith("Worst")]
    assert told == [f"SUP-RSO-{n:06}:" for n in range(12, 2, -1)]
    assert lines[-1] == "And 2 more: see unassigned.csv."


def test_teams_are_counted_apart_when_there_are_several(planned):
    """The review of another team: north has its one task assigned, south has one left out."""
    tasks = tuple(replace(t, team="south") if t.task_id == "SUP-RSO-000001" else t for t in planned.due.tasks)
    text = summary_text(replace(planned, due=replace(planned.due, tasks=tasks)))
    assert "\nnorth    1         1         0          0         0         0\n" in text
    assert "\nsouth    1         0         1          0         0         0\n" in text
    assert "\nteam " not in summary_text(planned)


def test_the_worst_case_is_the_longest_overdue_and_said_to_be_none_when_nothing_is(planned):
    review = next(t for t in planned.due.tasks if t.task_id == "SUP-RSO-000001")
    urgent = replace(review, task_id="SUP-RSO-000002", days_overdue=3, points=9_999)
    not_late = replace(review, days_overdue=0, timing=Timing.DUE)
    left = left_out_review(planned, ("SUP-RSO-000001", "SUP-RSO-000002"))
    lines = worst_lines(replace(planned.due, tasks=(urgent, review)), left)
    assert lines[3] == "Worst case: SUP-RSO-000001: supervisory review, medium risk, 1,095 days overdue."
    assert "Worst case: none of them is overdue." in worst_lines(replace(planned.due, tasks=(not_late,)), left)


def test_what_is_put_off_over_the_week_is_named(planned):
    due = planned.due
    assert deferred_lines(due) == ["Put off by a supervisor over the whole week: 0 tasks."]
    off = builders.deferral(until=None)
    tasks = tuple(replace(t, deferral=off) if t.task_id == "SUP-RSO-000001" else t for t in due.tasks)
    assert deferred_lines(replace(due, tasks=tasks)) == [
        "Put off by a supervisor over the whole week: 1 task.",
        "  SUP-RSO-000001: supervisory review, medium risk, 1,095 days overdue.",
    ]


def test_an_officer_without_duty_is_named_below_the_table(planned):
    register = replace(planned.register, tours=(builders.tour(officer_id="P1"),))
    text = summary_text(replace(planned, register=register, roster=Roster(WEEK)))
    assert "P1            0         -       -     -       -    -     8:00\nNot on duty this week: P2.\n" in text


def test_minutes_are_told_in_hours():
    assert [hours(minutes) for minutes in (0, 5, 425, 6_000)] == ["-", "0:05", "7:05", "100:00"]


def test_an_empty_week_does_not_claim_a_full_share(planned):
    """No task due is not 100 per cent done."""
    empty = replace(planned.register, offenders=())
    due = due_list(empty, planned.policy_file.policy, WEEK)
    text = summary_text(replace(planned, register=empty, due=due, roster=Roster(WEEK)))
    assert "Nothing is due: no task, and so no share of tasks done." in text
    assert "%" not in text


def test_a_table_keeps_to_eighty_columns_and_aligns_numbers():
    lines = table(("a", "n"), [("x", "1"), ("long", "20")], right=(1,))
    assert lines == ["a      n", "x      1", "long  20"]
    (_, cut) = table(("a", "b"), [("x", "y" * 100)])
    assert len(cut) == 80
    assert cut.endswith("...")
