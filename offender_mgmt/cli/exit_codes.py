"""What a script can learn from how a command ended: one contract for the whole program."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    OUR_FAULT = 1
    BAD_INPUT = 2
    DEGRADED = 3
    BUSY = 4
    FOUND_WRONG = 5
    STOPPED = 130


MEANING: dict[ExitCode, str] = {
    ExitCode.DONE: "done",
    ExitCode.OUR_FAULT: "our fault, or the output could not be written; nothing was changed",
    ExitCode.BAD_INPUT: "bad input or usage",
    ExitCode.DEGRADED: "degraded: a solver failed, fallback roster, team off duty, or (--strict) due work left out",
    ExitCode.BUSY: "busy: another run is writing into the same folder",
    ExitCode.FOUND_WRONG: "a check found something wrong",
    ExitCode.STOPPED: "stopped, from the keyboard or by the system; plan writes the best rosters so far, labelled",
}

EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code.value:>3}  {words}" for code, words in MEANING.items())
"""The contract as it stands under the help; ``\\b`` keeps the lines as they are."""
