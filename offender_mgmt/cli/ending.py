"""How a command ends: every error becomes a line a person can act on and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
import secrets
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from offender_mgmt import __version__
from offender_mgmt.cli.exit_codes import ExitCode
from offender_mgmt.cli.terminal import is_stopping, note, private_file
from offender_mgmt.errors import DataError, Fault, OffenderMgmtError
from offender_mgmt.report.lock import BusyError

if TYPE_CHECKING:
    from offender_mgmt.register.register import RowCount

SHOWN_FAULTS = 50
"""More faults than this are counted by kind, and all of them go into a report file."""

ASKED_WRONGLY = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError)


def end_of(command: Callable[[], int | None]) -> int:
    """Run a command and return its exit code, whatever happens in it."""
    try:
        code = command()
        sys.stdout.flush()
        if code == ExitCode.STOPPED:  # typer has made this number of a KeyboardInterrupt
            raise KeyboardInterrupt
        return int(code or ExitCode.DONE)
    except (KeyboardInterrupt, typer.Abort):
        return _tell_stopped()
    except Exception as error:
        # Compiled code makes an error of its own of a stop, as where a library that it imports could not be had.
        return _tell_stopped() if is_stopping() else _tell_error(error)


def _tell_stopped() -> ExitCode:
    note("Stopped.")
    return ExitCode.STOPPED


def _tell_error(error: Exception) -> ExitCode:
    match error:
        case DataError():
            _tell_faults(error.faults)
            _tell_rows(getattr(error, "rows", ()))
            return ExitCode.BAD_INPUT
        case BusyError():
            note(f"Busy: {error}")
            return ExitCode.BUSY
        case OffenderMgmtError():
            for line in str(error).splitlines():
                note(f"Error: {line}")
            return ExitCode.BAD_INPUT
        case typer.TyperException():
            note(_usage_words(error))
            return ExitCode.BAD_INPUT
        case OSError():
            return _tell_os_error(error)
        case _:
            return _tell_our_fault(error)


def _usage_words(error: typer.TyperException) -> str:
    words = error.format_message()
    return words if words.startswith("Usage:") else f"Error: {words} Maybe: add --help."


def _tell_faults(faults: tuple[Fault, ...]) -> None:
    """All faults if they fit a screen or two; else counts by kind, the first ones, and a file with all."""
    if len(faults) > SHOWN_FAULTS:
        for rule, count in Counter(fault.rule for fault in faults).most_common():
            note(f"{count:>7,}  {rule}")
        note(f"The first {SHOWN_FAULTS}:")
    for fault in faults[:SHOWN_FAULTS]:
        note(str(fault).strip())
    note(f"Refused: {len(faults):,} fault(s). Nothing was changed. What each rule means: docs/reference/faults.md")
    if len(faults) > SHOWN_FAULTS:
        report = private_file("faults", "".join(f"{fault}\n" for fault in faults))
        note(f"All of them are in {report}")


def _tell_rows(rows: Iterable[RowCount]) -> None:
    """Rows in = accepted + refused + blank, for each file in which a row was refused."""
    for count in rows:
        if refused := count.read - count.accepted - count.blank:
            parts = f"{count.accepted:,} good + {refused:,} refused + {count.blank:,} blank"
            note(f"{count.file}: {count.read:,} rows = {parts}")


def _tell_os_error(error: OSError) -> ExitCode:
    if error.errno == errno.EPIPE:  # the reader, e.g. head, has seen enough
        return ExitCode.OUR_FAULT
    if isinstance(error, ASKED_WRONGLY) and error.filename is not None:
        note(f"Error: {os.fspath(error.filename)!s}: {error.strerror}.")
        return ExitCode.BAD_INPUT
    note(f"Error: the output could not be written: {error.strerror}.")
    return ExitCode.OUR_FAULT


def _tell_our_fault(error: Exception) -> ExitCode:
    """One line with an id; the places in the code go to a private file, values go nowhere."""
    error_id = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    places = "".join(f"  {frame.filename}:{frame.lineno} in {frame.name}\n" for frame in frames)
    about = f"offender-mgmt {__version__}, Python {sys.version.split()[0]}, error {error_id}\n"
    what = f"{type(error).__name__} raised, innermost place last:\n"
    report = private_file(f"error-{error_id}", about + what + places)
    note(f"Error {error_id} inside the program; nothing was changed. For its authors, without any data: {report}")
    return ExitCode.OUR_FAULT
