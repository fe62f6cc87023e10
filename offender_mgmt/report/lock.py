"""One writer at a time in a folder: a lock that the system takes back when the process ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from offender_mgmt.errors import OffenderMgmtError
from offender_mgmt.files import make_private_folder, shown

if sys.platform != "win32":
    import fcntl


class BusyError(OffenderMgmtError):
    """Another run is writing into the same folder."""


@contextlib.contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold a folder, made if it is missing, for the time of a run; taken away again if it was left empty.

    The folder itself is locked (``flock``), so there is no lock file that could be left behind. Where the system
    cannot lock a folder (Windows, some network drives) the run goes on without a lock: every file is still
    written as a whole.

    Raises
    ------
    BusyError
        When another process holds it.
    UsageError
        When the folder cannot be made.
    """
    made = not folder.exists()
    make_private_folder(folder)
    with contextlib.ExitStack() as held:
        if sys.platform != "win32":
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            held.callback(os.close, descriptor)
            _lock(descriptor, folder)
        try:
            yield
        finally:
            if made:
                with contextlib.suppress(OSError):  # not empty: the run was written
                    folder.rmdir()


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise BusyError(f"Another run is writing into {shown(folder)}. Maybe: wait for it.") from None
