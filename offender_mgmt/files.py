"""Files on disk: bounded reading that never hangs, atomic private writing, and CSV cells safe in a spreadsheet."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from offender_mgmt.errors import UsageError

FILE_MODE, FOLDER_MODE = 0o600, 0o700
FORMULA_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""Signs that make a spreadsheet calculate, with their full-width forms."""
CONTROL_STARTS = "\t\r\n\0"

_WHY_UNREADABLE = {
    errno.ENOENT: "does not exist",
    errno.ENOTDIR: "does not exist",
    errno.EACCES: "may not be read: ask for the permission",
    errno.EPERM: "may not be read: ask for the permission",
    errno.ELOOP: "is a link that leads back to itself",
    errno.ENAMETOOLONG: "has too long a name",
}


class UnreadableFileError(UsageError):
    """A file that cannot be read at all; ``reason`` ends the sentence that starts with its name."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{shown(path)} {reason}.")


def shown(path: Path | str) -> str:
    """A path or key as one line of text, with control characters made visible."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(path))


def read_bounded(path: Path, limit: int) -> bytes:
    """All bytes of a regular file of at most ``limit`` bytes, read once.

    Raises
    ------
    UnreadableFileError
        For a folder, device, pipe, link loop, missing or unreadable file, and for one that is too large.
    """
    try:
        _refuse_special(path, path.stat().st_mode)
        # A pipe put in its place since then must not make us wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            _refuse_special(path, status.st_mode)
            data = b"" if status.st_size > limit else file.read(limit + 1)
    except ValueError:
        raise UnreadableFileError(path, "has a name that no file can have") from None
    except OSError as error:
        raise UnreadableFileError(path, _WHY_UNREADABLE.get(error.errno or 0, "cannot be read")) from None
    if status.st_size > limit or len(data) > limit:
        raise UnreadableFileError(path, f"is larger than the limit of {limit:,} bytes")
    return data


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableFileError(path, "is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise UnreadableFileError(path, "is a device or a pipe, not a file")


def make_private_folder(path: Path) -> None:
    """Make a folder (and those above it) that only its owner may enter; one that exists is left as it is.

    Raises
    ------
    UsageError
        When something else stands in its place or it cannot be made.
    """
    try:
        if path.is_dir():
            return
        if path.is_symlink() or path.exists():
            raise UsageError(f"{shown(path)} exists and is not a folder.")
        make_private_folder(path.parent)
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
        path.chmod(FOLDER_MODE)  # whatever the umask took away
    except (OSError, ValueError) as error:
        raise UsageError(f"{shown(path)} cannot be made: {_reason(error)}.") from None


def _reason(error: OSError | ValueError) -> str:
    """Why the system refused, in its words."""
    return error.strerror or "no reason given" if isinstance(error, OSError) else "no file can have this name"


def write_atomically(path: Path, data: bytes, *, overwrite: bool = True) -> None:
    """Write a file as a whole or not at all, readable by its owner only (mode 0600).

    Raises
    ------
    UsageError
        As :func:`write_together`.
    """
    write_together(path.parent, {path.name: data}, overwrite=overwrite)


def write_together(folder: Path, files: Mapping[str, bytes], *, overwrite: bool = True) -> None:
    """Write the files of a folder, each as a whole or not at all, readable by their owner only (mode 0600).

    The bytes of all of them go to temporary files in the same folder and are flushed to the disk before the first
    one takes its name, in one step each. So a disk that is full leaves everything as it was, temporary files gone.

    Raises
    ------
    UsageError
        When a target is a link or a folder, exists and ``overwrite`` is false, or the disk refuses.
    """
    temporary = {name: folder / f".{secrets.token_hex(8)}.tmp" for name in files}
    name = ""
    try:
        for name in files:
            _refuse_target(folder / name, overwrite)
        for name, data in files.items():
            _write_new(temporary[name], data)
        for name in files:
            os.replace(temporary[name], folder / name)
        _flush_folder(folder)
    except (OSError, ValueError) as error:
        raise UsageError(f"{shown(folder / name)} cannot be written: {_reason(error)}.") from None
    finally:
        for path in temporary.values():
            with contextlib.suppress(OSError):  # after success it has the new name; no folder, no temporary file
                path.unlink(missing_ok=True)


def _refuse_target(path: Path, overwrite: bool) -> None:
    if path.is_symlink():
        raise UsageError(f"{shown(path)} is a link: give the file itself.")
    if path.is_dir():
        raise UsageError(f"{shown(path)} is a folder: give the name of a file.")
    if path.exists() and not (overwrite and path.is_file()):
        raise UsageError(f"{shown(path)} exists already and is not overwritten.")


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        path.chmod(FILE_MODE)  # whatever the umask took away
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows cannot open a folder; the rename itself is durable enough there
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def guard_cell(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula.

    Text that looks guarded already gets one more, so that :func:`unguard_cell` gives back exactly this text.
    """
    return "'" + text if _starts_formula(text.lstrip("'")) else text


def unguard_cell(text: str) -> str:
    """The text without its guard, if it has one; the exact inverse of :func:`guard_cell`."""
    return text[1:] if text.startswith("'") and _starts_formula(text.lstrip("'")) else text


def _starts_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(tuple(CONTROL_STARTS)) or text.lstrip().startswith(tuple(FORMULA_SIGNS))


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file (RFC 4180, CRLF, UTF-8) with every cell guarded against formulas."""
    lines = [",".join(_written(cell, len(header)) for cell in row) for row in (header, *rows)]
    return "".join(line + "\r\n" for line in lines).encode("utf-8")


def json_bytes(document: object) -> bytes:
    """A JSON file (UTF-8) that people can read, too."""
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _written(cell: str, columns: int) -> str:
    text = guard_cell(cell)
    alone_and_blank = columns == 1 and not text  # would read as a blank line
    if text != cell or alone_and_blank or text != text.strip() or any(c in text for c in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
