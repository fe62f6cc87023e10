"""The folder of a run: private, whole or recognisably not, never through a link."""

from __future__ import annotations

import pytest

from offender_mgmt.errors import UsageError
from offender_mgmt.report.folder import RECORD, ROSTER, write_folder


def test_a_run_that_is_cut_off_has_no_record_of_the_run_before(tmp_path):
    """The roster of the new run is written, then the disk refuses: run.json of the old one must not vouch for it."""
    write_folder(tmp_path / "out", {ROSTER: b"old", RECORD: b"old"}, overwrite=False)
    (tmp_path / "out" / "summary.txt").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        write_folder(tmp_path / "out", {ROSTER: b"new", "summary.txt": b"new", RECORD: b"new"}, overwrite=True)
    assert not (tmp_path / "out" / RECORD).exists()
    assert (tmp_path / "out" / ROSTER).read_bytes() == b"new"


def test_links_are_not_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ROSTER).symlink_to(elsewhere)
    with pytest.raises(UsageError, match="is a link"):
        write_folder(tmp_path / "out", {ROSTER: b"new"}, overwrite=True)
    assert elsewhere.read_bytes() == b"mine"


def test_an_existing_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", {ROSTER: b"new"}, overwrite=False)
    assert (tmp_path / "out" / ROSTER).stat().st_mode & 0o777 == 0o600
