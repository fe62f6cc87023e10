"""`replan`: nothing happens, nothing moves; what happens is recorded and judged again."""

from __future__ import annotations

import json
import re


def test_nothing_has_happened_so_nothing_changes(cli, folder, tmp_path):
    cli("plan", folder, "--out", tmp_path / "a")
    ended = cli("replan", folder, tmp_path / "a", "--freeze-before", "2026-12-07", "--out", tmp_path / "b")
    assert ended.code == 0
    for name in ("roster.csv", "unassigned.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert "0 tasks of the published roster move or leave it; of all rosters" in ended.out


def test_an_officer_on_sick_leave_is_recorded_and_the_roster_is_lawful(cli, folder, tmp_path):
    cli("plan", folder, "--out", tmp_path / "a")
    ended = cli("replan", folder, tmp_path / "a", "--sick", "P1:2026-11-30", "--out", tmp_path / "b")
    assert ended.code == 0
    assert "No longer in the roster:\n  HVI-RSO-000001: initial visit, medium risk, " in ended.out
    record = json.loads((tmp_path / "b" / "run.json").read_bytes())
    assert record["replan"]["changes"] == ["sick P1:2026-11-30"]
    checked = cli("check", folder, tmp_path / "b" / "roster.csv", "--run", tmp_path / "b" / "run.json")
    assert checked.code == 0


def test_what_cannot_be_is_refused_in_one_line(cli, folder, tmp_path):
    cli("plan", folder, "--out", tmp_path / "a")
    for option, value, words in (
        ("--sick", "P9:2026-11-30", "--sick: the register has no such officer."),
        ("--sick", "P1:2027-01-01", "--sick: the officer has no tour of duty on these days."),
        ("--released", "RSO-000001:2026-12-01", "--released: the nominal is in the community already."),
        ("--risk", "RSO-000001:purple", "--risk: no such level."),
        ("--sick", "P1", "--sick: cannot be read."),
    ):
        ended = cli("replan", folder, tmp_path / "a", option, value, "--out", tmp_path / "b")
        assert ended.code == 2
        assert words in ended.err


def told_words(out):
    """What replan says before the summary."""
    return out.partition("\n\n")[0].splitlines()


def test_a_visit_without_reply_is_due_again_from_the_next_day_on(cli, folder, published, tmp_path):
    """P1 and P2 are on duty on Monday only: what is due again from Tuesday on finds nobody."""
    options = ("--freeze-before", "2026-11-30T16:00", "--outcome", "HVI-RSO-000001:no_reply")
    ended = cli("replan", folder, published, *options, "--out", tmp_path / "b")
    assert ended.code == 0
    assert told_words(ended.out) == [
        "HVI-RSO-000001: no reply.",
        "1 row had begun before 2026-11-30 16:00 and stays.",
        "1 task of the published roster moves or leaves it; of all rosters that do as",
        "  much up to the band 'due this week', none changes fewer.",
        "No longer in the roster:",
        "  HVI-RSO-000001: initial visit, medium risk, 1,263 days overdue.",
    ]
    record = json.loads((tmp_path / "b" / "run.json").read_bytes())
    assert record["replan"]["changes"] == ["outcome HVI-RSO-000001:no_reply:2026-11-30"]
    assert cli("check", folder, tmp_path / "b" / "roster.csv", "--run", tmp_path / "b" / "run.json").code == 0
    due = cli("due", folder, "--task", "HVI-RSO-000001", "--run", tmp_path / "b").out
    assert "Failed since: 1 attempt, the last on 2026-11-30" in due


def test_every_command_reads_what_was_told_from_the_run(cli, folder, published, tmp_path):
    again = tmp_path / "b"
    told = ("--no-car", "P1", "--add", "RSO-000001:2026-11-30", "--court", "P2:2026-12-01/10:00-12:00")
    ended = cli("replan", folder, published, *told, "--out", again)
    assert ended.code == 0
    assert "P1 does not drive for the rest of the week: who drives is known by the week." in told_words(ended.out)
    asked = "Asked for by 2026-11-30."
    assert asked in cli("explain", folder, again, "HVI-RSO-000001").out
    assert asked in cli("due", folder, "--task", "HVI-RSO-000001", "--run", again).out
    assert "EVENT-TOLD-1" in (again / "roster.csv").read_text("utf-8")
    note = "Note: judged with what was told since the extract: court P2:2026-12-01/10:00-12:00, no-car P1, add RSO-"
    assert note in " ".join(cli("diff", folder, published, again).out.split())
    evaluated = cli("evaluate", folder, again / "roster.csv", "--against", again)
    assert evaluated.code == 0
    assert note in " ".join(evaluated.out.split())
    for command in (
        ("check", folder, again / "roster.csv", "--run", again / "run.json", "--published", published),
        ("show", folder, again),
        ("audit", folder, "--roster", again),
        ("export", "csv", folder, again, "--out", tmp_path / "sheets"),
    ):
        assert cli(*command).code == 0, command
    assert "is in the roster already" in cli("suggest", folder, again, "HVI-RSO-000001").err


def test_what_was_told_before_still_holds_when_the_week_is_planned_once_more(cli, folder, published, tmp_path):
    cli("replan", folder, published, "--no-car", "P1", "--out", tmp_path / "b")
    ended = cli("replan", folder, tmp_path / "b", "--freeze-before", "2026-11-30T16:00", "--out", tmp_path / "c")
    assert ended.code == 0
    record = json.loads((tmp_path / "c" / "run.json").read_bytes())["replan"]
    assert record["changes"] == ["no-car P1"]
    assert "HVI-RSO-000001" in [task for task, _ in record["frozen"]]
    assert cli("replan", folder, tmp_path / "c", "--no-car", "P1", "--out", tmp_path / "d").err.endswith(
        "Error: --no-car: the officer does not drive anyway.\n"
    )


def test_a_car_that_fails_after_the_visit_is_excused_and_told(cli, folder, published, tmp_path):
    again = tmp_path / "b"
    told = ("--no-car", "P1", "--no-car", "P2:2026-11-30..2026-12-01", "--freeze-before", "2026-11-30T16:00")
    ended = cli("replan", folder, published, *told, "--out", again)
    assert ended.code == 0
    words = "north-2026-11-30-1: Nobody in the crew may drive. It had begun and stays."
    assert f"WARNING: {words}" in ended.err.splitlines()
    assert words in " ".join(ended.out.split())
    record = json.loads((again / "run.json").read_bytes())["replan"]
    assert record["excused"] == [["driver_present", "north-2026-11-30-1"]]
    assert cli("check", folder, again / "roster.csv", "--run", again / "run.json").code == 0
    assert words in " ".join(cli("show", folder, again).out.split())
    assert cli("check", folder, again / "roster.csv", "--week", "2026-W49").code == 0  # by the register as extracted


def test_all_that_is_wrong_with_what_was_told_is_said_at_once(cli, folder, published, tmp_path):
    ended = cli(
        "replan", folder, published, "--freeze-before", "2026-11-30T06:00",
        "--outcome", "HVI-RSO-000001:done", "--outcome", "HV-RSO-000009:no_reply", "--outcome", "SUP:asleep",
        "--court", "P9:2026-12-01/10:00-12:00", "--no-car", "P1:tomorrow", "--add", "RSO-000002:2026-12-01",
        "--add", "RSO-000001:2026-12-07", "--add", "RSO-000001:today",
        "--out", tmp_path / "b",
    )  # fmt: skip
    assert ended.code == 2
    assert [line for line in ended.err.splitlines() if line.startswith("Error")] == [
        "Error: --add: the day is not in 2026-W49.",
        "Error: --add: cannot be read. Maybe: write it as REF:DATE, dates as 2026-12-02.",
        "Error: --outcome: the work had not begun. Maybe: a later --freeze-before.",
        "Error: --outcome: the roster has no such task.",
        "Error: --outcome: no such result. Maybe: done, not_done, no_reply, refused, aborted, address_void",
        "Error: --court: the register has no such officer.",
        "Error: --no-car: cannot be read. Maybe: write it as OFFICER or OFFICER:DATE..DATE, dates as 2026-12-02.",
        "Error: --add: the nominal is not in the community by that day. Maybe: add --released.",
    ]
    assert not (tmp_path / "b").exists()


def test_an_urgent_visit_to_somebody_visited_this_week_is_refused(cli, folder, published, tmp_path):
    told = ("--freeze-before", "2026-11-30T16:00", "--add", "RSO-000001:2026-12-03")
    ended = cli("replan", folder, published, *told, "--out", tmp_path / "b")
    assert ended.code == 2
    assert "--add: a visit to the nominal had begun this week." in ended.err


def test_what_had_begun_is_known_from_then_on(cli, folder, tmp_path):
    """The record marks each row that had begun, and tells nothing of it: a damaged one is found and named."""
    cli("plan", folder, "--out", tmp_path / "a")
    cli("replan", folder, tmp_path / "a", "--freeze-before", "2026-12-07", "--out", tmp_path / "b")
    marks = json.loads((tmp_path / "b" / "run.json").read_bytes())["replan"]["frozen"]
    first = ["ENTRY-RSO-000001-NEXT", "HVI-RSO-000001", "INTEL-RSO-000001-NEXT"]
    assert [task for task, _ in marks] == [*first, "STATUS-RSO-000002"]
    assert all(len(mark) == 16 for _, mark in marks)
    roster = tmp_path / "b" / "roster.csv"
    text = roster.read_text(encoding="utf-8")
    assert text.count("P1,P1;P2") == 1
    roster.write_text(text.replace("P1,P1;P2", "P2,P2;P1"), encoding="utf-8")
    checked = cli("check", folder, roster, "--run", tmp_path / "b" / "run.json")
    assert checked.code == 5
    assert (
        "frozen_kept (HVI-RSO-000001): HVI-RSO-000001 had begun, and does not stand in the roster as it was published."
        in checked.out
    )
    shown = cli("show", folder, tmp_path / "b")
    assert "This roster breaks rules in 2 place(s)" in shown.err  # the row is gone, and another in its place is new
    exported = cli("export", "html", folder, tmp_path / "b", "--out", tmp_path / "page.html")
    assert exported.code == 5
    assert "frozen_kept (HVI-RSO-000001)" in exported.out + exported.err


def test_pins_are_kept_recorded_and_still_known_later(cli, folder, published, tmp_path):
    """The visit is pinned to 13:00; the record keeps the pin, a later re-plan too, and the check knows it."""
    (tmp_path / "pins.csv").write_text("task,what,value\nRSO-000001,time,13:00\n", encoding="utf-8")
    ended = cli("replan", folder, published, "--pins", tmp_path / "pins.csv", "--out", tmp_path / "b")
    assert ended.code == 0
    roster = (tmp_path / "b" / "roster.csv").read_text(encoding="utf-8")
    assert "2026-11-30,13:00,14:30,P1,P1;P2" in roster
    assert json.loads((tmp_path / "b" / "run.json").read_bytes())["replan"]["pins"] == [
        ["HVI-RSO-000001", "time", "13:00"]
    ]
    assert cli("replan", folder, tmp_path / "b", "--no-car", "P2", "--out", tmp_path / "c").code == 0
    assert "2026-11-30,13:00,14:30,P1,P1;P2" in (tmp_path / "c" / "roster.csv").read_text(encoding="utf-8")
    checked = cli("check", folder, published / "roster.csv", "--run", tmp_path / "c" / "run.json")
    assert "pins_kept (HVI-RSO-000001): HVI-RSO-000001 is not as pinned: time 13:00." in checked.out


def test_what_was_changed_in_a_spreadsheet_is_pinned(cli, folder, published, tmp_path):
    """Only what was changed: the visit is moved to 13:00, the rest of the sheet stays as it is."""
    text = (published / "roster.csv").read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("HVI-RSO-000001,")]
    moved = re.sub(r"2026-11-30,\d\d:\d\d,\d\d:\d\d", "2026-11-30,13:00,14:30", line)
    (tmp_path / "edited.csv").write_text(text.replace(line, moved), encoding="utf-8")
    ended = cli("replan", folder, published, "--edited", tmp_path / "edited.csv", "--out", tmp_path / "b")
    assert ended.code == 0
    assert "2026-11-30,13:00,14:30,P1,P1;P2" in (tmp_path / "b" / "roster.csv").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "b" / "run.json").read_bytes())["replan"]["pins"] == [
        ["HVI-RSO-000001", "crew", "P1;P2"],
        ["HVI-RSO-000001", "day", "2026-11-30"],
        ["HVI-RSO-000001", "time", "13:00"],
    ]


