"""The folder of a run: which files stand in it, and how they get there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from offender_mgmt.errors import UsageError
from offender_mgmt.files import make_private_folder, shown, write_atomically

ROSTER, UNASSIGNED, RECORD, SUMMARY = "roster.csv", "unassigned.csv", "run.json", "summary.txt"


def refuse_folder(folder: Path, overwrite: bool) -> None:
    """Stop before any work is done if the run could not be written there, or would mix with something else.

    Raises
    ------
    UsageError
        When there is anything in the folder and it may not be overwritten, or nothing can be written into it.
    """
    standing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        raise UsageError(f"{shown(folder)} is no place to write to: {shown(standing)} is no folder of yours.")
    if standing == folder and any(folder.iterdir()) and not overwrite:
        raise UsageError(f"{shown(folder)} is not empty. Maybe: give another folder, or --overwrite.")


def write_folder(folder: Path, files: Mapping[str, bytes], overwrite: bool) -> None:
    """Write the files of a run into a private folder, each as a whole or not at all; the last one seals the run.

    A record left from an earlier run is taken away first, so that a run that is cut off half-way has none.

    Raises
    ------
    UsageError
        As :func:`refuse_folder`, and where the folder or a file cannot be written.
    """
    refuse_folder(folder, overwrite)
    make_private_folder(folder)
    record = folder / RECORD
    if overwrite and record.is_file() and not record.is_symlink():
        record.unlink()
    for name, data in files.items():
        write_atomically(folder / name, data, overwrite=overwrite)
