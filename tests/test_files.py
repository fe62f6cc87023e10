"""Reading that never hangs, writing that is whole or not at all, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offender_mgmt.errors import UsageError
from offender_mgmt.files import csv_bytes, guard_cell, make_private_folder, read_bounded, unguard_cell, write_atomically


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a12_odd_paths_are_refused_in_one_line_and_never_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    cases = {
        tmp_path: "is a folder",
        tmp_path / "pipe": "is a device or a pipe",
        Path("/dev/zero"): "is a device or a pipe",
        tmp_path / "loop": "leads back to itself",
        tmp_path / "dangling": "does not exist",
        tmp_path / "two\nlines": "does not exist",
        tmp_path / "nul\0byte": "no file can have",
        tmp_path / ("x" * 300): "too long a name",
    }
    for path, words in cases.items():
        with pytest.raises(UsageError, match=words) as caught:
            read_bounded(path, 10)
        assert "\n" not in str(caught.value)


def test_a12_spaces_in_a_name_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "with space\nand line.csv"
    path.write_bytes(b"1234567890")
    assert read_bounded(path, 10) == b"1234567890"


def test_a11_one_byte_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"12345678901")
    with pytest.raises(UsageError, match="limit of 10 bytes"):
        read_bounded(path, 10)


def test_a12_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*args: object) -> int:
        raise PermissionError(13, "Permission denied")  # root, who may run the tests, may open everything

    path = tmp_path / "f"
    path.write_bytes(b"x")
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", forbid)
        with pytest.raises(UsageError, match="permission"):
            read_bounded(path, 10)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277])
def test_files_and_folders_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        make_private_folder(tmp_path / "a" / "b")
        write_atomically(tmp_path / "a" / "b" / "f", b"x")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)
    assert mode(tmp_path / "a" / "b" / "f") == 0o600


def test_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private_folder(tmp_path)
    assert mode(tmp_path) == 0o755


def test_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"")
    with pytest.raises(UsageError, match="not a folder"):
        make_private_folder(tmp_path / "f")


def test_folder_that_cannot_be_made_is_one_message(tmp_path: Path) -> None:
    for path in (tmp_path / ("x" * 300), Path("/proc/none/folder"), tmp_path / "nul\0"):
        with pytest.raises(UsageError, match="cannot be made"):
            make_private_folder(path)


def test_writing_replaces_the_old_file_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_targets_that_are_not_plain_files_are_refused(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"old")
    (tmp_path / "link").symlink_to(real)
    (tmp_path / "folder").mkdir()
    for name, words in {"link": "is a link", "folder": "is a folder"}.items():
        with pytest.raises(UsageError, match=words):
            write_atomically(tmp_path / name, b"new")
    with pytest.raises(UsageError, match="not overwritten"):
        write_atomically(real, b"new", overwrite=False)
    assert real.read_bytes() == b"old"


def test_missing_folder_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically(tmp_path / "none" / "f", b"new")
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file" / "f", tmp_path / ("x" * 300), tmp_path / "nul\0"):
        with pytest.raises(UsageError, match="cannot be written"):
            write_atomically(path, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("broken", ["fsync", "replace", "open"])
def test_failure_at_any_step_leaves_the_old_file_and_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, fail)
        with pytest.raises(UsageError, match="No space left"):
            write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("sign", "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
def test_cells_that_start_like_a_formula_are_guarded(sign: str) -> None:
    for text in (f"{sign}1", f"  {sign}1", f"'{sign}1"):
        guarded = guard_cell(text)
        assert guarded == "'" + text
        assert unguard_cell(guarded) == text


@pytest.mark.parametrize("text", ["", "'", "O'Neill", "'s-Gravenhage", "a=1", "''"])
def test_other_cells_are_left_alone(text: str) -> None:
    assert guard_cell(text) == text
    assert unguard_cell(text) == text


@given(st.text(alphabet=st.sampled_from("'=+ -@\t\na\u200b\uff1d")))
def test_unguard_is_the_exact_inverse(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text


def starts_like_formula(cell: str) -> bool:
    return cell.lstrip(" ")[:1] in tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")


def test_g01_payloads_and_naughty_strings_leave_no_formula(shared: Path) -> None:
    payloads = (shared / "corpora/csv-injection/csv-payload.txt").read_text().splitlines()
    naughty = json.loads((shared / "corpora/naughty-strings/strings.json").read_text())
    cells = [cell for cell in [*payloads, *naughty] if "\0" not in cell]
    assert any(starts_like_formula(cell) for cell in cells)
    written = csv_bytes(("cell", "next"), [(cell, "") for cell in cells]).decode()
    read = [row[0] for row in csv.reader(io.StringIO(written, newline=""), strict=True)][1:]
    assert not any(starts_like_formula(cell) for cell in read)
    assert [unguard_cell(cell) for cell in read] == cells


def test_csv_is_rfc_4180(tmp_path: Path) -> None:
    rows = [("a,b", 'say "hi"'), ("two\r\nlines", ""), (" edge ", "=1"), ("plain", "ü")]
    expected = 'x,y\r\n"a,b","say ""hi"""\r\n"two\r\nlines",\r\n" edge ","\'=1"\r\nplain,ü\r\n'
    assert csv_bytes(("x", "y"), rows).decode() == expected


def test_blank_cell_of_a_single_column_is_not_a_blank_line() -> None:
    assert csv_bytes(("x",), [("",)]) == b'x\r\n""\r\n'
