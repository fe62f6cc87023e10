"""`export`: checked before anything goes out, least data by default, nothing over another by accident."""

from __future__ import annotations

import json

import pytest

from offender_mgmt.export.csv_sheets import read_sheet

WHOLE = "OFFICIAL-SENSITIVE_DRAFT_2026-W49_whole-roster.csv"
NAMES = tuple(
    WHOLE.replace("whole-roster", kind) for kind in ("whole-roster", "day-2026-11-30", "officer-P1", "officer-P2")
)


@pytest.fixture
def run(cli, folder, tmp_path):
    assert cli("plan", folder, "--out", tmp_path / "run").code == 0
    return tmp_path / "run"


@pytest.fixture
def export_csv(cli, folder, run, tmp_path):
    """The command with its folders."""
    return lambda *options: cli("export", "csv", folder, run, "--out", tmp_path / "sheets", *options)


@pytest.fixture
def sheets(tmp_path):
    return tmp_path / "sheets"


def test_redacted_sheets_hold_visits_with_reference_locality_day_and_part_of_the_day(export_csv, sheets):
    """One visit, on Monday 30 November, by P1 and P2."""
    ended = export_csv()
    assert (ended.code, ended.out) == (0, "".join(f"{sheets / name}\n" for name in NAMES))
    assert ended.err == (
        "Warnings in the register: 1; list them with: validate --all\n"
        "OFFICIAL-SENSITIVE. Roster of 2026-W49, north. DRAFT, a proposal that nobody has approved; redacted.\n"
    )
    assert {path.stat().st_mode & 0o777 for path in sheets.iterdir()} == {0o600}
    sheet = read_sheet((sheets / NAMES[3]).read_bytes())
    ((status, reference, locality, day, band, _, position),) = sheet.rows
    assert (status, reference, locality, day, position) == ("DRAFT", "RSO-000001", "Chelmsford", "2026-11-30", "1")
    assert band in ("morning", "afternoon", "evening")


def test_full_sheets_hold_the_rows_as_planned_and_ask_for_a_reason(export_csv, run, sheets):
    refused = export_csv("--full")
    assert (refused.code, sheets.exists()) == (2, False)
    assert "Maybe: add --reason" in refused.err
    ended = export_csv("--full", "--reason", "Briefing of P1")
    assert ended.code == 0
    assert ended.err.endswith("; full: Briefing of P1.\n")
    planned = len((run / "roster.csv").read_text("utf-8").splitlines()) - 1
    assert len(read_sheet((sheets / WHOLE).read_bytes()).rows) == planned


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        (("--reason", "x"), "--reason goes with --full"),
        (("--version", "2"), "--version needs the reference of who approved it"),
        (("--replaces", "2"), "go with --version"),
        (("--version", "2", "--approved-by", "S1", "--replaces", "2"), "names an earlier version"),
        (("--dates", "us"), "--dates"),
    ],
)
def test_options_that_do_not_fit_are_refused(export_csv, sheets, options, advice):
    ended = export_csv(*options)
    assert (ended.code, sheets.exists()) == (2, False)
    assert advice in ended.err


def test_a_version_stands_in_the_name_and_in_every_row(export_csv, sheets):
    assert export_csv("--version", "2", "--approved-by", "S1", "--replaces", "1").code == 0
    sheet = read_sheet((sheets / WHOLE.replace("DRAFT", "VERSION-2")).read_bytes())
    assert sheet.marks[1] == "VERSION 2, approved by S1, replaces version 1"
    assert {row[0] for row in sheet.rows} == {"VERSION 2"}


def test_existing_sheets_are_not_overwritten_unless_asked(export_csv, sheets):
    export_csv()
    (sheets / NAMES[1]).write_bytes(b"old")
    ended = export_csv()
    assert (ended.code, (sheets / NAMES[1]).read_bytes()) == (2, b"old")
    assert "exists already and is not overwritten. Maybe: another folder, or --overwrite." in ended.err
    assert export_csv("--overwrite").code == 0
    assert len(read_sheet((sheets / NAMES[1]).read_bytes()).rows) == 1


def test_a_roster_that_breaks_a_rule_stays_in_unless_there_is_a_reason(export_csv, run, sheets):
    """Somebody has taken P2 off the visit."""
    roster = run / "roster.csv"
    roster.write_bytes(roster.read_bytes().replace(b",P1;P2,", b",P1,"))
    refused = export_csv()
    assert (refused.code, refused.out, sheets.exists()) == (5, "", False)
    assert "crew_size (" in refused.err
    assert "Nothing was written. Maybe: mend it" in refused.err
    assert refused.err.endswith("Note: roster.csv was changed after the roster was planned.\n")
    ended = export_csv("--despite", "P2 rang in sick")
    assert ended.code == 3
    first = read_sheet((sheets / WHOLE).read_bytes()).marks[1]
    assert "let out because: P2 rang in sick" in first
    assert "roster.csv was changed" in first


