"""The folder of a run: which files stand in it, and how they get there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from offender_mgmt.calendars import Horizon
from offender_mgmt.errors import UsageError
from offender_mgmt.files import make_private_folder, read_bounded, shown, write_atomically
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.roster import Roster

ROSTER, UNASSIGNED, RECORD, SUMMARY = "roster.csv", "unassigned.csv", "run.json", "summary.txt"
LARGEST_ROSTER_BYTES = 100_000_000
WHAT_FOR = {
    ROSTER: "who does what, when and with whom",
    UNASSIGNED: "what is left out, each task with its reason",
    SUMMARY: "the text above",
    RECORD: "what the roster was made from, for the check",
}


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


def what_is_in(folder: Path) -> str:
    """The files of a run with what each is for, as lines for a terminal."""
    lines = [f"  {name:<16}{words}" for name, words in WHAT_FOR.items()]
    return "\n".join([f"In {shown(folder)}:", *lines])


def read_run(folder: Path, horizon: Horizon) -> Roster:
    """The roster of a run, what it leaves out included.

    Raises
    ------
    UsageError, DataError
        When a file is missing, or is no roster.
    """
    files = [(read_bounded(folder / name, LARGEST_ROSTER_BYTES), name) for name in (ROSTER, UNASSIGNED)]
    return read_roster(*files[0], horizon, files[1])


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
