"""A planned week that is made once, and rosters a hand made of it."""

from __future__ import annotations

import csv
import io
import shutil

import builders

from offender_mgmt.cli.main import main
from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register
from offender_mgmt.vocabulary import CommunityStatus, RiskLevel

VISIT, CHECK = "HVI-RSO-000001", "STATUS-RSO-000002"


def make_week(folder):
    """A register as that of the fixture ``folder``, and a run of its week: P1 and P2 are on duty on Monday."""
    in_custody = builders.offender(
        offender_ref="RSO-000002", risk_level=RiskLevel.VERY_HIGH, community_status=CommunityStatus.CUSTODY
    ).replace(status_since=builders.date(2026, 1, 1))
    register = builders.register(offenders=(builders.offender(), in_custody))
    write_register(register, folder / "register", example_policy_text())
    assert main(["plan", str(folder / "register"), "--out", str(folder / "run")]) == 0


def rows_of(path):
    """Rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def write_rows(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def without_the_visit(run, copy):
    """The run edited in its folder: the status check goes from P1 to P2, the visit is left out."""
    shutil.copytree(run, copy)
    rows = rows_of(run / "roster.csv")
    (visit,) = (row for row in rows if row["task_id"] == VISIT)
    for row in rows:
        if row["task_id"] == CHECK:
            assert row["crew"] == "P1"
            row["lead"] = row["crew"] = "P2"
    write_rows(copy / "roster.csv", [row for row in rows if row["task_id"] != VISIT])
    told = {"reason": "not_placed", "explanation": "By hand."}
    left_out = rows_of(copy / "unassigned.csv")
    write_rows(copy / "unassigned.csv", [*left_out, {column: {**visit, **told}[column] for column in left_out[0]}])
    return copy
