"""On the way to the disk: the old file or the new one, whole, whatever stops us; and a full disk in one line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from offender_mgmt.errors import UsageError
from offender_mgmt.export.write import refuse_altered, write_files

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = b"old" * 100_000, b"new!" * 100_000
ENDLESS = """
import itertools, pathlib, sys
from offender_mgmt.export.write import write_files
old, new = b"old" * 100_000, b"new!" * 100_000
print("ready", flush=True)
for data in itertools.cycle((new, old)):
    write_files(pathlib.Path(sys.argv[1]), {"a.csv": data, "b.csv": data}, overwrite=True)
"""
SMALL_DISK = """
import pathlib, resource, signal, sys
from offender_mgmt.export.write import write_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then the system refuses, as it does when a disk is full
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write_files(pathlib.Path(sys.argv[1]), {"a.csv": b"new" * 1000}, overwrite=True)
"""


def python(code, folder, **options):
    """A process of its own; its coverage is not measured, as one that is killed leaves half a file of it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-c", code, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, **options)


def test_a_killed_export_leaves_the_old_file_or_the_new_one_whole(tmp_path):
    """Killed at fifteen different moments of writing two files over and over."""
    write_files(tmp_path, {"a.csv": OLD, "b.csv": OLD}, overwrite=True)
    for moment in range(15):
        with python(ENDLESS, tmp_path) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=0.01 + moment * 0.007)
            process.kill()
        for name in ("a.csv", "b.csv"):
            assert (tmp_path / name).read_bytes() in (OLD, NEW)
            assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}  # half-written ones too


def test_where_the_system_refuses_to_write_the_old_file_stays(tmp_path):
    write_files(tmp_path, {"a.csv": OLD}, overwrite=True)
    with python(SMALL_DISK, tmp_path, stderr=subprocess.PIPE) as process:
        _, err = process.communicate()
    assert b"UsageError" in err
    assert b"a.csv cannot be written: File too large." in err
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", OLD)]


@pytest.mark.parametrize(
    ("step", "number", "left"),
    [
        ("fsync", 1, {OLD}),
        ("fsync", 2, {OLD}),
        ("fsync", 3, {NEW}),  # of the folder, when both have their names
        ("replace", 1, {OLD}),
        ("replace", 2, {OLD, NEW}),
    ],
)
def test_a_disk_that_is_full_at_any_step_is_one_line(tmp_path, monkeypatch, step, number, left):
    """Two files are written over two old ones: fsync of each and of the folder, one rename for each."""
    write_files(tmp_path, {"a.csv": OLD, "b.csv": OLD}, overwrite=True)
    calls, real = [], getattr(os, step)

    def failing(*arguments):
        calls.append(arguments)
        if len(calls) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    monkeypatch.setattr(os, step, failing)
    with pytest.raises(UsageError, match=r"cannot be written: No space left on device\.$"):
        write_files(tmp_path, {"a.csv": NEW, "b.csv": NEW}, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]
    assert {path.read_bytes() for path in tmp_path.iterdir()} == left


def test_of_sheets_that_do_not_all_fit_none_is_left(tmp_path, monkeypatch):
    calls, real = [], os.fsync

    def failing(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(UsageError, match="No space left on device"):
        write_files(tmp_path, {"a.csv": NEW, "b.csv": NEW}, overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_where_one_file_is_taken(tmp_path):
    (tmp_path / "b.csv").write_bytes(OLD)
    with pytest.raises(UsageError, match=r"b\.csv exists already"):
        write_files(tmp_path, {"a.csv": NEW, "b.csv": NEW}, overwrite=False)
    assert [path.name for path in tmp_path.iterdir()] == ["b.csv"]


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="is a link"):
        write_files(tmp_path, {"a.csv": NEW}, overwrite=True)


def test_a_file_that_lost_a_row_on_the_disk_is_found_when_it_is_read_back(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(b"a,b\r\n1,2\r\n")
    refuse_altered(sheet, b"a,b\r\n1,2\r\n")
    with pytest.raises(OSError, match="does not hold what was written to it"):
        refuse_altered(sheet, b"a,b\r\n1,2\r\n3,4\r\n")
