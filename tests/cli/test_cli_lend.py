"""Officers lent to another team: by the register or on the command line, the same roster, and all that reads it."""

from __future__ import annotations

import csv
import json
from datetime import date

import builders as b
import pytest

from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register

pytestmark = pytest.mark.many_cases

TUESDAY = date(2026, 12, 1)
LEND = "P2:south:2026-12-01"
FILES = ("roster.csv", "unassigned.csv", "summary.txt")


def register(lent_to=None):
    """Team south: P3 and one nominal in Grays. Team north: P1 and P2 at Chelmsford. All on duty on two days."""
    grays = b.base(base="Grays", easting=561_500, northing=178_200)
    nominal = b.offender(team="south", lead_officer="P3", easting=561_000, northing=178_000, locality="Grays")
    officers = (b.officer(), b.officer(officer_id="P2"), b.officer(officer_id="P3", team="south", base="Grays"))
    tours = [b.tour(officer_id=o.officer_id, date=day) for o in officers for day in (b.MONDAY, TUESDAY)]
    tours = [t.replace(lent_to=lent_to) if (t.officer_id, t.date) == ("P2", TUESDAY) else t for t in tours]
    return b.register(offenders=(nominal,), officers=officers, bases=(b.base(), grays), tours=tuple(tours))


@pytest.fixture
def two_teams(tmp_path):
    write_register(register(), tmp_path / "r", example_policy_text())
    return tmp_path / "r"


def record_of(run):
    return json.loads((run / "run.json").read_bytes())


def test_told_or_in_the_register_it_is_the_same_roster(cli, two_teams, tmp_path):
    write_register(register(lent_to="south"), tmp_path / "lent", example_policy_text())
    told = cli("plan", two_teams, "--lend", LEND, "--out", tmp_path / "a")
    assert told.code == 0
    assert cli("plan", tmp_path / "lent", "--out", tmp_path / "b").code == 0
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert record_of(tmp_path / "a")["lent"] == [f"lend {LEND}"]
    assert "lent" not in record_of(tmp_path / "b")
    assert "Lent: P2 works for south on Tue 1 Dec.\n" in told.out
    assert ",2026-12-01," in next(line for line in _rows(tmp_path / "a") if line.startswith("HVI-RSO-000001"))


def _rows(run):
    return (run / "roster.csv").read_text("utf-8").splitlines()


def test_without_the_loan_the_visit_is_left_out(cli, two_teams, tmp_path):
    told = cli("plan", two_teams, "--out", tmp_path / "a")
    assert not any(line.startswith("HVI-") for line in _rows(tmp_path / "a"))
    assert "Lent:" not in told.out


def test_the_borrower_alone_plans_with_the_officer(cli, two_teams, tmp_path):
    told = cli("plan", two_teams, "--team", "south", "--lend", LEND, "--out", tmp_path / "a")
    assert told.code == 0
    assert any(line.startswith("HVI-RSO-000001") for line in _rows(tmp_path / "a"))
    assert "Lent: P2 works for north on Mon 30 Nov.\n" in told.out
    checked = cli("check", two_teams, tmp_path / "a" / "roster.csv", "--run", tmp_path / "a" / "run.json")
    assert checked.code == 0
    asked = cli("explain", two_teams, tmp_path / "a", "P2")
    assert asked.code == 0
    assert "Works for another team: Mon 30 Nov (north)." in asked.out
    assert "P2: detective, Grays, MOSOVO, ARMS." in asked.out


def test_the_lender_alone_plans_without_the_officer_on_that_day(cli, two_teams, tmp_path):
    told = cli("plan", two_teams, "--team", "north", "--lend", LEND, "--out", tmp_path / "a")
    assert told.code == 0
    assert "Lent: P2 works for south on Tue 1 Dec.\n" in told.out


def test_the_check_knows_the_loan_by_the_record_alone(cli, two_teams, tmp_path):
    cli("plan", two_teams, "--lend", LEND, "--out", tmp_path / "a")
    roster = tmp_path / "a" / "roster.csv"
    ended = cli("check", two_teams, roster, "--run", tmp_path / "a" / "run.json")
    assert ended.code == 0
    assert cli("check", two_teams, roster).code == 5


