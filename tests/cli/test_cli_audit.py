"""`audit`: ten questions, past days, cuts, CSV, JSON, the pack; what is refused and how it ends."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import stat

import pytest

from offender_mgmt.audit.topic import Group

HEAD = (
    "OFFICIAL-SENSITIVE\n"
    "Audit as at 27 November 2026, north\n"
    "Period: 5 September 2026 to 27 November 2026. Register of 27 November 2026, 1\n"
    "  warning in reading it.\n"
)
QUESTIONS = """
Ten questions
-------------
 1 backlog     1 of 1 overdue a visit (100.0 %), median 1,261 days
 2 risk        0 very high, 0 high, 1 medium, 0 low; 378 risk points
 3 worst       RSO-000001, medium, north: 1,261 days overdue
 4 crewing     0 of 0 single-crewed (none due), 0 without authority
 5 ARMS        0 of 1 overdue (0.0 %); none in the period
 6 supervision 1 of 1 overdue (100.0 %), most 1,093 days; none in the period
 7 reactive    0 of 1 (0.0 %); 0 not eligible, 0 unreviewed, 0 triggered
 8 unseen      1 of 1 never seen (100.0 %); 0 not for 365 days
 9 caseload    2 per full-time officer; 0 of 1 officers over 50, most 2
10 trend       100.0 % overdue now, 100.0 % 11 weeks ago: no change
Also: 0 overdue tasks put off or cancelled (counted all the same), 0 ARMS
  write-ups overdue, 0 lowerings of risk not signed off, 0 visits without the
  skill asked for.
"""
TABLES = """
In the community: visits by plan, days overdue
----------------------------------------------
risk level  active  covered  overdue     share  median  90th  most  worst
very high        0        0        0  none due       -     -     -  -
high             0        0        0  none due       -     -     -  -
medium           1        0        1   100.0 %    1261  1261  1261  RSO-000001
low              0        0        0  none due       -     -     -  -
all              1        0        1   100.0 %    1261  1261  1261  RSO-000001
By the interval of the risk level, whatever the plan says:
  1 of 1 overdue, 0.0 % covered.

days overdue  1-7  8-30  31-90  91-180  181 and more
very high       0     0      0       0             0
high            0     0      0       0             0
medium          0     0      0       0             1
low             0     0      0       0             0
all             0     0      0       0             1
"""
GROUPS = tuple(enumerate(Group, 1))
WARNING = "Warnings in the register: 1; list them with: validate --all\n"


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """However busy the machine is, nobody here needs a sign of life."""
    monkeypatch.setattr("offender_mgmt.cli.audit.sign_of_life", lambda: None)


def test_the_summary_answers_ten_questions_and_shows_the_backlog(cli, folder):
    """Registered on 1 June 2023, never seen: first visit within 15 days, 16 June 2023. On 28 November 2026 that is
    1,261 days. 2 x (7 + 182, the cap) = 378 points. Supervisor every 6 months: 1 December 2023, 1,093 days."""
    ended = cli("audit", folder)
    assert ended.code == 0
    head, rest = ended.out[: len(HEAD)], ended.out[len(HEAD) :]
    assert head == HEAD
    assert rest.split("\n", 1)[0].startswith("Example policy (not any force's own): ")
    assert rest.split("\n", 1)[1] == QUESTIONS + TABLES
    assert ended.err == WARNING


def test_a_past_day_is_audited_as_at_its_end(cli, folder):
    """On 16 June 2023 the first visit was due; it is overdue by one day on the 17th, before the supervisor's is."""
    for option in ("--as-at", "--to"):
        said = cli("audit", folder, option, "2023-06-16").out
        assert "\nAudit as at 16 June 2023, north\nPeriod: 25 March 2023 to 16 June 2023. Register of 27 Nov" in said
        assert " 3 worst       RSO-000001, medium, north: 1 day overdue\n" in said
    assert " 1 backlog     0 of 1 overdue a visit (0.0 %)\n" in cli("audit", folder, "--as-at", "2023-06-15").out


