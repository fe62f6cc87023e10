"""Runs the session of the README: exit code 1 when something else is said now; with --write, writes it down.

The folder out/north, which the session makes, is taken away first.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SESSION = re.compile(r"(<!-- session -->\n```console\n)(.*?)(```\n<!-- end of session -->)", re.DOTALL)
SHOWN_LINES = 22
"""Of a longer answer the beginning is shown, then a line of three dots."""


def commands() -> list[str]:
    """The command lines of the session."""
    match = SESSION.search(README.read_text("utf-8"))
    assert match is not None
    return re.findall(r"^\$ (.*)$", match[2], re.MULTILINE)


def answer(command: str) -> str:
    """Standard output of a command, in the environment this runs in, cut to what is shown."""
    line = command.replace("python3 run.py offender-mgmt", f'"{sys.executable}" -m offender_mgmt')
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(f"No answer to: {command}\n{done.stderr}")
    lines = done.stdout.splitlines()
    shown = lines if len(lines) <= SHOWN_LINES else [*lines[:SHOWN_LINES], "..."]
    return "".join(f"{text}\n" for text in shown)


def session() -> str:
    """The whole session, every command run anew."""
    return "\n".join(f"$ {command}\n{answer(command)}" for command in commands())


def main(arguments: list[str]) -> int:
    shutil.rmtree(ROOT / "out" / "north", ignore_errors=True)
    text = README.read_text("utf-8")
    fresh = SESSION.sub(lambda m: m[1] + session() + m[3], text)
    if arguments == ["--write"]:
        README.write_text(fresh, "utf-8")
        return 0
    return int(fresh != text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
