"""`suggest`: who can take this one now, as a sergeant would ask it of a published week."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import builders
import pytest

from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.read import read_folder
from offender_mgmt.register.write import write_register


@pytest.fixture
def later(folder, tmp_path):
    """The register of the published week with a nominal who came to the team since: registered on 20 November."""
    (in_custody,) = (o for o in read_folder(folder).register.offenders if o.offender_ref == "RSO-000002")
    newcomer = builders.offender(offender_ref="RSO-000003", registered_on=date(2026, 11, 20), easting=572_000)
    register = builders.register(offenders=(builders.offender(), in_custody, newcomer))
    write_register(register, tmp_path / "later", example_policy_text())
    return tmp_path / "later"


def test_a_new_visit_finds_its_places_in_words(cli, later, published):
    """Monday 08:00 to 16:00 by P1 and P2 is all the duty there is."""
    ended = cli("suggest", later, published, "RSO-000003")
    assert ended.code == 0
    assert ended.out.splitlines() == EXPECTED
    assert all(len(line) <= 80 for line in ended.out.splitlines())


EXPECTED = """\
OFFICIAL-SENSITIVE
HVI-RSO-000003: initial visit, medium risk, due 2026-12-05.
  Needs: 2 officers for 90 minutes, each with MOSOVO, not before 2026-11-20.
  Priority: band 1 (overdue very high and high, new and repeat visits), 14 risk
    points.

3 places are free (each was put into the roster and checked):

#  day         time         duty  travel  lead  crew
1  Mon 30 Nov  10:05-11:35  4:20    0:15  lead  P1 P2
   stop 2 of north-2026-11-30-1.
2  Mon 30 Nov  08:30-10:00  4:20    0:15  lead  P1 P2
   stop 1 of north-2026-11-30-1; 1 visit of it moved, by 105 minutes in all.
3  Mon 30 Nov  10:10-11:40  4:30    0:20  lead  P1 P2
   an outing of its own.

Duty: hours that officers are busy more than before, travel and desk work
included. Travel: of the car.

Done in each band, as published and with place 1:
band  tasks  with 1  points  with 1
   1      2       3   1,890   1,904  overdue very high and high, new and repe...
   2      0       0       0       0  other overdue work
   3      0       0       0       0  due this week
   4      0       0       0       0  due in the look-ahead
""".splitlines()


def test_places_as_csv_and_json_say_the_same(cli, later, published):
    rows = list(csv.DictReader(io.StringIO(cli("suggest", later, published, "RSO-000003", "--csv", "-").out)))
    told = json.loads(cli("suggest", later, published, "RSO-000003", "--json", "-").out)
    assert told["task"] == "HVI-RSO-000003"
    assert [row["start"] for row in rows] == [place["start"] for place in told["places"]]
    assert [int(row["duty_minutes"]) for row in rows] == [place["duty_minutes"] for place in told["places"]]
    assert told["free_places"] == len(told["places"])


def test_a_place_is_written_checked_and_labelled(cli, later, published, tmp_path):
    out = tmp_path / "changed"
    ended = cli("suggest", later, published, "RSO-000003", "--apply", 1, "--out", out)
    assert ended.code == 0
    assert "Changed after it was planned." in ended.out
    assert json.loads((out / "run.json").read_bytes())["labels"] == ["changed after it was planned"]
    assert cli("check", later, out / "roster.csv", "--run", out / "run.json").code == 0
    again = cli("suggest", later, out, "RSO-000003")
    assert again.err.splitlines()[-1] == "Error: All that is due of RSO-000003 is in the roster already."


def test_what_has_begun_stays(cli, later, published):
    """At Monday noon the outing of the morning is over; places lie in the afternoon."""
    told = json.loads(
        cli("suggest", later, published, "RSO-000003", "--freeze-before", "2026-11-30T12:00", "--json", "-").out
    )
    assert told["places"]
    assert {place["start"] >= "12:00" for place in told["places"]} == {True}
    over = cli("suggest", later, published, "RSO-000003", "--freeze-before", "2026-12-01")
    assert over.code == 0
    assert "No place is free, and no less urgent task by itself makes room for it." in over.out


def test_after_a_week_was_planned_again_every_place_can_be_had(cli, folder, later, published, tmp_path):
    """The morning's outing had begun: the record entry of its visit stays in the afternoon, to the minute."""
    again = tmp_path / "again"
    assert cli("replan", folder, published, "--freeze-before", "2026-11-30T09:00", "--out", again).code == 0
    (entry,) = (line for line in lines_of(published) if "ENTRY-RSO-000001" in line)
    count = json.loads(cli("suggest", later, again, "RSO-000003", "--json", "-").out)["free_places"]
    assert count
    for number in range(1, count + 1):
        out = tmp_path / f"place-{number}"
        assert cli("suggest", later, again, "RSO-000003", "--apply", number, "--out", out).code == 0
        assert cli("check", later, out / "roster.csv", "--run", out / "run.json").code == 0
        assert entry in lines_of(out)


def lines_of(run):
    return (run / "roster.csv").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            ("RSO-000009",),
            "The register has no such nominal, task or officer. Maybe: look it up with offender-mgmt due.",
        ),
        (
            ("HVI-RSO-000001",),
            "HVI-RSO-000001 is in the roster already. Maybe: offender-mgmt explain says when and why.",
        ),
        (("INTEL-RSO-000003-NEXT",), "It goes with a visit and has no place of its own. Maybe: ask for the visit."),
        (("RSO-000003", "--apply", "1"), "--apply and --out go together. Maybe: give both, or none."),
        (
            ("RSO-000003", "--freeze-before", "noon"),
            "--freeze-before: not a time. Maybe: write it as 2026-12-02T12:00.",
        ),
        (
            ("RSO-000003", "--csv", "-", "--json", "-"),
            "Only one of --csv and --json can go to standard output.",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(cli, later, published, asked, words):
    ended = cli("suggest", later, published, *asked)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == f"Error: {words}"


def test_a_number_beyond_the_places_writes_nothing(cli, later, published, tmp_path):
    out = tmp_path / "changed"
    ended = cli("suggest", later, published, "RSO-000003", "--apply", 500, "--out", out)
    assert ended.code == 2
    assert ended.err.splitlines()[-1].startswith("Error: There are only ")
    assert not out.exists()
