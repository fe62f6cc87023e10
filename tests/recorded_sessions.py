"""Runs the sessions that the docs show: exit code 1 when something else is said now; with --write, writes them down.

What the sessions make under out/ is taken away first; they follow one another, page after page.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "how-to" / "monday.md")
MADE = ("north", "north-2", "north-3", "sheets")
"""What the sessions make under out/."""
SESSION = re.compile(r"(<!-- session -->\n```console\n)(.*?)(```\n<!-- end of session -->)", re.DOTALL)
SHOWN_LINES = 22
"""Of a longer answer the beginning is shown, then a line of three dots."""


def answer(command: str) -> str:
    """Standard output of a command, in the environment this runs in, cut to what is shown."""
    program = f'"{sys.executable}" -m offender_mgmt'
    line = re.sub(r"^(python3 run\.py )?offender-mgmt\b", lambda _: program, command)
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.stdout and done.returncode:
        sys.exit(f"No answer to: {command}\n{done.stderr}")
    lines = done.stdout.splitlines()
    shown = lines if len(lines) <= SHOWN_LINES else [*lines[:SHOWN_LINES], "..."]
    return "".join(f"{text}\n" for text in shown)


def told_anew(session: re.Match[str]) -> str:
    """A session with every command run again."""
    commands = re.findall(r"^\$ (.*)$", session[2], re.MULTILINE)
    return session[1] + "\n".join(f"$ {command}\n{answer(command)}" for command in commands) + session[3]


def main(arguments: list[str]) -> int:
    for name in MADE:
        shutil.rmtree(ROOT / "out" / name, ignore_errors=True)
    changed = []
    for page in PAGES:
        text = page.read_text("utf-8")
        fresh = SESSION.sub(told_anew, text)
        if fresh != text:
            changed.append(page)
            if arguments == ["--write"]:
                page.write_text(fresh, "utf-8")
    for page in changed:
        print(f"{page.relative_to(ROOT)}: its session says something else now.", file=sys.stderr)
    return int(bool(changed) and arguments != ["--write"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
