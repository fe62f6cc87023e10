"""Words to the terminal: data to standard output, everything about the run to standard error; no colours, no markup."""

from __future__ import annotations

import os
import signal
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TextIO


def visible(text: str) -> str:
    r"""The text with control, direction and escape characters shown as ``\x1b``, so that data cannot steer a screen."""
    return "".join(
        repr(c)[1:-1] if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t" else c for c in text
    )


def put(text: str = "") -> None:
    """A line (or a block) of the answer, to standard output."""
    sys.stdout.write(visible(text) + "\n")


def note(text: str) -> None:
    """A line about the run, to standard error; a closed terminal does not stop the work."""
    try:
        sys.stderr.write(visible(text) + "\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


STYLES = {
    "strong": "bold",
    "heading": "bold underline",
    "quiet": "dim",
    "warning": "bold yellow",
    "visit": "bold white on blue",
    "visit-name": "bold",
    "travel": "blue",
    "desk": "black on bright_black",
    "event": "white on magenta",
    "break": "cyan",
    "tour": "dim",
    "very_high": "bold magenta",
    "high": "bold red",
    "medium": "yellow",
    "low": "blue",
}
"""How what is told looks; the words are the same without."""


def put_styled(line: Sequence[tuple[str, str]]) -> None:
    """A line of texts with styles: with colours on a terminal, unless NO_COLOR says no, and plain anywhere else."""
    if not sys.stdout.isatty():
        put("".join(text for text, _ in line))
        return
    from rich.console import Console
    from rich.text import Text

    pieces = ((visible(text), STYLES.get(style, "")) for text, style in line)
    Console(highlight=False, markup=False, emoji=False, soft_wrap=True).print(Text.assemble(*pieces))


def put_bytes(data: bytes) -> None:
    """A file's bytes to standard output, unchanged."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def stop_in_order() -> None:
    """End in the same way whether Ctrl-C or the system (SIGTERM) says so; said twice, it is still done once."""
    for which in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(which) is not signal.SIG_IGN:  # as under nohup
            signal.signal(which, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, signal.SIG_IGN)
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

    if str(target) == "-":
        put_bytes(data)
    else:
        write_atomically(target, data)
        note(f"{target}: {words}.")
