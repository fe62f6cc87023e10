"""What stands in a pack: every number can be traced to rows, every file to its digest; nothing is half-written."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import stat
from collections import Counter
from dataclasses import replace
from pathlib import Path

import builders as b
import pytest
from audit.audit_builders import DAY
from audit.pack.conftest import CANARY, POLICY, Pack, told_of

from offender_mgmt.audit.audit import audit
from offender_mgmt.audit.figures import BY, NONE
from offender_mgmt.audit.full import full_lines
from offender_mgmt.audit.pack import write
from offender_mgmt.audit.pack.files import WHAT_FOR, pack_files
from offender_mgmt.audit.pack.write import refuse_taken, write_pack
from offender_mgmt.audit.saved import read_audit
from offender_mgmt.audit.summary import summary_lines
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topics import TOPICS
from offender_mgmt.errors import UsageError
from offender_mgmt.policy import example_policy


def table(pack: Pack, name: str) -> list[dict[str, str]]:
    """Rows of a CSV file of the pack, as written to disk."""
    return list(csv.DictReader((pack.folder / name).read_text("utf-8").splitlines()))


def test_every_file_is_there_and_readable_by_its_owner_only(pack: Pack) -> None:
    on_disk = {path.relative_to(pack.folder).as_posix(): path for path in pack.folder.rglob("*") if path.is_file()}
    assert set(on_disk) == set(pack.files)
    assert [name for name, data in pack.files.items() if on_disk[name].read_bytes() != data] == []
    assert {name.split("/")[0] for name in on_disk} == {name.rstrip("/") for name in WHAT_FOR} | {"definitions.md"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in on_disk.values()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (pack.folder, pack.folder / "members")} == {0o700}


def test_digests_are_those_of_every_file_read_and_written(pack: Pack) -> None:
    rows = table(pack, "digests.csv")
    written = {row["file"]: row["sha256"] for row in rows if row["where"] == "pack"}
    assert written == {
        name: hashlib.sha256(data).hexdigest() for name, data in pack.files.items() if name != "digests.csv"
    }
    read = {row["file"]: row["sha256"] for row in rows if row["where"] == "read"}
    assert read == {**dict(pack.told.audit.header.digests), "roster/roster.csv": "ab" * 32}


def test_every_number_is_the_number_of_rows_of_its_list(pack: Pack) -> None:
    """For the force, each tier, team, officer and district: the counted rows, and all of them."""
    lists = {topic.name: table(pack, f"members/{topic.name}.csv") for topic in TOPICS}
    column = {"tier": "tier", **{by: by for by in BY}}
    traced = Counter()
    for row in table(pack, "figures.csv"):
        if row["measure"] == "number":
            name = "" if row["slice"] == NONE else row["slice"]
            rows = [m for m in lists[row["topic"]] if row["by"] == "force" or m[column[row["by"]]] == name]
            counted = sum(m["counted"] == "Y" for m in rows)
            assert (int(row["counted"]), int(row["of"]), float(row["value"])) == (counted, len(rows), counted), row
            traced[row["by"]] += 1
    assert set(traced) == {"force", "tier", *BY}


def test_every_figure_is_defined_and_the_policy_is_the_one_used(pack: Pack) -> None:
    defined = {row["topic"]: row for row in table(pack, "definitions.csv")}
    for row in table(pack, "figures.csv"):
        assert row["measure"] in defined[row["topic"]]["measures"].split(", ")
    text = (pack.folder / "definitions.md").read_text("utf-8")
    assert [name for name in defined if f"\n`{name}`\n" not in text] == []
    assert all(row["population"] and row["counted"] and row["definition"] for row in defined.values())
    assert (pack.folder / "policy.toml").read_bytes() == POLICY


def test_the_summary_is_the_one_of_the_screen(pack: Pack) -> None:
    lines = (pack.folder / "summary.txt").read_text("utf-8").splitlines()
    assert lines == summary_lines(pack.told)


def test_the_same_audit_gives_the_same_bytes(pack: Pack) -> None:
    assert pack_files(told_of(3), POLICY) == pack.files


def test_what_staff_typed_is_in_the_lists_and_not_in_the_report_or_summary(pack: Pack) -> None:
    """A report is passed on more freely than a list."""
    lists = [name for name, data in pack.files.items() if CANARY.encode() in data]
    assert "members/put-off-by-reason.csv" in lists
    assert "members/overdue-but-put-off.csv" in lists
    assert [name for name in lists if not name.startswith("members/")] == ["figures.csv", "audit.json"]
    assert not any(CANARY in line for line in full_lines(pack.told))


def test_names_of_places_and_policies_are_neither_markup_nor_formula() -> None:
    """Whatever they are called: on the page they are text, in a spreadsheet they are not calculated."""
    places = ("<b>bold</b>", "=1+1")
    offenders = tuple(b.offender(offender_ref=f"RSO-{n}", locality=place) for n, place in enumerate(places))
    policy = b.policy().model_copy(update={"name": "<i>Ours</i>"})
    found = audit(b.register(offenders=offenders), policy, DAY, DAY, by=BY)
    files = pack_files(Told(found, replace(example_policy(), policy=policy), teams=("north",)), POLICY)
    report = files["report.html"].decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in report
    assert "&lt;i&gt;Ours&lt;/i&gt;" in report
    assert not re.search("<[bi]>", report)
    for name in ("figures.csv", "members/visits-overdue.csv"):
        cells = {cell for row in csv.reader(files[name].decode().splitlines()) for cell in row}
        assert "'=1+1" in cells
        assert "=1+1" not in cells


def test_the_saved_audit_reads_back_as_it_was(pack: Pack) -> None:
    back = read_audit(pack.folder)
    audit = pack.told.audit
    assert (back.day, back.period_from, back.teams) == (audit.header.day, audit.header.period_from, pack.told.teams)
    assert back.settings == audit.header.settings
    for name in ("topic", "measure", "by", "slice", "split", "counted", "of", "words"):
        assert list(back.figures[name]) == list(audit.figures[name]), name
    assert back.figures["value"].fillna(-1).round(9).tolist() == audit.figures["value"].fillna(-1).round(9).tolist()
    for name, rows in audit.members.items():
        counted = rows[rows["counted"]]
        assert list(back.members[name]["offender_ref"]) == list(counted["offender_ref"]), name


def test_json_has_no_number_that_is_none(pack: Pack) -> None:
    raw = json.loads(pack.files["audit.json"], parse_constant=lambda word: pytest.fail(word))
    assert raw["schema"] == 1
    assert raw["inputs"]["roster/roster.csv"] == "ab" * 32


@pytest.mark.parametrize("kind", ["file", "link", "full"])
def test_nothing_is_written_over(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "pack"
    if kind == "file":
        target.write_text("x")
    elif kind == "link":
        (tmp_path / "empty").mkdir()
        target.symlink_to(tmp_path / "empty")
    else:
        target.mkdir()
        (target / "x").write_text("x")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=r"is not empty|is no folder"):
        write_pack(target, {"a.csv": b"1"})
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    refuse_taken(tmp_path / "pack")
    write_pack(tmp_path / "pack", {"members/a.csv": b"1"})
    assert (tmp_path / "pack" / "members" / "a.csv").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_disk_that_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    really, calls = write.write_atomically, []

    def refusing(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == fails_at:
            raise OSError(28, "No space left on device")
        really(path, data)

    monkeypatch.setattr(write, "write_atomically", refusing)
    with pytest.raises(UsageError, match=r"cannot be written: No space left on device\.$"):
        write_pack(tmp_path / "pack", {"a.csv": b"1", "members/b.csv": b"2", "c.csv": b"3"})
    assert list(tmp_path.iterdir()) == []
