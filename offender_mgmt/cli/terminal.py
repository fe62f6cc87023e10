"""Words to the terminal: data to standard output, words about the run to standard error; colours only add to words."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import TextIO

from offender_mgmt.errors import UsageError

PATIENCE_SECONDS = 2.0
"""How long a person waits without a sign of life."""
STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C, the system, a closed terminal (not on Windows)."""
_WISHED: set[str] = set()


def visible(text: str) -> str:
    r"""The text with control, direction and escape characters shown as ``\x1b``, so that data cannot steer a screen."""
    return "".join(
        repr(c)[1:-1] if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t" else c for c in text
    )


def put(text: str = "") -> None:
    """A line (or a block) of the answer, to standard output."""
    leave_if_stopped()
    sys.stdout.write(visible(text) + "\n")


def note(text: str) -> None:
    """A line about the run, to standard error; a closed terminal does not stop the work."""
    try:
        sys.stderr.write(visible(text) + "\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


STYLES = {
    "strong": "1",
    "heading": "1;4",
    "quiet": "2",
    "warning": "1;33",
    "visit": "1;97;44",
    "visit-name": "1",
    "travel": "34",
    "desk": "30;47",
    "event": "97;45",
    "break": "36",
    "tour": "2",
    "very_high": "1;35",
    "high": "1;31",
    "medium": "33",
    "low": "34",
}
"""How what is told looks, as terminals number it (ECMA-48); the words are the same without."""


def put_styled(line: Iterable[tuple[str, str]]) -> None:
    """A line of texts with styles: coloured on a terminal that can, unless NO_COLOR is set; plain anywhere else."""
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    pieces = (_styled(visible(text), STYLES.get(style)) if coloured else visible(text) for text, style in line)
    sys.stdout.write("".join(pieces) + "\n")


def _styled(text: str, style: str | None) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text


def put_bytes(data: bytes) -> None:
    """A file's bytes to standard output, unchanged."""
    leave_if_stopped()
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def stop_in_order() -> None:
    """End in the same way whether Ctrl-C, the system (SIGTERM) or a closed terminal (SIGHUP) says so."""
    sys.unraisablehook = _tell_what_cannot_be_raised
    sys.excepthook = _tell_what_was_printed
    for which in STOPPING:
        if signal.getsignal(which) is not signal.SIG_IGN:  # as under nohup
            signal.signal(which, _stop)


def _tell_what_cannot_be_raised(lost: sys.UnraisableHookArgs) -> None:
    """Tell it as Python does, but for a stop: :func:`leave_if_stopped` answers that, and it is no fault."""
    if not (is_stopping() and lost.exc_type is KeyboardInterrupt):
        sys.__unraisablehook__(lost)


def _tell_what_was_printed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell it as Python does, but for a stop: a compiled library that imports (protobuf's) prints it and goes on."""
    if not (is_stopping() and issubclass(kind, KeyboardInterrupt)):
        sys.__excepthook__(kind, error, trace)


@contextmanager
def first_wish(wish: Callable[[], bool]) -> Iterator[None]:
    """Have the first wish to stop heard by ``wish``; where that says no, and the second time, it is done at once."""
    leave_if_stopped()

    def hear(number: int, frame: FrameType | None) -> None:
        for which in before:
            signal.signal(which, _stop)
        if not wish():
            _stop(number, frame)

    with _answered_by(hear) as before:
        yield


@contextmanager
def deaf_to_stops() -> Iterator[None]:
    """For the moment in which files are written: a run is there as a whole, or not at all."""
    leave_if_stopped()
    with _answered_by(signal.SIG_IGN):
        yield


@contextmanager
def _answered_by(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[list[int]]:
    """The signals that stop, those ignored already left out, answered in another way for a while."""
    before = {which: signal.getsignal(which) for which in STOPPING}
    heard = [which for which in STOPPING if before[which] is not signal.SIG_IGN]
    for which in heard:
        signal.signal(which, handler)
    try:
        yield heard
    finally:
        for which in heard:
            if signal.getsignal(which) is not signal.SIG_IGN or handler is signal.SIG_IGN:  # else: leaving for good
                signal.signal(which, before[which])


def _stop(_number: int, _frame: FrameType | None) -> None:
    for which in STOPPING:
        signal.signal(which, signal.SIG_IGN)
    _WISHED.add("stop")
    raise KeyboardInterrupt


def is_stopping() -> bool:
    """Whether a stop was heard that leaves at once: what is raised from then on comes of it."""
    return bool(_WISHED)


def leave_if_stopped() -> None:
    """Leave, if that was wished and got lost: Python drops an interrupt that falls into certain calls of its own.

    One of them follows every import (the callback that frees the module's lock), so it does happen; and what a
    compiled library imports on its own account it may only print.
    """
    if is_stopping():
        raise KeyboardInterrupt


def never_fail_to_encode() -> None:
    """Show a character the terminal does not know as its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def give_up_on_unwritten() -> None:
    """Drop what could not be written, so that the interpreter's own last flush does not fail on it again."""
    try:
        sys.stdout.flush()
    except OSError:
        _silence(sys.stdout)


def _silence(stream: TextIO) -> None:
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def write_or_put(target: Path, data: bytes, words: str) -> None:
    """Write a file and say what it holds; ``-`` is standard output."""
    from offender_mgmt.files import write_atomically

    leave_if_stopped()
    if str(target) == "-":
        put_bytes(data)
    else:
        write_atomically(target, data)
        note(f"{target}: {words}.")


def refuse_two_outputs(**targets: Path | None) -> None:
    """Refuse to write two files to standard output (``-``); the targets are named as their options are."""
    if sum(str(target) == "-" for target in targets.values()) > 1:
        *names, last = (f"--{name}" for name in targets)
        raise UsageError(f"Only one of {', '.join(names)} and {last} can go to standard output.")


def sign_of_life(seconds: float = PATIENCE_SECONDS) -> Callable[[str], None]:
    """What to tell of each step of long work: the step is noted, if nothing was for so many seconds."""
    last = time.monotonic()

    def told(step: str) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            note(f"{step} ...")

    return told


def private_file(name: str, text: str) -> str:
    """Write a report that only its owner may read (mode 0600); where it stands."""
    try:
        descriptor, path = tempfile.mkstemp(prefix=f"offender-mgmt-{name}-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        return f"(no file: {error.strerror})"
    return path