def test_before_anybody_was_registered_none_is_due(cli, folder):
    said = cli("audit", folder, "--as-at", "2023-05-31").out
    assert " 1 backlog     0 of 0 overdue a visit (none due)\n 2 risk        no visit is overdue\n" in said
    assert " 9 caseload    no officer leads a nominal\n10 trend       no earlier week to compare with\n" in said
    assert "100" not in said.split("Ten questions")[1].split("In the community")[0]


def test_a_period_is_what_is_looked_back_on(cli, folder):
    said = cli("audit", folder, "--from", "2026-11-01", "--to", "2026-11-20").out
    assert "\nPeriod: 1 November 2026 to 20 November 2026. " in said


def test_full_shows_every_group_and_cut_in_80_columns(cli, folder):
    said = cli("audit", folder, "--full", "--by", "team", "--by", "tier", "--by", "team").out
    assert said.startswith(HEAD)
    headings = [f"\n{number} {group.value}\n{'-' * len(f'{number} {group.value}')}\n" for number, group in GROUPS]
    assert len(headings) == 13
    assert [heading for heading in headings if heading not in said] == []
    assert "\nteam   number    share  median, days  90th percentile, days  most, days\n" in said
    assert max(map(len, said.splitlines())) <= 80


def test_figures_as_csv_to_standard_output_are_data_and_nothing_else(folder, program):
    done = program("audit", folder, "--csv", "-")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))
    overdue = [r for r in rows if (r["topic"], r["measure"], r["by"]) == ("visits-overdue", "number", "force")]
    assert [(r["value"], r["counted"], r["of"], r["words"]) for r in overdue] == [("1", "1", "1", "1 of 1")]


def test_json_and_csv_are_written_for_their_maker_only(cli, folder, tmp_path):
    ended = cli("audit", folder, "--json", tmp_path / "a.json", "--csv", tmp_path / "a.csv")
    assert ended.out.startswith(HEAD)
    assert f"{tmp_path / 'a.json'}: 71 lists and all figures.\n" in ended.err
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["as_at"] == "2026-11-27"
    for name in ("a.json", "a.csv"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_the_pack_is_written_and_listed(cli, folder, tmp_path):
    ended = cli("audit", folder, "--pack", tmp_path / "packs" / "november")
    assert ended.code == 0
    assert ended.out.startswith(HEAD)
    assert ended.err.splitlines()[1:] == [
        f"79 files in {tmp_path / 'packs' / 'november'}:",
        "  report.html     the report: questions, charts, tables, lists",
        "  summary.txt     the same as on the screen",
        "  figures.csv     every figure, one a row",
        "  members/        the list behind each figure, one file for each topic",
        "  audit.json      all of it for programs, and for: offender-mgmt compare",
        "  definitions.csv how each figure is defined (definitions.md: to be read)",
        "  policy.toml     the policy that was used",
        "  digests.csv     SHA-256 of every file read and of every file here",
    ]
    again = cli("audit", folder, "--pack", tmp_path / "packs" / "november")
    assert (again.code, again.out) == (2, "")
    assert again.err.endswith("is not empty. Maybe: give another folder: no pack is written over another.\n")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--as-at", "27/11/2026"], "--as-at: not a date. Maybe: write it as 2026-11-22."),
        (["--from", "x"], "--from: not a date. Maybe: write it as 2026-11-22."),
        (
            ["--as-at", "2026-11-28"],
            "2026-11-28 lies after the extract of 2026-11-27, which knows nothing of it. Maybe: take a later extract.",
        ),
        (
            ["--from", "2026-11-28"],
            "The period begins on 2026-11-28, after its last day 2026-11-27: give an earlier first day.",
        ),
        (
            ["--as-at", "2026-11-01", "--to", "2026-11-02"],
            "The period ends on the day of the audit. Maybe: give --to or --as-at, not both.",
        ),
        (["--by", "station"], "Figures cannot be cut by station: give team, officer, district."),
        (["--team", "south"], "The register has no such team. Maybe: north"),
    ],
)
def test_what_cannot_be_audited_is_said_in_one_line(cli, folder, options, error):
    ended = cli("audit", folder, *options)
    assert (ended.code, ended.out, ended.err) == (2, "", f"{WARNING}Error: {error}\n")


