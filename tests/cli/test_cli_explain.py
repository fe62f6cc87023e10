"""`explain`: why this one, why not that one, what would it take, and what does an officer carry."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, time

import builders
import pytest

from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register
from offender_mgmt.vocabulary import RiskLevel


def register_of(tmp_path, name, **changes):
    """Two nominals never seen, one who can only be seen in the evening; P1 and P2 on duty on Monday till 16:00."""
    never = builders.offender(registered_on=date(2026, 11, 20))
    evening = builders.offender(
        offender_ref="RSO-000002",
        registered_on=date(2026, 11, 20),
        risk_level=RiskLevel.LOW,
        visiting_hours=((0, time(15, 30), time(18, 30)),),
    )
    register = builders.register(**{"offenders": (never, evening), **changes})
    write_register(register, tmp_path / name, example_policy_text())
    return tmp_path / name


@pytest.fixture
def folder(tmp_path):
    return register_of(tmp_path, "register")


def test_all_of_a_nominal_with_work_left_out(cli, folder, published):
    """An hour and a half at the door from 15:30 is too long for tours till 16:00; from 13:30 it is not."""
    ended = cli("explain", folder, published, "RSO-000002")
    assert ended.code == 0
    assert ended.out.splitlines() == LEFT_OUT
    assert all(len(line) <= 80 for line in ended.out.splitlines())


LEFT_OUT = """\
OFFICIAL-SENSITIVE
HVI-RSO-000002: initial visit, low risk, due 2026-12-18.
  Why now (initial-visit): Registered on 2026-11-20, not seen since: first visit
    within 28 days.
  It is due on 2026-12-18; its clock counts from 2026-11-20.
  Needs: 2 officers for 90 minutes, each with MOSOVO, not before 2026-11-20.
  Priority: band 4 (due in the look-ahead), 7 risk points.
  The roster says (no_crew_when_seen): Qualified crews exist, but none is on
    duty long enough when the nominal can be seen.

Why it is not planned
1. The nominal can only be seen Mon 15:30-18:30.

Proved: with all of this taken away it fits (Mon 30 Nov, 10:00-11:30, P1 P2);
that roster was checked, priorities apart.

The smallest change that would fit it
The nominal can be seen Mon 13:30-18:30.
  Then: Mon 30 Nov, 13:30-15:00, P1 P2.
  5 smaller changes did not do; this one was made, the task was put in, and the
    roster was checked. All other work keeps its day and its officers.

""".splitlines()


def test_a_planned_visit(cli, folder, published):
    ended = cli("explain", folder, published, "HVI-RSO-000001")
    assert ended.code == 0
    assert ended.out.splitlines() == PLANNED


PLANNED = """\
OFFICIAL-SENSITIVE
HVI-RSO-000001: initial visit, medium risk, due 2026-12-05.
  Why now (initial-visit): Registered on 2026-11-20, not seen since: first visit
    within 15 days.
  It is due on 2026-12-05; its clock counts from 2026-11-20.
  Needs: 2 officers for 90 minutes, each with MOSOVO, not before 2026-11-20.
  Priority: band 1 (overdue very high and high, new and repeat visits), 14 risk
    points.
  Planned: Mon 30 Nov, 08:25-09:55, P1 P2, stop 1 of north-2026-11-30-1.

Why this crew
The lead officer P1 is in the crew.
1 crew of the team may do it; those who may take part: P1, P2.

Why this time
The nominal can be seen that day 08:00-21:00.
With all other work on its day and with its officers, it has no place with
  another crew or day.

""".splitlines()


def test_an_officer(cli, folder, published):
    ended = cli("explain", folder, published, "P1")
    assert ended.code == 0
    assert ended.out.splitlines() == OFFICER


OFFICER = """\
OFFICIAL-SENSITIVE
P1: detective, Chelmsford, MOSOVO, ARMS.

day         tour          out  desk  events  free  visits
Mon 30 Nov  08:00-16:00  1:40  0:50       -  4:45  HVI-RSO-000001

What it is
1 task of band 1 (overdue very high and high, new and repeat visits).
Visits by risk level: 1 medium.
Leads nominals with 2 due tasks; takes part in 1 of them.

What limits it
Free in all: 4:45 hours of 1 tour, breaks not counted.
""".splitlines()


def test_the_same_as_csv_and_json(cli, folder, published):
    rows = list(csv.DictReader(io.StringIO(cli("explain", folder, published, "HVI-RSO-000002", "--csv", "-").out)))
    told = json.loads(cli("explain", folder, published, "HVI-RSO-000002", "--json", "-").out)
    assert [row["kind"] for row in rows if row["what"] == "cause"] == [cause["kind"] for cause in told["causes"]]
    assert told["proved"] is True
    assert told["reason"] == "no_crew_when_seen"
    planned = json.loads(cli("explain", folder, published, "HVI-RSO-000001", "--json", "-").out)
    assert (planned["date"], sorted(planned["crew"])) == ("2026-11-30", ["P1", "P2"])
    officer = json.loads(cli("explain", folder, published, "P1", "--json", "-").out)
    assert [day["date"] for day in officer["days"]] == ["2026-11-30"]


def test_nobody_may(cli, published, tmp_path):
    """P2 has lost the accreditation since: of two officers with MOSOVO there is one."""
    officers = (builders.officer(), builders.officer(officer_id="P2", skills=()))
    later = register_of(tmp_path, "later", officers=officers)
    told = json.loads(cli("explain", later, published, "HVI-RSO-000002", "--json", "-").out)
    assert next(cause["kind"] for cause in told["causes"]) == "nobody_may"
    assert told["causes"][0]["words"] == (
        "No crew of the team may do it. Without this there would be one: each with MOSOVO (held by 1 officer)."
    )


def test_desk_work_that_goes_with_a_visit_points_to_it(cli, folder, published):
    ended = cli("explain", folder, published, "ENTRY-RSO-000002-NEXT")
    assert ended.code == 0
    assert ended.out.splitlines()[-2] == (
        "  It goes with HVI-RSO-000002, which is not in the roster. Maybe: explain that."
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            ("RSO-000009",),
            "The register has no such nominal, task or officer. Maybe: look it up with offender-mgmt due.",
        ),
        (("P1", "--csv", "-"), "--csv is for a task that is left out. Maybe: --json."),
        (
            ("HVI-RSO-000001", "--csv", "-"),
            "--csv is for a task that is left out; this one is in the roster. Maybe: --json.",
        ),
        (("P1", "--csv", "-", "--json", "-"), "Only one of --csv and --json can go to standard output."),
        (
            ("HV-RSO-000001",),
            "Nothing of that name is due in 2026-W49. Maybe: look it up with offender-mgmt due.",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(cli, folder, published, asked, words):
    ended = cli("explain", folder, published, *asked)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == f"Error: {words}"
