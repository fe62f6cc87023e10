"""`evaluate`: a roster made or edited by hand, scored beside one of ours, also when it breaks rules."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest
from weeks_by_hand import CHECK, VISIT, rows_of, without_the_visit, write_rows


@pytest.fixture
def folder(planned):
    return planned / "register"


@pytest.fixture
def mine(run, tmp_path):
    """A file by itself: the visit is taken out, its check and its entry forgotten in it."""
    edited = without_the_visit(run, tmp_path / "edited")
    return shutil.copy(edited / "roster.csv", tmp_path / "mine.csv")


def test_a_roster_with_violations_is_scored_and_says_so(cli, folder, run, mine):
    """Figures as in test_cli_diff; a check and an entry without their visit, and a task nobody accounts for."""
    ended = cli("evaluate", folder, mine, "--against", run)
    assert ended.code == 5
    assert ended.out.replace(str(run), "RUN").replace(str(mine), "MINE") == EXPECTED


EXPECTED = """\
OFFICIAL-SENSITIVE
A roster of 2026-W49, north: is it better or worse?
  yours: MINE
  ours:  RUN

Yours breaks rules in 3 places, 2 of them about the work itself: see below. It
is scored all the same, but a roster that breaks rules may reach what no roster
can that keeps them.
Ours is better, by level 1 (overdue very high and high, new and repeat visits):
378 risk points more.

Level by level, each strictly before the next
---------------------------------------------
1. overdue very high and high, new and repeat visits: worse, 378 risk points
   less.
   ours:  all 2 tasks
   yours: 1 of 2 tasks, 1,512 of 1,890 risk points
2. other overdue work: the same (0 of 1 tasks, 0 of 378 risk points).
3. due this week: the same (none due).
4. due in the look-ahead: the same (none due).
5. continuity: worse, 4 points less.
   ours:  lead officer at 1 of 1 visits, deputy at 0; 4 points with the desk
     work of lead officers
   yours: lead officer at 0 of 0 visits, deputy at 0; 0 points with the desk
     work of lead officers
6. second seat: the same (0 of 0 visits with a second officer who was at one of
   the last 2 attempts).
7. variety: the same (0 of 0 visits on the weekday and in the part of the day of
   one of the last 4 attempts).
8. even load: better, 250 less in 1,000 hours of duty.
   ours:  the highest is 250 risk-weighted visits in 1,000 hours of duty, the 4
     weeks before counted in
   yours: the highest is 0 risk-weighted visits in 1,000 hours of duty, the 4
     weeks before counted in
9. travel: better, 0:10 hours less.
   ours:  0:10 hours
   yours: none

The work: rules broken
----------------------
intelligence_check_before_visit (1): A visit that needs an intelligence check
  has it before the crew leaves.
  INTEL-RSO-000001-NEXT goes with a visit that is not made.
record_entry_after_visit (1): A visit is entered on the record by one of its
  officers, after it.
  ENTRY-RSO-000001-NEXT goes with a visit that is not made.

The form: rules broken
----------------------
every_task_accounted_for (1): Every due task is assigned or left out with a
  reason.
  HVI-RSO-000001 is neither assigned nor left out.
