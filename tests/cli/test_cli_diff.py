"""`diff`: what changed between two rosters of one week, told in words, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import shutil

import builders
import pytest
from weeks_by_hand import without_the_visit

from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register


@pytest.fixture
def folder(planned):
    return planned / "register"


@pytest.fixture
def edited(run, tmp_path):
    return without_the_visit(run, tmp_path / "edited")


def test_what_changed_is_told_in_words(cli, folder, run, edited):
    """By hand: P1 has 20 (check) + 90 (visit) + 30 (entry) + 20 (status check) minutes before, 20 + 30 after.

    Risk points: 7 + 182 days, the most that count; twice 189 for the visit (medium), eight times for the status check
    (very high). P1 leads both nominals. Load: a visit of weight 2 in the 8 hours of Monday is 250 in 1,000.
    """
    ended = cli("diff", folder, run, edited)
    assert ended.code == 0
    assert ended.out.replace(str(run), "RUN").replace(str(edited), "EDITED") == EXPECTED


EXPECTED = """\
OFFICIAL-SENSITIVE
What changed between two rosters of 2026-W49, north
  first:  RUN
  second: EDITED

              visits  other work
dropped            1           0
another crew       0           1

2 tasks keep day, time, crew and outing.

What it did to bands and aims, each strictly before the next
------------------------------------------------------------
The first roster is better, by level 1 (overdue very high and high, new and
repeat visits): 378 risk points more.
1. overdue very high and high, new and repeat visits: worse, 378 risk points
   less.
   first:  all 2 tasks
   second: 1 of 2 tasks, 1,512 of 1,890 risk points
2. other overdue work: the same (0 of 1 tasks, 0 of 378 risk points).
3. due this week: the same (none due).
4. due in the look-ahead: the same (none due).
5. continuity: worse, 4 points less.
   first:  lead officer at 1 of 1 visits, deputy at 0; 4 points with the desk
     work of lead officers
   second: lead officer at 0 of 0 visits, deputy at 0; 0 points with the desk
     work of lead officers
6. second seat: the same (0 of 0 visits with a second officer who was at one of
   the last 2 attempts).
7. variety: the same (0 of 0 visits on the weekday and in the part of the day of
   one of the last 4 attempts).
8. even load: better, 250 less in 1,000 hours of duty.
   first:  the highest is 250 risk-weighted visits in 1,000 hours of duty, the 4
     weeks before counted in
   second: the highest is 0 risk-weighted visits in 1,000 hours of duty, the 4
     weeks before counted in
9. travel: better, 0:10 hours less.
   first:  0:10 hours
   second: none

Dropped (1)
-----------
HVI-RSO-000001          Mon 30 Nov 08:25-09:55  P1 P2
                    ->  left out (not_placed): By hand.

Another crew (1)
----------------
STATUS-RSO-000002       Mon 30 Nov 10:30-10:50  P1
                    ->  Mon 30 Nov 10:30-10:50  P2

By officer
----------
officer  visits  now  work   now  gets  gives up  keeps, changed
P1            1    0  2:40  0:50     0         2               0
P2            1    0  1:30  0:20     1         1               0
Work without travel. One officer's changes, all of them: --officer REF

