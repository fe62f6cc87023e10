"""Reading of small TOML files that people write: bounded, and every refusal is one fault with its line."""

from __future__ import annotations

import tomllib
from typing import Any

from offender_mgmt.errors import DataError, Fault

LARGEST_BYTES = 1_000_000
LONGEST_LINE = 2_000
"""A key of thousands of dotted parts would keep the parser busy for minutes."""


def parse_toml(name: str, data: bytes) -> dict[str, Any]:
    """The table that a TOML file called ``name`` holds.

    Raises
    ------
    DataError
        Too large, not UTF-8, not TOML (a key given twice counts too), or nested too deeply.
    """
    if len(data) > LARGEST_BYTES:
        raise _refused(name, 0, "file-too-large", f"The limit is {LARGEST_BYTES:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refused(name, line, "not-utf8", "Save the file as UTF-8.") from None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > LONGEST_LINE:
            raise _refused(name, number, "line-too-long", f"The limit is {LONGEST_LINE:,} characters.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        advice = "Not valid TOML here (a key given twice counts too): mend this line."
        raise _refused(name, _line_in(str(error), text), "not-toml", advice) from None
    except RecursionError:
        raise _refused(name, 0, "nested-too-deep", "No setting has such nesting.") from None


def _refused(name: str, line: int, rule: str, advice: str) -> DataError:
    return DataError([Fault(name, line, "", rule, advice)])


def _line_in(message: str, text: str) -> int:
    """The line in the parser's message ``... (at line 3, column 1)``, or the last one: ``(at end of document)``."""
    digits = message.partition("line ")[2].split(",")[0].strip(" )")
    return int(digits) if digits.isdigit() else text.count("\n") + 1
