"""Tables in Markdown, and their place in the page."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.cores import CORES
from benchmarks.engines import PEERS, missing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table; cells as they are printed."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def circumstances(command: str) -> str:
    """When, where and with what a table was made."""
    packages = {engine.package: engine.version for engine in PEERS if engine.version}
    listed = ", ".join(f"{name} {packages[name]}" for name in sorted(packages))
    lines = [
        f"{time.strftime('%d %B %Y')}, {CORES} of {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{listed}, numpy {version('numpy')}. Command: `python3 run.py bench {command}`.".replace(" .", ".")
    ]
    if missing():
        lines.append(f"Skipped because not installed: {', '.join(missing())} (`run.py bench` installs them).")
    return "\n".join(lines)


def put_into_page(name: str, text: str, page: Path = PAGE) -> None:
    """Replace what stands between the page's marks of that name."""
    begin, end = marks(name)
    content = page.read_text("utf-8")
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(content):
        raise ValueError(f"the page has no marks {begin} ... {end}")
    page.write_text(pattern.sub(lambda _: f"{begin}\n\n{text}\n\n{end}", content), "utf-8")


def marks(name: str) -> tuple[str, str]:
    """The lines around a table of the page."""
    return f"<!-- bench {name} -->", f"<!-- end bench {name} -->"