def test_a_register_that_is_no_longer_that_of_the_plan_is_told(export_csv, folder):
    (folder / "register.toml").write_text("extract_date = 2026-11-27\n", "utf-8")  # without the stated digests
    offenders = folder / "offenders.csv"
    offenders.write_bytes(offenders.read_bytes().replace(b"Chelmsford", b"Witham"))
    ended = export_csv("--despite", "moved today")
    assert ended.code == 3
    assert "Note: offenders.csv was changed after the roster was planned.\n" in ended.err


def test_a_run_of_a_team_that_the_register_does_not_have_is_refused(export_csv, run):
    record = json.loads((run / "run.json").read_text("utf-8"))
    record["settings"]["team"] = "west"
    (run / "run.json").write_text(json.dumps(record), "utf-8")
    assert "does not have the team of the run" in export_csv().err


@pytest.mark.parametrize("crew", ["../P1", "P1;..", "/etc/x", "P 1"])
def test_a_changed_roster_cannot_choose_a_path(export_csv, run, sheets, crew):
    roster = run / "roster.csv"
    roster.write_bytes(roster.read_bytes().replace(b",P1;P2,", f",{crew},".encode()))
    ended = export_csv()
    assert (ended.code, sheets.exists()) == (2, False)
    assert "bad-reference" in ended.err


@pytest.mark.parametrize("data", [b"", b"task_id\r\n", b"\xff\xfe", b'"open'])
def test_what_is_no_roster_is_refused(export_csv, run, data):
    (run / "roster.csv").write_bytes(data)
    assert export_csv().code == 2


def test_a_folder_without_a_run_is_one_line(cli, folder, tmp_path, sheets):
    ended = cli("export", "csv", folder, tmp_path, "--out", sheets)
    assert ended.code == 2
    assert ended.err.splitlines()[-1] == f"Error: {tmp_path / 'run.json'} does not exist."


@pytest.mark.parametrize(
    ("form", "ending"), [("xlsx", "roster.xlsx"), ("json", "roster.json"), ("geojson", "map.geojson")]
)
def test_every_form_is_one_private_file_with_its_marks_in_its_name(cli, folder, run, tmp_path, form, ending):
    out = tmp_path / "out"
    ended = cli("export", form, folder, run, "--out", out)
    assert (ended.code, ended.out) == (0, f"{out / WHOLE.replace('whole-roster.csv', ending)}\n")
    assert [path.stat().st_mode & 0o777 for path in out.iterdir()] == [0o600]


def test_calendars_are_refused_unless_policy_allows_them(cli, folder, run, tmp_path):
    """Two officers visit one nominal; then P2 is taken off and the visit in P2's calendar is cancelled."""
    refused = cli("export", "ics", folder, run, "--out", tmp_path / "calendars")
    assert (refused.code, (tmp_path / "calendars").exists()) == (2, False)
    assert "sets exports.calendars to true" in refused.err
    (folder / "register.toml").write_text("extract_date = 2026-11-27\n", "utf-8")
    policy = folder / "policy.toml"
    policy.write_text(
        policy.read_text("utf-8").replace("[exports.calendars]\nvalue = false", "[exports.calendars]\nvalue = true")
    )
    assert cli("export", "ics", folder, run, "--out", tmp_path / "calendars").code == 3  # policy.toml was changed
    roster = run / "roster.csv"
    roster.write_bytes(roster.read_bytes().replace(b",P1;P2,", b",P1,"))
    options = ("--previous", tmp_path / "calendars", "--despite", "P2 is ill")
    ended = cli("export", "ics", folder, run, "--out", tmp_path / "newer", *options)
    assert ended.code == 3
    assert b"STATUS:CANCELLED" in (tmp_path / "newer" / NAMES[3].replace(".csv", ".ics")).read_bytes()


def test_a_run_without_a_week_is_refused(export_csv, run):
    record = json.loads((run / "run.json").read_text("utf-8"))
    (run / "run.json").write_text(json.dumps({key: value for key, value in record.items() if key != "week"}), "utf-8")
    ended = export_csv()
    assert ended.code == 2
    assert "is not the run.json of a plan" in ended.err


def test_a_full_sheet_can_be_checked(cli, export_csv, folder, run, sheets):
    export_csv("--full", "--reason", "briefing")
    asked = ("check", folder, sheets / WHOLE, "--unassigned", run / "unassigned.csv", "--run", run / "run.json")
    ended = cli(*asked)
    assert (ended.code, ended.out.splitlines()[0]) == (0, "0 violations. Figures recomputed from the roster:")
    (sheets / WHOLE).write_bytes((sheets / WHOLE).read_bytes().replace(b",P1;P2,", b",P1,"))
    refused = cli(*asked)
    assert refused.code == 2
    assert "was changed after it was written: count or digest do not fit" in refused.err
