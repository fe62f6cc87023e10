"""Writing a pack whole or not at all: made in a private folder beside, which takes its name when all is there."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from offender_mgmt.errors import UsageError
from offender_mgmt.files import make_private_folder, shown, write_atomically


def refuse_taken(folder: Path) -> None:
    """Stop before any work if there is something in the way; a pack is never written over another.

    Raises
    ------
    UsageError
        When the folder holds anything, or is no folder.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{shown(folder)} is no folder. Maybe: give another name.")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{shown(folder)} is not empty. Maybe: give another folder: no pack is written over another.")


def write_pack(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a pack; folder 0700, files 0600.

    Raises
    ------
    UsageError
        As :func:`refuse_taken`, and where the disk refuses; then nothing of the pack is there.
    """
    refuse_taken(folder)
    beside = folder.absolute().parent / f".{secrets.token_hex(8)}.tmp"
    make_private_folder(beside)
    try:
        for name, data in files.items():
            make_private_folder((beside / name).parent)
            write_atomically(beside / name, data)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()  # empty, as was seen; some systems do not rename onto it
        os.rename(beside, folder)
    except OSError as error:
        raise UsageError(f"{shown(folder)} cannot be written: {error.strerror or 'no reason given'}.") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
