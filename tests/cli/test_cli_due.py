"""`due`: a table for people, a sentence for each task, CSV; weeks and teams."""

from __future__ import annotations

import csv
import io

import pytest

TOTALS = (
    "2026-W49: 3 tasks (3 overdue), 0 fixed events.\n"
    "Paused nominals: 1 (1 custody).\n"
    "Flags: 1 (1 paused-without-end).\n"
)


def test_the_table_lists_tasks_in_order_of_band_and_points(cli, folder):
    """The week after 27 November 2026 begins on 30 November. Registered on 1 June 2023, never seen: first visit
    within 15 days, 16 June 2023, 1,263 days before 30 November 2026. In custody since 1 January 2026, checked
    every 28 days: 29 January, 305 days. Supervisor, every 6 months: 1 December 2023, 1,095 days."""
    ended = cli("due", folder)
    assert ended.code == 0
    assert ended.out == (
        "task               risk level  due         overdue  crew  rule\n"
        "STATUS-RSO-000002  very high   2026-01-29    305 d     1  status-check\n"
        "HVI-RSO-000001     medium      2023-06-16   1263 d     2  initial-visit\n"
        "SUP-RSO-000001     medium      2023-12-01   1095 d     1  supervisory-interval\n" + TOTALS
    )


def test_why_gives_each_task_its_sentence(cli, folder):
    said = cli("due", folder, "--why").out
    assert said.startswith("STATUS-RSO-000002: status check, very high risk, due 2026-01-29, 305 days overdue")
    assert "\n  Registered on 2023-06-01, not seen since: first visit within 15 days.\n" in said
    assert said.endswith(TOTALS)


def test_flags_lists_paused_nominals_and_flags(cli, folder):
    said = cli("due", folder, "--flags").out
    lines = said.removesuffix(TOTALS).splitlines()
    assert [line.split(".")[0] for line in lines] == ["RSO-000002: paused, custody", "RSO-000002: paused-without-end"]


def test_csv_to_standard_output_is_data_and_nothing_else(folder, program):
    done = program("due", folder, "--csv", "-")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))
    assert [row["task_id"] for row in rows] == [
        "STATUS-RSO-000002",
        "HVI-RSO-000001",
        "ENTRY-RSO-000001-NEXT",
        "INTEL-RSO-000001-NEXT",
        "SUP-RSO-000001",
    ]


def test_csv_to_a_file_is_private(cli, folder, tmp_path):
    target = tmp_path / "due.csv"
    ended = cli("due", folder, "--csv", target)
    assert (ended.code, ended.out, ended.err.splitlines()[-1]) == (0, "", f"{target}: 5 tasks of 2026-W49.")
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text("utf-8").startswith("task_id,")


@pytest.mark.parametrize("week", ["2026-W50", "2026-12-10"])
def test_a_week_is_named_or_given_by_a_day_in_it(cli, folder, week):
    assert "\n2026-W50: " in cli("due", folder, "--week", week).out


@pytest.mark.parametrize("week", ["W50", "2026-W54", "31/12/2026", "2026-02-30", ""])
def test_a_week_that_is_none_is_refused(cli, folder, week):
    ended = cli("due", folder, "--week", week)
    assert (ended.code, ended.out) == (2, "")
    assert "Give the week as" in ended.err or "give a week such as 2026-W49" in ended.err


def test_a_team_is_listed_alone_and_an_unknown_one_refused(cli, folder):
    assert cli("due", folder, "--team", "north").out.endswith(TOTALS)
    ended = cli("due", folder, "--team", "nowhere")
    assert ended.code == 2
    assert ended.err.endswith("Error: The register has no such team. Maybe: north\n")


def test_one_task_is_told_with_its_place_in_a_run(cli, folder, tmp_path):
    """Both detectives see nominal 1 on Monday; nobody may make the supervisory review."""
    cli("plan", folder, "--out", tmp_path / "run")
    visit = cli("due", folder, "--task", "HVI-RSO-000001", "--run", tmp_path / "run").out
    assert visit.startswith(
        "HVI-RSO-000001: initial visit, medium risk, 1,263 days overdue.\n  Why (initial-visit): Reg"
    )
    assert "  Needs: 2 officers for " in visit
    assert "  Assigned: Monday 2026-11-30, " in visit
    review = cli("due", folder, "--task", "SUP-RSO-000001", "--run", tmp_path / "run").out
    assert "  Left out (no_qualified_officer): No officer of the team may do this desk work.\n" in review


def test_one_task_without_a_run_is_told_without_a_place(cli, folder):
    said = cli("due", folder, "--task", "SUP-RSO-000001").out
    assert "Why (supervisory-interval): " in said
    assert "Assigned" not in said
    assert "Left out" not in said


def test_a_task_a_run_knows_nothing_of_is_told_so(cli, folder, tmp_path):
    cli("plan", folder, "--out", tmp_path / "run")
    path = tmp_path / "run" / "unassigned.csv"
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if not line.startswith(b"SUP-")))
    said = cli("due", folder, "--task", "SUP-RSO-000001", "--run", tmp_path / "run").out
    assert "  The roster has it neither as assigned nor as left out.\n" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--task", "HV-RSO-999999"), "No such task in the due list of 2026-W49."),
        (("--run", "out"), "--run goes with --task."),
    ],
)
def test_a_task_that_is_not_due_and_a_run_without_a_task_are_refused(cli, folder, arguments, words):
    ended = cli("due", folder, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