By day
------
day         visits  now  comes  goes  stays, changed
Mon 30 Nov       1    0      0     1               1
One day's changes, all of them: --day DATE
"""


def test_the_same_roster_twice_is_no_change(cli, folder, run):
    ended = cli("diff", folder, run, run / "roster.csv")
    assert ended.code == 0
    assert ended.out.splitlines()[-1].startswith("Nothing changed: all ")


def test_every_line_fits_eighty_columns_and_the_way_back_is_the_other_way_round(cli, folder, run, edited):
    back = cli("diff", folder, edited, run)
    assert back.code == 0
    assert "The second roster is better, by level 1" in back.out
    words = [line for line in back.out.splitlines() if str(run) not in line and str(edited) not in line]
    assert all(len(line) <= 80 for line in words)


def test_one_officer_and_one_day(cli, folder, run, edited):
    ended = cli("diff", folder, run, edited, "--officer", "P2", "--day", "2026-11-30")
    assert ended.code == 0
    assert "tasks are different for P2 on Mon 30 Nov:" in ended.out
    assert "STATUS-RSO-000002" in ended.out
    nothing = cli("diff", folder, run, edited, "--day", "2026-12-06")
    assert nothing.out.splitlines()[-1] == "0 tasks are different on Sun 06 Dec."


def test_as_csv_and_json_the_same_tasks_are_told(cli, folder, run, edited, tmp_path):
    rows = list(csv.DictReader(io.StringIO(cli("diff", folder, run, edited, "--csv", "-").out)))
    told = json.loads(cli("diff", folder, run, edited, "--json", "-").out)
    assert {row["task_id"]: row["changes"].split(";") for row in rows} == {
        change["task_id"]: change["changes"] for change in told["changes"]
    }
    by_task = {row["task_id"]: row for row in rows}
    visit, check = by_task["HVI-RSO-000001"], by_task["STATUS-RSO-000002"]
    assert (visit["changes"], visit["date_before"], visit["date_after"]) == ("dropped", "2026-11-30", "")
    assert (visit["reason_before"], visit["reason_after"]) == ("", "not_placed")
    assert (check["changes"], check["crew_before"], check["crew_after"]) == ("crew", "P1", "P2")
    assert told["by_officer"]["P2"] == ["HVI-RSO-000001", "STATUS-RSO-000002"]
    assert set(told["by_day"]) == {"2026-11-30"}
    first = told["levels"][0]
    assert (first["outcome"], first["tasks_before"], first["tasks_after"]) == ("worse", 2, 1)
    ended = cli("diff", folder, run, edited, "--csv", tmp_path / "changes.csv")
    assert ended.err.splitlines()[-1] == f"{tmp_path / 'changes.csv'}: {len(rows)} change(s)."
    assert (tmp_path / "changes.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--csv", "-", "--json", "-"), "Only one of --csv and --json can go to standard output."),
        (("--day", "Monday"), "--day: not a date. Maybe: write it as 2026-12-01."),
        (("--day", "2026-12-07"), "2026-12-07 is not in 2026-W49. Maybe: a day of that week."),
        (("--officer", "P9"), "The register has no such officer. Maybe: look at --csv - for who is concerned."),
        (("--team", "south"), "The register has no such team. Maybe: north"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(cli, folder, run, asked, words):
    ended = cli("diff", folder, run, run, *asked)
    assert (ended.code, ended.out, ended.err.splitlines()[-1]) == (2, "", f"Error: {words}")


def test_different_weeks_are_refused(cli, folder, run, tmp_path):
    later = tmp_path / "later"
    shutil.copytree(run, later)
    record = json.loads((run / "run.json").read_bytes())
    (later / "run.json").write_text(json.dumps(record | {"week": "2026-W50"}), "utf-8")
    ended = cli("diff", folder, run, later)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == (
        f"Error: {later} is of 2026-W50, not of 2026-W49: only rosters of one week can be compared."
    )
    by_hand = cli("diff", folder, run / "roster.csv", run / "roster.csv", "--week", "2026-W50")
    assert by_hand.code == 2
    assert by_hand.err.splitlines()[-1] == (
        f"Error: No row of {run / 'roster.csv'} lies in 2026-W50. Maybe: give --week."
    )


def test_another_register_is_refused_and_one_that_moved_on_is_not(cli, folder, run, tmp_path):
    """Of another: no file is as it was. Moved on: a nominal more, all else the same."""
    newcomer = builders.offender(offender_ref="RSO-000003")
    moved_on = builders.register(offenders=(builders.offender(), newcomer))
    write_register(moved_on, tmp_path / "moved-on", example_policy_text())
    ended = cli("diff", tmp_path / "moved-on", run, run)
    assert ended.code == 0
    assert "Note: the register has changed since the first was planned" in ended.out
    assert "offenders.csv" in ended.out
    record = json.loads((run / "run.json").read_bytes())
    record["inputs"] = dict.fromkeys(record["inputs"], "0" * 64)
    other = tmp_path / "other"
    shutil.copytree(run, other)
    (other / "run.json").write_text(json.dumps(record), "utf-8")
    refused = cli("diff", folder, run, other)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.splitlines()[-1] == (
        f"Error: {other} was made from another register. Maybe: give the register it was made from."
    )


def test_a_file_of_which_nobody_is_known_is_of_another_register(cli, folder, run, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("task_id,date,start,end,crew\nSTATUS-RSO-000077,2026-11-30,08:00,08:20,Q1\n", "utf-8")
    refused = cli("diff", folder, run, mine)
    assert refused.code == 2
    assert refused.err.splitlines()[-1].startswith(f"Error: {mine} was made from another register.")


def test_runs_of_different_teams_are_refused(cli, folder, run, tmp_path):
    record = json.loads((run / "run.json").read_bytes())
    record["settings"]["team"] = "north"
    other = tmp_path / "other"
    shutil.copytree(run, other)
    (other / "run.json").write_text(json.dumps(record), "utf-8")
    refused = cli("diff", folder, run, other)
    assert (refused.code, refused.err.splitlines()[-1]) == (
        2,
        "Error: The two runs are of different teams. Maybe: give two runs of one team, or two of all.",
    )


def test_a_file_that_does_not_tell_what_it_leaves_out_is_compared_without(cli, folder, edited, run, tmp_path):
    alone = tmp_path / "alone.csv"
    shutil.copy(edited / "roster.csv", alone)
    ended = cli("diff", folder, run, alone)
    assert ended.code == 0
    assert "Note: the second does not tell what it leaves out; reasons are not compared." in ended.out
    assert "not in the roster" in ended.out


def test_no_value_of_the_register_but_references_is_told(cli, folder, run, edited):
    """Localities and reasons for the task are in the files that are read; neither goes out."""
    for form in ((), ("--csv", "-"), ("--json", "-")):
        said = cli("diff", folder, run, edited, *form).out
        assert "Chelmsford" not in said
        assert "571" not in said
        assert "register entry" not in said.lower()
    assert "Chelmsford" in (folder / "offenders.csv").read_text("utf-8")


def test_bounds_of_a_week_planned_again_are_not_said_of_every_roster(cli, folder, run, tmp_path):
    """They hold of rosters that keep what had begun; and those of the plan hold of the register it was made from."""
    again, sick = tmp_path / "again", tmp_path / "sick"
    assert cli("replan", folder, run, "--out", again).code == 0
    assert cli("replan", folder, run, "--sick", "P1:2026-11-30", "--out", sick).code == 0

    def bounded(before, after):
        levels = json.loads(cli("diff", folder, before, after, "--json", "-").out)["levels"]
        return any(level["bound"] is not None for level in levels)

    assert bounded(run, again)  # as the plan proved
    assert not bounded(again, again)
    assert not bounded(run, sick)