def test_two_answers_do_not_fit_into_one_standard_output(cli, folder):
    for command in (
        ("audit", folder, "--csv", "-", "--json", "-"),
        ("compare", "a", "b", "--figures", "-", "--moves", "-"),
    ):
        ended = cli(*command)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith("Error: Only one of --")


def test_a_roster_that_is_not_there_is_said(cli, folder, tmp_path):
    ended = cli("audit", folder, "--roster", tmp_path / "none")
    assert (ended.code, ended.err) == (2, f"{WARNING}Error: {tmp_path / 'none' / 'run.json'} does not exist.\n")


def test_a_policy_that_changes_while_it_is_read_is_not_passed_off_as_the_one_used(cli, folder, tmp_path, monkeypatch):
    from offender_mgmt.report import record

    monkeypatch.setattr(record, "digest", lambda data: "another")
    ended = cli("audit", folder, "--pack", tmp_path / "pack")
    assert ended.code == 2
    assert "policy.toml was changed while it was read. Maybe: run it again." in ended.err
    assert not (tmp_path / "pack").exists()


def test_a_pack_of_a_register_without_a_policy_holds_the_example(cli, folder, tmp_path):
    from offender_mgmt.policy.read import example_policy_text

    (folder / "policy.toml").unlink()
    cli("audit", folder, "--pack", tmp_path / "pack")
    assert (tmp_path / "pack" / "policy.toml").read_text("utf-8") == example_policy_text()


@pytest.fixture
def monday(cli, folder, tmp_path):
    """A roster of the week after the extract: P1 and P2 see nominal 1 on Monday."""
    assert cli("plan", folder, "--out", tmp_path / "monday").code == 0
    return tmp_path / "monday"


ROSTER = """
The roster of 2026-W49
----------------------
Covered at its end if all of it is done: 1 of 1 (100.0 %).
Covered at its end with the usual no replies: 0.7 nominals (70 %).
Planned up to the day and done on the day planned: 0 of 0 (none due).
Due work that it leaves out: 1 of 3 (33.3 %).
"""


def test_a_roster_is_audited_before_it_is_worked(cli, folder, monday):
    """30 attempts in a hundred find nobody. The review is for a sergeant, and none is on duty."""
    ended = cli("audit", folder, "--roster", monday)
    assert ended.code == 0
    assert ROSTER + "\nIn the community:" in ended.out


def test_and_after_it(cli, folder, monday):
    """An extract of Sunday 6 December without any record of the week: nothing was done."""
    told = (folder / "register.toml").read_text("utf-8").replace("2026-11-27", "2026-12-06")
    (folder / "register.toml").write_text(told, "utf-8")
    said = cli("audit", folder, "--roster", monday).out
    assert "Covered at its end if all of it is done: 0 of 1 (0.0 %).\n" in said
    assert "Planned up to the day and done on the day planned: 0 of 4 (0.0 %).\n" in said


def test_the_files_of_the_roster_are_among_the_digests(cli, folder, monday, tmp_path):
    cli("audit", folder, "--roster", monday, "--pack", tmp_path / "pack")
    rows = list(csv.DictReader((tmp_path / "pack" / "digests.csv").read_text("utf-8").splitlines()))
    read = {row["file"]: row["sha256"] for row in rows if row["where"] == "read"}
    for name in ("roster.csv", "unassigned.csv", "run.json"):
        assert read[f"roster/{name}"] == hashlib.sha256((monday / name).read_bytes()).hexdigest()


def test_a_run_with_a_damaged_week_is_refused(cli, folder, monday):
    record = json.loads((monday / "run.json").read_text("utf-8"))
    (monday / "run.json").write_text(json.dumps({**record, "week": ""}), "utf-8")
    ended = cli("audit", folder, "--roster", monday)
    assert (ended.code, ended.err) == (
        2,
        f"{WARNING}Error: Give the week as 2026-W49 or as a date such as 2026-11-30.\n",
    )