"""


def test_our_own_roster_is_the_same_at_every_level(cli, folder, run):
    ended = cli("evaluate", folder, run / "roster.csv", "--against", run)
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert "Yours keeps every rule." in lines
    assert "Yours and ours reach the same at every level." in lines
    assert not [line for line in lines if "better" in line and line[:1].isdigit() and "the same" not in line]


def test_a_hand_that_only_changes_who_does_desk_work_keeps_the_rules(cli, folder, run, tmp_path):
    """P2 in place of P1 does the status check of RSO-000002, whose lead is P1: 1 point of continuity less (4 + ...)."""
    rows = rows_of(run / "roster.csv")
    for row in rows:
        if row["task_id"] == CHECK:
            row["lead"] = row["crew"] = "P2"
    write_rows(tmp_path / "mine.csv", rows)
    ended = cli("evaluate", folder, tmp_path / "mine.csv", "--against", run)
    assert ended.code == 0
    assert "Yours keeps every rule." in ended.out


def test_better_by_scores_alone_is_called_so(cli, folder, run, mine, tmp_path):
    """The other way round: ours is the run without the visit, yours has it but with one officer only."""
    rows = rows_of(run / "roster.csv")
    for row in rows:
        if row["task_id"] == VISIT:
            row["crew"] = "P1"
    write_rows(tmp_path / "alone.csv", rows)
    ended = cli("evaluate", folder, tmp_path / "alone.csv", "--against", tmp_path / "edited")
    assert ended.code == 5
    assert "By the scores alone yours is better, by level 1" in ended.out
    assert "crew_size (1): A visit has as many officers as" in ended.out


def test_a_level_beyond_its_bound_is_told_as_impossible_within_the_rules(cli, folder, run, tmp_path):
    """The review that no officer may do is given to P1: 378 points in band 2, where none is proven to be the most."""
    rows = rows_of(run / "roster.csv")
    work = {"task_id": "SUP-RSO-000001", "date": "2026-11-30", "start": "11:00", "end": "11:30", "crew": "P1"}
    write_rows(tmp_path / "mine.csv", [*rows, {**dict.fromkeys(rows[0], ""), **work}])
    ended = cli("evaluate", folder, tmp_path / "mine.csv", "--against", run)
    assert ended.code == 5
    told = " ".join(ended.out.split())
    assert "2. other overdue work: better, 378 risk points more. No roster that keeps the rules can have that." in told
    assert "crew_role (1)" in told


def test_alone_it_is_scored_without_better_or_worse(cli, folder, mine):
    ended = cli("evaluate", folder, mine)
    assert ended.code == 5
    told = ended.out.replace(str(mine), "MINE")
    assert not any(word in told for word in (" ours", "better", "worse", ": the same"))
    told = " ".join(ended.out.split())
    assert "1. overdue very high and high, new and repeat visits: 1 of 2 tasks, 1,512 of 1,890 risk points." in told
    assert "Nothing says what yours leaves out. Maybe: give --unassigned, or --against." in told


def test_what_it_leaves_out_may_be_given(cli, folder, mine, tmp_path):
    ended = cli("evaluate", folder, mine, "--unassigned", tmp_path / "edited" / "unassigned.csv")
    assert ended.code == 5
    assert "every_task_accounted_for" not in ended.out


def test_levels_and_violations_as_csv_and_all_as_json(cli, folder, run, mine, tmp_path):
    asked = ("evaluate", folder, mine, "--against", run)
    levels = list(csv.DictReader(io.StringIO(cli(*asked, "--csv", "-").out)))
    broken = list(csv.DictReader(io.StringIO(cli(*asked, "--violations", "-").out)))
    told = json.loads(cli(*asked, "--json", "-").out)
    assert [row["outcome"] for row in levels] == [level["outcome"] for level in told["levels"]]
    first = {"level": "1", "outcome": "worse", "value": "1512", "value_ours": "1890", "tasks_due": "2", "tasks": "1"}
    assert {name: levels[0][name] for name in first} == first
    assert told["levels"][0]["value"] == 1512
    assert [row["rule"] for row in broken] == [violation["rule"] for violation in told["violations"]]
    assert {row["rule"]: row["kind"] for row in broken} == {
        "every_task_accounted_for": "form",
        "intelligence_check_before_visit": "work",
        "record_entry_after_visit": "work",
    }
    out = tmp_path / "levels.csv"
    ended = cli(*asked, "--csv", out)
    assert (ended.code, ended.err.splitlines()[-1]) == (5, f"{out}: 9 level(s).")
    assert out.stat().st_mode & 0o777 == 0o600
    alone = json.loads(cli("evaluate", folder, mine, "--json", "-").out)
    assert {level["outcome"] for level in alone["levels"]} == {None}
    assert alone["violations_ours"] is None


@pytest.fixture
def sheet(cli, folder, run, tmp_path):
    """The whole roster as a full sheet, and the lines of it."""
    out = tmp_path / "sheets"
    assert cli("export", "csv", folder, run, "--out", out, "--full", "--reason", "to edit").code == 0
    (path,) = out.glob("*whole-roster.csv")
    return path


def test_a_sheet_edited_in_a_spreadsheet_is_read_as_it_is_now(cli, folder, run, sheet, tmp_path):
    """P2 instead of P1 for the status check, saved with other quotes; `check` takes unchanged sheets only."""
    lines = list(csv.reader(io.StringIO(sheet.read_text("utf-8"), newline="")))
    lead, crew = lines[1].index("lead"), lines[1].index("crew")
    for line in lines:
        if CHECK in line:
            line[lead] = line[crew] = "P2"
    edited = tmp_path / "edited.csv"
    with edited.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines)
    assert cli("check", folder, edited).code == 2
    ended = cli("evaluate", folder, edited, "--against", run)
    assert (ended.code, "Yours keeps every rule." in ended.out) == (0, True)
    assert "another crew" in cli("diff", folder, run, edited).out


def test_a_fault_in_an_edited_sheet_names_the_line_of_the_sheet(cli, folder, sheet):
    lines = sheet.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if CHECK in line)
    lines[number] = lines[number].replace("10:30", "half past ten")
    sheet.write_text("\n".join(lines) + "\n", "utf-8")
    ended = cli("evaluate", folder, sheet)
    assert (ended.code, ended.out) == (2, "")
    assert f"{sheet.name}:{number + 1} [start]" in ended.err
    assert "half past" not in ended.err


def test_a_redacted_or_cut_sheet_is_refused(cli, folder, run, sheet, tmp_path):
    assert cli("export", "csv", folder, run, "--out", tmp_path / "redacted").code == 0
    (redacted,) = (tmp_path / "redacted").glob("*whole-roster.csv")
    ended = cli("evaluate", folder, redacted)
    assert (ended.code, ended.err.splitlines()[-1]) == (
        2,
        "Error: A redacted sheet does not tell who does what. "
        "Maybe: edit a full one (export csv --full --reason TEXT).",
    )
    sheet.write_text("\n".join(sheet.read_text("utf-8").splitlines()[:-1]) + "\n", "utf-8")
    ended = cli("evaluate", folder, sheet)
    assert (ended.code, ended.err.splitlines()[-1]) == (
        2,
        "Error: The sheet has no last line (END OF SHEET): it may be cut short. "
        "Maybe: save it again, or take away its first line too.",
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--csv", "-", "--json", "-"), "Only one of --csv, --violations and --json can go to standard output."),
        (("--week", "2026-W51"), "No row of MINE lies in 2026-W51. Maybe: give --week."),
        (("--team", "south"), "The register has no such team. Maybe: north"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(cli, folder, mine, asked, words):
    ended = cli("evaluate", folder, mine, *asked)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1].replace(str(mine), "MINE") == f"Error: {words}"


def test_against_what_is_no_run_is_refused(cli, folder, run, mine):
    ended = cli("evaluate", folder, mine, "--against", run / "roster.csv")
    assert (ended.code, ended.err.splitlines()[-1]) == (
        2,
        "Error: --against: not the folder of a run. Maybe: give the folder that plan wrote.",
    )


def test_bounds_of_a_run_hold_only_for_its_own_register(cli, folder, run, mine):
    """Told of other digests, no bound is shown, and a note says why."""
    record = json.loads((run / "run.json").read_bytes())
    name = sorted(record["inputs"])[0]
    record["inputs"][name] = "0" * 64
    (run / "run.json").write_text(json.dumps(record), "utf-8")
    told = json.loads(cli("evaluate", folder, mine, "--against", run, "--json", "-").out)
    assert {level["bound"] for level in told["levels"]} == {None}
    assert told["notes"] == [
        f"Note: the register has changed since ours was planned ({name}); scores are by the one given."
    ]


def test_no_value_of_the_register_but_references_is_told(cli, folder, run, mine):
    for form in ((), ("--csv", "-"), ("--violations", "-"), ("--json", "-")):
        said = cli("evaluate", folder, mine, "--against", run, *form).out
        assert "Chelmsford" not in said
        assert "571" not in said


def test_no_value_of_a_broken_roster_is_told(cli, folder, tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("task_id,date,start,end,crew\nHV-REF-1,CANARYb,CANARYc,CANARYd,CANARY e\n", "utf-8")
    for command in (("evaluate", folder, path), ("diff", folder, path, path)):
        ended = cli(*command)
        assert (ended.code, "CANARY" in ended.err + ended.out) == (2, False)
