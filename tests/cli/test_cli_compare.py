"""`compare`: two audits, what changed, who moved; what is refused."""

from __future__ import annotations

import csv
import json

import pytest


@pytest.fixture
def saved(cli, folder, tmp_path):
    """Audits as at 14 June 2023, before the first visit was due, and as at today."""
    paths = tmp_path / "before.json", tmp_path / "after.json"
    for day, path in zip(("2023-06-14", "2026-11-27"), paths, strict=True):
        assert cli("audit", folder, "--as-at", day, "--json", path).code == 0
    return paths


def test_what_changed_and_who_moved(cli, saved):
    """In custody since 1 January 2026 by the row, but no log says that it was not so before: as extracted."""
    ended = cli("compare", *saved)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(
        "OFFICIAL-SENSITIVE\nFrom 14 June 2023 to 27 November 2026: what changed\n\nMain figures\n------------\n"
        "figure                            before    after       change\n"
        "Nominals on the register               2        2         same\n"
        "Seen in time, by the plan          0.0 %    0.0 %         same\n"
        "Visits overdue, by the plan       0 of 1   1 of 1           +1\n"
        "  share                            0.0 %  100.0 %  +100 points\n"
        "  median, days                         -    1,261            -\n"
    )
    assert ended.out.endswith(
        "Visits overdue, by the plan (visits-overdue)\n"
        "--------------------------------------------\n"
        "1 came in\n"
        "  active in the community before, 1 nominal: RSO-000001\n"
        "0 went out\n"
        "0 stayed\n"
        "\n"
        "ARMS overdue (arms-overdue)\n"
        "---------------------------\n"
        "0 came in\n0 went out\n0 stayed\n"
        "\n"
        "Supervisory reviews overdue (supervisory-reviews-overdue)\n"
        "---------------------------------------------------------\n"
        "1 came in\n"
        "  active in the community before, 1 nominal: RSO-000001\n"
        "0 went out\n0 stayed\n"
        "\n"
        "Never seen (never-seen)\n"
        "-----------------------\n"
        "0 came in\n0 went out\n1 stayed\n"
        "\n"
        "No replies without a decision (undecided-no-replies)\n"
        "----------------------------------------------------\n"
        "0 came in\n0 went out\n0 stayed\n"
    )


def test_one_topic_if_asked_for(cli, saved):
    said = cli("compare", *saved, "--topic", "long-unseen").out
    assert said.endswith("Not seen for long (long-unseen)\n-------------------------------\n"
                         "0 came in\n0 went out\n0 stayed\n")  # fmt: skip
    assert "(visits-overdue)" not in said


def test_figures_and_moves_as_csv(cli, saved, tmp_path, program):
    ended = cli("compare", *saved, "--moves", tmp_path / "moves.csv")
    assert ended.err == f"{tmp_path / 'moves.csv'}: who is counted before and after.\n"
    moves = list(csv.DictReader((tmp_path / "moves.csv").read_text("utf-8").splitlines()))
    came = [row for row in moves if row["move"] == "came in"]
    assert [(row["topic"], row["offender_ref"], row["value_before"], row["value_after"]) for row in came[:1]] == [
        ("visits-overdue", "RSO-000001", "", "1261")
    ]
    done = program("compare", *saved, "--figures", "-")
    rows = list(csv.DictReader(done.stdout.decode("utf-8").splitlines()))
    changed = {(row["topic"], row["measure"], row["by"], row["slice"], row["split"]): row for row in rows}
    overdue = changed["visits-overdue", "number", "tier", "medium", ""]
    assert (overdue["words_before"], overdue["words_after"], overdue["change"]) == ("0 of 1", "1 of 1", "1")
    assert ("visits-overdue", "number", "tier", "low", "") not in changed


def test_packs_are_compared_too_unless_they_were_changed(cli, folder, saved, tmp_path):
    pack = tmp_path / "pack"
    assert cli("audit", folder, "--pack", pack).code == 0
    assert cli("compare", saved[0], pack).out == cli("compare", *saved).out
    file = pack / "audit.json"
    file.write_text(file.read_text("utf-8").replace("RSO-000001", "RSO-000003"), "utf-8")
    ended = cli("compare", saved[0], pack)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"Error: {file} is not the one that digests.csv of the pack tells of.\n"


def test_the_wrong_way_round_is_refused(cli, saved):
    before, after = saved
    ended = cli("compare", after, before)
    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        "Error: The first audit is as at 2026-11-27, the second as at 2023-06-14. Maybe: give them the other way"
        " round.\n",
    )


def test_an_unknown_topic_is_refused_and_the_known_ones_told(cli, saved):
    ended = cli("compare", *saved, "--topic", "single-crewed-visits")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(
        "Error: 'single-crewed-visits' is no topic about nominals that both audits have. Maybe: population, coverage-"
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is not the audit.json of an audit."),
        ("[]", "is not the audit.json of an audit."),
        ('{"schema": 1}', "is not the audit.json of an audit."),
        ('{"schema": 99}', "has form 99, this program reads form 1."),
        ("[" * 100_000, "is not the audit.json of an audit."),
    ],
)
def test_what_is_no_audit_is_refused(cli, saved, tmp_path, content, words):
    (tmp_path / "x.json").write_text(content, "utf-8")
    ended = cli("compare", saved[0], tmp_path / "x.json")
    assert (ended.code, ended.out, ended.err) == (2, "", f"Error: {tmp_path / 'x.json'} {words}\n")


def test_an_audit_with_other_columns_is_refused(cli, saved, tmp_path):
    raw = json.loads(saved[1].read_text("utf-8"))
    raw["figures"]["columns"][0] = "subject"
    (tmp_path / "x.json").write_text(json.dumps(raw), "utf-8")
    assert cli("compare", saved[0], tmp_path / "x.json").code == 2
