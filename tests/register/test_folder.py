"""The register folder as a whole: which files, what register.toml states, all faults at once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import builders as b
import pytest
from folders import SPOTLESS_ABOUT, faults_in, folder_of, places, put_rows, rows_of, set_cell, spotless

from offender_mgmt.errors import DataError
from offender_mgmt.policy.read import example_policy, example_policy_text
from offender_mgmt.register.folder import required_files
from offender_mgmt.register.read import RegisterRefusedError, read_folder
from offender_mgmt.register.records import RECORD_TYPES
from offender_mgmt.register.write import write_register


def test_spotless_folder_is_read_without_a_warning(tmp_path: Path) -> None:
    found = read_folder(folder_of(tmp_path))
    assert found.register.warnings == ()
    assert not found.policy_is_example
    assert found.policy_file.policy == example_policy().policy
    assert found.register.extract_date == b.EXTRACT_DAY
    for count in found.register.rows:
        assert count.read == count.accepted + count.blank
        assert count.refused == 0


def test_without_policy_the_example_stands_in(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "policy.toml").unlink()
    assert read_folder(folder).policy_is_example


def test_faulty_policy_is_told_together_with_the_other_faults(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "policy.toml").write_text(example_policy_text().replace("[visits.repeat_days]", "[visits.repeat_day]"))
    set_cell(folder, "offenders.csv", 2, "cohort", "x")
    rules = {fault.rule for fault in faults_in(folder)}
    assert rules == {"unknown-setting", "missing-setting", "unknown-cohort"}


@pytest.mark.parametrize("name", required_files())
def test_a12_missing_file_is_a_fault(tmp_path: Path, name: str) -> None:
    folder = folder_of(tmp_path)
    (folder / name).unlink()
    assert places(faults_in(folder)) == [(name, 0, "", "missing-file")]


def test_optional_files_may_be_missing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    optional = [t.file_name for t in RECORD_TYPES if not t.required_file]
    assert optional == ["deferrals.csv", "events.csv", "travel.csv", "barriers.csv"]
    for name in optional:
        (folder / name).unlink()
    assert read_folder(folder).register.events == ()


@pytest.mark.parametrize(
    ("name", "advice"),
    [("offender.csv", "Did you mean offenders.csv?"), ("Visits.CSV", "Did you mean visits.csv?"), ("x.csv", "The reg")],
)
def test_unknown_table_in_the_folder_is_a_fault(tmp_path: Path, name: str, advice: str) -> None:
    folder = folder_of(tmp_path)
    (folder / name).write_text("x\n")
    (folder / "notes.txt").write_text("not a table")
    (folder / ".hidden.csv").write_text("x\n")
    faults = faults_in(folder)
    assert places(faults) == [(name, 0, "", "unknown-file")]
    assert faults[0].advice.startswith(advice)


def test_a12_odd_files_and_folders_are_one_fault_each(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    for name in ("visits.csv", "tours.csv", "bases.csv"):
        (folder / name).unlink()
    (folder / "visits.csv").mkdir()
    os.mkfifo(folder / "tours.csv")
    (folder / "bases.csv").symlink_to(folder / "bases.csv")
    assert [(f.file, f.rule) for f in faults_in(folder)] == [
        ("bases.csv", "unreadable-file"),
        ("tours.csv", "unreadable-file"),
        ("visits.csv", "unreadable-file"),
    ]


@pytest.mark.parametrize("name", ["nowhere", "file", "nul\0"])
def test_a12_no_such_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    assert [fault.rule for fault in faults_in(tmp_path / name)] == ["no-such-folder"]


def test_a01_a02_empty_and_header_only_files_never_read_as_no_nominals(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "offenders.csv").write_bytes(b"")
    assert ("offenders.csv", 0, "", "file-empty") in places(faults_in(folder))
    put_rows(folder, "offenders.csv", rows_of(folder, "visits.csv")[:1])
    assert ("offenders.csv", 1, "", "header-not-found") in places(faults_in(folder))
    folder = folder_of(tmp_path)
    for name in ("offenders.csv", "officers.csv", "bases.csv", "tours.csv"):
        put_rows(folder, name, rows_of(folder, name)[:1])
    for name in ("visits.csv", "assessments.csv", "changes.csv", "deferrals.csv", "events.csv"):
        put_rows(folder, name, rows_of(folder, name)[:1])
    assert [(f.file, f.rule) for f in faults_in(folder)] == [
        (name, "header-only") for name in ("bases.csv", "offenders.csv", "officers.csv", "tours.csv")
    ]
    assert read_folder(folder, allow_empty=True).register.offenders == ()


def test_a03_a18_digest_is_of_the_bytes_that_were_parsed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    digests = dict(read_folder(folder).register.digests)
    expected = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert digests == expected


def outcome_of(folder: Path) -> tuple[int, str]:
    """Visits read and the digest of their file; -1 when it was caught half written and refused."""
    try:
        register = read_folder(folder).register
    except DataError:
        return -1, ""
    return len(register.visits), dict(register.digests)["visits.csv"]


def test_a18_files_that_change_while_read_are_accepted_whole_or_refused(tmp_path: Path) -> None:
    import threading

    folder = folder_of(tmp_path)
    path = folder / "visits.csv"
    short = path.read_bytes()
    more = short + short.splitlines(keepends=True)[1].replace(b"V-1", b"V-9")
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            for data in (short, more):
                path.write_bytes(data)

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        outcomes = [outcome_of(folder) for _ in range(100)]
    finally:
        stop.set()
        writer.join()
    digest = {2: hashlib.sha256(short).hexdigest(), 3: hashlib.sha256(more).hexdigest()}
    for rows, stated in outcomes:
        assert rows not in digest or stated == digest[rows]


def about(folder: Path, text: str) -> list[tuple[str, int, str, str]]:
    (folder / "register.toml").write_text(text)
    return places(faults_in(folder))


def test_a03_stated_rows_and_digest_are_checked(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    write_register(spotless(), folder, example_policy_text())
    assert faults_in(folder) == ()
    stated = (folder / "register.toml").read_text()
    set_cell(folder, "visits.csv", 2, "officers", "P1")
    assert places(faults_in(folder)) == [("visits.csv", 0, "", "digest-differs")]
    assert about(folder, stated.replace("rows = 2\n", "rows = 3\n"))[-1][3] == "row-count-differs"


def test_statement_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = about(folder_of(tmp_path), SPOTLESS_ABOUT + '[files."offender.csv"]\nrows = 1\n')
    assert found == [("register.toml", 0, "files.offender.csv", "missing-file")]


@pytest.mark.parametrize(
    ("day", "faults"), [("2026-11-27", 0), ("2026-11-26", 0), ("2026-11-28", 0), ("2026-11-25", 1)]
)
def test_a19_files_of_different_days_are_refused_beyond_the_spread_of_policy(
    tmp_path: Path, day: str, faults: int
) -> None:
    # The example policy allows one day.
    found = about(folder_of(tmp_path), SPOTLESS_ABOUT + f'[files."visits.csv"]\nextract_date = {day}\n')
    assert found == [("visits.csv", 0, "", "extract-dates-differ")] * faults


@pytest.mark.parametrize(
    ("text", "column", "rule"),
    [
        ("", "extract_date", "missing-setting"),
        ('extract_date = "2026-11-27"', "extract_date", "bad-setting"),
        ("extract_date = 2026-11-27T00:00:00", "extract_date", "bad-setting"),
        ("extract_dat = 2026-11-27\nextract_date = 2026-11-27", "extract_dat", "unknown-setting"),
        ('extract_date = 2026-11-27\n[files."visits.csv"]\nrow = 1', "files.visits.csv.row", "unknown-setting"),
        ('extract_date = 2026-11-27\n[files."visits.csv"]\nrows = true', "files.visits.csv.rows", "bad-setting"),
        ('extract_date = 2026-11-27\n[files."visits.csv"]\nsha256 = "x"', "files.visits.csv.sha256", "bad-setting"),
    ],
)
def test_register_toml_is_read_strictly(tmp_path: Path, text: str, column: str, rule: str) -> None:
    assert ("register.toml", 0, column, rule) in about(folder_of(tmp_path), text)


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("extract_date = 2026-11-27\nextract_date = 2026-11-27", 2, "not-toml"),
        ("{", 1, "not-toml"),
        ("\nx = " + "[" * 5000, 2, "line-too-long"),
        ("x = " + "[\n" * 5000, 0, "nested-too-deep"),
    ],
)
def test_register_toml_that_is_no_toml(tmp_path: Path, text: str, line: int, rule: str) -> None:
    assert about(folder_of(tmp_path), text) == [("register.toml", line, "", rule)]


def test_register_toml_that_is_not_utf8(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "register.toml").write_bytes(b"# \xff\nextract_date = 2026-11-27\n")
    assert places(faults_in(folder)) == [("register.toml", 1, "", "not-utf8")]


def test_refused_register_says_how_many_rows_of_each_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    set_cell(folder, "visits.csv", 2, "outcome", "x")
    set_cell(folder, "visits.csv", 3, "offender_ref", "RSO-999999")  # found between files
    with pytest.raises(RegisterRefusedError) as caught:
        read_folder(folder)
    visits = next(count for count in caught.value.rows if count.file == "visits.csv")
    assert (visits.read, visits.accepted, visits.refused, visits.blank) == (2, 0, 2, 0)


def test_rows_about_a_refused_nominal_are_not_faulted_too(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    set_cell(folder, "offenders.csv", 2, "cohort", "x")
    assert places(faults_in(folder)) == [("offenders.csv", 2, "cohort", "unknown-cohort")]
    (folder / "offenders.csv").write_bytes(b"")
    assert places(faults_in(folder)) == [("offenders.csv", 0, "", "file-empty")]


def test_unreadable_officers_are_not_taken_for_no_officers(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "officers.csv").write_bytes(b"")
    assert places(faults_in(folder)) == [("officers.csv", 0, "", "file-empty")]


def test_a20_thousands_of_faults_are_all_found_in_one_run(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    rows = rows_of(folder, "visits.csv")
    damaged = [[f"V-{n}", *rows[1][1:-3], "x", *rows[1][-2:]] for n in range(5000)]
    put_rows(folder, "visits.csv", [rows[0], *damaged])
    faults = faults_in(folder)
    assert [fault.line for fault in faults] == list(range(2, 5002))
    assert {fault.rule for fault in faults} == {"unknown-visit-outcome"}
