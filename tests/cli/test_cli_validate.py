"""`validate`: counts, warnings, faults with places and without values, what changed since the last extract."""

from __future__ import annotations

import shutil
from datetime import date

import builders
import pytest

from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register

NOTES = (
    "Example policy (not any force's own): 66 of its 80 settings are unverified.\n"
    "Warnings in the register: 1; list them with: validate --all\n"
)


def test_an_accepted_register_is_counted_and_its_warnings_listed(cli, folder):
    ended = cli("validate", folder)
    assert ended.code == 0
    assert ended.err == NOTES
    assert ended.out == (
        "file                  rows = accepted + refused + blank\n"
        "offenders.csv            2 =        2 +       0 +     0\n"
        "officers.csv             2 =        2 +       0 +     0\n"
        "bases.csv                1 =        1 +       0 +     0\n"
        "tours.csv                2 =        2 +       0 +     0\n"
        "visits.csv               0 =        0 +       0 +     0\n"
        "assessments.csv          0 =        0 +       0 +     0\n"
        "changes.csv              0 =        0 +       0 +     0\n"
        "deferrals.csv            0 =        0 +       0 +     0\n"
        "events.csv               0 =        0 +       0 +     0\n"
        "travel.csv               0 =        0 +       0 +     0\n"
        "barriers.csv             0 =        0 +       0 +     0\n"
        "warning      1  first: offenders.csv:3 [status_until] (RSO-000002)\n"
        "                pause-without-end: Paused, check: no end of it is known.\n"
        "Accepted: register of 2026-11-27.\n"
    )


def test_all_lists_every_warning_on_a_line_of_its_own(cli, folder):
    said = cli("validate", folder, "--all").out
    line = (
        "warning: offenders.csv:3 [status_until] (RSO-000002) pause-without-end: Paused, check: no end of it is known."
    )
    assert [told for told in said.splitlines() if told.startswith("warning")] == [line]


def without_statement(folder):
    """Take the digests out of register.toml, so that a file may be damaged."""
    (folder / "register.toml").write_text("extract_date = 2026-11-27\n", "utf-8")


def test_a_refused_register_tells_place_rule_advice_and_counts(cli, folder):
    without_statement(folder)
    officers = folder / "officers.csv"
    officers.write_text(officers.read_text("utf-8").replace("detective", "detectiv", 1), "utf-8")
    ended = cli("validate", folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "officers.csv:2 [role] (P1) unknown-role: Use one of: constable, detective, sergeant, police_staff.\n"
        "Refused: 1 fault(s). Nothing was changed. What each rule means: docs/reference/faults.md\n"
        "officers.csv: 2 rows = 1 good + 1 refused + 0 blank\n"
    )


def test_a_folder_that_is_not_there_is_one_line(cli, tmp_path):
    ended = cli("validate", tmp_path / "nowhere")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("no-such-folder: ")
    assert len(ended.err.splitlines()) == 2


def test_the_same_extract_again_is_told_to_be_the_same(cli, folder):
    ended = cli("validate", folder, "--previous", folder)
    assert ended.code == 0
    assert "Since 2026-11-27: already read, nothing changed.\n" in ended.out


@pytest.fixture
def later(tmp_path):
    """A week later: nominal 1 is gone, nominal 2 is back and at low risk, nominal 3 is new."""
    two = builders.offender(offender_ref="RSO-000002", easting=600_000, risk_level="low")
    three = builders.offender(offender_ref="RSO-000003", easting=590_000)
    register = builders.register(extract_date=date(2026, 12, 4), offenders=(two, three))
    write_register(register, tmp_path / "later", example_policy_text())
    return tmp_path / "later"


def test_what_changed_is_told_by_reference(cli, folder, later):
    ended = cli("validate", later, "--previous", folder)
    assert ended.code == 0
    told = ended.out[ended.out.index("Since") :]
    assert told == (
        "Since 2026-11-27: 1 new, 1 removed, 1 back in the community, 1 risk change.\n"
        "  new: RSO-000003\n"
        "  removed: RSO-000001\n"
        "  back: RSO-000002\n"
        "  risk level: RSO-000002 very high -> low\n"
        "Accepted: register of 2026-12-04.\n"
    )


def test_an_older_extract_is_refused_unless_forced(cli, folder, later):
    refused = cli("validate", folder, "--previous", later)
    assert refused.code == 2
    assert "2026-11-27 is older than that of 2026-12-04" in refused.err
    assert cli("validate", folder, "--previous", later, "--force").code == 0


def test_a_fall_in_rows_must_be_confirmed(cli, folder, tmp_path):
    """One nominal of two is a fall of half, policy accepts a twentieth."""
    shutil.copytree(folder, tmp_path / "short")
    short = tmp_path / "short"
    without_statement(short)
    lines = (short / "offenders.csv").read_bytes().splitlines(keepends=True)
    (short / "offenders.csv").write_bytes(b"".join(lines[:2]))
    refused = cli("validate", short, "--previous", folder)
    assert refused.code == 2
    assert "offenders.csv has 1 rows fewer of 2" in refused.err
    assert "RSO-000002" in refused.err
    assert cli("validate", short, "--previous", folder, "--accept-fall", 1).code == 0


def test_an_empty_register_is_refused_unless_allowed(cli, folder):
    without_statement(folder)
    for name in ("offenders.csv", "officers.csv", "bases.csv", "tours.csv"):
        path = folder / name
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    refused = cli("validate", folder)
    assert refused.code == 2
    assert refused.err.count("header-only") == 4
    assert cli("validate", folder, "--allow-empty").code == 0
