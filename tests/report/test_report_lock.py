"""One run at a time writes into a folder; a run that ends, however it ends, leaves the folder free."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from offender_mgmt.report.lock import BusyError, sole_writer

HOLDER = """
import sys, time
from pathlib import Path
from offender_mgmt.report.lock import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_folder_that_another_process_holds_is_busy_until_that_is_killed(holder, tmp_path):
    with pytest.raises(BusyError, match="Another run is writing into"), sole_writer(tmp_path / "out"):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with sole_writer(tmp_path / "out"):
        assert list((tmp_path / "out").iterdir()) == []


def test_plan_and_export_answer_busy_with_exit_code_4(holder, cli_of_run, tmp_path):
    for arguments in (("plan", "data/none", "--out"), ("export", "csv", "none", "none", "--out")):
        ended = cli_of_run(*arguments, tmp_path / "out")
        assert ended.returncode == 4
        assert ended.stdout == ""
        assert ended.stderr == f"Busy: Another run is writing into {tmp_path / 'out'}. Maybe: wait for it.\n"


@pytest.fixture
def cli_of_run():
    def call(*arguments):
        command = [sys.executable, "-m", "offender_mgmt", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return call


def test_a_folder_made_for_a_run_that_wrote_nothing_is_taken_away_again(tmp_path):
    with pytest.raises(KeyboardInterrupt), sole_writer(tmp_path / "made"):
        raise KeyboardInterrupt
    assert not (tmp_path / "made").exists()


def test_a_folder_that_was_there_or_holds_files_stays(tmp_path):
    (tmp_path / "there").mkdir()
    with sole_writer(tmp_path / "there"):
        pass
    with sole_writer(tmp_path / "new"):
        (tmp_path / "new" / "file").write_text("x", "utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "there"]
