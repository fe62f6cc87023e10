"""Exports on their way to the disk: none over another by accident, each whole or not at all, each read back."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from offender_mgmt.errors import UsageError
from offender_mgmt.files import make_private_folder, read_bounded, shown, write_together

LARGEST_EXPORT_BYTES = 500_000_000


def write_files(folder: Path, files: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Write files into a private folder, all of them or none, and read each of them back.

    Raises
    ------
    UsageError
        When one of them exists and may not be overwritten (before anything is written), or the disk refuses.
    OSError
        When a file does not hold, byte for byte, what was written.
    """
    taken = [name for name in files if (folder / name).exists()]
    if taken and not overwrite:
        where = shown(folder / taken[0])
        raise UsageError(f"{where} exists already and is not overwritten. Maybe: another folder, or --overwrite.")
    make_private_folder(folder)
    write_together(folder, files, overwrite=overwrite)
    for name, data in files.items():
        refuse_altered(folder / name, data)


def refuse_altered(path: Path, data: bytes) -> None:
    """Read a file back from the disk: one with a visit missing must not go out.

    Raises
    ------
    OSError
        When it does not hold, byte for byte, what was written.
    """
    if read_bounded(path, LARGEST_EXPORT_BYTES) != data:
        raise OSError(errno.EIO, f"{shown(path)} does not hold what was written to it")