def test_a_pin_that_cannot_be_kept_is_said_loudly(cli, folder, published, tmp_path):
    (tmp_path / "pins.csv").write_text("task,what,value\nHVI-RSO-000001,time,03:00\n", encoding="utf-8")
    ended = cli("replan", folder, published, "--pins", tmp_path / "pins.csv", "--out", tmp_path / "b")
    assert ended.code == 0
    assert "HVI-RSO-000001 is pinned (time 03:00) and left out" in " ".join(ended.err.split())


def test_pins_of_what_is_not_due_and_of_the_time_of_desk_work_are_refused(cli, folder, published, tmp_path):
    lines = "task,what,value\nRSO-000009,day,2026-12-01\nSTATUS-RSO-000002,time,10:00\nHVI-RSO-000001,colour,red\n"
    (tmp_path / "pins.csv").write_text(lines, encoding="utf-8")
    ended = cli("replan", folder, published, "--pins", tmp_path / "pins.csv", "--out", tmp_path / "b")
    assert ended.code == 2
    assert "pins.csv:4 [what] unknown-pin: Pin one of: officer, crew, day, time." in ended.err
    (tmp_path / "pins.csv").write_text(lines.rpartition("HVI")[0], encoding="utf-8")
    ended = cli("replan", folder, published, "--pins", tmp_path / "pins.csv", "--out", tmp_path / "b")
    assert ended.code == 2
    assert "(RSO-000009) not-due: Pin a visit or desk work that is due." in ended.err
    assert "(STATUS-RSO-000002) no-time-of-desk-work: Pin a day: desk work has no time." in ended.err