def test_the_week_goes_on_with_the_loan_and_with_another(cli, two_teams, tmp_path):
    """P2 is lent from the start; on Monday at noon P1 is lent instead, and P2 stays at home."""
    cli("plan", two_teams, "--lend", LEND, "--out", tmp_path / "a")
    still = cli("replan", two_teams, tmp_path / "a", "--freeze-before", "2026-11-30T12:00", "--out", tmp_path / "b")
    assert still.code == 0
    assert _rows(tmp_path / "a") == _rows(tmp_path / "b")
    news = ("--lend", "P2:north:2026-12-01", "--lend", "P1:south:2026-12-01", "--freeze-before", "2026-11-30T12:00")
    ended = cli("replan", two_teams, tmp_path / "b", *news, "--out", tmp_path / "c")
    assert ended.code == 0
    visit = next(line for line in _rows(tmp_path / "c") if line.startswith("HVI-RSO-000001"))
    assert "P3;P1" in visit
    changes = record_of(tmp_path / "c")["replan"]["changes"]
    assert changes == [f"lend {LEND}", "lend P2:north:2026-12-01", "lend P1:south:2026-12-01"]
    checked = cli("check", two_teams, tmp_path / "c" / "roster.csv", "--run", tmp_path / "c" / "run.json")
    assert checked.code == 0


def test_sick_leave_of_a_lent_officer_concerns_the_borrower(cli, two_teams, tmp_path):
    cli("plan", two_teams, "--lend", LEND, "--out", tmp_path / "a")
    ended = cli("replan", two_teams, tmp_path / "a", "--sick", "P2:2026-12-01", "--out", tmp_path / "b")
    assert ended.code == 0
    assert not any(line.startswith("HVI-") for line in _rows(tmp_path / "b"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P9:south:2026-12-01", "--lend: the register has no such officer."),
        ("P2:west:2026-12-01", "--lend: the register has no such team. Maybe: north, south"),
        ("P2:south:2026-12-05", "--lend: the officer has no tour of duty on these days."),
        ("P2:south", "--lend: cannot be read."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(cli, two_teams, tmp_path, text, words):
    ended = cli("plan", two_teams, "--lend", text, "--out", tmp_path / "a")
    assert ended.code == 2
    assert words in ended.err
    assert not (tmp_path / "a").exists()


def test_pages_and_sheets_say_for_whom_and_from_where(cli, two_teams, tmp_path):
    cli("plan", two_teams, "--lend", LEND, "--out", tmp_path / "a")
    assert cli("export", "html", two_teams, tmp_path / "a", "--out", tmp_path / "page").code == 0
    page = next((tmp_path / "page").glob("*.html")).read_text("utf-8")
    assert "On duty 08:00\N{EN DASH}16:00, for south from Grays." in page
    assert 'data-team="north south" data-officer="P2"' in page


def test_the_audit_counts_the_hours_of_a_lent_tour_for_the_borrower(cli, two_teams, tmp_path):
    """8 hours less the break of 45 minutes, for each of P1, P2 and P3 on two days."""
    write_register(register(lent_to="south"), tmp_path / "lent", example_policy_text())
    hours = {"north": 3 * 7.25, "south": 3 * 7.25}
    assert _capacity(cli, tmp_path / "lent") == hours
    assert _capacity(cli, two_teams) == {"north": 4 * 7.25, "south": 2 * 7.25}
    for team, own in hours.items():
        assert _capacity(cli, tmp_path / "lent", "--team", team) == {team: own}


def _capacity(cli, folder, *options):
    """Hours on duty in the week after the extract, by team."""
    ended = cli("audit", folder, "--by", "team", "--csv", "-", *options)
    assert ended.code == 0, ended.err
    rows = list(csv.DictReader(ended.out.splitlines()))
    found = [row for row in rows if (row["topic"], row["measure"], row["by"]) == ("capacity-hours", "total", "team")]
    return {row["slice"]: float(row["value"]) for row in found}
