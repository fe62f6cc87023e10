"""The due list as rows of text."""

from __future__ import annotations

from datetime import date

from builders import deferral, visit
from due.one_nominal import REF, due_of

from offender_mgmt.due.write import (
    DUE_COLUMNS,
    FLAG_COLUMNS,
    PAUSED_COLUMNS,
    due_rows,
    flag_rows,
    paused_rows,
)

SEEN = (visit(date=date(2026, 6, 3)),)


def rows_by_id(due) -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(DUE_COLUMNS, row, strict=True)) for row in due_rows(due)}


def test_row_of_a_visit() -> None:
    due = due_of({"constable_required": True}, visits=SEEN, deferrals=(deferral(until=date(2026, 12, 2)),))
    assert rows_by_id(due)[f"HV-{REF}"] == {
        "task_id": f"HV-{REF}",
        "task_type": "home_visit",
        "offender_ref": REF,
        "team": "north",
        "risk_level": "medium",
        "rule": "visit-interval",
        "timing": "due",
        "due_date": "2026-12-03",
        "days_overdue": "0",
        "release_date": "2026-12-03",  # the day after the deferral
        "band": "due this week",
        "minutes": "60",
        "crew_size": "2",
        "needs": "each: MOSOVO; constable",
        "goes_with": "",
        "deferred_until": "2026-12-02",
        "why": "Medium risk: seen every 6 months; last successful visit 2026-06-03.",
    }


def test_needs_in_words_of_interview_write_up_and_review() -> None:
    rows = rows_by_id(due_of(visits=SEEN))
    assert rows[f"ARMSI-{REF}"]["needs"] == "each: MOSOVO; one: ARMS"
    assert rows[f"ARMSW-{REF}-NEXT"]["needs"] == "one: ARMS"
    assert rows[f"SUP-{REF}"]["needs"] == "by: sergeant"
    assert rows[f"ENTRY-{REF}-NEXT"]["needs"] == ""
    assert rows[f"ENTRY-{REF}-NEXT"]["goes_with"] == f"HV-{REF} ARMSI-{REF}"


def test_cancelled_work_says_so() -> None:
    rows = rows_by_id(due_of(visits=SEEN, deferrals=(deferral(until=None),)))
    assert rows[f"HV-{REF}"]["deferred_until"] == "cancelled"
    assert rows[f"ARMSI-{REF}"]["deferred_until"] == ""


def test_rows_are_in_the_order_of_the_list() -> None:
    due = due_of(visits=SEEN)
    assert [row[0] for row in due_rows(due)] == [task.task_id for task in due.tasks]


def test_rows_of_paused_and_flagged() -> None:
    due = due_of({"community_status": "custody", "status_since": date(2026, 11, 2), "lead_officer": None})
    (paused,) = paused_rows(due)
    assert dict(zip(PAUSED_COLUMNS, paused, strict=True)) == {
        "offender_ref": REF,
        "team": "north",
        "risk_level": "medium",
        "status": "custody",
        "since": "2026-11-02",
        "until": "",
        "note": "No end is known: the status is checked at intervals.",
    }
    assert [dict(zip(FLAG_COLUMNS, row, strict=True))["rule"] for row in flag_rows(due)] == [
        "no-lead-officer",
        "paused-without-end",
    ]


def test_ended_register_is_a_status_of_its_own() -> None:
    (row,) = paused_rows(due_of({"register_end": date(2026, 1, 1)}))
    assert row[3:] == ("ended", "2026-01-01", "", "The register has ended.")


def test_empty_list_has_no_rows() -> None:
    due = due_of({"registered_on": date(2027, 1, 1)})
    assert (due_rows(due), paused_rows(due), flag_rows(due)) == ([], [], [])


def test_one_month_and_one_day_are_said_in_the_singular() -> None:
    rows = rows_by_id(due_of({"risk_level": "very_high"}, visits=SEEN))
    assert rows[f"HV-{REF}"]["why"] == "Very high risk: seen every month; last successful visit 2026-06-03."
    assert rows[f"ENTRY-{REF}"]["why"].endswith("entered within 1 working day.")
